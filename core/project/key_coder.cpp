#include "core/project/key_coder.h"

#include "core/project/stored.h"

#include <algorithm>
#include <vector>

namespace perennial {

namespace {

/// A key by its first eight bytes, so that most are compared without a look at them.
struct FreshKey {
    std::uint64_t beginning;
    std::size_t entry;
};

std::uint64_t beginningOf(std::string_view key)
{
    std::uint64_t bytes = 0;
    for (std::size_t k = 0; k < sizeof bytes; ++k) {
        bytes = bytes << 8 | (k < key.size() ? static_cast<unsigned char>(key[k]) : 0U);
    }
    return bytes;
}

} // namespace

KeyCoder::KeyCoder(Database &database, const std::string &table)
    : m_insert(database, "INSERT INTO " + table + "(id, key) VALUES (?, ?)")
{
    Statement all(database, "SELECT id, key FROM " + table + " ORDER BY id");
    while (all.step()) {
        m_index.insert(all.textView(1), storedId(all, 0));
    }
    m_committed = m_written = m_index.size();
}

std::int64_t KeyCoder::code(std::string_view key)
{
    if (const std::int64_t known = m_index.find(key); known != 0) {
        return known;
    }
    const std::int64_t id = m_index.lastId() + 1;
    if (id > kMaxId) {
        throw SqlFailure(ErrorCode::OutOfMemory, "ids");
    }
    m_index.insert(key, id);
    return id;
}

/// In order of their keys: into an index of a million keys that costs a third of writing them as
/// they come.
void KeyCoder::write()
{
    std::vector<FreshKey> fresh;
    fresh.reserve(m_index.size() - m_written);
    for (std::size_t k = m_written; k < m_index.size(); ++k) {
        fresh.push_back({beginningOf(m_index.keyAt(k)), k});
    }
    std::ranges::sort(fresh, [this](const FreshKey &a, const FreshKey &b) {
        return a.beginning != b.beginning ? a.beginning < b.beginning
                                          : m_index.keyAt(a.entry) < m_index.keyAt(b.entry);
    });
    for (const FreshKey &key : fresh) {
        m_insert.bindAll(m_index.idAt(key.entry), m_index.keyAt(key.entry));
        m_insert.run();
    }
    m_written = m_index.size();
}

void KeyCoder::forgetChunk()
{
    m_index.truncate(m_committed);
    m_written = m_committed;
}

} // namespace perennial
