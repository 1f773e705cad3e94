#pragma once

#include "core/base/hash.h"
#include "core/project/database.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace perennial {

/// Hashes stored values, each with its type in front, so that no two rows spell the same bytes:
/// integers as their fewest little-endian bytes, reals as integers where they are whole, texts and
/// blobs after their length. Collects before it hashes: BLAKE2b is fast on large pieces only.
class RowHasher {
public:
    RowHasher();

    void integer(std::int64_t value);
    void real(double value);
    void text(std::string_view value);
    void null();
    /// All values of a statement's current row.
    void row(const Statement &statement);
    /// 64 hex digits; the hasher can't be used afterwards.
    std::string hex();

private:
    void value(const Statement &statement, int column);
    void makeRoom();
    void whole(unsigned tag, std::int64_t value);
    void bytes(unsigned tag, std::string_view value);

    Hasher m_hasher;
    std::unique_ptr<char[]> m_buffer;
    std::size_t m_used = 0;
};

/// Hash of everything that a query gives, with the number of its rows.
std::string hashRows(Statement &statement);

} // namespace perennial
