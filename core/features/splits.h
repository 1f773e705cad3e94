#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/project/event_store.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace perennial {

/// A history cut in time for a model that must predict a window: everything up to `cut` may be
/// learned from, (cut, cut + labelDays] = (cut, until] is what it is judged by. Training labels are
/// windows (a, a + labelDays] of anchors a <= lastAnchor, so that none reaches past the cut.
struct HistorySplit {
    Day first = 0;
    Day cut = 0;
    Day until = 0;
    Day lastAnchor = 0; ///< cut − labelDays; before `first` where no label fits
    int labelDays = 0;
};

/// labelDays is the horizon, or a third of the history where that is shorter: one part to look
/// back on, one for training labels, one for validation.
/// @error TooLittleData for a history of less than 2 days (detail: days); HorizonNotPositive.
Result<HistorySplit> splitHistory(Day first, Day until, int horizonDays);

/// The rows [begin, end) of a user's events up to and including a day.
struct EventSpan {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t size() const noexcept { return end - begin; }
};
/// @param user 1 … events.maxUser().  Cost O(log n).
EventSpan eventsUpTo(const EventTable &events, std::int64_t user, Day day);

/// What a user did in (anchor, anchor + days]: the truth of that window.
struct WindowOutcome {
    bool ordered = false; ///< at least one purchase row
    double net = 0;       ///< purchases + refunds, currency units, may be negative
    bool clicked = false; ///< at least one row with interest that is no purchase, see isClick
    int returnDays = 0;   ///< days from the anchor to the first row that showsInterest, a click or
                          ///< a purchase: 1 … days; 0 = not within the window
};
/// Views, clicks, carts, ratings and shares: interest short of a purchase.
bool isClick(EventKind kind) noexcept;
WindowOutcome outcomeAfter(const EventTable &events, std::int64_t user, Day anchor, int days);

/// Numbers that sum a user's history up to an anchor up, in fixed order; logarithms of counts, days
/// and amounts (negative amounts count as 0), so that no currency or size dominates.
inline constexpr std::size_t kSummarySize = 18;
using HistorySummary = std::array<float, kSummarySize>;
/// Reads only events up to `anchor`. A user without events gets zeros.
HistorySummary summarizeHistory(const EventTable &events, std::int64_t user, Day anchor);
/// "log_order_days", …
std::string_view summaryName(std::size_t index) noexcept;

} // namespace perennial
