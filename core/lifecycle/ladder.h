#pragma once

// For core/lifecycle alone: the ladder of design.md §3, for users who are told in either of two ways.

#include "core/base/words.h"
#include "core/project/settings.h"

#include <cstdint>

namespace perennial {

struct LadderFacts {
    std::int64_t silence = 0;     ///< days since the last activity, or since the sign-up
    std::int64_t sinceOrder = -1; ///< days since the last order; below 0 = none
    std::int64_t known = 0;       ///< days since the user is known
    std::int32_t orders = 0;
};

/// @param isActive asked last: as many active days in the window as it takes.
template <class IsActive>
Stage stageOnLadder(const LadderFacts &facts, const StageThresholds &thresholds,
                    int churnedAfterDays, IsActive isActive) noexcept
{
    if (facts.silence >= churnedAfterDays) {
        return Stage::Churned;
    }
    if (facts.silence >= thresholds.dormantAfterDays) {
        return Stage::Dormant;
    }
    const bool orderedRecently =
        facts.sinceOrder >= 0 && facts.sinceOrder <= thresholds.recentOrderDays;
    if (orderedRecently && facts.orders >= thresholds.loyalOrders) {
        return Stage::Loyal;
    }
    if (orderedRecently && facts.orders == 1) {
        return Stage::Converted;
    }
    if (facts.orders == 0 && facts.known < thresholds.acquiredWithinDays) {
        return Stage::Acquired;
    }
    return isActive() ? Stage::Active : Stage::Retained;
}

} // namespace perennial
