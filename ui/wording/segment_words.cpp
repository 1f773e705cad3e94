#include "ui/wording/segment_words.h"

#include "core/base/dates.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <map>

namespace perennial {

namespace {

const QString kNotSaid = QStringLiteral("…"); ///< in place of what a condition still lacks

QString tr(const char *text)
{
    return QCoreApplication::translate("SegmentWords", text);
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
    return ends.empty() ? kNotSaid : ends.join(tr(" and "));
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
        return tr("stage = %1").arg(names.empty() ? kNotSaid : names.join(tr(" or ")));
    }
    QString operator()(const FigureCondition &c) const
    {
        return QStringLiteral("%1 %2%3").arg(segmentFigureText(c.figure),
                                             rangeText(c.range, isShareFigure(c.figure)),
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
        const bool hasRange = c.range.from || c.range.to;
        return !hasRange && c.orMissing
                   ? tr("%1 not known").arg(name)
                   : QStringLiteral("%1 %2%3").arg(name, rangeText(c.range, false),
                                                   orMissingText(c.orMissing));
    }
    QString operator()(const BehaviorCondition &c) const
    {
        return c.atMost == 0 ? none(c) : QStringLiteral("%1 × %2").arg(times(c), what(c));
    }
    QString operator()(const CohortCondition &c) const
    {
        const QString days = QStringLiteral("%1 … %2").arg(dayText(c.from), dayText(c.to - 1));
        return c.anchor == CohortCondition::Anchor::FirstOrder ? tr("first order %1").arg(days)
                                                               : tr("first seen %1").arg(days);
    }
    QString operator()(const CampaignCondition &c) const
    {
        return tr("in campaign %1").arg(c.key.empty() ? kNotSaid : QString::fromStdString(c.key));
    }
    QString operator()(const UsersCondition &c) const
    {
        return c.keys.size() == 1 ? tr("user %1").arg(QString::fromStdString(c.keys.front()))
                                  : tr("%1 chosen users").arg(countText(std::ssize(c.keys)));
    }

    /// Everybody but those who meet it.
    QString others(const SegmentRule::Condition &condition) const
    {
        const auto *c = std::get_if<BehaviorCondition>(&condition);
        if (c && c->atMost == 0) {
            return QStringLiteral("≥ 1 × %1").arg(what(*c));
        }
        if (c && !c->atMost && c->atLeast > 0) {
            return c->atLeast == 1 ? none(*c)
                                   : QStringLiteral("< %1 × %2").arg(c->atLeast).arg(what(*c));
        }
        return tr("not %1").arg(std::visit(*this, condition));
    }

private:
    /// "Purchase of tea in the last 30 days"
    static QString what(const BehaviorCondition &c)
    {
        const QString kind = eventKindText(c.kind);
        const QString of =
            c.category ? tr("%1 of %2").arg(kind, QString::fromStdString(*c.category)) : kind;
        return c.days ? tr("%1 in the last %2").arg(of, daysText(*c.days)) : of;
    }
    static QString none(const BehaviorCondition &c) { return tr("no %1").arg(what(c)); }
    static QString times(const BehaviorCondition &c)
    {
        if (!c.atMost) {
            return QStringLiteral("≥ %1").arg(c.atLeast);
        }
        return c.atLeast == *c.atMost ? QString::number(c.atLeast)
                                      : QStringLiteral("%1–%2").arg(c.atLeast).arg(*c.atMost);
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

/// What checkSegment and segmentFromJson name what is wrong, and what to do.
const std::map<std::string, const char *> &problemTexts()
{
    static const std::map<std::string, const char *> texts{
        {"stages", QT_TRANSLATE_NOOP("SegmentWords", "no stage is named: name one or more of acquired, "
                                                     "active, retained, converted, loyal, dormant, "
                                                     "churned")},
        {"range", QT_TRANSLATE_NOOP("SegmentWords", "the range has no end, or its ends are not in "
                                                    "order: give numbers, the first below the second")},
        {"name", QT_TRANSLATE_NOOP("SegmentWords", "no attribute is named: choose one")},
        {"values", QT_TRANSLATE_NOOP("SegmentWords", "nothing is asked of the attribute: give values, "
                                                     "or a range, not both")},
        {"days", QT_TRANSLATE_NOOP("SegmentWords", "the days are no whole number from 1 up")},
        {"count", QT_TRANSLATE_NOOP("SegmentWords", "“at most” is below “at least”, or a number is "
                                                    "negative")},
        {"key", QT_TRANSLATE_NOOP("SegmentWords", "no campaign is named: choose one")},
        {"keys", QT_TRANSLATE_NOOP("SegmentWords", "a user's key is no text")},
        {"category", QT_TRANSLATE_NOOP("SegmentWords", "the category is no text")},
        {"depth", QT_TRANSLATE_NOOP("SegmentWords", "groups lie too deep within one another: "
                                                    "16 is the most")},
        {"parts", QT_TRANSLATE_NOOP("SegmentWords", "the rule has too many parts: 1000 is the most")},
        {"json", QT_TRANSLATE_NOOP("SegmentWords", "this is no JSON: choose a file that was exported "
                                                   "from a segment")},
        {"object", QT_TRANSLATE_NOOP("SegmentWords", "a part of a rule has to be an object, as "
                                                     "{\"stage\": [\"loyal\"]}")},
        {"condition", QT_TRANSLATE_NOOP("SegmentWords", "none of stage, figure, percentile, attribute, "
                                                        "events, cohort, campaign, users, all, any is "
                                                        "asked for")}};
    return texts;
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

bool isShareFigure(SegmentFigure figure) noexcept
{
    return figure == SegmentFigure::ChurnRisk || figure == SegmentFigure::PAlive;
}

QString segmentPartText(const SegmentRule &rule)
{
    if (const auto *condition = rule.condition()) {
        return rule.negated ? Words().others(*condition) : std::visit(Words(), *condition);
    }
    QString text = rule.any ? tr("nobody") : tr("everybody");
    if (!rule.parts()->empty()) {
        text = QStringLiteral("(%1)").arg(joined(rule, rule.any ? tr(" or ") : tr(" and ")));
    }
    return rule.negated ? tr("not %1").arg(text) : text;
}

QString segmentProblemText(const std::string &problem)
{
    const auto found = problemTexts().find(problem);
    return found != problemTexts().end()
               ? tr(found->second)
               : tr("“%1” is not what belongs there, or has a wrong value")
                     .arg(QString::fromStdString(problem));
}

QString segmentErrorText(const Error &error)
{
    const bool isOfRule =
        error.code == ErrorCode::InvalidArgument ||
        (error.code == ErrorCode::BadData && problemTexts().contains(error.detail));
    if (!isOfRule) {
        return errorText(error);
    }
    const QString detail = QString::fromStdString(error.detail);
    const QString where = QString::fromStdString(error.where);
    const QString personal = QStringLiteral("personal: ");
    if (where == QLatin1String("attribute") && detail.startsWith(personal)) {
        return tr("“%1” is a personal attribute: it would stand in reports, so users can't be chosen "
                  "by it.")
            .arg(detail.mid(personal.size()));
    }
    if (where == QLatin1String("attribute")) {
        return tr("This project has no user attribute “%1”.").arg(detail);
    }
    if (where == QLatin1String("campaign")) {
        return tr("This project has no campaign “%1”.").arg(detail);
    }
    const QString what = segmentProblemText(error.detail);
    return where.isEmpty() ? what : QStringLiteral("%1: %2").arg(where, what);
}

QString segmentText(const SegmentRule &rule)
{
    const bool isList = rule.parts() && !rule.any && !rule.negated;
    if (!isList) {
        return segmentPartText(rule);
    }
    return rule.parts()->empty() ? tr("All users") : joined(rule, QStringLiteral(", "));
}

QString segmentShortText(const SegmentRule &rule)
{
    constexpr qsizetype kMostLetters = 300;
    const QString text = segmentText(rule);
    return text.size() <= kMostLetters ? text : text.left(kMostLetters) + QStringLiteral(" …");
}

} // namespace perennial
