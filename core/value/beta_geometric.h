#pragma once

#include "core/value/fit_driver.h"
#include "core/value/frequency_model.h"

#include <span>

namespace perennial {

/// What tells the models apart that share this likelihood: after which purchases a customer may leave
/// for good, with a probability that is Beta(a, b) over customers, and how regularly he buys.
enum class Leaving {
    Never,        ///< NBD, CNBD-k
    AfterRepeats, ///< BG: after each repeat purchase, so that one who never came back is still active
    AfterAny,     ///< MBG: after the very first purchase too
};
struct BetaGeometric {
    Leaving leaving = Leaving::AfterRepeats;
    /// A purchase is every k-th event of a Poisson process with a rate that is Gamma(r, alpha) over
    /// customers, its clock starting with the first purchase: gaps are Erlang-k. >= 1.
    std::int32_t k = 1;
};

/// Purchases after each of which a customer with x repeats may have left.
constexpr std::int32_t chancesToLeave(Leaving leaving, std::int32_t x) noexcept
{
    return leaving == Leaving::Never ? 0 : leaving == Leaving::AfterAny ? x + 1 : x;
}

/// @param p r, alpha, a, b; r, alpha where nobody leaves. @return the gradient in the same order.
/// Where k > 1 and `customers` has no logGaps, every gap counts as one period: a shift that depends on
/// k alone.
/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2) (BG/NBD); Batislam, Denizel &
/// Filiztekin (2007), IJRM 24(3), and Hoppe & Wagner (2007), Marketing JRM 3(2) (MBG/NBD);
/// Platzer & Reutterer (2016), Marketing Science 35(5), and Reutterer, Platzer & Schröder (2021),
/// IJRM 38(1) (k > 1).
LogLikelihood betaGeometricLogLikelihood(const BetaGeometric &kind, std::span<const double> p,
                                         const RepeatTable &customers);

/// Of one customer, k = 1 or with every gap one period. Cost O(kx).
CustomerLikelihood betaGeometricOfCustomer(const BetaGeometric &kind, std::span<const double> p,
                                           const RepeatHistory &h);

/// P(still active at T | history), in [0, 1]. @param p as above.
double betaGeometricAlive(const BetaGeometric &kind, std::span<const double> p,
                          const RepeatHistory &h);

/// The sum over j < k of (shape)_j / j! z^j: what being silent since tx weighs, relative to no event at
/// all, when up to k - 1 events may hide there. shape = r + k x, z = (T - tx) / (alpha + T).
struct Silence {
    double log = 0.0;
    double byShape = 0.0; ///< of the log
    double byLogZ = 0.0;  ///< of the log
};
Silence silenceOf(double shape, double z, std::int32_t k);

/// Minus the mean log-likelihood over log-parameters.
Objective betaGeometricObjective(const BetaGeometric &kind, const RepeatTable &customers);

/// Starts around the fit without dropout, from strong dropout to next to none: the last can't end
/// below that fit's likelihood, so that a boundary is never mistaken for a failure.
/// @param stayers a usable fit of the same k with Leaving::Never; its last parameters are r, alpha.
FitProblem betaGeometricProblem(const BetaGeometric &kind, const ModelFit &stayers);

/// Narrows a fit's reason down to "homogeneous_rate" or "homogeneous_dropout" where r, or a or b, has
/// run away.
void nameHomogeneity(ModelFit &fit);

/// BG/NBD or MBG/NBD; at the boundary without churn the NBD.
Result<ModelFit> fitBetaGeometric(std::string_view model, Leaving leaving,
                                  const RepeatTable &customers, const FitOptions &options,
                                  const Task &task);

/// "r", "alpha", "a", "b".
std::span<const std::string_view> betaGeometricNames() noexcept;

} // namespace perennial
