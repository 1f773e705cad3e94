#include "ui/pages/value/check_section.h"

#include "ui/charts/chart_card.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/value/model_section.h"
#include "ui/widgets/choice_bar.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>

namespace perennial {

namespace {

const QString kCheckGroup = QStringLiteral("value-check");

QString difference(double predicted, double actual)
{
    return actual != 0 ? signedPercentText(predicted / actual - 1.0) : kMissing;
}

} // namespace

CheckSection::CheckSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_tenths = makeChart(
        tr("Tenths of customers"),
        tr("The models are fitted on the history without its last part, then predict that part for "
           "every customer known by then. Customers sorted by prediction in ten equal groups; "
           "band: "
           "90 % bootstrap interval over customers of what was observed. Net revenue is before "
           "margin and discount. Click a point to see its customers."));
    m_choice = new ChoiceBar(tr("Figure compared"), {tr("Orders"), tr("Net revenue")});
    m_tenths->tools()->addWidget(m_choice);
    connect(m_choice, &ChoiceBar::chosen, this, [this] {
        chooser().release();
        showCalibration();
    });
    m_calibration = makeChart(
        tr("Calibration"),
        tr("The same groups: observed against predicted mean. On the dashed line both agree; below "
           "it the model promised too much. Band: 90 % bootstrap interval over customers."));
    for (ChartCard *card : {m_tenths, m_calibration}) {
        chooser().byMarks(card, [this](int, int index) { return usersOfGroup(index); });
    }
    addRow({{m_tenths, 1}, {m_calibration, 1}});
    m_cumulative = makeChart(
        tr("Repeat orders so far, tracked"),
        tr("Order days after the first of the customers known when the fit ends, added up: "
           "observed, as the model fits them, and from there on as it predicts them (Fader, Hardie "
           "& Lee 2005, figure 4). Customers won later are in neither. Click the observed line to "
           "see who had ordered again by then."));
    m_periods = makeChart(
        tr("Repeat orders per period, tracked"),
        tr("The same, period by period: where the observed line leaves the predicted one, the shop "
           "has changed or the model does not fit it. Seasons are not in the model. Click the "
           "observed line to see who ordered again then."));
    for (ChartCard *card : {m_cumulative, m_periods}) {
        chooser().byMarks(card, [this, card](int series, int index) -> UsersBehind {
            if (!m_figures) {
                return std::nullopt;
            }
            const auto &fitted = m_figures->holdout.fitted;
            const auto span = card == m_cumulative ? TrackedSpan::SoFar : TrackedSpan::Period;
            return trackedUsers({fitted, &fitted->customers}, m_figures->tracking, span,
                                card->view().spec(), series, index);
        });
    }
    addRow({{m_cumulative, 1}, {m_periods, 1}});
}

void CheckSection::setBusy(bool busy)
{
    for (ChartCard *card : {m_tenths, m_calibration, m_cumulative, m_periods}) {
        card->setBusy(busy);
    }
}

void CheckSection::refresh()
{
    setBusy(true);
    read<CheckFigures>(
        tr("Check the value models"), kCheckGroup,
        [](Project &project, const Task &task) { return readCheckFigures(project, task); },
        [this](Result<CheckFigures> figures) {
            setBusy(false);
            if (figures) {
                m_figures = *std::move(figures);
                show();
            } else if (figures.error().code != ErrorCode::Cancelled) {
                m_figures.reset();
                showLack(figures.error().code == ErrorCode::TooLittleData
                             ? tr("The history is too short to keep a part of it back.")
                         : figures.error().code == ErrorCode::NoPurchases ||
                                 figures.error().code == ErrorCode::NoRepeatBuyers
                             ? tr("Nobody had ordered on two days before the part of the history "
                                  "that is kept back: there is no model to check.")
                             : noModelText(figures.error()));
            }
        });
}

void CheckSection::show()
{
    showCalibration();
    const RepeatTracking &tracking = m_figures->tracking;
    const HoldoutCheck &holdout = m_figures->holdout;
    m_cumulative->setSpec(cumulativeTrackingChart(tracking));
    m_periods->setSpec(periodTrackingChart(tracking));
    const QString whose = tr("%1, first order by %2 (%3).")
                              .arg(customersText(static_cast<qint64>(holdout.fitted->customers.size())),
                                   dayText(tracking.calibrationEnd),
                                   modelText(holdout.fitted->frequency.reportedModel));
    m_cumulative->setCaption(whose);
    m_periods->setCaption(whose);
}

void CheckSection::showCalibration()
{
    if (!m_figures) {
        return;
    }
    const HoldoutCheck &holdout = m_figures->holdout;
    m_tenths->setSpec(tenthsChart(*m_figures, figure()));
    m_calibration->setSpec(calibrationChart(*m_figures, figure()));
    const bool orders = figure() == CheckedFigure::Orders;
    const QString currency = QString::fromStdString(m_figures->label.currency);
    const double predicted = orders ? holdout.predictedOrders : holdout.predictedNet;
    const double actual = orders ? holdout.actualOrders : holdout.actualNet;
    const auto text = [&](double value) {
        return orders ? shortText(value) : shortMoneyText(value, currency);
    };
    m_calibration->setCaption(
        tr("In total: predicted %1, observed %2 (%3).")
            .arg(text(predicted), text(actual), difference(predicted, actual)));
    const int asked = m_figures->label.horizonDays;
    QString caption = tr("%1 and %2, fitted up to %3, predicting the next %4, up to %5.")
                          .arg(modelText(holdout.fitted->frequency.reportedModel),
                               holdout.fitted->spendIsObservedMean
                                   ? tr("the observed mean spend")
                                   : modelText(holdout.fitted->spend.reportedModel),
                               dayText(holdout.split.cut), daysText(holdout.split.labelDays),
                               dayText(holdout.split.until));
    if (holdout.split.labelDays < asked) {
        caption += QLatin1Char(' ') + tr("The history is too short for %1.").arg(daysText(asked));
    }
    m_tenths->setCaption(caption);
}

void CheckSection::showLack(const QString &text)
{
    for (ChartCard *card : {m_tenths, m_calibration, m_cumulative, m_periods}) {
        card->setSpec(sentence(text));
        card->setCaption({});
    }
}

CheckedFigure CheckSection::figure() const
{
    return m_choice->current() == 1 ? CheckedFigure::Net : CheckedFigure::Orders;
}

std::optional<UserSelection> CheckSection::usersOfGroup(int index) const
{
    if (!m_figures) {
        return std::nullopt;
    }
    const std::vector<CalibrationGroup> &groups = groupsOf(*m_figures, figure());
    if (index < 0 || index >= static_cast<int>(groups.size())) {
        return std::nullopt;
    }
    UserSelection users;
    users.text = figure() == CheckedFigure::Orders ? tr("Tenth %1 by orders predicted at %2")
                                                   : tr("Tenth %1 by net revenue predicted at %2");
    users.text = users.text.arg(index + 1).arg(dayText(m_figures->holdout.split.cut));
    users.only = std::make_shared<const std::vector<std::int64_t>>(
        groups[static_cast<std::size_t>(index)].users);
    return users;
}

} // namespace perennial
