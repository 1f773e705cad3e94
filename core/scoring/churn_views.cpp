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
    std::vector<std::int64_t> users;
    for (const UserState &state : states) {
        if (churnViewsOf(state) == views) {
            users.push_back(state.user);
        }
    }
    return users;
}

} // namespace perennial
