#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"
#include "core/project/purchase_store.h"

#include <cstdint>
#include <vector>

namespace perennial {

/// Fixed-window churn, kind (b) of design.md §3: no order in (t₀, t₀ + H].
struct ChurnLabels {
    std::vector<std::int64_t> user;     ///< customers with an order up to t₀, in id order
    std::vector<std::int8_t> churned;   ///< 1 = no order in the window
    Day at = 0;
    int horizonDays = 0;
    /// False where the data end before t₀ + H: a 1 may yet become a 0, and means nothing.
    bool mature = false;
};
/// @error NoPurchases; HorizonNotPositive.
Result<ChurnLabels> labelFixedWindowChurn(const Project &project, Day at, int horizonDays);

/// The same from purchases already read: up to t₀, and within the window.
ChurnLabels labelFixedWindowChurn(const std::vector<UserPurchases> &before,
                                  const std::vector<UserPurchases> &within, Day at, int horizonDays,
                                  Day lastDataDay);

} // namespace perennial
