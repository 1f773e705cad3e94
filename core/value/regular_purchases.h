#pragma once

#include "core/value/beta_geometric.h"

#include <array>
#include <span>
#include <vector>

namespace perennial {

/// Largest regularity that is tried: at 12 the gaps of one customer vary by 29 % (1/√k).
inline constexpr std::int32_t kMostRegular = 12;

/// One who is active at T and buys at every k-th event: what his history says of his rate, of the
/// events hidden since his last purchase, and of his inclination to leave.
struct RegularBuyer {
    double shape = 1.0, rate = 1.0; ///< Gamma of the rate of events, given no hidden one: r + kx, α + T
    std::int32_t k = 1;             ///< in [1, kMostRegular]
    /// [j] P(j hidden events), j < k, sums to 1; with j of them the shape is greater by j.
    std::array<double, kMostRegular> hidden{1.0};
    double a = 0.0, b = 1.0; ///< Beta of the chance to leave after a purchase; a = 0: never
};
/// @param p r, alpha, a, b; r, alpha where nobody leaves.
RegularBuyer regularBuyer(const BetaGeometric &kind, std::span<const double> p,
                          const RepeatHistory &h);

// His outlook, t >= 0, exact: the hidden events are summed over. BTYDplus instead takes an active
// customer's next event count from T as if none were hidden, and scales the BG/NBD's expectation
// (bgcnbd.ConditionalExpectedTransactions calls itself an approximation).
// With N events in (0, t] given j hidden ones, M = floor((j + N) / k) purchases are made if he does
// not leave before. Where k = 1 they are those of geometric_dropout.h.

/// E[purchases in (0, t]]: by a sum over N, or, where that would be long, by an integral over the chance
/// p to leave of (1 - E[(1 - p)^M]) / p.
double expectedOfRegular(const RegularBuyer &buyer, double t);
/// P(still active after t) = E[(1 - p)^M], in [0, 1], in the same two ways.
double stayingOfRegular(const RegularBuyer &buyer, double t);
/// P(no purchase in (0, t]).
double noneOfRegular(const RegularBuyer &buyer, double t);
/// P(n purchases in (0, t]) for n = 0 … maxOrders.
std::vector<double> countsOfRegular(const RegularBuyer &buyer, int maxOrders, double t);

/// The two ways, for tests: both hold wherever the first ends. [0] expected, [1] staying.
std::array<double, 2> regularOutlookBySum(const RegularBuyer &buyer, double t);
std::array<double, 2> regularOutlookByIntegral(const RegularBuyer &buyer, double t);

} // namespace perennial
