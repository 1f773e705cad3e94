#pragma once

#include "core/base/task.h"
#include "core/project/database.h"
#include "core/project/page_file.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// A value as a record stores it. Texts are bytes that nobody has checked.
struct StoredValue {
    Statement::Type type = Statement::Type::Null;
    std::int64_t integer = 0;
    double real = 0;
    std::string bytes;
};
using StoredRow = std::vector<StoredValue>;

/// The values of a record, or nothing where it is not exactly one. Never more than 200.
std::optional<StoredRow> parseRecord(const std::string &record);

enum class PageKind { None, IndexInterior, TableInterior, IndexLeaf, TableLeaf };

/// What a walk came across beside rows.
struct WalkDamage {
    std::int64_t pages = 0; ///< that can't be read, are of the wrong kind, or were seen before
    std::int64_t cells = 0; ///< whose record can't be read
    bool any() const noexcept { return pages > 0 || cells > 0; }
    WalkDamage &operator+=(const WalkDamage &other) noexcept
    {
        pages += other.pages;
        cells += other.cells;
        return *this;
    }
};

/// Reads rows out of the trees of pages that a file's tables are. Every page is read once at most,
/// whatever the pointers say: the work is bounded by the file's size.
class BTreeReader {
public:
    /// @param file outlives the reader. @param task where it is cancelled, walks end early.
    BTreeReader(const PageFile &file, const Task &task);

    /// rowid: 0 in trees of an index or of a table without rowids.
    using OnRow = std::function<void(std::int64_t rowid, StoredRow &row)>;
    /// All rows below a page, in order.
    WalkDamage walk(std::uint32_t root, bool ofTable, const OnRow &onRow);
    /// At least the first `rows` rows below a page, where there are so many, as if nobody had read
    /// them: to see what the pages hold.
    void look(std::uint32_t root, bool ofTable, std::int64_t rows, const OnRow &onRow);
    /// Counts the unused pages of the header's list as seen. After all walks from known roots: a
    /// list that names a page of a tree is broken. @return false where it is, then nothing changes.
    bool markFreePages();

    PageKind kindOf(std::uint32_t page) const;
    bool seen(std::uint32_t page) const { return page < m_seen.size() && m_seen[page]; }
    /// The pages that an interior page points to, itself not marked as seen.
    std::vector<std::uint32_t> children(std::uint32_t page) const;

private:
    struct Page;
    struct Cell;
    Page load(std::uint32_t number) const;
    WalkDamage walkRows(std::uint32_t root, bool ofTable, std::int64_t most, const OnRow &onRow);
    std::int64_t visit(const Page &page, const OnRow &onRow, WalkDamage &damage);
    static std::vector<std::uint32_t> childrenOf(const Page &page);
    void forgetLastWalk();
    bool readCell(const Page &page, std::size_t index, Cell &cell);
    void see(std::uint32_t page);
    bool appendOverflow(std::uint32_t first, std::size_t size, std::string &record);

    const PageFile &m_file;
    const Task &m_task;
    std::vector<bool> m_seen;
    std::vector<std::uint32_t> m_lastWalk;
};

} // namespace perennial
