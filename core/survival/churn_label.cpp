#include "core/survival/churn_label.h"

#include "core/project/event_store.h"

#include <unordered_set>

namespace perennial {

ChurnLabels labelFixedWindowChurn(const std::vector<UserPurchases> &before,
                                  const std::vector<UserPurchases> &within, Day at, int horizonDays,
                                  Day lastDataDay)
{
    std::unordered_set<std::int64_t> returned;
    for (const UserPurchases &p : within) {
        if (p.orderDays > 0) { // a refund alone is no order
            returned.insert(p.user);
        }
    }
    ChurnLabels labels;
    labels.at = at;
    labels.horizonDays = horizonDays;
    labels.mature = std::int64_t{lastDataDay} >= std::int64_t{at} + horizonDays;
    for (const UserPurchases &p : before) {
        if (p.orderDays > 0 && p.firstDay <= at) {
            labels.user.push_back(p.user);
            labels.churned.push_back(returned.contains(p.user) ? 0 : 1);
        }
    }
    return labels;
}

Result<ChurnLabels> labelFixedWindowChurn(const Project &project, Day at, int horizonDays)
{
    if (horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(horizonDays), "horizonDays");
    }
    const auto before = readUserPurchases(project, at);
    if (!before) {
        return before.error();
    }
    const auto within = readUserPurchasesBetween(project, at, daysAfter(at, horizonDays));
    if (!within) {
        return within.error();
    }
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    if (before->empty()) {
        return fail(ErrorCode::NoPurchases, formatDate(at));
    }
    return labelFixedWindowChurn(*before, *within, at, horizonDays, counts->lastDay.value_or(at));
}

} // namespace perennial
