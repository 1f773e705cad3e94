#include "core/project/salvage_loader.h"

#include "core/base/text.h"
#include "core/project/dictionaries.h"
#include "core/project/salvage_table.h"
#include "core/project/schema.h"

#include <algorithm>
#include <cstdlib>

namespace perennial {

namespace {

using Stored = Statement::Type;

bool isText(const StoredValue &value)
{
    return value.type == Stored::Text && isValidUtf8(value.bytes);
}

} // namespace

SalvageLoader::SalvageLoader(const PageFile &file, Database &out, const Task &task)
    : m_file(file), m_reader(file, task), m_out(out), m_task(task)
{
    for (TableShape &shape : tableShapes(file.bytes())) {
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

/// Amounts that no sum could hold together are no shop's.
bool SalvageLoader::affordable(const Table &table, const StoredRow &row)
{
    constexpr std::size_t kAmount = 6;
    if (!table.isOfEvents()) {
        return true;
    }
    const Money amount = std::abs(row[kAmount].integer); // of one row, which fits
    const bool fits = m_money <= INT64_MAX / 4 - amount;
    m_money += fits ? amount : 0;
    return fits;
}

bool SalvageLoader::store(Table &table, std::int64_t rowid, StoredRow &row)
{
    const std::int64_t mended = table.shape.mend(row);
    if (!table.shape.fits(rowid, row) || !affordable(table, row)) {
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
    table.mended += stored ? mended : 0;
    return stored;
}

bool SalvageLoader::isTable(std::uint32_t root) const
{
    const PageKind kind = m_reader.kindOf(root);
    return kind == PageKind::TableInterior || kind == PageKind::TableLeaf;
}

/// @param trusted the file says so itself: then half of the rows will do.
bool SalvageLoader::looksLike(const Table &table, std::uint32_t root, bool trusted)
{
    constexpr std::size_t kWide = 14; // as no other table is: a row with broken values shows still
    const TableShape &shape = table.shape;
    std::int64_t fitting = 0, rows = 0;
    m_reader.look(root, shape.rowids, kLooks, [&](std::int64_t rowid, StoredRow &row) {
        ++rows;
        if (shape.columns.size() >= kWide) {
            shape.mend(row);
        }
        fitting += shape.fits(rowid, row) ? 1 : 0;
    });
    if (trusted) {
        return 2 * fitting >= rows;
    }
    return nearlyAll(fitting, rows) && (shape.tellsItself() || m_usualPlaces || rows == 0);
}

bool SalvageLoader::loadFrom(Table &table, std::uint32_t root, bool trusted)
{
    if (m_reader.kindOf(root) == PageKind::None || isTable(root) != table.shape.rowids ||
        m_reader.seen(root) || !looksLike(table, root, trusted)) {
        return false;
    }
    table.rooted = true;
    table.damage +=
        m_reader.walk(root, table.shape.rowids,
                      [&](std::int64_t rowid, StoredRow &row) { store(table, rowid, row); });
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

/// Keys of a dictionary whose own pages or rows are damaged, out of the index over them.
void SalvageLoader::loadKeysFromIndexes()
{
    for (const auto &table : m_tables) {
        const bool complete = !table->damaged() && table->unusable == 0;
        if (complete || !isDictionary(table->shape.name)) {
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
                row[1].integer >= table->shape.ids.least &&
                row[1].integer <= table->shape.ids.most) {
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
    std::stable_partition(order.begin(), order.end(), [this](const Table *table) {
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
        loadOrphans();
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
        out.mended = table->mended;
        // A tree whose root is gone is at least that page lost.
        out.lostPages = table->damage.pages + (table->rooted ? 0 : 1);
        out.keysOnly = table->keysOnly;
    }
    return report;
}

} // namespace perennial
