#pragma once

#include "ui/pages/lifecycle_access.h"
#include "ui/pages/user_chooser.h"

#include <vector>

namespace perennial {

/// How the active users changed from period to period, and what brought it about.
struct FlowsFigures {
    Period period = Period::Week;
    Day at = 0;
    std::vector<FlowRow> rows; ///< the newest that are shown
};
/// The bars of more periods would be thinner than their gaps.
inline constexpr std::size_t kMostFlowPeriods = 104;

/// Of the segment, up to the day the users were scored at. @error NoEvents, Cancelled.
Result<FlowsFigures> readFlowsFigures(const Project &project, const LifecycleAccess &access,
                                      const Task &task);

/// The last period that is over, and the one before it; null where there is none.
struct LastFlows {
    const FlowRow *last = nullptr, *before = nullptr;
};
LastFlows lastFlows(const FlowsFigures &figures);

/// "Hatched: …", "The last 104 periods.": what has to be known of the chart.
QString flowsCaption(const FlowsFigures &figures);

/// Whom a block of flowsChart stands for. @param series in the chart's order. @param index of a row.
UsersBehind usersOfFlow(const LifecycleAccess &access, const FlowsFigures &figures, int series,
                        int index);

} // namespace perennial
