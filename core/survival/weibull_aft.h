#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/survival/survival_fit.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

struct WeibullData {
    std::span<const double> durations;     ///< > 0; censored at 0 tells nothing and is passed over
    std::span<const std::int8_t> observed; ///< 1 = event, 0 = right censored
    std::vector<std::span<const double>> covariates; ///< finite
};
inline constexpr std::size_t kMostWeibullCovariates = 500;

/// log T = intercept + Σ βₖ xₖ + scale × W, W the logarithm of an exponential time: e^β stretches
/// time, S(t | x) = exp(−(t e^−η)^shape) with shape = 1 / scale.
struct WeibullFit {
    SurvivalFitStatus status = SurvivalFitStatus::DidNotConverge;
    int iterations = 0;
    std::size_t rows = 0, events = 0;
    SurvivalTerm intercept;
    std::vector<SurvivalTerm> terms;        ///< by covariate
    double shape = 1.0;                     ///< > 1: the hazard rises with time
    std::optional<double> logScaleError;    ///< standard error of log scale
    double logLikelihood = 0.0;             ///< with the densities of t, not of log t
    double nullLogLikelihood = 0.0;         ///< of intercept and scale alone
    ChiSquareTest likelihoodRatio;

    double scale() const noexcept { return 1.0 / shape; }
    /// η of a row; terms without a coefficient count 0. @param x as many as terms.
    double predictor(std::span<const double> x) const;
    /// P(T > t), t >= 0.
    double survival(double t, std::span<const double> x) const;
    double median(std::span<const double> x) const;
};

/// Largest likelihood by Newton steps over (1 / scale, intercept / scale, β / scale), in which it
/// is concave; standard errors by the delta method.
/// @error InvalidArgument (where: "durations" also for an event at 0; "lengths", "covariates");
/// TooLittleData ("events", "rows"); Cancelled. DidNotConverge as a status where the scale falls to
/// 0: all events on one line.
/// Source: Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, 3.6;
/// concavity: Burridge (1981), JRSS B 43, 41–45.
Result<WeibullFit> fitWeibullAft(const WeibullData &data, const Task &task);

} // namespace perennial
