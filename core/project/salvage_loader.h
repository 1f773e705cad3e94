#pragma once

#include "core/base/money.h"
#include "core/base/task.h"
#include "core/project/salvage.h"
#include "core/project/table_shape.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace perennial {

/// Copies the rows of a damaged file's pages into the tables of an empty project. First what the
/// file's own list of tables points to, then what lies where this program always puts it, then
/// pages that nothing points to, by the look of their rows.
class SalvageLoader {
public:
    SalvageLoader(const PageFile &file, Database &out, const Task &task);
    ~SalvageLoader();

    /// @return false where cancelled or fromNewerVersion.
    bool load();
    /// What is known after loading: the pages, the tables, rows that were not assigned.
    SalvageReport report() const;
    /// The seals that the damaged file held, by table.
    const std::map<std::string, std::string> &seals() const noexcept { return m_seals; }
    /// Whether the file says so and has tables that are not this version's: the number alone may
    /// be a broken byte.
    bool fromNewerVersion() const noexcept;

private:
    struct Table;
    using Range = std::pair<std::int64_t, std::int64_t>;

    void readSchema();
    void readFreshRoots();
    bool isTable(std::uint32_t root) const;
    bool looksLike(const Table &table, std::uint32_t root, bool trusted);
    bool loadFrom(Table &table, std::uint32_t root, bool trusted);
    void loadTable(Table &table);
    void loadKeysFromIndexes();
    void passIndexes();
    bool anythingLost() const;
    std::vector<std::uint32_t> orphanRoots() const;
    /// A page that nothing leads to, and the table that its rows look like.
    struct Orphan {
        std::uint32_t page = 0;
        Table *table = nullptr;
        bool lost = false; ///< without a table: rows that may have been somebody's
    };
    Orphan lookAt(std::uint32_t page);
    void loadOrphan(const Orphan &orphan);
    void loadOrphans();
    void countUnassigned(const Orphan &orphan);
    bool vouchedFor(const Table &table, std::int64_t rowid) const;
    void readRanges();
    bool affordable(const Table &table, const StoredRow &row);
    bool store(Table &table, std::int64_t rowid, StoredRow &row);

    const PageFile &m_file;
    BTreeReader m_reader;
    Database &m_out;
    const Task &m_task;
    std::vector<std::unique_ptr<Table>> m_tables;
    std::map<std::string, std::uint32_t> m_roots, m_freshRoots; ///< tables and indexes by name
    std::set<std::string> m_freshTables;                        ///< as SQL
    std::map<std::string, std::string> m_seals;
    std::map<std::string, std::vector<Range>> m_ranges; ///< of ids, by table
    WalkDamage m_schemaDamage;
    std::int64_t m_unassigned = 0;
    Money m_money = 0; ///< of all events so far, signs left out
    bool m_freeListReadable = false, m_otherTables = false;
    bool m_usualPlaces = false; ///< tables lie where a new project has them
};

} // namespace perennial
