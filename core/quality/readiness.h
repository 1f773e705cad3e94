#pragma once

#include "core/project/purchase_store.h"
#include "core/quality/data_profile.h"

#include <array>
#include <string_view>
#include <vector>

namespace perennial {

/// What a project's data may be asked.
enum class ReadyModel { Frequency, Spend, Behavior, Churn, Recommendations };
inline constexpr std::array kReadyModels{ReadyModel::Frequency, ReadyModel::Spend,
                                         ReadyModel::Behavior, ReadyModel::Churn,
                                         ReadyModel::Recommendations};
std::string_view readyModelName(ReadyModel model) noexcept; // "bg-nbd", "gamma-gamma", …

enum class ReadyLevel { Pass, Warn, Fail };
std::string_view readyLevelName(ReadyLevel level) noexcept; // "pass", "warn", "fail"

/// What is counted. The thresholds and their reasons stand in readiness.cpp.
enum class ReadyFigure {
    Customers,        ///< users with a purchase
    RepeatCustomers,  ///< with purchases on two days or more
    HistoryDays,      ///< of the main time span: a stray date is no history
    RecentOrders,     ///< order days of users in the last 90 days of that span
    PaidShare,        ///< share of purchases with an amount above 0
    SpendCorrelation, ///< |Pearson's r| of repeat customers' order days and mean order value
    Events,
    UsersWithHistory, ///< with three events or more
    Items,
    ItemShare,      ///< share of events that name an item
    OrderGaps,      ///< gaps between a user's order days that have ended
    WarmItems,      ///< items that at least 5 users have bought
    UsersWithItems, ///< users with at least 5 items
    Density,        ///< pairs / (users × items)
};
std::string_view readyFigureName(ReadyFigure figure) noexcept; // "customers", …

/// One check: `level` is Pass from `passFrom` on and Fail below `failBelow` (for SpendCorrelation
/// the other way round: Pass up to `passFrom`, never Fail).
struct ReadyCheck {
    ReadyModel model = ReadyModel::Frequency;
    ReadyFigure figure = ReadyFigure::Customers;
    double value = 0, passFrom = 0, failBelow = 0;
    ReadyLevel level = ReadyLevel::Pass;
};

/// All checks of all models, in the order of kReadyModels.
/// @param purchases of the events in the figures. @param horizonDays H > 0, of the project.
std::vector<ReadyCheck> checkReadiness(const DataProfile &profile,
                                       const std::vector<UserPurchases> &purchases,
                                       std::int64_t recentOrders, int horizonDays);
/// The worst of a model's checks.
ReadyLevel levelOf(const std::vector<ReadyCheck> &checks, ReadyModel model) noexcept;

} // namespace perennial
