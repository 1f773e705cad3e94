#include "core/forecast/prospective.h"

#include "core/forecast/accuracy.h"
#include "core/forecast/learned_features.h"
#include "core/value/value_prediction.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

constexpr int kLeastHistoryDays = 28;
constexpr int kYearDays = 365;
/// A season beyond this is an accident of few orders.
constexpr double kStrongestSeason = 2.0;
constexpr double kFewestOrders = 100.0;

/// Σ of expected orders of customers fitted at a date, in the next `days`. None where no model fits.
std::optional<double> expectedTotal(const CustomerSummary &customers, int days)
{
    ValueOptions options;
    options.horizonDays = days;
    options.period = customers.period;
    const auto value = fitValueModel(customers, options, Task());
    return value ? std::optional((*value)->expectedOrdersTotal) : std::nullopt;
}

/// The order days of a year before in the horizon over those in the label window, of customers known
/// before both, over the same ratio as the probabilistic model expects it.
std::optional<double> seasonAYearBefore(const ForecastInput &input, int labelDays)
{
    const Day cut = input.cut - kYearDays;
    const Day anchor = cut - labelDays;
    if (anchor - input.first + 1 < kLeastHistoryDays || input.horizonDays > kYearDays) {
        return std::nullopt;
    }
    const CustomerSummary then =
        summarizeAt(input.history, {anchor, input.customers.period, false});
    const auto orders = [&](Day after, Day until) {
        const WindowTruth truth = truthOf(input.history, then, after, until);
        return std::accumulate(truth.orderDays.begin(), truth.orderDays.end(), 0.0);
    };
    const double inLabel = orders(anchor, cut);
    const double inHorizon = orders(cut, cut + input.horizonDays);
    const auto expectedLabel = expectedTotal(then, labelDays);
    const auto expectedBoth = expectedTotal(then, labelDays + input.horizonDays);
    if (inLabel < kFewestOrders || inHorizon < kFewestOrders || !expectedLabel || !expectedBoth ||
        *expectedBoth <= *expectedLabel) {
        return std::nullopt;
    }
    const double expected = (*expectedBoth - *expectedLabel) / *expectedLabel;
    return std::clamp(inHorizon / inLabel / expected, 1.0 / kStrongestSeason, kStrongestSeason);
}

/// How much longer the horizon is than the label window, in expected orders of each customer.
Result<std::vector<double>> toHorizon(const ForecastInput &input, const ModelOpinion &label,
                                      const Task &task)
{
    std::vector<double> ratio(input.customers.size(), 1.0);
    if (label.days == input.horizonDays) {
        return ratio;
    }
    const auto whole = modelOpinion(input.customers, input.horizonDays, task);
    if (!whole) {
        return whole.error();
    }
    for (std::size_t i = 0; i < ratio.size(); ++i) {
        ratio[i] = label.orders[i] > 0.0 ? whole->orders[i] / label.orders[i] : 1.0;
    }
    return ratio;
}

/// What the probabilistic model expects now, times what came over what it expected before.
double correctedTotal(const std::vector<double> &now, const std::vector<double> &before,
                      const std::vector<double> &came)
{
    const double expected = sumOf(before);
    return expected > 0.0 ? std::max(0.0, sumOf(now) * sumOf(came) / expected) : 0.0;
}

} // namespace

Result<ProspectiveData> prospectiveData(const ForecastInput &input, const Task &task)
{
    ProspectiveData data;
    data.labelDays = std::max(1, std::min(input.horizonDays, input.windowDays() / 2));
    const Day anchor = input.cut - data.labelDays;
    if (anchor - input.first + 1 < kLeastHistoryDays) {
        return fail(ErrorCode::TooLittleData, std::to_string(input.windowDays()), "history");
    }
    const CustomerSummary then = summarizeAt(
        input.history, {anchor, input.customers.period, input.customers.firstPurchaseInSpend});
    if (then.size() == 0) {
        return fail(ErrorCode::TooLittleData, "0", "customers");
    }
    const auto before = modelOpinion(then, data.labelDays, task.part(0.0, 0.4));
    if (!before) {
        return before.error();
    }
    const auto now = modelOpinion(input.customers, data.labelDays, task.part(0.4, 0.8));
    if (!now) {
        return now.error();
    }
    data.learn = learnedFeatures(input.history, then, anchor, data.labelDays, *before);
    data.ask =
        learnedFeatures(input.history, input.customers, input.cut, data.labelDays, *now);
    WindowTruth labels = truthOf(input.history, then, anchor, input.cut);
    data.netLabel = std::move(labels.net);
    data.orderLabel.assign(labels.orderDays.begin(), labels.orderDays.end());
    data.netTotal = correctedTotal(now->value, before->value, data.netLabel);
    data.orderTotal = correctedTotal(now->orders, before->orders, data.orderLabel);
    auto ratio = toHorizon(input, *now, task.part(0.8, 1.0));
    if (!ratio) {
        return ratio.error();
    }
    data.toHorizon = std::move(*ratio);
    if (const auto season = seasonAYearBefore(input, data.labelDays)) {
        data.season = *season;
        data.seasonIsKnown = true;
    }
    return data;
}

double scaleToTotal(std::vector<double> &values, double total)
{
    constexpr double kStrongest = 3.0;
    const double said = sumOf(values);
    const double factor =
        said > 0.0 && total > 0.0 ? std::clamp(total / said, 1.0 / kStrongest, kStrongest) : 1.0;
    for (double &value : values) {
        value *= factor;
    }
    return factor;
}

double bringToHorizon(std::vector<double> &values, double total, const ProspectiveData &data)
{
    const double factor = scaleToTotal(values, total);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] *= data.toHorizon[i] * data.season;
    }
    return factor;
}

void addProspectiveNotes(Forecast &forecast, double totalFactor, const ProspectiveData &data)
{
    forecast.notes.push_back({"label_days", static_cast<double>(data.labelDays)});
    forecast.notes.push_back({"total_factor", totalFactor});
    forecast.notes.push_back({data.seasonIsKnown ? "season" : "season_unknown", data.season});
}

} // namespace perennial
