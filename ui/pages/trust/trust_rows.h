#pragma once

#include "core/forecast/group_calibration.h"
#include "core/forecast/saved_backtest.h"
#include "core/value/parameter_drift.h"
#include "ui/models/table_model.h"
#include "ui/pages/table_export.h"

namespace perennial {

/// Which side of a backtest the table shows.
enum class BacktestSide { Value, Orders, Distribution };

std::vector<TableColumn> backtestColumns(BacktestSide side, const QString &currency);
/// One row per row of the result, in its order. @param used the project's value model, marked.
std::vector<TableModel::Row> backtestRows(const BacktestResult &result, BacktestSide side,
                                          const std::string &used);
/// Everything of it, unrounded.
PlainTable backtestTable(const BacktestResult &result);

std::vector<TableColumn> calibrationColumns(const QString &currency);
/// First everybody, then each group; small groups stand back.
std::vector<TableModel::Row> calibrationRows(const CalibrationResult &result,
                                             const std::vector<std::string> &names);
/// A group's name as it is shown.
QString groupText(const std::string &name);
PlainTable calibrationTable(const CalibrationResult &result, const std::vector<std::string> &names);

std::vector<TableColumn> driftColumns();
std::vector<TableModel::Row> driftRows(const std::vector<ParameterDrift> &drift);
PlainTable driftTable(const std::vector<ParameterDrift> &drift);
/// Which parameters have moved by more than noise, in a sentence.
QString driftText(const std::vector<ParameterDrift> &drift);

} // namespace perennial
