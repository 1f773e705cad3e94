#include "ui/pages/lifecycle/flows_section.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/lifecycle/lifecycle_charts.h"
#include "ui/pages/overview_charts.h"
#include "ui/widgets/choice_bar.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kFlowsGroup = QStringLiteral("lifecycle-flows");
constexpr int kFlowsHeight = 320;
constexpr std::array kPeriods{Period::Day, Period::Week, Period::Month};
QVariant count(std::int64_t users)
{
    return QVariant::fromValue<qint64>(users);
}

TableModel::Row rowOf(const FlowRow &flow)
{
    const auto ratio = flow.complete ? quickRatio(flow) : std::nullopt;
    return {count(flow.start),
            count(flow.fresh),
            count(flow.current),
            count(flow.resurrected),
            count(flow.dormant),
            count(flow.active),
            flow.complete ? count(netFlow(flow)) : QVariant(),
            ratio ? QVariant(*ratio) : QVariant()};
}

} // namespace

FlowsSection::FlowsSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_flows = makeChart(
        tr("Users by activity"),
        tr("Per period: new = first activity ever, over the full history; current = active in the "
           "period before as well; resurrected = active earlier, but not in the period before; "
           "dormant (below zero) = active in the period before, not in this one. Active = active "
           "before + new + resurrected − dormant, exactly; the line is that change. Click a block "
           "to see its users."));
    m_flows->setMinimumHeight(kFlowsHeight);
    m_periods = new ChoiceBar(tr("Period of the flows"), {tr("Day"), tr("Week"), tr("Month")});
    m_flows->tools()->addWidget(m_periods);
    connect(m_periods, &ChoiceBar::chosen, this, [this](int index) {
        m_period = kPeriods[static_cast<std::size_t>(index)];
        chooser().release();
        refresh();
    });
    m_ratio = makeChart(
        tr("Quick ratio"),
        tr("(new + resurrected) / dormant of each complete period: above 1 the active users grow. "
           "A gap where nobody went quiet."));
    m_list = new Card(tr("Flows"));
    m_list->setDefinition(tr("The numbers of the chart, the newest period first. Click a figure to "
                             "see its users."));
    using Kind = TableColumn::Kind;
    m_table = new TableView(tr("Flows by period"),
                            std::vector<TableColumn>{{tr("Period from"), Kind::Date},
                                                     {tr("New"), Kind::Count},
                                                     {tr("Current"), Kind::Count},
                                                     {tr("Resurrected"), Kind::Count},
                                                     {tr("Dormant"), Kind::Count},
                                                     {tr("Active"), Kind::Count},
                                                     {tr("Net"), Kind::Count},
                                                     {tr("Quick ratio"), Kind::Number, 2}});
    m_list->body()->addWidget(m_table);
    chooser().byMarks(m_flows, [this](int series, int index) -> UsersBehind {
        return m_figures ? usersOfFlow(access(), *m_figures, series, index)
                         : UsersBehind(std::nullopt);
    });
    chooser().byRows(m_table, [this](int row, int column) -> UsersBehind {
        const int rows = m_figures ? static_cast<int>(m_figures->rows.size()) : 0;
        return column >= 1 && row < rows // the newest comes first
                   ? usersOfFlow(access(), *m_figures, column - 1, rows - 1 - row)
                   : UsersBehind(std::nullopt);
    });
    addRow({{m_flows, 1}});
    addRow({{m_ratio, 1}, {m_list, 1}});
}

LifecycleAccess FlowsSection::access() const
{
    LifecycleAccess access = lifecycleAccess(session());
    access.options.period = m_period.value_or(access.options.period);
    return access;
}

void FlowsSection::refresh()
{
    readFor<FlowsFigures>(
        {m_flows, m_ratio}, tr("Flows"), kFlowsGroup,
        [access = access()](Project &project, const Task &task) {
            return readFlowsFigures(project, access, task);
        },
        [this](FlowsFigures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) {
            m_figures.reset();
            m_flows->setSpec(sentence(errorText(error)));
            m_ratio->setSpec(sentence({}));
            m_table->setRows({});
        });
}

void FlowsSection::show()
{
    const FlowsFigures &figures = *m_figures;
    const QSignalBlocker quiet(m_periods);
    m_periods->setCurrent(static_cast<int>(std::ranges::find(kPeriods, figures.period) -
                                           kPeriods.begin()));
    m_flows->setTitle(tr("Users by activity, per %1").arg(periodText(figures.period)));
    m_flows->setSpec(flowsChart(figures.rows, figures.period));
    m_flows->setCaption(flowsCaption(figures));
    m_ratio->setSpec(quickRatioChart(figures.rows, figures.period));
    std::vector<TableModel::Row> rows;
    for (auto flow = figures.rows.rbegin(); flow != figures.rows.rend(); ++flow) {
        rows.push_back(rowOf(*flow));
    }
    m_table->setRows(std::move(rows));
}

} // namespace perennial
