#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// BG/NBD: purchases as in the NBD, and after each repeat purchase a customer leaves for good with a
/// probability that is Beta(a, b) over customers. One who never came back can't have left.
/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2).
const FrequencyModel &bgNbdModel();

/// E[purchases in (0, t]] of one who is active now, whose rate is Gamma(shape, rate) and whose
/// dropout probability is Beta(a, b); all > 0, t >= 0. Finite and accurate for any of them: a sum of
/// positive terms, or, where that would be long, a trapezoidal integral over logit(p). The textbook
/// form, (a+b-1)/(a-1) [1 - … 2F1], cancels near a = 1 and for large t.
double expectedUntilDropout(double shape, double rate, double a, double b, double t);

/// The two ways, for tests: both hold wherever the first ends.
double expectedUntilDropoutBySum(double shape, double rate, double a, double b, double t);
double expectedUntilDropoutByIntegral(double shape, double rate, double a, double b, double t);

} // namespace perennial
