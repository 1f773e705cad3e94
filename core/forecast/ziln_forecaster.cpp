#include "core/forecast/learned.h"

#include "core/forecast/prospective.h"
#include "core/neural/ziln_network.h"

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
        auto predictions = predictZiln(*network, data->ask, task.part(0.95, 1.0));
        if (!predictions) {
            return predictions.error();
        }
        Forecast forecast;
        for (const double mean : predictions->mean) {
            forecast.value.push_back(mean + network->negativePart);
        }
        const double factor = bringToHorizon(forecast.value, data->netTotal, *data);
        addProspectiveNotes(forecast, factor, *data);
        auto draws = std::make_shared<ZilnDraws>();
        draws->predictions = std::move(*predictions);
        draws->user = input.customers.user;
        for (const double ratio : data->toHorizon) {
            draws->factor.push_back(factor * ratio * data->season);
        }
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
