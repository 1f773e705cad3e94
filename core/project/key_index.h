#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Text keys to ids: open addressing, with short keys beside their ids. An import asks it twice a
/// row, and nearly all of the time goes into waiting for memory: `expect` has it fetched ahead.
/// It can forget the newest entries when a chunk is rolled back.
class KeyIndex {
public:
    /// 0 where the key is not known.
    std::int64_t find(std::string_view key) const
    {
        if (m_slots.empty()) {
            return 0;
        }
        const Slot &slot = m_slots[locate(key, hashOf(key))];
        return slot.entry == 0 ? 0 : m_entries[slot.entry - 1].id;
    }

    /// The key will be looked up after some more calls of this: its slot is fetched now, its entry
    /// a few calls later. Changes nothing else.
    void expect(std::string_view key)
    {
        if (m_slots.empty()) {
            return;
        }
        const std::uint32_t hash = hashOf(key);
        __builtin_prefetch(&m_slots[hash & mask()]);
        std::uint32_t &turn = m_expected[m_turn++ % m_expected.size()];
        if (const Slot &slot = m_slots[turn & mask()]; slot.entry != 0) {
            __builtin_prefetch(&m_entries[slot.entry - 1]);
        }
        turn = hash;
    }

    /// The key must not be known. @param id up to 2^32 − 1.
    void insert(std::string_view key, std::int64_t id)
    {
        if ((m_entries.size() + 1) * 2 > m_slots.size()) {
            rebuild(m_slots.empty() ? 1024 : m_slots.size() * 2);
        }
        Entry entry;
        entry.hash = hashOf(key);
        entry.id = static_cast<std::uint32_t>(id);
        entry.length = static_cast<std::uint32_t>(key.size());
        assert(entry.id == static_cast<std::uint64_t>(id) && entry.length == key.size());
        if (key.size() <= entry.text.size()) {
            std::ranges::copy(key, entry.text.begin()); // also of an empty one, which has no bytes
        } else {
            const std::uint64_t offset = m_longKeys.size();
            std::memcpy(entry.text.data(), &offset, sizeof offset);
            m_longKeys.append(key);
        }
        m_entries.push_back(entry);
        m_slots[locate(key, entry.hash)] = {entry.hash,
                                            static_cast<std::uint32_t>(m_entries.size())};
    }

    std::size_t size() const noexcept { return m_entries.size(); }
    /// The k-th entry in order of insertion. Valid until the next insertion.
    std::string_view keyAt(std::size_t k) const noexcept { return keyOf(m_entries[k]); }
    std::int64_t idAt(std::size_t k) const noexcept { return m_entries[k].id; }
    std::int64_t lastId() const noexcept { return m_entries.empty() ? 0 : m_entries.back().id; }

    /// Forgets every entry after the first `size`.
    void truncate(std::size_t size)
    {
        if (size >= m_entries.size()) {
            return;
        }
        for (std::size_t k = size; k < m_entries.size(); ++k) {
            if (const Entry &entry = m_entries[k]; entry.length > entry.text.size()) {
                m_longKeys.resize(offsetOf(entry));
                break;
            }
        }
        m_entries.resize(size);
        rebuild(m_slots.size());
    }

private:
    /// Half a line of the processor's cache.
    struct alignas(32) Entry {
        std::uint32_t hash = 0, id = 0, length = 0;
        std::array<char, 20> text{}; ///< the key, or where it lies among the long ones
    };
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t entry = 0; ///< its number from 1; 0 = free
    };

    static std::uint32_t hashOf(std::string_view key)
    {
        const std::uint64_t hash = std::hash<std::string_view>{}(key);
        return static_cast<std::uint32_t>(hash ^ (hash >> 32));
    }

    static std::uint64_t offsetOf(const Entry &entry) noexcept
    {
        std::uint64_t offset = 0;
        std::memcpy(&offset, entry.text.data(), sizeof offset);
        return offset;
    }

    std::string_view keyOf(const Entry &entry) const noexcept
    {
        return entry.length <= entry.text.size()
                   ? std::string_view(entry.text.data(), entry.length)
                   : std::string_view(m_longKeys).substr(offsetOf(entry), entry.length);
    }

    std::size_t mask() const noexcept { return m_slots.size() - 1; }

    // The slot that holds the key, or the free one where it belongs.
    std::size_t locate(std::string_view key, std::uint32_t hash) const
    {
        std::size_t at = hash & mask();
        while (m_slots[at].entry != 0 &&
               (m_slots[at].hash != hash || keyOf(m_entries[m_slots[at].entry - 1]) != key)) {
            at = (at + 1) & mask();
        }
        return at;
    }

    void rebuild(std::size_t slots)
    {
        m_slots.assign(slots, Slot{});
        for (std::size_t k = 0; k < m_entries.size(); ++k) {
            std::size_t at = m_entries[k].hash & mask();
            while (m_slots[at].entry != 0) {
                at = (at + 1) & mask();
            }
            m_slots[at] = {m_entries[k].hash, static_cast<std::uint32_t>(k + 1)};
        }
    }

    std::string m_longKeys;
    std::vector<Entry> m_entries;
    std::vector<Slot> m_slots; ///< a power of two of them, at least half free
    std::array<std::uint32_t, 8> m_expected{};
    std::size_t m_turn = 0;
};

} // namespace perennial
