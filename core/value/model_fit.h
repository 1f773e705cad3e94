#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

enum class FitStatus {
    Converged, ///< an interior maximum with a zero gradient
    Boundary,  ///< the maximum lies at, or past, the edge of what the model can use; see `reason`
    Failed,    ///< no usable parameters; see `reason`
};
std::string_view fitStatusName(FitStatus status) noexcept; // "converged", "boundary", "failed"

/// A maximum-likelihood fit. Every number in it is finite; what is not known is absent.
struct ModelFit {
    std::string model;         ///< the model asked for
    std::string reportedModel; ///< the model these parameters belong to; differs only at a boundary
    FitStatus status = FitStatus::Failed;
    /// Stable code. Boundary: "no_churn" (the model has become the NBD, which is reported in its
    /// place; a regular one the CNBD-k), "no_aging" (GGompertz/NBD the Pareto/NBD, likewise),
    /// "no_dropout" (BG/BB the beta-binomial), "homogeneous_rate", "homogeneous_dropout",
    /// "homogeneous_spend", "homogeneous_churn" (a contract model has become the geometric or discrete
    /// Weibull one, reported in its place), "constant_spend", "infinite_mean", "most_regular"
    /// (purchases more regular than the largest k), "unbounded_effect" (covariates.h), "at_limit".
    /// Failed: "iterations". Empty when converged.
    std::string reason;
    std::vector<std::string> names; ///< "r", "alpha", …; alpha in periods
    std::vector<double> parameters; ///< natural scale, > 0; empty when failed
    /// Delta method from the inverse Hessian; empty where the Hessian gives no covariance.
    std::vector<double> standardErrors;    ///< natural scale
    std::vector<double> logStandardErrors; ///< of the log-parameters
    std::vector<double> logCovariance;     ///< k × k row-major, of the log-parameters
    double logLikelihood = 0.0;
    std::int64_t customers = 0; ///< that the fit used
    std::int64_t excluded = 0;  ///< left out: for spend models, without days or with spend <= 0
    int evaluations = 0;        ///< of the likelihood with its gradient

    bool usable() const noexcept { return status != FitStatus::Failed; }
    bool hasCovariance() const noexcept { return !logCovariance.empty(); }
    /// Whether parameter i has a standard error; a whole number has none (its row is zero).
    bool hasErrorOf(std::size_t i) const noexcept
    {
        return i < standardErrors.size() && standardErrors[i] > 0.0;
    }
};

/// A log-likelihood and its derivatives with respect to the logarithms of the parameters.
struct LogLikelihood {
    double value = 0.0;
    std::vector<double> logGradient;
};

/// The same of one customer, without a heap: the first entries of the gradient count, in the order of
/// the model's parameters.
struct CustomerLikelihood {
    double value = 0.0;
    std::array<double, 4> logGradient{};
};

struct FitOptions {
    int maxIterations = 500; ///< per start
};

/// Parameter vectors drawn from the normal approximation on the log scale, so that each is > 0.
/// Draw i depends on (seed, i) only. Directions that the data say nothing of (a standard deviation
/// over 5 on the log scale, as at the boundary of equal dropout) stay at the estimate. Without a
/// covariance every draw is the estimate.
/// @return `draws` vectors in the order of `fit.names`; empty when the fit failed.
std::vector<std::vector<double>> drawParameters(const ModelFit &fit, int draws, std::uint64_t seed);

/// {"model", "status", "reason", "reported_model", "parameters", "standard_errors",
/// "log_likelihood", "customers", …} as the command line prints it and a run's metrics keep it.
std::string fitToJson(const ModelFit &fit);

} // namespace perennial
