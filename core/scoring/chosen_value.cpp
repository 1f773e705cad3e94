#include "core/scoring/chosen_value.h"

#include "core/forecast/forecaster.h"

namespace perennial {

namespace {

/// Mean discount factor of a customer's orders: what the fitted model's value would be without.
double discountOf(const ValueResult &value, std::size_t row)
{
    const ValuePredictions &p = value.predictions;
    const double undiscounted = value.options.margin * value.customers.netRatio() *
                                p.meanOrderValue[row] * p.expectedOrders[row];
    return undiscounted > 0.0 ? p.predictedValue[row] / undiscounted : 1.0;
}

} // namespace

Result<ChosenValue> chosenValue(const Project &project, const ValueResult &value,
                                const std::string &model, const Task &task)
{
    const auto forecaster = findForecaster(model);
    if (!forecaster) {
        return forecaster.error();
    }
    const Day cut = *value.options.until;
    const auto history = readOrderHistory(project, cut, task.part(0.0, 0.1));
    if (!history) {
        return history.error();
    }
    const auto input = forecastInput(*history, cut, value.options.horizonDays,
                                     value.options.period, value.options.firstPurchaseInSpend);
    if (!input) {
        return input.error();
    }
    auto forecast = (*forecaster)->forecast(*input, task.part(0.1, 1.0));
    if (!forecast) {
        return forecast.error();
    }
    ChosenValue chosen;
    for (std::size_t row = 0; row < forecast->value.size(); ++row) {
        chosen.predictedValue.push_back(value.options.margin * discountOf(value, row) *
                                        forecast->value[row]);
    }
    chosen.expectedOrders = std::move(forecast->orders);
    if (forecast->eachDraws) {
        std::vector<float> factor;
        for (std::size_t row = 0; row < value.customers.size(); ++row) {
            factor.push_back(static_cast<float>(value.options.margin * discountOf(value, row)));
        }
        chosen.eachDraws = [draws = forecast->eachDraws,
                            factor = std::move(factor)](const DrawSink &sink, const Task &drawing) {
            std::vector<float> scaled;
            return draws(
                [&](std::size_t row, std::span<const float> values) {
                    scaled.assign(values.begin(), values.end());
                    for (float &v : scaled) {
                        v *= factor[row];
                    }
                    sink(row, scaled);
                },
                drawing);
        };
    }
    return chosen;
}

} // namespace perennial
