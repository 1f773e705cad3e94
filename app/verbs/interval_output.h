#pragma once

#include "core/value/parameter_intervals.h"

#include <QStringList>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace perennial {

/// "wald", "profile", "bootstrap" or "bootstrap:N"; nothing for an empty text.
/// @error InvalidArgument, where: "--intervals".
Result<std::optional<ParameterIntervalOptions>> intervalsArgument(const std::string &text);

/// {"method", "level", "resamples", "unresolved", "parameters": {name: [lower, upper]}}; null is an
/// open end.
nlohmann::ordered_json intervalsJson(const ParameterIntervals &intervals);
/// The same for people, a heading and a line a parameter.
QStringList intervalLines(const ParameterIntervals &intervals);

} // namespace perennial
