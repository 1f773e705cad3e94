#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/project/purchase_store.h"
#include "core/survival/kaplan_meier.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace perennial {

/// Days between a user's successive activities, counted by length; the last gap of each user, open
/// at t₀, is censored.
struct GapCounts {
    std::vector<std::int64_t> closed; ///< [g] gaps of g days that ended with an activity; [0] = 0
    std::vector<std::int64_t> open;   ///< [g] last gaps, g days long at t₀
};
/// @param days sorted by user, then day; rows after `at` are ignored. Cost O(n).
GapCounts countGaps(const std::vector<ActiveDay> &days, Day at);

/// Survival of gaps: S(g) = P(a gap is longer than g days).
Result<SurvivalCurve> gapSurvival(const GapCounts &gaps);

/// Where τc, the silence after which a user counts as churned, came from.
enum class ChurnDaysSource {
    Setting,   ///< the analyst's threshold
    Estimated, ///< from the data's gaps
    Default,   ///< the data can't say
};
std::string_view churnDaysSourceName(ChurnDaysSource source) noexcept; // "setting", …

inline constexpr int kDefaultChurnedAfterDays = 90;

struct ChurnDays {
    int days = kDefaultChurnedAfterDays;
    ChurnDaysSource source = ChurnDaysSource::Default;
};
/// The smallest τ >= 1 day with P(return within H after τ) = 1 - S(τ + H) / S(τ) <= 10 %.
/// Default where no τ qualifies whose τ + H the gaps reach and where at least 30 gaps were still
/// open at τ: with fewer, even no return at all would not show that the rate is below 10 % (rule of
/// three).
ChurnDays estimateChurnDays(const GapCounts &gaps, int horizonDays);

} // namespace perennial
