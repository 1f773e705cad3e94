#include "ui/pages/models/quality_charts.h"

#include "ui/charts/chart_card.h"
#include "ui/charts/reliability.h"
#include "ui/pages/models/measures.h"
#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"

namespace perennial {

namespace {

constexpr int kChartHeight = 290; // with two lines of caption
constexpr int kLeastWidth = 340;

QString errorWords(const HeadQuality &head)
{
    const MeasuredFigure *ece = head.figure("ece");
    if (!ece || !ece->value) {
        return {};
    }
    QString text = QualityCharts::tr("%1. Mean distance from the diagonal (ECE): %2")
                       .arg(usersText(head.users), fullText(ece->value, 4));
    if (head.errorByChance) {
        text +=
            QualityCharts::tr("; chances that are right would show %1 by luck, up to %2")
                .arg(fullText(head.errorByChance->mean, 4), fullText(head.errorByChance->upper, 4));
    }
    return text + QLatin1Char('.');
}

} // namespace

ChartSpec reliabilitySpec(const HeadQuality &head)
{
    ReliabilityPoints points;
    for (const ReliabilityBin &bin : head.reliability) {
        points.add(bin.predicted, bin.observed, bin.interval, usersText(bin.users));
    }
    return reliabilityChart(points, QualityCharts::tr("Predicted chance"),
                            QualityCharts::tr("Share it came true for"),
                            QualityCharts::tr("Too few users to tell."));
}

ChartSpec tenthsSpec(const HeadQuality &head, const QString &unit)
{
    LineSeries predicted, actual;
    predicted.name = QualityCharts::tr("Predicted");
    predicted.ink = Ink::Accent;
    predicted.points = true;
    actual.name = QualityCharts::tr("Actual");
    actual.ink = Ink::Text;
    actual.points = true;
    double tenth = 1;
    for (const DecileRow &row : head.deciles) {
        for (LineSeries *series : {&predicted, &actual}) {
            series->x.push_back(tenth);
            series->notes << usersText(qRound64(row.customers));
        }
        predicted.y.push_back(row.predicted);
        actual.y.push_back(row.actual);
        tenth += 1;
    }
    LineChart chart;
    chart.x.title = QualityCharts::tr("Tenth by prediction, the highest first");
    chart.x.whole = true;
    chart.y.title = QualityCharts::tr("Mean of a user, %1").arg(unit);
    chart.yFromZero = true;
    chart.series = {std::move(predicted), std::move(actual)};
    return {chart, QualityCharts::tr("Too few users to tell."), {}};
}

QualityCharts::QualityCharts(const PageContext &context, QWidget *parent)
    : ChartGrid(kChartHeight, kLeastWidth, parent), m_context(context)
{
}

void QualityCharts::show(const std::optional<RunQuality> &quality)
{
    qsizetype used = 0;
    const QString currency =
        currencySign(QString::fromStdString(m_context.session.settings().currency));
    for (const HeadQuality &head : quality ? quality->heads : std::vector<HeadQuality>{}) {
        if (head.kind == AnswerKind::Rank) {
            continue;
        }
        const bool chance = head.kind == AnswerKind::Chance;
        ChartCard *card = at(used++);
        card->setTitle(
            chance ? tr("Calibration: %1").arg(headText(head.head))
                   : tr("Predicted and actual by tenths: %1").arg(headText(head.head)));
        card->setDefinition(
            chance
                ? tr("Users in ten classes of equal size by their predicted chance: its mean "
                     "against the share it came true for, with 95 % of Wilson's interval. On the "
                     "diagonal the chances are right.")
                : tr("Users in ten groups of equal size by prediction: the mean prediction "
                     "beside the mean of what came."));
        card->setSpec(chance ? reliabilitySpec(head)
                             : tenthsSpec(head, head.head == "value" ? currency : tr("days")));
        card->setCaption(chance ? errorWords(head) : usersText(head.users));
    }
    setUsed(used);
    setVisible(used > 0);
}

} // namespace perennial
