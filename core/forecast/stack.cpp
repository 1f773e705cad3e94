#include "core/forecast/learned.h"

#include "core/forecast/accuracy.h"
#include "core/forecast/prospective.h"
#include "core/forecast/stack_weights.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

/// What is stacked: a naive rule, a probabilistic model and both learned ones.
constexpr std::array<std::string_view, 4> kStacked{"past-window", "bg-nbd", "boosted-trees", "ziln"};

/// Forecasts of all stacked methods from one cut.
struct Layer {
    std::vector<std::string> names; ///< of the methods that had something to say
    std::vector<Forecast> forecasts;
};

Result<Layer> layerAt(const ForecastInput &input, const Task &task)
{
    Layer layer;
    for (std::size_t k = 0; k < kStacked.size(); ++k) {
        const auto method = findForecaster(kStacked[k]);
        auto forecast = (*method)->forecast(
            input, task.part(static_cast<double>(k) / kStacked.size(),
                             static_cast<double>(k + 1) / kStacked.size()));
        if (forecast) {
            layer.names.emplace_back(kStacked[k]);
            layer.forecasts.push_back(std::move(*forecast));
        } else if (forecast.error().code == ErrorCode::Cancelled) {
            return forecast.error();
        }
    }
    return layer;
}

/// The methods both layers have, in the order of `now`.
std::vector<std::size_t> placesIn(const Layer &before, const Layer &now)
{
    std::vector<std::size_t> places;
    for (const std::string &name : now.names) {
        const auto at = std::find(before.names.begin(), before.names.end(), name);
        if (at != before.names.end()) {
            places.push_back(static_cast<std::size_t>(at - before.names.begin()));
        }
    }
    return places;
}

/// Weights carry the level that the methods had on younger histories; the learned methods' total has
/// been put right for that (prospective.h), so the stack takes theirs.
void takeTotal(Forecast &forecast, const Layer &now)
{
    const auto trees = std::find(now.names.begin(), now.names.end(), "boosted-trees");
    const double total =
        sumOf(now.forecasts[static_cast<std::size_t>(trees - now.names.begin())].value);
    forecast.notes.push_back({"total_factor", scaleToTotal(forecast.value, total)});
}

Forecast weighted(const Layer &now, const std::vector<double> &weights, std::size_t rows)
{
    Forecast forecast;
    forecast.value.assign(rows, 0.0);
    for (std::size_t k = 0; k < now.forecasts.size(); ++k) {
        for (std::size_t i = 0; i < rows; ++i) {
            forecast.value[i] += weights[k] * now.forecasts[k].value[i];
        }
        forecast.notes.push_back({"weight_" + now.names[k], weights[k]});
    }
    return forecast;
}

class StackForecaster final : public Forecaster {
public:
    std::string_view name() const override { return "stack"; }

    Result<Forecast> forecast(const ForecastInput &input, const Task &task) const override
    {
        const int labelDays = std::max(1, std::min(input.horizonDays, input.windowDays() / 3));
        auto past = forecastInput(input.history, input.cut - labelDays, labelDays,
                                  input.customers.period, input.customers.firstPurchaseInSpend);
        if (!past) {
            return fail(ErrorCode::TooLittleData, std::to_string(input.windowDays()), "history");
        }
        past->seed = input.seed;
        const auto before = layerAt(*past, task.part(0.0, 0.45));
        if (!before) {
            return before.error();
        }
        auto now = layerAt(input, task.part(0.45, 0.95));
        if (!now) {
            return now.error();
        }
        const std::vector<std::size_t> places = placesIn(*before, *now);
        // Without learned methods before the window there is nothing to stack.
        if (places.size() < kStacked.size()) {
            return fail(ErrorCode::TooLittleData, std::to_string(input.windowDays()), "history");
        }
        std::vector<std::vector<double>> columns;
        for (const std::size_t place : places) {
            columns.push_back(before->forecasts[place].value);
        }
        const WindowTruth truth =
            truthOf(input.history, past->customers, past->cut, input.cut);
        const std::vector<double> weights =
            stackWeights(columns, truth.net, task.part(0.95, 1.0));
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        Forecast forecast = weighted(*now, weights, input.customers.size());
        takeTotal(forecast, *now);
        forecast.notes.insert(forecast.notes.begin(),
                              {"label_days", static_cast<double>(labelDays)});
        return forecast;
    }
};

} // namespace

const Forecaster &stackForecaster()
{
    static const StackForecaster forecaster;
    return forecaster;
}

} // namespace perennial
