#include "ui/report/cleaning_table.h"

#include "core/base/money.h"
#include "ui/report/section_words.h"
#include "ui/wording/cleaning_words.h"

namespace perennial::report {
namespace {

QString ruleText(const ReportData &data, std::int64_t id)
{
    const CleaningRuleRecord *rule = findRule(data.cleaningRules, id);
    if (!rule) {
        return kMissing;
    }
    const QString what = cleaningRuleText(rule->rule);
    return rule->reason.empty() ? what
                                : ReportText::tr("%1. Reason: %2").arg(what, text(rule->reason));
}

} // namespace

Table cleaningTable(const ReportData &data)
{
    Table table;
    table.title =
        withCurrency(data, ReportText::tr("Active cleaning rules, rows and amounts after each"));
    table.columns = {
        numberColumn(ReportText::tr("No.")),        wrappedColumn(ReportText::tr("Rule")),
        numberColumn(ReportText::tr("Set aside")),  numberColumn(ReportText::tr("Capped")),
        numberColumn(ReportText::tr("Change")),     numberColumn(ReportText::tr("Rows left")),
        numberColumn(ReportText::tr("Amount left"))};
    table.whenEmpty = ReportText::tr("No cleaning rule is active.");
    for (const CleaningTotals::Step &step : data.cleaning.steps) {
        table.rows.push_back({countText(step.rule), ruleText(data, step.rule),
                              countText(step.setAside.rows), countText(step.capped),
                              fullText(toUnits(step.change)), countText(step.after.rows),
                              fullText(toUnits(step.after.amount))});
    }
    const CleaningTotals &totals = data.cleaning;
    table.note =
        !totals.balanced()
            ? ReportText::tr("THE TOTALS DO NOT AGREE: verify the project.")
            : ReportText::tr("%1 stored = %2 in the figures + %3 set aside; a row that "
                             "several rules find counts for the first.")
                  .arg(rowsText(totals.imported.stored.rows), countText(totals.kept.rows),
                       countText(totals.setAside.rows));
    return table;
}

Part cleaningPart(const ReportData &data)
{
    Part part;
    const auto rules = static_cast<qint64>(data.cleaning.steps.size());
    part.headline =
        rules == 0 ? ReportText::tr("No cleaning rule is active")
                   : ReportText::tr("Cleaning rules that are active: %1").arg(countText(rules));
    part.lead =
        ReportText::tr("Every figure of this report is of the events that these rules leave.");
    part.blocks.push_back(cleaningTable(data));
    return part;
}

} // namespace perennial::report
