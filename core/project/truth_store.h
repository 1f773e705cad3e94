#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace perennial {

/// What the sample shop's generator knows of a user and no model is told.
struct TruthUser {
    std::int64_t user = 0;
    bool alive = false;          ///< at the end of the generated history
    double ordersPerDay = 0;     ///< latent purchase rate while alive
    double dropoutPerDay = 0;    ///< latent hazard of leaving
    Day dropoutDay = 0;          ///< when the user left or will leave
    double meanOrderValue = 0;   ///< latent, currency units
    double priceSensitivity = 0; ///< >= 0
    double couponResponse = 0;   ///< multiplier of the rate with a coupon, minus 1
    double expectedOrders180 = 0, expectedValue180 = 0; ///< in the 180 days after the end, given
    double expectedOrders365 = 0, expectedValue365 = 0; ///< the latent rates and alive or not
};
/// The user's best items by latent taste at the end, best first.
struct TruthItem {
    std::int64_t user = 0, item = 0;
    int rank = 1;
    double affinity = 0;
};

Status writeTruth(Project &project, const std::vector<TruthUser> &users,
                  const std::vector<TruthItem> &items);
/// Empty where the project has no known truth.
Result<std::vector<TruthUser>> readTruth(const Project &project);
Result<std::vector<TruthItem>> readTruthItems(const Project &project, std::int64_t user);
/// Everybody's, by user and rank, handed out one at a time. @error what `each` returns; Damaged.
Status readTruthItems(const Project &project, const std::function<Status(const TruthItem &)> &each);

} // namespace perennial
