#pragma once

// Private to core/project.

#include <algorithm>
#include <array>
#include <string_view>

namespace perennial {

/// The tables that code keys as ids, in the order of Dictionary (event_writer.h). Each has a unique
/// index over its keys.
inline constexpr std::array<const char *, 8> kDictionaryTables{
    "user", "item", "order_key", "device", "place", "channel", "campaign", "coupon"};

inline bool isDictionary(std::string_view table)
{
    return std::ranges::find(kDictionaryTables, table) != kDictionaryTables.end();
}

} // namespace perennial
