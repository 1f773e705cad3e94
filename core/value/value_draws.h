#pragma once

#include "core/base/task.h"
#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"
#include "core/value/value_prediction.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace perennial {

struct DrawOptions {
    int draws = 200;         ///< futures per customer, >= 2
    int parameterDraws = 20; ///< parameter vectors they share: draw d uses vector d mod this, >= 1
    std::uint64_t seed = 1;
};

/// The drawn futures of one customer: net value in (t₀, t₀ + H], times margin, discounted, currency
/// units; one per draw. Valid during the call only.
using DrawSink = std::function<void(std::size_t row, std::span<const float> values)>;

/// Futures of every customer, handed over one customer at a time (not in row order) so that a
/// million of them need no more memory than one class of customers: parameters from their
/// normal approximation on the log scale, whether the customer is still active, orders from the
/// model's distribution of counts, and what they are worth together (Gamma-Gamma: Γ(p n) with the
/// customer's own scale, drawn given what he has spent so far; otherwise the observed mean spend).
/// The same seed and options give the same draws for a customer whoever else there is.
/// @param spend not usable, or without a finite mean: the observed mean spend.
/// @error NotTrained for a failed frequency fit, UnknownModel, InvalidArgument, Cancelled.
Status eachCustomersDraws(const CustomerSummary &customers, const ModelFit &frequency,
                          const ModelFit &spend, const ValueOptions &options,
                          const DrawOptions &draws, const DrawSink &sink, const Task &task);

/// Central predictive intervals of what the customers will bring.
struct ValueIntervals {
    double level = 0.9;
    std::vector<float> lower, upper; ///< per customer, in row order
    std::vector<double> totals;      ///< of all customers, one per draw, in no order
    double totalLower = 0, totalUpper = 0;
};
/// @param level in (0, 1). Cost O(n × draws); 8 bytes a customer kept.
Result<ValueIntervals> intervalsOfDraws(std::size_t customers,
                                        const std::function<Status(const DrawSink &)> &eachDraws,
                                        double level);
/// The same of a model's draws.
Result<ValueIntervals> drawValueIntervals(const CustomerSummary &customers,
                                          const ModelFit &frequency, const ModelFit &spend,
                                          const ValueOptions &options, const DrawOptions &draws,
                                          double level, const Task &task);

} // namespace perennial
