#include "ui/pages/lifecycle/lifecycle_page.h"

#include "ui/models/user_table_view.h"
#include "ui/pages/lifecycle/cohorts_section.h"
#include "ui/pages/lifecycle/stage_strip_card.h"
#include "ui/pages/lifecycle/stages_section.h"
#include "ui/pages/lifecycle/transitions_section.h"
#include "ui/pages/pages.h"
#include "ui/widgets/kpi_card.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QUndoCommand>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kFiguresGroup = QStringLiteral("lifecycle-figures");
constexpr int kTableHeight = 420;
constexpr int kStripHeight = 210;

/// Other thresholds, and everybody scored anew by them.
class ThresholdsCommand : public QUndoCommand {
public:
    ThresholdsCommand(const PageContext &context, const StageThresholds &to)
        : m_context(context), m_from(context.session.settings().stages), m_to(to)
    {
        setText(LifecyclePage::tr("Stage thresholds"));
    }
    void undo() override { apply(m_from); }
    void redo() override { apply(m_to); }

private:
    void apply(const StageThresholds &thresholds)
    {
        ProjectSettings settings = m_context.session.settings();
        settings.stages = thresholds;
        const Status kept = m_context.session.setSettings(settings);
        if (kept) {
            m_context.navigator.scoreUsers();
        } else {
            m_context.navigator.showError(LifecyclePage::tr("The thresholds could not be kept"),
                                          kept.error());
        }
    }

    PageContext m_context;
    StageThresholds m_from, m_to;
};

QString changeText(std::int64_t now, std::int64_t before, Period period)
{
    if (before == 0) {
        return LifecyclePage::tr("0 the %1 before").arg(periodText(period));
    }
    const double change = static_cast<double>(now) / static_cast<double>(before) - 1.0;
    return LifecyclePage::tr("%1 vs %2 before").arg(signedPercentText(change), periodText(period));
}

} // namespace

LifecyclePage::LifecyclePage(const PageContext &context, QWidget *parent)
    : SectionedPage(context, parent)
{
    setUpKpis();
    auto *stages = new StagesSection(context);
    connect(stages, &StagesSection::applied, this, &LifecyclePage::applyThresholds);
    setUpSections({tr("Stages"), tr("Flows"), tr("Transitions"), tr("Cohorts")},
                  {stages, new FlowsSection(context), new TransitionsSection(context),
                   new CohortsSection(context)});
    setUpUsers();
}

QString LifecyclePage::title() const
{
    return tr("Lifecycle");
}

QString LifecyclePage::answer() const
{
    return m_answer;
}

QString LifecyclePage::whyScores() const
{
    return tr("Scoring finds the stage of every user; this page shows where everybody stands, who "
              "moves, and who comes back.");
}

void LifecyclePage::setUpKpis()
{
    auto *row = new KpiRow;
    m_active = row->add(tr("Active users"));
    m_active->setDefinition(tr("Users with any activity in the last complete period."));
    m_new = row->add(tr("New"));
    m_new->setDefinition(tr("Users whose first activity ever fell into the last complete period."));
    m_back = row->add(tr("Resurrected"));
    m_back->setDefinition(tr("Users active in the last complete period and earlier, but not in the "
                             "period before it."));
    m_quiet = row->add(tr("Gone quiet"));
    m_quiet->setDefinition(tr("Users active in the period before the last complete one, but not in "
                              "it. The flow is called dormant; it is not the stage."));
    m_ratio = row->add(tr("Quick ratio"));
    m_ratio->setDefinition(tr("(New + resurrected) / gone quiet, of the last complete period: above "
                              "1 the active users grow."));
    body()->column()->addWidget(row);
}

void LifecyclePage::setUpUsers()
{
    UserTableView *table = setUpUserTable(
        tr("Users"),
        tr("One row per user of the segment. Click a mark of a chart above to see its users only."),
        kTableHeight);
    m_strip = new StageStripCard(context());
    m_strip->setFixedHeight(kStripHeight);
    body()->addRow({{m_strip, 1}});
    connect(table, &UserTableView::userSelected, m_strip, &StageStripCard::showUser);
}

void LifecyclePage::refresh()
{
    markSectionsStale();
    m_strip->clear();
    if (!showBodyOrLack()) {
        m_answer.clear();
        return;
    }
    showBody();
    readFigures();
    refreshShown();
}

void LifecyclePage::readFigures()
{
    for (KpiCard *card : {m_active, m_new, m_back, m_quiet, m_ratio}) {
        card->setBusy(true);
    }
    readScored<FlowsFigures>(
        title(), kFiguresGroup,
        [access = lifecycleAccess(session())](Project &project, const Task &task) {
            return readFlowsFigures(project, access, task);
        },
        [this](Result<FlowsFigures> figures) {
            for (KpiCard *card : {m_active, m_new, m_back, m_quiet, m_ratio}) {
                card->setBusy(false);
            }
            if (figures) {
                showFigures(*figures);
            } else {
                showReadError(figures.error());
            }
        });
}

void LifecyclePage::showFigures(const FlowsFigures &figures)
{
    const auto [last, before] = lastFlows(figures);
    if (!last) {
        for (KpiCard *card : {m_active, m_new, m_back, m_quiet, m_ratio}) {
            card->setValue(kMissing, tr("No period is complete yet"));
            card->setNote({});
        }
        m_answer = figures.rows.empty() ? tr("Nobody of these users has been active")
                                        : tr("The first %1 is not over yet")
                                              .arg(periodText(figures.period));
        Q_EMIT headerChanged();
        return;
    }
    const auto show = [&](KpiCard *card, std::int64_t FlowRow::*users) {
        card->setValue(shortText(static_cast<double>(last->*users)), countText(last->*users));
        card->setNote(before ? changeText(last->*users, before->*users, figures.period)
                             : tr("the first %1").arg(periodText(figures.period)));
    };
    show(m_active, &FlowRow::active);
    show(m_new, &FlowRow::fresh);
    show(m_back, &FlowRow::resurrected);
    show(m_quiet, &FlowRow::dormant);
    const auto ratio = quickRatio(*last);
    m_ratio->setValue(ratio ? fullText(*ratio, 2) : kMissing,
                      ratio ? QString() : tr("Nobody went quiet"));
    const auto ratioBefore = before ? quickRatio(*before) : std::nullopt;
    m_ratio->setNote(ratioBefore ? tr("%1 the %2 before")
                                       .arg(fullText(*ratioBefore, 2), periodText(figures.period))
                                 : QString());
    showAnswer(*last, before, figures.period);
}

void LifecyclePage::showAnswer(const FlowRow &last, const FlowRow *before, Period period)
{
    const std::int64_t net = netFlow(last);
    const QString when = tr("in the %1 from %2").arg(periodText(period), dayText(last.start));
    const QString parts = tr("%1 new, %2 back, %3 gone quiet")
                              .arg(countText(last.fresh), countText(last.resurrected),
                                   countText(last.dormant));
    m_answer = !before  ? tr("%1 active %2: %3").arg(usersText(last.active), when, parts)
               : net > 0 ? tr("Active users grew by %1 to %2 %3: %4")
                               .arg(countText(net), countText(last.active), when, parts)
               : net < 0 ? tr("Active users fell by %1 to %2 %3: %4")
                               .arg(countText(-net), countText(last.active), when, parts)
                         : tr("Active users stayed at %1 %2: %3")
                               .arg(countText(last.active), when, parts);
    Q_EMIT headerChanged();
}

void LifecyclePage::applyThresholds(const StageThresholds &thresholds)
{
    navigator().doStep(std::make_unique<ThresholdsCommand>(context(), thresholds));
}

Page *makeLifecyclePage(const PageContext &context)
{
    return new LifecyclePage(context);
}

} // namespace perennial
