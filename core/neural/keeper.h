#pragma once

// For the loops of core/neural alone: which values a dropout leaves.

#include "core/neural/row_loops.h"

#include <cstdint>

namespace perennial::net {

/// 32 well mixed bits for a position.
/// Source: Wellons (2018), "Prospecting for hash functions", the constants of lowbias32.
inline std::uint32_t bitsAt(std::uint32_t position, std::uint32_t low, std::uint32_t high) noexcept
{
    std::uint32_t x = position * 0x9e3779b9U ^ low;
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= (x >> 15) ^ high;
    x *= 0x846ca68bU;
    return x ^ (x >> 16);
}

/// What remains of 1 at a position: 0, or 1 / (1 − p).
template <class T>
struct Keeper {
    std::uint32_t low, high, threshold;
    T factor;
    explicit Keeper(const Drop &drop) noexcept
        : low(static_cast<std::uint32_t>(drop.key)),
          high(static_cast<std::uint32_t>(drop.key >> 32)), threshold(drop.threshold),
          factor(static_cast<T>(4294967296.0 / (4294967296.0 - drop.threshold)))
    {
    }
    T at(std::uint32_t position) const noexcept
    {
        return bitsAt(position, low, high) >= threshold ? factor : T{0};
    }
};

} // namespace perennial::net
