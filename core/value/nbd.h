#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// NBD: Poisson purchases at a rate that is Gamma(r, alpha) over customers, nobody ever leaves.
/// The edge of every model with dropout, and what is reported there.
/// Source: Ehrenberg (1959), Applied Statistics 8(1).
const FrequencyModel &nbdModel();

/// P(N(t) = n), n = 0 … most, of a Poisson process with rate Gamma(shape, rate): r and alpha for a
/// new customer, r + x and alpha + T for one with a history.
std::vector<double> negativeBinomial(double shape, double rate, int most, double t);

} // namespace perennial
