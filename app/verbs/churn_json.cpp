#include "app/verbs/churn_output.h"
#include "app/verbs/error_output.h"

#include <cmath>

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

ordered_json problemJson(const std::optional<Error> &problem)
{
    if (!problem) {
        return nullptr;
    }
    ordered_json json = errorJson(*problem);
    json["where"] = problem->where;
    json["detail"] = problem->detail;
    return json;
}

ordered_json methodsJson(const ChurnRisk &now)
{
    ordered_json methods = ordered_json::array();
    for (const RiskMethod &method : now.methods) {
        ordered_json json{{"method", method.name}, {"is_probability", method.isProbability}};
        double sum = 0;
        for (const double risk : method.risk) {
            sum += risk;
        }
        const bool hasMean = method.isProbability && !method.risk.empty();
        json["mean_risk"] =
            hasMean ? ordered_json(sum / static_cast<double>(method.risk.size())) : ordered_json();
        json["problem"] = problemJson(method.problem);
        methods.push_back(std::move(json));
    }
    return methods;
}

ordered_json figuresJson(const TrialMethod &method)
{
    ordered_json figures = ordered_json::object();
    for (const TrialFigure &figure : method.figures) {
        const ScoredFigure &scored = figure.figure;
        figures[figure.name] = {{"value", orNull(scored.value)},
                                {"interval", intervalJson(scored.interval)},
                                {"from_best", intervalJson(scored.fromBest)},
                                {"is_best", scored.isBest},
                                {"is_noise", scored.isNoise}};
    }
    return figures;
}

ordered_json trialMethodJson(const TrialMethod &method)
{
    ordered_json bins = ordered_json::array();
    for (const RiskBin &bin : method.bins) {
        bins.push_back({{"users", bin.users},
                        {"predicted", bin.predicted},
                        {"churned", bin.churned},
                        {"interval", intervalJson(bin.interval)}});
    }
    ordered_json gains = ordered_json::array();
    for (const GainRow &row : method.gains) {
        gains.push_back({{"least_risk", row.score},
                         {"users", row.targeted},
                         {"churned", row.hit},
                         {"share", row.share},
                         {"gain", row.gain},
                         {"lift", row.lift}});
    }
    return {{"method", method.name},
            {"is_probability", method.isProbability},
            {"problem", problemJson(method.problem)},
            {"figures", figuresJson(method)},
            {"calibration", std::move(bins)},
            {"gains", std::move(gains)}};
}

ordered_json trialJson(const RiskTrial *trial, const TrialOptions &options)
{
    if (!trial) {
        return nullptr;
    }
    ordered_json methods = ordered_json::array();
    for (const TrialMethod &method : trial->methods) {
        methods.push_back(trialMethodJson(method));
    }
    return {{"cut", formatDate(trial->cut)},
            {"until", formatDate(daysAfter(trial->cut, trial->windowDays))},
            {"window_days", trial->windowDays},
            {"users", trial->users},
            {"churned", trial->churned},
            {"replicates", options.replicates},
            {"level", options.level},
            {"methods", std::move(methods)}};
}

ordered_json treesJson(const TreeRisk *trees)
{
    if (!trees) {
        return nullptr;
    }
    ordered_json gain = ordered_json::object();
    for (std::size_t c = 0; c < trees->trees.columns.size(); ++c) {
        gain[trees->trees.columns[c]] = trees->trees.gain[c];
    }
    return {{"anchor", formatDate(trees->anchor)},
            {"learned_from", trees->learnedFrom},
            {"churned", trees->churned},
            {"trees", trees->trees.forest.trees()},
            {"gain", std::move(gain)}};
}

ordered_json outcomeJson(const ContactOutcome &outcome)
{
    return {{"threshold", orNull(outcome.threshold)},
            {"contacted", outcome.contacted},
            {"leavers", outcome.leavers},
            {"at_stake", outcome.atStake},
            {"saved", outcome.saved},
            {"saved_interval", intervalJson(outcome.savedInterval)},
            {"cost", outcome.cost},
            {"net", outcome.net},
            {"break_even_save_rate", orNull(outcome.breakEvenSaveRate)}};
}

ordered_json planJson(const ChurnPlan &plan)
{
    ordered_json curve = ordered_json::array();
    for (const ContactOutcome &outcome : plan.curve) {
        curve.push_back(outcomeJson(outcome));
    }
    return {
        {"order", contactOrderName(plan.order)}, {"cost_per_contact", plan.terms.costPerContact},
        {"save_rate", plan.terms.saveRate},      {"level", plan.terms.level},
        {"asked", outcomeJson(plan.asked)},      {"asked_is_best", plan.isBest},
        {"best", outcomeJson(plan.best)},        {"curve", std::move(curve)}};
}

ordered_json userJson(const ChurnUser &user)
{
    ordered_json risks = ordered_json::object();
    for (const auto &[method, risk] : user.risks) {
        risks[method] = risk;
    }
    ordered_json reasons;
    if (user.reasons) {
        ordered_json groups = ordered_json::object();
        for (std::size_t g = 0; g < kReasonGroups; ++g) {
            groups[std::string(reasonGroupName(static_cast<ReasonGroup>(g)))] =
                user.reasons->groups[g];
        }
        ordered_json features = ordered_json::array();
        for (const RiskReason &reason : user.reasons->features) {
            features.push_back({{"feature", reason.column},
                                {"group", reasonGroupName(reason.group)},
                                {"value", reason.value},
                                {"contribution", reason.contribution}});
        }
        reasons = {{"risk", user.reasons->risk},
                   {"base", user.reasons->base},
                   {"groups", std::move(groups)},
                   {"features", std::move(features)}};
    }
    return {{"user", user.key},
            {"risks", std::move(risks)},
            {"p_alive", orNull(user.pAlive)},
            {"value_if_kept", orNull(user.valueIfKept)},
            {"reasons", std::move(reasons)}};
}

} // namespace

ordered_json churnJson(const ChurnReport &report)
{
    const ChurnRisk &now = *report.now;
    ordered_json json;
    json["at"] = formatDate(now.at);
    json["horizon_days"] = now.horizonDays;
    json["currency"] = report.currency;
    json["customers"] = now.user.size();
    json["users"] = report.users;
    json["segment_users"] = orNull(report.segmentUsers);
    json["methods"] = methodsJson(now);
    json["trees"] = treesJson(now.trees.get());
    json["trial"] = trialJson(report.trial.get(), report.options);
    json["trial_problem"] = problemJson(report.trialProblem);
    json["behavior"] = trialJson(report.behavior.get(), report.options);
    json["method"] = report.method ? ordered_json(report.method->name) : ordered_json();
    json["chosen_by"] = report.method ? ordered_json(report.chosenBy) : ordered_json();
    json["plan"] = report.plan ? planJson(*report.plan) : ordered_json();
    json["plan_problem"] = problemJson(report.planProblem);
    json["user"] = report.user ? userJson(*report.user) : ordered_json();
    json["written"] = report.written ? ordered_json{{"path", report.written->path},
                                                    {"rows", report.written->rows},
                                                    {"logged", report.written->logged}}
                                     : ordered_json();
    return json;
}

QString churnJsonHelp()
{
    return QStringLiteral(
        "Churn is no order in (at, at + horizon_days].\n"
        "at, horizon_days, currency\n"
        "customers        with an order by then; users: of them those of --segment, else all;\n"
        "                 segment_users: of the segment, with those who never ordered, or null\n"
        "methods          [{method, is_probability, mean_risk, problem}] at the snapshot: the\n"
        "                 project's value model, boosted-trees, and recency (days since the\n"
        "                 last order, which only ranks); problem: why it has no risks, {code,\n"
        "                 message, where, detail}, or null\n"
        "trees            {anchor: they learned on (anchor, at], learned_from, churned, trees,\n"
        "                 gain {feature: share}}, or null\n"
        "trial            the same methods at an earlier cut: {cut, until, window_days, users,\n"
        "                 churned, replicates, level, methods [{method, is_probability,\n"
        "                 problem, figures, calibration, gains}]}; null: see trial_problem\n"
        "  figures        {auc, average_precision, log_loss, brier, ece, bias, ipcw_brier,\n"
        "                 c_index: {value, interval, from_best, is_best, is_noise}}; of recency\n"
        "                 auc, average_precision, c_index. bias = predicted / happened - 1;\n"
        "                 from_best: interval of the difference from the best of the table\n"
        "  calibration    [{users, predicted, churned, interval}], ten bins of like mass\n"
        "  gains          [{least_risk, users, churned, share, gain, lift}] from the highest\n"
        "                 risk down; equal risks are never parted\n"
        "behavior         the behaviour model's champion on its own cut and window, as trial;\n"
        "                 null where there is none\n"
        "method           whose risks the plan goes by; chosen_by: asked | trial (the least log\n"
        "                 loss) | default\n"
        "plan             with --cost and --save-rate: {order: risk | stake, cost_per_contact,\n"
        "                 save_rate, level, asked, asked_is_best, best, curve []}, outcomes\n"
        "                 {threshold, contacted, leavers: expected, at_stake, saved,\n"
        "                 saved_interval, cost, net, break_even_save_rate}; at_stake = sum of\n"
        "                 risk x value if kept, saved = save rate x at_stake, net = saved -\n"
        "                 cost; saved_interval holds luck only (who leaves, who is kept), not\n"
        "                 what is not known of risks, values and the save rate; a break-even\n"
        "                 above 1: no save rate pays\n"
        "plan_problem     why there is none although it was asked for, or null\n"
        "user             with --user: {user, risks {method: risk}, p_alive, value_if_kept: if\n"
        "                 he orders at all, reasons {risk, base, groups {recency, frequency,\n"
        "                 money, tenure, model}, features [{feature, group, value,\n"
        "                 contribution}]}}; contributions are Shapley values in log odds: base\n"
        "                 and they add up to the log odds of risk; reasons null without trees\n"
        "written          with --out: {path, rows, logged}; null else");
}

} // namespace perennial
