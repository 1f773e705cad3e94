#include "core/survival/kaplan_meier.h"

#include "core/numeric/radix_order.h"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace perennial {

namespace {

Status checkInput(std::span<const double> durations, std::span<const std::int8_t> observed,
                  std::span<const double> weights, double confidence)
{
    if (observed.size() != durations.size() ||
        (!weights.empty() && weights.size() != durations.size())) {
        return fail(ErrorCode::InvalidArgument, std::to_string(observed.size()), "lengths");
    }
    const auto isBad = [](double v) { return !std::isfinite(v) || v < 0.0; };
    if (std::any_of(durations.begin(), durations.end(), isBad)) {
        return fail(ErrorCode::InvalidArgument, {}, "durations");
    }
    if (std::any_of(weights.begin(), weights.end(), isBad)) {
        return fail(ErrorCode::InvalidArgument, {}, "weights");
    }
    if (!(confidence > 0.0 && confidence < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(confidence), "confidence");
    }
    return Done{};
}

/// Limits symmetric on the scale of log(-log S), which keeps them within [0, 1].
void setLimits(SurvivalStep &step, double greenwood, double z)
{
    step.lower = step.upper = step.survival;
    if (step.survival > 0.0 && step.survival < 1.0) {
        const double logS = std::log(step.survival);
        const double factor = std::exp(z * std::sqrt(greenwood) / -logS);
        step.lower = std::exp(logS * factor);
        step.upper = std::exp(logS / factor);
    }
}

std::size_t countDistinct(const std::vector<double> &rising)
{
    std::size_t count = rising.empty() ? 0 : 1;
    for (std::size_t i = 1; i < rising.size(); ++i) {
        count += rising[i] != rising[i - 1] ? 1 : 0;
    }
    return count;
}

template <class Value>
std::optional<double> firstAtMost(const std::vector<SurvivalStep> &steps, Value value, double level)
{
    // S is a product of ratios: a level it meets exactly may be a rounding away.
    constexpr double kSlack = 1e-12;
    for (const SurvivalStep &step : steps) {
        if (value(step) <= level + kSlack) {
            return step.time;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<double> SurvivalCurve::at(double time) const
{
    const auto after =
        std::upper_bound(steps.begin(), steps.end(), time,
                         [](double t, const SurvivalStep &step) { return t < step.time; });
    if (after == steps.begin()) {
        return 1.0;
    }
    const SurvivalStep &step = *(after - 1);
    if (after == steps.end() && time > step.time && step.survival > 0.0) {
        return std::nullopt;
    }
    return step.survival;
}

std::optional<double> SurvivalCurve::quantile(double q) const
{
    return firstAtMost(steps, [](const SurvivalStep &s) { return s.survival; }, 1.0 - q);
}

std::optional<double> SurvivalCurve::medianLower() const
{
    return firstAtMost(steps, [](const SurvivalStep &s) { return s.lower; }, 0.5);
}

std::optional<double> SurvivalCurve::medianUpper() const
{
    return firstAtMost(steps, [](const SurvivalStep &s) { return s.upper; }, 0.5);
}

std::vector<AtRiskRow> atRiskTable(const SurvivalCurve &curve, std::span<const double> times)
{
    std::vector<AtRiskRow> rows;
    for (const double time : times) {
        AtRiskRow row;
        row.time = time;
        for (const SurvivalStep &step : curve.steps) {
            const bool isBefore = step.time < time;
            row.atRisk += isBefore ? 0.0 : step.events + step.censored;
            row.events += step.time <= time ? step.events : 0.0;
            row.censored += step.time <= time ? step.censored : 0.0;
        }
        rows.push_back(row);
    }
    return rows;
}

std::vector<double> evenTimes(double longest, int most)
{
    if (!(longest > 0.0) || !std::isfinite(longest) || most < 2) {
        return {0.0};
    }
    const double least = longest / (most - 1);
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    double step = 10.0 * power;
    for (const double digit : {1.0, 2.0, 5.0}) {
        if (digit * power >= least) {
            step = digit * power;
            break;
        }
    }
    std::vector<double> times;
    for (int k = 0; k < most && k * step <= longest * (1.0 + 1e-12); ++k) {
        times.push_back(k * step);
    }
    return times;
}

Result<SurvivalCurve> kaplanMeier(std::span<const double> durations,
                                  std::span<const std::int8_t> observed,
                                  std::span<const double> weights, double confidence)
{
    if (const Status sound = checkInput(durations, observed, weights, confidence); !sound) {
        return sound.error();
    }
    const std::vector<std::uint32_t> order = radixOrder(durations);
    std::vector<double> times; // looked up once: at random places in a large column
    times.reserve(order.size());
    for (const std::uint32_t row : order) {
        times.push_back(durations[row]);
    }
    const auto weightOf = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
    double atRisk = 0.0;
    for (std::size_t i = 0; i < durations.size(); ++i) {
        atRisk += weightOf(i);
    }
    const double z = std::numbers::sqrt2 * boost::math::erf_inv(confidence);
    SurvivalCurve curve;
    curve.confidence = confidence;
    curve.steps.reserve(countDistinct(times));
    double survival = 1.0;
    double greenwood = 0.0;
    SurvivalStep last; // without an event the limits stay
    for (std::size_t i = 0; i < order.size();) {
        SurvivalStep step;
        step.time = times[i];
        step.atRisk = atRisk;
        for (; i < order.size() && times[i] == step.time; ++i) {
            (observed[order[i]] != 0 ? step.events : step.censored) += weightOf(order[i]);
        }
        const double left = step.atRisk - step.events;
        if (step.events > 0.0) {
            survival *= std::max(0.0, left) / step.atRisk;
            greenwood += left > 0.0 ? step.events / (step.atRisk * left) : 0.0;
        }
        step.survival = survival;
        step.lower = last.lower;
        step.upper = last.upper;
        if (step.events > 0.0) {
            setLimits(step, greenwood, z);
        }
        last = step;
        atRisk -= step.events + step.censored;
        curve.steps.push_back(step);
    }
    return curve;
}

} // namespace perennial
