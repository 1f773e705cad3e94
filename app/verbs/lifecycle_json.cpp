#include "app/verbs/lifecycle_output.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json orNull(const std::optional<T> &value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json intervalJson(const std::optional<Interval> &interval)
{
    return interval ? ordered_json::array({interval->lower, interval->upper})
                    : ordered_json(nullptr);
}

ordered_json stagesJson(const std::array<std::int64_t, kStageCount> &counts)
{
    ordered_json stages = ordered_json::object();
    for (const Stage stage : kStages) {
        stages[std::string(stageName(stage))] = counts[static_cast<std::size_t>(stage)];
    }
    return stages;
}

ordered_json flowsJson(const std::vector<FlowRow> &rows)
{
    ordered_json flows = ordered_json::array();
    for (const FlowRow &row : rows) {
        flows.push_back({{"period", formatDate(row.start)},
                         {"new", row.fresh},
                         {"current", row.current},
                         {"resurrected", row.resurrected},
                         {"dormant", row.dormant},
                         {"active", row.active},
                         {"complete", row.complete},
                         {"net", netFlow(row)},
                         {"quick_ratio", orNull(quickRatio(row))}});
    }
    return flows;
}

ordered_json historyJson(const StageHistory &history)
{
    ordered_json rows = ordered_json::array();
    for (std::size_t end = 0; end < history.ends.size(); ++end) {
        rows.push_back(
            {{"on", formatDate(history.ends[end])}, {"stages", stagesJson(history.counts[end])}});
    }
    return rows;
}

ordered_json testJson(const LikelihoodRatioTest &test)
{
    return {{"chi2", test.chi2},
            {"df", test.df},
            {"p", orNull(test.p)},
            {"users", test.users},
            {"ground", testGroundName(test.ground)}};
}

ordered_json matrixJson(const TransitionMatrix &matrix)
{
    ordered_json rows = ordered_json::array();
    for (const Stage from : kStages) {
        const auto i = static_cast<std::size_t>(from);
        ordered_json to = ordered_json::array();
        for (const Stage stage : kStages) {
            const auto j = static_cast<std::size_t>(stage);
            const auto &share = matrix.shares[i][j];
            ordered_json cell{{"stage", stageName(stage)}, {"users", matrix.users[i][j]}};
            cell["share"] = share ? ordered_json(share->share) : ordered_json(nullptr);
            cell["mean"] = share ? ordered_json(share->mean) : ordered_json(nullptr);
            cell["interval"] =
                intervalJson(share ? std::optional(share->interval) : std::nullopt);
            to.push_back(std::move(cell));
        }
        rows.push_back(
            {{"stage", stageName(from)}, {"users", matrix.before[i]}, {"to", std::move(to)}});
    }
    return rows;
}

ordered_json movesJson(const LifecycleMoves &moves)
{
    std::int64_t both = 0;
    for (const std::int64_t users : moves.matrix.before) {
        both += users;
    }
    ordered_json tests;
    tests["independence"] = testJson(moves.independence);
    tests["second_order"] = testJson(moves.secondOrder);
    tests["second_order"]["before"] = formatDate(moves.before);
    tests["stationarity"] = moves.stationarity ? testJson(*moves.stationarity) : ordered_json();
    if (moves.stationarity) {
        tests["stationarity"]["from"] = formatDate(moves.stationaryFrom);
        tests["stationarity"]["periods"] = moves.stationaryMoves;
    }
    return {{"from", formatDate(moves.matrix.from)},
            {"to", formatDate(moves.matrix.to)},
            {"users", both},
            {"prior", transitionPriorName(moves.options.prior)},
            {"level", moves.options.level},
            {"matrix", matrixJson(moves.matrix)},
            {"new_between", stagesJson(moves.matrix.fresh)},
            {"tests", std::move(tests)}};
}

ordered_json cellJson(const RetentionCell &cell)
{
    return {{"users", cell.users},
            {"active", cell.active},
            {"ordering", cell.ordering},
            {"orders", cell.orders},
            {"revenue", toUnits(cell.net)},
            {"mature", cell.mature},
            {"complete_on", cell.completeOn ? ordered_json(formatDate(*cell.completeOn))
                                            : ordered_json(nullptr)}};
}

ordered_json cohortJson(const RetentionCohort &cohort, RetentionKind kind)
{
    ordered_json json;
    json["cohort"] = cohort.start ? ordered_json(formatDate(*cohort.start))
                                  : ordered_json(cohort.value);
    json["rest"] = cohort.isRest;
    json["users"] = cohort.users;
    json["cells"] = ordered_json::array();
    for (const RetentionCell &cell : cohort.cells) {
        json["cells"].push_back(cellJson(cell));
    }
    if (kind == RetentionKind::Exact) {
        json["cumulative_revenue_per_user"] = cumulativeNetPerUser(cohort);
    }
    return json;
}

ordered_json retentionJson(const RetentionResult &result)
{
    ordered_json columns = ordered_json::array();
    ordered_json curve = ordered_json::array();
    for (std::size_t n = 0; n < result.columns.size(); ++n) {
        columns.push_back({{"from", result.columns[n].from}, {"to", result.columns[n].to}});
        const RetentionPoint &point = result.curve[n];
        curve.push_back({{"users", point.users},
                         {"active_share", orNull(point.activeShare)},
                         {"active_interval", intervalJson(point.activeInterval)},
                         {"ordering_share", orNull(point.orderingShare)},
                         {"ordering_interval", intervalJson(point.orderingInterval)},
                         {"orders_per_user", orNull(point.ordersPerUser)},
                         {"revenue_per_user", orNull(point.netPerUser)}});
    }
    ordered_json cohorts = ordered_json::array();
    for (const RetentionCohort &cohort : result.cohorts) {
        cohorts.push_back(cohortJson(cohort, result.options.kind));
    }
    return {{"anchor", cohortAnchorName(result.options.anchor)},
            {"clock", result.clock == ActivityClock::Calendar ? "calendar" : "24h"},
            {"period", cohortPeriodName(result.options.period)},
            {"kind", retentionKindName(result.options.kind)},
            {"by", result.by.empty() ? ordered_json(nullptr) : ordered_json(result.by)},
            {"level", result.options.level},
            {"columns", std::move(columns)},
            {"cohorts", std::move(cohorts)},
            {"curve", std::move(curve)},
            {"older_users", result.olderUsers}};
}

ordered_json driversJson(const LifecycleDrivers &drivers)
{
    ordered_json rows = ordered_json::array();
    for (const Driver &driver : drivers.list->drivers) {
        rows.push_back({{"feature", driver.feature},
                        {"above", orNull(driver.above)},
                        {"value", driver.above ? ordered_json() : ordered_json(driver.value)},
                        {"with", driver.with},
                        {"with_happened", driver.withHappened},
                        {"without", driver.without},
                        {"without_happened", driver.withoutHappened},
                        {"difference", driver.difference},
                        {"interval", intervalJson(driver.differenceInterval)},
                        {"risk_ratio", orNull(driver.riskRatio)},
                        {"risk_ratio_interval", intervalJson(driver.ratioInterval)},
                        {"p", driver.p},
                        {"adjusted_p", driver.adjustedP}});
    }
    return {{"stage", stageName(drivers.stage)},
            {"users", drivers.list->users},
            {"happened", drivers.list->happened},
            {"features", std::move(rows)},
            {"left_out", drivers.list->leftOut}};
}

} // namespace

ordered_json lifecycleJson(const LifecycleReport &report)
{
    const LifecycleResult &now = *report.now;
    ordered_json json;
    json["at"] = formatDate(now.at);
    json["users"] = now.users.size();
    json["not_known_yet"] = now.notKnownYet;
    json["stages"] = stagesJson(now.counts);
    json["churned_after_days"] = now.churnedAfter.days;
    json["churned_after_source"] = churnDaysSourceName(now.churnedAfter.source);
    json["horizon_days"] = now.horizonDays;
    json["period"] = periodName(now.period);
    json["flows"] = flowsJson(now.flows);
    json["history"] = historyJson(report.history);
    json["transitions"] = movesJson(report.moves);
    json["retention"] = report.retention ? retentionJson(*report.retention) : ordered_json();
    json["drivers"] = report.drivers ? driversJson(*report.drivers) : ordered_json();
    return json;
}

QString lifecycleJsonHelp()
{
    return QStringLiteral(
        "at                     the snapshot day\n"
        "users                  known on that day; the stages sum to it\n"
        "not_known_yet          listed users without an event or sign-up by then\n"
        "stages                 {acquired, active, retained, converted, loyal, dormant,\n"
        "                       churned: users}\n"
        "churned_after_days     the silence after which a user counts as churned\n"
        "churned_after_source   setting | estimated | default (the data can't say)\n"
        "horizon_days           horizon of that estimate\n"
        "period                 of the flows: day | week | month\n"
        "flows                  [{period: its first day, new, current, resurrected, dormant,\n"
        "                       active, complete, net, quick_ratio}]; active = active of the\n"
        "                       period before + net, net = new + resurrected - dormant,\n"
        "                       quick_ratio = (new + resurrected) / dormant, null without\n"
        "                       dormant users\n"
        "history                [{on: last day of a period, stages {}}], the newest 60, all\n"
        "                       with the churned_after_days above\n"
        "transitions            {from, to, users: known at both, prior (jeffreys), level,\n"
        "                       matrix [{stage, users, to [{stage, users, share, mean,\n"
        "                       interval}]}], new_between {stage: users known at the second\n"
        "                       day only}, tests}; mean and interval are of the Dirichlet\n"
        "                       posterior, null without users\n"
        "  tests                {independence, second_order (before: its first day),\n"
        "                       stationarity (from, periods; null with fewer than 2)}, each\n"
        "                       {chi2, df, p, users, ground: sound | sparse |\n"
        "                       too_little_data}\n"
        "retention              {anchor, clock: calendar | 24h, period, kind: exact |\n"
        "                       unbounded | bracket, by, level, columns [{from, to: periods\n"
        "                       since the anchor's}], cohorts, curve, older_users: of cohorts\n"
        "                       before those shown}; null where nobody has an event\n"
        "  cohorts              [{cohort: first day of its period, or the value of --by\n"
        "                       (\"\" = not known), rest, users, cells [{users, active,\n"
        "                       ordering, orders, revenue, mature, complete_on}],\n"
        "                       cumulative_revenue_per_user []}]; a cell that is not mature\n"
        "                       counts what has been seen so far\n"
        "  curve                [{users, active_share, active_interval, ordering_share,\n"
        "                       ordering_interval, orders_per_user, revenue_per_user}] of the\n"
        "                       mature cells, null without users\n"
        "drivers                of --drivers: {stage, users, happened: in a lower stage at the\n"
        "                       end, features [{feature, above: of numbers, value: of words,\n"
        "                       with, with_happened, without, without_happened, difference\n"
        "                       of the rates, interval, risk_ratio, risk_ratio_interval, p,\n"
        "                       adjusted_p}], left_out []}, null else; what goes together\n"
        "                       need not be cause");
}

} // namespace perennial
