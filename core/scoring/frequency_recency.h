#pragma once

#include "core/project/user_state_store.h"
#include "core/value/frequency_model.h"

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// What the model says of customers by repeat orders (rows) and days since the last order (columns),
/// and how many there are of each.
struct FrequencyRecency {
    /// Row i holds x in [rowFrom[i], rowFrom[i + 1]), the last all above; its values are computed at
    /// rowAt[i].
    std::vector<std::int32_t> rowFrom, rowAt;
    /// Column j holds whole days in [columnFrom[j], columnFrom[j + 1]), the last all above; values
    /// are computed in its middle.
    std::vector<std::int32_t> columnFrom;
    int columnDays = 7; ///< width of the columns
    double tenure = 0;  ///< T of the values, in periods: the median over customers
    std::vector<std::vector<std::int64_t>> users;
    /// NaN where the last order would be before the first. One who came back never has x = 0: in
    /// that row T is the days since the only order.
    std::vector<std::vector<double>> expectedOrders, pAlive;
};
/// @param states with `orders` and `lastOrderDay` of t₀; users without an order are left out.
/// @param tenure in periods, > 0. @error NotTrained for a failed fit; NoPurchases where nobody has
/// ordered.
/// Source: Fader, Hardie & Lee (2005), Journal of Marketing Research 42(4), figure 7.
Result<FrequencyRecency> frequencyRecency(const ModelFit &fit, Period period, double tenure,
                                          std::span<const UserState> states, Day snapshot,
                                          int horizonDays);

} // namespace perennial
