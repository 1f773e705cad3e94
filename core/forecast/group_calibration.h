#pragma once

#include "core/base/result.h"
#include "core/numeric/bootstrap.h"
#include "core/forecast/customer_groups.h"
#include "core/forecast/judged_forecast.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

struct GroupCalibrationOptions {
    int replicates = 200;         ///< of the user bootstrap; 0 = no intervals
    double level = 0.95;          ///< of the intervals, in (0, 1)
    std::uint64_t seed = 1;
    std::int64_t smallBelow = 30; ///< customers; smaller groups say nothing reliable
};

/// Customers with a like P(no order), and how many of them did not order.
struct ChurnBin {
    std::int64_t customers = 0;
    double predicted = 0, observed = 0; ///< mean chance and share without an order, in [0, 1]
};
/// Ten equal widths of P(no order): [0, .1), …, [.9, 1].
using ChurnBins = std::array<ChurnBin, 10>;
/// @param chance in [0, 1].
std::size_t churnBinOf(double chance) noexcept;

/// How well predictions hold in one group. What the data can't give is absent.
struct GroupCalibration {
    std::int64_t customers = 0;
    double predicted = 0, actual = 0;      ///< sums of net revenue in the window, currency units
    std::optional<double> ratio;           ///< Σ predicted / Σ actual; none where Σ actual <= 0
    std::optional<Interval> ratioInterval; ///< of the user bootstrap
    /// Mean |predicted − actual| over the mean actual; none where Σ actual <= 0.
    std::optional<double> maeOverMean;
    /// Expected calibration error of P(no order): Σ over bins of their share of customers ×
    /// |mean predicted − observed|; none without a distribution.
    std::optional<double> churnError;
    bool isSmall = false; ///< fewer than `smallBelow` customers
};

struct CalibrationResult {
    GroupCalibration all;
    std::vector<GroupCalibration> groups; ///< in the order of CalibrationGroups::names
    ChurnBins churn{};                    ///< of all customers; empty bins without a distribution
};

/// Calibration of everybody and of each group, on the same bootstrap weights as a backtest with the
/// same seed. @error InvalidArgument where the groups are not those of the forecast, or for an option
/// out of range (where: the option); Cancelled.
/// Sources: Naeini, Cooper & Hauskrecht (2015), AAAI, for the expected calibration error; Pleiss et
/// al. (2017), NeurIPS, "On fairness and calibration", for calibration within groups.
Result<CalibrationResult> groupCalibration(const JudgedForecast &forecast,
                                           const CalibrationGroups &groups,
                                           const GroupCalibrationOptions &options,
                                           const Task &task);

} // namespace perennial
