#pragma once

#include "core/tuning/run_comparison.h"
#include "core/tuning/run_quality.h"

#include <nlohmann/json.hpp>

namespace perennial {

/// As stored with a run (metrics → comparison → quality) and printed by the command line. What was
/// not measured is null.
nlohmann::ordered_json toJson(const RunQuality &quality);
nlohmann::ordered_json toJson(const std::vector<GroupQuality> &groups);
nlohmann::ordered_json toJson(const RunComparison &comparison);

/// Nothing where it is no quality; parts that are not as they were written are left out.
std::optional<RunQuality> qualityFromJson(const nlohmann::ordered_json &json);

} // namespace perennial
