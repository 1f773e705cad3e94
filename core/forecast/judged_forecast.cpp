#include "core/forecast/judged_forecast.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr std::size_t kBatch = 1024; ///< customers between two questions for a cancel

/// P(no order) of every customer. @error Cancelled, NotFinite.
Result<std::vector<double>> noOrderChances(const Forecast &forecast, std::size_t customers,
                                           const Task &task)
{
    std::vector<double> chances;
    if (!forecast.countProbability) {
        return chances;
    }
    chances.reserve(customers);
    for (std::size_t i = 0; i < customers; ++i) {
        if (i % kBatch == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(static_cast<double>(i) / static_cast<double>(customers), "judging");
        }
        const double chance = forecast.countProbability(i, 0);
        if (!std::isfinite(chance)) {
            return fail(ErrorCode::NotFinite, forecast.reported);
        }
        chances.push_back(std::clamp(chance, 0.0, 1.0));
    }
    return chances;
}

void addHistories(JudgedForecast &judged, const OrderHistory &history)
{
    std::size_t row = 0;
    for (std::size_t u = 0; u < history.size() && row < judged.user.size(); ++u) {
        if (history.user[u] != judged.user[row]) {
            continue;
        }
        Day first = judged.cut;
        std::int32_t orders = 0;
        for (std::size_t i = history.offsets[u + 1]; i-- > history.offsets[u];) {
            if (history.ordered[i] != 0 && history.day[i] <= judged.cut) {
                first = history.day[i];
                ++orders;
            }
        }
        judged.firstOrder.push_back(first);
        judged.ordersBefore.push_back(orders);
        ++row;
    }
}

} // namespace

Result<JudgedForecast> judgedForecast(const OrderHistory &history,
                                      const JudgedForecastOptions &options, const Task &task)
{
    const auto forecaster = findForecaster(options.model);
    if (!forecaster) {
        return forecaster.error();
    }
    auto input = forecastInput(history, options.cut, options.horizonDays, options.period,
                               options.firstPurchaseInSpend);
    if (!input) {
        return input.error();
    }
    input->seed = options.seed;
    const auto forecast = (*forecaster)->forecast(*input, task.part(0.0, 0.8));
    if (!forecast) {
        return forecast.error();
    }
    if (!std::ranges::all_of(forecast->value, [](double v) { return std::isfinite(v); })) {
        return fail(ErrorCode::NotFinite, options.model);
    }
    JudgedForecast judged;
    judged.model = options.model;
    judged.cut = options.cut;
    judged.until = daysAfter(options.cut, options.horizonDays);
    judged.user = input->customers.user;
    judged.predicted = forecast->value;
    auto chances = noOrderChances(*forecast, judged.size(), task.part(0.8, 1.0));
    if (!chances) {
        return chances.error();
    }
    judged.noOrder = *std::move(chances);
    WindowTruth truth = truthOf(history, input->customers, judged.cut, judged.until);
    judged.actual = std::move(truth.net);
    for (const std::int32_t orders : truth.orderDays) {
        judged.ordered.push_back(orders > 0 ? 1 : 0);
    }
    addHistories(judged, input->history);
    return judged;
}

} // namespace perennial
