#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/task.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Recency, frequency and money of a user's purchases up to and including a day. An order day is a
/// day with at least one purchase row; several orders on a day count once.
struct UserPurchases {
    std::int64_t user = 0;
    std::int32_t orderDays = 0;
    std::int32_t orders = 0;   ///< distinct order keys; rows without one count once a day
    Day firstDay = 0, lastDay = 0;
    Money gross = 0;           ///< purchases
    Money refunds = 0;         ///< <= 0
    Money firstDayGross = 0;   ///< purchases of the first order day
};
/// Users with at least one purchase, in id order, by one SQL statement.
/// @param until last day counted; empty = all.
Result<std::vector<UserPurchases>> readUserPurchases(const Project &project,
                                                     std::optional<Day> until);

/// Purchases (and refunds) of a window (after, until], users with any, in id order: the truth of a
/// holdout. `firstDay`, `lastDay` and `firstDayGross` are of the window.
Result<std::vector<UserPurchases>> readUserPurchasesBetween(const Project &project, Day after,
                                                            Day until);

/// A user's money of one day. A day with refunds only is no order day.
struct MoneyDay {
    std::int64_t user = 0;
    Day day = 0;
    bool ordered = false; ///< at least one purchase row
    Money gross = 0;      ///< purchases
    Money refunds = 0;    ///< <= 0
};
/// Every user's days with purchases or refunds, sorted by user, then day, by one SQL statement.
/// @param until last day counted; empty = all.
Result<std::vector<MoneyDay>> readMoneyDays(const Project &project, std::optional<Day> until);

/// The same of one user; empty where there are none.
Result<std::vector<MoneyDay>> readMoneyDaysOf(const Project &project, std::int64_t user,
                                              std::optional<Day> until);

/// What a user's first purchase was of and how it came; empty where nothing is known.
struct FirstPurchase {
    std::int64_t user = 0;
    std::string category, channel, device;
};
/// Of users with a purchase up to a day, in id order, by one SQL statement.
Result<std::vector<FirstPurchase>> readFirstPurchases(const Project &project,
                                                      std::optional<Day> until);

/// One row per user and day with any event, sorted by user, then day.
struct ActiveDay {
    std::int32_t user = 0;
    Day day = 0;
    bool ordered = false; ///< a purchase that day
};
Result<std::vector<ActiveDay>> readActiveDays(const Project &project, std::optional<Day> until,
                                              const Task &task = Task());

} // namespace perennial
