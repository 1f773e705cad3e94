#include "core/forecast/total_error.h"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr std::size_t kFewestWindows = 2;
constexpr std::ptrdiff_t kFewestCustomers = 30;

} // namespace

std::optional<TotalError> totalErrorOf(std::span<const double> predicted,
                                       std::span<const double> actual)
{
    if (predicted.size() < kFewestWindows || predicted.size() != actual.size()) {
        return std::nullopt;
    }
    double squares = 0;
    for (std::size_t k = 0; k < predicted.size(); ++k) {
        if (!(predicted[k] > 0) || !(actual[k] > 0)) {
            return std::nullopt;
        }
        const double error = std::log(actual[k] / predicted[k]);
        squares += error * error;
    }
    return TotalError{static_cast<int>(predicted.size()),
                      std::sqrt(squares / static_cast<double>(predicted.size()))};
}

Interval totalInterval(double predicted, const TotalError &error, double level)
{
    const boost::math::students_t t(error.windows);
    const double reach = boost::math::quantile(t, 0.5 + 0.5 * level) * error.rms;
    // Past e^20 there is nothing more to say, and no infinity.
    const double factor = std::exp(std::min(reach, 20.0));
    const double low = predicted / factor;
    const double high = predicted * factor;
    return {std::min(low, high), std::max(low, high)};
}

std::vector<Interval> totalsByOtherWindows(std::span<const double> predicted,
                                           std::span<const double> actual, double level)
{
    std::vector<Interval> intervals;
    for (std::size_t k = 0; k < predicted.size(); ++k) {
        std::vector<double> otherPredicted(predicted.begin(), predicted.end());
        std::vector<double> otherActual(actual.begin(), actual.end());
        otherPredicted.erase(otherPredicted.begin() + static_cast<std::ptrdiff_t>(k));
        otherActual.erase(otherActual.begin() + static_cast<std::ptrdiff_t>(k));
        const auto error = totalErrorOf(otherPredicted, otherActual);
        if (!error) {
            return {};
        }
        intervals.push_back(totalInterval(predicted[k], *error, level));
    }
    return intervals;
}

int countInside(std::span<const Interval> intervals, std::span<const double> actual)
{
    int inside = 0;
    for (std::size_t k = 0; k < intervals.size(); ++k) {
        inside += intervals[k].contains(actual[k]) ? 1 : 0;
    }
    return inside;
}

std::vector<Day> pastCuts(const OrderHistory &history, Day known, int horizonDays, int most)
{
    std::vector<Day> firstOrders;
    for (std::size_t i = 0; i < history.size(); ++i) {
        for (std::size_t d = history.offsets[i]; d < history.offsets[i + 1]; ++d) {
            if (history.ordered[d] != 0) {
                firstOrders.push_back(history.day[d]);
                break;
            }
        }
    }
    std::sort(firstOrders.begin(), firstOrders.end());
    std::vector<Day> cuts;
    for (int k = 1; k <= most && !firstOrders.empty(); ++k) {
        const std::int64_t cut = std::int64_t{known} - std::int64_t{k} * horizonDays;
        const bool isLong = 2 * (cut - firstOrders.front() + 1) >= horizonDays;
        if (!isLong || std::upper_bound(firstOrders.begin(), firstOrders.end(), cut) -
                               firstOrders.begin() < kFewestCustomers) {
            break;
        }
        cuts.push_back(static_cast<Day>(cut));
    }
    return cuts;
}

} // namespace perennial
