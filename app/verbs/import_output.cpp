#include "app/verbs/import_output.h"

#include "app/verbs/cleaning_output.h"
#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <ranges>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kShownRows = 5, kShownLetters = 90; // of rows that stayed out

QString tr(const char *text)
{
    return QCoreApplication::translate("Import", text);
}

Json lineJson(const ImportTotals &totals, auto value)
{
    return {{"read", value(totals.read)},
            {"stored", value(totals.stored)},
            {"duplicate", value(totals.duplicate)},
            {"rejected", value(totals.rejected)},
            {"excluded", value(totals.excluded)}};
}

QString totalsLine(const QString &label, const ImportTotals::Line &line)
{
    return QStringLiteral("%1 %2  %3")
        .arg(label, -12)
        .arg(countText(line.rows), 14)
        .arg(fullText(toUnits(line.amount)), 22);
}

/// The column at fault and the beginning of the row, on one line.
QString shownRow(const RejectedRow &row)
{
    QString text = QString::fromStdString(row.raw).simplified();
    if (text.size() > kShownLetters) {
        text = text.left(kShownLetters) + u'…';
    }
    const QString column = QString::fromStdString(row.column);
    return column.isEmpty() ? text : QStringLiteral("(%1)  %2").arg(column, text);
}

} // namespace

Json importReportJson(const ImportReport &report)
{
    Json json;
    json["source"] = report.source;
    json["resumed"] = report.resumed;
    json["rows"] = lineJson(report.totals, [](const auto &line) { return line.rows; });
    json["amount"] = lineJson(report.totals, [](const auto &line) { return toUnits(line.amount); });
    json["users"] = report.users;
    json["items"] = report.items;
    json["orders"] = report.orders;
    json["purchases"] = report.purchases;
    json["refunds"] = report.refunds;
    json["gross"] = toUnits(report.gross);
    json["refunded"] = toUnits(report.refunded);
    json["rounded_amounts"] = report.roundedAmounts;
    json["ambiguous_times"] = report.ambiguousTimes;
    json["reasons"] = Json::object();
    for (const auto &[reason, rows] : report.reasons) {
        json["reasons"][reason] = rows;
    }
    json["first_rejected"] = Json::array();
    for (const RejectedRow &row : report.firstRejected) {
        json["first_rejected"].push_back(
            {{"line", row.line}, {"reason", row.reason}, {"column", row.column}, {"raw", row.raw}});
    }
    json["contents"] = contentsName(report.contents);
    json["attributes"] = Json::array();
    for (const ImportedAttribute &attribute : report.attributes) {
        json["attributes"].push_back({{"name", attribute.name},
                                      {"type", attributeTypeName(attribute.type)},
                                      {"personal", attribute.personal},
                                      {"values", attribute.values}});
    }
    json["recipe"] = Json::parse(recipeToJson(report.recipe));
    json["seconds"] = report.seconds;
    return json;
}

QString importReportText(const ImportReport &report, bool dryRun)
{
    QStringList lines;
    lines << QStringLiteral("%1 %2  %3")
                 .arg(QString(), -12)
                 .arg(tr("rows"), 14)
                 .arg(tr("amount"), 22);
    lines << totalsLine(tr("read"), report.totals.read)
          << totalsLine(tr("stored"), report.totals.stored)
          << totalsLine(tr("duplicate"), report.totals.duplicate)
          << totalsLine(tr("rejected"), report.totals.rejected)
          << totalsLine(tr("excluded"), report.totals.excluded);
    if (report.contents == Contents::Events) {
        lines << tr("%1, %2, %3")
                     .arg(usersText(report.users), itemsText(report.items),
                          ordersText(report.orders));
    }
    for (const ImportedAttribute &attribute : report.attributes) {
        const std::string_view type = attributeTypeName(attribute.type);
        lines << counted(attribute.values, tr("attribute %2: %3, 1 value"),
                         tr("attribute %2: %3, %1 values"))
                     .arg(QString::fromStdString(attribute.name),
                          QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
    }
    for (const auto &[reason, rows] : report.reasons) {
        lines << QStringLiteral("%1  %2")
                     .arg(QString::fromStdString(reason), -20)
                     .arg(countText(rows));
    }
    for (const RejectedRow &row : report.firstRejected | std::views::take(kShownRows)) {
        lines << tr("line %1: %2 %3").arg(countText(row.line), QString::fromStdString(row.reason),
                                          shownRow(row));
    }
    if (report.totals.rejected.rows + report.totals.excluded.rows > kShownRows) {
        lines << tr("… and more: export PROJECT rejected --out FILE");
    }
    if (report.roundedAmounts > 0) {
        lines << tr("%1 amounts had more than four decimals and were rounded")
                     .arg(countText(report.roundedAmounts));
    }
    if (report.ambiguousTimes > 0) {
        lines << counted(report.ambiguousTimes,
                         tr("1 time was shown twice by the clocks there; the first is taken"),
                         tr("%1 times were shown twice by the clocks there; the first is taken"));
    }
    if (report.resumed) {
        lines << tr("Went on where an interrupted import had stopped.");
    }
    if (dryRun) {
        lines << tr("Dry run: nothing was written.");
    }
    return lines.join(u'\n');
}

Json projectKeyJson(const std::optional<ProjectKey> &key)
{
    if (!key) {
        return nullptr;
    }
    return {{"fingerprint", key->pseudonyms->fingerprint()},
            {"key_file", key->file.empty() ? Json() : Json(key->file.string())},
            {"created", key->created},
            {"sealed", key->sealed}};
}

QString importReportHelp()
{
    return QStringLiteral(
        "rows            {read, stored, duplicate, rejected, excluded}: read is the sum of the "
        "rest\n"
        "amount          the same in money; refunds are negative\n"
        "users, items, orders, purchases, refunds   counted in the stored rows\n"
        "gross, refunded money of the stored purchases and refunds\n"
        "rounded_amounts rows whose amount had more than four decimals\n"
        "ambiguous_times stored rows whose local time clocks showed twice; the first is taken\n"
        "reasons         {reason: rows} of rejected and excluded rows\n"
        "first_rejected  [{line, reason, column, raw}], at most 20\n"
        "contents        what the file held: events, users, items, campaigns, exposures, coupons\n"
        "attributes      [{name, type, personal, values}] of users and items\n"
        "recipe          how the file was read; also the format of a profile file\n"
        "source          id of the import in the project, 0 for a dry run\n"
        "resumed         went on after an interrupted import\n"
        "pseudonyms      null, or {fingerprint, key_file, created, sealed} with --pseudonyms;\n"
        "                raw is empty then, and key_file null where a dry run made up a key\n"
        "saved_profile   its name with --save-profile, else null\n"
        "profile_error   null, or {code, message}: why it could not be saved (and the exit code\n"
        "                is 1); the rows are in the project all the same\n"
        "seconds         time it took\n"
        "project         of the whole project after the import, not of a dry run:\n") +
            cleaningTotalsHelp();
}

} // namespace perennial
