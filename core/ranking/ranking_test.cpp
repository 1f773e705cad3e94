#include "core/ranking/judged_rows.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kUsersAtOnce = 64;

/// One test user.
struct TestUser {
    std::size_t position = 0; ///< in ItemHistory::user
    std::vector<std::int32_t> masked; ///< bought up to the cut, ascending
    std::vector<RelevantItem> relevant;
};

struct TestSet {
    ItemHistory history; ///< up to the cut
    std::vector<TestUser> users;
    RankingScope scope;
};

Status checkOptions(const RankingTestOptions &o)
{
    const auto refuse = [](double value, const char *where) {
        return fail(ErrorCode::InvalidArgument, std::to_string(value), where);
    };
    if (o.windowDays < 1) {
        return refuse(o.windowDays, "window");
    }
    if (o.fewestBuyers < 1) {
        return refuse(o.fewestBuyers, "min-buyers");
    }
    if (o.top < 1) {
        return refuse(o.top, "top");
    }
    if (o.replicates < 0) {
        return refuse(o.replicates, "replicates");
    }
    if (!(o.level > 0 && o.level < 1)) {
        return refuse(o.level, "level");
    }
    return Done{};
}

/// What a user bought in the window, item by item: net of all purchases and refunds there.
struct Bought {
    bool any = false; ///< a purchase, of whatever item
    std::vector<RelevantItem> known; ///< of items in the history, ascending
    std::int64_t fresh = 0; ///< items not in the history
};

Bought boughtIn(const EventTable &events, std::int64_t user, const ItemHistory &history, Day cut,
                Day until)
{
    struct Line {
        std::int32_t id = 0;
        bool bought = false;
        Money net = 0;
    };
    std::vector<Line> lines;
    const auto u = static_cast<std::size_t>(user);
    Bought bought;
    for (auto i = static_cast<std::size_t>(events.offsets[u]);
         i < static_cast<std::size_t>(events.offsets[u + 1]); ++i) {
        const Day day = dayOf(events.at[i]);
        const bool purchase = events.kind[i] == EventKind::Purchase;
        if (day <= cut || day > until || (!purchase && events.kind[i] != EventKind::Refund)) {
            continue;
        }
        bought.any = bought.any || purchase;
        if (events.item[i] > 0) {
            lines.push_back({events.item[i], purchase, events.amount[i]});
        }
    }
    std::sort(lines.begin(), lines.end(), [](const Line &a, const Line &b) { return a.id < b.id; });
    for (std::size_t i = 0; i < lines.size();) {
        Line sum{lines[i].id, false, 0};
        for (; i < lines.size() && lines[i].id == sum.id; ++i) {
            sum.bought = sum.bought || lines[i].bought;
            sum.net += lines[i].net;
        }
        const auto id = static_cast<std::size_t>(sum.id);
        const std::int32_t number = id < history.numberOf.size() ? history.numberOf[id] : -1;
        if (sum.bought && number >= 0) {
            bought.known.push_back({number, toUnits(sum.net)});
        }
        bought.fresh += sum.bought && number < 0 ? 1 : 0;
    }
    std::sort(bought.known.begin(), bought.known.end(),
              [](const RelevantItem &a, const RelevantItem &b) { return a.item < b.item; });
    return bought;
}

double bestValue(const std::vector<RelevantItem> &relevant, std::size_t k)
{
    std::vector<double> values;
    for (const RelevantItem &one : relevant) {
        values.push_back(one.net);
    }
    std::sort(values.begin(), values.end(), std::greater<>());
    values.resize(std::min(values.size(), k));
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Adds a known user to the set where something of his can be found, and counts him.
void addUser(TestSet &set, const EventTable &events, std::size_t position, std::size_t k)
{
    RankingScope &scope = set.scope;
    TestUser user;
    user.position = position;
    for (const ProfileItem &p : profileOf(rowsOf(set.history, position))) {
        user.masked.push_back(p.item);
    }
    scope.pairs += static_cast<std::int64_t>(user.masked.size());
    const Bought bought =
        boughtIn(events, set.history.user[position], set.history, scope.cut, scope.until);
    scope.returning += bought.any ? 1 : 0;
    scope.newPairs += bought.fresh;
    scope.unreachable += bought.fresh;
    for (const RelevantItem &one : bought.known) {
        if (std::binary_search(user.masked.begin(), user.masked.end(), one.item)) {
            continue;
        }
        ++scope.newPairs;
        if (static_cast<std::size_t>(one.item) < set.history.candidates) {
            user.relevant.push_back(one);
        } else {
            ++scope.unreachable;
        }
    }
    if (user.relevant.empty()) {
        return;
    }
    scope.relevant += static_cast<std::int64_t>(user.relevant.size());
    for (const RelevantItem &one : user.relevant) {
        scope.valueOfAll += one.net;
    }
    scope.valueOfBest += bestValue(user.relevant, k);
    set.users.push_back(std::move(user));
}

Result<TestSet> testSet(const EventTable &events, const std::vector<ItemRecord> &items,
                        RankingTestOptions &options)
{
    if (events.size() == 0) {
        return fail(ErrorCode::NoEvents);
    }
    if (!options.cut) {
        const auto last = *std::max_element(events.at.begin(), events.at.end());
        options.cut = dayOf(last) - options.windowDays;
    }
    TestSet set;
    set.scope.cut = *options.cut;
    set.scope.until = *options.cut + options.windowDays;
    set.history = itemHistory(events, items, *options.cut, options.fewestBuyers);
    set.scope.users = static_cast<std::int64_t>(set.history.users());
    set.scope.items = static_cast<std::int64_t>(set.history.items());
    set.scope.candidates = static_cast<std::int64_t>(set.history.candidates);
    if (set.history.candidates == 0) {
        return fail(ErrorCode::TooLittleData, std::to_string(set.history.items()), "items");
    }
    for (std::size_t k = 0; k < set.history.users(); ++k) {
        addUser(set, events, k, static_cast<std::size_t>(options.top));
    }
    if (set.users.empty()) {
        return fail(ErrorCode::TooLittleData, std::to_string(set.scope.returning), "test_users");
    }
    set.scope.testUsers = static_cast<std::int64_t>(set.users.size());
    set.scope.valueOfAll /= static_cast<double>(set.users.size());
    set.scope.valueOfBest /= static_cast<double>(set.users.size());
    return set;
}

Result<UserFigures> runRanker(const Ranker &ranker, const TestSet &set, std::size_t top,
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
    for (const TestUser &user : set.users) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        (*fitted)->score(rowsOf(set.history, user.position), set.scope.cut, scores);
        const auto list = bestItems(scores, set.history.candidates, user.masked, top);
        figures.push_back(judgeList(list, user.relevant, top));
        lists.add(list, user.relevant);
    }
    row.lists = lists.result();
    return figures;
}

/// Scores that come from elsewhere, a few users at a time.
Result<UserFigures> runScorer(const UserScorer &scorer, const TestSet &set, std::size_t top,
                              RankingRow &row, const Task &task)
{
    ListQualityCounter lists(set.history, top);
    const std::size_t items = set.history.items();
    std::vector<float> scores;
    UserFigures figures;
    for (std::size_t from = 0; from < set.users.size(); from += kUsersAtOnce) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const std::size_t count = std::min(kUsersAtOnce, set.users.size() - from);
        std::vector<std::int64_t> ids;
        for (std::size_t k = 0; k < count; ++k) {
            ids.push_back(set.history.user[set.users[from + k].position]);
        }
        scores.resize(count * items);
        if (const Status scored = scorer.score(ids, set.history, scores); !scored) {
            return scored.error();
        }
        for (std::size_t k = 0; k < count; ++k) {
            const TestUser &user = set.users[from + k];
            const auto list = bestItems(std::span(scores).subspan(k * items, items),
                                        set.history.candidates, user.masked, top);
            figures.push_back(judgeList(list, user.relevant, top));
            lists.add(list, user.relevant);
        }
        task.progress(static_cast<double>(from) / static_cast<double>(set.users.size()), row.model);
    }
    row.lists = lists.result();
    return figures;
}

} // namespace

std::string_view rankingProtocolName(RankingProtocol protocol) noexcept
{
    return protocol == RankingProtocol::LeaveOneOut ? "leave-one-out" : "global";
}

Result<RankingTestResult> rankingTest(const EventTable &events,
                                      const std::vector<ItemRecord> &items,
                                      const RankingTestOptions &options, const Task &task,
                                      std::span<const UserScorer *const> scorers)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    RankingTestResult result;
    result.options = options;
    if (result.options.models.empty()) {
        for (const std::string_view name : rankerNames()) {
            result.options.models.emplace_back(name);
        }
    }
    if (options.protocol == RankingProtocol::LeaveOneOut) {
        return scorers.empty() ? leaveOneOutTest(events, items, result.options, task)
                               : fail(ErrorCode::InvalidArgument, "leave-one-out", "protocol");
    }
    const auto set = testSet(events, items, result.options);
    if (!set) {
        return set.error();
    }
    result.scope = set->scope;
    std::vector<std::int64_t> ids;
    for (const TestUser &user : set->users) {
        ids.push_back(set->history.user[user.position]);
    }
    const auto top = static_cast<std::size_t>(options.top);
    const Status judged = judgeAll(
        result, ids, scorers,
        [&](const Ranker &ranker, RankingRow &row, const Task &part) {
            return runRanker(ranker, *set, top, row, part);
        },
        [&](const UserScorer &scorer, RankingRow &row, const Task &part) {
            return runScorer(scorer, *set, top, row, part);
        },
        task);
    return judged ? Result<RankingTestResult>(std::move(result)) : judged.error();
}

} // namespace perennial
