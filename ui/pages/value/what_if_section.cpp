#include "ui/pages/value/what_if_section.h"

#include "core/value/saved_fit.h"
#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/value/check_figures.h"
#include "ui/pages/value/model_section.h"
#include "ui/pages/value/value_figures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

const QString kBaseGroup = QStringLiteral("value-what-if-base");
const QString kGroup = QStringLiteral("value-what-if");
constexpr int kSteps = 100; ///< of a slider to either side
constexpr double kStandardErrors = 3.0;
const double kLeastReach = std::log(4.0);
constexpr int kHeight = 330;
constexpr int kSliderHeight = 24;

LineSeries series(const QString &name, Ink ink, const std::vector<double> &y)
{
    LineSeries line;
    line.name = name;
    line.ink = ink;
    line.y = y;
    return line;
}

std::vector<double> perPeriod(std::vector<double> cumulative)
{
    for (std::size_t i = cumulative.size(); i-- > 1;) {
        cumulative[i] -= cumulative[i - 1];
    }
    return cumulative;
}

ChartSpec histogramChart(const WhatIfBase &base, const WhatIfOutcome &fitted,
                         const WhatIfOutcome &moved)
{
    LineChart chart;
    chart.x.title = WhatIfSection::tr("Repeat orders (%1 = more than %2)")
                        .arg(base.mostOrders + 1)
                        .arg(base.mostOrders);
    chart.x.whole = true;
    chart.y.title = WhatIfSection::tr("Customers");
    chart.yFromZero = true;
    chart.series = {series(WhatIfSection::tr("as fitted"), Ink::Quiet, fitted.histogram),
                    series(WhatIfSection::tr("what if"), Ink::Accent, moved.histogram),
                    series(WhatIfSection::tr("observed"), Ink::Text, base.observedHistogram)};
    for (LineSeries &line : chart.series) {
        line.points = line.ink != Ink::Quiet;
        for (std::size_t i = 0; i < line.y.size(); ++i) {
            line.x.push_back(static_cast<double>(i));
        }
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

ChartSpec repeatsChart(const WhatIfBase &base, const WhatIfOutcome &fitted,
                       const WhatIfOutcome &moved)
{
    LineChart chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = base.tracking.periodDays == 7 ? WhatIfSection::tr("Repeat orders per week")
                                                  : WhatIfSection::tr("Repeat orders per 4 weeks");
    chart.yFromZero = true;
    chart.series = {
        series(WhatIfSection::tr("as fitted"), Ink::Quiet, perPeriod(fitted.repeats)),
        series(WhatIfSection::tr("what if"), Ink::Accent, perPeriod(moved.repeats)),
        series(WhatIfSection::tr("observed"), Ink::Text, perPeriod(base.tracking.actual))};
    for (LineSeries &line : chart.series) {
        line.x.assign(base.tracking.day.begin(),
                      base.tracking.day.begin() + static_cast<std::ptrdiff_t>(line.y.size()));
    }
    chart.markX = base.tracking.calibrationEnd;
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

} // namespace

Result<WhatIfStart> readWhatIfStart(const Project &project, const Task &task)
{
    const auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    if (label->valueRun == 0) {
        return fail(ErrorCode::NotTrained, "bg-nbd", project.path().string());
    }
    const auto saved = readSavedFit(project, label->valueRun);
    if (!saved) {
        return saved.error();
    }
    const auto history = readOrderHistory(project, label->snapshot, task);
    if (!history) {
        return history.error();
    }
    auto base = std::make_shared<WhatIfBase>();
    base->frequency = saved->fit;
    base->spend.reportedModel = base->options.spendModel;
    if (const auto run = readChampion(project, base->options.spendModel);
        run && run->until == saved->run.until) {
        if (const auto spend = readSavedFit(project, run->id)) {
            base->spend = spend->fit;
        }
    }
    base->options.frequencyModel = saved->fit.model;
    base->options.until = label->snapshot;
    base->options.horizonDays = label->horizonDays;
    base->options.margin = label->margin;
    base->options.discountPerYear = label->discountPerYear;
    base->options.period = saved->customers.period;
    base->options.firstPurchaseInSpend = saved->customers.firstPurchaseInSpend;
    base->customers = customersFor(*history, base->options);
    base->mostOrders = kMaxRepeatOrders;
    base->observedHistogram = repeatHistogram(base->customers, base->mostOrders);
    const Day until = label->snapshot + label->horizonDays;
    auto tracking =
        trackRepeats(*history, base->customers, base->frequency, label->snapshot, until,
                     trackedPeriodDays(until - history->firstDay().value_or(until)), task);
    if (!tracking) {
        return tracking.error();
    }
    base->tracking = *std::move(tracking);
    auto fitted = computeWhatIf(*base, base->frequency.parameters, base->spend.parameters, task);
    if (!fitted) {
        return fitted.error();
    }
    return WhatIfStart{std::move(base), *std::move(fitted)};
}

double WhatIfSection::Row::current() const
{
    return slider->value() == 0
               ? fitted
               : fitted * std::exp(reach * static_cast<double>(slider->value()) / kSteps);
}

WhatIfSection::WhatIfSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    setUpSliders();
    m_repeats = makeChart(
        tr("Repeat orders, what if"),
        tr("Customers by repeat orders up to the snapshot date: observed, as the fit expects, and "
           "as the model would with the parameters at the left."));
    m_tracking = makeChart(
        tr("Repeat orders per period, what if"),
        tr("Repeat orders of today's customers per period: observed, as the fit expects, and as "
           "the "
           "model would with the parameters at the left; after the snapshot date, predicted."));
    for (Card *card : std::initializer_list<Card *>{m_sliders, m_repeats, m_tracking}) {
        card->setMinimumHeight(kHeight);
    }
    chooser().byMarks(m_repeats, [](int, int count) { return usersOfRepeatOrders(count); });
    chooser().byMarks(m_tracking, [this](int series, int index) -> UsersBehind {
        return m_base ? trackedUsers({m_base, &m_base->customers}, m_base->tracking,
                                     TrackedSpan::Period, m_tracking->view().spec(), series, index)
                      : std::nullopt;
    });
    addRow({{m_sliders, 1}, {m_repeats, 1}, {m_tracking, 1}});
}

void WhatIfSection::setUpSliders()
{
    m_sliders = new Card(tr("What if"));
    m_sliders->setDefinition(tr(
        "Each slider multiplies a fitted parameter, by up to three standard errors of its "
        "logarithm or a factor of 4, whichever is more. Everything at the right is computed anew "
        "for the same customers. This is a what-if: nothing is saved, and no figure elsewhere "
        "changes."));
    m_total = plainLabel();
    m_total->setWordWrap(true);
    m_sliders->body()->addWidget(m_total);
    m_panel = new QWidget;
    m_grid = new QGridLayout(m_panel);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(2 * kGap);
    m_grid->setColumnStretch(1, 1);
    m_sliders->body()->addWidget(m_panel);
    m_sliders->body()->addStretch(1);
    m_reset = pushButton(tr("Reset to the fit"));
    connect(m_reset, &QPushButton::clicked, this, &WhatIfSection::reset);
    m_sliders->tools()->addWidget(m_reset);
}

void WhatIfSection::refresh()
{
    m_sliders->setBusy(true);
    read<WhatIfStart>(
        tr("What if"), kBaseGroup,
        [](Project &project, const Task &task) { return readWhatIfStart(project, task); },
        [this](Result<WhatIfStart> start) {
            m_sliders->setBusy(false);
            if (start) {
                adopt(*std::move(start));
            } else if (start.error().code != ErrorCode::Cancelled) {
                m_base.reset();
                clearRows();
                showLack(noModelText(start.error()));
            }
        });
}

void WhatIfSection::clearRows()
{
    m_rows.clear();
    qDeleteAll(m_panel->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
}

void WhatIfSection::adopt(WhatIfStart start)
{
    context().jobs.cancelGroup(kGroup);
    m_base = std::move(start.base);
    m_fitted = std::move(start.fitted);
    clearRows();
    std::size_t line = 0;
    addRows(m_base->frequency, line);
    addRows(m_base->spend, line);
    m_reset->setEnabled(true);
    show(m_fitted);
}

void WhatIfSection::addRows(const ModelFit &fit, std::size_t &line)
{
    for (std::size_t i = 0; i < fit.parameters.size(); ++i, ++line) {
        Row row;
        row.fitted = fit.parameters[i];
        row.reach = kLeastReach;
        if (i < fit.logStandardErrors.size()) {
            row.reach = std::clamp(kStandardErrors * fit.logStandardErrors[i], kLeastReach,
                                   4.0 * kLeastReach);
        }
        const QString name = QString::fromStdString(fit.names[i]);
        const bool whole = fit.names[i] == "k"; // of regular buyers: steps, not a scale
        row.slider = new QSlider(Qt::Horizontal, m_panel);
        row.slider->setRange(-kSteps, kSteps);
        row.slider->setPageStep(10);
        row.slider->setEnabled(!whole);
        row.slider->setMinimumHeight(kSliderHeight);
        row.slider->setAccessibleName(tr("%1 of %2").arg(name, modelText(fit.reportedModel)));
        row.value = plainLabel(shortText(row.fitted), m_panel);
        row.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row.value->setMinimumWidth(
            row.value->fontMetrics().horizontalAdvance(QStringLiteral("0.00000 k")));
        row.value->setToolTip(tr("As fitted: %1").arg(fullText(row.fitted, 4)));
        QLabel *label = plainLabel(name, m_panel);
        label->setToolTip(row.slider->accessibleName());
        const int at = static_cast<int>(line);
        m_grid->addWidget(label, at, 0);
        m_grid->addWidget(row.slider, at, 1);
        m_grid->addWidget(row.value, at, 2);
        connect(row.slider, &QSlider::valueChanged, this, &WhatIfSection::compute);
        m_rows.push_back(row);
    }
}

void WhatIfSection::reset()
{
    for (const Row &row : m_rows) {
        const QSignalBlocker quiet(row.slider);
        row.slider->setValue(0);
    }
    compute();
}

void WhatIfSection::compute()
{
    if (!m_base) {
        return;
    }
    std::vector<double> values;
    for (const Row &row : m_rows) {
        values.push_back(row.current());
        row.value->setText(shortText(values.back()));
    }
    const auto spendFrom = static_cast<std::ptrdiff_t>(m_base->frequency.parameters.size());
    context().jobs.start<WhatIfOutcome>(
        tr("What if"),
        [base = m_base, frequency = std::vector<double>(values.begin(), values.begin() + spendFrom),
         spend = std::vector<double>(values.begin() + spendFrom, values.end())](const Task &task) {
            return computeWhatIf(*base, frequency, spend, task);
        },
        this,
        [this, base = m_base](Result<WhatIfOutcome> outcome) {
            if (base != m_base) {
                return; // of another project, or of what was scored before
            }
            if (outcome) {
                show(*outcome);
            } else if (outcome.error().code != ErrorCode::Cancelled) {
                showLack(outcome.error().code == ErrorCode::NotFinite
                             ? tr("With these parameters the model gives no finite number.")
                             : errorText(outcome.error()));
            }
        },
        kGroup, JobVisibility::Quiet);
}

void WhatIfSection::show(const WhatIfOutcome &outcome)
{
    const QString currency = QString::fromStdString(session().label()->currency);
    const double before = m_fitted.predictedTotal;
    QStringList lines{
        tr("Predicted value, next %1: %2")
            .arg(daysText(m_base->options.horizonDays),
                 shortMoneyText(outcome.predictedTotal, currency)),
        tr("as fitted: %1 (%2)")
            .arg(shortMoneyText(before, currency),
                 before != 0 ? signedPercentText(outcome.predictedTotal / before - 1) : kMissing),
        tr("Orders: %1 · mean P(alive): %2")
            .arg(shortText(outcome.expectedOrders), percentText(outcome.meanPAlive))};
    m_total->setText(lines.join(QLatin1Char('\n')));
    m_sliders->setCaption(
        tr("A what-if of %1: nothing is saved.").arg(modelText(m_base->frequency.reportedModel)));
    m_repeats->setSpec(histogramChart(*m_base, m_fitted, outcome));
    m_tracking->setSpec(repeatsChart(*m_base, m_fitted, outcome));
    const QString whose =
        tr("%1.").arg(customersText(static_cast<qint64>(m_base->customers.size())));
    m_repeats->setCaption(whose);
    m_tracking->setCaption(whose + QLatin1Char(' ') +
                           tr("Dashed: the snapshot, %1.").arg(dayText(*m_base->options.until)));
}

void WhatIfSection::showLack(const QString &text)
{
    m_total->setText(text);
    m_reset->setEnabled(m_base != nullptr);
    m_sliders->setCaption({});
    for (ChartCard *card : {m_repeats, m_tracking}) {
        card->setSpec(sentence(text));
        card->setCaption({});
    }
}

} // namespace perennial
