#include "core/forecast/learned.h"

#include "core/behavior/ziln_network.h"
#include "core/forecast/prospective.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

constexpr int kDraws = 200;

/// Draws of every customer's value in the horizon, from the network's own distribution.
struct ZilnDraws {
    ZilnPredictions predictions;
    std::vector<std::int64_t> user;
    std::vector<double> factor; ///< of each row, to the horizon
    std::uint64_t seed = 1;

    Status each(const DrawSink &sink, const Task &task) const
    {
        std::vector<float> values(kDraws);
        for (std::size_t row = 0; row < user.size(); ++row) {
            if (row % 4096 == 0 && task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            Rng rng(seed, static_cast<std::uint64_t>(user[row]));
            for (float &value : values) {
                value = static_cast<float>(factor[row] * drawZiln(predictions.of(row), rng));
            }
            sink(row, values);
        }
        return Done{};
    }
};

/// What the mean prediction of the rows learned from has to be multiplied by to be their mean label:
/// the likelihood fits a lognormal's logarithms, a total is a sum of values.
double totalFactor(const ZilnPredictions &learned, const ZilnNetwork &network,
                   const std::vector<double> &labels)
{
    constexpr double kStrongest = 2.0;
    const double predicted = std::accumulate(learned.mean.begin(), learned.mean.end(), 0.0);
    const double actual = std::accumulate(labels.begin(), labels.end(), 0.0) -
                          network.negativePart * static_cast<double>(labels.size());
    return predicted > 0.0 ? std::clamp(actual / predicted, 1.0 / kStrongest, kStrongest) : 1.0;
}

class ZilnForecaster final : public Forecaster {
public:
    std::string_view name() const override { return "ziln"; }

    Result<Forecast> forecast(const ForecastInput &input, const Task &task) const override
    {
        const auto data = prospectiveData(input, task.part(0.0, 0.3));
        if (!data) {
            return data.error();
        }
        ZilnOptions options;
        options.seed = input.seed;
        const auto network =
            trainZilnNetwork(data->learn, data->netLabel, options, task.part(0.3, 0.95));
        if (!network) {
            return network.error();
        }
        const auto learned = predictZiln(*network, data->learn, task.part(0.95, 0.97));
        if (!learned) {
            return learned.error();
        }
        auto predictions = predictZiln(*network, data->ask, task.part(0.97, 1.0));
        if (!predictions) {
            return predictions.error();
        }
        const double total = totalFactor(*learned, *network, data->netLabel);
        Forecast forecast;
        for (const double mean : predictions->mean) {
            forecast.value.push_back(total * mean + network->negativePart);
        }
        bringToHorizon(forecast.value, *data);
        addProspectiveNotes(forecast, *data);
        forecast.notes.push_back({"total_factor", total});
        auto draws = std::make_shared<ZilnDraws>();
        draws->predictions = std::move(*predictions);
        draws->user = input.customers.user;
        draws->factor.assign(input.customers.size(), total);
        bringToHorizon(draws->factor, *data);
        draws->seed = input.seed;
        forecast.eachDraws = [draws](const DrawSink &sink, const Task &drawing) {
            return draws->each(sink, drawing);
        };
        return forecast;
    }
};

} // namespace

const Forecaster &zilnForecaster()
{
    static const ZilnForecaster forecaster;
    return forecaster;
}

} // namespace perennial
