#pragma once

#include "core/value/model_fit.h"

#include <optional>
#include <vector>

namespace perennial {

/// How a fit spreads a trait over customers, as shares per class: unlike densities they stay finite
/// where nearly everybody is next to 0.
struct Heterogeneity {
    enum class Trait {
        OrderRate,          ///< while active, orders a period; Gamma(r, alpha)
        DropoutProbability, ///< after each order; Beta(a, b)
        DropoutRate,        ///< a period; Gamma(s, beta)
    };
    Trait trait = Trait::OrderRate;
    std::vector<double> edges; ///< ascending; logarithmic for rates, equal over [0, 1] otherwise
    std::vector<double> share; ///< of customers per class
    double below = 0;          ///< share below the first edge; with `share` and `above` it makes 1
    double above = 0;
    double mean = 0;
};

/// @return none for a failed fit, or one without Gamma(r, alpha).
std::optional<Heterogeneity> rateHeterogeneity(const ModelFit &fit);
/// @return none where customers don't leave in the reported model, or by another law.
/// Source: Fader, Hardie & Lee (2005) (Beta); Schmittlein, Morrison & Colombo (1987) (Gamma).
std::optional<Heterogeneity> dropoutHeterogeneity(const ModelFit &fit);

} // namespace perennial
