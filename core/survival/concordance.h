#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>

namespace perennial {

/// How often who has the higher risk leaves first. Counted are the pairs whose order is known: the
/// earlier of two times is an event, or of two rows at one time one is an event and the other is
/// censored (he outlived it). Two events at one time have no order.
struct Concordance {
    std::int64_t concordant = 0; ///< the one who left first had the higher risk
    std::int64_t discordant = 0;
    std::int64_t tiedRisk = 0; ///< count half
    std::int64_t tiedTime = 0; ///< pairs of events at one time: not counted

    /// Harrell's C in [0, 1]; none where no pair has an order.
    std::optional<double> index() const noexcept;
};

/// @param durations finite, >= 0. @param observed 1 = event, 0 = right censored.
/// @param risk   higher = sooner; finite. All of the same length.
/// @param strata empty = one stratum; else pairs within equal ones only.
/// @error InvalidArgument for lengths and values. Cost O(n log n), memory 40 bytes a row.
/// Source: Harrell, Lee & Mark (1996), Statistics in Medicine 15, 361–387; ties as in lifelines and
/// R's survival; counting by a tree of partial sums, Fenwick (1994).
Result<Concordance> concordance(std::span<const double> durations,
                                std::span<const std::int8_t> observed,
                                std::span<const double> risk,
                                std::span<const std::uint32_t> strata = {});

} // namespace perennial
