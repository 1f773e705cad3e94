#include "ui/pages/models/quality_charts.h"

#include "ui/charts/chart_card.h"
#include "ui/pages/models/measures.h"
#include "ui/theme/theme.h"
#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"

#include <QHBoxLayout>

namespace perennial {

namespace {

constexpr int kChartHeight = 250;

QString errorWords(const HeadQuality &head)
{
    const MeasuredFigure *ece = head.figure("ece");
    if (!ece || !ece->value) {
        return {};
    }
    QString text = QualityCharts::tr("%1. Mean distance from the diagonal (ECE): %2")
                       .arg(customersText(head.users), fullText(ece->value, 4));
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
    LineSeries series;
    series.name = QualityCharts::tr("Observed");
    series.ink = Ink::Accent;
    series.points = true;
    for (const ReliabilityBin &bin : head.reliability) {
        series.x.push_back(bin.predicted);
        series.y.push_back(bin.observed);
        series.lower.push_back(bin.interval.lower);
        series.upper.push_back(bin.interval.upper);
        series.notes << usersText(bin.users);
    }
    LineChart chart;
    chart.x.title = QualityCharts::tr("Predicted chance");
    chart.y.title = QualityCharts::tr("Share it came true for");
    chart.x.scale = chart.y.scale = AxisSpec::Scale::Percent;
    chart.x.min = chart.y.min = 0;
    chart.x.max = chart.y.max = 1;
    chart.diagonal = true;
    chart.series.push_back(std::move(series));
    return {chart, QualityCharts::tr("Too few users to tell."), {}};
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
            series->notes << customersText(qRound64(row.customers));
        }
        predicted.y.push_back(row.predicted);
        actual.y.push_back(row.actual);
        tenth += 1;
    }
    LineChart chart;
    chart.x.title = QualityCharts::tr("Tenth by prediction, the highest first");
    chart.x.whole = true;
    chart.y.title = QualityCharts::tr("Mean of a customer, %1").arg(unit);
    chart.yFromZero = true;
    chart.series = {std::move(predicted), std::move(actual)};
    return {chart, QualityCharts::tr("Too few customers to tell."), {}};
}

QualityCharts::QualityCharts(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kCardGap);
}

ChartCard *QualityCharts::cardAt(std::size_t index)
{
    while (m_cards.size() <= index) {
        auto *card = new ChartCard({}, this);
        card->setFixedHeight(kChartHeight);
        QSizePolicy policy = card->sizePolicy();
        policy.setHorizontalPolicy(QSizePolicy::Ignored);
        card->setSizePolicy(policy);
        layout()->addWidget(card);
        m_cards.push_back(card);
    }
    return m_cards[index];
}

void QualityCharts::show(const std::optional<RunQuality> &quality)
{
    std::size_t used = 0;
    const QString unit =
        currencySign(QString::fromStdString(m_context.session.settings().currency));
    for (const HeadQuality &head : quality ? quality->heads : std::vector<HeadQuality>{}) {
        if (head.kind == AnswerKind::Rank) {
            continue;
        }
        const bool chance = head.kind == AnswerKind::Chance;
        ChartCard *card = cardAt(used++);
        card->setTitle(
            chance ? tr("Calibration: %1").arg(headText(head.head))
                   : tr("Predicted and actual by tenths: %1").arg(headText(head.head)));
        card->setDefinition(
            chance
                ? tr("Users in ten classes of equal size by their predicted chance: its mean "
                     "against the share it came true for, with 95 % of Wilson's interval. On the "
                     "diagonal the chances are right.")
                : tr("Customers in ten groups of equal size by prediction: the mean prediction "
                     "beside the mean of what came."));
        card->setSpec(chance ? reliabilitySpec(head) : tenthsSpec(head, unit));
        card->setCaption(chance ? errorWords(head) : customersText(head.users));
    }
    for (std::size_t k = 0; k < m_cards.size(); ++k) {
        m_cards[k]->setVisible(k < used);
    }
    setVisible(used > 0);
}

} // namespace perennial
