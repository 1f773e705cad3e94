#include "app/verbs/cleaning_output.h"

#include "ui/wording/cleaning_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;
using Line = ImportTotals::Line;

QString tr(const char *text)
{
    return QCoreApplication::translate("Cleaning", text);
}

Json amountJson(std::optional<Money> amount)
{
    return amount ? Json(toUnits(*amount)) : Json();
}

Json partsJson(const CleaningTotals &totals, auto value)
{
    const ImportTotals &imported = totals.imported;
    return {{"read", value(imported.read)},
            {"stored", value(imported.stored)},
            {"duplicate", value(imported.duplicate)},
            {"rejected", value(imported.rejected)},
            {"excluded", value(imported.excluded)},
            {"erased", value(imported.erased)},
            {"set_aside", value(totals.setAside)},
            {"kept", value(totals.kept)}};
}

Json sampleJson(const std::vector<SelectedEvent> &sample)
{
    Json rows = Json::array();
    for (const SelectedEvent &row : sample) {
        const NamedEvent &event = row.event;
        rows.push_back({{"id", event.id},
                        {"at", formatTimestamp(event.at)},
                        {"kind", eventKindName(event.kind)},
                        {"user", event.user},
                        {"item", event.item},
                        {"order", event.order},
                        {"quantity", event.quantity},
                        {"amount", toUnits(event.amount)}});
    }
    return rows;
}

QString line(const QString &label, const Line &amounts)
{
    return QStringLiteral("%1 %2  %3")
        .arg(label, -46)
        .arg(countText(amounts.rows), 14)
        .arg(fullText(toUnits(amounts.amount)), 22);
}

} // namespace

Json cleaningTotalsJson(const CleaningTotals &totals)
{
    Json json;
    json["rows"] = partsJson(totals, [](const Line &part) { return part.rows; });
    json["amount"] = partsJson(totals, [](const Line &part) { return toUnits(part.amount); });
    json["steps"] = Json::array();
    for (const CleaningTotals::Step &step : totals.steps) {
        json["steps"].push_back({{"rule", step.rule},
                                 {"rows", step.setAside.rows},
                                 {"amount", toUnits(step.setAside.amount)},
                                 {"capped_rows", step.capped},
                                 {"change", toUnits(step.change)},
                                 {"rows_after", step.after.rows},
                                 {"amount_after", toUnits(step.after.amount)}});
    }
    json["overlap_rows"] = totals.overlap;
    json["capped_rows"] = totals.capped;
    json["balanced"] = totals.balanced();
    return json;
}

Json cleaningRuleJson(const CleaningRuleRecord &record)
{
    Json json;
    json["id"] = record.id;
    json["active"] = record.active;
    json["definition"] = Json::parse(cleaningRuleToJson(record.rule));
    json["reason"] = record.reason;
    json["rows"] = record.found.rows;
    json["amount"] = toUnits(record.found.amount);
    json["rows_alone"] = record.foundAlone.rows;
    json["amount_alone"] = toUnits(record.foundAlone.amount);
    json["low"] = amountJson(record.bounds.low);
    json["high"] = amountJson(record.bounds.high);
    return json;
}

Json cleaningEffectJson(const CleaningEffect &effect)
{
    Json json;
    json["rows"] = effect.found.rows;
    json["amount"] = toUnits(effect.found.amount);
    json["change"] = toUnits(effect.change);
    json["users"] = effect.users;
    json["users_lost"] = effect.usersLost;
    json["items"] = effect.items;
    json["already_set_aside"] = effect.alreadyOut;
    json["kinds"] = Json::object();
    for (const EventKind kind : kEventKinds) {
        if (const Line &part = effect.byKind[static_cast<std::size_t>(kind)]; part.rows > 0) {
            json["kinds"][std::string(eventKindName(kind))] = {{"rows", part.rows},
                                                               {"amount", toUnits(part.amount)}};
        }
    }
    json["first"] = effect.first ? Json(formatTimestamp(*effect.first)) : Json();
    json["last"] = effect.last ? Json(formatTimestamp(*effect.last)) : Json();
    json["low"] = amountJson(effect.bounds.low);
    json["high"] = amountJson(effect.bounds.high);
    json["sample"] = sampleJson(effect.sample);
    return json;
}

QString cleaningTotalsHelp()
{
    return QStringLiteral(
        "  rows, amount  {read, stored, duplicate, rejected, excluded, erased, set_aside,\n"
        "                kept}: read = stored + duplicate + rejected + excluded + erased; stored\n"
        "                rows = set_aside + kept; kept amount = stored amount + the steps' changes\n"
        "  steps         [{rule, rows, amount, capped_rows, change, rows_after, amount_after}]:\n"
        "                a row that several rules find counts for the first\n"
        "  overlap_rows  set-aside rows that more than one rule finds\n"
        "  capped_rows   rows that stay with another amount\n"
        "  balanced      whether all of this adds up");
}

QString cleaningTotalsText(const CleaningTotals &totals,
                           const std::vector<CleaningRuleRecord> &rules)
{
    const ImportTotals &imported = totals.imported;
    QStringList lines;
    lines
        << QStringLiteral("%1 %2  %3").arg(QString(), -46).arg(tr("rows"), 14).arg(tr("amount"), 22)
        << line(tr("read"), imported.read) << line(tr("  duplicate in a file"), imported.duplicate)
        << line(tr("  rejected"), imported.rejected) << line(tr("  excluded"), imported.excluded)
        << line(tr("  erased with its user"), imported.erased) << line(tr("stored"), imported.stored);
    for (const CleaningTotals::Step &step : totals.steps) {
        const QString name =
            QStringLiteral("  %1 %2").arg(step.rule).arg(cleaningKindText(rules, step.rule));
        lines << line(name, {step.setAside.rows, -step.change});
        if (step.capped > 0) {
            lines << tr("    %1 capped").arg(rowsText(step.capped));
        }
    }
    lines << line(tr("kept, in every figure"), totals.kept);
    if (totals.steps.empty()) {
        lines << tr("No cleaning rule is active.");
    }
    if (!totals.balanced()) {
        lines << tr("THE TOTALS DO NOT BALANCE");
    }
    return lines.join(u'\n');
}

} // namespace perennial
