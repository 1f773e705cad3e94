#pragma once

#include "core/ingest/row_parser.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace perennial {

/// Hashes seen so far: open addressing, 16 bytes an entry, between 35 and 70 % full.
class RowHashSet {
public:
    /// @return whether it was new.
    bool insert(RowHash hash)
    {
        if (hash == RowHash{}) {
            return !std::exchange(m_hasZero, true); // all zero marks a free place
        }
        if ((m_size + 1) * 10 > m_places.size() * 7) {
            grow();
        }
        RowHash &place = find(hash);
        if (place == hash) {
            return false;
        }
        place = hash;
        ++m_size;
        return true;
    }

private:
    RowHash &find(RowHash hash) noexcept
    {
        const std::size_t mask = m_places.size() - 1;
        std::size_t at = hash.low & mask;
        while (m_places[at] != RowHash{} && m_places[at] != hash) {
            at = (at + 1) & mask;
        }
        return m_places[at];
    }

    void grow()
    {
        std::vector<RowHash> old(m_places.empty() ? 1 << 12 : m_places.size() * 2);
        old.swap(m_places);
        for (const RowHash hash : old) {
            if (hash != RowHash{}) {
                find(hash) = hash;
            }
        }
    }

    std::vector<RowHash> m_places; ///< a power of two of them
    std::size_t m_size = 0;
    bool m_hasZero = false;
};

} // namespace perennial
