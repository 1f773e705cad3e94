#include "core/project/audit.h"
#include "core/scoring/score_users.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array kNotes{ScoreNote::NoPurchases,          ScoreNote::NoRepeatBuyers,
                            ScoreNote::NoChurnBoundary,      ScoreNote::ValueFitFailed,
                            ScoreNote::NoSpend,              ScoreNote::ObservedMeanSpend,
                            ScoreNote::BehaviorOtherHorizon, ScoreNote::BehaviorTrainedLater,
                            ScoreNote::BehaviorFailed,       ScoreNote::OtherValueModel,
                            ScoreNote::TotalErrorUnknown,    ScoreNote::RefundsOutweighSales,
                            ScoreNote::HorizonBeyondHistory};

ordered_json orNull(const std::optional<double> &value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

std::optional<double> optionalOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

ordered_json truthJson(const std::optional<TruthError> &truth)
{
    if (!truth) {
        return nullptr;
    }
    return {{"users", truth->users},       {"predicted_total", truth->predictedTotal},
            {"true_total", truth->trueTotal}, {"bias", truth->bias},
            {"mae", truth->mae},           {"spearman", truth->spearman},
            {"auc_alive", orNull(truth->aucAlive)}};
}

std::optional<TruthError> truthOf(const json &value)
{
    if (value.is_null()) {
        return std::nullopt;
    }
    return TruthError{value.at("users"),    value.at("predicted_total"), value.at("true_total"),
                      value.at("bias"),     value.at("mae"),             value.at("spearman"),
                      optionalOf(value.at("auc_alive"))};
}

ordered_json thresholdsJson(const std::optional<StageThresholds> &thresholds)
{
    if (!thresholds) {
        return nullptr;
    }
    return {{"dormant_after_days", thresholds->dormantAfterDays},
            {"active_days_needed", thresholds->activeDaysNeeded},
            {"active_window_days", thresholds->activeWindowDays},
            {"acquired_within_days", thresholds->acquiredWithinDays},
            {"recent_order_days", thresholds->recentOrderDays},
            {"loyal_orders", thresholds->loyalOrders},
            {"churned_after_days", thresholds->churnedAfterDays
                                       ? ordered_json(*thresholds->churnedAfterDays)
                                       : ordered_json(nullptr)}};
}

std::optional<StageThresholds> thresholdsOf(const json &report)
{
    const auto value = report.find("stage_thresholds");
    if (value == report.end() || value->is_null()) {
        return std::nullopt;
    }
    StageThresholds thresholds;
    thresholds.dormantAfterDays = value->at("dormant_after_days");
    thresholds.activeDaysNeeded = value->at("active_days_needed");
    thresholds.activeWindowDays = value->at("active_window_days");
    thresholds.acquiredWithinDays = value->at("acquired_within_days");
    thresholds.recentOrderDays = value->at("recent_order_days");
    thresholds.loyalOrders = value->at("loyal_orders");
    const json &churned = value->at("churned_after_days");
    if (!churned.is_null()) {
        thresholds.churnedAfterDays = churned.get<int>();
    }
    return thresholds;
}

/// Throws nlohmann's exceptions where the text is not what scoreReportToJson wrote.
ScoreReport reportOf(const json &value, UserStateLabel label)
{
    ScoreReport report;
    report.label = std::move(label);
    report.users = value.at("users");
    report.customers = value.at("customers");
    for (const Stage stage : kStages) {
        report.stages[static_cast<std::size_t>(stage)] =
            value.at("stages").at(std::string(stageName(stage)));
    }
    report.realised = value.at("realised");
    report.predictedValue = optionalOf(value.at("predicted_value"));
    report.expectedOrders = optionalOf(value.at("expected_orders"));
    if (const auto interval = value.find("predicted_interval_90");
        interval != value.end() && interval->is_array() && interval->size() == 2) {
        report.predictedLower = interval->at(0).get<double>();
        report.predictedUpper = interval->at(1).get<double>();
    }
    if (const auto error = value.find("total_error"); error != value.end() && error->is_object()) {
        report.totalError = TotalError{error->at("windows"), error->at("rms_log")};
    }
    report.meanPAlive = optionalOf(value.at("mean_p_alive"));
    report.meanChurnRisk = optionalOf(value.at("mean_churn_risk"));
    report.valueAtRisk = optionalOf(value.value("value_at_risk", json()));
    report.thresholds = thresholdsOf(value);
    report.valueModel = value.value("value_model", std::string());
    report.valueStatus = value.at("value_status");
    report.valueError = value.at("value_error");
    report.behaviorError = value.at("behavior_error");
    for (const json &name : value.at("notes")) {
        for (const ScoreNote note : kNotes) {
            if (scoreNoteName(note) == name.get<std::string>()) {
                report.notes.push_back(note);
            }
        }
    }
    report.truth = truthOf(value.at("truth"));
    return report;
}

} // namespace

std::string_view scoreNoteName(ScoreNote note) noexcept
{
    switch (note) {
    case ScoreNote::NoPurchases: return "no_purchases";
    case ScoreNote::NoRepeatBuyers: return "no_repeat_buyers";
    case ScoreNote::NoChurnBoundary: return "no_churn_boundary";
    case ScoreNote::ValueFitFailed: return "value_fit_failed";
    case ScoreNote::NoSpend: return "no_spend";
    case ScoreNote::OtherValueModel: return "other_value_model";
    case ScoreNote::TotalErrorUnknown: return "total_error_unknown";
    case ScoreNote::ObservedMeanSpend: return "observed_mean_spend";
    case ScoreNote::BehaviorOtherHorizon: return "behavior_other_horizon";
    case ScoreNote::BehaviorTrainedLater: return "behavior_trained_later";
    case ScoreNote::RefundsOutweighSales: return "refunds_outweigh_sales";
    case ScoreNote::HorizonBeyondHistory: return "horizon_beyond_history";
    case ScoreNote::BehaviorFailed: return "behavior_failed";
    }
    return "unknown";
}

std::string scoreReportToJson(const ScoreReport &report)
{
    const UserStateLabel &label = report.label;
    ordered_json json{{"snapshot", formatDate(label.snapshot)},
                      {"horizon_days", label.horizonDays},
                      {"currency", label.currency},
                      {"margin", label.margin},
                      {"discount_per_year", label.discountPerYear},
                      {"data_hash", label.dataHash},
                      {"users", report.users},
                      {"customers", report.customers},
                      {"realised", report.realised},
                      {"predicted_value", orNull(report.predictedValue)},
                      {"predicted_interval_90",
                       report.predictedLower && report.predictedUpper
                           ? ordered_json{*report.predictedLower, *report.predictedUpper}
                           : ordered_json(nullptr)},
                      {"total_error",
                       report.totalError ? ordered_json{{"windows", report.totalError->windows},
                                                        {"rms_log", report.totalError->rms}}
                                         : ordered_json(nullptr)},
                      {"expected_orders", orNull(report.expectedOrders)},
                      {"mean_p_alive", orNull(report.meanPAlive)},
                      {"mean_churn_risk", orNull(report.meanChurnRisk)},
                      {"value_at_risk", orNull(report.valueAtRisk)},
                      {"churn_source", label.churnSource},
                      {"churned_after_days", label.churnedAfterDays},
                      {"value_model", report.valueModel},
                      {"value_status", report.valueStatus},
                      {"value_run", label.valueRun},
                      {"behavior_run", label.behaviorRun}};
    json["stages"] = ordered_json::object();
    for (const Stage stage : kStages) {
        json["stages"][std::string(stageName(stage))] =
            report.stages[static_cast<std::size_t>(stage)];
    }
    json["stage_thresholds"] = thresholdsJson(report.thresholds);
    json["notes"] = ordered_json::array();
    for (const ScoreNote note : report.notes) {
        json["notes"].push_back(scoreNoteName(note));
    }
    json["value_error"] = report.valueError;
    json["behavior_error"] = report.behaviorError;
    json["truth"] = truthJson(report.truth);
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<ScoreReport> readScoreReport(const Project &project)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    try {
        const json value = json::parse(label->detail);
        return reportOf(value, std::move(*label));
    } catch (const json::exception &) {
        return fail(ErrorCode::Damaged, "user_state_label", project.path().string());
    }
}

Result<std::vector<ScoreReport>> readScoreReports(const Project &project, std::size_t most)
{
    const auto lines = readAudit(project, "score", static_cast<std::int64_t>(most));
    if (!lines) {
        return lines.error();
    }
    std::vector<ScoreReport> reports;
    for (const AuditLine &line : *lines) {
        try {
            const json value = json::parse(line.detail);
            UserStateLabel label;
            const auto day = parseIsoDate(value.at("snapshot").get<std::string>());
            if (!day) {
                continue;
            }
            label.snapshot = *day;
            label.horizonDays = value.at("horizon_days");
            label.currency = value.at("currency");
            label.margin = value.at("margin");
            label.discountPerYear = value.at("discount_per_year");
            label.dataHash = value.at("data_hash");
            label.churnSource = value.at("churn_source");
            label.churnedAfterDays = value.at("churned_after_days");
            label.computedAt = line.at;
            label.detail = line.detail;
            reports.push_back(reportOf(value, std::move(label)));
        } catch (const json::exception &) {
            continue; // of another version: older figures are no reason to show none
        }
    }
    return reports;
}

std::optional<StageThresholds> scoredThresholds(const UserStateLabel &label)
{
    try {
        return thresholdsOf(json::parse(label.detail));
    } catch (const json::exception &) {
        return std::nullopt;
    }
}

} // namespace perennial
