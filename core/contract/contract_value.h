#pragma once

#include "core/base/result.h"
#include "core/contract/contract_survival.h"
#include "core/value/model_fit.h"

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Least and largest discount per period: below, the sum runs for too long to be worked out.
inline constexpr double kLeastContractDiscount = 1e-5;
inline constexpr double kMostContractDiscount = 10.0;

/// Expected discounted periods of a new customer, the first one included and not discounted:
///   DEL = Σ_{t >= 0} S(t) / (1 + d)^t.
/// @param discount d per period: (1 + yearly rate)^(1 / periods a year) − 1.
/// @error InvalidArgument (where: "discount") outside of the bounds above.
/// Source: Fader & Hardie (2007, 2010).
Result<double> discountedLifetime(ContractFamily family, std::span<const double> parameters,
                                  double discount);

/// Expected discounted periods still to come of a customer in the n-th period (n − 1 renewals
/// behind), right before the n-th renewal decision, the next period not discounted:
///   DERL = Σ_{t >= n} S(t) / S(n − 1) / (1 + d)^(t − n).
/// @param period n, in [1, kMostContractPeriods]. @error InvalidArgument (where: "period",
/// "discount").
/// Source: Fader & Hardie (2010), Marketing Science 29(1), eq. 6.
Result<double> discountedResidualLifetime(ContractFamily family, std::span<const double> parameters,
                                          std::int32_t period, double discount);

struct ContractForecastOptions {
    std::int32_t periods = 12; ///< in [1, 10 000]
    double level = 0.9;        ///< of the interval, in (0, 1)
    int draws = 400;           ///< of the parameters, in [1, 100 000]
    std::uint64_t seed = 1;
};

/// S(t) and retention for t = 0 … periods, with what is not known of the parameters: the chance of
/// the single contracts is not in the interval.
struct ContractForecast {
    std::vector<double> survival, lower, upper; ///< in [0, 1], lower <= upper
    std::vector<double> retention;              ///< at the t-th decision; 1 for t = 0
};
/// @error NotTrained for a failed fit; UnknownModel for one of other models; InvalidArgument
/// (where: the option).
Result<ContractForecast> forecastContracts(const ModelFit &fit,
                                           const ContractForecastOptions &options);

} // namespace perennial
