#pragma once

#include "core/forecast/forecaster.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

struct JudgedForecastOptions {
    std::string model;   ///< a forecaster's name
    Day cut = 0;         ///< t₀
    int horizonDays = 0; ///< H
    Period period = Period::Week;
    bool firstPurchaseInSpend = false;
    std::uint64_t seed = 1;
};

/// What one method predicted at one cut beside what came, customer by customer: what calibration
/// looks at. Rows are the customers of the cut in id order.
struct JudgedForecast {
    std::string model;
    Day cut = 0, until = 0;                 ///< judged on (cut, until]
    std::vector<std::int64_t> user;
    std::vector<Day> firstOrder;            ///< first order day
    std::vector<std::int32_t> ordersBefore; ///< order days up to the cut, >= 1
    std::vector<double> predicted, actual;  ///< net revenue in the window, currency units
    /// P(no order day in the window), in [0, 1]; empty where the method gives no distribution.
    std::vector<double> noOrder;
    std::vector<std::uint8_t> ordered;      ///< 1 = an order day in the window

    std::size_t size() const noexcept { return user.size(); }
};

/// The forecast that a backtest with the same options judges at this cut.
/// @error UnknownModel; NoPurchases; HorizonNotPositive; NotFinite; what the method's fit says;
/// Cancelled.
Result<JudgedForecast> judgedForecast(const OrderHistory &history,
                                      const JudgedForecastOptions &options, const Task &task);

} // namespace perennial
