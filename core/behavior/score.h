#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

/// What the behaviour model says of one user at a day, for the horizon H its run was trained for.
struct BehaviorScore {
    std::int64_t user = 0;
    std::optional<double> pChurn;        ///< P(no purchase in (at, at+H]), in [0, 1]
    std::optional<double> expectedValue; ///< E[net revenue in (at, at+H]], >= 0, currency units:
                                         ///< neither margin nor discount applied
    std::optional<double> pPurchase;     ///< P(a purchase in (at, at+H]) = 1 − P(no purchase): told
                                         ///< by the same head, also of who never bought
    std::optional<double> pClick;        ///< P(an event that isClick there), splits.h
    std::optional<double> pReturn;       ///< P(an event that shows interest there), a purchase or a
                                         ///< click, from the time to return below
    std::optional<double> medianReturnDays;   ///< whole days until then; empty past 100 years too
    std::optional<double> expectedReturnDays; ///< E[min(days until then, H)], in [1, H]
};

/// Scores every user with at least one event up to `at`, in id order. Fields are empty where the
/// run did not train that head.
/// @param run a Done run of the model "behavior"; 0 = the champion.
/// @error NotTrained; NoEvents; Damaged; Cancelled.  Reads all events up to `at`.
Result<std::vector<BehaviorScore>> scoreBehavior(const Project &project, std::int64_t run, Day at,
                                                 const Task &task);

} // namespace perennial
