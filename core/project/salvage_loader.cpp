#include "core/project/salvage_loader.h"

#include "core/base/text.h"
#include "core/project/row_inserter.h"
#include "core/project/schema.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace perennial {

namespace {

using Stored = Statement::Type;

// Their index over the keys holds id and key as well.
constexpr std::array kDictionaries{"user",  "item",    "order_key", "device",
                                   "place", "channel", "campaign",  "coupon"};

bool isDictionary(const std::string &table)
{
    return std::ranges::find(kDictionaries, table) != kDictionaries.end();
}

bool isText(const StoredValue &value)
{
    return value.type == Stored::Text && isValidUtf8(value.bytes);
}

} // namespace

struct SalvageLoader::Table {
    Table(Database &database, TableShape what) : shape(std::move(what)), inserter(database, shape)
    {
    }
    TableShape shape;
    RowInserter inserter;
    bool rooted = false; ///< its tree was found from its root
    std::int64_t kept = 0, unusable = 0, keysOnly = 0;
    WalkDamage damage;
    bool damaged() const noexcept { return !rooted || damage.any(); }
};

SalvageLoader::SalvageLoader(const PageFile &file, Database &out, const Task &task)
    : m_file(file), m_reader(file, task), m_out(out), m_task(task)
{
    for (TableShape &shape : tableShapes()) {
        m_tables.push_back(std::make_unique<Table>(out, std::move(shape)));
    }
}

SalvageLoader::~SalvageLoader() = default;

/// The file's own list of what lies where.
void SalvageLoader::readSchema()
{
    m_schemaDamage = m_reader.walk(1, true, [this](std::int64_t, StoredRow &row) {
        const bool usable = row.size() == 5 && isText(row[0]) && isText(row[1]) &&
                            row[3].type == Stored::Integer && row[3].integer > 1 &&
                            row[3].integer <= m_file.pageCount();
        if (!usable) {
            m_schemaDamage.cells += 1;
            return;
        }
        m_roots.try_emplace(row[1].bytes, static_cast<std::uint32_t>(row[3].integer));
        if (row[0].bytes == "table" && isText(row[4]) && !m_freshTables.contains(row[4].bytes)) {
            m_otherTables = true;
        }
    });
}

bool SalvageLoader::fromNewerVersion() const noexcept
{
    return m_otherTables && m_file.userVersion() > static_cast<std::uint32_t>(kSchemaVersion);
}

/// Where this program puts what when it makes a project.
void SalvageLoader::readFreshRoots()
{
    Statement query(m_out, "SELECT name, rootpage, coalesce(sql, '') FROM sqlite_master "
                           "WHERE rootpage > 1");
    while (query.step()) {
        m_freshRoots.emplace(query.text(0), static_cast<std::uint32_t>(query.integer(1)));
        m_freshTables.insert(query.text(2));
    }
}

bool SalvageLoader::store(Table &table, std::int64_t rowid, StoredRow &row)
{
    if (!table.shape.fits(row) || !table.shape.idsPlausible(rowid, row, m_file.bytes())) {
        ++table.unusable;
        return false;
    }
    if (table.shape.name == "seal") { // what the new project's seals are compared with
        m_seals.try_emplace(row[0].bytes, row[1].bytes);
        ++table.kept;
        return true;
    }
    const bool stored = table.inserter.insert(rowid, row);
    ++(stored ? table.kept : table.unusable);
    return stored;
}

/// @param trusted the file says so itself; else its rows must all look right.
bool SalvageLoader::loadFrom(Table &table, std::uint32_t root, bool trusted)
{
    const PageKind kind = m_reader.kindOf(root);
    const bool ofTable = kind == PageKind::TableInterior || kind == PageKind::TableLeaf;
    if (kind == PageKind::None || ofTable != table.shape.rowids || m_reader.seen(root)) {
        return false;
    }
    std::int64_t fitting = 0, others = 0;
    m_reader.walk(root, ofTable, [&](std::int64_t, StoredRow &row) {
        ++(table.shape.fits(row) ? fitting : others);
    });
    m_reader.forgetLastWalk();
    const bool looksRight = table.shape.tellsItself() || m_usualPlaces || fitting == 0;
    if (trusted ? fitting == 0 && others > 0 : others > 0 || !looksRight) {
        return false;
    }
    table.rooted = true;
    table.damage += m_reader.walk(
        root, ofTable, [&](std::int64_t rowid, StoredRow &row) { store(table, rowid, row); });
    return true;
}

void SalvageLoader::loadTable(Table &table)
{
    Transaction transaction(m_out);
    const auto listed = m_roots.find(table.shape.name);
    const auto fresh = m_freshRoots.find(table.shape.name);
    if ((listed == m_roots.end() || !loadFrom(table, listed->second, true)) &&
        fresh != m_freshRoots.end()) {
        const bool found = loadFrom(table, fresh->second, false);
        // The seals are of the newest version and lie behind everything else: where they are in
        // their place, so is the rest.
        m_usualPlaces = m_usualPlaces || (found && table.shape.name == "seal" && table.kept > 0);
    }
    transaction.commit();
}

/// Keys of a dictionary whose own pages are damaged, out of the index over them.
void SalvageLoader::loadKeysFromIndexes()
{
    for (const auto &table : m_tables) {
        if (!table->damaged() || !isDictionary(table->shape.name)) {
            continue;
        }
        const std::string name = "sqlite_autoindex_" + table->shape.name + "_1";
        const auto listed = m_roots.find(name);
        const auto fresh = m_freshRoots.find(name);
        const std::uint32_t root = listed != m_roots.end()       ? listed->second
                                   : fresh != m_freshRoots.end() ? fresh->second
                                                                 : 0;
        if (root == 0 || m_reader.seen(root)) {
            continue;
        }
        Transaction transaction(m_out);
        Statement insert(m_out,
                         "INSERT OR IGNORE INTO " + table->shape.name + "(id, key) VALUES (?, ?)");
        m_reader.walk(root, false, [&](std::int64_t, StoredRow &row) {
            if (row.size() == 2 && isText(row[0]) && row[1].type == Stored::Integer &&
                row[1].integer > 0) {
                insert.bindAll(row[1].integer, row[0].bytes);
                insert.run();
                table->kept += m_out.changes();
                table->keysOnly += table->shape.columns.size() > 2 ? m_out.changes() : 0;
            }
        });
        transaction.commit();
    }
}

/// Pages of indexes are nobody's lost rows.
void SalvageLoader::passIndexes()
{
    for (const auto &[name, root] : m_roots) {
        if (!m_reader.seen(root)) {
            const PageKind kind = m_reader.kindOf(root);
            if (kind == PageKind::IndexInterior || kind == PageKind::IndexLeaf) {
                m_reader.walk(root, false, [](std::int64_t, StoredRow &) {});
            }
        }
    }
}

bool SalvageLoader::anythingLost() const
{
    return m_schemaDamage.any() ||
           std::ranges::any_of(m_tables, [](const auto &table) { return table->damaged(); });
}

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

/// The one damaged table that all rows below a page look like, if there is just one.
SalvageLoader::Table *SalvageLoader::tableOf(std::uint32_t orphan)
{
    const PageKind kind = m_reader.kindOf(orphan);
    const bool ofTable = kind == PageKind::TableInterior || kind == PageKind::TableLeaf;
    std::vector<Table *> candidates;
    for (const auto &table : m_tables) {
        if (table->damaged() && table->shape.rowids == ofTable && table->shape.tellsItself()) {
            candidates.push_back(table.get());
        }
    }
    std::int64_t rows = 0;
    m_reader.walk(orphan, ofTable, [&](std::int64_t, StoredRow &row) {
        ++rows;
        std::erase_if(candidates, [&](const Table *table) { return !table->shape.fits(row); });
    });
    m_reader.forgetLastWalk();
    if (rows == 0 || candidates.empty()) {
        return nullptr;
    }
    if (candidates.size() > 1) {
        m_unassigned += rows;
        return nullptr;
    }
    return candidates.front();
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

/// @param chunkLog only the log of chunks, which the other tables' rows are held against.
void SalvageLoader::loadOrphans(bool chunkLog)
{
    Transaction transaction(m_out);
    for (const std::uint32_t orphan : orphanRoots()) {
        Table *table = tableOf(orphan);
        const bool isLog = table != nullptr && (table->shape.name == "import_chunk" ||
                                                table->shape.name == "chunk_entry");
        if (table == nullptr || isLog != chunkLog) {
            continue;
        }
        m_reader.walk(orphan, table->shape.rowids, [&](std::int64_t rowid, StoredRow &row) {
            if (vouchedFor(*table, rowid)) {
                store(*table, rowid, row);
            }
        });
    }
    transaction.commit();
}

bool SalvageLoader::load()
{
    readFreshRoots();
    readSchema();
    if (fromNewerVersion()) {
        return false;
    }
    // Tables that lie where they usually do go first: a wrong pointer of another can't take their
    // place.
    std::vector<Table *> order;
    for (const auto &table : m_tables) {
        order.push_back(table.get());
    }
    std::ranges::reverse(order); // the seals before what they tell of
    std::ranges::stable_partition(order, [this](const Table *table) {
        if (table->shape.name == "seal") {
            return true;
        }
        const auto listed = m_roots.find(table->shape.name);
        const auto fresh = m_freshRoots.find(table->shape.name);
        return listed != m_roots.end() && fresh != m_freshRoots.end() &&
               listed->second == fresh->second;
    });
    double done = 0;
    for (Table *table : order) {
        if (m_task.cancelled()) {
            return false;
        }
        loadTable(*table);
        m_task.progress(0.6 * ++done / static_cast<double>(order.size()), "salvaging");
    }
    loadKeysFromIndexes();
    passIndexes();
    m_freeListReadable = m_reader.markFreePages();
    if (anythingLost()) {
        loadOrphans(true);
        readRanges();
        m_unassigned = 0;
        loadOrphans(false);
    }
    return !m_task.cancelled();
}

SalvageReport SalvageLoader::report() const
{
    SalvageReport report;
    report.pages = m_file.pageCount();
    report.logFrames = m_file.logFrames();
    report.headerReadable = m_file.headerReadable();
    report.schemaReadable = !m_roots.empty() && !m_schemaDamage.any();
    report.freeListReadable = m_freeListReadable;
    report.unassignedRows = m_unassigned;
    for (const auto &table : m_tables) {
        SalvagedTable &out = report.tables.emplace_back();
        out.name = table->shape.name;
        out.kept = table->kept;
        out.unusable = table->unusable + table->damage.cells;
        // A tree whose root is gone is at least that page lost.
        out.lostPages = table->damage.pages + (table->rooted ? 0 : 1);
        out.keysOnly = table->keysOnly;
    }
    return report;
}

} // namespace perennial
