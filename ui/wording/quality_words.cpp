#include "ui/wording/quality_words.h"

#include "ui/wording/cleaning_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(QualityWords)
};

QString tr(const char *text)
{
    return Words::tr(text);
}

QString valueText(ReadyFigure figure, double value)
{
    switch (figure) {
    case ReadyFigure::PaidShare:
    case ReadyFigure::ItemShare:
        return percentText(value);
    case ReadyFigure::Density:
        return QStringLiteral("%1 %").arg(shortText(100 * value));
    case ReadyFigure::SpendCorrelation:
        return fullText(value, 2);
    default:
        return countText(static_cast<qint64>(value));
    }
}

/// The same for a count of one.
QString onePhrase(ReadyFigure figure)
{
    switch (figure) {
    case ReadyFigure::Customers:
        return tr("1 customer with a purchase");
    case ReadyFigure::RepeatCustomers:
        return tr("1 customer who bought on two days or more");
    case ReadyFigure::HistoryDays:
        return tr("1 day of history");
    case ReadyFigure::RecentOrders:
        return tr("1 order in the last 90 days of the data");
    case ReadyFigure::Events:
        return tr("1 event");
    case ReadyFigure::UsersWithHistory:
        return tr("1 user with three events or more");
    case ReadyFigure::Items:
        return tr("1 item that users have touched");
    case ReadyFigure::OrderGaps:
        return tr("1 gap between two orders of a customer");
    case ReadyFigure::WarmItems:
        return tr("1 item with 5 buyers or more");
    case ReadyFigure::UsersWithItems:
        return tr("1 user with 5 items or more");
    case ReadyFigure::PaidShare:
    case ReadyFigure::SpendCorrelation:
    case ReadyFigure::ItemShare:
    case ReadyFigure::Density:
        break;
    }
    return {};
}

/// What is counted, with a place for the figure.
QString figurePhrase(ReadyFigure figure)
{
    switch (figure) {
    case ReadyFigure::Customers:
        return tr("%1 customers with a purchase");
    case ReadyFigure::RepeatCustomers:
        return tr("%1 customers who bought on two days or more");
    case ReadyFigure::HistoryDays:
        return tr("%1 days of history");
    case ReadyFigure::RecentOrders:
        return tr("%1 orders in the last 90 days of the data");
    case ReadyFigure::PaidShare:
        return tr("%1 of the purchases have an amount above 0");
    case ReadyFigure::SpendCorrelation:
        return tr("correlation %1 between how often and how much customers buy");
    case ReadyFigure::Events:
        return tr("%1 events");
    case ReadyFigure::UsersWithHistory:
        return tr("%1 users with three events or more");
    case ReadyFigure::Items:
        return tr("%1 items that users have touched");
    case ReadyFigure::ItemShare:
        return tr("%1 of the events name an item");
    case ReadyFigure::OrderGaps:
        return tr("%1 gaps between two orders of a customer");
    case ReadyFigure::WarmItems:
        return tr("%1 items with 5 buyers or more");
    case ReadyFigure::UsersWithItems:
        return tr("%1 users with 5 items or more");
    case ReadyFigure::Density:
        return tr("%1 of all user and item pairs occur");
    }
    return {};
}

double figureOf(const QualityFinding &finding, const char *name)
{
    const auto found =
        std::ranges::find(finding.figures, name, &std::pair<std::string, double>::first);
    return found == finding.figures.end() ? 0.0 : found->second;
}

QString countOf(const QualityFinding &finding, const char *name)
{
    return countText(static_cast<qint64>(figureOf(finding, name)));
}

const CleaningRule *ruleOf(const QualityFinding &finding)
{
    return std::get_if<CleaningRule>(&finding.rows);
}

QString ruleFindingText(const QualityFinding &finding, const CleaningRule &rule)
{
    const QString what = tr("%1 of %2: %3.")
                             .arg(eventsText(finding.count),
                                  usersText(static_cast<qint64>(figureOf(finding, "users"))),
                                  cleaningRuleText(rule).section(QStringLiteral(": "), 1));
    if (finding.activeRule != 0) {
        return what + QLatin1Char(' ') +
               tr("Cleaning rule %1 takes care of it.").arg(finding.activeRule);
    }
    return what + QLatin1Char(' ') +
           (finding.severity == QualityFinding::Severity::Bad
                ? tr("They can hardly be meant; a cleaning rule sets them aside.")
                : tr("They may be real: look at the rows before switching a rule on."));
}

} // namespace

QString readyModelText(ReadyModel model)
{
    switch (model) {
    case ReadyModel::Frequency:
        return tr("Orders to come (BG/NBD)");
    case ReadyModel::Spend:
        return tr("Order value (Gamma-Gamma)");
    case ReadyModel::Behavior:
        return tr("Behaviour model");
    case ReadyModel::Churn:
        return tr("Churn");
    case ReadyModel::Recommendations:
        return tr("Recommendations");
    }
    return {};
}

QString readyLevelText(ReadyLevel level)
{
    switch (level) {
    case ReadyLevel::Pass:
        return tr("ready");
    case ReadyLevel::Warn:
        return tr("with care");
    case ReadyLevel::Fail:
        return tr("not yet");
    }
    return {};
}

QString readyCheckText(const ReadyCheck &check)
{
    const QString one = check.value == 1 ? onePhrase(check.figure) : QString();
    const QString figure =
        one.isEmpty() ? figurePhrase(check.figure).arg(valueText(check.figure, check.value)) : one;
    if (check.level == ReadyLevel::Pass) {
        return figure;
    }
    if (check.figure == ReadyFigure::SpendCorrelation) {
        return tr("%1; the model assumes none, up to %2 does little harm")
            .arg(figure, valueText(check.figure, check.passFrom));
    }
    return check.level == ReadyLevel::Fail
               ? tr("%1; at least %2 are needed, %3 are good")
                     .arg(figure, valueText(check.figure, check.failBelow),
                          valueText(check.figure, check.passFrom))
               : tr("%1; %2 or more are good").arg(figure, valueText(check.figure, check.passFrom));
}

QString readyFigureHelp(ReadyFigure figure)
{
    switch (figure) {
    case ReadyFigure::Customers:
        return tr("Errors of a fit fall with the root of the customers; Fader, Hardie & Lee (2005) "
                  "fit 2,357.");
    case ReadyFigure::RepeatCustomers:
        return tr("Only who came back tells a buying rate from a one-time buyer.");
    case ReadyFigure::HistoryDays:
        return tr(
            "A model should have seen as much past as it predicts: one horizon for orders, two "
            "for churn, three for the behaviour model, which keeps a part for its test.");
    case ReadyFigure::RecentOrders:
        return tr("Without recent orders everybody looks lost.");
    case ReadyFigure::PaidShare:
        return tr("Order values are positive by definition; zeros are left out of the fit.");
    case ReadyFigure::SpendCorrelation:
        return tr("Gamma-Gamma assumes that how often and how much are unrelated (Fader & Hardie "
                  "2013).");
    case ReadyFigure::Events:
    case ReadyFigure::UsersWithHistory:
        return tr("The behaviour model learns from sequences: few and short ones teach little.");
    case ReadyFigure::Items:
    case ReadyFigure::ItemShare:
        return tr("What comes next can only be learned from events that name an item.");
    case ReadyFigure::OrderGaps:
        return tr("From how long customers stay away before they return follows when they count as "
                  "churned.");
    case ReadyFigure::WarmItems:
    case ReadyFigure::UsersWithItems:
        return tr("Items are compared by who bought them; 5 is the usual least (Kang & McAuley "
                  "2018).");
    case ReadyFigure::Density:
        return tr("Below one pair in 10,000 hardly two users share an item.");
    }
    return {};
}

QString eventFieldText(EventField field)
{
    switch (field) {
    case EventField::Item:
        return tr("Item");
    case EventField::Order:
        return tr("Order number");
    case EventField::Amount:
        return tr("Amount");
    case EventField::Device:
        return tr("Device");
    case EventField::Place:
        return tr("Place");
    case EventField::Channel:
        return tr("Channel");
    }
    return {};
}

QString severityText(QualityFinding::Severity severity)
{
    switch (severity) {
    case QualityFinding::Severity::Info:
        return tr("note");
    case QualityFinding::Severity::Warning:
        return tr("look");
    case QualityFinding::Severity::Bad:
        return tr("wrong");
    }
    return {};
}

QString findingTitle(const QualityFinding &finding)
{
    if (finding.code == "duplicate_user_time_item.row") {
        return tr("Exact copies");
    }
    if (const CleaningRule *rule = ruleOf(finding)) {
        return cleaningKindText(kindOf(*rule));
    }
    if (finding.code == "gap" && figureOf(finding, "gaps") <= 1) {
        return tr("A gap of %1, where chance explains none. Is a file missing? The rows are those "
                  "of the days around.")
            .arg(daysText(static_cast<int>(figureOf(finding, "longest_days"))));
    }
    if (finding.code == "gap") {
        return tr("Days without any event");
    }
    if (finding.code == "level_change") {
        return tr("Sudden change of level");
    }
    if (finding.code == "cold_items") {
        return tr("Items with fewer than 5 buyers");
    }
    if (finding.code == "single_event_users") {
        return tr("Users with one event");
    }
    return finding.code == "mixed_units" ? tr("Prices in another unit") : QString();
}

QString findingText(const QualityFinding &finding)
{
    if (const CleaningRule *rule = ruleOf(finding)) {
        return ruleFindingText(finding, *rule);
    }
    if (finding.code == "gap" && figureOf(finding, "gaps") <= 1) {
        return tr("A gap of %1, where chance explains none. Is a file missing? The rows are those "
                  "of the days around.")
            .arg(daysText(static_cast<int>(figureOf(finding, "longest_days"))));
    }
    if (finding.code == "gap") {
        return tr("%1 gaps, the longest of %2, where chance explains none. Is a file missing? The "
                  "rows are those of the days around.")
            .arg(countOf(finding, "gaps"),
                 daysText(static_cast<int>(figureOf(finding, "longest_days"))));
    }
    if (finding.code == "level_change") {
        return counted(static_cast<qint64>(figureOf(finding, "changes")),
                       tr("Once four weeks bring %2 times more or fewer events than the four "
                          "before. A campaign, a new source, or a change of tracking? The rows are "
                          "those after it."),
                       tr("%1 times four weeks bring up to %2 times more or fewer events than the "
                          "four before. A campaign, a new source, or a change of tracking? The rows "
                          "are those after it."))
            .arg(shortText(figureOf(finding, "largest_factor")));
    }
    if (finding.code == "cold_items") {
        return tr("%1, with %2 of the purchases' money: too few buyers to be compared with "
                  "others.")
            .arg(itemsText(static_cast<qint64>(figureOf(finding, "items"))),
                 percentText(figureOf(finding, "money_share")));
    }
    if (finding.code == "single_event_users") {
        return counted(finding.count,
                       tr("1 user was seen once: nothing personal can be said of them."),
                       tr("%1 users were seen once: nothing personal can be said of them."));
    }
    return counted(finding.count,
                   tr("1 purchase at 100 or 1,000 times the item's usual price, or a part of it: "
                      "are cents and units mixed?"),
                   tr("%1 purchases at 100 or 1,000 times the item's usual price, or a part of it: "
                      "are cents and units mixed?"));
}

QString sparsityAdviceText(SparsityAdvice advice)
{
    switch (advice) {
    case SparsityAdvice::None:
        return tr("Too few items to compare.");
    case SparsityAdvice::Dense:
        return tr("Dense: items can be compared by who bought them.");
    case SparsityAdvice::ReduceDimensions:
        return tr("Sparse: fewer dimensions help. Start item vectors from a truncated SVD.");
    case SparsityAdvice::ContentFeatures:
        return tr("Very sparse: most users or items are seen too rarely. Use what is known of the "
                  "items (category, price, text).");
    }
    return {};
}

QString strayText(const DataProfile &profile)
{
    const TimeSpan &span = profile.span;
    if (span.before + span.after == 0) {
        return {};
    }
    QStringList parts;
    if (span.before > 0) {
        parts << counted(span.before,
                         tr("1 event far before all others, on %2, is left out"),
                         tr("%1 events far before all others, from %2 on, are left out"))
                     .arg(dayText(profile.firstEvent));
    }
    if (span.after > 0) {
        parts << counted(span.after,
                         tr("1 event far after all others, on %2, is left out; without a snapshot "
                            "day in the settings models take the latest event for today"),
                         tr("%1 events far after all others, up to %2, are left out; without a "
                            "snapshot day in the settings models take the latest event for today"))
                     .arg(dayText(profile.lastEvent));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace perennial
