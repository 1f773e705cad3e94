#pragma once

// Private to core/ranking: recommenders run one after another on the same users.

#include "core/ranking/ranking_test.h"

#include <functional>
#include <span>

namespace perennial {

/// A recommender's figures, user by user.
using UserFigures = std::vector<RankingFigures>;

/// Judges one recommender; fills the row's lists and notes.
using JudgeRanker = std::function<Result<UserFigures>(const Ranker &, RankingRow &, const Task &)>;
/// The same for scores from elsewhere.
using JudgeScorer = std::function<Result<UserFigures>(const UserScorer &, RankingRow &, const Task &)>;

/// Fills the rows of the models and of the scorers, with intervals and comparison.
/// @param users of each figure, in order. @error UnknownModel; Cancelled.
Status judgeAll(RankingTestResult &result, std::span<const std::int64_t> users,
                std::span<const UserScorer *const> scorers, const JudgeRanker &judgeRanker,
                const JudgeScorer &judgeScorer, const Task &task);

/// The protocol of leave_one_out.cpp. @param options checked.
Result<RankingTestResult> leaveOneOutTest(const EventTable &events,
                                          const std::vector<ItemRecord> &items,
                                          const RankingTestOptions &options, const Task &task);

} // namespace perennial
