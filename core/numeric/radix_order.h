#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Rows from the least value to the largest, equal ones as they stand; −0 and 0 are equal.
/// @param values no NaN; fewer than 2³² of them. Cost O(n) where their first 33 bits tell most of
/// them apart, O(n log n) at most.
/// Source: radix sort by the lowest digit first, Knuth, The Art of Computer Programming 3, 5.2.5;
/// the bits of IEEE 754 numbers turned so that they rise with the value.
std::vector<std::uint32_t> radixOrder(std::span<const double> values);

} // namespace perennial
