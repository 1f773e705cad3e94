#include "core/base/money.h"
#include "ui/report/cleaning_table.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"

#include <algorithm>

namespace perennial::report {
namespace {

QString headline(const ReportData &data)
{
    if (data.sources.empty()) {
        return ReportText::tr("This project has no data yet");
    }
    ImportTotals sum;
    const bool balanced = std::all_of(data.sources.begin(), data.sources.end(),
                                      [](const SourceRecord &s) { return s.totals.balanced(); });
    for (const SourceRecord &source : data.sources) {
        sum.read.rows += source.totals.read.rows;
        sum.rejected.rows += source.totals.rejected.rows;
    }
    if (!balanced) {
        return ReportText::tr("The control totals of an import do not balance");
    }
    return ReportText::tr("%1 read, every one accounted for; %2 rejected")
        .arg(rowsText(sum.read.rows), countText(sum.rejected.rows));
}

KeyFigures keyFigures(const ReportData &data)
{
    const ProjectCounts &c = data.counts;
    const QString span = c.firstDay ? ReportText::tr("%1 to %2").arg(dayText(c.firstDay),
                                                                    dayText(c.lastDay))
                                    : kMissing;
    return {{
        {ReportText::tr("Users"), shortText(static_cast<double>(c.users)),
         ReportText::tr("%1 with a purchase").arg(countText(c.usersWithPurchase))},
        {ReportText::tr("Items"), shortText(static_cast<double>(c.items)), {}},
        {ReportText::tr("Events"), shortText(static_cast<double>(c.events)), span},
        {ReportText::tr("Purchases"), shortText(static_cast<double>(c.purchases)),
         ReportText::tr("%1 gross").arg(money(data, toUnits(c.gross)))},
        {ReportText::tr("Refunds"), shortText(static_cast<double>(c.refunds)),
         money(data, toUnits(c.refunded))},
        {ReportText::tr("Net revenue"), money(data, toUnits(c.gross + c.refunded)), span},
    }};
}

/// Why a line of the table does not add up, where users were erased; empty where it does.
QString erasedNote(const ReportData &data)
{
    ImportTotals::Line erased;
    for (const SourceRecord &source : data.sources) {
        erased.rows += source.totals.erased.rows;
        erased.amount += source.totals.erased.amount;
    }
    return erased.rows == 0
               ? QString()
               : ReportText::tr("Less %1, amount %2, erased with their users.")
                     .arg(rowsText(erased.rows), fullText(toUnits(erased.amount)));
}

Table rows(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr(
        "Control totals, rows: read = stored + duplicate + rejected + excluded + erased");
    table.columns = {textColumn(ReportText::tr("Source")),    numberColumn(ReportText::tr("Read")),
                     numberColumn(ReportText::tr("Stored")),  numberColumn(ReportText::tr("Duplicate")),
                     numberColumn(ReportText::tr("Rejected")), numberColumn(ReportText::tr("Excluded")),
                     labelColumn(ReportText::tr("Imported"))};
    table.whenEmpty = ReportText::tr("Nothing has been imported.");
    table.note = erasedNote(data);
    for (const SourceRecord &s : data.sources) {
        const ImportTotals &t = s.totals;
        table.rows.push_back({text(s.name), countText(t.read.rows), countText(t.stored.rows),
                              countText(t.duplicate.rows), countText(t.rejected.rows),
                              countText(t.excluded.rows),
                              s.state == SourceState::Done ? dayText(dayOf(s.finishedAt))
                                                           : ReportText::tr("unfinished")});
    }
    return table;
}

Table amounts(const ReportData &data)
{
    Table table;
    table.title = withCurrency(data, ReportText::tr("Control totals, amounts"));
    table.columns = {textColumn(ReportText::tr("Source")),    numberColumn(ReportText::tr("Read")),
                     numberColumn(ReportText::tr("Stored")),  numberColumn(ReportText::tr("Duplicate")),
                     numberColumn(ReportText::tr("Rejected")), numberColumn(ReportText::tr("Excluded"))};
    table.whenEmpty = ReportText::tr("Nothing has been imported.");
    table.note = ReportText::tr("An amount that cannot be read counts as 0 on both sides.");
    const auto full = [](const ImportTotals::Line &line) { return fullText(toUnits(line.amount)); };
    for (const SourceRecord &s : data.sources) {
        const ImportTotals &t = s.totals;
        table.rows.push_back({text(s.name), full(t.read), full(t.stored), full(t.duplicate),
                              full(t.rejected), full(t.excluded)});
    }
    return table;
}

Table origins(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr("Where the data came from");
    table.columns = {textColumn(ReportText::tr("Source")), textColumn(ReportText::tr("Profile")),
                     numberColumn(ReportText::tr("Size")),
                     labelColumn(ReportText::tr("Content hash (BLAKE2b, first 16 digits)"))};
    table.whenEmpty = ReportText::tr("Nothing has been imported.");
    for (const SourceRecord &s : data.sources) {
        table.rows.push_back({text(s.name), text(s.profile),
                              s.bytes > 0 ? bytesText(s.bytes) : kMissing,
                              text(s.hash.substr(0, 16))});
    }
    return table;
}

std::vector<Part> write(const ReportData &data)
{
    Part part;
    part.headline = headline(data);
    part.lead = ReportText::tr("Data hash %1. It changes whenever users, items or events change.")
                    .arg(text(data.dataHash));
    part.blocks.push_back(keyFigures(data));
    part.blocks.push_back(rows(data));
    if (!data.sources.empty()) {
        part.blocks.push_back(amounts(data));
        part.blocks.push_back(cleaningTable(data));
        part.blocks.push_back(origins(data));
    }
    return {part};
}

} // namespace

ReportSection dataSection()
{
    return {"data", [] { return ReportText::tr("Data and control totals"); },
            [] { return ReportText::tr("Sources, rows and amounts before and after import"); }, false,
            write};
}

} // namespace perennial::report
