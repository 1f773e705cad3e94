#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/event_store.h"
#include "core/project/project.h"
#include "core/ranking/ranker.h"
#include "core/recommend/blend_recipe.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// A past event that spoke for a recommendation.
struct RecommendationReason {
    UtcSecond at = 0;
    EventKind event = EventKind::View;
    std::int64_t itemId = 0; ///< 0 where the event had no item
    std::string item, itemName; ///< key and name, may be empty
    /// How much of the item's score is lost without it, > 0: exact for members that add up the
    /// user's items (ease, item-knn, markov), and for the behaviour model what it answers when
    /// asked again without the event. Above 1 where something else speaks against the item.
    double share = 0;
    std::vector<std::string> members; ///< through which it speaks, in the order of the blend
};

/// Where the money of one purchase of an item comes from (item_worth.h). Names "paid", "price",
/// "category", "all".
enum class WorthSource { Paid, Price, Category, All };
std::string_view worthSourceName(WorthSource source) noexcept;

/// A member's part of an item's score: they sum up to 1.
struct MemberShare {
    std::string member;
    double share = 0;
};

struct Recommendation {
    std::int64_t itemId = 0;
    std::string key, name, category; ///< name and category may be empty
    std::optional<Money> price;
    /// Blend: weighted mean of its members' scores, each over its largest for the user: at most 1.
    /// One member: its score over its largest; the behaviour model: probability that this is the
    /// next item. Popular: share of the popularity count.
    double score = 0;
    std::vector<MemberShare> members; ///< of those with a weight; empty for popular
    bool again = false;               ///< the user had it before
    /// P(the user buys the item within the horizon), calibrated (buy_chance.h); empty where the
    /// past was too short to learn it.
    std::optional<double> probability;
    /// V(u, i) = probability × what one purchase brings × margin, currency units, not discounted.
    std::optional<double> value;
    std::optional<double> revenue; ///< of one purchase, currency units
    WorthSource revenueFrom = WorthSource::All;
    double margin = 1;             ///< share of the revenue: the project's, or by the item's cost
    std::optional<double> cosine; ///< behaviour: of the user's and the item's vector, in [−1, 1]
    std::vector<RecommendationReason> because; ///< strongest first
};

/// Where a list came from: the blend, the behaviour model alone, one simple recommender alone, or
/// popularity for a user without events. Names "blend", "model", "simple", "popular".
enum class RecommendationSource { Blend, Model, Simple, Popular };
std::string_view recommendationSourceName(RecommendationSource source) noexcept;

struct RecommendationList {
    std::int64_t user = 0;
    std::string userKey;
    RecommendationSource source = RecommendationSource::Blend;
    std::string method;   ///< "blend", or the member
    std::int64_t run = 0; ///< whose blend it is or that gave it; 0 = no network has a part in it
    Day at = 0;           ///< history up to and including this day
    std::optional<double> chance; ///< P(the user buys anything within the horizon)
    std::vector<Recommendation> items; ///< best first
};

enum class RecommendationOrder { Score, Value };

struct RecommendOptions {
    int top = 10;               ///< 1 … 1 000
    std::optional<Day> at;      ///< empty = the project's snapshot
    std::int64_t run = 0;       ///< 0 = the champion, where there is one
    std::string method = "blend"; ///< or one member: "behavior", or a name of core/ranking
    /// By value: of the best by score, ten times as many as are listed and at least 100.
    RecommendationOrder order = RecommendationOrder::Score;
    std::optional<int> horizonDays; ///< of probability and value; empty = the project's
    int hidePurchasedDays = 30; ///< items the user bought in so many days up to `at` are left out;
                                ///< 0 = none are. What was bought before that may come again.
    int reasons = 3;            ///< at most this many per item; 0 = none are sought (much faster)
    /// Probabilities, values and members' shares, each of which takes every item's score by every
    /// member. Off: recommendAll lists the best of method "behavior" by score, in memory that does
    /// not grow with the users.
    bool values = true;
};

/// What everybody's lists are made of.
struct RecommenderFacts {
    Day at = 0;
    int horizonDays = 0;
    std::string currency; ///< ISO 4217
    double margin = 1;    ///< of the project
    std::int64_t run = 0;
    BlendRecipe recipe;   ///< as used; its weights are those of the blend, whatever method lists
    /// Stable codes: "not_trained" (no behaviour run: the blend is one of simple recommenders),
    /// "behavior_not_weighed" (the run was trained without a blend: it has no part),
    /// "knows_later" (figure: so many days after `at` the run has learned from: its network, weights
    /// and chances know something of what was still to come),
    /// "weights_unknown" (too short a past to fit weights on: what is popular), "carried" (figure:
    /// days of the window that chances were learned on, where the horizon is another), and of
    /// members: "items_capped", "failed_" + name.
    std::vector<RankerNote> notes;
};

/// Events, recipe and simple members, read and learned once. Asking for one user after another is
/// then quick where no network has a part; where one has, each forUser loads it and the user's history
/// anew: ask forAll for many. Stays as the project was when it was loaded.
class Recommender {
public:
    /// @error NotTrained (the run asked for, or method "behavior" without one); InvalidArgument;
    /// UnknownModel; NoEvents; Damaged; Cancelled.
    static Result<Recommender> load(const Project &project, const RecommendOptions &options,
                                    const Task &task);
    ~Recommender();
    Recommender(Recommender &&) noexcept;
    Recommender &operator=(Recommender &&) noexcept;

    const RecommenderFacts &facts() const noexcept;
    /// @param project the one it was loaded from. @error Damaged, OutOfMemory.
    Result<RecommendationList> forUser(const Project &project, const UserRecord &user) const;
    /// The same in another order than it was loaded with: nothing is learned again.
    Result<RecommendationList> forUser(const Project &project, const UserRecord &user,
                                       RecommendationOrder order) const;
    /// Every user in id order, handed out one list at a time.
    /// @return how many lists. @error as above, what `each` returns, and Cancelled.
    Result<std::int64_t> forAll(const Project &project,
                                const std::function<Status(const RecommendationList &)> &each,
                                const Task &task) const;

    struct Impl; ///< private to core/recommend

private:
    explicit Recommender(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// One user's list, all of it at once. @error as Recommender, and UnknownUser.
Result<RecommendationList> recommendForUser(const Project &project, const std::string &userKey,
                                            const RecommendOptions &options);
Result<RecommendationList> recommendForUser(const Project &project, std::int64_t user,
                                            const RecommendOptions &options);

/// Everybody's. @return how many lists.
Result<std::int64_t> recommendAll(const Project &project, const RecommendOptions &options,
                                  const std::function<Status(const RecommendationList &)> &each,
                                  const Task &task);

/// "blend" and what it can be made of, in the order they are offered.
std::vector<std::string> recommendationMethods();

struct PopularOptions {
    int top = 10;
    std::optional<Day> until; ///< empty = the project's snapshot
    int days = 0;             ///< only the last so many days; 0 = all
};

/// The items bought by most users (met by most users where nobody bought any), most first, then
/// by item id. @error NoEvents; InvalidArgument; Cancelled.
Result<std::vector<Recommendation>> popularItems(const Project &project,
                                                 const PopularOptions &options,
                                                 const Task &task = {});

} // namespace perennial
