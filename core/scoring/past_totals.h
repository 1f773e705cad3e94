#pragma once

#include "core/base/task.h"
#include "core/forecast/total_error.h"
#include "core/project/project.h"
#include "core/value/value_prediction.h"

#include <optional>
#include <string>

namespace perennial {

/// How far a method's predicted totals were off in windows that are over by the cut. Of a model or a
/// rule that predicts in seconds it is measured here, on up to four windows; of a learned method the
/// backtest that the project keeps tells it, if it judged the method over the same horizon in windows
/// that end by the cut.
/// @param value as fitted at the cut: its day, horizon, period and spend.
/// @return none where fewer than two windows can be had. @error Cancelled and what reading says.
Result<std::optional<TotalError>> pastTotalError(const Project &project, const std::string &method,
                                                 const ValueOptions &value, const Task &task);

} // namespace perennial
