#pragma once

#include "core/forecast/accuracy.h"
#include "core/forecast/forecaster.h"
#include "core/numeric/compared_figures.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

struct BacktestOptions {
    std::vector<std::string> models; ///< forecaster names; naive rules are added where missing
    std::optional<Day> until; ///< newest cut; empty = the last day known − H
    std::optional<Day> known; ///< last day known; empty = the last day with money
    int origins = 1;          ///< cuts, one horizon apart, back from the newest
    int horizonDays = 180;
    Period period = Period::Week;
    bool firstPurchaseInSpend = false;
    int replicates = 200;     ///< of the user bootstrap; 0 = no intervals
    double level = 0.95;      ///< of the bootstrap's intervals
    std::uint64_t seed = 1;
};

/// How well drawn futures cover what happened.
struct DrawQuality {
    double crps = 0;          ///< mean continuous ranked probability score of value, currency units
    /// Share of customers whose actual value lies in their central 90 % interval. As most futures are
    /// exactly 0, the closed interval holds more than 90 % of them even from the true model.
    double coverage90 = 0;
    /// The same by the randomised probability integral transform, exactly .9 for the true model.
    /// Source: Czado, Gneiting & Held (2009), Biometrics 65(4).
    double coverage90Randomised = 0;
    /// Whether the actual total lies in the 90 % interval of totals, at each origin.
    std::vector<bool> totalCovered;
    std::vector<Interval> totals;
    std::optional<double> logScore; ///< mean −log P(the number of order days that came)
};

/// One model's line of the table.
struct BacktestRow {
    std::string model;
    bool isNaive = false;
    std::string reported;            ///< the model that predicts, where another was asked for
    std::optional<Error> error;      ///< why there are no figures
    std::array<ScoredFigure, kMetrics.size()> value;
    std::array<ScoredFigure, kMetrics.size()> orders; ///< all empty where it forecasts none
    std::optional<DrawQuality> draws;
    std::optional<HistogramFit> histogram;
    std::vector<DecileRow> deciles;  ///< of value, all origins together, the best first
    std::vector<Forecast::Note> notes;
    std::vector<ModelFit> fits;      ///< of the newest cut
    double predictedOrders = 0; ///< of all origins
    std::vector<double> totals; ///< predicted value of all customers, at each origin
    double predictedTotal() const; ///< of all origins
};

struct BacktestOrigin {
    Day cut = 0, until = 0;       ///< the window judged is (cut, until]
    std::int64_t customers = 0;   ///< with a purchase up to the cut
    std::int64_t active = 0;      ///< of them, with an order day in the window
    double actualTotal = 0;       ///< their net value in the window
    double actualOrders = 0;      ///< their order days in it
    double newcomersTotal = 0;    ///< net value of users first seen in the window: nobody's to predict
};

struct BacktestResult {
    BacktestOptions options; ///< as used
    std::vector<BacktestOrigin> origins; ///< the newest first
    std::vector<BacktestRow> rows;       ///< in the order asked for, naive rules first
    /// The row with the lowest mean rank over the six figures of value, the first of equals; none
    /// where no row has figures.
    std::optional<std::size_t> winner;

    std::vector<double> actualTotals() const; ///< of the origins, as the rows' totals
};

/// Every model on the same customers and windows. Values are net revenue, before margin, not
/// discounted: what can be compared with what happened.
/// @error UnknownModel; HorizonNotPositive; InvalidArgument (origins, replicates, level);
/// WindowPastData where a window reaches past the last day known, or a cut lies before the first day
/// (detail: the day that would be needed, where: the option); NoPurchases; Cancelled.
Result<BacktestResult> backtest(const OrderHistory &history, const BacktestOptions &options,
                                const Task &task);

/// {"until", "horizon_days", "origins": […], "models": [{"model", "mae", …}], "winner"}.
std::string backtestToJson(const BacktestResult &result);

} // namespace perennial
