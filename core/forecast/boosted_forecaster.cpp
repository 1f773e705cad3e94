#include "core/forecast/learned.h"

#include "core/forecast/prospective.h"
#include "core/learned/boosted_trees.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

Result<std::vector<double>> learn(const ProspectiveData &data, const std::vector<double> &labels,
                                  TreeObjective objective, std::uint64_t seed, const Task &task)
{
    BoostedTreesOptions options;
    options.objective = objective;
    options.seed = seed;
    const auto trees = trainBoostedTrees(data.learn, labels, options, task);
    if (!trees) {
        return trees.error();
    }
    return predictWithTrees(*trees, data.ask, task);
}

class BoostedForecaster final : public Forecaster {
public:
    std::string_view name() const override { return "boosted-trees"; }

    Result<Forecast> forecast(const ForecastInput &input, const Task &task) const override
    {
        const auto data = prospectiveData(input, task.part(0.0, 0.3));
        if (!data) {
            return data.error();
        }
        auto orders = learn(*data, data->orderLabel, TreeObjective::Count, input.seed,
                            task.part(0.3, 0.6));
        if (!orders) {
            return orders.error();
        }
        std::vector<double> positive = data->netLabel;
        double owed = 0.0;
        for (double &label : positive) {
            owed += std::min(label, 0.0);
            label = std::max(label, 0.0);
        }
        auto value =
            learn(*data, positive, TreeObjective::Tweedie, input.seed, task.part(0.6, 1.0));
        if (!value) {
            return value.error();
        }
        const double share = owed / static_cast<double>(positive.size());
        for (double &v : *value) {
            v += share;
        }
        Forecast forecast;
        forecast.orders = std::move(*orders);
        forecast.value = std::move(*value);
        bringToHorizon(forecast.orders, data->orderTotal, *data);
        const double factor = bringToHorizon(forecast.value, data->netTotal, *data);
        addProspectiveNotes(forecast, factor, *data);
        return forecast;
    }
};

} // namespace

const Forecaster &boostedTreesForecaster()
{
    static const BoostedForecaster forecaster;
    return forecaster;
}

} // namespace perennial
