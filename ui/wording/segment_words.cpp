#include "ui/wording/segment_words.h"

#include "core/base/dates.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SegmentWords", text);
}

bool isShare(SegmentFigure figure)
{
    return figure == SegmentFigure::ChurnRisk || figure == SegmentFigure::PAlive;
}

QString numberText(double value, bool share)
{
    return share ? percentText(value) : shortText(value);
}

/// "≥ 3 and < 5".
QString rangeText(const NumberRange &range, bool share)
{
    QStringList ends;
    if (range.from) {
        ends << QStringLiteral("≥ %1").arg(numberText(*range.from, share));
    }
    if (range.to) {
        ends << QStringLiteral("< %1").arg(numberText(*range.to, share));
    }
    return ends.join(tr(" and "));
}

QString orMissingText(bool orMissing)
{
    return orMissing ? tr(" or not known") : QString();
}

struct Words {
    QString operator()(const StageCondition &c) const
    {
        QStringList names;
        for (const Stage stage : c.stages) {
            names << stageText(stage);
        }
        return tr("stage = %1").arg(names.join(tr(" or ")));
    }
    QString operator()(const FigureCondition &c) const
    {
        return QStringLiteral("%1 %2%3").arg(segmentFigureText(c.figure),
                                             rangeText(c.range, isShare(c.figure)),
                                             orMissingText(c.orMissing));
    }
    QString operator()(const PercentileCondition &c) const
    {
        const QString figure = segmentFigureText(c.figure);
        if (c.to == 100) {
            return tr("%1: top %2").arg(figure, percentText((100 - c.from) / 100));
        }
        return c.from == 0 ? tr("%1: lowest %2").arg(figure, percentText(c.to / 100))
                           : tr("%1: percentiles %2 to %3")
                                 .arg(figure, shortText(c.from), shortText(c.to));
    }
    QString operator()(const AttributeCondition &c) const
    {
        const QString name = QString::fromStdString(c.name);
        QStringList values;
        for (const std::string &value : c.values) {
            values << QString::fromStdString(value);
        }
        if (!values.empty()) {
            return QStringLiteral("%1 = %2%3").arg(name, values.join(tr(" or ")),
                                                   orMissingText(c.orMissing));
        }
        return c.range.from || c.range.to
                   ? QStringLiteral("%1 %2%3").arg(name, rangeText(c.range, false),
                                                   orMissingText(c.orMissing))
                   : tr("%1 not known").arg(name);
    }
    QString operator()(const BehaviorCondition &c) const
    {
        QString what = eventKindText(c.kind);
        if (c.category) {
            what = tr("%1 of %2").arg(what, QString::fromStdString(*c.category));
        }
        const QString window = c.days ? tr(" in the last %1 days").arg(*c.days) : QString();
        if (c.atMost == 0) {
            return tr("no %1%2").arg(what, window);
        }
        const QString least = QStringLiteral("≥ %1").arg(c.atLeast);
        const QString times = c.atMost ? QStringLiteral("%1–%2").arg(c.atLeast).arg(*c.atMost) : least;
        return QStringLiteral("%1 × %2%3").arg(times, what, window);
    }
    QString operator()(const CohortCondition &c) const
    {
        const QString days = QStringLiteral("%1 … %2").arg(dayText(c.from), dayText(c.to - 1));
        return c.anchor == CohortCondition::Anchor::FirstOrder ? tr("first order %1").arg(days)
                                                               : tr("first seen %1").arg(days);
    }
    QString operator()(const CampaignCondition &c) const
    {
        return tr("in campaign %1").arg(QString::fromStdString(c.key));
    }
    QString operator()(const UsersCondition &c) const
    {
        return c.keys.size() == 1 ? tr("user %1").arg(QString::fromStdString(c.keys.front()))
                                  : tr("%1 chosen users").arg(countText(std::ssize(c.keys)));
    }
};

QString joined(const SegmentRule &rule, const QString &between)
{
    QStringList parts;
    for (const SegmentRule &part : *rule.parts()) {
        parts << segmentPartText(part);
    }
    return parts.join(between);
}

} // namespace

QString segmentFigureText(SegmentFigure figure)
{
    switch (figure) {
    case SegmentFigure::Orders: return tr("Orders");
    case SegmentFigure::DaysSinceOrder: return tr("Days since the last order");
    case SegmentFigure::DaysSinceActivity: return tr("Days since the last activity");
    case SegmentFigure::Realised: return tr("Realised revenue");
    case SegmentFigure::PAlive: return tr("P(alive)");
    case SegmentFigure::ChurnRisk: return tr("Churn risk");
    case SegmentFigure::ExpectedOrders: return tr("Expected orders");
    case SegmentFigure::PredictedValue: return tr("Predicted value");
    case SegmentFigure::Ltv: return tr("LTV");
    case SegmentFigure::BehaviorValue: return tr("Value by the behaviour model");
    }
    return {};
}

QString segmentPartText(const SegmentRule &rule)
{
    if (const auto *condition = rule.condition()) {
        const QString text = std::visit(Words(), *condition);
        return rule.negated ? tr("not %1").arg(text) : text;
    }
    QString text = rule.any ? tr("nobody") : tr("everybody");
    if (!rule.parts()->empty()) {
        text = QStringLiteral("(%1)").arg(joined(rule, rule.any ? tr(" or ") : tr(" and ")));
    }
    return rule.negated ? tr("not %1").arg(text) : text;
}

QString segmentText(const SegmentRule &rule)
{
    const bool isList = rule.parts() && !rule.any && !rule.negated;
    if (!isList) {
        return segmentPartText(rule);
    }
    return rule.parts()->empty() ? tr("All users") : joined(rule, QStringLiteral(", "));
}

} // namespace perennial
