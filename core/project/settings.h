#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"

#include <optional>
#include <string>

namespace perennial {

/// Editable defaults of the stage ladder, in days and counts (design.md §3).
struct StageThresholds {
    int dormantAfterDays = 30;
    int activeDaysNeeded = 3; ///< active days within the last `activeWindowDays`
    int activeWindowDays = 30;
    int acquiredWithinDays = 7;
    int recentOrderDays = 90;
    int loyalOrders = 2;
    /// τc; empty = estimated from the data's gaps.
    std::optional<int> churnedAfterDays;
    bool operator==(const StageThresholds &) const = default;
};

/// What every page and every verb takes for granted about a project.
struct ProjectSettings {
    std::string currency = "USD";     ///< ISO 4217
    double margin = 1.0;              ///< share of revenue that is profit, in (0, 1]
    double discountPerYear = 0.0;     ///< effective annual rate, in [0, 1)
    int horizonDays = 180;            ///< H > 0
    std::optional<Day> snapshot;      ///< t₀; empty = the last day that has an event
    Period period = Period::Week;     ///< of the probabilistic models
    bool firstPurchaseInSpend = false; ///< Gamma-Gamma on all order days, not repeats only
    /// What predicts value: the name of a method in core/forecast, chosen by a backtest.
    std::string valueModel = "bg-nbd";
    StageThresholds stages;
    bool operator==(const ProjectSettings &) const = default;
};

Result<ProjectSettings> readSettings(const Project &project);
/// @error InvalidArgument (where: the setting) or HorizonNotPositive; ReadOnly.
Status writeSettings(Project &project, const ProjectSettings &settings);
Status checkSettings(const ProjectSettings &settings);

/// t₀ of a project: the setting, or the last day that has an event. @error NoEvents.
Result<Day> snapshotDay(const Project &project, const ProjectSettings &settings);

} // namespace perennial
