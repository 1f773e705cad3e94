#include "ui/wording/cleaning_words.h"

#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CleaningWords)
};

QString tr(const char *text)
{
    return Words::tr(text);
}

QString kindList(const std::vector<EventKind> &kinds)
{
    QStringList names;
    for (const EventKind kind : kinds) {
        names << eventKindText(kind).toLower();
    }
    return names.join(QStringLiteral(", "));
}

QString keyList(const KeyList &list)
{
    constexpr std::size_t kShown = 4;
    QStringList parts;
    const auto add = [&](const std::vector<std::string> &texts, const QString &shape) {
        for (std::size_t k = 0; k < std::min(texts.size(), kShown); ++k) {
            parts << shape.arg(QString::fromStdString(texts[k]));
        }
        if (texts.size() > kShown) {
            parts << tr("%1 more").arg(countText(static_cast<qint64>(texts.size() - kShown)));
        }
    };
    add(list.keys, QStringLiteral("%1"));
    add(list.prefixes, QStringLiteral("%1…"));
    add(list.patterns, QStringLiteral("%1"));
    return parts.join(QStringLiteral(", "));
}

QString actionText(CleaningAction action)
{
    return action == CleaningAction::Cap ? tr("capped") : tr("set aside");
}

struct RuleText {
    QString operator()(const DuplicateRule &rule) const
    {
        switch (rule.same) {
        case DuplicateRule::Same::UserTimeItem:
            return tr("same user, kind, time and item as an earlier event");
        case DuplicateRule::Same::Amount:
            return tr("same user, kind, time, item and amount as an earlier event");
        case DuplicateRule::Same::Row:
            return tr("the same as an earlier event in every column");
        }
        return {};
    }
    QString operator()(const MissingItemRule &rule) const
    {
        return tr("%1 without an item").arg(kindList(rule.kinds));
    }
    QString operator()(const MissingOrderRule &rule) const
    {
        return tr("%1 without an order number").arg(kindList(rule.kinds));
    }
    QString operator()(const AmountOutlierRule &rule) const
    {
        const QString side = rule.side == AmountOutlierRule::Side::High  ? tr("above %1")
                             : rule.side == AmountOutlierRule::Side::Low ? tr("below −%1")
                                                                         : tr("beyond ±%1");
        return tr("%1 amounts, robust z %2 (%3), %4")
            .arg(eventKindText(rule.of).toLower(), side.arg(shortText(rule.cutoff)),
                 rule.logScale ? tr("of their logarithms") : tr("of the amounts themselves"),
                 actionText(rule.action));
    }
    QString operator()(const AmountQuantileRule &rule) const
    {
        return tr("%1 amounts outside the quantiles %2 to %3, %4")
            .arg(eventKindText(rule.of).toLower(), percentText(rule.lower), percentText(rule.upper),
                 actionText(rule.action));
    }
    QString operator()(const FutureTimeRule &rule) const
    {
        return rule.after ? tr("later than %1").arg(timeText(*rule.after))
                          : tr("later than the import that brought them");
    }
    QString operator()(const BeforeTimeRule &rule) const
    {
        return tr("earlier than %1").arg(timeText(rule.before));
    }
    QString operator()(const NegativePriceRule &) const
    {
        return tr("purchases with an amount below 0");
    }
    QString operator()(const ZeroPriceRule &) const
    {
        return tr("purchases with an amount of 0, or without one");
    }
    QString operator()(const ItemCodesRule &rule) const { return keyList(rule.list); }
    QString operator()(const TestUsersRule &rule) const { return keyList(rule.list); }
    QString operator()(const FrequentUsersRule &rule) const
    {
        return tr("users with more than %1 on one day").arg(eventsText(rule.perDay));
    }
};

} // namespace

QString cleaningKindText(CleaningKind kind)
{
    switch (kind) {
    case CleaningKind::Duplicate:
        return tr("Duplicates");
    case CleaningKind::MissingItem:
        return tr("Missing item");
    case CleaningKind::MissingOrder:
        return tr("Missing order");
    case CleaningKind::AmountOutlier:
        return tr("Outlying amounts");
    case CleaningKind::AmountQuantile:
        return tr("Amounts beyond quantiles");
    case CleaningKind::FutureTime:
        return tr("Times in the future");
    case CleaningKind::BeforeTime:
        return tr("Times too early");
    case CleaningKind::NegativePrice:
        return tr("Negative prices");
    case CleaningKind::ZeroPrice:
        return tr("Prices of zero");
    case CleaningKind::ItemCodes:
        return tr("Codes that are no articles");
    case CleaningKind::TestUsers:
        return tr("Test users");
    case CleaningKind::FrequentUsers:
        return tr("Too frequent users");
    }
    return {};
}

QString cleaningKindHelp(CleaningKind kind)
{
    switch (kind) {
    case CleaningKind::Duplicate:
        return tr("The first of equal events is kept. Copies make users look busier and richer.");
    case CleaningKind::MissingItem:
        return tr("Without an item an event teaches nothing about taste.");
    case CleaningKind::MissingOrder:
        return tr("Without an order number all purchases of a day count as one order.");
    case CleaningKind::AmountOutlier:
        return tr("A few wild amounts can carry the mean of everybody. Median and MAD are not "
                  "moved by them (Iglewicz & Hoaglin 1993).");
    case CleaningKind::AmountQuantile:
        return tr("The largest and smallest amounts are moved to a quantile (winsorised), or set "
                  "aside.");
    case CleaningKind::FutureTime:
        return tr("An event later than the data themselves makes its user look recent.");
    case CleaningKind::BeforeTime:
        return tr("Clocks that were reset make users look older than the shop.");
    case CleaningKind::NegativePrice:
        return tr("A purchase below zero is a correction, not a sale.");
    case CleaningKind::ZeroPrice:
        return tr("Gifts, samples and missing amounts count as orders but bring no money.");
    case CleaningKind::ItemCodes:
        return tr("Postage, fees and corrections are lines of an invoice, but nothing to "
                  "recommend.");
    case CleaningKind::TestUsers:
        return tr("Accounts that the shop tests with are no customers.");
    case CleaningKind::FrequentUsers:
        return tr("More events on a day than a person makes: robots, shared accounts, resellers.");
    }
    return {};
}

QString cleaningRuleText(const CleaningRule &rule)
{
    return QStringLiteral("%1: %2").arg(cleaningKindText(kindOf(rule)),
                                        std::visit(RuleText{}, rule));
}

QString cleaningEffectText(const CleaningEffect &effect)
{
    QString text = tr("Finds %1 of %2; the sum of amounts changes by %3.")
                       .arg(eventsText(effect.found.rows), usersText(effect.users),
                            fullText(toUnits(effect.change)));
    if (effect.usersLost > 0) {
        text += QLatin1Char(' ') + counted(effect.usersLost, tr("1 user has no other events."),
                                           tr("%1 users have no other events."));
    }
    return text;
}

QString cleaningKindText(const std::vector<CleaningRuleRecord> &rules, std::int64_t id)
{
    const CleaningRuleRecord *rule = findRule(rules, id);
    return rule ? cleaningKindText(kindOf(rule->rule)) : QString();
}

} // namespace perennial
