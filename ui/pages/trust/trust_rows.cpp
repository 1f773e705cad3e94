#include "ui/pages/trust/trust_rows.h"

#include "core/forecast/total_error.h"
#include "ui/error_text.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TrustRows)
};

using Kind = TableColumn::Kind;
using Figures = std::array<ScoredFigure, kMetrics.size()>;

QVariant orMissing(std::optional<double> value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant number(qint64 value)
{
    return QVariant::fromValue<qint64>(value);
}

/// Digits behind the point of each metric's column: money by its size, so that a column has one number
/// of them.
using Decimals = std::array<int, kMetrics.size()>;

Decimals decimalsOf(const BacktestResult &result, Figures BacktestRow::*figures)
{
    Decimals decimals{2, 2, 1, 3, 3, 1};
    for (const Metric metric : {Metric::Mae, Metric::Rmse}) {
        const auto m = static_cast<std::size_t>(metric);
        for (const BacktestRow &row : result.rows) {
            const double value = (row.*figures)[m].value.value_or(0.0);
            decimals[m] = std::min(decimals[m], value >= 1000.0 ? 0 : value >= 100.0 ? 1 : 2);
        }
    }
    return decimals;
}

bool isShare(Metric metric)
{
    return metric == Metric::Bias || metric == Metric::DecileMape;
}

/// "−24.6 % [−35.5, −12.9]": percentages where the metric is one, the sign once.
QString figureText(Metric metric, const ScoredFigure &figure, int decimals)
{
    const double scale = isShare(metric) ? 100.0 : 1.0;
    QString text = metric == Metric::Bias          ? signedPercentText(*figure.value)
                   : metric == Metric::DecileMape ? percentText(*figure.value)
                                                  : fullText(*figure.value, decimals);
    if (figure.interval) {
        const int digits = isShare(metric) ? 0 : std::min(decimals, 2);
        text += QStringLiteral(" [%1, %2]")
                    .arg(fullText(scale * figure.interval->lower, digits),
                         fullText(scale * figure.interval->upper, digits));
    }
    return text;
}

QString tipOf(Metric metric, const ScoredFigure &figure)
{
    if (figure.isBest) {
        return Words::tr("The best of this column. %1").arg(metricHelp(metric));
    }
    if (figure.isNoise) {
        return Words::tr("Its difference from the best of this column is noise: among other "
                         "customers of the same kind it could as well be better.");
    }
    return figure.fromBest ? Words::tr("Worse than the best of this column by more than noise.")
                           : metricHelp(metric);
}

MarkedCell figureCell(Metric metric, const ScoredFigure &figure, int decimals, bool quiet)
{
    MarkedCell cell;
    cell.tone = quiet ? MarkedCell::Tone::Quiet : MarkedCell::Tone::Plain;
    if (!figure.value) {
        cell.tip = Words::tr("The data, or the method, give no such figure.");
        return cell;
    }
    cell.value = distanceFromPerfect(metric, *figure.value);
    cell.text = figureText(metric, figure, decimals);
    if (figure.isBest) {
        cell.text.prepend(QStringLiteral("● "));
        cell.tone = MarkedCell::Tone::Strong;
    } else if (figure.isNoise) {
        cell.text.prepend(QStringLiteral("≈ "));
    }
    cell.tip = tipOf(metric, figure);
    return cell;
}

QString naiveHelp(const std::string &model)
{
    const QString rule =
        model == "past-window"   ? Words::tr("past net spend × horizon / days of the whole history")
        : model == "past-tenure" ? Words::tr("past net spend × horizon / the customer's own days")
                                 : Words::tr("net spend of the last days, as many as the horizon has");
    return Words::tr("A naive rule, what a careful person does without a model: %1.").arg(rule);
}

QVariant nameCell(const BacktestRow &row, bool isWinner, bool isUsed)
{
    MarkedCell cell;
    cell.text = forecasterText(row.model);
    cell.value = cell.text;
    QStringList tips;
    if (row.isNaive) {
        tips << naiveHelp(row.model);
        cell.tone = MarkedCell::Tone::Quiet;
    }
    if (isUsed) {
        cell.text += Words::tr(" · in use");
        tips << Words::tr("The project's value model.");
    }
    if (isWinner) {
        cell.text.prepend(QStringLiteral("● "));
        cell.tone = MarkedCell::Tone::Strong;
        tips << Words::tr("The best in the mean rank over the six figures of value.");
    }
    if (row.error) {
        cell.text += Words::tr(" · failed");
        tips << forecastErrorText(row);
    }
    cell.tip = tips.join(QLatin1Char('\n'));
    return QVariant::fromValue(cell);
}

/// "2 of 3"; empty where there are none.
QVariant shareInside(const std::vector<Interval> &intervals, const std::vector<double> &actual)
{
    return intervals.empty() ? QVariant()
                             : Words::tr("%1 of %2")
                                   .arg(countInside(intervals, actual))
                                   .arg(intervals.size());
}

void addDistribution(TableModel::Row &cells, const BacktestRow &row,
                     const std::vector<double> &actualTotals)
{
    if (row.draws) {
        cells.insert(cells.end(),
                     {row.draws->crps, orMissing(row.draws->logScore), row.draws->coverage90,
                      row.draws->coverage90Randomised,
                      shareInside(row.draws->totals, actualTotals)});
    } else {
        cells.insert(cells.end(), 5, QVariant());
    }
    cells.push_back(shareInside(totalsByOtherWindows(row.totals, actualTotals), actualTotals));
    if (row.histogram) {
        cells.insert(cells.end(), {row.histogram->chiSquared, number(row.histogram->degrees),
                                   row.histogram->p});
    }
}

void addPlain(TableModel::Row &cells, const Figures &figures)
{
    for (const ScoredFigure &figure : figures) {
        cells.insert(cells.end(),
                     {orMissing(figure.value),
                      figure.interval ? QVariant(figure.interval->lower) : QVariant(),
                      figure.interval ? QVariant(figure.interval->upper) : QVariant(),
                      figure.isBest      ? QVariant(QStringLiteral("best"))
                      : figure.isNoise   ? QVariant(QStringLiteral("noise"))
                      : figure.isWorse() ? QVariant(QStringLiteral("worse"))
                                         : QVariant()});
    }
}

} // namespace

std::vector<TableColumn> backtestColumns(BacktestSide side, const QString &currency)
{
    std::vector<TableColumn> columns{{Words::tr("Method"), Kind::Text}};
    if (side == BacktestSide::Distribution) {
        columns.insert(columns.end(),
                       {{Words::tr("CRPS, %1").arg(currency), Kind::Number, 2},
                        {Words::tr("Log score, orders"), Kind::Number, 3},
                        {Words::tr("In their 90 %"), Kind::Percent},
                        {Words::tr("In their 90 %, randomised"), Kind::Percent},
                        {Words::tr("Total in its 90 %"), Kind::Text},
                        {Words::tr("… by other windows"), Kind::Text},
                        {Words::tr("χ² of repeats"), Kind::Number, 1},
                        {Words::tr("Degrees"), Kind::Count},
                        {Words::tr("p"), Kind::Number, 3}});
        return columns;
    }
    for (const Metric metric : kMetrics) {
        const bool money = side == BacktestSide::Value &&
                           (metric == Metric::Mae || metric == Metric::Rmse);
        columns.push_back({money ? QStringLiteral("%1, %2").arg(metricText(metric), currency)
                                 : metricText(metric),
                           Kind::Number});
    }
    return columns;
}

std::vector<TableModel::Row> backtestRows(const BacktestResult &result, BacktestSide side,
                                          const std::string &used)
{
    const auto shown = side == BacktestSide::Orders ? &BacktestRow::orders : &BacktestRow::value;
    const Decimals decimals = decimalsOf(result, shown);
    std::vector<TableModel::Row> rows;
    for (std::size_t r = 0; r < result.rows.size(); ++r) {
        const BacktestRow &row = result.rows[r];
        TableModel::Row cells{nameCell(row, result.winner == r, row.model == used)};
        if (side == BacktestSide::Distribution) {
            addDistribution(cells, row, result.actualTotals());
        } else {
            for (const Metric metric : kMetrics) {
                const auto m = static_cast<std::size_t>(metric);
                cells.push_back(QVariant::fromValue(
                    figureCell(metric, (row.*shown)[m], decimals[m], row.isNaive)));
            }
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

PlainTable backtestTable(const BacktestResult &result)
{
    PlainTable table;
    table.header = {"model", "naive", "reported_model", "error"};
    for (const char *side : {"value", "orders"}) {
        for (const Metric metric : kMetrics) {
            const std::string name = std::string(side) + "_" + std::string(metricName(metric));
            for (const char *part : {"", "_lower", "_upper", "_against_best"}) {
                table.header.push_back(name + part);
            }
        }
    }
    for (const char *name : {"crps", "log_score_orders", "coverage_90", "coverage_90_randomised",
                             "totals_covered", "totals_covered_by_other_windows", "chi_squared", "degrees", "p"}) {
        table.header.emplace_back(name);
    }
    for (const BacktestRow &row : result.rows) {
        TableModel::Row cells{QString::fromStdString(row.model), number(row.isNaive ? 1 : 0),
                              QString::fromStdString(row.reported),
                              row.error ? QVariant(forecastErrorText(row)) : QVariant()};
        addPlain(cells, row.value);
        addPlain(cells, row.orders);
        addDistribution(cells, row, result.actualTotals());
        cells.resize(table.header.size());
        table.rows.push_back(std::move(cells));
    }
    return table;
}

} // namespace perennial
