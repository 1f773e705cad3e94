#include "core/survival/ipcw_brier.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// The curve of the censorings: events at their time are no longer at risk of one.
SurvivalCurve censoringCurve(const SurvivalCurve &curve)
{
    SurvivalCurve censoring;
    double left = 1.0;
    for (const SurvivalStep &step : curve.steps) {
        const double atRisk = step.atRisk - step.events;
        if (step.censored > 0.0) {
            left *= std::max(0.0, atRisk - step.censored) / atRisk;
        }
        SurvivalStep own;
        own.time = step.time;
        own.survival = left;
        own.atRisk = atRisk;
        own.events = step.censored;
        own.censored = step.events;
        censoring.steps.push_back(own);
    }
    return censoring;
}

/// G at the last step before (or at) a time.
double levelAt(const SurvivalCurve &curve, double time, bool before)
{
    const auto after = std::ranges::partition_point(curve.steps, [&](const SurvivalStep &step) {
        return before ? step.time < time : step.time <= time;
    });
    return after == curve.steps.begin() ? 1.0 : (after - 1)->survival;
}

} // namespace

double CensoringWeights::at(double time) const
{
    return 1.0 / levelAt(curve, time, false);
}

Result<CensoringWeights> censoringWeights(std::span<const double> durations,
                                          std::span<const std::int8_t> observed)
{
    const auto curve = kaplanMeier(durations, observed);
    if (!curve) {
        return curve.error();
    }
    CensoringWeights weights;
    weights.curve = censoringCurve(*curve);
    weights.atOwnEnd.reserve(durations.size());
    for (const double time : durations) {
        weights.atOwnEnd.push_back(1.0 / levelAt(weights.curve, time, true));
    }
    return weights;
}

Result<double> ipcwBrier(std::span<const double> durations, std::span<const std::int8_t> observed,
                         std::span<const double> survival, double time,
                         const CensoringWeights &weights)
{
    if (observed.size() != durations.size() || survival.size() != durations.size() ||
        weights.atOwnEnd.size() != durations.size()) {
        return fail(ErrorCode::InvalidArgument, std::to_string(survival.size()), "lengths");
    }
    if (!std::isfinite(time)) {
        return fail(ErrorCode::InvalidArgument, {}, "time");
    }
    if (!std::ranges::all_of(survival, [](double s) { return s >= 0.0 && s <= 1.0; })) {
        return fail(ErrorCode::InvalidArgument, {}, "survival");
    }
    if (durations.empty()) {
        return fail(ErrorCode::TooLittleData, "rows");
    }
    const double beyond = weights.at(time);
    double sum = 0.0;
    for (std::size_t i = 0; i < durations.size(); ++i) {
        if (durations[i] > time) {
            sum += (1.0 - survival[i]) * (1.0 - survival[i]) * beyond;
        } else if (observed[i] != 0) {
            sum += survival[i] * survival[i] * weights.atOwnEnd[i];
        }
    }
    return sum / static_cast<double>(durations.size());
}

std::optional<double> integratedBrier(std::span<const double> times,
                                      std::span<const double> scores)
{
    if (times.empty() || scores.size() != times.size()) {
        return std::nullopt;
    }
    const double span = times.back() - times.front();
    if (!(span > 0.0)) {
        return scores.front();
    }
    double sum = 0.0;
    for (std::size_t k = 1; k < times.size(); ++k) {
        sum += (times[k] - times[k - 1]) * (scores[k] + scores[k - 1]) / 2.0;
    }
    return sum / span;
}

} // namespace perennial
