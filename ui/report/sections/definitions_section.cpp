#include "ui/report/report_section.h"
#include "ui/report/section_words.h"

namespace perennial::report {
namespace {

Table words(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr("Words");
    table.columns = {labelColumn(ReportText::tr("Word")), wrappedColumn(ReportText::tr("Meaning"))};
    table.rows = {
        {ReportText::tr("Snapshot date t₀"),
         ReportText::tr("Everything known up to and including this day is input; everything after it "
                        "is what is predicted.")},
        {ReportText::tr("Horizon H"),
         ReportText::tr("The window predicted: after t₀, up to and including t₀ + H.")},
        {ReportText::tr("Order"),
         ReportText::tr("A day with at least one purchase; several purchases on a day count once.")},
        {ReportText::tr("Realised value"), ReportText::tr("Purchases minus refunds up to t₀.")},
        {ReportText::tr("Predicted value"),
         ReportText::tr("Expected net revenue in the horizon, times the margin, discounted to t₀ at "
                        "the yearly rate.")},
        {ReportText::tr("LTV"), ReportText::tr("Realised value plus predicted value.")},
        {ReportText::tr("P(alive)"),
         ReportText::tr("Chance under BG/NBD that the customer has not left for good by t₀. Only for "
                        "users with an order.")},
        {ReportText::tr("Churn risk"),
         ReportText::tr("Chance of no order in the horizon. Not the same as 1 − P(alive): a customer "
                        "who is still there may simply not order in the window.")},
        {ReportText::tr("Concentration"),
         ReportText::tr("Users sorted by value and cut into ten equal parts; values below 0 count as "
                        "0.")},
        {ReportText::tr("New, resurrected, dormant"),
         ReportText::tr("Users active in a %1 against the one before: first ever, back after a "
                        "pause, or gone quiet. Active = active before + new + resurrected − dormant.")
             .arg(periodText(data.settings.period))},
        {ReportText::tr("90 % interval"),
         ReportText::tr("The middle 90 % of what the uncertain parameters allow. It does not include "
                        "the chance in what single customers do.")},
        {ReportText::tr("HR@10, NDCG@10"),
         ReportText::tr("How often the item a user chose next was among the ten ranked first, and the "
                        "same weighted by its place.")},
    };
    return table;
}

Table stages(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr("Stages, tested from the top; each user is in exactly one");
    table.columns = {labelColumn(ReportText::tr("Stage")), wrappedColumn(ReportText::tr("Rule"))};
    const StageThresholds &t = data.settings.stages;
    const int churned = data.label ? data.label->churnedAfterDays : t.churnedAfterDays.value_or(90);
    table.rows = {
        {stageText(Stage::Churned),
         ReportText::tr("no activity for %1 or more").arg(daysText(churned))},
        {stageText(Stage::Dormant), ReportText::tr("no activity for %1 to %2")
                                        .arg(t.dormantAfterDays)
                                        .arg(daysText(std::max(churned - 1, t.dormantAfterDays)))},
        {stageText(Stage::Loyal), ReportText::tr("at least %1, the last within %2")
                                      .arg(ordersText(t.loyalOrders))
                                      .arg(daysText(t.recentOrderDays))},
        {stageText(Stage::Converted),
         ReportText::tr("exactly one order, within %1").arg(daysText(t.recentOrderDays))},
        {stageText(Stage::Acquired),
         ReportText::tr("known for less than %1, no order").arg(daysText(t.acquiredWithinDays))},
        {stageText(Stage::Active), ReportText::tr("active on at least %1 of the last %2")
                                       .arg(t.activeDaysNeeded)
                                       .arg(daysText(t.activeWindowDays))},
        {stageText(Stage::Retained), ReportText::tr("everyone else")},
    };
    return table;
}

Table sources()
{
    Table table;
    table.title = ReportText::tr("Methods");
    table.columns = {textColumn(ReportText::tr("Method")), wrappedColumn(ReportText::tr("Source"))};
    table.rows = {
        {QStringLiteral("BG/NBD"),
         QStringLiteral("Fader, Hardie & Lee (2005), Marketing Science 24(2)")},
        {QStringLiteral("Gamma-Gamma"),
         QStringLiteral("Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value")},
        {ReportText::tr("Silence after which a user counts as churned"),
         QStringLiteral("Kaplan & Meier (1958)")},
        {ReportText::tr("Behaviour model"),
         QStringLiteral("Kang & McAuley (2018), Self-attentive sequential recommendation; Wang, Liu & "
                        "Miao (2019), A deep probabilistic model for customer lifetime value "
                        "prediction")},
    };
    return table;
}

Paragraph cleaning()
{
    return {ReportText::tr(
                "Cleaning: a row that cannot be read is rejected with its line and reason and kept in "
                "the project; a row seen before is counted as a duplicate; rows a profile leaves out "
                "by rule are counted as excluded. Refunds reduce value on the day they are booked."),
            Paragraph::Tone::Body};
}

std::vector<Part> write(const ReportData &data)
{
    return {{ReportText::tr("Definitions"),
             ReportText::tr("What the words in this report mean, and where the methods come from."),
             {words(data), stages(data), sources(), cleaning()}}};
}

} // namespace

ReportSection definitionsSection()
{
    return {"definitions", [] { return ReportText::tr("Definitions"); },
            [] { return ReportText::tr("Words, stages, cleaning rules and sources of the methods"); },
            false, write};
}

} // namespace perennial::report
