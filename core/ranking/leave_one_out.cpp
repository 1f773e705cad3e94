#include "core/ranking/judged_rows.h"

#include "core/features/event_sequences.h"
#include "core/ranking/scored_items.h"

#include <algorithm>
#include <cmath>

// Each user's last event is to be told from all before it: a protocol that papers report, so that
// figures can be set beside theirs.

namespace perennial {

namespace {

constexpr std::size_t kFewestEvents = 3; ///< of a user: one to learn from, one to validate, one to test

struct LastItem {
    std::size_t position = 0; ///< in ItemHistory::user
    std::int32_t item = 0;    ///< project id of his last event
    Day day = 0;
    double net = 0;           ///< its amount, currency units
    std::vector<std::int32_t> met;    ///< other items he had before, project ids
    std::vector<std::int32_t> masked; ///< all items he had before, numbers, ascending
};

struct LeftOut {
    ItemHistory history; ///< without the last events
    std::vector<LastItem> users;
    std::vector<std::int64_t> ids;
    RankingScope scope;
};

/// Rows of events that count: purchases of items, or shows of interest where nobody bought any.
std::vector<std::size_t> countingRows(const EventTable &events, std::optional<Day> until)
{
    const auto gather = [&](auto counts) {
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (events.item[i] > 0 && counts(events.kind[i]) &&
                (!until || dayOf(events.at[i]) <= *until)) {
                rows.push_back(i);
            }
        }
        return rows;
    };
    auto rows = gather([](EventKind kind) { return kind == EventKind::Purchase; });
    return rows.empty() ? gather(showsInterest) : rows;
}

/// Splits the rows, which come by user and time, into what is known and each user's last one.
void splitRows(const EventTable &events, const std::vector<std::size_t> &rows, EventTable &known,
               std::vector<std::size_t> &last)
{
    for (std::size_t from = 0; from < rows.size();) {
        std::size_t to = from;
        while (to < rows.size() && events.user[rows[to]] == events.user[rows[from]]) {
            ++to;
        }
        if (to - from >= kFewestEvents) {
            for (std::size_t i = from; i + 1 < to; ++i) {
                known.user.push_back(events.user[rows[i]]);
                known.item.push_back(events.item[rows[i]]);
                known.kind.push_back(events.kind[rows[i]]);
                known.at.push_back(events.at[rows[i]]);
            }
            last.push_back(rows[to - 1]);
        }
        from = to;
    }
}

/// Different items, whoever had them.
std::int64_t itemsIn(const EventTable &events, const std::vector<std::size_t> &rows)
{
    std::vector<std::int32_t> items;
    for (const std::size_t row : rows) {
        items.push_back(events.item[row]);
    }
    std::sort(items.begin(), items.end());
    return std::unique(items.begin(), items.end()) - items.begin();
}

LastItem lastItemOf(const ItemHistory &history, std::size_t position, const EventTable &events,
                    std::size_t row)
{
    LastItem user;
    user.position = position;
    user.item = events.item[row];
    user.day = dayOf(events.at[row]);
    user.net = toUnits(events.amount[row]);
    for (const ProfileItem &p : profileOf(rowsOf(history, position))) {
        user.masked.push_back(p.item);
        const std::int64_t id = history.itemId[static_cast<std::size_t>(p.item)];
        if (id != user.item) {
            user.met.push_back(static_cast<std::int32_t>(id));
        }
    }
    return user;
}

Result<LeftOut> leaveOut(const EventTable &events, const std::vector<ItemRecord> &items,
                         const RankingTestOptions &options)
{
    if (events.size() == 0) {
        return fail(ErrorCode::NoEvents);
    }
    const auto rows = countingRows(events, options.cut);
    EventTable known;
    std::vector<std::size_t> last;
    splitRows(events, rows, known, last);
    if (last.empty()) {
        return fail(ErrorCode::TooLittleData, "0", "test_users");
    }
    LeftOut set;
    RankingScope &scope = set.scope;
    for (const std::size_t row : rows) {
        scope.until = std::max(row == rows.front() ? dayOf(events.at[row]) : scope.until,
                               dayOf(events.at[row]));
    }
    scope.cut = dayOf(*std::max_element(known.at.begin(), known.at.end()));
    set.history = itemHistory(known, items, scope.cut, 1, ItemSignal::Interest);
    for (std::size_t k = 0; k < last.size(); ++k) {
        set.users.push_back(lastItemOf(set.history, k, events, last[k]));
        const LastItem &user = set.users.back();
        set.ids.push_back(events.user[last[k]]);
        scope.pairs += static_cast<std::int64_t>(user.masked.size());
        scope.repeated += user.met.size() < user.masked.size() ? 1 : 0;
        scope.valueOfAll += user.net;
    }
    scope.users = scope.testUsers = scope.relevant = static_cast<std::int64_t>(last.size());
    scope.items = scope.candidates = itemsIn(events, rows);
    scope.valueOfAll /= static_cast<double>(last.size());
    scope.valueOfBest = scope.valueOfAll;
    return set;
}

/// From the rank among all unseen items; a list of k holds the item where rank <= k.
RankingFigures figuresOf(double rank, double net, std::size_t k)
{
    RankingFigures figures{};
    if (rank > static_cast<double>(k)) {
        return figures;
    }
    const auto set = [&](RankingMetric metric, double value) {
        figures[static_cast<std::size_t>(metric)] = value;
    };
    set(RankingMetric::HitRate, 1.0);
    set(RankingMetric::Recall, 1.0);
    set(RankingMetric::Precision, 1.0 / static_cast<double>(k));
    set(RankingMetric::Mrr, 1.0 / rank);
    set(RankingMetric::Ndcg, 1.0 / std::log2(1.0 + rank));
    set(RankingMetric::Value, net);
    return figures;
}

Result<UserFigures> judge(const Ranker &ranker, const LeftOut &set, std::size_t top,
                          RankingRow &row, const Task &task)
{
    const auto fitted = ranker.fit(set.history, set.scope.cut, task.part(0.0, 0.5));
    if (!fitted) {
        return fitted.error();
    }
    row.notes = (*fitted)->notes();
    ListQualityCounter lists(set.history, top);
    std::vector<float> scores(set.history.items());
    UserFigures figures;
    for (const LastItem &user : set.users) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        (*fitted)->score(rowsOf(set.history, user.position), user.day, scores);
        const ScoredItems scored(set.history, scores, static_cast<std::size_t>(set.scope.items));
        figures.push_back(figuresOf(scored.rankOf(user.item, user.met), user.net, top));
        const auto list = bestItems(scores, set.history.candidates, user.masked, top);
        const auto id = static_cast<std::size_t>(user.item);
        const std::int32_t number =
            id < set.history.numberOf.size() ? set.history.numberOf[id] : -1;
        lists.add(list, number < 0 ? std::vector<RelevantItem>{}
                                   : std::vector<RelevantItem>{{number, user.net}});
    }
    row.lists = lists.result();
    return figures;
}

} // namespace

Result<RankingTestResult> leaveOneOutTest(const EventTable &events,
                                          const std::vector<ItemRecord> &items,
                                          const RankingTestOptions &options, const Task &task)
{
    const auto set = leaveOut(events, items, options);
    if (!set) {
        return set.error();
    }
    RankingTestResult result;
    result.options = options;
    result.options.fewestBuyers = 1;
    result.scope = set->scope;
    const auto top = static_cast<std::size_t>(options.top);
    const Status judged = judgeAll(
        result, set->ids, {},
        [&](const Ranker &ranker, RankingRow &row, const Task &part) {
            return judge(ranker, *set, top, row, part);
        },
        {}, task);
    return judged ? Result<RankingTestResult>(std::move(result)) : judged.error();
}

} // namespace perennial
