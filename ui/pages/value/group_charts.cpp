#include "ui/pages/value/group_figures.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ValueGroups)
};

QString factorText(ValueFactor factor)
{
    switch (factor) {
    case ValueFactor::CustomerShare:
        return Words::tr("share who ordered");
    case ValueFactor::PAlive:
        return Words::tr("P(alive)");
    case ValueFactor::OrdersWhileAlive:
        return Words::tr("order frequency");
    case ValueFactor::ValuePerOrder:
        break;
    }
    return Words::tr("value per order");
}

QString factorValueText(std::size_t factor, double value, const QString &currency)
{
    switch (static_cast<ValueFactor>(factor)) {
    case ValueFactor::CustomerShare:
    case ValueFactor::PAlive:
        return percentText(value);
    case ValueFactor::OrdersWhileAlive:
        return shortText(value);
    case ValueFactor::ValuePerOrder:
        break;
    }
    return shortMoneyText(value, currency);
}

} // namespace

ChartSpec groupChart(const GroupFigures &figures)
{
    ChartSpec spec;
    spec.empty = Words::tr("Nothing is known of this for any of the users.");
    if (!figures.known) {
        return spec;
    }
    const QString currency = QString::fromStdString(figures.label.currency);
    CategoryBars chart;
    chart.value.title =
        figures.predicted()
            ? Words::tr("Mean predicted value per user, next %1, %2")
                  .arg(daysText(figures.label.horizonDays), currencySign(currency))
            : Words::tr("Mean realised value per user, %1").arg(currencySign(currency));
    for (std::size_t i = 0; i < figures.groups.groups.size(); ++i) {
        const ValueGroup &group = figures.groups.groups[i];
        CategoryBar bar;
        bar.label = figures.names[static_cast<qsizetype>(i)];
        bar.value = figures.predicted() ? group.predicted : group.realised;
        bar.valueText = shortText(bar.value);
        bar.note = usersText(static_cast<qint64>(group.users.size()));
        bar.predicted = figures.predicted();
        chart.bars.push_back(std::move(bar));
    }
    spec.body = std::move(chart);
    return spec;
}

ChartSpec driverChart(const GroupFigures &figures, std::size_t group)
{
    ChartSpec spec;
    spec.empty = Words::tr("Nothing is predicted for these users.");
    if (group >= figures.groups.groups.size() || !figures.known) {
        return spec;
    }
    const ValueByGroup &all = figures.groups;
    const ValueGroup &chosen = all.groups[group];
    if (all.predicted == 0 && chosen.predicted == 0) {
        return spec;
    }
    const QString currency = QString::fromStdString(figures.label.currency);
    CategoryBars chart;
    chart.value.title = Words::tr("Mean predicted value per user, %1").arg(currencySign(currency));
    const auto total = [&](const QString &label, double value) {
        CategoryBar bar;
        bar.label = label;
        bar.value = value;
        bar.ink = Ink::Accent;
        bar.predicted = true;
        bar.valueText = shortText(value);
        chart.bars.push_back(std::move(bar));
    };
    total(Words::tr("all users"), all.predicted);
    double reached = all.predicted;
    for (std::size_t k = 0; k < kValueFactors; ++k) {
        CategoryBar bar;
        bar.label = factorText(static_cast<ValueFactor>(k));
        bar.from = reached;
        reached += chosen.drivers[k];
        bar.value = reached;
        bar.ink = chosen.drivers[k] >= 0 ? Ink::Good : Ink::Bad;
        bar.valueText = signedShortText(chosen.drivers[k]);
        bar.note = Words::tr("%1 → %2").arg(factorValueText(k, all.factors[k], currency),
                                            factorValueText(k, chosen.factors[k], currency));
        chart.bars.push_back(std::move(bar));
    }
    total(figures.names[static_cast<qsizetype>(group)], chosen.predicted);
    spec.body = std::move(chart);
    return spec;
}

} // namespace perennial
