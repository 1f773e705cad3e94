#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

struct LogRankGroup {
    std::int64_t rows = 0;
    double observed = 0.0; ///< events
    double expected = 0.0; ///< if all groups of a stratum had one hazard
};

/// Whether groups leave at one pace.
struct LogRankTest {
    std::vector<LogRankGroup> groups; ///< by number
    double chi2 = 0.0;
    int df = 0;              ///< rank of the covariance: groups never at risk together add nothing
    std::optional<double> p; ///< none where df = 0: nothing to compare
};

/// @param durations finite, >= 0. @param observed 1 = event, 0 = right censored.
/// @param group     number of each row's group, below `groups`. All of the same length.
/// @param strata    empty = one stratum; else any numbers: compared within equal ones only.
/// Weights are 1 at every time; an event comes before a censoring at the same time.
/// @error InvalidArgument for lengths, values, groups beyond kMostLogRankGroups.
/// Cost O(n log n + n × groups + groups³).
/// Source: Mantel (1966), Cancer Chemotherapy Reports 50, 163–170; Peto & Peto (1972), JRSS A 135;
/// covariance of Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, 1.5.
Result<LogRankTest> logRank(std::span<const double> durations,
                            std::span<const std::int8_t> observed,
                            std::span<const std::uint32_t> group, std::uint32_t groups,
                            std::span<const std::uint32_t> strata = {});
inline constexpr std::uint32_t kMostLogRankGroups = 500;

} // namespace perennial
