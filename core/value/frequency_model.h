#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"

#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// One customer as the frequency models see it, in the periods the parameters were fitted in.
struct RepeatHistory {
    std::int32_t x = 0;
    double tx = 0.0;
    double T = 0.0;
};

/// A model of how often customers buy and whether they still do. A new one is one file and one line
/// in model_registry.cpp. All methods are pure and safe to call from several threads; `parameters`
/// is in the order of `parameterNames`, natural scale, > 0.
class FrequencyModel {
public:
    virtual ~FrequencyModel() = default;
    virtual std::string_view name() const = 0;
    virtual std::span<const std::string_view> parameterNames() const = 0;

    /// @error NoPurchases for an empty table, NoRepeatBuyers where all x = 0, Cancelled. A fit that
    /// does not converge is a value with its status, not an error.
    virtual Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                                 const Task &task) const = 0;
    /// Whether `fit` needs the table's logGaps: SummaryOptions::gaps asks for them.
    virtual bool readsGaps() const noexcept { return false; }
    /// Sum over customers, without the x! constant, as published for each model.
    virtual LogLikelihood logLikelihood(std::span<const double> parameters,
                                        const RepeatTable &customers) const = 0;

    /// Which orders x, tx and T count, and so which summary the model is to be fitted on.
    virtual OrderClock clock() const noexcept { return OrderClock::Days; }
    /// Whether customers leave at all in this model: false for the NBD.
    virtual bool hasDropout() const noexcept { return true; }
    /// Whether the outlook below reads tx too; else customers with the same x and T share it.
    virtual bool outlookReadsRecency() const noexcept { return false; }

    /// P(still active at T | history), in [0, 1].
    virtual double pAlive(std::span<const double> parameters, const RepeatHistory &h) const = 0;

    // The outlook of one who is active at T. @param t periods, >= 0.

    /// P(still active at T + t | active at T), in [0, 1], 1 at t = 0.
    virtual double stayingWhileAlive(std::span<const double> parameters, const RepeatHistory &h,
                                     double t) const = 0;
    /// E[orders in (T, T + t] | active at T].
    virtual double expectedWhileAlive(std::span<const double> parameters, const RepeatHistory &h,
                                      double t) const = 0;
    /// P(X(T, T + t) = n | active at T) for n = 0 … maxOrders.
    virtual std::vector<double> countsWhileAlive(std::span<const double> parameters,
                                                 const RepeatHistory &h, int maxOrders,
                                                 double t) const = 0;
    /// countsWhileAlive()[0], for models that know it at once.
    virtual double noneWhileAlive(std::span<const double> parameters, const RepeatHistory &h,
                                  double t) const;

    /// E[repeat orders in (0, t]] of a customer just won.
    virtual double expectedOfNew(std::span<const double> parameters, double t) const = 0;
    /// P(X(t) = n) of a customer just won, for n = 0 … maxOrders.
    virtual std::vector<double> countProbabilities(std::span<const double> parameters,
                                                   int maxOrders, double t) const = 0;
};

/// Registered names in the order they are offered: "bg-nbd", …, "nbd".
std::vector<std::string_view> frequencyModelNames();
/// @error UnknownModel, detail: the name.
Result<const FrequencyModel *> findFrequencyModel(std::string_view name);
/// readsGaps of a model by name; false for a name that is none.
bool frequencyModelReadsGaps(std::string_view name);
/// The clock of the summary that a model is fitted on: Days for any but a frequency model's name.
OrderClock clockOf(std::string_view model);

/// Fits by name. A Boundary fit with reason "no_churn" carries the NBD's parameters, its
/// `reportedModel` is "nbd", and everything below then predicts with the NBD.
/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2) (BG/NBD); Ehrenberg (1959) (NBD).
Result<ModelFit> fitFrequencyModel(std::string_view model, const CustomerSummary &customers,
                                   const FitOptions &options, const Task &task);

/// Predictions for every customer, in row order, from the reported model of a usable fit. `t` is in
/// periods of the summary, > 0. @error Cancelled; NotTrained for a failed fit. Cost O(n).
struct FrequencyPrediction {
    std::vector<double> pAlive;         ///< at t₀, in [0, 1]; 1 where x = 0 under BG/NBD
    std::vector<double> expectedOrders; ///< in (t₀, t₀ + t], conditional on the history
    std::vector<double> churnRisk;      ///< P(no order in (t₀, t₀ + t] | history), in [0, 1]
};
Result<FrequencyPrediction> predictFrequency(const ModelFit &fit, const CustomerSummary &customers,
                                             double t, const Task &task);
/// The same with other parameters of the fit's reported model: one draw of a scenario.
Result<FrequencyPrediction> predictFrequency(std::string_view model,
                                             std::span<const double> parameters,
                                             const CustomerSummary &customers, double t,
                                             const Task &task);

/// P(active at T + t | history): P(alive) now, and what of it is left later. @param t >= 0.
double pAliveLater(const FrequencyModel &model, std::span<const double> parameters,
                   const RepeatHistory &h, double t);
/// P(X(T, T + t) = n | history) for n = 0 … maxOrders: those who have left order nothing.
std::vector<double> conditionalCounts(const FrequencyModel &model,
                                      std::span<const double> parameters, const RepeatHistory &h,
                                      int maxOrders, double t);

/// Expected number of customers with n = 0 … maxOrders repeat orders in the calibration window, and
/// in the last entry those with more: to lay over the observed histogram.
Result<std::vector<double>> expectedHistogram(const ModelFit &fit, const CustomerSummary &customers,
                                              int maxOrders);
/// Expected repeat orders of all customers together from each one's first order to the beginning of
/// each day, for the tracking plot: beside counts through the whole of day d stands the value of
/// d + 1. @return one value per entry of `days`.
Result<std::vector<double>> expectedCumulativeRepeats(const ModelFit &fit,
                                                      const CustomerSummary &customers,
                                                      std::span<const Day> days);

} // namespace perennial
