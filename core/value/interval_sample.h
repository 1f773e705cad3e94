#pragma once

#include "core/base/result.h"
#include "core/base/rng.h"
#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"

#include <functional>
#include <span>
#include <string_view>

namespace perennial {

/// A model's log-likelihood of some customers: parameters as the model names them, natural scale.
using LikelihoodOf = std::function<LogLikelihood(std::span<const double>)>;

/// The likelihood that a fit was made of, and the same of as many customers drawn with replacement.
struct IntervalSample {
    LikelihoodOf likelihood;
    std::function<LikelihoodOf(Rng &)> resampled;
    std::size_t distinct = 0; ///< customers that differ in what the model reads
};

/// For a frequency or a spend model by name. @param customers must outlive the result.
/// @error UnknownModel.
Result<IntervalSample> intervalSample(std::string_view model, const CustomerSummary &customers);

} // namespace perennial
