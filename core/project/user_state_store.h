#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Where one user stands at the snapshot: the row behind every user table, histogram and report.
/// Money is in currency units; realised and predicted never share a field.
struct UserState {
    std::int64_t user = 0;
    Stage stage = Stage::Acquired;
    std::int32_t orders = 0; ///< up to t₀
    std::optional<Day> firstDay, lastDay;       ///< of any activity
    std::optional<Day> lastOrderDay;
    double realised = 0;                        ///< net revenue up to t₀ (gross + refunds)
    std::optional<double> pAlive;               ///< BG/NBD at t₀, in [0, 1]; none without orders
    std::optional<double> churnRisk;            ///< P(no order in (t₀, t₀+H]), in [0, 1]
    std::optional<double> expectedOrders;       ///< in (t₀, t₀+H]
    std::optional<double> predictedValue;       ///< margin-weighted, discounted, of (t₀, t₀+H]
    /// Central 90 % predictive interval of predictedValue; none where its method draws no futures.
    std::optional<double> predictedLower, predictedUpper;
    std::optional<double> behaviorValue;        ///< the behaviour model's, same window and margin
};

/// What the rows of user_state were computed from, shown next to them everywhere.
struct UserStateLabel {
    Day snapshot = 0;
    int horizonDays = 0;
    double margin = 1, discountPerYear = 0;
    std::string currency;
    std::string dataHash;
    std::string churnSource; ///< "behavior" or "bg-nbd": which model gave churnRisk
    std::int64_t valueRun = 0, behaviorRun = 0; ///< model_run ids, 0 = none
    int churnedAfterDays = 90; ///< τc used
    std::string detail;      ///< JSON of the room that scored (lifecycle summary etc.)
    UtcSecond computedAt = 0;
};

/// Replaces all rows in one transaction; rows of users who are not in the project are left out. What
/// the scoring had staged goes with it.
Status writeUserStates(Project &project, const UserStateLabel &label,
                       const std::vector<UserState> &states);
/// @error NotScored.
Result<UserStateLabel> readUserStateLabel(const Project &project);
using UserIds = std::shared_ptr<const std::vector<std::int64_t>>;
/// In user id order. @param only of these users, ids rising; null = all. @error NotScored.
Result<std::vector<UserState>> readUserStates(const Project &project, const UserIds &only = nullptr);
Result<UserState> readUserState(const Project &project, std::int64_t user);

} // namespace perennial
