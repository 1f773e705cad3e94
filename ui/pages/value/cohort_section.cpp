#include "ui/pages/value/cohort_section.h"

#include "core/value/saved_fit.h"
#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/widgets/choice_bar.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

const QString kCohortGroup = QStringLiteral("value-cohorts");
constexpr int kCurvesHeight = 400;
/// More lines than inks would not be told apart.
constexpr int kMostCohorts = 5;
/// Without Series5, which is near Series1.
constexpr std::array kInks{Ink::Series1, Ink::Series2, Ink::Series3, Ink::Series4, Ink::Series6};
static_assert(kInks.size() == kMostCohorts);
constexpr std::array kSpans{CohortSpan::Month, CohortSpan::Quarter, CohortSpan::Year};

/// The value models of the scores, refitted for what the stored rows don't keep.
Result<std::shared_ptr<const ValueResult>> valueOfScores(const OrderHistory &history,
                                                         const UserStateLabel &label,
                                                         const Project &project, const Task &task)
{
    const auto saved = readSavedFit(project, label.valueRun);
    if (!saved) {
        return saved.error();
    }
    ValueOptions options;
    options.frequencyModel = saved->fit.model;
    options.until = label.snapshot;
    options.horizonDays = label.horizonDays;
    options.period = saved->customers.period;
    options.firstPurchaseInSpend = saved->customers.firstPurchaseInSpend;
    return fitValueModel(customersFor(history, options), options, task);
}

double at(const std::vector<double> &values, std::size_t i)
{
    return i < values.size() ? values[i] : std::nan("");
}

QVariant orMissing(double value)
{
    return std::isfinite(value) ? QVariant(value) : QVariant();
}

LineSeries realisedLine(const CohortCurve &cohort, const QString &name, Ink ink)
{
    LineSeries line;
    line.name = name;
    line.longName = CohortSection::tr("%1, realised").arg(name);
    line.ink = ink;
    line.immatureFrom = cohort.completeMonths;
    line.y = cohort.realised;
    if (!cohort.predicted.empty()) {
        line.labelAt = cohort.predicted.back(); // the pale line goes on to there
    }
    for (std::size_t m = 0; m < cohort.realised.size(); ++m) {
        const int month = static_cast<int>(m);
        line.x.push_back(month);
        line.notes << (line.isImmature(month) ? CohortSection::tr("complete on %1")
                                                    .arg(dayText(cohortCompleteOn(cohort, month)))
                                              : QString());
    }
    return line;
}

LineSeries predictedLine(const CohortCurve &cohort, const QString &name, Ink ink)
{
    LineSeries line;
    line.longName = CohortSection::tr("%1, realised and predicted").arg(name);
    line.ink = ink;
    line.predicted = true;
    line.y = cohort.predicted;
    for (std::size_t k = 0; k < cohort.predicted.size(); ++k) {
        line.x.push_back(cohort.completeMonths + static_cast<double>(k));
    }
    return line;
}

} // namespace

Result<CohortFigures> readCohortFigures(const Project &project, CohortSpan span, const Task &task)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const auto history = readOrderHistory(project, label->snapshot, task.part(0.0, 0.3));
    if (!history) {
        return history.error();
    }
    std::shared_ptr<const ValueResult> value;
    if (label->valueRun != 0) {
        const auto fitted = valueOfScores(*history, *label, project, task.part(0.3, 0.7));
        if (!fitted) {
            return fitted.error();
        }
        value = *fitted;
    }
    auto cohorts = cohortCurves(*history, label->snapshot, value.get(), {span, kMostCohorts},
                                task.part(0.7, 1.0));
    if (!cohorts) {
        return cohorts.error();
    }
    return CohortFigures{*std::move(label), *std::move(cohorts), value != nullptr};
}

QString cohortText(Day firstDay, CohortSpan span)
{
    const CivilDate date = civilFromDay(firstDay);
    switch (span) {
    case CohortSpan::Month:
        return monthText(firstDay);
    case CohortSpan::Quarter:
        return QStringLiteral("%1 Q%2").arg(date.year).arg((date.month - 1) / 3 + 1);
    case CohortSpan::Year:
        break;
    }
    return QString::number(date.year);
}

ChartSpec cohortChart(const CohortFigures &figures, CohortSpan span)
{
    LineChart chart;
    chart.x.title = CohortSection::tr("Months since the first order");
    chart.x.whole = true;
    chart.y.title = CohortSection::tr("Net revenue per customer so far, %1")
                        .arg(currencySign(QString::fromStdString(figures.label.currency)));
    chart.yFromZero = true;
    chart.solidMeans = CohortSection::tr("realised");
    const bool immature = std::ranges::any_of(figures.cohorts, [](const CohortCurve &cohort) {
        return cohort.realised.size() > static_cast<std::size_t>(cohort.completeMonths) + 1;
    });
    if (immature) {
        chart.immatureMeans = CohortSection::tr("immature");
    }
    if (figures.predicted) {
        chart.predictedMeans = CohortSection::tr("with what is predicted");
    }
    for (std::size_t c = 0; c < figures.cohorts.size(); ++c) {
        const CohortCurve &cohort = figures.cohorts[c];
        const QString name = cohortText(cohort.firstDay, span);
        const Ink ink = kInks[c % kInks.size()];
        chart.series.push_back(realisedLine(cohort, name, ink));
        chart.series.push_back(predictedLine(cohort, name, ink));
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

std::optional<std::size_t> cohortOfSeries(const CohortFigures &figures, int series)
{
    const auto cohort = static_cast<std::size_t>(std::max(0, series)) / 2;
    return series >= 0 && cohort < figures.cohorts.size() ? std::optional(cohort) : std::nullopt;
}

CohortSection::CohortSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_curves = makeChart(
        tr("Value of cohorts"),
        tr("Customers by when they ordered first: net revenue per customer, before margin and "
           "discount, added up by months (30.4 days) since each one's own first order. Solid: "
           "every "
           "customer of the cohort has been here that long. Dashed, immature: not all have; each "
           "month adds the mean of those who have lived through it, at least half (Nelson 1995). "
           "Pale: what they have brought so far and, where a month is not over, what the value "
           "models expect, up to the horizon. Click a point to see the cohort's users."));
    m_curves->setMinimumHeight(kCurvesHeight);
    m_span = new ChoiceBar(tr("Cohorts by"), {tr("Month"), tr("Quarter"), tr("Year")});
    m_span->setCurrent(1);
    m_curves->tools()->addWidget(m_span);
    connect(m_span, &ChoiceBar::chosen, this, [this] {
        chooser().release();
        refresh();
    });
    chooser().byMarks(m_curves, [this](int series, int) -> UsersBehind {
        const auto cohort = m_figures ? cohortOfSeries(*m_figures, series) : std::nullopt;
        return cohort ? usersOfCohort(*cohort) : std::nullopt;
    });
    m_list = new Card(tr("Cohorts"));
    m_list->setDefinition(
        tr("Full months: how many every customer of the cohort has been here. Realised: net "
           "revenue per customer through them. Horizon: the end of the pale line, "
           "realised and predicted together. Click a row to see the cohort's "
           "users."));
    using Kind = TableColumn::Kind;
    m_table =
        new TableView(tr("Cohorts"), std::vector<TableColumn>{{tr("Cohort"), Kind::Text},
                                                              {tr("Users"), Kind::Count},
                                                              {tr("Full months"), Kind::Count},
                                                              {tr("Realised"), Kind::Number, 2},
                                                              {tr("Horizon"), Kind::Number, 2}});
    m_table->setSortingEnabled(false);
    chooser().byRows(m_table,
                     [this](int row, int) { return usersOfCohort(static_cast<std::size_t>(row)); });
    m_list->body()->addWidget(m_table);
    addRow({{m_curves, 3}, {m_list, 2}});
}

CohortSpan CohortSection::span() const
{
    return kSpans[static_cast<std::size_t>(std::max(0, m_span->current()))];
}

void CohortSection::refresh()
{
    readFor<CohortFigures>(
        {m_curves, m_list}, tr("Cohorts"), kCohortGroup,
        [span = span()](Project &project, const Task &task) {
            return readCohortFigures(project, span, task);
        },
        [this](CohortFigures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) {
            m_figures.reset();
            showLack(error);
        });
}

void CohortSection::show()
{
    const QString sign = currencySign(QString::fromStdString(m_figures->label.currency));
    m_curves->setTitle(tr("Value of cohorts, %1").arg(sign));
    m_curves->setSpec(cohortChart(*m_figures, span()));
    const CohortCurve &youngest = m_figures->cohorts.back();
    const int next = youngest.completeMonths + 1;
    QString caption = tr("All customers, whatever the segment. The youngest cohort (%1): month %2 "
                         "is complete on %3.")
                          .arg(cohortText(youngest.firstDay, span()))
                          .arg(next)
                          .arg(dayText(cohortCompleteOn(youngest, next)));
    if (m_figures->cohorts.size() == static_cast<std::size_t>(kMostCohorts)) {
        caption += QLatin1Char(' ') + tr("The %1 youngest cohorts.").arg(kMostCohorts);
    }
    if (!m_figures->predicted) {
        caption += QLatin1Char(' ') + tr("No value model could be fitted: nothing is predicted.");
    }
    m_curves->setCaption(caption);
    m_list->setTitle(tr("Cohorts, %1 per customer").arg(sign));
    std::vector<TableModel::Row> rows;
    for (const CohortCurve &cohort : m_figures->cohorts) {
        const auto complete = static_cast<std::size_t>(cohort.completeMonths);
        rows.push_back({cohortText(cohort.firstDay, span()),
                        QVariant::fromValue<qint64>(static_cast<qint64>(cohort.users.size())),
                        QVariant::fromValue<qint64>(cohort.completeMonths),
                        orMissing(at(cohort.realised, complete)),
                        cohort.predicted.empty() ? QVariant() : QVariant(cohort.predicted.back())});
    }
    m_table->setRows(std::move(rows));
}

void CohortSection::showLack(const Error &error)
{
    m_curves->setSpec(sentence(error.code == ErrorCode::NoPurchases
                                   ? tr("Nobody has ordered yet: there are no cohorts.")
                                   : errorText(error)));
    m_curves->setCaption({});
    m_table->setRows({});
}

std::optional<UserSelection> CohortSection::usersOfCohort(std::size_t cohort) const
{
    if (!m_figures || cohort >= m_figures->cohorts.size()) {
        return std::nullopt;
    }
    UserSelection users;
    users.text =
        tr("First order in %1").arg(cohortText(m_figures->cohorts[cohort].firstDay, span()));
    users.only =
        std::make_shared<const std::vector<std::int64_t>>(m_figures->cohorts[cohort].users);
    return users;
}

} // namespace perennial
