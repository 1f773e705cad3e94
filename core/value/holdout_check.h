#pragma once

#include "core/features/order_history.h"
#include "core/features/splits.h"
#include "core/value/value_prediction.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// A figure with its bootstrap interval.
struct BootstrapInterval {
    double value = 0.0, lower = 0.0, upper = 0.0;
};

struct BootstrapOptions {
    int resamples = 400;
    double level = 0.9; ///< of the interval, in (0, 1)
    std::uint64_t seed = 1;
};

/// Percentile interval of a mean over users. Resample i depends on (seed, stream, i) only.
/// @param values n >= 1. Cost n × resamples. @error Cancelled.
/// Source: Efron & Tibshirani (1993), "An Introduction to the Bootstrap", ch. 13.
Result<BootstrapInterval> bootstrapMean(std::span<const double> values,
                                        const BootstrapOptions &options, std::uint64_t stream,
                                        const Task &task);

/// Customers of neighbouring predictions: what they were expected to do in the window and did.
struct CalibrationGroup {
    std::vector<std::int64_t> users;
    double predicted = 0.0;   ///< mean
    BootstrapInterval actual; ///< mean, interval over users; the fit's own error is not in it
};

/// Equal groups by prediction, the lowest first; as many as there are users where they are fewer.
/// Ties are split in user order. @param users, predicted, actual as long as each other.
/// @error Cancelled.
Result<std::vector<CalibrationGroup>> calibrationGroups(std::span<const std::int64_t> users,
                                                        std::span<const double> predicted,
                                                        std::span<const double> actual, int groups,
                                                        const BootstrapOptions &options,
                                                        const Task &task);

struct HoldoutOptions {
    ValueOptions value; ///< models, t₀ in `until` (needed), H, period; margin and discount unused
    int groups = 10;
    BootstrapOptions bootstrap;
};

/// The models fitted on the history up to t₀ − H, against what their customers did in (t₀ − H, t₀].
/// Net revenue is before margin and discount, on both sides.
struct HoldoutCheck {
    HistorySplit split; ///< cut = t₀ − labelDays; shorter than H in a short history
    std::shared_ptr<const ValueResult> fitted;    ///< at the cut
    std::vector<CalibrationGroup> orders, net;
    double predictedOrders = 0.0, actualOrders = 0.0; ///< totals
    double predictedNet = 0.0, actualNet = 0.0;
};
/// @error TooLittleData for a history of less than 2 days; NoPurchases where nobody had ordered by
/// the cut; as fitValueModel otherwise; Cancelled.
Result<HoldoutCheck> checkOnHoldout(const OrderHistory &history, const HoldoutOptions &options,
                                    const Task &task);

/// Repeat order days of the customers of a summary, through the last day of each period; the
/// summary's end is the end of a period.
struct RepeatTracking {
    int periodDays = 7;
    Day calibrationEnd = 0;
    std::vector<Day> day;         ///< last day of each period, ascending
    std::vector<double> expected; ///< cumulative, one per period
    std::vector<double> actual;   ///< cumulative, of the periods that were over at `observed`
};
/// @param observed last day of the data. @param until the expectation goes on to here.
/// @param periodDays >= 1. @error NotTrained for a failed fit, Cancelled.
/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2), figures 3 and 4.
Result<RepeatTracking> trackRepeats(const OrderHistory &history, const CustomerSummary &customers,
                                    const ModelFit &fit, Day observed, Day until, int periodDays,
                                    const Task &task);

} // namespace perennial
