#include "core/value/what_if.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

Status checkParameters(const ModelFit &fit, std::span<const double> parameters)
{
    if (parameters.size() != fit.parameters.size()) {
        return fail(ErrorCode::InvalidArgument, std::to_string(parameters.size()), fit.model);
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (!std::isfinite(parameters[i]) || !(parameters[i] > 0.0)) {
            return fail(ErrorCode::InvalidArgument, std::to_string(parameters[i]), fit.names[i]);
        }
    }
    return Done{};
}

double sumOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

Result<WhatIfOutcome> computeWhatIf(const WhatIfBase &base, std::span<const double> parameters,
                                    std::span<const double> spendParameters, const Task &task)
{
    for (const auto &[fit, values] :
         {std::pair(&base.frequency, parameters), std::pair(&base.spend, spendParameters)}) {
        if (const Status sound = checkParameters(*fit, values); !sound) {
            return sound.error();
        }
    }
    ModelFit moved = base.frequency;
    moved.parameters.assign(parameters.begin(), parameters.end());
    auto histogram = expectedHistogram(moved, base.customers, base.mostOrders);
    if (!histogram) {
        return histogram.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    std::vector<Day> next;
    for (const Day day : base.tracking.day) {
        next.push_back(day + 1);
    }
    auto repeats = expectedCumulativeRepeats(moved, base.customers, next);
    if (!repeats) {
        return repeats.error();
    }
    const auto predictions =
        predictValue(base.customers, moved.reportedModel, moved.parameters,
                     base.spend.reportedModel, spendParameters, base.options, task);
    if (!predictions) {
        return predictions.error();
    }
    WhatIfOutcome outcome;
    outcome.histogram = *std::move(histogram);
    outcome.repeats = *std::move(repeats);
    outcome.predictedTotal = sumOf(predictions->predictedValue);
    outcome.expectedOrders = sumOf(predictions->expectedOrders);
    outcome.meanPAlive = sumOf(predictions->pAlive) /
                         static_cast<double>(std::max<std::size_t>(1, base.customers.size()));
    const double all = outcome.predictedTotal + outcome.expectedOrders + outcome.meanPAlive +
                       sumOf(outcome.histogram) + sumOf(outcome.repeats);
    return std::isfinite(all) ? Result<WhatIfOutcome>(std::move(outcome))
                              : Result<WhatIfOutcome>(fail(ErrorCode::NotFinite, {}, moved.model));
}

std::vector<double> repeatHistogram(const CustomerSummary &customers, int mostOrders)
{
    std::vector<double> counts(static_cast<std::size_t>(std::max(0, mostOrders)) + 2, 0.0);
    for (const std::int32_t x : customers.x) {
        counts[static_cast<std::size_t>(std::clamp(x, 0, std::max(0, mostOrders) + 1))] += 1.0;
    }
    return counts;
}

} // namespace perennial
