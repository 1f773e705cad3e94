#pragma once

#include "core/forecast/backtest.h"
#include "core/forecast/group_calibration.h"
#include "core/value/saved_fit.h"
#include "ui/charts/chart_spec.h"

namespace perennial {

/// Means of tenths of the customers by prediction, the best predicted first: predicted beside actual.
ChartSpec decilesChart(const BacktestRow &row, const QString &currency);
/// Share of customers without an order against the mean chance of it, by ten classes; on the diagonal
/// the chances are right.
ChartSpec churnReliabilityChart(const ChurnBins &bins);
/// The class that a point of the chart stands for: those without customers have none.
std::optional<std::size_t> churnBinOfPoint(const ChurnBins &bins, int point);
/// Each parameter over the fits' t₀, as a multiple of the newest estimate, with 95 % bands.
ChartSpec driftChart(const std::vector<SavedFit> &fits);

} // namespace perennial
