#include "core/value/frequency_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kCustomersPerCheck = 4096;

Status checkRows(const RepeatTable &customers)
{
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const double tx = customers.tx[i];
        const double T = customers.T[i];
        const bool sound = customers.x[i] >= 0 && tx >= 0.0 && tx <= T && std::isfinite(T) &&
                           (customers.x[i] == 0 || tx > 0.0);
        if (!sound) {
            return fail(ErrorCode::InvalidArgument, "recency", "customers");
        }
    }
    return Done{};
}

double totalRepeats(const RepeatTable &customers)
{
    return std::inner_product(customers.x.begin(), customers.x.end(), customers.weight.begin(),
                              0.0);
}

/// What a customer of a class does while active.
struct ClassPrediction {
    double expected = 0.0;
    double none = 1.0;
};

} // namespace

OrderClock clockOf(std::string_view model)
{
    const auto found = findFrequencyModel(model);
    return found ? (*found)->clock() : OrderClock::Days;
}

double FrequencyModel::noneWhileAlive(std::span<const double> parameters, const RepeatHistory &h,
                                      double t) const
{
    return countsWhileAlive(parameters, h, 0, t)[0];
}

double pAliveLater(const FrequencyModel &model, std::span<const double> parameters,
                   const RepeatHistory &h, double t)
{
    return model.pAlive(parameters, h) * model.stayingWhileAlive(parameters, h, t);
}

std::vector<double> conditionalCounts(const FrequencyModel &model,
                                      std::span<const double> parameters, const RepeatHistory &h,
                                      int maxOrders, double t)
{
    const double alive = model.pAlive(parameters, h);
    std::vector<double> counts = model.countsWhileAlive(parameters, h, maxOrders, t);
    for (double &p : counts) {
        p *= alive;
    }
    counts[0] += 1.0 - alive;
    return counts;
}

Result<ModelFit> fitFrequencyModel(std::string_view model, const CustomerSummary &customers,
                                   const FitOptions &options, const Task &task)
{
    const auto found = findFrequencyModel(model);
    if (!found) {
        return found.error();
    }
    const RepeatTable table = mergeEqualCustomers(customers);
    const Status sound = checkRows(table);
    if (!sound) {
        return sound.error();
    }
    if (table.size() == 0) {
        return fail(ErrorCode::NoPurchases, {}, std::string(model));
    }
    if (totalRepeats(table) <= 0.0) {
        return fail(ErrorCode::NoRepeatBuyers, {}, std::string(model));
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    return (*found)->fit(table, options, task);
}

Result<FrequencyPrediction> predictFrequency(const ModelFit &fit, const CustomerSummary &customers,
                                             double t, const Task &task)
{
    if (!fit.usable()) {
        return fail(ErrorCode::NotTrained, fit.reason, fit.model);
    }
    return predictFrequency(fit.reportedModel, fit.parameters, customers, t, task);
}

Result<FrequencyPrediction> predictFrequency(std::string_view model,
                                             std::span<const double> parameters,
                                             const CustomerSummary &customers, double t,
                                             const Task &task)
{
    const auto found = findFrequencyModel(model);
    if (!found) {
        return found.error();
    }
    const FrequencyModel &f = **found;
    const OutlookClasses classes = outlookClasses(customers, f.outlookReadsRecency());
    std::vector<ClassPrediction> perClass(classes.x.size());
    for (std::size_t c = 0; c < perClass.size(); ++c) {
        if (c % kCustomersPerCheck == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const RepeatHistory h{classes.x[c], classes.tx[c], classes.T[c]};
        perClass[c] = {f.expectedWhileAlive(parameters, h, t), f.noneWhileAlive(parameters, h, t)};
    }
    FrequencyPrediction prediction;
    for (auto *column :
         {&prediction.pAlive, &prediction.expectedOrders, &prediction.churnRisk}) {
        column->reserve(customers.size());
    }
    for (std::size_t i = 0; i < customers.size(); ++i) {
        if (i % (16 * kCustomersPerCheck) == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const ClassPrediction &c = perClass[classes.of[i]];
        const double alive =
            f.pAlive(parameters, {customers.x[i], customers.tx[i], customers.T[i]});
        prediction.pAlive.push_back(alive);
        prediction.expectedOrders.push_back(alive * c.expected);
        prediction.churnRisk.push_back(std::clamp(1.0 - alive * (1.0 - c.none), 0.0, 1.0));
    }
    return prediction;
}

Result<std::vector<double>> expectedHistogram(const ModelFit &fit, const CustomerSummary &customers,
                                              int maxOrders)
{
    const auto found = findFrequencyModel(fit.reportedModel);
    if (!found) {
        return found.error();
    }
    if (!fit.usable() || maxOrders < 0) {
        return fail(ErrorCode::NotTrained, fit.reason, fit.model);
    }
    std::map<double, double> customersByTenure;
    for (const double T : customers.T) {
        customersByTenure[T] += 1.0;
    }
    std::vector<double> expected(static_cast<std::size_t>(maxOrders) + 2, 0.0);
    for (const auto &[T, count] : customersByTenure) {
        // On the very day of the first order there has been no time for another.
        const std::vector<double> p =
            T > 0.0 ? (*found)->countProbabilities(fit.parameters, maxOrders, T)
                    : std::vector<double>{1.0};
        double covered = 0.0;
        for (std::size_t n = 0; n < p.size(); ++n) {
            expected[n] += count * p[n];
            covered += p[n];
        }
        expected.back() += count * std::max(0.0, 1.0 - covered);
    }
    return expected;
}

Result<std::vector<double>> expectedCumulativeRepeats(const ModelFit &fit,
                                                      const CustomerSummary &customers,
                                                      std::span<const Day> days)
{
    const auto found = findFrequencyModel(fit.reportedModel);
    if (!found) {
        return found.error();
    }
    if (!fit.usable()) {
        return fail(ErrorCode::NotTrained, fit.reason, fit.model);
    }
    std::map<double, double> customersByTenure;
    for (const double T : customers.T) {
        customersByTenure[T] += 1.0;
    }
    std::vector<double> expected;
    for (const Day day : days) {
        const double later = static_cast<double>(std::int64_t{day} - customers.until) /
                             daysPer(customers.period);
        double sum = 0.0;
        for (const auto &[T, count] : customersByTenure) {
            if (T + later > 0.0) {
                sum += count * (*found)->expectedOfNew(fit.parameters, T + later);
            }
        }
        expected.push_back(sum);
    }
    return expected;
}

} // namespace perennial
