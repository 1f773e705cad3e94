#include "core/ranking/ranking_test.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

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

/// A recommender's figures, user by user.
using UserFigures = std::vector<RankingFigures>;

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

FigureReplicates replicatesOf(const UserFigures &figures, std::size_t metric,
                              const std::vector<std::vector<double>> &weights)
{
    FigureReplicates replicates;
    for (const std::vector<double> &weight : weights) {
        double sum = 0, users = 0;
        for (std::size_t k = 0; k < figures.size(); ++k) {
            const double w = weight.empty() ? 1.0 : weight[k];
            sum += w * figures[k][metric];
            users += w;
        }
        replicates.push_back(users > 0 ? std::optional(sum / users) : std::nullopt);
    }
    return replicates;
}

/// Weights of the figure itself (none), then of each bootstrap replicate.
std::vector<std::vector<double>> replicateWeights(const TestSet &set,
                                                  const RankingTestOptions &options)
{
    std::vector<std::int64_t> ids;
    for (const TestUser &user : set.users) {
        ids.push_back(set.history.user[user.position]);
    }
    std::vector<std::vector<double>> weights(1);
    for (int b = 1; b <= options.replicates; ++b) {
        weights.push_back(userWeights(ids, options.seed, b));
    }
    return weights;
}

void compareRows(const std::vector<RankingRow *> &rows, const std::vector<UserFigures> &figures,
                 const TestSet &set, const RankingTestOptions &options)
{
    const auto weights = replicateWeights(set, options);
    for (std::size_t m = 0; m < kRankingMetrics.size(); ++m) {
        std::vector<ScoredFigure *> scored;
        std::vector<FigureReplicates> replicates;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            scored.push_back(&rows[r]->figures[m]);
            replicates.push_back(replicatesOf(figures[r], m, weights));
        }
        compareFigures(scored, replicates, [](double value) { return -value; }, options.level);
    }
}

} // namespace

Result<RankingTestResult> rankingTest(const EventTable &events,
                                      const std::vector<ItemRecord> &items,
                                      const RankingTestOptions &options, const Task &task)
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
    const auto set = testSet(events, items, result.options);
    if (!set) {
        return set.error();
    }
    result.scope = set->scope;
    const double count = static_cast<double>(result.options.models.size());
    result.rows.resize(result.options.models.size());
    std::vector<RankingRow *> sound;
    std::vector<UserFigures> figures;
    for (std::size_t r = 0; r < result.rows.size(); ++r) {
        RankingRow &row = result.rows[r];
        row.model = result.options.models[r];
        const auto ranker = findRanker(row.model);
        if (!ranker) {
            return ranker.error();
        }
        task.progress(static_cast<double>(r) / count, row.model);
        auto ran = runRanker(**ranker, *set, static_cast<std::size_t>(options.top), row,
                             task.part(static_cast<double>(r) / count,
                                       static_cast<double>(r + 1) / count));
        if (ran) {
            sound.push_back(&row);
            figures.push_back(std::move(*ran));
        } else if (ran.error().code == ErrorCode::Cancelled) {
            return ran.error();
        } else {
            row.error = ran.error();
        }
    }
    compareRows(sound, figures, *set, result.options);
    return result;
}

} // namespace perennial
