#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"

#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// A model of what customers spend an order day. A new one is one file and one line in
/// model_registry.cpp. Pure, safe to call from several threads.
class SpendModel {
public:
    virtual ~SpendModel() = default;
    virtual std::string_view name() const = 0;
    virtual std::span<const std::string_view> parameterNames() const = 0;

    /// Uses customers with spendDays >= 1 and meanSpend > 0; the others are `excluded`.
    /// @error NoRepeatBuyers where no customer is left, Cancelled.
    virtual Result<ModelFit> fit(const CustomerSummary &customers, const FitOptions &options,
                                 const Task &task) const = 0;
    virtual LogLikelihood logLikelihood(std::span<const double> parameters,
                                        const CustomerSummary &customers) const = 0;
    /// E[mean spend an order day | days of mean spend seen], currency units, > 0.
    /// @param days >= 0. With 0 days, or a mean <= 0, the population's mean.
    virtual double expectedSpend(std::span<const double> parameters, std::int32_t days,
                                 double meanSpend) const = 0;
    /// Whether `expectedSpend` is finite and rests on the data with these parameters.
    virtual bool hasFiniteMean(std::span<const double> parameters) const = 0;
};

/// "gamma-gamma"
std::vector<std::string_view> spendModelNames();
/// @error UnknownModel, detail: the name.
Result<const SpendModel *> findSpendModel(std::string_view name);

/// Gamma-Gamma: p, q (shapes) and gamma (currency units).
/// Source: Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value".
Result<ModelFit> fitSpendModel(std::string_view model, const CustomerSummary &customers,
                               const FitOptions &options, const Task &task);

/// Expected spend an order day of every customer, in row order.
struct SpendPrediction {
    std::vector<double> meanOrderValue; ///< currency units, >= 0
    /// True where there were no parameters, or none with a finite mean (Boundary "infinite_mean"):
    /// everybody then gets the observed mean spend.
    bool isObservedMean = false;
};
/// @param parameters of `model`; empty = the observed mean spend. @error UnknownModel.
Result<SpendPrediction> predictSpend(std::string_view model, std::span<const double> parameters,
                                     const CustomerSummary &customers);

/// Spend an order day over the order days that the spend model may see (spendDays of all customers
/// with a positive mean), currency units; the gross spend an order day where there are none.
double observedMeanSpend(const CustomerSummary &customers);

} // namespace perennial
