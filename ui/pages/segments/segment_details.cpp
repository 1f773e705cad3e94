// What the page Segments shows of the segment that is selected, and of all beside one another.
#include "ui/pages/segments/segments_page.h"

#include "core/segment/segment_users.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/segments/segment_charts.h"
#include "ui/pages/scored_section.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"

#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

const QString kHistoryGroup = QStringLiteral("segments-history");
constexpr int kChartHeight = 260, kOverlapHeight = 320;
constexpr std::size_t kMonths = 24;
constexpr std::size_t kMostOverlapped = 20; ///< segments in the chart: more could not be read

} // namespace

UsersBehind usersBehindRule(const QString &text, SegmentRule rule)
{
    return {text, [rule = std::move(rule)](Project &project, const Task &task) -> Result<UserIds> {
                const auto found = usersOfSegment(project, rule, task);
                return found ? Result<UserIds>(found->users) : found.error();
            }};
}

void SegmentsPage::setUpDetails(QVBoxLayout *column)
{
    m_history = new ChartCard(tr("Size over time"));
    m_history->setDefinition(
        tr("How many users met the rule at the end of each month, from what they had done by then: "
           "stages by the thresholds of the settings, orders, days since, realised revenue, "
           "behaviour, "
           "cohorts and dated campaigns. What a model says of a user is of today alone; a rule "
           "that asks "
           "for it has no earlier size, and its users' activity is shown instead."));
    m_history->setMinimumHeight(kChartHeight);
    m_usesCard = new Card(tr("Used by"));
    m_usesCard->setDefinition(
        tr("Who uses a segment has its rule, not a reference to it: a change here "
           "changes nothing there. Reports print the filter that is shown when "
           "they are made and keep none."));
    m_uses = plainLabel();
    m_uses->setWordWrap(true);
    m_uses->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_usesCard->body()->addWidget(m_uses, 1);
    addCardRow(column, {{m_history, 2}, {m_usesCard, 1}});
    m_overlap = new ChartCard(tr("Overlap of the saved segments"));
    m_overlap->setDefinition(tr(
        "Users who are in both the row's and the column's segment; as a share of the row's users; "
        "and of the users who are in either (Jaccard 1901). Hatched: nobody is in it, or it can't "
        "be told. Click a cell to see its users."));
    m_overlap->setMinimumHeight(kOverlapHeight);
    m_figure =
        new ChoiceBar(tr("Figure of the overlap"), {tr("Users"), tr("Share"), tr("Jaccard")});
    m_overlap->tools()->addWidget(m_figure);
    column->addWidget(m_overlap);
    connect(m_figure, &ChoiceBar::chosen, this, &SegmentsPage::showOverlap);
    m_chooser->byMarks(m_overlap, [this](int row, int other) -> UsersBehind {
        const auto a = static_cast<std::size_t>(row), b = static_cast<std::size_t>(other);
        if (a >= m_saved.size() || b >= m_saved.size()) {
            return std::nullopt;
        }
        return usersBehindRule(a == b ? m_saved[a].name
                                      : tr("%1 and %2").arg(m_saved[a].name, m_saved[b].name),
                               allOf({m_saved[a].rule, m_saved[b].rule}));
    });
}

void SegmentsPage::showOverlap()
{
    if (!m_study) {
        return;
    }
    if (m_saved.size() < 2) {
        m_overlap->setSpec(sentence(tr("With another segment, this shows who is in both.")));
        m_overlap->setCaption({});
        return;
    }
    SegmentStudy shown = *m_study;
    const auto most = std::min<std::size_t>(m_saved.size(), kMostOverlapped);
    QStringList names;
    shown.common.resize(most);
    for (std::size_t k = 0; k < most; ++k) {
        shown.common[k].resize(most);
        names << m_saved[k].name;
    }
    m_overlap->setSpec(overlapChart(shown, names, static_cast<OverlapFigure>(m_figure->current())));
    m_overlap->setCaption(most < m_saved.size() ? tr("The first %1 of %2 segments, by name.")
                                                      .arg(countText(static_cast<qint64>(most)),
                                                           countText(std::ssize(m_saved)))
                                                : QString());
}

void SegmentsPage::readHistory()
{
    const SavedSegment *segment = selected();
    if (!segment || segment->unreadable) {
        jobs().cancelGroup(kHistoryGroup);
        m_history->setTitle(tr("Size over time"));
        m_history->setCaption({});
        m_history->setSpec(
            sentence(segment ? tr("The rule can't be read.") : tr("Choose a segment above.")));
        return;
    }
    m_history->setBusy(true);
    readScored<SegmentHistory>(
        tr("Size over time"), kHistoryGroup,
        [rule = segment->rule](Project &project, const Task &task) {
            return segmentHistory(project, rule, kMonths, task);
        },
        [this, name = segment->name](Result<SegmentHistory> history) {
            m_history->setBusy(false);
            if (history) {
                m_history->setTitle(QStringLiteral("%1: %2").arg(name, historyTitle(*history)));
                m_history->setSpec(historyChart(*history));
                m_history->setCaption(historyCaption(*history));
            } else if (history.error().code != ErrorCode::Cancelled) {
                m_history->setTitle(tr("Size over time"));
                m_history->setCaption({});
                m_history->setSpec(sentence(segmentErrorText(history.error())));
            }
        });
}

void SegmentsPage::showUses()
{
    const SavedSegment *segment = selected();
    if (!segment) {
        m_uses->setText(tr("Choose a segment above."));
        return;
    }
    const auto scenarios = readScenarios(session().project());
    const QStringList uses = segmentUses(*segment, m_saved, session().segment()->rule(),
                                         scenarios ? *scenarios : std::vector<ScenarioRecord>());
    m_uses->setText(uses.empty() ? tr("Nothing uses its rule now.") : uses.join(QLatin1Char('\n')));
}

} // namespace perennial
