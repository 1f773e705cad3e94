#pragma once

#include "core/quality/data_profile.h"

#include <vector>

namespace perennial {

/// Days in a row without any event, more of them than chance explains.
struct EventGap {
    Day first = 0, last = 0;
    double expected = 0; ///< events that the weeks around would have brought
};
/// A Monday from which on four weeks bring at least three times, or at most a third of, the events
/// of the four before it.
struct LevelChange {
    Day from = 0;
    double factor = 1; ///< after / before, > 0
};
struct EventBreaks {
    std::vector<EventGap> gaps;       ///< oldest first
    std::vector<LevelChange> changes; ///< oldest first, at least eight weeks apart
    double dispersion = 1;            ///< variance of a day's events over what Poisson allows, >= 1
};

/// Gaps and jumps of the events over time.
///
/// What a day should bring is the mean of its weekday over the eight weeks before and after the
/// gap, so that closed Sundays and growth are no gaps. A run of empty days is one where a Poisson
/// with that mean, its variance widened to what the days show (events come in baskets), would leave
/// it empty in fewer than one of 100 histories of this length. Source: Wedderburn (1974),
/// quasi-likelihood, for the widened variance. Cost O(days).
EventBreaks findEventBreaks(const DataProfile &profile);

} // namespace perennial
