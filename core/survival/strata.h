#pragma once

// For core/survival alone: rows by stratum, and by time within each.

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

struct StratifiedRows {
    std::vector<std::uint32_t> order; ///< rows, strata one after the other, times rising in each
    std::vector<std::size_t> ends;    ///< of each stratum in `order`, by rising number
    std::vector<std::uint32_t> names; ///< their numbers
};

/// @param strata empty = one stratum; else as long as `times`. @param times no NaN. Cost O(n) for
/// few strata, O(n log n) at most.
StratifiedRows stratify(std::span<const double> times, std::span<const std::uint32_t> strata);

/// Rows of one stratum that end at one time: places [from, to) in `order`; [from, end) are at risk.
struct TiedRows {
    std::size_t from = 0, to = 0, end = 0;
    bool first = false; ///< of its stratum
};
/// Calls visit(TiedRows) for every distinct time, rising within each stratum.
template <class Visit>
void eachTime(const StratifiedRows &rows, std::span<const double> times, Visit visit)
{
    std::size_t from = 0;
    for (const std::size_t end : rows.ends) {
        bool first = true;
        while (from < end) {
            std::size_t to = from + 1;
            while (to < end && times[rows.order[to]] == times[rows.order[from]]) {
                ++to;
            }
            visit(TiedRows{from, to, end, first});
            first = false;
            from = to;
        }
    }
}

/// What all of survival takes: durations finite and >= 0, the others as long (or empty where they
/// may be). @error InvalidArgument, where: "durations", "lengths".
Status checkSurvivalRows(std::span<const double> durations, std::span<const std::int8_t> observed,
                         std::span<const std::uint32_t> strata);

} // namespace perennial
