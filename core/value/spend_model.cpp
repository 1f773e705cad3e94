#include "core/value/spend_model.h"

#include <algorithm>

namespace perennial {

Result<ModelFit> fitSpendModel(std::string_view model, const CustomerSummary &customers,
                               const FitOptions &options, const Task &task)
{
    const auto found = findSpendModel(model);
    if (!found) {
        return found.error();
    }
    return (*found)->fit(customers, options, task);
}

Result<SpendPrediction> predictSpend(std::string_view model, std::span<const double> parameters,
                                     const CustomerSummary &customers)
{
    const auto found = findSpendModel(model);
    if (!found) {
        return found.error();
    }
    SpendPrediction prediction;
    prediction.isObservedMean = parameters.empty() || !(*found)->hasFiniteMean(parameters);
    if (prediction.isObservedMean) {
        prediction.meanOrderValue.assign(customers.size(), observedMeanSpend(customers));
        return prediction;
    }
    prediction.meanOrderValue.reserve(customers.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        prediction.meanOrderValue.push_back((*found)->expectedSpend(
            parameters, customers.spendDays[i], customers.meanSpend[i]));
    }
    return prediction;
}

double observedMeanSpend(const CustomerSummary &customers)
{
    double spend = 0.0;
    double days = 0.0;
    double allDays = 0.0;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        allDays += customers.x[i] + 1.0;
        if (customers.spendDays[i] > 0 && customers.meanSpend[i] > 0.0) {
            spend += customers.meanSpend[i] * customers.spendDays[i];
            days += customers.spendDays[i];
        }
    }
    if (days > 0.0) {
        return spend / days;
    }
    return allDays > 0.0 ? std::max(0.0, customers.gross / allDays) : 0.0;
}

} // namespace perennial
