#include "core/contract/contract_value.h"

#include "core/base/robust.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

Status checkDiscount(double discount)
{
    if (!(discount >= kLeastContractDiscount && discount <= kMostContractDiscount)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(discount), "discount");
    }
    return Done{};
}

/// Σ_{t >= first} S(t) / S(first − 1) / (1 + d)^(t − first), until what is left is lost in
/// rounding.
double discountedRest(ContractFamily family, std::span<const double> parameters, std::int32_t first,
                      double discount)
{
    constexpr double kRest = 1e-13;
    const double perPeriod = std::log1p(discount);
    double sum = 0.0;
    double logTerm = perPeriod; // the first term is not discounted
    for (std::int32_t t = first;; ++t) {
        logTerm += std::min(0.0, logContractRetention(family, parameters, t).log) - perPeriod;
        const double term = std::exp(logTerm);
        sum += term;
        // terms shrink at least by the discount
        if (term <= kRest * discount * sum || sum == 0.0) {
            return sum;
        }
    }
}

Status checkOptions(const ContractForecastOptions &options)
{
    const auto wrong = [](const char *where) {
        return fail(ErrorCode::InvalidArgument, {}, where);
    };
    if (options.periods < 1 || options.periods > 10000) {
        return wrong("periods");
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return wrong("level");
    }
    if (options.draws < 1 || options.draws > 100000) {
        return wrong("draws");
    }
    return Done{};
}

} // namespace

Result<double> discountedLifetime(ContractFamily family, std::span<const double> parameters,
                                  double discount)
{
    if (Status fits = checkDiscount(discount); !fits) {
        return fits.error();
    }
    return 1.0 + discountedRest(family, parameters, 1, discount) / (1.0 + discount);
}

Result<double> discountedResidualLifetime(ContractFamily family, std::span<const double> parameters,
                                          std::int32_t period, double discount)
{
    if (period < 1 || period > kMostContractPeriods) {
        return fail(ErrorCode::InvalidArgument, std::to_string(period), "period");
    }
    if (Status fits = checkDiscount(discount); !fits) {
        return fits.error();
    }
    return discountedRest(family, parameters, period, discount);
}

Result<ContractForecast> forecastContracts(const ModelFit &fit,
                                           const ContractForecastOptions &options)
{
    if (Status fits = checkOptions(options); !fits) {
        return fits.error();
    }
    if (!fit.usable()) {
        return fail(ErrorCode::NotTrained, fit.model);
    }
    const auto family = contractFamilyFromName(fit.reportedModel);
    if (!family) {
        return family.error();
    }
    const auto draws = drawParameters(fit, options.draws, options.seed);
    const double tail = 0.5 * (1.0 - options.level);
    ContractForecast forecast;
    for (std::int32_t t = 0; t <= options.periods; ++t) {
        std::vector<double> drawn;
        for (const std::vector<double> &parameters : draws) {
            const double survival = contractSurvival(*family, parameters, t);
            drawn.push_back(std::isfinite(survival) ? survival : 0.0);
        }
        forecast.survival.push_back(contractSurvival(*family, fit.parameters, t));
        forecast.retention.push_back(t == 0 ? 1.0 : contractRetention(*family, fit.parameters, t));
        forecast.lower.push_back(quantileOf(drawn, tail));
        forecast.upper.push_back(quantileOf(drawn, 1.0 - tail));
    }
    return forecast;
}

} // namespace perennial
