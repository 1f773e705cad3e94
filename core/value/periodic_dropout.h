#pragma once

#include <cstdint>
#include <vector>

namespace perennial {

/// The outlook over whole periods of one who orders in a period with a probability that is Beta(a,
/// b) over customers, and who leaves for good at the beginning of each with one that is Beta(c, d):
/// what BG/BB says of those still active. a, b, c, d > 0; `periods` >= 0. Source: Fader, Hardie &
/// Shang (2010), Marketing Science 29(6).

/// P(still active after so many periods), in [0, 1].
double stayingForPeriods(double c, double d, double periods);

/// Σ P(active after k periods), k = 1 … periods; also near c = 1 and for any length.
double activePeriods(double c, double d, double periods);

/// P(n periods with an order), n = 0 … maxOrders. Lifetimes past 1,000 periods are taken together
/// where they differ by less than 0.5 %.
std::vector<double> countsInPeriods(double a, double b, double c, double d, int maxOrders,
                                    double periods);

} // namespace perennial
