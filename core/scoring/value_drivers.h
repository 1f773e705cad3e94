#pragma once

#include "core/project/user_state_store.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Mean predicted value of a user as a product:
///   customers / users × ΣP(alive) / customers × Σ expected orders / ΣP(alive) × Σ value / Σ orders.
/// Where the model has no dropout, every customer's P(alive) is 1.
enum class ValueFactor { CustomerShare, PAlive, OrdersWhileAlive, ValuePerOrder };
inline constexpr std::size_t kValueFactors = 4;
using ValueFactors = std::array<double, kValueFactors>;

/// What takes the product of `from` to that of `to`, factor by factor: Shapley's mean, over all
/// orders in which the factors may change one after the other. Adds up to Π to − Π from exactly,
/// also with zeros and negative factors.
/// Source: Shapley (1953); as a decomposition Ang, Liu & Chew (2003), Energy Policy 31(14).
ValueFactors factorContributions(const ValueFactors &from, const ValueFactors &to);

/// Users who share a value of an attribute.
struct ValueGroup {
    std::int32_t code = 0; ///< as given
    std::vector<std::int64_t> users;
    double realised = 0, predicted = 0; ///< means over users, currency units
    ValueFactors factors{};             ///< one that the group has no say on is the overall's
    ValueFactors drivers{};             ///< add up to `predicted` − the overall mean
};
struct ValueByGroup {
    std::int64_t users = 0;
    double realised = 0, predicted = 0; ///< overall means
    ValueFactors factors{};
    std::vector<ValueGroup> groups; ///< of the codes that somebody has, by falling number of users
};
/// @param codes one per state: the value each user has. @error none: nobody gives no groups.
ValueByGroup valueByGroup(std::span<const UserState> states, std::span<const std::int32_t> codes);

} // namespace perennial
