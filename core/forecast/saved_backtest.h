#pragma once

#include "core/forecast/backtest.h"
#include "core/project/run_store.h"

#include <memory>
#include <optional>
#include <string_view>

namespace perennial {

/// The kind of run that a project keeps its backtests as.
inline constexpr const char *kBacktestModel = "backtest";

/// A backtest as the project keeps it, with what it was judged on.
struct SavedBacktest {
    RunRecord run; ///< id 0 where it could not be kept: the project is open read-only
    std::shared_ptr<const BacktestResult> result;
};

/// A project's own options: its horizon, period and spend, and the last day with an event of any kind
/// as known, for a shop is watched on days without orders too. No models yet.
/// @error NoEvents.
Result<BacktestOptions> backtestOptionsOf(const Project &project);

/// Judges and keeps the result; a project that is open read-only keeps nothing. Cancelled or failed,
/// the project stays as it was. @error as backtest and readOrderHistory.
Result<SavedBacktest> backtestProject(Project &project, const BacktestOptions &options,
                                      const Task &task);

/// Keeps a result as judged on the data as they are now. @return the run. @error ReadOnly.
Result<RunRecord> keepBacktest(Project &project, const BacktestResult &result);

/// The newest one kept; none where there is none. @error Damaged where it can't be read.
Result<std::optional<SavedBacktest>> readSavedBacktest(const Project &project);

/// The inverse of backtestToJson, but for the models asked for: those of the rows.
/// @error BadData, detail: what is wrong.
Result<BacktestResult> backtestFromJson(std::string_view json);

} // namespace perennial
