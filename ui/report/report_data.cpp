#include "ui/report/report_data.h"

#include "core/project/purchase_store.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <unordered_set>

namespace perennial::report {
namespace {

constexpr std::size_t kMostAtRisk = 15;
constexpr std::size_t kRecommendedUsers = 2;
constexpr int kRecommendedItems = 10;
constexpr int kRiskBins = 20;

/// The value where there is one, nothing where it is merely missing; anything else is an error.
template <class T>
Status take(Result<T> result, std::optional<T> &into, std::initializer_list<ErrorCode> missing)
{
    if (result) {
        into = std::move(*result);
        return Done{};
    }
    const bool expected = std::find(missing.begin(), missing.end(), result.error().code) !=
                          missing.end();
    return expected ? Status(Done{}) : Status(result.error());
}

template <class Better>
std::vector<UserState> best(const std::vector<UserState> &states, std::size_t count, Better better)
{
    std::vector<const UserState *> order;
    order.reserve(states.size());
    for (const UserState &state : states) {
        order.push_back(&state);
    }
    count = std::min(count, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      [&](const UserState *a, const UserState *b) { return better(*a, *b); });
    std::vector<UserState> top;
    for (std::size_t i = 0; i < count; ++i) {
        top.push_back(*order[i]);
    }
    return top;
}

bool worthMore(const UserState &a, const UserState &b)
{
    const double left = a.predictedValue.value_or(-1);
    const double right = b.predictedValue.value_or(-1);
    if (left != right) {
        return left > right;
    }
    return a.realised != b.realised ? a.realised > b.realised : a.user < b.user;
}

Result<std::vector<TopUser>> withKeys(const Project &project, const std::vector<UserState> &states)
{
    std::vector<TopUser> users;
    for (const UserState &state : states) {
        auto record = findUserById(project, state.user);
        if (!record) {
            return record.error();
        }
        users.push_back({record->key, state});
    }
    return users;
}

Status readFigures(const Project &project, ReportData &data, const Task &task)
{
    const auto read = readStatesOf(project, *data.options.segment, task);
    if (!read) {
        return read.error();
    }
    const std::vector<UserState> &states = **read;
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    SegmentFigures &f = data.figures;
    f.users = static_cast<std::int64_t>(states.size());
    double alive = 0;
    std::int64_t withAlive = 0;
    for (const UserState &state : states) {
        f.customers += state.orders > 0 ? 1 : 0;
        f.realised += state.realised;
        f.predicted += state.predictedValue.value_or(0);
        f.expectedOrders += state.expectedOrders.value_or(0);
        alive += state.pAlive.value_or(0);
        withAlive += state.pAlive.has_value() ? 1 : 0;
    }
    if (withAlive > 0) {
        f.meanPAlive = alive / static_cast<double>(withAlive);
    }
    f.stages = stageFigures(states);
    f.predictedValues = valueDistribution(states, ValueKind::Predicted);
    f.realisedValues = valueDistribution(states, ValueKind::Realised);
    f.concentration = concentration(states, ValueKind::Predicted);
    f.churnRisk = churnRiskDistribution(states, kRiskBins);
    f.atRisk = atRisk(states);
    const auto rows = static_cast<std::size_t>(std::clamp(data.options.topUsers, 1, 500));
    auto top = withKeys(project, best(states, rows, worthMore));
    if (!top) {
        return top.error();
    }
    f.top = std::move(*top);
    std::vector<UserState> leaving;
    std::ranges::copy_if(states, std::back_inserter(leaving), [](const UserState &s) {
        return s.churnRisk.value_or(0) >= kHighRisk && s.predictedValue.value_or(0) > 0;
    });
    auto risky = withKeys(project, best(leaving, kMostAtRisk, worthMore));
    if (!risky) {
        return risky.error();
    }
    f.mostAtRisk = std::move(*risky);
    return Done{};
}

/// Flows of the users who belong to the segment at t₀.
Status readFlows(const Project &project, ReportData &data, const Task &task)
{
    auto days = readActiveDays(project, data.label->snapshot);
    if (!days) {
        return days.error();
    }
    const auto members = data.options.segment->users(project, task);
    if (!members) {
        return members.error();
    }
    if (*members) {
        std::erase_if(*days, [&](const ActiveDay &day) {
            return !std::ranges::binary_search(**members, std::int64_t{day.user});
        });
    }
    data.flows = computeFlows(*days, data.label->snapshot, data.settings.period);
    return Done{};
}

Status readModels(const Project &project, ReportData &data)
{
    auto runs = readRuns(project);
    if (!runs) {
        return runs.error();
    }
    data.runs = std::move(*runs);
    std::erase_if(data.runs, [](const RunRecord &run) { return run.model == kBacktestModel; });
    if (auto backtest = readSavedBacktest(project)) {
        data.backtest = std::move(*backtest);
    }
    for (const RunRecord &run : data.runs) {
        if (!run.champion) {
            continue;
        }
        if (run.model == kBehaviorModel) {
            data.behaviorRun = run;
        } else if (run.model == "gamma-gamma") {
            data.spendRun = run;
        } else if (data.label && run.id == data.label->valueRun) {
            data.frequencyRun = run;
        } else if (!data.frequencyRun) {
            data.frequencyRun = run;
        }
    }
    if (!data.behaviorRun) {
        return Done{};
    }
    auto training = trainReportFromRun(project, data.behaviorRun->id);
    if (!training) {
        return training.error();
    }
    data.training = std::move(*training);
    auto epochs = readEpochs(project, data.behaviorRun->id);
    if (!epochs) {
        return epochs.error();
    }
    data.epochs = std::move(*epochs);
    return take(comparisonOfRun(*data.behaviorRun), data.comparison, {ErrorCode::NotTrained});
}

Status readRecommendations(const Project &project, ReportData &data, const Task &task)
{
    if (data.snapshot && data.counts.items > 0) {
        PopularOptions popular;
        popular.until = data.snapshot;
        popular.top = kRecommendedItems;
        std::optional<std::vector<Recommendation>> list;
        const Status read = take(popularItems(project, popular), list, {ErrorCode::NoEvents});
        if (!read) {
            return read;
        }
        data.popular = std::move(list).value_or(std::vector<Recommendation>{});
    }
    if (!data.behaviorRun) {
        return Done{};
    }
    RecommendOptions options;
    options.top = kRecommendedItems;
    options.at = data.snapshot;
    options.reasons = 1;
    std::optional<Recommender> recommender;
    const Status loaded = take(Recommender::load(project, options, task), recommender,
                               {ErrorCode::NotTrained, ErrorCode::NoEvents});
    if (!loaded || !recommender) {
        return loaded;
    }
    const std::size_t users = std::min(kRecommendedUsers, data.figures.top.size());
    for (std::size_t i = 0; i < users; ++i) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        std::optional<UserRecord> user;
        std::optional<RecommendationList> list;
        Status read = take(findUserById(project, data.figures.top[i].state.user), user,
                           {ErrorCode::UnknownUser});
        if (read && user) {
            read = take(recommender->forUser(project, *user), list, {ErrorCode::NotTrained});
        }
        if (!read) {
            return read;
        }
        if (list) {
            data.recommendations.push_back(std::move(*list));
        }
    }
    return Done{};
}

bool wants(const ReportOptions &options, std::string_view section)
{
    return options.sections.empty() ||
           std::find(options.sections.begin(), options.sections.end(), section) !=
               options.sections.end();
}

Status readBasics(const Project &project, ReportData &data)
{
    auto settings = readSettings(project);
    auto counts = readCounts(project);
    auto hash = dataHash(project);
    auto sources = readSources(project);
    auto scenarios = readScenarios(project);
    if (!settings) {
        return settings.error();
    }
    if (!counts) {
        return counts.error();
    }
    if (!hash) {
        return hash.error();
    }
    if (!sources) {
        return sources.error();
    }
    if (!scenarios) {
        return scenarios.error();
    }
    const auto rules = readCleaningRules(project);
    auto cleaning = rules ? readCleaningTotals(project) : rules.error();
    if (!cleaning) {
        return cleaning.error();
    }
    std::ranges::copy_if(*rules, std::back_inserter(data.cleaningRules),
                         &CleaningRuleRecord::active);
    data.cleaning = std::move(*cleaning);
    data.project = project.name();
    data.settings = std::move(*settings);
    data.counts = *counts;
    data.dataHash = std::move(*hash);
    data.sources = std::move(*sources);
    data.scenarios = std::move(*scenarios);
    std::optional<Day> snapshot;
    const Status dated = take(snapshotDay(project, data.settings), snapshot, {ErrorCode::NoEvents});
    data.snapshot = snapshot;
    if (!dated) {
        return dated;
    }
    if (const Status scored = take(readScoreReport(project), data.score, {ErrorCode::NotScored});
        !scored) {
        return scored;
    }
    return take(readUserStateLabel(project), data.label, {ErrorCode::NotScored});
}

bool isStale(const ReportData &data)
{
    const UserStateLabel &label = *data.label;
    return label.dataHash != data.dataHash || label.horizonDays != data.settings.horizonDays ||
           label.margin != data.settings.margin ||
           label.discountPerYear != data.settings.discountPerYear || label.snapshot != data.snapshot;
}

} // namespace

Result<std::shared_ptr<const ReportData>> readReportData(const Project &project,
                                                         const ReportOptions &options,
                                                         const Task &task)
{
    auto data = std::make_shared<ReportData>();
    data->options = options;
    using Step = std::function<Status()>;
    const std::vector<Step> steps{
        [&] { return readBasics(project, *data); },
        [&] {
            data->stale = data->label && isStale(*data);
            return data->label ? readFigures(project, *data, task) : Status(Done{});
        },
        [&] {
            const bool wanted = data->label && wants(options, "lifecycle");
            return wanted ? readFlows(project, *data, task) : Status(Done{});
        },
        [&] { return readModels(project, *data); },
        [&] {
            const bool wanted = data->label && wants(options, "recommendations");
            return wanted ? readRecommendations(project, *data, task) : Status(Done{});
        },
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        task.progress(static_cast<double>(i) / static_cast<double>(steps.size()), "reading");
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const Status status = steps[i]();
        if (!status) {
            return status.error();
        }
    }
    return std::shared_ptr<const ReportData>(std::move(data));
}

} // namespace perennial::report
