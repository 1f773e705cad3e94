#pragma once

#include "core/behavior/train.h"

#include <nlohmann/json.hpp>

namespace perennial {

// The JSON of a training: stored with its run and printed by the command line. A value that was not
// measured is null.

nlohmann::ordered_json toJson(const TrainSplit &split);
nlohmann::ordered_json toJson(const BehaviorMetrics &metrics);
nlohmann::ordered_json toJson(const std::vector<TrainNote> &notes);
nlohmann::ordered_json toJson(const std::vector<HeadFit> &fits);
nlohmann::ordered_json toJson(const std::vector<MemberReport> &members);
nlohmann::ordered_json numberOrNull(const std::optional<double> &value);

TrainSplit splitFromJson(const nlohmann::ordered_json &json);
BehaviorMetrics metricsFromJson(const nlohmann::ordered_json &json);
std::optional<double> numberFrom(const nlohmann::ordered_json &json, const char *key);

/// The text stored as a run's metrics. @param comparison a JSON value or empty.
std::string storedMetrics(const TrainReport &report, const std::string &comparison);

/// An epoch as rows of run_epoch, and back.
std::vector<std::pair<std::string, double>> epochRows(const EpochReport &report);
void setEpochRow(EpochReport &report, std::string_view name, double value);
/// Epochs as readEpochs gives them. @param report its metrics.items must be known.
void readEpochRows(TrainReport &report, const std::vector<EpochMetric> &rows);

} // namespace perennial
