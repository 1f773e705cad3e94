#include "ui/pages/lifecycle/stages_section.h"

#include "core/scoring/score_users.h"
#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/pages/lifecycle/lifecycle_charts.h"
#include "ui/pages/stage_form.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kStagesGroup = QStringLiteral("lifecycle-stages");
constexpr std::size_t kMostPeriods = 60;
constexpr int kHistoryHeight = 320;

QString namesOf(const std::vector<Stage> &stages)
{
    QStringList names;
    for (const Stage stage : stages) {
        names << stageText(stage);
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

Result<std::shared_ptr<const StagesFigures>>
readStagesFigures(const Project &project, const LifecycleAccess &access, const Task &task)
{
    const auto rows = access.rows(project, task.part(0.0, 0.6));
    if (!rows) {
        return rows.error();
    }
    LifecycleOptions fromData = access.options;
    fromData.thresholds.churnedAfterDays.reset();
    const auto estimated = access.shelf->churnDays(project, fromData, task);
    if (!estimated) {
        return estimated.error();
    }
    const int churned = access.options.thresholds.churnedAfterDays.value_or(estimated->days);
    const LifecycleRows &r = **rows;
    auto figures = std::make_shared<StagesFigures>();
    figures->ladder = ladderTable(r.days, r.users, r.at);
    figures->churnedFromData = estimated->days;
    figures->counts = recountStages(figures->ladder, access.options.thresholds, churned);
    const Day first = r.days.empty() ? r.at
                                     : std::ranges::min(r.days, {}, &ActiveDay::day).day;
    auto history = stageHistory(r.days, r.users,
                                periodEnds(first, r.at, access.options.period, kMostPeriods),
                                access.options.thresholds, churned, task.part(0.6, 1.0));
    if (!history) {
        return history.error();
    }
    figures->history = std::make_shared<const StageHistory>(*std::move(history));
    return std::shared_ptr<const StagesFigures>(std::move(figures));
}

StagesSection::StagesSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    QString ladder;
    for (const Stage stage : kStages) {
        ladder += stageText(stage) + QStringLiteral(": ") + stageDefinition(stage) +
                  QLatin1Char('\n');
    }
    m_counts = makeChart(tr("Users by stage"),
                         ladder + tr("Everybody is in exactly one stage, the first on the ladder "
                                     "that fits. Click a bar to see its users."));
    m_history = makeChart(
        tr("Users by stage over time"),
        tr("Where everybody known by then stood at the end of each period, by the same ladder and "
           "thresholds: events that came later count for nothing. The last one is the snapshot "
           "date. Click a block to see its users, as they stood then."));
    m_history->setMinimumHeight(kHistoryHeight);
    setUpForm();
    chooser().byMarks(m_counts, [this](int, int bar) { return usersOfStage(bar); });
    chooser().byMarks(m_history, [this](int stage, int end) { return usersAt(stage, end); });
    addRow({{m_counts, 1}, {m_thresholds, 1}});
    addRow({{m_history, 1}});
}

void StagesSection::setUpForm()
{
    m_thresholds = new Card(tr("Thresholds of the stages"));
    m_thresholds->setDefinition(
        tr("What is set here is counted at once, in the chart beside, and kept by “Apply and score "
           "again”: a step that can be undone. Stages never overlap: who fits several is in the "
           "one that stands first on the ladder."));
    m_form = new StageForm;
    connect(m_form, &StageForm::edited, this, [this] {
        chooser().release();
        showCounts();
    });
    m_thresholds->body()->addWidget(m_form);
    m_problem = plainLabel();
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong with the thresholds"));
    m_thresholds->body()->addWidget(m_problem);
    m_thresholds->body()->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_apply = pushButton(tr("Apply and score again"), true);
    m_discard = pushButton(tr("Discard changes"));
    connect(m_apply, &QPushButton::clicked, this, [this] { Q_EMIT applied(m_form->thresholds()); });
    connect(m_discard, &QPushButton::clicked, this, [this] {
        m_form->setThresholds(session().settings().stages);
        chooser().release();
        showCounts();
    });
    row->addWidget(m_apply);
    row->addWidget(m_discard);
    row->addStretch(1);
    m_thresholds->body()->addLayout(row);
}

/// What the last scoring counted is known at once; a million users' events take longer.
void StagesSection::showScored()
{
    if (m_figures || !session().segment()->isEverybody()) {
        return;
    }
    const auto report = readScoreReport(session().project());
    if (report) {
        m_counts->setSpec(stageCountsChart(report->stages, report->stages));
        m_counts->setCaption(tr("On %1.").arg(dayText(report->label.snapshot)));
    }
}

void StagesSection::refresh()
{
    showScored();
    using Figures = std::shared_ptr<const StagesFigures>;
    readFor<Figures>(
        {m_counts, m_history}, tr("Stages"), kStagesGroup,
        [access = lifecycleAccess(session())](Project &project, const Task &task) {
            return readStagesFigures(project, access, task);
        },
        [this](Figures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) {
            m_figures.reset();
            m_counts->setSpec(sentence(errorText(error)));
            m_history->setSpec(sentence({}));
        });
}

void StagesSection::show()
{
    m_form->setThresholds(session().settings().stages);
    showCounts();
    m_history->setTitle(
        tr("Users by stage at the end of each %1").arg(periodText(session().settings().period)));
    m_history->setSpec(stageHistoryChart(*m_figures->history));
    m_history->setCaption(m_figures->history->ends.size() == kMostPeriods
                              ? tr("The last %1 periods.").arg(kMostPeriods)
                              : QString());
}

int StagesSection::churnedAfterDays() const
{
    return m_form->thresholds().churnedAfterDays.value_or(m_figures->churnedFromData);
}

void StagesSection::showCounts()
{
    if (!m_figures) {
        return;
    }
    ProjectSettings wanted = session().settings();
    wanted.stages = m_form->thresholds();
    const Status valid = checkSettings(wanted);
    const bool modified = wanted.stages != session().settings().stages;
    m_apply->setEnabled(valid.ok() && modified && !session().readOnly());
    m_apply->setToolTip(session().readOnly() ? readOnlyText() : QString());
    m_discard->setEnabled(modified);
    if (!valid) {
        m_problem->setText(stageProblemText(valid.error()));
        return;
    }
    const std::vector<Stage> empty = emptyStages(wanted.stages, churnedAfterDays());
    m_problem->setText(empty.empty()
                           ? QString()
                           : tr("With these thresholds nobody can be in: %1.").arg(namesOf(empty)));
    const StageCounts counts =
        recountStages(m_figures->ladder, wanted.stages, churnedAfterDays());
    m_counts->setSpec(stageCountsChart(counts, m_figures->counts));
    const QString source =
        wanted.stages.churnedAfterDays ? tr("as set")
        : m_figures->churnedFromData == kDefaultChurnedAfterDays
            ? tr("from the data, or the default where they can't say")
            : tr("from the data: at most 10 % come back later within %1")
                  .arg(daysText(session().settings().horizonDays));
    m_counts->setCaption(tr("On %1. Churned after %2 of silence, %3.%4")
                             .arg(dayText(m_figures->ladder.at), daysText(churnedAfterDays()),
                                  source,
                                  modified ? QLatin1Char(' ') +
                                                 tr("Not applied yet; in brackets, the change.")
                                           : QString()));
}

UsersBehind StagesSection::usersOfStage(int bar)
{
    if (!m_figures || bar < 0 || bar >= kStageCount) {
        return std::nullopt;
    }
    const Stage stage = kStages[static_cast<std::size_t>(bar)];
    return UsersBehind(
        tr("Stage %1 on %2").arg(stageText(stage), dayText(m_figures->ladder.at)),
        [access = lifecycleAccess(session()), thresholds = m_form->thresholds(), churned = churnedAfterDays(),
         stage](Project &project, const Task &task) -> Result<UserIds> {
            const auto rows = access.rows(project, task);
            if (!rows) {
                return rows.error();
            }
            const auto now = stageHistory((*rows)->days, (*rows)->users, {(*rows)->at}, thresholds,
                                          churned, task);
            if (!now) {
                return now.error();
            }
            return std::make_shared<const std::vector<std::int64_t>>(stageUsers(*now, 0, stage));
        });
}

UsersBehind StagesSection::usersAt(int stage, int end)
{
    if (!m_figures || stage < 0 || stage >= kStageCount || end < 0 ||
        static_cast<std::size_t>(end) >= m_figures->history->ends.size()) {
        return std::nullopt;
    }
    const auto at = static_cast<std::size_t>(end);
    const Stage asked = kStages[static_cast<std::size_t>(stage)];
    return UsersBehind(
        tr("Stage %1 on %2").arg(stageText(asked), dayText(m_figures->history->ends[at])),
        [history = m_figures->history, at, asked](Project &, const Task &) -> Result<UserIds> {
            return std::make_shared<const std::vector<std::int64_t>>(
                stageUsers(*history, at, asked));
        });
}

} // namespace perennial
