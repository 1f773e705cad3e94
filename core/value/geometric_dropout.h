#pragma once

#include <vector>

namespace perennial {

/// The outlook of one who is active now, whose rate of buying is Gamma(shape, rate) over customers like
/// him and who leaves for good after each purchase with a probability that is Beta(a, b): what
/// BG/NBD and MBG/NBD have in common. shape, rate, a, b > 0, t >= 0.
/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2).

/// E[purchases in (0, t]]. Finite and accurate for any parameters: a sum of positive terms, or, where that would be long, a trapezoidal integral over logit(p). The textbook
/// form, (a+b-1)/(a-1) [1 - … 2F1], cancels near a = 1 and for large t.
double expectedUntilDropout(double shape, double rate, double a, double b, double t);

/// The two ways, for tests: both hold wherever the first ends.
double expectedUntilDropoutBySum(double shape, double rate, double a, double b, double t);
double expectedUntilDropoutByIntegral(double shape, double rate, double a, double b, double t);

/// P(still active after t), in [0, 1]: E over p ~ Beta(a, b) of (1 + p t/rate)^-shape.
double stayingUntilDropout(double shape, double rate, double a, double b, double t);

/// P(X(t) = n) for n = 0 … maxOrders.
std::vector<double> countsUntilDropout(double shape, double rate, double a, double b,
                                       int maxOrders, double t);

/// P(n purchases) of one who leaves after each with a probability that is Beta(a, b), from those if
/// nobody left. @param counts for n = 0 … maxOrders. @param a >= 0, b > 0.
std::vector<double> thinnedByDropout(std::vector<double> counts, double a, double b);

} // namespace perennial
