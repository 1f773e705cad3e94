#include "ui/charts/chart_spec.h"

#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("perennial", text);
}

bool anyFinite(const std::vector<double> &values)
{
    return std::any_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

QString number(double value)
{
    return std::isfinite(value) ? QLocale::c().toString(value, 'g', 12) : QString();
}

QString position(const AxisSpec &axis, double value)
{
    return axis.scale == AxisSpec::Scale::Date && std::isfinite(value)
               ? dayText(static_cast<Day>(value))
               : number(value);
}

double at(const std::vector<double> &values, std::size_t i)
{
    return i < values.size() ? values[i] : std::nan("");
}

QString orDefault(const QString &text, const char *fallback)
{
    return text.isEmpty() ? tr(fallback) : text;
}

bool has(std::monostate)
{
    return false;
}
bool has(const LineChart &c)
{
    return std::any_of(c.series.begin(), c.series.end(), [](const LineSeries &s) {
        for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i) {
            if (std::isfinite(s.x[i]) && std::isfinite(s.y[i])) {
                return true;
            }
        }
        return false;
    });
}
bool has(const Histogram &c)
{
    return (c.edges.size() == c.counts.size() + 1 && anyFinite(c.counts)) ||
           (c.counts.empty() && c.zeroCount.has_value());
}
bool has(const CategoryBars &c)
{
    return std::any_of(c.bars.begin(), c.bars.end(),
                       [](const CategoryBar &b) { return std::isfinite(b.value); });
}
bool has(const StackedBars &c)
{
    return (!c.at.empty() || !c.labels.isEmpty()) &&
           std::any_of(c.series.begin(), c.series.end(),
                       [](const StackSeries &s) { return anyFinite(s.values); });
}
bool has(const ForestPlot &c)
{
    return std::any_of(c.rows.begin(), c.rows.end(),
                       [](const ForestRow &r) { return std::isfinite(r.value); });
}

bool has(const HeatMap &c)
{
    return std::any_of(c.values.begin(), c.values.end(), anyFinite);
}

bool has(const SankeyChart &c)
{
    return std::ranges::any_of(c.flow, [](const std::vector<double> &row) {
        return std::ranges::any_of(row, [](double v) { return std::isfinite(v) && v > 0; });
    });
}

ChartTable tableOf(std::monostate)
{
    return {};
}

ChartTable tableOf(const LineChart &c)
{
    ChartTable table;
    const bool bands = std::ranges::any_of(
        c.series, [](const LineSeries &s) { return !s.lower.empty(); });
    const bool immature = std::ranges::any_of(
        c.series, [](const LineSeries &s) { return s.immatureFrom.has_value(); });
    table.header = {tr("Series"), orDefault(c.x.title, "x"), orDefault(c.y.title, "y")};
    if (bands) {
        table.header << tr("Lower") << tr("Upper");
    }
    if (immature) {
        table.header << tr("Note");
    }
    for (const LineSeries &s : c.series) {
        for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i) {
            QStringList row{s.longName.isEmpty() ? s.name : s.longName, position(c.x, s.x[i]),
                            number(s.y[i])};
            if (bands) {
                row << number(at(s.lower, i)) << number(at(s.upper, i));
            }
            if (immature) {
                row << (s.isImmature(s.x[i]) ? tr("not complete yet") : QString());
            }
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

ChartTable tableOf(const Histogram &c)
{
    ChartTable table;
    table.header = {tr("From"), tr("To"), orDefault(c.y.title, "Count")};
    if (c.zeroCount) {
        const QString label = c.zeroLabel.isEmpty() ? QStringLiteral("0") : c.zeroLabel;
        table.rows.push_back({label, label, number(*c.zeroCount)});
    }
    for (std::size_t i = 0; i < c.counts.size(); ++i) {
        table.rows.push_back({position(c.x, at(c.edges, i)), position(c.x, at(c.edges, i + 1)),
                              number(c.counts[i])});
    }
    return table;
}

ChartTable tableOf(const CategoryBars &c)
{
    ChartTable table;
    const bool steps =
        std::any_of(c.bars.begin(), c.bars.end(), [](const CategoryBar &b) { return b.from != 0; });
    table.header = {tr("Name"), orDefault(c.value.title, "Value"), tr("Note")};
    if (steps) {
        table.header << tr("From");
    }
    for (const CategoryBar &b : c.bars) {
        QStringList row{b.label, number(b.value), b.note};
        if (steps) {
            row << number(b.from);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

ChartTable tableOf(const StackedBars &c)
{
    ChartTable table;
    table.header = {orDefault(c.x.title, "Position")};
    for (const StackSeries &s : c.series) {
        table.header.push_back(s.name);
    }
    if (!c.net.empty()) {
        table.header.push_back(c.netName);
    }
    const std::size_t n = c.at.empty() ? static_cast<std::size_t>(c.labels.size()) : c.at.size();
    for (std::size_t i = 0; i < n; ++i) {
        QStringList row{c.at.empty() ? c.labels[static_cast<qsizetype>(i)]
                                     : position(c.x, c.at[i])};
        for (const StackSeries &s : c.series) {
            row.push_back(number(at(s.values, i)));
        }
        if (!c.net.empty()) {
            row.push_back(number(at(c.net, i)));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

ChartTable tableOf(const ForestPlot &c)
{
    ChartTable table;
    table.header = {tr("Name"), orDefault(c.x.title, "Value"), tr("Lower"), tr("Upper")};
    for (const ForestRow &r : c.rows) {
        table.rows.push_back({r.label, number(r.value), number(r.lower), number(r.upper)});
    }
    return table;
}

ChartTable tableOf(const HeatMap &c)
{
    ChartTable table;
    table.header = QStringList{QString()} + c.columns;
    if (!c.immature.empty()) {
        table.header << tr("Not complete from");
    }
    for (std::size_t row = 0; row < c.values.size(); ++row) {
        QStringList cells{c.rows.value(static_cast<qsizetype>(row))};
        for (const double value : c.values[row]) {
            cells.push_back(number(value));
        }
        if (!c.immature.empty()) {
            const auto &cellsOf = c.immature[row];
            const auto open = std::ranges::find(cellsOf, true);
            cells.resize(c.columns.size() + 1);
            cells.push_back(open == cellsOf.end()
                                ? QString()
                                : c.columns.value(open - cellsOf.begin()));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ChartTable tableOf(const SankeyChart &c)
{
    ChartTable table;
    table.header = {orDefault(c.fromTitle, "From"), orDefault(c.toTitle, "To"),
                    orDefault(c.unit, "Count")};
    for (std::size_t i = 0; i < std::min(c.from.size(), c.flow.size()); ++i) {
        for (std::size_t j = 0; j < std::min(c.to.size(), c.flow[i].size()); ++j) {
            table.rows.push_back({c.from[i].label, c.to[j].label, number(c.flow[i][j])});
        }
    }
    return table;
}

} // namespace

bool hasData(const ChartSpec &spec)
{
    return std::visit([](const auto &body) { return has(body); }, spec.body);
}

ChartTable chartTable(const ChartSpec &spec)
{
    return std::visit([](const auto &body) { return tableOf(body); }, spec.body);
}

QString chartDescription(const ChartSpec &spec)
{
    if (!spec.description.isEmpty()) {
        return spec.description;
    }
    if (!hasData(spec)) {
        return spec.empty;
    }
    constexpr std::size_t kRowsRead = 12;
    const ChartTable table = chartTable(spec);
    QStringList lines{table.header.join(QStringLiteral(", "))};
    for (std::size_t i = 0; i < std::min(kRowsRead, table.rows.size()); ++i) {
        lines.push_back(table.rows[i].join(QStringLiteral(", ")));
    }
    if (table.rows.size() > kRowsRead) {
        lines.push_back(counted(static_cast<qint64>(table.rows.size() - kRowsRead),
                                tr("and 1 more row"), tr("and %1 more rows")));
    }
    return lines.join(QStringLiteral("; "));
}

} // namespace perennial
