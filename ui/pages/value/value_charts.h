#pragma once

#include "core/value/heterogeneity.h"
#include "ui/charts/chart_spec.h"
#include "ui/models/table_model.h"
#include "ui/pages/value/value_figures.h"

namespace perennial {

/// Cumulative share of value against share of users, from the most valuable user on, realised
/// (solid) beside predicted, with the diagonal of equal worth.
ChartSpec concentrationChart(const Concentration &realised, const Concentration &predicted);

/// Customers by repeat orders: the model as bars, what was observed as a line.
ChartSpec repeatOrdersChart(const ModelFigures &figures);

/// A trait as the fit spreads it over customers, with its mean marked.
ChartSpec traitChart(const std::optional<Heterogeneity> &trait, Period period);
/// The mean, and who lies outside the classes.
QString traitCaption(const std::optional<Heterogeneity> &trait, Period period);

/// Parameter rows of a fit: model, parameter, estimate, standard error (missing where unknown).
std::vector<TableModel::Row> parameterRows(const ModelFigures &figures);
/// Decile rows: rank, users, realised mean and share, predicted mean and share.
std::vector<TableModel::Row> decileRows(const ValueFigures &figures);
/// Percentile rows: "10 %", realised, predicted, LTV.
std::vector<TableModel::Row> quantileRows(const ValueFigures &figures);

/// How a fit ended, in words an analyst can act on: "✓ converged", or what the boundary means.
QString fitStatusText(const ModelFit &fit);

} // namespace perennial
