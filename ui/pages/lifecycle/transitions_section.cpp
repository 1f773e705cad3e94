#include "ui/pages/lifecycle/transitions_section.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/pages/lifecycle/drivers_card.h"
#include "ui/widgets/calendar.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kMovesGroup = QStringLiteral("lifecycle-moves");
constexpr int kMovesHeight = 380;
constexpr int kDaysApart = 30; ///< until others are chosen
constexpr std::size_t kMostMoves = 12; ///< of the test of stationarity

/// The last periods that are over at t₀, for the test of stationarity.
std::vector<Day> wholeEnds(Day first, Day at, Period period)
{
    std::vector<Day> ends = periodEnds(first, at, period, kMostMoves + 2);
    const bool isOver = nextPeriodStart(periodStart(at, period), period) - 1 == at;
    if (!isOver) { // it has had less time to move in
        ends.pop_back();
    }
    return ends;
}

/// None beyond the stages: not known yet, or a whole block.
std::optional<Stage> stageOf(int index)
{
    return index >= 0 && index < kStageCount
               ? std::optional(kStages[static_cast<std::size_t>(index)])
               : std::nullopt;
}

Status addStationarity(MovesFigures &figures, const LifecycleRows &rows,
                       const LifecycleOptions &options, int churned, const Task &task)
{
    const Day first =
        rows.days.empty() ? rows.at : std::ranges::min(rows.days, {}, &ActiveDay::day).day;
    const std::vector<Day> ends = wholeEnds(first, rows.at, options.period);
    if (ends.size() < 3) {
        return Done{};
    }
    const auto history =
        stageHistory(rows.days, rows.users, ends, options.thresholds, churned, task);
    if (!history) {
        return history.error();
    }
    const auto test = testStationarity(*history, 0, ends.size() - 1);
    if (!test) {
        return test.error();
    }
    figures.stationarity = *test;
    figures.movesCompared = ends.size() - 1;
    return Done{};
}

} // namespace

Result<std::shared_ptr<const MovesFigures>> readMovesFigures(const Project &project,
                                                             const LifecycleAccess &access,
                                                             Day from, Day to, const Task &task)
{
    const auto rows = access.rows(project, task.part(0.0, 0.5));
    if (!rows) {
        return rows.error();
    }
    const auto churned = access.churnedAfterDays(project, task);
    if (!churned) {
        return churned.error();
    }
    const LifecycleRows &r = **rows;
    auto three = stageHistory(r.days, r.users,
                              {daysAfter(from, std::int64_t{from} - to), from, to},
                              access.options.thresholds, *churned, task.part(0.5, 0.7));
    if (!three) {
        return three.error();
    }
    const auto matrix = transitionMatrix(*three, 1, 2, {});
    const auto independence = testIndependence(*three, 1, 2);
    const auto secondOrder = testSecondOrder(*three, 0, 1, 2);
    if (!matrix || !independence || !secondOrder) {
        return !matrix ? matrix.error() : !independence ? independence.error() : secondOrder.error();
    }
    auto figures = std::make_shared<MovesFigures>();
    figures->matrix = *matrix;
    figures->independence = *independence;
    figures->secondOrder = *secondOrder;
    figures->three = std::make_shared<const StageHistory>(*std::move(three));
    if (const Status told =
            addStationarity(*figures, r, access.options, *churned, task.part(0.7, 1.0));
        !told) {
        return told.error();
    }
    return std::shared_ptr<const MovesFigures>(std::move(figures));
}

TransitionsSection::TransitionsSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_moves = makeChart(
        tr("Moves between stages"),
        tr("Users known on both days, by the stage they were in on the first and on the second, "
           "each by the same ladder from what was known on that day. The grey block is who was not "
           "known yet on the first day. Click a band or a block to see its users."));
    m_moves->setMinimumHeight(kMovesHeight);
    setUpDays();
    m_shares = makeChart(
        tr("Transition matrix"),
        tr("Share of a row's users who are in the column's stage on the second day. On hover, 95 % "
           "intervals: each row's shares have a Dirichlet posterior with Jeffreys' prior, 1/2 for "
           "each of the seven stages (Gelman et al., Bayesian Data Analysis, §3.4). Hatched: nobody "
           "was in the row's stage. Click a cell to see its users."));
    m_shares->setMinimumHeight(kMovesHeight);
    m_tests = new Card(tr("Is one step enough to know?"));
    m_tests->setDefinition(
        tr("Likelihood-ratio tests of Anderson & Goodman (1957). Memory: does the stage on the "
           "second day depend on that of the first at all? Order: where the stage of the first day "
           "is known, does the one as long before it still matter? If so, a Markov chain of these "
           "stages leaves something out. Steadiness: were the moves of the last whole periods all "
           "drawn from the same probabilities?"));
    m_facts = captionLabel();
    m_tests->body()->addWidget(m_facts);
    m_drivers = new DriversCard(context);
    chooser().byMarks(m_moves, [this](int from, int to) { return usersOf(from, to); });
    chooser().byMarks(m_shares, [this](int from, int to) { return usersOf(from, to); });
    m_drivers->addTo(chooser());
    addRow({{m_moves, 1}, {m_shares, 1}});
    addRow({{m_tests, 1}});
    addRow({{m_drivers, 1}});
}

void TransitionsSection::setUpDays()
{
    const auto dayField = [this](const QString &name) {
        auto *field = new QDateEdit;
        field->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
        field->setCalendarPopup(true);
        field->setAccessibleName(name);
        connect(field, &QDateEdit::dateChanged, this, [this] {
            m_daysChosen = true;
            chooser().release();
            refresh();
        });
        return field;
    };
    m_from = dayField(tr("First day"));
    m_to = dayField(tr("Second day"));
    m_moves->tools()->addWidget(plainLabel(tr("from")));
    m_moves->tools()->addWidget(m_from);
    m_moves->tools()->addWidget(plainLabel(tr("to")));
    m_moves->tools()->addWidget(m_to);
}

/// Keeps both days in order and up to t₀; some days apart where nobody has chosen.
void TransitionsSection::showDays()
{
    const Day at = session().lifecycleShelf()->at();
    const QSignalBlocker quietFrom(m_from), quietTo(m_to);
    if (!m_daysChosen || to() > at || from() >= to()) {
        m_to->setDateRange(QDate(1, 1, 2), toDate(at));
        m_from->setDateRange(QDate(1, 1, 1), toDate(at - 1));
        m_to->setDate(toDate(at));
        m_from->setDate(toDate(at - kDaysApart));
        m_daysChosen = false;
    }
}

Day TransitionsSection::from() const
{
    return toDay(m_from->date());
}

Day TransitionsSection::to() const
{
    return toDay(m_to->date());
}

void TransitionsSection::refresh()
{
    showDays();
    using Figures = std::shared_ptr<const MovesFigures>;
    readFor<Figures>(
        {m_moves, m_shares}, tr("Moves between stages"), kMovesGroup,
        [access = lifecycleAccess(session()), from = from(), to = to()](
            Project &project, const Task &task) {
            return readMovesFigures(project, access, from, to, task);
        },
        [this](Figures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) { showLack(error); });
}

void TransitionsSection::show()
{
    const MovesFigures &figures = *m_figures;
    m_moves->setSpec(transitionsChart(figures.matrix));
    m_shares->setSpec(transitionSharesChart(figures.matrix));
    QStringList lines{tr("Memory: %1").arg(testText(figures.independence)),
                      tr("Order: %1").arg(testText(figures.secondOrder))};
    lines << (figures.stationarity
                  ? tr("Steadiness over %1 moves of a %2: %3")
                        .arg(countText(static_cast<qint64>(figures.movesCompared)),
                             periodText(session().settings().period),
                             testText(*figures.stationarity))
                  : tr("Steadiness: it takes three whole periods"));
    m_facts->setText(lines.join(QLatin1Char('\n')));
    m_drivers->show(lifecycleAccess(session()), m_figures->three);
}

void TransitionsSection::showLack(const Error &error)
{
    m_figures.reset();
    m_moves->setSpec(sentence(errorText(error)));
    m_shares->setSpec(sentence({}));
    m_facts->clear();
    m_drivers->showNothing();
}

UsersBehind TransitionsSection::usersOf(int from, int to)
{
    if (!m_figures || from > kStageCount || to >= kStageCount) {
        return std::nullopt;
    }
    const std::vector<Day> &days = m_figures->three->ends;
    const auto before = stageOf(from), after = stageOf(to);
    const QString fromText = before ? stageText(*before) : tr("not known yet");
    const QString text = from < 0 ? tr("%1 on %2").arg(stageText(*after), dayText(days[2]))
                         : to < 0 ? tr("%1 on %2").arg(fromText, dayText(days[1]))
                                  : tr("%1 on %2, %3 on %4")
                                        .arg(fromText, dayText(days[1]), stageText(*after),
                                             dayText(days[2]));
    return UsersBehind(text, [three = m_figures->three, from, to, before,
                              after](Project &, const Task &) -> Result<UserIds> {
        return std::make_shared<const std::vector<std::int64_t>>(
            from < 0 ? stageUsers(*three, 2, after)
            : to < 0 ? stageUsers(*three, 1, before)
                     : transitionUsers(*three, 1, 2, before, *after));
    });
}

} // namespace perennial
