#pragma once

#include <cstdint>

namespace perennial {

/// What random numbers are for. Each purpose and user has its own stream, so that nothing depends on
/// the order in which users are made, nor on how many numbers a neighbour used.
enum class Purpose : std::uint64_t { Catalog, Latent, History, Continuation };

constexpr std::uint64_t streamOf(Purpose purpose, std::uint64_t number) noexcept
{
    return static_cast<std::uint64_t>(purpose) << 56 | number;
}

} // namespace perennial
