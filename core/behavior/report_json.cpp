#include "core/behavior/report_json.h"

#include "core/project/run_store.h"

#include <algorithm>
#include <cmath>

namespace perennial {

using nlohmann::ordered_json;

namespace {

template <class Metrics, class Visit>
void visitQuality(Metrics &metrics, Visit visit)
{
    visit("hr10", metrics.hr10);
    visit("ndcg10", metrics.ndcg10);
    visit("mrr", metrics.mrr);
    visit("hr10_new", metrics.hr10New);
    visit("ndcg10_new", metrics.ndcg10New);
    visit("mrr_new", metrics.mrrNew);
    visit("churn_auc", metrics.churnAuc);
    visit("churn_log_loss", metrics.churnLogLoss);
    visit("churn_ece", metrics.churnEce);
    visit("value_mae", metrics.valueMae);
    visit("value_spearman", metrics.valueSpearman);
    visit("value_bias", metrics.valueBias);
    visit("purchase_auc", metrics.purchaseAuc);
    visit("purchase_log_loss", metrics.purchaseLogLoss);
    visit("purchase_ece", metrics.purchaseEce);
    visit("click_auc", metrics.clickAuc);
    visit("click_log_loss", metrics.clickLogLoss);
    visit("click_ece", metrics.clickEce);
    visit("return_concordance", metrics.returnConcordance);
    visit("return_ece_7", metrics.returnEce7);
    visit("return_ece_30", metrics.returnEce30);
    visit("return_ece_90", metrics.returnEce90);
}

template <class Metrics, class Visit>
void visitCounts(Metrics &metrics, Visit visit)
{
    visit("ranked_users", metrics.rankedUsers);
    visit("items", metrics.items);
    visit("new_ranked_users", metrics.newRankedUsers);
    visit("value_users", metrics.valueUsers);
    visit("window_users", metrics.windowUsers);
}

template <class Report, class Visit>
void visitEpoch(Report &report, Visit visit)
{
    visit("train_next_item", report.trainNextItem);
    visit("train_churn", report.trainChurn);
    visit("train_value", report.trainValue);
    visit("valid_next_item", report.validNextItem);
    visit("valid_churn", report.validChurn);
    visit("valid_value", report.validValue);
    visit("train_purchase", report.trainPurchase);
    visit("train_click", report.trainClick);
    visit("train_return", report.trainReturn);
    visit("valid_purchase", report.validPurchase);
    visit("valid_click", report.validClick);
    visit("valid_return", report.validReturn);
    visitQuality(report.metrics, visit);
}

std::int64_t integerFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Day dayFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string()) {
        return 0;
    }
    const auto day = parseIsoDate(found->get<std::string>());
    return day ? *day : 0;
}

std::string textFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool truthFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

ordered_json partOf(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() ? *found : ordered_json();
}

DeviceReason reasonFromName(const std::string &name)
{
    for (const DeviceReason reason : {DeviceReason::CudaFound, DeviceReason::LibraryWithoutCuda,
                                      DeviceReason::NoCudaDevice}) {
        if (deviceReasonName(reason) == name) {
            return reason;
        }
    }
    return DeviceReason::Asked;
}

void readTimings(TrainReport &report, const ordered_json &json)
{
    report.bestEpoch = static_cast<int>(integerFrom(json, "best_epoch"));
    report.refitEpochs = static_cast<int>(integerFrom(json, "refit_epochs"));
    report.parameters = integerFrom(json, "parameters");
    report.sequences = integerFrom(json, "sequences");
    report.trainSeconds = numberFrom(json, "train_seconds").value_or(0);
    report.sequencesPerSecond = numberFrom(json, "sequences_per_second").value_or(0);
    report.seconds = numberFrom(json, "seconds").value_or(0);
}

std::vector<HeadFit> headFitsFrom(const ordered_json &json)
{
    std::vector<HeadFit> read;
    const ordered_json fits = partOf(json, "head_fits");
    for (const ordered_json &fit : fits) {
        read.push_back({textFrom(fit, "head"), truthFrom(fit, "reads_events"),
                        static_cast<int>(integerFrom(fit, "pass")),
                        static_cast<int>(integerFrom(fit, "passes")),
                        numberFrom(fit, "loss_before").value_or(0),
                        numberFrom(fit, "loss").value_or(0)});
    }
    return read;
}

} // namespace

ordered_json numberOrNull(const std::optional<double> &value)
{
    return value && std::isfinite(*value) ? ordered_json(*value) : ordered_json();
}

std::optional<double> numberFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? std::optional(found->get<double>())
                                                     : std::nullopt;
}

ordered_json toJson(const TrainSplit &split)
{
    return {{"first", formatDate(split.first)},
            {"last_anchor", formatDate(split.lastAnchor)},
            {"cut", formatDate(split.cut)},
            {"until", formatDate(split.until)},
            {"horizon_days", split.horizonDays},
            {"label_days", split.labelDays},
            {"users", split.users},
            {"train_users", split.trainUsers},
            {"validation_users", split.validationUsers}};
}

TrainSplit splitFromJson(const ordered_json &json)
{
    TrainSplit split;
    split.first = dayFrom(json, "first");
    split.lastAnchor = dayFrom(json, "last_anchor");
    split.cut = dayFrom(json, "cut");
    split.until = dayFrom(json, "until");
    split.horizonDays = static_cast<int>(integerFrom(json, "horizon_days"));
    split.labelDays = static_cast<int>(integerFrom(json, "label_days"));
    split.users = integerFrom(json, "users");
    split.trainUsers = integerFrom(json, "train_users");
    split.validationUsers = integerFrom(json, "validation_users");
    return split;
}

ordered_json toJson(const BehaviorMetrics &metrics)
{
    ordered_json json;
    visitQuality(metrics, [&](const char *key, const std::optional<double> &value) {
        json[key] = numberOrNull(value);
    });
    visitCounts(metrics, [&](const char *key, std::int64_t count) { json[key] = count; });
    return json;
}

BehaviorMetrics metricsFromJson(const ordered_json &json)
{
    BehaviorMetrics metrics;
    visitQuality(metrics, [&](const char *key, std::optional<double> &value) {
        value = numberFrom(json, key);
    });
    visitCounts(metrics,
                [&](const char *key, std::int64_t &count) { count = integerFrom(json, key); });
    return metrics;
}

ordered_json toJson(const std::vector<TrainNote> &notes)
{
    ordered_json json = ordered_json::array();
    for (const TrainNote &note : notes) {
        json.push_back({{"code", note.code}, {"detail", note.detail}});
    }
    return json;
}

ordered_json toJson(const std::vector<HeadFit> &fits)
{
    ordered_json json = ordered_json::array();
    for (const HeadFit &fit : fits) {
        json.push_back({{"head", fit.head},
                        {"reads_events", fit.readsEvents},
                        {"pass", fit.pass},
                        {"passes", fit.passes},
                        {"loss_before", fit.lossBefore},
                        {"loss", fit.loss}});
    }
    return json;
}

ordered_json toJson(const std::vector<MemberReport> &members)
{
    ordered_json json = ordered_json::array();
    for (const MemberReport &member : members) {
        json.push_back({{"seed", member.seed},
                        {"epochs", member.epochs},
                        {"best_epoch", member.bestEpoch},
                        {"head_fits", toJson(member.headFits)},
                        {"metrics", toJson(member.metrics)}});
    }
    return json;
}

std::string storedMetrics(const TrainReport &report, const std::string &comparison)
{
    ordered_json json{{"metrics", toJson(report.metrics)},
                      {"split", toJson(report.split)},
                      {"notes", toJson(report.notes)},
                      {"device", report.device.device},
                      {"device_reason", deviceReasonName(report.device.reason)},
                      {"device_name", report.device.name},
                      {"best_epoch", report.bestEpoch},
                      {"head_fits", toJson(report.headFits)},
                      {"refit_epochs", report.refitEpochs},
                      {"parameters", report.parameters},
                      {"sequences", report.sequences},
                      {"train_seconds", report.trainSeconds},
                      {"sequences_per_second", report.sequencesPerSecond},
                      {"seconds", report.seconds},
                      {"heads",
                       {{"next_item", report.nextItemTrained},
                        {"churn", report.churnTrained},
                        {"value", report.valueTrained},
                        {"purchase", report.purchaseTrained},
                        {"click", report.clickTrained},
                        {"return", report.returnTrained}}}};
    if (!report.members.empty()) {
        json["members"] = toJson(report.members);
    }
    if (!comparison.empty()) {
        json["comparison"] = ordered_json::parse(comparison, nullptr, false);
    }
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::vector<std::pair<std::string, double>> epochRows(const EpochReport &report)
{
    std::vector<std::pair<std::string, double>> rows{
        {"train_loss", report.trainLoss},
        {"valid_loss", report.validLoss},
        {"best", report.best ? 1.0 : 0.0},
        {"seconds", report.seconds},
        {"sequences_per_second", report.sequencesPerSecond}};
    if (report.member > 1) {
        rows.emplace_back("member", report.member);
    }
    visitEpoch(report, [&](const char *name, const std::optional<double> &value) {
        if (value) {
            rows.emplace_back(name, *value);
        }
    });
    return rows;
}

void setEpochRow(EpochReport &report, std::string_view name, double value)
{
    const std::pair<std::string_view, double *> plain[] = {
        {"train_loss", &report.trainLoss},
        {"valid_loss", &report.validLoss},
        {"seconds", &report.seconds},
        {"sequences_per_second", &report.sequencesPerSecond}};
    for (const auto &[key, field] : plain) {
        if (key == name) {
            *field = value;
        }
    }
    if (name == "best") {
        report.best = value > 0;
    }
    if (name == "member" && value > 1 && value <= kMostMembers) {
        report.member = static_cast<int>(value);
    }
    visitEpoch(report, [&](const char *key, std::optional<double> &field) {
        if (key == name) {
            field = value;
        }
    });
}

void readEpochRows(TrainReport &report, const std::vector<EpochMetric> &rows)
{
    for (const EpochMetric &row : rows) {
        if (report.epochs.empty() || report.epochs.back().epoch != row.epoch) {
            EpochReport next;
            next.epoch = row.epoch;
            next.metrics.items = report.metrics.items;
            report.epochs.push_back(next);
        }
        setEpochRow(report.epochs.back(), row.name, row.value);
    }
    // runs of before it was kept took the lowest validation loss
    const bool kept = std::ranges::any_of(
        rows, [](const EpochMetric &row) { return row.name == "best"; });
    double best = INFINITY;
    int member = 1;
    for (EpochReport &epoch : report.epochs) {
        best = epoch.member == member ? best : INFINITY;
        member = epoch.member;
        epoch.epochs = static_cast<int>(report.epochs.size());
        epoch.best = kept ? epoch.best : epoch.validLoss < best;
        best = std::min(best, epoch.validLoss);
    }
}

Result<TrainReport> trainReportFromRun(const Project &project, std::int64_t run)
{
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    const ordered_json json = ordered_json::parse(record->metrics, nullptr, false);
    if (record->model != kBehaviorModel || !json.is_object()) {
        return fail(record->model != kBehaviorModel ? ErrorCode::NotTrained : ErrorCode::Damaged,
                    std::to_string(run), "metrics");
    }
    TrainReport report;
    report.run = run;
    report.device = {record->device, reasonFromName(textFrom(json, "device_reason")),
                     textFrom(json, "device_name")};
    report.split = splitFromJson(partOf(json, "split"));
    report.metrics = metricsFromJson(partOf(json, "metrics"));
    const ordered_json notes = partOf(json, "notes");
    for (const ordered_json &note : notes) {
        report.notes.push_back({textFrom(note, "code"), textFrom(note, "detail")});
    }
    const ordered_json members = partOf(json, "members");
    for (const ordered_json &member : members) {
        report.members.push_back({integerFrom(member, "seed"),
                                  static_cast<int>(integerFrom(member, "epochs")),
                                  static_cast<int>(integerFrom(member, "best_epoch")),
                                  headFitsFrom(member), metricsFromJson(partOf(member, "metrics"))});
    }
    readTimings(report, json);
    report.headFits = headFitsFrom(json);
    const ordered_json heads = partOf(json, "heads");
    report.nextItemTrained = truthFrom(heads, "next_item");
    report.churnTrained = truthFrom(heads, "churn");
    report.valueTrained = truthFrom(heads, "value");
    report.purchaseTrained = truthFrom(heads, "purchase");
    report.clickTrained = truthFrom(heads, "click");
    report.returnTrained = truthFrom(heads, "return");
    const auto rows = readEpochs(project, run);
    if (!rows) {
        return rows.error();
    }
    readEpochRows(report, *rows);
    return report;
}

} // namespace perennial
