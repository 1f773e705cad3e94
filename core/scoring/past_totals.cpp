#include "core/scoring/past_totals.h"

#include "core/forecast/forecaster.h"
#include "core/forecast/saved_backtest.h"
#include "core/value/frequency_model.h"

namespace perennial {

namespace {

constexpr int kMostWindows = 4;

struct Totals {
    std::vector<double> predicted, actual; ///< one entry a window
};

/// From the backtest that the project keeps; empty where it does not tell.
Totals keptTotals(const Project &project, const std::string &method, const ValueOptions &value)
{
    Totals totals;
    const auto kept = readSavedBacktest(project);
    if (!kept || !*kept || (*kept)->result->options.horizonDays != value.horizonDays) {
        return totals;
    }
    const BacktestResult &result = *(*kept)->result;
    for (const BacktestRow &row : result.rows) {
        if (row.model != method || row.totals.size() != result.origins.size()) {
            continue;
        }
        for (std::size_t k = 0; k < result.origins.size(); ++k) {
            if (result.origins[k].until <= *value.until) {
                totals.predicted.push_back(row.totals[k]);
                totals.actual.push_back(result.origins[k].actualTotal);
            }
        }
    }
    return totals;
}

Result<Totals> measuredTotals(const Project &project, const Forecaster &method,
                              const ValueOptions &value, const Task &task)
{
    const Day known = *value.until;
    const auto history = readOrderHistory(project, known, task.part(0.0, 0.1));
    if (!history) {
        return history.error();
    }
    Totals totals;
    const auto cuts = pastCuts(*history, known, value.horizonDays, kMostWindows);
    for (std::size_t k = 0; k < cuts.size(); ++k) {
        const Task part = task.part(0.1 + 0.9 * static_cast<double>(k) / static_cast<double>(cuts.size()),
                                    0.1 + 0.9 * static_cast<double>(k + 1) /
                                              static_cast<double>(cuts.size()));
        const auto input = forecastInput(*history, cuts[k], value.horizonDays, value.period,
                                         value.firstPurchaseInSpend);
        if (!input) {
            return input.error();
        }
        const auto forecast = method.forecast(*input, part);
        if (!forecast) {
            if (forecast.error().code == ErrorCode::Cancelled) {
                return forecast.error();
            }
            break; // too early for the method; older windows are so too
        }
        totals.predicted.push_back(sumOf(forecast->value));
        totals.actual.push_back(sumOf(
            truthOf(*history, input->customers, cuts[k], cuts[k] + value.horizonDays).net));
    }
    return totals;
}

} // namespace

Result<std::optional<TotalError>> pastTotalError(const Project &project, const std::string &method,
                                                 const ValueOptions &value, const Task &task)
{
    const auto forecaster = findForecaster(method);
    if (!forecaster) {
        return forecaster.error();
    }
    if ((*forecaster)->isNaive() || findFrequencyModel(method)) {
        const auto measured = measuredTotals(project, **forecaster, value, task);
        return measured ? Result(totalErrorOf(measured->predicted, measured->actual))
                        : measured.error();
    }
    const Totals kept = keptTotals(project, method, value);
    return totalErrorOf(kept.predicted, kept.actual);
}

} // namespace perennial
