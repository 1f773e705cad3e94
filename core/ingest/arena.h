#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace perennial {

/// Text that must outlive the record it was made for (unescaped quotes, upper-cased keys), given
/// back all at once.
class Arena {
public:
    /// Room for `size` characters, to be written by the caller.
    char *take(std::size_t size)
    {
        if (m_blocks.empty() || m_used + size > m_blocks.back().size) {
            const std::size_t room = std::max(size, kBlock);
            m_blocks.push_back({std::make_unique<char[]>(room), room});
            m_used = 0;
        }
        char *place = m_blocks.back().data.get() + m_used;
        m_used += size;
        return place;
    }

    std::string_view keep(std::string_view text)
    {
        char *place = take(text.size());
        std::copy(text.begin(), text.end(), place);
        return {place, text.size()};
    }

    void clear() noexcept
    {
        m_blocks.clear();
        m_used = 0;
    }

private:
    static constexpr std::size_t kBlock = 1 << 16;
    struct Block {
        std::unique_ptr<char[]> data;
        std::size_t size;
    };
    std::vector<Block> m_blocks;
    std::size_t m_used = 0;
};

} // namespace perennial
