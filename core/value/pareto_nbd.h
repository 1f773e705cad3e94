#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// Pareto/NBD: purchases as in the NBD, and customers leave unseen at any time, at a rate that is
/// Gamma(s, beta) over them: beta in periods.
/// Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1); Fader & Hardie (2005),
/// "A note on deriving the Pareto/NBD model and related expressions".
const FrequencyModel &paretoNbdModel();

/// log L of one customer, as FrequencyModel::logLikelihood has it, by r, alpha, s and beta of his
/// own.
CustomerLikelihood paretoNbdOfCustomer(std::span<const double> p, const RepeatHistory &h);

} // namespace perennial
