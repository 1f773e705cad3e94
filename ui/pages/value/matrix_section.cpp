#include "ui/pages/value/matrix_section.h"

#include "core/value/saved_fit.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/value/model_section.h"
#include "ui/wording/format.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

const QString kMatrixGroup = QStringLiteral("value-matrix");
constexpr int kMatrixHeight = 380;

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool isLast(const std::vector<std::int32_t> &from, std::size_t i)
{
    return i + 1 == from.size();
}

QString rowText(const FrequencyRecency &grid, std::size_t row)
{
    return isLast(grid.rowFrom, row) && grid.rowAt[row] != grid.rowFrom[row]
               ? MatrixSection::tr("%1+ (at %2)").arg(grid.rowFrom[row]).arg(grid.rowAt[row])
               : QString::number(grid.rowFrom[row]);
}

QString columnText(const FrequencyRecency &grid, std::size_t column)
{
    const int from = grid.columnFrom[column] / 7, width = grid.columnDays / 7;
    return width == 1 ? QString::number(from)
                      : QStringLiteral("%1–%2").arg(from).arg(from + width - 1);
}

} // namespace

Result<MatrixFigures> readMatrixFigures(const Project &project, const Segment &segment,
                                        const Task &task)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    if (label->valueRun == 0) {
        return fail(ErrorCode::NotTrained, "bg-nbd", project.path().string());
    }
    auto saved = readSavedFit(project, label->valueRun);
    if (!saved) {
        return saved.error();
    }
    const auto customers = readCustomerSummary(project, saved->customers, task);
    if (!customers) {
        return customers.error();
    }
    const auto states = readStatesOf(project, *segment, task);
    if (!states) {
        return states.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    MatrixFigures figures;
    figures.period = saved->customers.period;
    auto grid = frequencyRecency(saved->fit, figures.period, medianOf(customers->T), **states,
                                 label->snapshot, label->horizonDays);
    if (!grid) {
        return grid.error();
    }
    figures.grid = *std::move(grid);
    figures.label = *std::move(label);
    figures.fit = std::move(saved->fit);
    return figures;
}

ChartSpec matrixChart(const MatrixFigures &figures, MatrixValue value)
{
    const FrequencyRecency &grid = figures.grid;
    HeatMap chart;
    const bool alive = value == MatrixValue::PAlive;
    chart.values = alive ? grid.pAlive : grid.expectedOrders;
    chart.value.title =
        alive ? MatrixSection::tr("P(alive)")
              : MatrixSection::tr("Expected orders, next %1").arg(daysText(figures.label.horizonDays));
    chart.rowTitle = MatrixSection::tr("Repeat orders");
    chart.columnTitle = MatrixSection::tr("Weeks since the last order");
    if (alive) {
        chart.value.scale = AxisSpec::Scale::Percent;
        chart.value.max = 1.0;
    }
    for (std::size_t row = 0; row < grid.rowFrom.size(); ++row) {
        chart.rows << rowText(grid, row);
        QStringList &notes = chart.notes.emplace_back();
        for (const std::int64_t users : grid.users[row]) {
            notes << usersText(users);
        }
    }
    for (std::size_t column = 0; column < grid.columnFrom.size(); ++column) {
        chart.columns << columnText(grid, column);
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

std::optional<UserSelection> usersOfCell(const MatrixFigures &figures, int row, int column)
{
    const FrequencyRecency &grid = figures.grid;
    const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(column);
    if (i >= grid.rowFrom.size() || j >= grid.columnFrom.size()) {
        return std::nullopt;
    }
    ColumnRange orders{UserColumn::Orders, grid.rowFrom[i] + 1.0, {}, false};
    if (!isLast(grid.rowFrom, i)) {
        orders.to = grid.rowFrom[i + 1] + 1.0;
    }
    // Days since the last order in [from, to) are last order days in (t₀ − to, t₀ − from].
    const double snapshot = figures.label.snapshot;
    ColumnRange last{UserColumn::LastOrder, {}, snapshot - grid.columnFrom[j] + 1.0, false};
    if (!isLast(grid.columnFrom, j)) {
        last.from = snapshot - grid.columnFrom[j + 1] + 1.0;
    }
    UserSelection users;
    users.text = MatrixSection::tr("Repeat orders %1, weeks since the last %2")
                     .arg(rowText(grid, i), columnText(grid, j));
    users.ranges = {orders, last};
    return users;
}

MatrixSection::MatrixSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    const QString how =
        tr("Values of the fitted model for a customer whose first order lies as long ago as the "
           "median customer's; in row 0 the only order is the last. Hatched: the last order would "
           "be before the first. On hover, how many users of the segment, whatever their age, are "
           "in a cell; click to see them in the table (Fader, Hardie & Lee 2005).");
    m_orders = makeChart(tr("Expected orders by frequency and recency"), how);
    m_alive = makeChart(
        tr("P(alive) by frequency and recency"),
        tr("Probability that a customer still orders at all; in BG/NBD nobody leaves before a "
           "repeat order, so that row 0 is 100 %.") +
            QLatin1Char(' ') + how);
    for (ChartCard *card : {m_orders, m_alive}) {
        card->setMinimumHeight(kMatrixHeight);
        chooser().byMarks(card, [this](int row, int column) {
            return m_figures ? usersOfCell(*m_figures, row, column) : std::nullopt;
        });
    }
    addRow({{m_orders, 1}, {m_alive, 1}});
}

void MatrixSection::refresh()
{
    readFor<MatrixFigures>(
        {m_orders, m_alive}, tr("Frequency and recency"), kMatrixGroup,
        [segment = session().segment()](Project &project, const Task &task) {
            return readMatrixFigures(project, segment, task);
        },
        [this](MatrixFigures figures) { show(std::move(figures)); },
        [this](const Error &error) {
            m_figures.reset();
            showLack(error.code == ErrorCode::NoPurchases
                         ? tr("Nobody of these users has ordered.")
                         : noModelText(error));
        });
}

void MatrixSection::show(MatrixFigures figures)
{
    m_figures = std::move(figures);
    const QString caption =
        tr("%1, first order %2 ago (the median).")
            .arg(modelText(m_figures->fit.reportedModel),
                 daysText(std::lround(m_figures->grid.tenure * daysPer(m_figures->period))));
    m_orders->setTitle(tr("Expected orders by frequency and recency, next %1")
                           .arg(daysText(m_figures->label.horizonDays)));
    m_orders->setSpec(matrixChart(*m_figures, MatrixValue::ExpectedOrders));
    m_orders->setCaption(caption);
    const auto model = findFrequencyModel(m_figures->fit.reportedModel);
    if (model && !(*model)->hasDropout()) {
        m_alive->setSpec(
            sentence(tr("The data show no customers leaving: P(alive) is 1 for all.")));
        m_alive->setCaption({});
        return;
    }
    m_alive->setSpec(matrixChart(*m_figures, MatrixValue::PAlive));
    m_alive->setCaption(caption);
}

void MatrixSection::showLack(const QString &text)
{
    for (ChartCard *card : {m_orders, m_alive}) {
        card->setSpec(sentence(text));
        card->setCaption({});
    }
}

} // namespace perennial
