#pragma once

#include "core/project/user_state_store.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// The definitions of churn that can be told of a user at t₀; they answer different questions (design.md
/// §3). Of contracts (a) nothing is known here: core/contract.
enum class ChurnView {
    FixedWindow, ///< (b) no order in (t₀, t₀ + H]: a chance
    CensoredGap, ///< (c) silent for τc and more: a fact, the stage "churned"
    Latent,      ///< (d) has left for good, unseen: 1 − P(alive)
};
inline constexpr std::size_t kChurnViews = 3;

/// What one definition says of all.
struct ChurnViewFigures {
    std::int64_t users = 0;     ///< of whom it says something
    std::int64_t likely = 0;    ///< with a chance of kHighRisk or more, or the fact
    double expected = 0;        ///< sum of the chances, or the number of facts
    std::optional<double> mean; ///< expected / users
};

/// Users by which definitions call them gone; bit k = ChurnView k.
struct ChurnViews {
    std::array<ChurnViewFigures, kChurnViews> views;
    std::array<std::int64_t, 1 << kChurnViews> together{}; ///< by the set of views; they sum to all
};
/// The set of views that call a user gone: chance kHighRisk or more, or the fact.
unsigned churnViewsOf(const UserState &state) noexcept;
ChurnViews churnViews(std::span<const UserState> states);
/// Ids of those with exactly this set, in order.
std::vector<std::int64_t> usersOfChurnViews(std::span<const UserState> states, unsigned views);

} // namespace perennial
