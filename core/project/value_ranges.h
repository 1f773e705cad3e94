#pragma once

#include "core/project/btree_reader.h"

#include <cstdint>
#include <optional>
#include <string>

namespace perennial {

/// The whole numbers that a column holds, as its readers count on them (stored.h).
struct ValueRange {
    std::int64_t least = INT64_MIN, most = INT64_MAX;
};

/// @param fileBytes ids are dense: one that a file of so many bytes can't have got to is a broken
/// byte.
ValueRange rangeOf(const std::string &table, const std::string &column, std::int64_t fileBytes);
/// Of rowids that are ids.
ValueRange idRange(const std::string &table, std::int64_t fileBytes);

/// What stands for a value that is none of its column's any more, where the rest of the row is
/// worth keeping without it. Nothing: the row is of no use.
std::optional<StoredValue> standIn(const std::string &table, const std::string &column);

} // namespace perennial
