#include "ui/pages/trust/trust_rows.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TrustRows)
};

using Kind = TableColumn::Kind;
using Tone = MarkedCell::Tone;

QVariant orMissing(std::optional<double> value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant cell(const QString &text, const QVariant &value, Tone tone, const QString &tip = {})
{
    return QVariant::fromValue(MarkedCell{text, value, tone, tip});
}

TableModel::Row groupRow(const QString &name, const GroupCalibration &group, Tone tone)
{
    const QString tip = group.isSmall ? Words::tr("Few customers: its figures say little.")
                                      : QString();
    const auto plain = [&](std::optional<double> value, int decimals) {
        return value ? cell(fullText(*value, decimals), *value, tone, tip) : QVariant();
    };
    const auto percent = [&](std::optional<double> value) {
        return value ? cell(percentText(*value), *value, tone, tip) : QVariant();
    };
    QVariant ratio;
    if (group.ratio) {
        QString text = fullText(*group.ratio, 2);
        if (group.ratioInterval) {
            text += QStringLiteral(" [%1, %2]").arg(fullText(group.ratioInterval->lower, 2),
                                                    fullText(group.ratioInterval->upper, 2));
        }
        ratio = cell(text, *group.ratio, tone, tip);
    }
    QString verdict;
    if (group.ratioInterval && !group.isSmall) {
        verdict = group.ratioInterval->contains(1.0) ? Words::tr("✓ as far as noise allows")
                  : *group.ratio > 1.0               ? Words::tr("! too high")
                                                     : Words::tr("! too low");
    } else if (group.isSmall) {
        verdict = Words::tr("few customers");
    }
    return {cell(name, name, tone, tip),
            cell(countText(group.customers), QVariant::fromValue<qint64>(group.customers), tone,
                 tip),
            plain(group.predicted, 0),
            plain(group.actual, 0),
            ratio,
            cell(verdict, verdict.isEmpty() ? QVariant() : verdict, tone, tip),
            percent(group.maeOverMean),
            percent(group.churnError)};
}

TableModel::Row plainRow(const QString &name, const GroupCalibration &group)
{
    const auto bound = [&](double Interval::*end) {
        return group.ratioInterval ? QVariant((*group.ratioInterval).*end) : QVariant();
    };
    return {name,
            QVariant::fromValue<qint64>(group.customers),
            group.predicted,
            group.actual,
            orMissing(group.ratio),
            bound(&Interval::lower),
            bound(&Interval::upper),
            orMissing(group.maeOverMean),
            orMissing(group.churnError)};
}

} // namespace

QString groupText(const std::string &name)
{
    return name.empty() ? Words::tr("not known") : QString::fromStdString(name);
}

std::vector<TableColumn> calibrationColumns(const QString &currency)
{
    // Before there is a project the table already stands there, without a currency.
    const auto money = [&](const QString &what) {
        return currency.isEmpty() ? what : QStringLiteral("%1, %2").arg(what, currency);
    };
    return {{Words::tr("Group"), Kind::Text},
            {Words::tr("Customers"), Kind::Count},
            {money(Words::tr("Predicted")), Kind::Number},
            {money(Words::tr("Actual")), Kind::Number},
            {Words::tr("Predicted / actual"), Kind::Number},
            {Words::tr("Level"), Kind::Text},
            {Words::tr("MAE / mean"), Kind::Percent},
            {Words::tr("ECE of churn"), Kind::Percent}};
}

std::vector<TableModel::Row> calibrationRows(const CalibrationResult &result,
                                             const std::vector<std::string> &names)
{
    std::vector<TableModel::Row> rows{
        groupRow(Words::tr("All customers"), result.all, Tone::Strong)};
    for (std::size_t g = 0; g < result.groups.size() && g < names.size(); ++g) {
        const GroupCalibration &group = result.groups[g];
        rows.push_back(
            groupRow(groupText(names[g]), group, group.isSmall ? Tone::Quiet : Tone::Plain));
    }
    return rows;
}

PlainTable calibrationTable(const CalibrationResult &result, const std::vector<std::string> &names)
{
    PlainTable table;
    table.header = {"group",       "customers",     "predicted",
                    "actual",      "ratio",         "ratio_lower",
                    "ratio_upper", "mae_over_mean", "churn_calibration_error"};
    table.rows.push_back(plainRow(QString(), result.all));
    for (std::size_t g = 0; g < result.groups.size() && g < names.size(); ++g) {
        table.rows.push_back(plainRow(groupText(names[g]), result.groups[g]));
    }
    return table;
}

std::vector<TableColumn> driftColumns()
{
    return {{Words::tr("Parameter"), Kind::Text},
            {Words::tr("Earlier"), Kind::Number, 4},
            {Words::tr("Now"), Kind::Number, 4},
            {Words::tr("Change, standard errors"), Kind::Number, 1},
            {Words::tr("Verdict"), Kind::Text}};
}

std::vector<TableModel::Row> driftRows(const std::vector<ParameterDrift> &drift)
{
    constexpr double kMostFixed = 1e4;
    const bool fixed = std::ranges::all_of(drift, [](const ParameterDrift &one) {
        return std::abs(one.earlier) < kMostFixed && std::abs(one.now) < kMostFixed;
    });
    // At a boundary an estimate may have nine digits, beside one of 0.5.
    const auto estimate = [fixed](double value) {
        return cell(fixed ? fullText(value, 4) : shortText(value), value, Tone::Plain,
                    fullText(value, 6));
    };
    std::vector<TableModel::Row> rows;
    for (const ParameterDrift &one : drift) {
        rows.push_back({QString::fromStdString(one.name),
                        estimate(one.earlier),
                        estimate(one.now),
                        orMissing(one.change),
                        !one.change ? Words::tr("no standard errors")
                        : one.moved ? Words::tr("! moved by more than noise")
                                    : Words::tr("✓ noise")});
    }
    return rows;
}

PlainTable driftTable(const std::vector<ParameterDrift> &drift)
{
    PlainTable table;
    table.header = {"parameter", "earlier", "now", "change_standard_errors", "moved"};
    for (const ParameterDrift &one : drift) {
        table.rows.push_back({QString::fromStdString(one.name), one.earlier, one.now,
                              orMissing(one.change),
                              QVariant::fromValue<qint64>(one.moved ? 1 : 0)});
    }
    return table;
}

QString driftText(const std::vector<ParameterDrift> &drift)
{
    QStringList moved;
    bool known = false;
    for (const ParameterDrift &one : drift) {
        known = known || one.change;
        if (one.moved) {
            moved << Words::tr("%1 %2 (%3 standard errors)")
                         .arg(QString::fromStdString(one.name),
                              one.now > one.earlier ? Words::tr("rose") : Words::tr("fell"),
                              fullText(std::abs(*one.change), 1));
        }
    }
    if (!known) {
        return Words::tr("One of these fits has no standard errors, as at a boundary: whether a change "
                         "is more than noise cannot be told.");
    }
    return moved.isEmpty()
               ? Words::tr("No parameter has moved by more than noise.")
               : Words::tr("Moved by more than noise: %1. Customers of now behave differently, or "
                           "the data have changed.")
                     .arg(moved.join(QStringLiteral(", ")));
}

} // namespace perennial
