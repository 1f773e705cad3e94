#include "core/project/btree_reader.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace perennial {

namespace {

constexpr std::size_t kMostColumns = 200;

/// A number of up to nine bytes, seven bits in each but the last.
struct Varint {
    std::uint64_t value = 0;
    std::size_t length = 0; ///< 0 where the bytes end first
};

Varint readVarint(const std::string &bytes, std::size_t at) noexcept
{
    Varint varint;
    for (std::size_t k = 0; k < 9; ++k) {
        if (at + k >= bytes.size()) {
            return {};
        }
        const auto byte = static_cast<unsigned char>(bytes[at + k]);
        if (k == 8) {
            varint.value = varint.value << 8 | byte;
        } else {
            varint.value = varint.value << 7 | (byte & 0x7FU);
        }
        if (k == 8 || (byte & 0x80U) == 0) {
            varint.length = k + 1;
            return varint;
        }
    }
    return {};
}

std::uint64_t bytesOfType(std::uint64_t type) noexcept
{
    static constexpr std::uint64_t kNumbers[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    return type < 10 ? kNumbers[type] : (type - 12) / 2;
}

std::int64_t readInteger(const std::string &bytes, std::size_t at, std::size_t size) noexcept
{
    std::uint64_t value = 0;
    for (std::size_t k = 0; k < size; ++k) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + k]);
    }
    const auto unused = static_cast<int>(64 - 8 * size);
    return static_cast<std::int64_t>(value << unused) >> unused;
}

StoredValue readValue(const std::string &bytes, std::size_t at, std::uint64_t type)
{
    StoredValue value;
    const auto size = static_cast<std::size_t>(bytesOfType(type));
    if (type >= 12) {
        value.type = type % 2 == 0 ? Statement::Type::Blob : Statement::Type::Text;
        value.bytes = bytes.substr(at, size);
    } else if (type == 7) {
        value.type = Statement::Type::Real;
        value.real = std::bit_cast<double>(readInteger(bytes, at, 8));
    } else if (type == 8 || type == 9) {
        value.type = Statement::Type::Integer;
        value.integer = type == 9 ? 1 : 0;
    } else if (type > 0) {
        value.type = Statement::Type::Integer;
        value.integer = readInteger(bytes, at, size);
    }
    return value;
}

} // namespace

std::optional<StoredRow> parseRecord(const std::string &record)
{
    const Varint header = readVarint(record, 0);
    if (header.length == 0 || header.value < header.length || header.value > record.size()) {
        return std::nullopt;
    }
    std::size_t body = static_cast<std::size_t>(header.value);
    StoredRow row;
    for (std::size_t at = header.length; at < header.value;) {
        const Varint type = readVarint(record, at);
        at += type.length;
        if (type.length == 0 || at > header.value || type.value == 10 || type.value == 11 ||
            row.size() == kMostColumns || bytesOfType(type.value) > record.size() - body) {
            return std::nullopt;
        }
        row.push_back(readValue(record, body, type.value));
        body += static_cast<std::size_t>(bytesOfType(type.value));
    }
    return body == record.size() ? std::optional(std::move(row)) : std::nullopt;
}

struct BTreeReader::Page {
    std::string bytes;
    PageKind kind = PageKind::None;
    std::size_t header = 0; ///< where the tree's part begins: behind the file's header on page 1
    std::size_t cells = 0;
    bool interior() const noexcept
    {
        return kind == PageKind::IndexInterior || kind == PageKind::TableInterior;
    }
    bool ofTable() const noexcept
    {
        return kind == PageKind::TableInterior || kind == PageKind::TableLeaf;
    }
    std::size_t pointers() const noexcept { return header + (interior() ? 12 : 8); }
};

struct BTreeReader::Cell {
    std::uint32_t child = 0;
    std::int64_t rowid = 0;
    std::size_t local = 0; ///< bytes of the record on the page
    std::string record;
};

BTreeReader::BTreeReader(const PageFile &file, const Task &task)
    : m_file(file), m_task(task), m_seen(static_cast<std::size_t>(file.pageCount()) + 1)
{
}

BTreeReader::Page BTreeReader::load(std::uint32_t number) const
{
    Page page;
    page.bytes = m_file.page(number);
    page.header = number == 1 ? 100 : 0;
    if (page.bytes.empty()) {
        return page;
    }
    switch (page.bytes[page.header]) {
    case 2:
        page.kind = PageKind::IndexInterior;
        break;
    case 5:
        page.kind = PageKind::TableInterior;
        break;
    case 10:
        page.kind = PageKind::IndexLeaf;
        break;
    case 13:
        page.kind = PageKind::TableLeaf;
        break;
    default:
        return page;
    }
    page.cells = bigEndian16(page.bytes, page.header + 3);
    if (page.pointers() + 2 * page.cells > m_file.usableSize()) {
        page.kind = PageKind::None;
        page.cells = 0;
    }
    return page;
}

PageKind BTreeReader::kindOf(std::uint32_t page) const
{
    return load(page).kind;
}

/// The rest of a record that its page has no room for, from a chain of pages of its own.
bool BTreeReader::appendOverflow(std::uint32_t first, std::size_t size, std::string &record)
{
    const std::size_t each = m_file.usableSize() - 4;
    for (std::uint32_t next = first; size > 0;) {
        if (next == 0 || next >= m_seen.size() || m_seen[next]) {
            return false;
        }
        const std::string page = m_file.page(next);
        if (page.empty()) {
            return false;
        }
        see(next); // a page belongs to one chain
        const std::size_t taken = std::min(size, each);
        record.append(page, 4, taken);
        size -= taken;
        next = bigEndian32(page, 0);
    }
    return true;
}

bool BTreeReader::readCell(const Page &page, std::size_t index, Cell &cell)
{
    std::size_t at = bigEndian16(page.bytes, page.pointers() + 2 * index);
    const std::size_t usable = m_file.usableSize();
    if (at < page.pointers() + 2 * page.cells || at + 4 > usable) {
        return false;
    }
    if (page.interior()) {
        cell.child = bigEndian32(page.bytes, at);
        at += 4;
    }
    if (page.kind == PageKind::TableInterior) {
        return true;
    }
    const Varint size = readVarint(page.bytes, at);
    at += size.length;
    if (size.length == 0 || size.value > static_cast<std::uint64_t>(m_file.bytes())) {
        return false;
    }
    if (page.ofTable()) {
        const Varint rowid = readVarint(page.bytes, at);
        at += rowid.length;
        cell.rowid = static_cast<std::int64_t>(rowid.value);
        if (rowid.length == 0) {
            return false;
        }
    }
    // How much of a record stays on its page: the format's own rule.
    const std::size_t most = page.ofTable() ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    const std::size_t least = (usable - 12) * 32 / 255 - 23;
    const auto whole = static_cast<std::size_t>(size.value);
    std::size_t local = whole;
    if (whole > most) {
        local = least + (whole - least) % (usable - 4);
        local = local > most ? least : local;
    }
    if (at + local + (whole > local ? 4 : 0) > usable) {
        return false;
    }
    cell.local = local;
    cell.record = page.bytes.substr(at, local);
    return whole == local ||
           appendOverflow(bigEndian32(page.bytes, at + local), whole - local, cell.record);
}

/// @return rows.
std::int64_t BTreeReader::visit(const Page &page, const OnRow &onRow, WalkDamage &damage)
{
    std::int64_t rows = 0;
    // Cells do not overlap: a page whose pointers say so holds no more than it has room for.
    std::size_t room = m_file.usableSize();
    for (std::size_t k = 0; k < page.cells; ++k) {
        Cell cell;
        std::optional<StoredRow> row;
        if (readCell(page, k, cell) && cell.local <= room) {
            room -= cell.local;
            row = parseRecord(cell.record);
        }
        if (row) {
            ++rows;
            onRow(cell.rowid, *row);
        } else {
            ++damage.cells;
        }
    }
    return rows;
}

std::vector<std::uint32_t> BTreeReader::children(std::uint32_t number) const
{
    return childrenOf(load(number));
}

std::vector<std::uint32_t> BTreeReader::childrenOf(const Page &page)
{
    std::vector<std::uint32_t> found;
    if (!page.interior()) {
        return found;
    }
    for (std::size_t k = 0; k < page.cells; ++k) {
        const std::size_t at = bigEndian16(page.bytes, page.pointers() + 2 * k);
        // A pointer to nowhere stays in the list: the walk counts it as a lost page.
        found.push_back(at + 4 <= page.bytes.size() ? bigEndian32(page.bytes, at) : 0);
    }
    found.push_back(bigEndian32(page.bytes, page.header + 8));
    return found;
}

WalkDamage BTreeReader::walk(std::uint32_t root, bool ofTable, const OnRow &onRow)
{
    return walkRows(root, ofTable, INT64_MAX, onRow);
}

void BTreeReader::look(std::uint32_t root, bool ofTable, std::int64_t rows, const OnRow &onRow)
{
    walkRows(root, ofTable, rows, onRow);
    forgetLastWalk();
}

/// @param most rows after which no other page is read.
WalkDamage BTreeReader::walkRows(std::uint32_t root, bool ofTable, std::int64_t most,
                                 const OnRow &onRow)
{
    WalkDamage damage;
    std::int64_t rows = 0;
    m_lastWalk.clear();
    std::vector<std::uint32_t> waiting{root};
    while (!waiting.empty() && rows < most && !m_task.cancelled()) {
        const std::uint32_t number = waiting.back();
        waiting.pop_back();
        const bool known = number > 0 && number < m_seen.size() && !m_seen[number];
        const Page page = known ? load(number) : Page();
        if (page.kind == PageKind::None || page.ofTable() != ofTable) {
            ++damage.pages;
            continue;
        }
        see(number);
        if (page.interior()) {
            const auto below = childrenOf(page);
            waiting.insert(waiting.end(), below.rbegin(), below.rend());
        }
        if (page.kind != PageKind::TableInterior) {
            rows += visit(page, onRow, damage);
        }
    }
    return damage;
}

void BTreeReader::see(std::uint32_t page)
{
    m_seen[page] = true;
    m_lastWalk.push_back(page);
}

void BTreeReader::forgetLastWalk()
{
    for (const std::uint32_t page : m_lastWalk) {
        m_seen[page] = false;
    }
    m_lastWalk.clear();
}

bool BTreeReader::markFreePages()
{
    const std::string first = m_file.page(1);
    if (first.empty() || !m_file.headerReadable()) {
        return false;
    }
    std::vector<bool> seen = m_seen;
    const auto takes = [&seen](std::uint32_t page) {
        const bool free = page > 0 && page < seen.size() && !seen[page];
        if (free) {
            seen[page] = true;
        }
        return free;
    };
    std::uint32_t left = bigEndian32(first, 36);
    for (std::uint32_t trunk = bigEndian32(first, 32); trunk != 0;) {
        const std::string page = takes(trunk) ? m_file.page(trunk) : std::string();
        const std::size_t leaves = page.empty() ? SIZE_MAX : bigEndian32(page, 4);
        if (leaves > m_file.usableSize() / 4 - 2 || leaves + 1 > left) {
            return false;
        }
        for (std::size_t k = 0; k < leaves; ++k) {
            if (!takes(bigEndian32(page, 8 + 4 * k))) {
                return false;
            }
        }
        left -= static_cast<std::uint32_t>(leaves) + 1;
        trunk = bigEndian32(page, 0);
    }
    if (left == 0) {
        m_seen = std::move(seen);
    }
    return left == 0;
}

} // namespace perennial
