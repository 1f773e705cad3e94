#include "core/forecast/backtest.h"

#include "core/forecast/draw_quality.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

/// A cut with everything needed to judge it.
struct Origin {
    BacktestOrigin facts;
    ForecastInput input;
    WindowTruth truth;
    std::vector<double> orderDays; ///< of the truth, as the judges take it
};

struct Predicted {
    std::vector<double> value, orders;
};

/// A model's forecasts at all origins.
struct Entry {
    const Forecaster *forecaster = nullptr;
    BacktestRow row;
    std::vector<Predicted> predicted;
};

Status checkOptions(const OrderHistory &history, const BacktestOptions &options)
{
    if (options.horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(options.horizonDays), "horizon");
    }
    if (options.origins < 1) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.origins), "origins");
    }
    if (options.replicates < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.replicates), "replicates");
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    if (history.day.empty()) {
        return fail(ErrorCode::NoPurchases);
    }
    return Done{};
}

Result<std::vector<Entry>> entriesOf(const std::vector<std::string> &models)
{
    std::vector<Entry> entries;
    const auto add = [&](const Forecaster *forecaster) {
        const bool known = std::any_of(entries.begin(), entries.end(), [&](const Entry &e) {
            return e.forecaster == forecaster;
        });
        if (!known) {
            entries.push_back({forecaster, {}, {}});
            entries.back().row.model = forecaster->name();
            entries.back().row.isNaive = forecaster->isNaive();
        }
    };
    for (const std::string_view name : forecasterNames()) {
        const Forecaster *forecaster = *findForecaster(name);
        if (forecaster->isNaive()) {
            add(forecaster);
        }
    }
    for (const std::string &name : models) {
        const auto forecaster = findForecaster(name);
        if (!forecaster) {
            return forecaster.error();
        }
        add(*forecaster);
    }
    return entries;
}

double newcomersTotal(const OrderHistory &history, const Origin &origin)
{
    Money total = 0; // exact: what is left of large sums may be nothing
    for (std::size_t i = 0; i < history.day.size(); ++i) {
        if (history.day[i] > origin.facts.cut && history.day[i] <= origin.facts.until) {
            total += history.gross[i] + history.refunds[i];
        }
    }
    for (const double net : origin.truth.net) {
        total -= moneyFromUnits(net);
    }
    return toUnits(total);
}

Result<Origin> originAt(const OrderHistory &history, const BacktestOptions &options, Day cut)
{
    auto input = forecastInput(history, cut, options.horizonDays, options.period,
                               options.firstPurchaseInSpend);
    if (!input) {
        return input.error();
    }
    Origin origin;
    origin.input = std::move(*input);
    origin.input.seed = options.seed;
    origin.facts.cut = cut;
    origin.facts.until = cut + options.horizonDays;
    origin.truth = truthOf(history, origin.input.customers, cut, origin.facts.until);
    origin.orderDays.assign(origin.truth.orderDays.begin(), origin.truth.orderDays.end());
    origin.facts.customers = static_cast<std::int64_t>(origin.input.customers.size());
    origin.facts.active = std::count_if(origin.orderDays.begin(), origin.orderDays.end(),
                                        [](double n) { return n > 0.0; });
    origin.facts.actualTotal = sumOf(origin.truth.net);
    origin.facts.actualOrders = sumOf(origin.orderDays);
    origin.facts.newcomersTotal = newcomersTotal(history, origin);
    return origin;
}

Result<std::vector<Origin>> originsOf(const OrderHistory &history, BacktestOptions &options)
{
    const Day known = options.known.value_or(*history.lastDay());
    const Day first = *history.firstDay();
    options.known = known;
    options.until = options.until.value_or(known - options.horizonDays);
    if (std::int64_t{*options.until} + options.horizonDays > known) {
        return fail(ErrorCode::WindowPastData,
                    formatDate(daysAfter(*options.until, options.horizonDays)), "until");
    }
    std::vector<Origin> origins;
    for (int k = 0; k < options.origins; ++k) {
        const std::int64_t cut = std::int64_t{*options.until} - std::int64_t{k} * options.horizonDays;
        if (cut < first) {
            return fail(ErrorCode::WindowPastData,
                        formatDate(daysAfter(*options.until, -std::int64_t{k} * options.horizonDays)),
                        k == 0 ? "until" : "origins");
        }
        auto origin = originAt(history, options, static_cast<Day>(cut));
        if (!origin) {
            return origin.error();
        }
        origins.push_back(std::move(*origin));
    }
    return origins;
}

void addDrawQuality(BacktestRow &row, const DrawQuality &quality, std::size_t origins)
{
    const double share = 1.0 / static_cast<double>(origins);
    if (!row.draws) {
        row.draws = DrawQuality{};
        row.draws->logScore = quality.logScore ? std::optional(0.0) : std::nullopt;
    }
    DrawQuality &sum = *row.draws;
    sum.crps += share * quality.crps;
    sum.coverage90 += share * quality.coverage90;
    sum.coverage90Randomised += share * quality.coverage90Randomised;
    sum.totals.push_back(quality.totals[0]);
    sum.totalCovered.push_back(quality.totalCovered[0]);
    if (sum.logScore && quality.logScore) {
        *sum.logScore += share * *quality.logScore;
    }
}

bool isFinite(const Forecast &forecast)
{
    const auto finite = [](double v) { return std::isfinite(v); };
    return std::all_of(forecast.value.begin(), forecast.value.end(), finite) &&
           std::all_of(forecast.orders.begin(), forecast.orders.end(), finite);
}

/// Forecasts at every origin, until one fails: its error then stands in the table.
Status runEntry(Entry &entry, const std::vector<Origin> &origins, const Task &task)
{
    for (std::size_t k = 0; k < origins.size(); ++k) {
        const Task part = task.part(static_cast<double>(k) / static_cast<double>(origins.size()),
                                    static_cast<double>(k + 1) / static_cast<double>(origins.size()));
        auto forecast = entry.forecaster->forecast(origins[k].input, part.part(0.0, 0.6));
        if (forecast && !isFinite(*forecast)) {
            forecast = fail(ErrorCode::NotFinite, entry.row.model);
        }
        if (!forecast) {
            entry.row.error = forecast.error();
            return forecast.error().code == ErrorCode::Cancelled ? Status(forecast.error())
                                                                 : Status(Done{});
        }
        const auto quality = drawQuality(*forecast, origins[k].truth, part.part(0.6, 1.0));
        if (!quality) {
            return quality.error();
        }
        if (*quality) {
            addDrawQuality(entry.row, **quality, origins.size());
        }
        if (k == 0) {
            entry.row.reported = forecast->reported;
            entry.row.notes = forecast->notes;
            entry.row.fits = forecast->fits;
            entry.row.histogram = forecast->histogram;
        }
        entry.row.totals.push_back(sumOf(forecast->value));
        entry.row.predictedOrders += sumOf(forecast->orders);
        entry.predicted.push_back({std::move(forecast->value), std::move(forecast->orders)});
    }
    return Done{};
}

std::vector<DecileRow> decilesOf(const Entry &entry, const std::vector<Origin> &origins)
{
    std::vector<double> predicted;
    std::vector<double> actual;
    for (std::size_t k = 0; k < origins.size(); ++k) {
        predicted.insert(predicted.end(), entry.predicted[k].value.begin(),
                         entry.predicted[k].value.end());
        actual.insert(actual.end(), origins[k].truth.net.begin(), origins[k].truth.net.end());
    }
    return Judge(predicted, actual).deciles();
}

/// The judges of one row, value and orders at each origin.
struct RowJudges {
    std::vector<Judge> value, orders;
};

using Replicates = std::vector<MetricValues>; ///< [0] is the figure itself

void addMean(MetricValues &sum, const MetricValues &one, double share, bool first)
{
    for (std::size_t m = 0; m < sum.size(); ++m) {
        if (first) {
            sum[m] = 0.0;
        }
        sum[m] = sum[m] && one[m] ? std::optional(*sum[m] + share * *one[m]) : std::nullopt;
    }
}

MetricValues meanMetrics(const std::vector<Judge> &judges,
                         const std::vector<std::vector<double>> &weights)
{
    MetricValues mean;
    for (std::size_t k = 0; k < judges.size(); ++k) {
        const auto weight = weights.empty() ? std::span<const double>() : weights[k];
        addMean(mean, judges[k].metrics(weight), 1.0 / static_cast<double>(judges.size()), k == 0);
    }
    return mean;
}

/// Fills figures, intervals and differences from the best, metric by metric.
void compareRows(const std::vector<std::array<ScoredFigure, kMetrics.size()> *> &rows,
                 const std::vector<Replicates> &replicates, double level)
{
    for (std::size_t m = 0; m < kMetrics.size(); ++m) {
        std::vector<ScoredFigure *> figures;
        std::vector<FigureReplicates> values;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            figures.push_back(&(*rows[r])[m]);
            FigureReplicates &own = values.emplace_back();
            for (const MetricValues &replicate : replicates[r]) {
                own.push_back(replicate[m]);
            }
        }
        compareFigures(
            figures, values,
            [m](double value) { return distanceFromPerfect(kMetrics[m], value); }, level);
    }
}

std::vector<RowJudges> judgesOf(const std::vector<Entry *> &entries,
                                const std::vector<Origin> &origins)
{
    std::vector<RowJudges> judges;
    for (const Entry *entry : entries) {
        RowJudges row;
        for (std::size_t k = 0; k < origins.size(); ++k) {
            row.value.emplace_back(entry->predicted[k].value, origins[k].truth.net);
            if (!entry->predicted[k].orders.empty()) {
                row.orders.emplace_back(entry->predicted[k].orders, origins[k].orderDays);
            }
        }
        judges.push_back(std::move(row));
    }
    return judges;
}

Status judgeRows(std::vector<Entry *> entries, const std::vector<Origin> &origins,
                 const BacktestOptions &options, const Task &task)
{
    const std::vector<RowJudges> judges = judgesOf(entries, origins);
    std::vector<Replicates> value(entries.size());
    std::vector<Replicates> orders(entries.size());
    for (int b = 0; b <= options.replicates; ++b) {
        task.progress(static_cast<double>(b) / (options.replicates + 1), "judging");
        std::vector<std::vector<double>> weights;
        for (const Origin &origin : origins) {
            if (b > 0) {
                weights.push_back(userWeights(origin.input.customers.user, options.seed, b));
            }
        }
        for (std::size_t r = 0; r < entries.size(); ++r) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            value[r].push_back(meanMetrics(judges[r].value, weights));
            orders[r].push_back(meanMetrics(judges[r].orders, weights));
        }
    }
    std::vector<std::array<ScoredFigure, kMetrics.size()> *> valueRows;
    std::vector<std::array<ScoredFigure, kMetrics.size()> *> orderRows;
    for (Entry *entry : entries) {
        valueRows.push_back(&entry->row.value);
        orderRows.push_back(&entry->row.orders);
        entry->row.deciles = decilesOf(*entry, origins);
    }
    compareRows(valueRows, value, options.level);
    compareRows(orderRows, orders, options.level);
    return Done{};
}

/// Models that report the same fit differ by rounding only; the first of the table is taken then.
std::optional<std::size_t> winnerOf(const std::vector<BacktestRow> &rows)
{
    constexpr double kRounding = 1e-9;
    std::vector<double> ranks(rows.size(), 0.0);
    for (std::size_t m = 0; m < kMetrics.size(); ++m) {
        const auto distance = [&](const BacktestRow &row) {
            return row.value[m].value ? distanceFromPerfect(kMetrics[m], *row.value[m].value)
                                      : HUGE_VAL;
        };
        for (std::size_t r = 0; r < rows.size(); ++r) {
            for (const BacktestRow &other : rows) {
                ranks[r] += distance(other) < (1.0 - kRounding) * distance(rows[r]) ? 1.0 : 0.0;
            }
        }
    }
    std::optional<std::size_t> winner;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!rows[r].error && rows[r].value[0].value && (!winner || ranks[r] < ranks[*winner])) {
            winner = r;
        }
    }
    return winner;
}

} // namespace

double BacktestRow::predictedTotal() const { return sumOf(totals); }

std::vector<double> BacktestResult::actualTotals() const
{
    std::vector<double> totals;
    for (const BacktestOrigin &origin : origins) {
        totals.push_back(origin.actualTotal);
    }
    return totals;
}

Result<BacktestResult> backtest(const OrderHistory &history, const BacktestOptions &options,
                                const Task &task)
{
    if (const Status sound = checkOptions(history, options); !sound) {
        return sound.error();
    }
    auto entries = entriesOf(options.models);
    if (!entries) {
        return entries.error();
    }
    BacktestResult result;
    result.options = options;
    const auto origins = originsOf(history, result.options);
    if (!origins) {
        return origins.error();
    }
    const double count = static_cast<double>(entries->size());
    std::vector<Entry *> sound;
    for (std::size_t e = 0; e < entries->size(); ++e) {
        const Task part = task.part(0.8 * static_cast<double>(e) / count,
                                    0.8 * static_cast<double>(e + 1) / count);
        if (const Status ran = runEntry((*entries)[e], *origins, part); !ran) {
            return ran.error();
        }
        if (!(*entries)[e].row.error) {
            sound.push_back(&(*entries)[e]);
        }
    }
    if (const Status judged = judgeRows(sound, *origins, options, task.part(0.8, 1.0)); !judged) {
        return judged.error();
    }
    for (const Origin &origin : *origins) {
        result.origins.push_back(origin.facts);
    }
    for (Entry &entry : *entries) {
        result.rows.push_back(std::move(entry.row));
    }
    result.winner = winnerOf(result.rows);
    return result;
}

} // namespace perennial
