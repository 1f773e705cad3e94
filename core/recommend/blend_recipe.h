#pragma once

#include "core/base/dates.h"
#include "core/ranking/blend_weights.h"
#include "core/recommend/buy_chance.h"

#include <cstdint>
#include <optional>
#include <string>

namespace perennial {

/// What a past window taught about recommending: how much each member counts, and what a place in
/// the list means in chances to buy. Kept with the behaviour run it belongs to.
struct BlendRecipe {
    Day cut = 0, until = 0;   ///< learned from up to the cut, fitted on (cut, until]
    bool purchases = true;    ///< what users take is what they buy; else what they show interest in
    /// Items bought in so many days up to the cut had no share in the scores: what a share means in
    /// chances holds for shares that are taken in the same way, whatever a list hides.
    int hidePurchasedDays = 30;
    BlendWeights weights;
    UserChance userChance;    ///< P(the user buys within the window) where no network says it
    ItemChance itemChance;    ///< P(the user buys the item within the window)
    /// Of the chances of the ten best items, each half of the users judged by item chances fitted on
    /// the other. What these build on is of all users: the weights, userChance, and the network, whose
    /// epoch was chosen on this window.
    std::optional<CalibrationError> calibration;

    int windowDays() const noexcept { return until - cut; }
};

/// As kept with a run and printed: {"cut", "until", "users", "members": [{"member", "weight",
/// "adds", "interval", "alone"}], …}.
std::string blendRecipeToJson(const BlendRecipe &recipe);
/// @return nothing where the text is no recipe, or one with numbers that make no sense.
std::optional<BlendRecipe> blendRecipeFromJson(const std::string &json);

} // namespace perennial
