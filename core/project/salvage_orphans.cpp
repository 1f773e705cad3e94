#include "core/project/salvage_table.h"

#include <algorithm>
#include <iterator>

namespace perennial {

/// Pages that nothing read so far has led to, and that no other such page leads to.
std::vector<std::uint32_t> SalvageLoader::orphanRoots() const
{
    std::vector<bool> below(static_cast<std::size_t>(m_file.pageCount()) + 1);
    std::vector<std::uint32_t> orphans;
    for (std::uint32_t page = 2; page <= m_file.pageCount(); ++page) {
        if (m_reader.seen(page) || m_reader.kindOf(page) == PageKind::None) {
            continue;
        }
        orphans.push_back(page);
        for (const std::uint32_t child : m_reader.children(page)) {
            if (child < below.size()) {
                below[child] = true;
            }
        }
    }
    std::erase_if(orphans, [&](std::uint32_t page) { return below[page]; });
    return orphans;
}

/// The one damaged table that nearly all rows below a page look like, if there is just one.
SalvageLoader::Orphan SalvageLoader::lookAt(std::uint32_t page)
{
    std::map<Table *, std::int64_t> fitting;
    for (const auto &table : m_tables) {
        if (table->shape.rowids == isTable(page) && table->shape.tellsItself()) {
            fitting.emplace(table.get(), 0);
        }
    }
    std::int64_t rows = 0;
    m_reader.look(page, isTable(page), kLooks, [&](std::int64_t rowid, StoredRow &row) {
        ++rows;
        for (auto &[table, fits] : fitting) {
            fits += table->shape.fits(rowid, row) ? 1 : 0;
        }
    });
    Orphan orphan{page, nullptr, false};
    std::int64_t alike = 0, damaged = 0, some = 0;
    for (const auto &[table, fits] : fitting) {
        const bool like = rows > 0 && nearlyAll(fits, rows);
        alike += like ? 1 : 0;
        damaged += like && table->damaged() ? 1 : 0;
        some += fits > 0 && table->damaged() ? 1 : 0;
        orphan.table = like && table->damaged() ? table : orphan.table;
    }
    if (damaged != 1) {
        orphan.table = nullptr;
        // Old copies of what is whole are nobody's loss, nor are pages of an index.
        orphan.lost = damaged > 1 || (alike == 0 && some > 0);
    }
    return orphan;
}

/// Ids that the chunk log says were written. Pages that nothing points to may have been given up
/// long ago, with rows that were taken out since.
void SalvageLoader::readRanges()
{
    m_ranges.clear();
    if (m_out.integer("SELECT EXISTS (SELECT 1 FROM import_chunk WHERE rows_hash = '')") != 0) {
        return;
    }
    Statement events(m_out, "SELECT first_event, last_event FROM import_chunk");
    while (events.step()) {
        m_ranges["event"].emplace_back(events.integer(0), events.integer(1));
    }
    Statement entries(m_out, "SELECT dictionary, first_id, last_id FROM chunk_entry");
    while (entries.step()) {
        m_ranges[entries.text(0)].emplace_back(entries.integer(1), entries.integer(2));
    }
    for (auto &[table, ranges] : m_ranges) {
        std::ranges::sort(ranges);
    }
}

bool SalvageLoader::vouchedFor(const Table &table, std::int64_t rowid) const
{
    const std::string &name = table.shape.name;
    const auto ranges = m_ranges.find(name == "set_aside_event" ? "event" : name);
    if (ranges == m_ranges.end()) {
        return true;
    }
    const auto after = std::ranges::upper_bound(ranges->second, rowid, {}, &Range::first);
    return after != ranges->second.begin() && rowid <= std::prev(after)->second;
}

void SalvageLoader::loadOrphan(const Orphan &orphan)
{
    if (m_reader.seen(orphan.page)) {
        return; // a page of another's long record, which only looked like one of a tree
    }
    Table &table = *orphan.table;
    m_reader.walk(orphan.page, table.shape.rowids, [&](std::int64_t rowid, StoredRow &row) {
        if (vouchedFor(table, rowid)) {
            store(table, rowid, row);
        }
    });
}

void SalvageLoader::countUnassigned(const Orphan &orphan)
{
    if (!m_reader.seen(orphan.page)) {
        m_reader.walk(orphan.page, isTable(orphan.page),
                      [this](std::int64_t, StoredRow &) { ++m_unassigned; });
    }
}

/// First the log of chunks, which the other tables' rows are held against.
void SalvageLoader::loadOrphans()
{
    std::vector<Orphan> orphans;
    for (const std::uint32_t page : orphanRoots()) {
        orphans.push_back(lookAt(page));
    }
    Transaction transaction(m_out);
    for (const bool ofLog : {true, false}) {
        for (const Orphan &orphan : orphans) {
            if (orphan.table != nullptr && orphan.table->isLog() == ofLog) {
                loadOrphan(orphan);
            }
        }
        if (ofLog) {
            readRanges();
        }
    }
    for (const Orphan &orphan : orphans) {
        if (orphan.lost) {
            countUnassigned(orphan);
        }
    }
    transaction.commit();
}

} // namespace perennial
