#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/order_history.h"
#include "core/forecast/histogram_fit.h"
#include "core/value/model_fit.h"
#include "core/value/value_draws.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What a method may know. The history ends at the cut: what comes after is not in it, so that no
/// method can see what it is judged by.
struct ForecastInput {
    OrderHistory history; ///< no day after `cut`
    Day first = 0;        ///< first day with money
    Day cut = 0;          ///< t₀
    int horizonDays = 0;  ///< H: the window is (t₀, t₀ + H]
    CustomerSummary customers; ///< at the cut; every forecast is in its row order
    std::uint64_t seed = 1;

    int windowDays() const noexcept { return cut - first + 1; }
};
/// @error NoPurchases where nobody has bought up to the cut; HorizonNotPositive.
Result<ForecastInput> forecastInput(const OrderHistory &history, Day cut, int horizonDays,
                                    Period period, bool firstPurchaseInSpend);
/// The days up to and including `until`.
OrderHistory historyUpTo(const OrderHistory &history, Day until);

/// What is expected of each customer in (t₀, t₀ + H].
struct Forecast {
    std::vector<double> orders; ///< order days, >= 0; empty where the method forecasts value only
    std::vector<double> value;  ///< net revenue, currency units, before margin, not discounted

    /// Hands each customer's drawn futures to a sink; absent where the method gives no distribution.
    std::function<Status(const DrawSink &, const Task &)> eachDraws;
    /// P(the customer has exactly n order days in the window); absent as above.
    std::function<double(std::size_t row, std::int32_t n)> countProbability;

    std::optional<HistogramFit> histogram; ///< how the fit retells the calibration window
    std::vector<ModelFit> fits; ///< behind it, where there are any
    std::string reported;       ///< the model that predicts; differs from the one asked for at a boundary
    /// What has to be said beside the figures: stable codes with data, e.g. "season" 1.08.
    struct Note {
        std::string code;
        double figure = 0;
    };
    std::vector<Note> notes;
};

/// A way to forecast. One file each, one line in forecaster_registry.cpp; pure.
class Forecaster {
public:
    virtual ~Forecaster() = default;
    virtual std::string_view name() const = 0;
    /// A naive rule is always in the table.
    virtual bool isNaive() const noexcept { return false; }
    /// @error what its fit says; the table then shows why. Cancelled.
    virtual Result<Forecast> forecast(const ForecastInput &input, const Task &task) const = 0;
};

/// In the order they are offered.
std::vector<std::string_view> forecasterNames();
/// @error UnknownModel, detail: the name.
Result<const Forecaster *> findForecaster(std::string_view name);

} // namespace perennial
