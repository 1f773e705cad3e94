#pragma once

#include "core/numeric/compared_figures.h"
#include "core/ranking/ranker.h"
#include "core/ranking/ranking_metrics.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

struct RankingTestOptions {
    std::vector<std::string> models; ///< ranker names; empty = all
    std::optional<Day> cut;   ///< last day known; empty = the last day with an event − windowDays
    int windowDays = 60;      ///< judged by what is bought in (cut, cut + windowDays]
    int fewestBuyers = 5;     ///< of an item that may be recommended, up to the cut
    int top = 10;             ///< k
    int replicates = 200;     ///< of the user bootstrap; 0 = no intervals
    double level = 0.95;
    std::uint64_t seed = 1;
};

/// Who is judged, on what: the same for every row.
struct RankingScope {
    Day cut = 0, until = 0;
    std::int64_t users = 0;       ///< known: at least one item bought up to the cut
    std::int64_t items = 0;       ///< bought by anybody up to the cut
    std::int64_t candidates = 0;  ///< of them, with enough buyers
    std::int64_t pairs = 0;       ///< (user, item) known
    std::int64_t returning = 0;   ///< known users who buy in the window
    std::int64_t newPairs = 0;    ///< (user, item) first bought in the window, by known users
    std::int64_t unreachable = 0; ///< of them, of items that are no candidates
    std::int64_t testUsers = 0;   ///< with at least one relevant item: means are over them
    std::int64_t relevant = 0;    ///< pairs to be found
    double valueOfAll = 0;        ///< per test user, of all relevant items
    double valueOfBest = 0;       ///< of the k of them that are worth most
};

struct RankingRow {
    std::string model;
    std::optional<Error> error; ///< why there are no figures
    std::array<ScoredFigure, kRankingMetrics.size()> figures;
    ListQuality lists;
    std::vector<RankerNote> notes;
};

struct RankingTestResult {
    RankingTestOptions options; ///< as used
    RankingScope scope;
    std::vector<RankingRow> rows; ///< in the order asked for
};

/// Every recommender on the same users and window: a global split in time. It learns from purchases up
/// to the cut; items a user had bought are masked; all other candidates are ranked, never a sample.
/// Relevant = candidates he buys in the window and had not bought before. Ties go to the item with
/// more buyers, then by key.
/// @error NoEvents; TooLittleData (nobody to test: where says what is missing); InvalidArgument;
/// UnknownModel; Cancelled.
/// Source of the protocol: Krichene & Rendle (2020), "On sampled metrics for item recommendation"
/// (full ranking); Meng et al. (2020), RecSys (global temporal split).
Result<RankingTestResult> rankingTest(const EventTable &events,
                                      const std::vector<ItemRecord> &items,
                                      const RankingTestOptions &options, const Task &task);

/// {"cut", "until", "users", …, "models": [{"model", "hit_rate", …, "intervals"}]}.
std::string rankingTestToJson(const RankingTestResult &result);

} // namespace perennial
