#include "core/value/parameter_intervals.h"

#include "core/base/rng.h"
#include "core/value/interval_sample.h"
#include "core/value/profile_likelihood.h"
#include "core/value/regular_purchases.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

/// Of an end by the normal approximation or by estimates, in log units: past it they say nothing.
constexpr double kFarthest = 5.0;
/// The likelihood of the fit's own customers may differ by rounding.
constexpr double kSameLikelihood = 1e-8;
/// A maximum on drawn customers: one that runs away has to be seen to.
constexpr double kGradientTolerance = 1e-7;

/// A fit taken apart: whole-numbered parameters come first and have no entry in the gradient.
struct Peak {
    std::vector<double> whole;
    Eigen::VectorXd at;         ///< logarithms of the others
    Eigen::MatrixXd covariance; ///< of `at`; empty where unknown
    double customers = 0.0;
};

Peak peakOf(const ModelFit &fit, std::size_t whole)
{
    Peak peak;
    const auto first = static_cast<Eigen::Index>(whole);
    const auto n = static_cast<Eigen::Index>(fit.parameters.size());
    peak.whole.assign(fit.parameters.begin(), fit.parameters.begin() + first);
    peak.at = Eigen::Map<const Eigen::VectorXd>(fit.parameters.data(), n).array().log();
    peak.at = peak.at.tail(n - first).eval();
    if (fit.hasCovariance()) {
        peak.covariance = Eigen::Map<const Eigen::MatrixXd>(fit.logCovariance.data(), n, n)
                              .bottomRightCorner(n - first, n - first);
    }
    peak.customers = static_cast<double>(fit.customers);
    return peak;
}

/// Minus the mean log-likelihood over the logarithms, at given whole numbers.
Objective objectiveOf(const LikelihoodOf &likelihood, std::vector<double> whole, double customers)
{
    return [likelihood, whole = std::move(whole), customers](const Eigen::VectorXd &at) {
        std::vector<double> p = whole;
        for (const double logarithm : at) {
            p.push_back(std::exp(logarithm));
        }
        const LogLikelihood ll = likelihood(p);
        return Evaluation{-ll.value / customers,
                          Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), at.size()) /
                              -customers};
    };
}

Optimum maximumNear(const Peak &peak, const Objective &objective, int maxIterations,
                    const Task &task)
{
    OptimizerOptions how;
    how.maxIterations = maxIterations;
    how.gradientTolerance = kGradientTolerance;
    how.inverseHessian = peak.customers * peak.covariance;
    const ProfileOptions profile;
    const Eigen::VectorXd reach = Eigen::VectorXd::Constant(peak.at.size(), profile.reach);
    Optimum optimum =
        minimize(objective, peak.at, {peak.at - reach, peak.at + reach}, how, task);
    const bool flat = optimum.gradient.allFinite() &&
                      optimum.gradient.lpNorm<Eigen::Infinity>() <= flatEnough(peak.customers);
    optimum.converged = std::isfinite(optimum.value) && (optimum.converged || flat);
    return optimum;
}

std::optional<double> naturalOf(const std::optional<double> &logarithm)
{
    const double value = logarithm ? std::exp(*logarithm) : 0.0;
    return std::isfinite(value) && value > 0.0 ? std::optional(value) : std::nullopt;
}

/// Wald's half-width in log units; infinite where nothing is known.
double normalWidth(const Peak &peak, Eigen::Index i, double level)
{
    return peak.covariance.size() > 0
               ? normalReach(level) * std::sqrt(peak.covariance(i, i))
               : std::numeric_limits<double>::infinity();
}

void waldIntervals(ParameterIntervals &result, const Peak &peak)
{
    const std::size_t whole = peak.whole.size();
    for (Eigen::Index i = 0; i < peak.at.size(); ++i) {
        const double width = normalWidth(peak, i, result.level);
        if (width <= kFarthest) {
            ParameterInterval &interval = result.parameters[whole + static_cast<std::size_t>(i)];
            interval.lower = naturalOf(peak.at[i] - width);
            interval.upper = naturalOf(peak.at[i] + width);
        }
    }
}

/// How far twice the log-likelihood lies below the peak's at another whole number.
double fallAt(const IntervalSample &sample, const Peak &peak, double k, double best,
              int maxIterations, const Task &task)
{
    const Optimum optimum = maximumNear(
        peak, objectiveOf(sample.likelihood, {k}, peak.customers), maxIterations, task);
    return optimum.converged ? 2.0 * peak.customers * (optimum.value - best)
                             : std::numeric_limits<double>::quiet_NaN();
}

/// The whole numbers next to the estimate that are likely enough; open where the largest is, or
/// where a maximum is not found.
void profileOfWhole(ParameterIntervals &result, const IntervalSample &sample, const Peak &peak,
                    int maxIterations, const Task &task)
{
    ParameterInterval &interval = result.parameters[0];
    const double enough = std::pow(normalReach(result.level), 2);
    const double best =
        objectiveOf(sample.likelihood, peak.whole, peak.customers)(peak.at).value;
    for (const double step : {-1.0, 1.0}) {
        double k = interval.estimate;
        double fall = 0.0;
        while (fall <= enough && k + step >= 1.0 && k + step <= kMostRegular) {
            fall = fallAt(sample, peak, k + step, best, maxIterations, task);
            k += fall <= enough ? step : 0.0;
        }
        const bool closed = fall > enough || (step < 0.0 && k == 1.0);
        if (closed) {
            (step < 0.0 ? interval.lower : interval.upper) = k;
        }
    }
}

Status profileIntervals(ParameterIntervals &result, const IntervalSample &sample, const Peak &peak,
                        const ParameterIntervalOptions &options, const Task &task)
{
    const std::size_t whole = peak.whole.size();
    const LikelihoodPeak mountain{objectiveOf(sample.likelihood, peak.whole, peak.customers),
                                  peak.customers, peak.at, peak.covariance};
    ProfileOptions how;
    how.level = options.level;
    how.maxIterations = options.maxIterations;
    for (Eigen::Index i = 0; i < peak.at.size(); ++i) {
        task.progress(static_cast<double>(i) / static_cast<double>(peak.at.size()), "intervals");
        const LogInterval found = profileInterval(mountain, i, how, task);
        if (found.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        ParameterInterval &interval = result.parameters[whole + static_cast<std::size_t>(i)];
        interval.lower = naturalOf(found.lower);
        interval.upper = naturalOf(found.upper);
    }
    if (whole > 0) {
        profileOfWhole(result, sample, peak, options.maxIterations, task);
    }
    return task.cancelled() ? Status(fail(ErrorCode::Cancelled)) : Status(Done{});
}

/// A maximum, with the whole number it was found at.
struct Resolved {
    double whole = 0.0;
    Optimum optimum;
};

/// The maximum on drawn customers near the fit's, over neighbouring whole numbers too.
Resolved resolve(const LikelihoodOf &likelihood, const Peak &peak, int maxIterations,
                 const Task &task)
{
    const auto at = [&](std::vector<double> whole) {
        return maximumNear(peak, objectiveOf(likelihood, std::move(whole), peak.customers),
                           maxIterations, task);
    };
    Resolved best{0.0, at(peak.whole)};
    if (peak.whole.empty()) {
        return best;
    }
    best.whole = peak.whole[0];
    for (const double step : {-1.0, 1.0}) {
        for (double k = peak.whole[0] + step; k >= 1.0 && k <= kMostRegular; k += step) {
            Optimum next = at({k});
            if (!next.converged || next.value >= best.optimum.value) {
                break;
            }
            best = {k, std::move(next)};
        }
    }
    return best;
}

/// What the resamples say of each parameter, as logarithms; NaN where there was no maximum.
using Estimates = std::vector<std::vector<double>>;

Result<Estimates> resampleAll(const IntervalSample &sample, const Peak &peak,
                              const ParameterIntervalOptions &options, const Task &task)
{
    const std::size_t whole = peak.whole.size();
    Estimates estimates(whole + static_cast<std::size_t>(peak.at.size()));
    for (int i = 0; i < options.resamples; ++i) {
        task.progress(static_cast<double>(i) / options.resamples, "intervals");
        Rng rng(options.seed, static_cast<std::uint64_t>(i));
        const Resolved found = resolve(sample.resampled(rng), peak, options.maxIterations, task);
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        for (std::size_t j = 0; j < estimates.size(); ++j) {
            const double value =
                j < whole ? std::log(found.whole)
                          : found.optimum.at[static_cast<Eigen::Index>(j - whole)];
            estimates[j].push_back(found.optimum.converged
                                       ? value
                                       : std::numeric_limits<double>::quiet_NaN());
        }
    }
    return estimates;
}

/// The order statistic that leaves `tail` of the resamples below it; those without a value, and what
/// has run away, lie below all others.
std::optional<double> percentile(std::vector<double> values, double tail, double estimate)
{
    for (double &value : values) {
        value = std::abs(value - estimate) <= kFarthest || value > estimate
                    ? value
                    : -std::numeric_limits<double>::infinity();
    }
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(
        std::floor((static_cast<double>(values.size()) + 1.0) * tail + 1e-9));
    const double value = values[rank - 1];
    return std::abs(value - estimate) <= kFarthest ? std::optional(value) : std::nullopt;
}

Status bootstrapIntervals(ParameterIntervals &result, const IntervalSample &sample,
                          const Peak &peak, const ParameterIntervalOptions &options,
                          const Task &task)
{
    // Every resample is the sample, or stays where the likelihood is flat.
    if (sample.distinct < 2 || peak.covariance.size() == 0) {
        return Done{};
    }
    result.resamples = options.resamples;
    const auto estimates = resampleAll(sample, peak, options, task);
    if (!estimates) {
        return estimates.error();
    }
    result.unresolved = static_cast<int>(std::ranges::count_if(
        estimates->back(), [](double value) { return std::isnan(value); }));
    const double tail = 0.5 * (1.0 - options.level);
    const std::size_t whole = peak.whole.size();
    for (std::size_t j = 0; j < estimates->size(); ++j) {
        const bool flat =
            j >= whole &&
            normalWidth(peak, static_cast<Eigen::Index>(j - whole), options.level) > kFarthest;
        if (flat) {
            continue;
        }
        std::vector<double> values = (*estimates)[j];
        const double estimate = std::log(result.parameters[j].estimate);
        result.parameters[j].lower = naturalOf(percentile(values, tail, estimate));
        for (double &value : values) {
            value = -value;
        }
        auto upper = percentile(std::move(values), tail, -estimate);
        result.parameters[j].upper = naturalOf(upper ? std::optional(-*upper) : upper);
    }
    return Done{};
}

Status checkOptions(const ModelFit &fit, const ParameterIntervalOptions &options)
{
    if (!fit.usable()) {
        return fail(ErrorCode::NotTrained, fit.reason, fit.model);
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    const double fewest = 2.0 / (1.0 - options.level) - 1.0;
    if (options.method == IntervalMethod::Bootstrap && options.resamples < fewest - 1e-6) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.resamples), "resamples");
    }
    return Done{};
}

ParameterIntervals without(const ModelFit &fit, const ParameterIntervalOptions &options)
{
    ParameterIntervals result;
    result.model = fit.reportedModel;
    result.method = options.method;
    result.level = options.level;
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        result.parameters.push_back({fit.names[i], fit.parameters[i], {}, {}});
    }
    return result;
}

} // namespace

std::string_view intervalMethodName(IntervalMethod method) noexcept
{
    switch (method) {
    case IntervalMethod::Wald: return "wald";
    case IntervalMethod::Profile: return "profile";
    case IntervalMethod::Bootstrap: return "bootstrap";
    }
    return "profile";
}

Result<ParameterIntervals> parameterIntervals(const ModelFit &fit, const CustomerSummary &customers,
                                              const ParameterIntervalOptions &options,
                                              const Task &task)
{
    const Status sound = checkOptions(fit, options);
    if (!sound) {
        return sound.error();
    }
    const auto sample = intervalSample(fit.reportedModel, customers);
    if (!sample) {
        return sample.error();
    }
    const LogLikelihood there = sample->likelihood(fit.parameters);
    const double difference = std::abs(there.value - fit.logLikelihood);
    if (fit.customers < 1 || sample->distinct < 1 ||
        !(difference <= kSameLikelihood * (1.0 + std::abs(fit.logLikelihood)))) {
        return fail(ErrorCode::InvalidArgument, std::to_string(there.value), "customers");
    }
    const Peak peak = peakOf(fit, fit.parameters.size() - there.logGradient.size());
    ParameterIntervals result = without(fit, options);
    Status done = Done{};
    switch (options.method) {
    case IntervalMethod::Wald:
        waldIntervals(result, peak);
        break;
    case IntervalMethod::Profile:
        done = profileIntervals(result, *sample, peak, options, task);
        break;
    case IntervalMethod::Bootstrap:
        done = bootstrapIntervals(result, *sample, peak, options, task);
        break;
    }
    if (!done) {
        return done.error();
    }
    return result;
}

} // namespace perennial
