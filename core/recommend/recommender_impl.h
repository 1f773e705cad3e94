#pragma once

// Private to core/recommend.

#include "core/behavior/model.h"
#include "core/behavior/train.h"
#include "core/project/settings.h"
#include "core/recommend/blend_members.h"
#include "core/recommend/item_worth.h"
#include "core/recommend/recommend.h"

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace perennial {

struct Recommender::Impl {
    RecommendOptions options;
    RecommenderFacts facts;
    bool asksBehavior = false;   ///< the network has a part in the scores
    bool behaviorChance = false; ///< or in P(the user buys)
    int behaviorHorizon = 0;     ///< of its P(churn), days
    EventTable events;           ///< up to `at`
    std::vector<ItemRecord> items;
    std::vector<std::size_t> itemAt; ///< index into items by number of the space
    ItemSpace space;
    BlendMembers members;
    std::vector<double> blend;  ///< weights by member
    std::vector<double> listed; ///< weights of what lists: the blend's, or one member's alone
    std::vector<std::optional<ItemWorth>> worths; ///< by project id
    std::vector<Recommendation> popular;          ///< for users without events

    // recommender_load.cpp
    Status read(const Project &project, const Task &task);
    Status chooseRecipe(const Project &project, const Task &task);
    Status learn(const Task &task);

    /// What the network says of one user.
    struct Outlook {
        const BehaviorModel *model = nullptr; ///< null = nothing
        const BehaviorModel::ItemScores *scores = nullptr;
        std::optional<double> pChurn;
    };
    bool hasEvents(std::int64_t user) const;
    RecommendationList listFor(const UserRecord &user) const;
    RecommendationList popularFor(const UserRecord &user) const;
    Result<RecommendationList> listFor(const UserRecord &user, const Outlook &outlook,
                                       RecommendationOrder order) const;
    double userChance(std::int64_t user, const Outlook &outlook) const; ///< within the window; NaN

    // reasons.cpp
    Status addReasons(std::int64_t user, const BlendMembers::Scores &scores,
                      std::span<const float> listedScores, const Outlook &outlook,
                      std::vector<Recommendation> &items) const;
};

/// Log probabilities by project item id.
std::vector<float> logsById(const BehaviorModel &model, const BehaviorModel::ItemScores &scores);

} // namespace perennial
