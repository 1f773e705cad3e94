#include "ui/pages/lever_table.h"

#include "ui/widgets/labels.h"
#include "ui/wording/words.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr int kStepsPerUnit = 10;     // of a slider: a tenth of a point or percent
constexpr double kSliderReach = 50.0; // a slider reaches this far; the number beyond it is typed
constexpr double kWidestSpread = 100.0;
constexpr double kHighestCost = 1'000'000.0;

enum GridColumn { Name, Effect, Mean, Spread, Target, Cost };

double clampedEffect(const Lever &lever, double effect)
{
    return std::clamp(effect, std::max(lever.lowest(), -1000.0), std::min(lever.highest(), 1000.0));
}

} // namespace

QString leverText(std::string_view lever)
{
    if (lever == "retention") {
        return LeverTable::tr("Retention");
    }
    if (lever == "frequency") {
        return LeverTable::tr("Order frequency");
    }
    if (lever == "order_value") {
        return LeverTable::tr("Order value");
    }
    return QString::fromUtf8(lever.data(), static_cast<qsizetype>(lever.size()));
}

QString leverEffectText(LeverUnit unit)
{
    return unit == LeverUnit::Points ? LeverTable::tr(" pts") : QStringLiteral(" %");
}

QString leverDefinition(std::string_view lever)
{
    if (lever == "retention") {
        return LeverTable::tr("Share of the users active at t₀ who are still active at the end of the "
                              "horizon, in percentage points.");
    }
    if (lever == "frequency") {
        return LeverTable::tr("Orders per unit of time while a user is active, in percent.");
    }
    if (lever == "order_value") {
        return LeverTable::tr("Net revenue of an order, in percent.");
    }
    return {};
}

LeverTable::LeverTable(QWidget *parent) : QWidget(parent)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(Effect, 1);
    setUpHeader();
    for (const Lever *lever : perennial::levers()) {
        addRow(*lever);
    }
}

void LeverTable::setUpHeader()
{
    const auto add = [this](int column, const QString &text) {
        m_grid->addWidget(captionLabel(text, this), 0, column);
    };
    add(Name, tr("Lever"));
    add(Effect, tr("Effect"));
    add(Spread, tr("± spread (sd)"));
    add(Target, tr("On whom"));
    add(Cost, tr("Cost per user"));
}

void LeverTable::addRow(const Lever &lever)
{
    const int at = static_cast<int>(m_rows.size()) + 1;
    const QString name = leverText(lever.name());
    const QString unit = leverEffectText(lever.unit());
    Row row{&lever, new QSlider(Qt::Horizontal, this), new QDoubleSpinBox(this),
            new QDoubleSpinBox(this), new QComboBox(this), new QDoubleSpinBox(this), {}};
    QLabel *label = plainLabel(name, this);
    label->setToolTip(leverDefinition(lever.name()));

    const double low = clampedEffect(lever, -kSliderReach);
    const double high = clampedEffect(lever, kSliderReach);
    row.slider->setRange(static_cast<int>(low * kStepsPerUnit), static_cast<int>(high * kStepsPerUnit));
    row.slider->setSingleStep(kStepsPerUnit);
    row.slider->setPageStep(5 * kStepsPerUnit);
    row.slider->setMinimumWidth(90);
    row.slider->setAccessibleName(tr("%1: effect, slider").arg(name));
    row.mean->setRange(clampedEffect(lever, -1000.0), clampedEffect(lever, 1000.0));
    row.mean->setDecimals(1);
    row.mean->setSuffix(unit);
    row.mean->setAccessibleName(tr("%1: effect").arg(name));
    row.mean->setToolTip(leverDefinition(lever.name()));
    row.spread->setRange(0, kWidestSpread);
    row.spread->setDecimals(1);
    row.spread->setSuffix(unit);
    row.spread->setAccessibleName(tr("%1: spread of the effect").arg(name));
    row.spread->setToolTip(tr("Standard deviation of the effect: how unsure of it you are. 0 takes "
                              "it as certain."));
    row.target->addItem(tr("Everybody"));
    for (const Stage stage : kStages) {
        row.target->addItem(stageText(stage), static_cast<int>(stage));
    }
    row.target->setAccessibleName(tr("%1: on whom").arg(name));
    row.cost->setRange(0, kHighestCost);
    row.cost->setDecimals(2);
    row.cost->setPrefix(m_currency);
    row.cost->setAccessibleName(tr("%1: cost per user").arg(name));
    row.cost->setToolTip(tr("Paid once, at t₀, for every user it is aimed at."));

    const std::vector<QWidget *> widgets{label, row.slider, row.mean, row.spread, row.target, row.cost};
    for (std::size_t column = 0; column < widgets.size(); ++column) {
        m_grid->addWidget(widgets[column], at, static_cast<int>(column));
    }
    row.widgets = widgets;
    connect(row.slider, &QSlider::valueChanged, row.mean, [box = row.mean](int value) {
        // A typed value beyond the slider's reach is not pulled back by it.
        if (std::abs(box->value()) <= kSliderReach || std::abs(value) < kSliderReach * kStepsPerUnit) {
            box->setValue(static_cast<double>(value) / kStepsPerUnit);
        }
    });
    connect(row.mean, &QDoubleSpinBox::valueChanged, this, [this, slider = row.slider](double value) {
        slider->setValue(static_cast<int>(std::lround(value * kStepsPerUnit)));
        notify();
    });
    connect(row.spread, &QDoubleSpinBox::valueChanged, this, &LeverTable::notify);
    connect(row.target, &QComboBox::currentIndexChanged, this, &LeverTable::notify);
    connect(row.cost, &QDoubleSpinBox::valueChanged, this, &LeverTable::notify);
    m_rows.push_back(std::move(row));
}

void LeverTable::notify()
{
    if (!m_filling) {
        Q_EMIT changed();
    }
}

std::vector<LeverSpec> LeverTable::levers() const
{
    std::vector<LeverSpec> specs;
    for (const Row &row : m_rows) {
        LeverSpec spec;
        spec.lever = row.lever->name();
        spec.effect = {row.mean->value(), row.spread->value()};
        spec.costPerUser = row.cost->value();
        if (row.target->currentIndex() > 0) {
            spec.stage = static_cast<Stage>(row.target->currentData().toInt());
        }
        if (spec.effect.mean != 0 || spec.effect.sd != 0 || spec.costPerUser != 0) {
            specs.push_back(std::move(spec));
        }
    }
    return specs;
}

void LeverTable::fill(Row &row, const LeverSpec &spec)
{
    row.mean->setValue(spec.effect.mean);
    row.spread->setValue(spec.effect.sd);
    row.cost->setValue(spec.costPerUser);
    const int index = spec.stage ? row.target->findData(static_cast<int>(*spec.stage)) : 0;
    row.target->setCurrentIndex(std::max(index, 0));
}

void LeverTable::dropExtraRows()
{
    while (m_rows.size() > perennial::levers().size()) {
        for (QWidget *widget : m_rows.back().widgets) {
            delete widget;
        }
        m_rows.pop_back();
    }
}

void LeverTable::setLevers(const std::vector<LeverSpec> &specs)
{
    m_filling = true;
    dropExtraRows();
    for (Row &row : m_rows) {
        fill(row, {});
    }
    std::vector<bool> taken(m_rows.size(), false);
    for (const LeverSpec &spec : specs) {
        std::size_t at = 0;
        while (at < m_rows.size() && (taken[at] || m_rows[at].lever->name() != spec.lever)) {
            ++at;
        }
        if (at == m_rows.size()) {
            const Lever *lever = leverByName(spec.lever);
            if (!lever) {
                continue; // checkScenario has refused it before
            }
            addRow(*lever);
            taken.push_back(false);
        }
        fill(m_rows[at], spec);
        taken[at] = true;
    }
    m_filling = false;
}

void LeverTable::setCurrency(const QString &sign)
{
    m_currency = sign;
    for (Row &row : m_rows) {
        row.cost->setPrefix(sign);
    }
}

} // namespace perennial
