#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/features/customer_summary.h"
#include "core/features/order_history.h"
#include "core/project/project.h"
#include "core/project/settings.h"
#include "core/value/frequency_model.h"
#include "core/value/model_fit.h"
#include "core/value/spend_model.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace perennial {

struct ValueOptions {
    std::string frequencyModel = "bg-nbd";
    std::string spendModel = "gamma-gamma";
    std::optional<Day> until; ///< t₀; empty = the project's snapshot day
    int horizonDays = 180;    ///< H > 0: the window is (t₀, t₀ + H]
    Period period = Period::Week;
    double margin = 1.0;          ///< share of net revenue, in (0, 1]
    double discountPerYear = 0.0; ///< effective annual rate, in [0, 1)
    bool firstPurchaseInSpend = false;
    FitOptions fit;
};
/// With the project's value model where it is a frequency model, else the BG/NBD.
ValueOptions valueOptionsFrom(const ProjectSettings &settings);

/// The summary that the options' frequency model is fitted on, on its clock. `until` is needed.
CustomerSummary customersFor(const OrderHistory &history, const ValueOptions &options);

/// What each customer is expected to bring in the horizon, in the row order of the summary.
///   predictedValue = margin × netRatio × meanOrderValue × ∫ e^(−δs) dE[orders in (t₀, t₀ + s]],
///   δ = ln(1 + discountPerYear) / 365 a day
/// so that without a discount it is margin × netRatio × meanOrderValue × expectedOrders exactly.
/// netRatio is the net share of gross revenue in the calibration window: the spend model learns
/// from gross order days, refunds come off as they did so far. Realised value is in the summary and
/// never in here.
struct ValuePredictions {
    std::vector<double> pAlive;         ///< at t₀, in [0, 1]
    std::vector<double> churnRisk;      ///< P(no order in (t₀, t₀ + H]), in [0, 1]
    std::vector<double> expectedOrders; ///< order days in (t₀, t₀ + H], not discounted
    std::vector<double> meanOrderValue; ///< expected gross spend an order day, currency units
    std::vector<double> predictedValue; ///< currency units
};

/// One value run: customers, both fits and predictions.
struct ValueResult {
    ValueOptions options; ///< as used, `until` filled in
    CustomerSummary customers;
    ModelFit frequency;
    ModelFit spend;
    /// True where the spend model could not be used and everybody got the observed mean spend.
    bool spendIsObservedMean = false;
    ValuePredictions predictions;
    double realisedTotal = 0.0, predictedTotal = 0.0, expectedOrdersTotal = 0.0;
};

/// Summary, fits and predictions in one go; reads only.
/// @error NoEvents, NoPurchases; NoRepeatBuyers where nobody bought on two days (no model of repeat
/// purchases exists then); HorizonNotPositive; InvalidArgument (where: the option); UnknownModel;
/// DidNotConverge (detail: reason, where: the model); Cancelled.
Result<std::shared_ptr<const ValueResult>> fitValueModel(const Project &project,
                                                         const ValueOptions &options,
                                                         const Task &task);

/// The same from a summary already at hand.
Result<std::shared_ptr<const ValueResult>> fitValueModel(CustomerSummary customers,
                                                         const ValueOptions &options,
                                                         const Task &task);

/// Predictions with given parameters of given models: a scenario's draw.
/// @param spendParameters empty = the observed mean spend for everybody.
Result<ValuePredictions> predictValue(const CustomerSummary &customers,
                                      std::string_view frequencyModel,
                                      std::span<const double> frequencyParameters,
                                      std::string_view spendModel,
                                      std::span<const double> spendParameters,
                                      const ValueOptions &options, const Task &task);

/// Saves a fit as a run named after the model asked for, Done or Failed as the fit is, its metrics
/// being `fitToJson`.
/// @return the run's id. @error ReadOnly.
Result<std::int64_t> saveFitRun(Project &project, const ModelFit &fit, Day until,
                                const ValueOptions &options);

} // namespace perennial
