#include "core/forecast/backtest.h"

#include "core/forecast/model_error_names.h"
#include "core/forecast/total_error.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::ordered_json;

ordered_json orNull(std::optional<double> value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json orNull(const std::optional<Interval> &interval)
{
    return interval ? ordered_json{interval->lower, interval->upper} : ordered_json(nullptr);
}

ordered_json againstBest(const ScoredFigure &figure)
{
    return figure.isBest      ? ordered_json("best")
           : figure.isNoise   ? ordered_json("noise")
           : figure.isWorse() ? ordered_json("worse")
                              : ordered_json(nullptr);
}

void addFigures(ordered_json &json, const std::array<ScoredFigure, kMetrics.size()> &figures)
{
    ordered_json intervals = ordered_json::object();
    ordered_json differences = ordered_json::object();
    ordered_json noise = ordered_json::object();
    for (const Metric metric : kMetrics) {
        const ScoredFigure &figure = figures[static_cast<std::size_t>(metric)];
        const std::string name(metricName(metric));
        json[name] = orNull(figure.value);
        intervals[name] = orNull(figure.interval);
        differences[name] = orNull(figure.fromBest);
        noise[name] = againstBest(figure);
    }
    json["intervals"] = std::move(intervals);
    json["distance_from_best"] = std::move(differences);
    json["against_best"] = std::move(noise);
}

/// Each window's total judged by the errors in the others, and what all of them say of the next.
ordered_json totalsJson(const BacktestRow &row, const std::vector<double> &actual)
{
    ordered_json json;
    json["predicted"] = row.totals;
    const auto error = totalErrorOf(row.totals, actual);
    json["error"] = error ? ordered_json{{"windows", error->windows}, {"rms_log", error->rms}}
                          : ordered_json(nullptr);
    json["interval_90_by_other_windows"] = ordered_json::array();
    const auto intervals = totalsByOtherWindows(row.totals, actual);
    for (std::size_t k = 0; k < intervals.size(); ++k) {
        json["interval_90_by_other_windows"].push_back(
            {{"lower", intervals[k].lower},
             {"upper", intervals[k].upper},
             {"covered", intervals[k].contains(actual[k])}});
    }
    return json;
}

ordered_json drawsJson(const DrawQuality &draws)
{
    ordered_json totals = ordered_json::array();
    for (std::size_t k = 0; k < draws.totals.size(); ++k) {
        totals.push_back({{"lower", draws.totals[k].lower},
                          {"upper", draws.totals[k].upper},
                          {"covered", bool(draws.totalCovered[k])}});
    }
    return {{"crps", draws.crps},
            {"coverage_90", draws.coverage90},
            {"coverage_90_randomised", draws.coverage90Randomised},
            {"log_score_orders", orNull(draws.logScore)},
            {"total_interval_90", std::move(totals)}};
}

ordered_json rowJson(const BacktestRow &row, const std::vector<double> &actualTotals)
{
    ordered_json json;
    json["model"] = row.model;
    json["reported_model"] = row.reported.empty() ? ordered_json(nullptr) : ordered_json(row.reported);
    json["naive"] = row.isNaive;
    if (row.error) {
        json["error"] = {{"code", modelErrorName(row.error->code)},
                         {"detail", row.error->detail},
                         {"where", row.error->where}};
        return json;
    }
    addFigures(json, row.value);
    json["coverage_90"] = row.draws ? ordered_json(row.draws->coverage90) : nullptr;
    json["distribution"] = row.draws ? drawsJson(*row.draws) : ordered_json(nullptr);
    json["predicted_total"] = row.predictedTotal();
    json["totals"] = totalsJson(row, actualTotals);
    ordered_json orders;
    addFigures(orders, row.orders);
    orders["predicted_total"] = row.predictedOrders;
    json["orders"] = std::move(orders);
    json["repeat_histogram"] = row.histogram
                                   ? ordered_json{{"chi_squared", row.histogram->chiSquared},
                                                  {"degrees", row.histogram->degrees},
                                                  {"p", row.histogram->p}}
                                   : ordered_json(nullptr);
    ordered_json deciles = ordered_json::array();
    for (const DecileRow &decile : row.deciles) {
        deciles.push_back({{"customers", decile.customers},
                           {"predicted", decile.predicted},
                           {"actual", decile.actual}});
    }
    json["deciles"] = std::move(deciles);
    ordered_json notes = ordered_json::object();
    for (const Forecast::Note &note : row.notes) {
        notes[note.code] = note.figure;
    }
    json["notes"] = std::move(notes);
    ordered_json fits = ordered_json::array();
    for (const ModelFit &fit : row.fits) {
        fits.push_back(ordered_json::parse(fitToJson(fit)));
    }
    json["fits"] = std::move(fits);
    return json;
}

} // namespace

std::string backtestToJson(const BacktestResult &result)
{
    ordered_json json;
    json["until"] = formatDate(result.options.until.value_or(0));
    json["known"] = formatDate(result.options.known.value_or(0));
    json["horizon_days"] = result.options.horizonDays;
    json["period"] = periodName(result.options.period);
    json["first_purchase_in_spend"] = result.options.firstPurchaseInSpend;
    json["replicates"] = result.options.replicates;
    json["level"] = result.options.level;
    json["seed"] = result.options.seed;
    ordered_json origins = ordered_json::array();
    for (const BacktestOrigin &origin : result.origins) {
        origins.push_back({{"cut", formatDate(origin.cut)},
                           {"until", formatDate(origin.until)},
                           {"customers", origin.customers},
                           {"active", origin.active},
                           {"actual_total", origin.actualTotal},
                           {"actual_orders", origin.actualOrders},
                           {"newcomers_total", origin.newcomersTotal}});
    }
    json["origins"] = std::move(origins);
    ordered_json models = ordered_json::array();
    for (const BacktestRow &row : result.rows) {
        models.push_back(rowJson(row, result.actualTotals()));
    }
    json["models"] = std::move(models);
    json["winner"] =
        result.winner ? ordered_json(result.rows[*result.winner].model) : ordered_json(nullptr);
    return json.dump();
}

} // namespace perennial
