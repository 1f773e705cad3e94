#include "core/value/heterogeneity.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace perennial {

namespace {

namespace bm = boost::math;
using Policy = bm::policies::policy<bm::policies::overflow_error<bm::policies::ignore_error>,
                                    bm::policies::evaluation_error<bm::policies::ignore_error>>;

constexpr std::array kSteps{1.0, 2.0, 5.0};
constexpr int kDecades = 4; ///< shown of a rate
constexpr int kProbabilityBins = 20;
constexpr double kTop = 0.999; ///< the last class takes in this quantile

std::optional<double> parameter(const ModelFit &fit, std::string_view name)
{
    const auto found = std::find(fit.names.begin(), fit.names.end(), name);
    const auto at = static_cast<std::size_t>(found - fit.names.begin());
    return found != fit.names.end() && at < fit.parameters.size()
               ? std::optional(fit.parameters[at])
               : std::nullopt;
}

/// 1, 2, 5 of each decade up to the first that is at least `most`.
std::vector<double> decadeEdges(double most)
{
    const int last = static_cast<int>(std::floor(std::log10(most)));
    std::vector<double> edges;
    for (int decade = last - kDecades + 1; decade <= last + 1; ++decade) {
        for (const double step : kSteps) {
            edges.push_back(step * std::pow(10.0, decade));
            if (edges.back() >= most) {
                return edges;
            }
        }
    }
    return edges;
}

/// Shares between the edges of a distribution function.
template <class Cdf>
void fillShares(Heterogeneity &h, Cdf cdf)
{
    double before = h.below = std::clamp(cdf(h.edges.front()), 0.0, 1.0);
    for (std::size_t i = 1; i < h.edges.size(); ++i) {
        const double now = std::clamp(cdf(h.edges[i]), before, 1.0);
        h.share.push_back(now - before);
        before = now;
    }
    h.above = 1.0 - before;
}

std::optional<Heterogeneity> gammaRates(Heterogeneity::Trait trait, double shape, double rate)
{
    Heterogeneity h;
    h.trait = trait;
    h.mean = shape / rate;
    const double top = bm::gamma_p_inv(shape, kTop, Policy()) / rate;
    if (!std::isfinite(h.mean) || !std::isfinite(top) || !(top > 0.0)) {
        return std::nullopt;
    }
    h.edges = decadeEdges(top);
    fillShares(h, [&](double value) { return bm::gamma_p(shape, rate * value, Policy()); });
    return h;
}

} // namespace

std::optional<Heterogeneity> rateHeterogeneity(const ModelFit &fit)
{
    const auto shape = parameter(fit, "r"), rate = parameter(fit, "alpha");
    // A regular buyer's order is every k-th event of the rate that r and alpha are of.
    const double events = parameter(fit, "k").value_or(1.0);
    return fit.usable() && shape && rate
               ? gammaRates(Heterogeneity::Trait::OrderRate, *shape, *rate * events)
               : std::nullopt;
}

std::optional<Heterogeneity> dropoutHeterogeneity(const ModelFit &fit)
{
    if (!fit.usable()) {
        return std::nullopt;
    }
    const auto a = parameter(fit, "a"), b = parameter(fit, "b");
    if (a && b) {
        Heterogeneity h;
        h.trait = Heterogeneity::Trait::DropoutProbability;
        h.mean = *a / (*a + *b);
        for (int i = 0; i <= kProbabilityBins; ++i) {
            h.edges.push_back(static_cast<double>(i) / kProbabilityBins);
        }
        fillShares(h, [&](double value) { return bm::ibeta(*a, *b, value, Policy()); });
        return h;
    }
    const auto shape = parameter(fit, "s"), rate = parameter(fit, "beta");
    const bool anotherLaw = b.has_value(); // Gamma-Gompertz: its b bends the hazard
    return shape && rate && !anotherLaw
               ? gammaRates(Heterogeneity::Trait::DropoutRate, *shape, *rate)
               : std::nullopt;
}

} // namespace perennial
