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
/// Ids of those whom one definition calls gone, whatever the others say, in order.
std::vector<std::int64_t> usersOfChurnView(std::span<const UserState> states, ChurnView view);

/// The churn risk of a stage's users.
struct StageRisk {
    std::int64_t users = 0;     ///< with a risk
    std::optional<double> mean; ///< of their risks
    double atStake = 0;         ///< Σ risk × predicted value, currency units
};
/// In the order of kStages.
std::array<StageRisk, kStageCount> stageRisks(std::span<const UserState> states);
/// Ids of a stage's users with a risk, in order.
std::vector<std::int64_t> usersWithRisk(std::span<const UserState> states, Stage stage);

} // namespace perennial
