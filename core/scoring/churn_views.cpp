#include "core/scoring/churn_views.h"

#include "core/scoring/user_figures.h"

#include <cmath>

namespace perennial {

namespace {

/// None where the definition says nothing of the user.
std::array<std::optional<double>, kChurnViews> chancesOf(const UserState &state) noexcept
{
    std::array<std::optional<double>, kChurnViews> chances;
    chances[static_cast<std::size_t>(ChurnView::FixedWindow)] = state.churnRisk;
    chances[static_cast<std::size_t>(ChurnView::CensoredGap)] =
        state.stage == Stage::Churned ? 1.0 : 0.0;
    if (state.pAlive) {
        chances[static_cast<std::size_t>(ChurnView::Latent)] = 1.0 - *state.pAlive;
    }
    for (std::optional<double> &chance : chances) {
        chance = chance && std::isfinite(*chance) ? chance : std::nullopt;
    }
    return chances;
}

bool hasRisk(const UserState &state) noexcept
{
    return state.churnRisk && std::isfinite(*state.churnRisk);
}

template <class Condition>
std::vector<std::int64_t> usersWhere(std::span<const UserState> states, Condition isMeant)
{
    std::vector<std::int64_t> users;
    for (const UserState &state : states) {
        if (isMeant(state)) {
            users.push_back(state.user);
        }
    }
    return users;
}

} // namespace

unsigned churnViewsOf(const UserState &state) noexcept
{
    unsigned views = 0;
    const auto chances = chancesOf(state);
    for (std::size_t k = 0; k < kChurnViews; ++k) {
        views |= chances[k].value_or(0.0) >= kHighRisk ? 1U << k : 0U;
    }
    return views;
}

ChurnViews churnViews(std::span<const UserState> states)
{
    ChurnViews all;
    for (const UserState &state : states) {
        const auto chances = chancesOf(state);
        for (std::size_t k = 0; k < kChurnViews; ++k) {
            if (chances[k]) {
                ++all.views[k].users;
                all.views[k].likely += *chances[k] >= kHighRisk ? 1 : 0;
                all.views[k].expected += *chances[k];
            }
        }
        ++all.together[churnViewsOf(state)];
    }
    for (ChurnViewFigures &view : all.views) {
        if (view.users > 0) {
            view.mean = view.expected / static_cast<double>(view.users);
        }
    }
    return all;
}

std::vector<std::int64_t> usersOfChurnViews(std::span<const UserState> states, unsigned views)
{
    return usersWhere(states, [&](const UserState &state) { return churnViewsOf(state) == views; });
}

std::vector<std::int64_t> usersOfChurnView(std::span<const UserState> states, ChurnView view)
{
    return usersWhere(states, [&](const UserState &state) {
        return (churnViewsOf(state) >> static_cast<unsigned>(view) & 1U) != 0;
    });
}

std::array<StageRisk, kStageCount> stageRisks(std::span<const UserState> states)
{
    std::array<StageRisk, kStageCount> stages;
    std::array<double, kStageCount> sums{};
    for (const UserState &state : states) {
        if (hasRisk(state)) {
            const auto k = static_cast<std::size_t>(state.stage);
            ++stages[k].users;
            sums[k] += *state.churnRisk;
            stages[k].atStake += *state.churnRisk * state.predictedValue.value_or(0.0);
        }
    }
    for (std::size_t k = 0; k < kStageCount; ++k) {
        if (stages[k].users > 0) {
            stages[k].mean = sums[k] / static_cast<double>(stages[k].users);
        }
    }
    return stages;
}

std::vector<std::int64_t> usersWithRisk(std::span<const UserState> states, Stage stage)
{
    return usersWhere(states, [&](const UserState &state) {
        return state.stage == stage && hasRisk(state);
    });
}

} // namespace perennial
