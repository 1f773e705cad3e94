#pragma once

#include "core/numeric/compared_figures.h"
#include "core/ranking/ranker.h"
#include "core/ranking/ranking_metrics.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Who is asked about what.
enum class RankingProtocol {
    GlobalSplit, ///< a day parts what is known of everybody from what judges
    /// Each user's last event is to be told from all before it. What others did later is known: the
    /// future leaks, and figures are too good for what will be met.
    LeaveOneOut
};
std::string_view rankingProtocolName(RankingProtocol protocol) noexcept; // "global", "leave-one-out"

struct RankingTestOptions {
    RankingProtocol protocol = RankingProtocol::GlobalSplit;
    std::vector<std::string> models; ///< ranker names; empty = all
    /// Last day known; empty = the last day with an event − windowDays. Leave-one-out: the last day
    /// that counts; empty = all.
    std::optional<Day> cut;
    int windowDays = 60;      ///< judged by what is bought in (cut, cut + windowDays]
    int fewestBuyers = 5;     ///< of an item that may be recommended, up to the cut; leave-one-out
                              ///< ranks all
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
    std::int64_t repeated = 0;    ///< leave-one-out: users whose last item they had had before
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

/// Scores of a recommender that is not learned from an ItemHistory.
class UserScorer {
public:
    virtual ~UserScorer() = default;
    virtual std::string name() const = 0;
    /// @param users known ones. @param scores users × items of the history, row by row; larger is
    /// better, only the order matters.
    virtual Status score(std::span<const std::int64_t> users, const ItemHistory &history,
                         std::span<float> scores) const = 0;
};

/// Every recommender on the same users.
///
/// Global split: it learns from purchases up to the cut; items a user had bought are masked; all other
/// candidates are ranked, never a sample. Relevant = candidates he buys in the window and had not
/// bought before. Ties go to the item with more buyers, then by key.
///
/// Leave-one-out: of each user with three events that count (purchases of items, or what shows
/// interest where nobody bought any; the same item may come again), in order of time, the last one
/// tests and all before it are known. It is ranked among all items that he had not met, those that
/// only ever come last included; a tie counts half. The second last,
/// by which others choose their settings, is known: nothing is tuned here.
/// @param scorers judged in the same table, after the models; by the global split alone.
/// @error NoEvents; TooLittleData (nobody to test: where says what is missing); InvalidArgument;
/// UnknownModel; Cancelled.
/// Sources: Krichene & Rendle (2020), "On sampled metrics for item recommendation" (full ranking);
/// Meng et al. (2020), "Exploring data splitting strategies for the evaluation of recommendation
/// models", RecSys; Ji et al. (2023), "A critical study on data leakage in recommender system offline
/// evaluation", ACM TOIS 41(3), for what leave-one-out leaks.
Result<RankingTestResult> rankingTest(const EventTable &events,
                                      const std::vector<ItemRecord> &items,
                                      const RankingTestOptions &options, const Task &task,
                                      std::span<const UserScorer *const> scorers = {});

/// {"protocol", "cut", "until", "users", …, "models": [{"model", "hit_rate", …, "intervals"}]}.
std::string rankingTestToJson(const RankingTestResult &result);

} // namespace perennial
