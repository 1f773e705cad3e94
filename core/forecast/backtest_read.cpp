#include "core/forecast/model_error_names.h"
#include "core/forecast/saved_backtest.h"

#include "core/value/saved_fit.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <stdexcept>

namespace perennial {

namespace {

using nlohmann::ordered_json;

/// What has the shape of JSON but is no backtest.
struct NotABacktest : std::runtime_error {
    using std::runtime_error::runtime_error;
};

double number(const ordered_json &json, const char *key)
{
    const double value = json.at(key).get<double>();
    if (!std::isfinite(value)) {
        throw NotABacktest(key);
    }
    return value;
}

std::optional<double> numberOrNull(const ordered_json &json, const char *key)
{
    return json.at(key).is_null() ? std::nullopt : std::optional(number(json, key));
}

std::int64_t count(const ordered_json &json, const char *key)
{
    const auto value = json.at(key).get<std::int64_t>();
    if (value < 0) {
        throw NotABacktest(key);
    }
    return value;
}

Day day(const ordered_json &json, const char *key)
{
    const auto parsed = parseIsoDate(json.at(key).get<std::string>());
    if (!parsed) {
        throw NotABacktest(key);
    }
    return *parsed;
}

std::optional<Interval> intervalOrNull(const ordered_json &json, const std::string &key)
{
    const ordered_json &pair = json.at(key);
    if (pair.is_null()) {
        return std::nullopt;
    }
    const Interval interval{pair.at(0).get<double>(), pair.at(1).get<double>()};
    if (!std::isfinite(interval.lower) || !std::isfinite(interval.upper)) {
        throw NotABacktest(key);
    }
    return interval;
}

std::array<ScoredFigure, kMetrics.size()> figuresOf(const ordered_json &json)
{
    std::array<ScoredFigure, kMetrics.size()> figures;
    for (const Metric metric : kMetrics) {
        ScoredFigure &figure = figures[static_cast<std::size_t>(metric)];
        const std::string name(metricName(metric));
        figure.value = numberOrNull(json, name.c_str());
        figure.interval = intervalOrNull(json.at("intervals"), name);
        figure.fromBest = intervalOrNull(json.at("distance_from_best"), name);
        const ordered_json &against = json.at("against_best").at(name);
        if (!against.is_null() && !against.is_string()) {
            throw NotABacktest("against_best");
        }
        figure.isBest = against == "best";
        figure.isNoise = against == "noise";
    }
    return figures;
}

std::optional<DrawQuality> drawsOf(const ordered_json &json)
{
    if (json.is_null()) {
        return std::nullopt;
    }
    DrawQuality draws;
    draws.crps = number(json, "crps");
    draws.coverage90 = number(json, "coverage_90");
    draws.coverage90Randomised = number(json, "coverage_90_randomised");
    draws.logScore = numberOrNull(json, "log_score_orders");
    for (const ordered_json &total : json.at("total_interval_90")) {
        draws.totals.push_back({number(total, "lower"), number(total, "upper")});
        draws.totalCovered.push_back(total.at("covered").get<bool>());
    }
    return draws;
}

std::optional<HistogramFit> histogramOf(const ordered_json &json)
{
    if (json.is_null()) {
        return std::nullopt;
    }
    return HistogramFit{number(json, "chi_squared"), static_cast<int>(count(json, "degrees")),
                        number(json, "p")};
}

void readFigures(BacktestRow &row, const ordered_json &json)
{
    row.value = figuresOf(json);
    row.orders = figuresOf(json.at("orders"));
    row.draws = drawsOf(json.at("distribution"));
    row.histogram = histogramOf(json.at("repeat_histogram"));
    if (json.contains("totals")) { // not in backtests kept before version 0.1.0 had them
        for (const ordered_json &total : json["totals"].at("predicted")) {
            row.totals.push_back(total.get<double>());
        }
    }
    row.predictedOrders = number(json.at("orders"), "predicted_total");
    for (const ordered_json &decile : json.at("deciles")) {
        row.deciles.push_back(
            {number(decile, "customers"), number(decile, "predicted"), number(decile, "actual")});
    }
    for (const auto &[code, figure] : json.at("notes").items()) {
        row.notes.push_back({code, figure.is_number() ? figure.get<double>() : 0.0});
    }
    for (const ordered_json &fit : json.at("fits")) {
        auto parsed = fitFromJson(fit.dump());
        if (!parsed) {
            throw NotABacktest("fits");
        }
        row.fits.push_back(*std::move(parsed));
    }
}

BacktestRow rowOf(const ordered_json &json)
{
    BacktestRow row;
    row.model = json.at("model").get<std::string>();
    row.isNaive = json.at("naive").get<bool>();
    if (!json.at("reported_model").is_null()) {
        row.reported = json["reported_model"].get<std::string>();
    }
    if (json.contains("error")) {
        const ordered_json &error = json["error"];
        row.error = Error{modelErrorFromName(error.value("code", std::string())),
                          error.at("detail").get<std::string>(),
                          error.at("where").get<std::string>()};
    } else {
        readFigures(row, json);
    }
    return row;
}

BacktestOptions optionsOf(const ordered_json &json)
{
    BacktestOptions options;
    options.until = day(json, "until");
    if (json.contains("known")) {
        options.known = day(json, "known");
    }
    options.horizonDays = static_cast<int>(count(json, "horizon_days"));
    const auto period = periodFromName(json.at("period").get<std::string>());
    if (!period || options.horizonDays == 0) {
        throw NotABacktest(period ? "horizon_days" : "period");
    }
    options.period = *period;
    options.firstPurchaseInSpend = json.at("first_purchase_in_spend").get<bool>();
    options.replicates = static_cast<int>(count(json, "replicates"));
    options.level = number(json, "level");
    options.seed = json.value("seed", std::uint64_t{1});
    return options;
}

BacktestResult resultOf(const ordered_json &json)
{
    BacktestResult result;
    result.options = optionsOf(json);
    for (const ordered_json &origin : json.at("origins")) {
        result.origins.push_back({day(origin, "cut"), day(origin, "until"),
                                  count(origin, "customers"), count(origin, "active"),
                                  number(origin, "actual_total"), number(origin, "actual_orders"),
                                  number(origin, "newcomers_total")});
    }
    result.options.origins = static_cast<int>(result.origins.size());
    const std::string winner =
        json.at("winner").is_null() ? std::string() : json["winner"].get<std::string>();
    for (const ordered_json &model : json.at("models")) {
        result.rows.push_back(rowOf(model));
        const BacktestRow &row = result.rows.back();
        result.options.models.push_back(row.model);
        if (row.model == winner && !row.error) {
            result.winner = result.rows.size() - 1;
        }
    }
    if (result.origins.empty() || result.winner.has_value() == winner.empty()) {
        throw NotABacktest(result.origins.empty() ? "origins" : "winner");
    }
    return result;
}

} // namespace

Result<BacktestResult> backtestFromJson(std::string_view json)
{
    try {
        return resultOf(ordered_json::parse(json));
    } catch (const nlohmann::json::exception &e) {
        return fail(ErrorCode::BadData, e.what());
    } catch (const NotABacktest &e) {
        return fail(ErrorCode::BadData, e.what());
    }
}

} // namespace perennial
