#include "ui/pages/lifecycle/cohorts_section.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/pages/lifecycle/cohort_charts.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/lifecycle_words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace perennial {

namespace {

const QString kCohortsGroup = QStringLiteral("lifecycle-cohorts");
constexpr std::size_t kMostCohorts = 26;
constexpr std::size_t kMostPeriods = 26;
constexpr int kRowHeight = 24, kTriangleFrame = 110, kLeastTriangle = 260;
constexpr int kCurvesHeight = 320;

constexpr std::array kAnchors{CohortAnchor::FirstEvent, CohortAnchor::FirstPurchase};
constexpr std::array kPeriods{CohortPeriod::Daily, CohortPeriod::Weekly, CohortPeriod::Monthly,
                              CohortPeriod::Quarterly};
constexpr std::array kKinds{RetentionKind::Exact, RetentionKind::Unbounded, RetentionKind::Bracket};
constexpr std::array kMeasures{CohortMeasure::Active, CohortMeasure::Ordering,
                               CohortMeasure::Orders, CohortMeasure::Revenue};

QComboBox *choiceOf(const QString &name, const QStringList &texts)
{
    auto *box = new QComboBox;
    box->setAccessibleName(name);
    box->addItems(texts);
    return box;
}

std::size_t chosen(const QComboBox *box)
{
    return static_cast<std::size_t>(std::max(0, box->currentIndex()));
}

ActivityClock clockOf(const CohortQuestion &question)
{
    return !question.ownDays                                       ? ActivityClock::Calendar
           : question.options.anchor == CohortAnchor::FirstEvent ? ActivityClock::SinceFirstEvent
                                                                 : ActivityClock::SinceFirstPurchase;
}

RetentionMeasure usersOfMeasure(CohortMeasure measure)
{
    return measure == CohortMeasure::Active ? RetentionMeasure::Active : RetentionMeasure::Ordering;
}

} // namespace

Result<std::shared_ptr<const CohortsFigures>>
readCohortsFigures(const Project &project, const LifecycleAccess &access,
                   const CohortQuestion &question, const Task &task)
{
    const auto activity = access.activity(project, clockOf(question), task.part(0.0, 0.6));
    if (!activity) {
        return activity.error();
    }
    const Day at = access.shelf->at();
    auto figures = std::make_shared<CohortsFigures>();
    figures->question = question;
    auto names = userLabelNames(project, at);
    if (!names) {
        return names.error();
    }
    figures->names = *std::move(names);
    if (!question.by.empty()) {
        auto labels = readUserLabels(project, question.by, at);
        if (!labels) {
            return labels.error();
        }
        figures->labels = std::make_shared<const UserLabels>(*std::move(labels));
    }
    const auto retention = computeRetention(**activity, at, figures->labels.get(),
                                            question.options, task.part(0.8, 1.0));
    if (!retention) {
        return retention.error();
    }
    figures->retention = *retention;
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    figures->currency = settings->currency;
    return std::shared_ptr<const CohortsFigures>(std::move(figures));
}

CohortsSection::CohortsSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_choices = new Card(tr("Cohorts"));
    setUpChoices(m_choices);
    setUpCharts();
    addRow({{m_choices, 1}});
    addRow({{m_triangle, 1}});
    addRow({{m_curves, 1}, {m_revenue, 1}});
}

void CohortsSection::setUpChoices(Card *card)
{
    card->setDefinition(
        tr("Users by when, or with what, they began. Retention in exactly a period: did something "
           "in it. Unbounded: in it or any later one up to the snapshot date. Brackets: in any of "
           "some periods, such as 1-3,4-7. Calendar periods are days, weeks from Monday, months or "
           "quarters; 24-hour periods begin with each user's own first moment and last 1, 7, 30 or "
           "90 times 24 hours."));
    m_by = choiceOf(tr("Cohorts by"), {tr("time")});
    m_anchor = choiceOf(tr("Begun with"), {tr("first activity"), tr("first order")});
    m_period = choiceOf(tr("Period"), {tr("day"), tr("week"), tr("month"), tr("quarter")});
    m_period->setCurrentIndex(2);
    m_clock = choiceOf(tr("Periods of"), {tr("the calendar"), tr("24 hours from each start")});
    m_kind = choiceOf(tr("Retention"), {tr("in exactly the period"), tr("in it or later"),
                                        tr("in brackets of periods")});
    m_brackets = new QLineEdit(QStringLiteral("1-3,4-6,7-12"));
    m_brackets->setAccessibleName(tr("Brackets of periods"));
    m_brackets->setMaximumWidth(140);
    m_brackets->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    const std::array<std::pair<QString, QComboBox *>, 5> fields{{{tr("by"), m_by},
                                                                 {tr("begun with the"), m_anchor},
                                                                 {tr("per"), m_period},
                                                                 {tr("of"), m_clock},
                                                                 {tr("retained"), m_kind}}};
    for (const auto &[text, box] : fields) {
        row->addWidget(plainLabel(text));
        row->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            m_brackets->setVisible(kKinds[chosen(m_kind)] == RetentionKind::Bracket);
            chooser().release();
            refresh();
        });
    }
    row->addWidget(m_brackets);
    row->addStretch(1);
    connect(m_brackets, &QLineEdit::editingFinished, this, [this] {
        if (m_figures && m_figures->question == question()) {
            return;
        }
        chooser().release();
        refresh();
    });
    card->body()->addLayout(row);
}

void CohortsSection::setUpCharts()
{
    m_triangle = makeChart(
        tr("Retention"),
        tr("A row is a cohort (in brackets, its users), a column a period since its users began. "
           "Hatched: not complete yet; on hover, when it will be. Cohorts by an attribute began at "
           "different times: a cell counts those alone who have been here to the end of its "
           "column. Click a cell to see its users."));
    m_measure = new ChoiceBar(tr("Shown"),
                              {tr("Active"), tr("Ordering"), tr("Orders"), tr("Revenue")});
    m_unit = new ChoiceBar(tr("As"), {tr("Per user"), tr("Total")});
    m_scale = new ChoiceBar(tr("Colours"), {tr("One scale"), tr("By row")});
    for (ChoiceBar *bar : {m_measure, m_unit, m_scale}) {
        m_triangle->tools()->addWidget(bar);
        connect(bar, &ChoiceBar::chosen, this, [this] {
            chooser().release();
            if (m_figures) {
                showTriangle();
            }
        });
    }
    m_curves = makeChart(
        tr("Retention curves"),
        tr("Per user of the cohort, period by period. The thick line weighs every user the same, "
           "over all cohorts that have lived through the period, with a 95 % interval (Wilson) "
           "where it is a share. Dashed: not complete yet. Click a point to see its users."));
    m_revenue = makeChart(
        tr("Revenue of cohorts"),
        tr("Net revenue per user added up over the periods: each adds the mean of those who have "
           "been here for it (Nelson 1995). Dashed: not complete yet. What the models expect of "
           "cohorts stands on the page Value, under Cohorts."));
    for (ChartCard *card : {m_curves, m_revenue}) {
        card->setMinimumHeight(kCurvesHeight);
    }
    chooser().byMarks(m_triangle, [this](int cohort, int column) {
        return usersOf(static_cast<std::size_t>(cohort), static_cast<std::size_t>(column));
    });
    const auto ofCurve = [this](int curve, int column) -> UsersBehind {
        const auto cohorts = m_figures ? cohortsOfCurves(*m_figures->retention)
                                       : std::vector<std::size_t>();
        const auto c = static_cast<std::size_t>(curve);
        return curve >= 0 && c < cohorts.size()
                   ? usersOf(cohorts[c], static_cast<std::size_t>(column))
                   : UsersBehind(std::nullopt);
    };
    chooser().byMarks(m_curves, [ofCurve](int series, int column) {
        return ofCurve(series - 1, column); // the first is of all cohorts
    });
    chooser().byMarks(m_revenue, ofCurve);
}

CohortQuestion CohortsSection::question() const
{
    CohortQuestion question;
    question.options.mostCohorts = kMostCohorts;
    question.options.mostPeriods = kMostPeriods;
    question.options.anchor = kAnchors[chosen(m_anchor)];
    question.options.period = kPeriods[chosen(m_period)];
    question.options.kind = kKinds[chosen(m_kind)];
    if (question.options.kind == RetentionKind::Bracket) {
        question.options.brackets =
            bracketsFromText(m_brackets->text().toStdString()).value_or(std::vector<PeriodRange>());
    }
    question.ownDays = m_clock->currentIndex() == 1;
    question.by = m_by->currentData().toString().toStdString();
    return question;
}

CohortMeasure CohortsSection::measure() const
{
    return kMeasures[static_cast<std::size_t>(std::max(0, m_measure->current()))];
}

bool CohortsSection::isShare() const
{
    return m_unit->current() == 0;
}

void CohortsSection::refresh()
{
    using Figures = std::shared_ptr<const CohortsFigures>;
    readFor<Figures>(
        {m_triangle, m_curves, m_revenue}, tr("Cohorts"), kCohortsGroup,
        [access = lifecycleAccess(session()), question = question()](Project &project,
                                                                    const Task &task) {
            return readCohortsFigures(project, access, question, task);
        },
        [this](Figures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) { showLack(error); });
}

/// What cohorts can be made by; the choice stays where it is still there.
void CohortsSection::fillAttributes()
{
    const QSignalBlocker quiet(m_by);
    const QString before = m_by->currentData().toString();
    m_by->clear();
    m_by->addItem(tr("time"), QString());
    for (const std::string &name : m_figures->names) {
        m_by->addItem(userLabelText(name), QString::fromStdString(name));
    }
    m_by->setCurrentIndex(std::max(0, m_by->findData(before)));
}

void CohortsSection::show()
{
    fillAttributes();
    showTriangle();
    m_revenue->setSpec(cohortRevenueChart(*m_figures));
}

void CohortsSection::showTriangle()
{
    const RetentionResult &retention = *m_figures->retention;
    m_triangle->setSpec(
        triangleChart(*m_figures, measure(), isShare(), m_scale->current() == 1));
    m_triangle->setMinimumHeight(
        std::max(kLeastTriangle,
                 kTriangleFrame + kRowHeight * static_cast<int>(retention.cohorts.size())));
    QStringList captions{tr("Up to %1.").arg(dayText(retention.at))};
    if (retention.olderUsers > 0) {
        captions << tr("The youngest %1 cohorts; %2 began earlier.")
                        .arg(retention.cohorts.size())
                        .arg(usersText(retention.olderUsers));
    }
    m_triangle->setCaption(captions.join(QLatin1Char(' ')));
    m_curves->setSpec(retentionCurvesChart(*m_figures, measure()));
}

void CohortsSection::showLack(const Error &error)
{
    m_figures.reset();
    const QString text = error.code == ErrorCode::NoPurchases
                             ? tr("Nobody has ordered yet: there are no cohorts.")
                         : error.where == "brackets"
                             ? tr("Brackets are periods in rising order, apart from each other: "
                                  "1-3,4-7,8.")
                             : errorText(error);
    m_triangle->setSpec(sentence(text));
    m_triangle->setCaption({});
    m_curves->setSpec(sentence({}));
    m_revenue->setSpec(sentence({}));
}

UsersBehind CohortsSection::usersOf(std::size_t cohort, std::size_t column)
{
    if (!m_figures || cohort >= m_figures->retention->cohorts.size() ||
        column >= m_figures->retention->columns.size()) {
        return std::nullopt;
    }
    const RetentionResult &retention = *m_figures->retention;
    const RetentionMeasure users = usersOfMeasure(measure());
    const QString what = users == RetentionMeasure::Active ? tr("active") : tr("ordered");
    const PeriodRange &range = retention.columns[column];
    const QString periods =
        range.from == range.to ? QString::number(range.from)
                               : QStringLiteral("%1–%2").arg(range.from).arg(range.to);
    return UsersBehind(
        tr("Cohort %1, %2 in period %3")
            .arg(cohortName(retention, retention.cohorts[cohort]), what, periods),
        [access = lifecycleAccess(session()), figures = m_figures, cohort, column,
         users](Project &project, const Task &task) -> Result<UserIds> {
            const auto activity = access.activity(project, clockOf(figures->question), task);
            if (!activity) {
                return activity.error();
            }
            auto ids = retentionUsers(**activity, access.shelf->at(), figures->labels.get(),
                                      figures->question.options, cohort, column, users);
            return ids ? Result<UserIds>(std::make_shared<const std::vector<std::int64_t>>(
                             *std::move(ids)))
                       : Result<UserIds>(ids.error());
        });
}

} // namespace perennial
