#include "app/verbs/chunk_output.h"
#include "app/verbs/verbs.h"
#include "core/project/salvage.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QStringList>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Salvage", text);
}

Json toJson(const ImportTotals &totals)
{
    return {{"read", totals.read.rows},
            {"stored", totals.stored.rows},
            {"duplicate", totals.duplicate.rows},
            {"rejected", totals.rejected.rows},
            {"excluded", totals.excluded.rows}};
}

Json toJson(const SalvagedTable &table)
{
    Json json{{"table", table.name},           {"kept", table.kept},
              {"unusable", table.unusable},    {"mended", table.mended},
              {"lost_pages", table.lostPages}, {"keys_only", table.keysOnly}};
    json["expected"] = table.expected ? Json(*table.expected) : Json();
    json["whole"] = table.whole ? Json(*table.whole) : Json();
    return json;
}

Json toJson(const SalvageReport &report)
{
    Json json;
    json["complete"] = report.complete();
    json["sound"] = report.sound;
    json["pages"] = report.pages;
    json["log_pages"] = report.logFrames;
    json["header_readable"] = report.headerReadable;
    json["schema_readable"] = report.schemaReadable;
    json["free_list_readable"] = report.freeListReadable;
    json["unassigned_rows"] = report.unassignedRows;
    json["tables"] = Json::array();
    for (const SalvagedTable &table : report.tables) {
        json["tables"].push_back(toJson(table));
    }
    json["damaged_chunks"] = Json::array();
    for (const ChunkDamage &chunk : report.damagedChunks) {
        json["damaged_chunks"].push_back(toJson(chunk));
    }
    json["restated"] = Json::array();
    for (const RestatedSource &source : report.restated) {
        json["restated"].push_back({{"source", source.id},
                                    {"name", source.name},
                                    {"was_unfinished", source.wasUnfinished},
                                    {"before", toJson(source.before)},
                                    {"after", toJson(source.after)}});
    }
    json["placeholders"] = Json(report.placeholders);
    json["dropped"] = Json(report.dropped);
    json["rechained_audit"] = report.rechainedAudit;
    return json;
}

QString tableLine(const SalvagedTable &table)
{
    QString line = QStringLiteral("%1 %2")
                       .arg(QString::fromStdString(table.name), -18)
                       .arg(countText(table.kept), 14);
    if (table.expected && *table.expected > table.kept) {
        line += tr("  of %1").arg(countText(*table.expected));
    }
    if (table.lostPages > 0) {
        line += tr("  pages lost: %1").arg(countText(table.lostPages));
    }
    if (table.unusable > 0) {
        line += tr("  rows unreadable: %1").arg(countText(table.unusable));
    }
    if (table.mended > 0) {
        line += tr("  values unreadable: %1").arg(countText(table.mended));
    }
    if (table.keysOnly > 0) {
        line += tr("  of which only the key is left: %1").arg(countText(table.keysOnly));
    }
    if (table.whole && !*table.whole) {
        line += tr("  not as it was written");
    }
    return line;
}

QStringList partsLost(const SalvageReport &report)
{
    QStringList lines;
    for (const ChunkDamage &chunk : report.damagedChunks) {
        lines << tr("Not whole: %1 of %2, chunk %3, lines %4 to %5")
                     .arg(QString::fromStdString(chunk.part),
                          QString::fromStdString(chunk.sourceName))
                     .arg(chunk.number)
                     .arg(chunk.firstLine)
                     .arg(chunk.lastLine);
    }
    for (const RestatedSource &source : report.restated) {
        lines << tr("%1: events left %2 of %3")
                     .arg(QString::fromStdString(source.name), countText(source.after.stored.rows),
                          countText(source.before.stored.rows));
        if (source.wasUnfinished) {
            lines << tr(
                "  Its import was not finished, and can't go on: what is left counts as all "
                "of it.");
        }
    }
    for (const auto &[dictionary, entries] : report.placeholders) {
        lines << tr("Entries of %1 whose key is lost, called lost-…: %2")
                     .arg(QString::fromStdString(dictionary), countText(entries));
    }
    for (const auto &[table, rows] : report.dropped) {
        lines << tr("Left out of %1, unreadable or of what is lost: %2")
                     .arg(QString::fromStdString(table), countText(rows));
    }
    if (report.unassignedRows > 0) {
        lines << tr("Rows that could belong to several tables or to none, left out: %1")
                     .arg(countText(report.unassignedRows));
    }
    if (report.rechainedAudit > 0) {
        lines << tr("Lines of the log behind a broken link, chained anew: %1")
                     .arg(countText(report.rechainedAudit));
    }
    return lines;
}

QString toText(const SalvageReport &report)
{
    QStringList lines;
    for (const SalvagedTable &table : report.tables) {
        if (table.kept > 0 || table.lostPages > 0 || table.unusable > 0 ||
            table.expected.value_or(0) > 0) {
            lines << tableLine(table);
        }
    }
    if (!report.headerReadable) {
        lines << tr("The file's header was not readable.");
    }
    if (!report.schemaReadable) {
        lines << tr("The file's list of tables was not readable as a whole.");
    }
    lines << partsLost(report);
    lines << (report.complete() ? tr("Everything came out.")
                                : tr("Not everything came out: see above."));
    lines << (report.sound ? tr("The new project is sound.")
                           : tr("The new project is NOT sound: see perennial verify."));
    return lines.join(u'\n');
}

class SalvageVerb final : public Verb {
public:
    std::string name() const override { return "salvage"; }
    QString summary() const override
    {
        return tr("Get everything readable out of a damaged project into a new one");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "complete            true where nothing is lost\n"
            "sound               what `perennial verify` says of the new project\n"
            "pages, log_pages    of the file; those that came from its write-ahead log\n"
            "header_readable, schema_readable, free_list_readable\n"
            "tables              [{table, kept, unusable, mended, lost_pages, keys_only, "
            "expected,\n"
            "                    whole}] rows; mended: values of kept rows that could not be so;\n"
            "                    keys_only: id and key came from an index, the rest is lost;\n"
            "                    expected where the books say it, whole where a hash says it, else "
            "null\n"
            "damaged_chunks      [{source, name, number, part, first_line, last_line, first_byte,\n"
            "                    last_byte}] what of which imported file is not whole\n"
            "restated            [{source, name, was_unfinished, before, after}] row totals "
            "{read,\n"
            "                    stored, duplicate, rejected, excluded} that had to follow\n"
            "placeholders        {dictionary: entries} whose key is lost and is lost-ID now\n"
            "dropped             {table: rows} left out: unreadable, or what they belong to is "
            "lost\n"
            "unassigned_rows     of pages that could belong to several tables or to none\n"
            "rechained_audit     lines of the log behind a broken link");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_damaged, "damaged project file, which is only read")
            ->required();
        command.add_option("OUT", m_out, "the new project; must not exist")->required();
    }
    Result<VerbOutput> run(const Task &task) override
    {
        const auto report = salvageProject(m_damaged, m_out, task);
        if (!report) {
            return report.error();
        }
        return VerbOutput{toJson(*report), toText(*report), report->sound ? 0 : 3};
    }

private:
    std::string m_damaged, m_out;
};

} // namespace

std::unique_ptr<Verb> makeSalvageVerb()
{
    return std::make_unique<SalvageVerb>();
}

} // namespace perennial
