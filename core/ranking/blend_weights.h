#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/numeric/bootstrap.h"
#include "core/ranking/ranking_metrics.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// Divides scores by the largest of the first `candidates`, so that recommenders can be added up;
/// all 0 where that one is not above 0. @return what they were divided by, 0 where they became 0.
float scaleScores(std::span<float> scores, std::size_t candidates);

/// Users of a past window who took something new in it, what they took, and what every member of a
/// blend said of their candidates before. Of each user only the best candidates of each member are
/// kept (`pool` of each): what none of them has among those is in no list.
class BlendCases {
public:
    /// @param members names, simplest first. @param candidates items 0 … candidates − 1.
    BlendCases(std::vector<std::string> members, std::size_t candidates, std::size_t pool = 200);

    /// @param masked never recommended, ascending. @param relevant in item order, not masked, >= 1.
    void addUser(std::int64_t id, std::vector<std::int32_t> masked,
                 std::vector<RelevantItem> relevant);
    /// Of the user added last: a row of scores of each member, `candidates` or more long; larger is
    /// better. They are scaled here.
    void setScores(std::vector<std::vector<float>> scores);

    const std::vector<std::string> &members() const noexcept { return m_members; }
    std::size_t users() const noexcept { return m_users.size(); }
    std::int64_t idOf(std::size_t user) const noexcept { return m_users[user].id; }
    const std::vector<RelevantItem> &relevantOf(std::size_t user) const noexcept;
    /// The best of the pool by the weighted sum, ties to the lower number.
    std::vector<std::int32_t> list(std::size_t user, std::span<const double> weights,
                                   std::size_t top) const;

private:
    struct User {
        std::int64_t id = 0;
        std::vector<std::int32_t> masked;
        std::vector<RelevantItem> relevant;
        std::vector<std::int32_t> items; ///< of the pool, ascending
        std::vector<float> scores;       ///< member by member, as long as `items` each
    };
    std::vector<std::string> m_members;
    std::size_t m_candidates, m_pool;
    std::vector<User> m_users;
};

struct BlendFitOptions {
    int top = 30;         ///< k of NDCG: more places than are shown, for less noise
    /// A weight moves only where the mean gain is above so many of its standard errors: a simpler
    /// blend is kept where the data can't tell. >= 0.
    double errorsAbove = 0.5;
    int replicates = 200; ///< of the user bootstrap of what members add; 0 = no intervals
    double level = 0.95;
    std::uint64_t seed = 1;
};

struct BlendMember {
    std::string name;
    double weight = 0; ///< >= 0 of the scaled scores; 0 = left out
    /// NDCG that the cases lose without it, the other weights as they are; of a member that is left
    /// out: that they would gain with a weight of .1 (negative: lose).
    double adds = 0;
    std::optional<Interval> interval; ///< of `adds`, by paired user bootstrap
    double alone = 0;                 ///< NDCG of its own list
};

/// What a blend is made of.
struct BlendWeights {
    std::vector<BlendMember> members; ///< in the order of the cases
    std::int64_t users = 0;           ///< cases; 0 = nothing to fit on: the last member alone
    double ndcg = 0;                  ///< of the blend on its own cases
    std::string bestMember;           ///< the best alone
    std::vector<double> weights() const;
};

/// Weights >= 0 that give the best mean NDCG of new items: from the best single member, each weight
/// in turn to its best step, as long as a step gains more than noise.
/// @param only cases whose index is listed, which may be none; without it all. @error Cancelled.
/// Sources: linear score fusion, Fox & Shaw (1994), TREC-2; the rule of standard errors as in
/// Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees, 3.4.3.
Result<BlendWeights> fitBlendWeights(const BlendCases &cases, const BlendFitOptions &options,
                                     const Task &task,
                                     std::optional<std::span<const std::size_t>> only = {});

} // namespace perennial
