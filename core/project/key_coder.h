#pragma once

// Private to core/project.

#include "core/project/database.h"
#include "core/project/key_index.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace perennial {

/// One dictionary table, loaded once and kept in step with what a writer adds. New keys have their
/// ids at once and are in the table with `write`.
class KeyCoder {
public:
    /// Throws Damaged where an id is none.
    KeyCoder(Database &database, const std::string &table);

    /// The key's id, the next one where it is new. Throws OutOfMemory past kMaxId.
    std::int64_t code(std::string_view key);
    void expect(std::string_view key) { m_index.expect(key); } ///< as KeyIndex::expect
    /// Writes new entries, within the open transaction.
    void write();

    void keepChunk() { m_committed = m_index.size(); } ///< when it is committed
    void forgetChunk(); ///< the entries that came with it, when it is rolled back

    const KeyIndex &index() const noexcept { return m_index; }
    std::size_t committed() const noexcept { return m_committed; } ///< entries before the open chunk

private:
    KeyIndex m_index;
    Statement m_insert;
    std::size_t m_committed = 0;
    std::size_t m_written = 0; ///< entries that are in the table
};

} // namespace perennial
