#include "core/forecast/naive.h"

#include <algorithm>

namespace perennial {

namespace {

/// A customer younger than this has no rate worth the name.
constexpr double kLeastTenureDays = 7.0;

template <class DaysOf>
Forecast scaledPast(const ForecastInput &input, DaysOf daysOf)
{
    const CustomerSummary &customers = input.customers;
    Forecast forecast;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const double factor = input.horizonDays / daysOf(i);
        forecast.orders.push_back((customers.x[i] + 1.0) * factor);
        forecast.value.push_back(customers.realised[i] * factor);
    }
    return forecast;
}

class PastOverWindow final : public Forecaster {
public:
    std::string_view name() const override { return "past-window"; }
    bool isNaive() const noexcept override { return true; }
    Result<Forecast> forecast(const ForecastInput &input, const Task &) const override
    {
        return scaledPast(input, [&](std::size_t) { return double(input.windowDays()); });
    }
};

class PastOverTenure final : public Forecaster {
public:
    std::string_view name() const override { return "past-tenure"; }
    bool isNaive() const noexcept override { return true; }
    Result<Forecast> forecast(const ForecastInput &input, const Task &) const override
    {
        const double days = daysPer(input.customers.period);
        return scaledPast(input, [&](std::size_t i) {
            return std::max(kLeastTenureDays, input.customers.T[i] * days);
        });
    }
};

class PastRecent final : public Forecaster {
public:
    std::string_view name() const override { return "past-recent"; }
    bool isNaive() const noexcept override { return true; }
    Result<Forecast> forecast(const ForecastInput &input, const Task &) const override
    {
        WindowTruth last = truthOf(input.history, input.customers, input.cut - input.horizonDays,
                                   input.cut);
        Forecast forecast;
        forecast.orders.assign(last.orderDays.begin(), last.orderDays.end());
        forecast.value = std::move(last.net);
        return forecast;
    }
};

} // namespace

const Forecaster &pastOverWindow()
{
    static const PastOverWindow forecaster;
    return forecaster;
}

const Forecaster &pastOverTenure()
{
    static const PastOverTenure forecaster;
    return forecaster;
}

const Forecaster &pastRecent()
{
    static const PastRecent forecaster;
    return forecaster;
}

} // namespace perennial
