#include "core/forecast/probabilistic.h"

#include "core/value/frequency_model.h"
#include "core/value/value_prediction.h"

namespace perennial {

namespace {

class Probabilistic final : public Forecaster {
public:
    explicit Probabilistic(std::string_view model) : m_model(model) {}
    std::string_view name() const override { return m_model; }

    Result<Forecast> forecast(const ForecastInput &input, const Task &task) const override
    {
        ValueOptions options;
        options.frequencyModel = m_model;
        options.until = input.cut;
        options.horizonDays = input.horizonDays;
        options.period = input.customers.period;
        options.firstPurchaseInSpend = input.customers.firstPurchaseInSpend;
        auto fitted = fitValueModel(customersFor(input), options, task);
        if (!fitted) {
            return fitted.error();
        }
        const std::shared_ptr<const ValueResult> value = *fitted;
        Forecast forecast;
        forecast.orders = value->predictions.expectedOrders;
        forecast.value = value->predictions.predictedValue;
        forecast.reported = value->frequency.reportedModel;
        forecast.histogram = histogramFit(value->frequency, value->customers);
        forecast.fits = {value->frequency, value->spend};
        forecast.eachDraws = [value, seed = input.seed](const DrawSink &sink, const Task &drawing) {
            DrawOptions draws;
            draws.seed = seed;
            return eachCustomersDraws(value->customers, value->frequency, value->spend,
                                      value->options, draws, sink, drawing);
        };
        forecast.countProbability = [value](std::size_t row, std::int32_t n) {
            const CustomerSummary &c = value->customers;
            const double t = value->options.horizonDays / daysPer(c.period);
            return conditionalCounts(**findFrequencyModel(value->frequency.reportedModel),
                                     value->frequency.parameters, {c.x[row], c.tx[row], c.T[row]},
                                     n, t)
                .back();
        };
        return forecast;
    }

private:
    /// On the model's own clock; the same customers in the same order.
    CustomerSummary customersFor(const ForecastInput &input) const
    {
        if (clockOf(m_model) == OrderClock::Days) {
            return input.customers;
        }
        return summarizeByPeriod(input.history, {.until = input.cut,
                                                 .period = input.customers.period,
                                                 .firstPurchaseInSpend =
                                                     input.customers.firstPurchaseInSpend});
    }

    std::string m_model;
};

} // namespace

std::unique_ptr<const Forecaster> probabilisticForecaster(std::string_view model)
{
    return std::make_unique<Probabilistic>(model);
}

} // namespace perennial
