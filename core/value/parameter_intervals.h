#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

enum class IntervalMethod {
    Wald,      ///< the normal approximation of the log-parameters
    Profile,   ///< where the likelihood, the others at their best, has come down (profile_likelihood.h)
    Bootstrap, ///< percentiles of the estimates on customers drawn with replacement
};
std::string_view intervalMethodName(IntervalMethod method) noexcept; // "wald", "profile", "bootstrap"

struct ParameterIntervalOptions {
    IntervalMethod method = IntervalMethod::Profile;
    double level = 0.9; ///< of each parameter by itself, in (0, 1)
    /// Of the bootstrap, at least 2 / (1 - level) - 1: the ends are order statistics.
    int resamples = 200;
    std::uint64_t seed = 1; ///< resample i depends on (seed, i) only
    int maxIterations = 500; ///< of each maximisation
};

/// An end that is none is open: the data, or the method, do not bound the parameter on that side.
struct ParameterInterval {
    std::string name;
    double estimate = 0.0;              ///< natural scale
    std::optional<double> lower, upper; ///< natural scale, > 0, finite
};

struct ParameterIntervals {
    std::string model; ///< the one the parameters belong to: the fit's reportedModel
    IntervalMethod method = IntervalMethod::Profile;
    double level = 0.9;
    int resamples = 0;  ///< drawn
    int unresolved = 0; ///< of them, those without a maximum: they count as past either end
    std::vector<ParameterInterval> parameters; ///< in the order of the fit's
};

/// Intervals of a usable fit's parameters, for a frequency or a spend model, at a boundary those of the
/// model reported. Of a whole-numbered parameter (k): Wald has no interval; a profile gives the whole
/// numbers that are likely enough and holds it for the others; the bootstrap chooses it anew.
/// Open are Wald's ends and the bootstrap's past a factor of e^5, a profile's past e^18. The bootstrap
/// draws nothing and leaves all open where there is but one distinct customer, or the fit has no
/// covariance: only a profile says how far the data reach from a boundary.
/// @param customers those of the fit, with logGaps where its model reads them.
/// @error NotTrained for a failed fit; InvalidArgument for options out of range ("level",
/// "resamples"), and where the fit's log-likelihood is not that of these customers ("customers");
/// UnknownModel; Cancelled.
/// Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
Result<ParameterIntervals> parameterIntervals(const ModelFit &fit, const CustomerSummary &customers,
                                              const ParameterIntervalOptions &options,
                                              const Task &task);

} // namespace perennial
