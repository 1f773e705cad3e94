#include "core/value/nbd.h"

#include "core/value/fit_driver.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 2> kNames{"r", "alpha"};
/// Past this r with no hold in the data, all customers buy at one rate.
constexpr double kLargeShape = 1000.0;
/// Logarithm of a probability from which on the next ones follow by multiplication.
constexpr double kLeastProduct = -600.0;

/// The table with the logarithms' arguments numbered.
struct Prepared {
    RepeatTable table;
    DistinctValues T;
    std::int32_t mostRepeats = 0;
};

Prepared prepare(const RepeatTable &table)
{
    Prepared prepared{table, distinctValues(table.T), 0};
    for (const std::int32_t x : table.x) {
        prepared.mostRepeats = std::max(prepared.mostRepeats, x);
    }
    return prepared;
}

/// log L = log Γ(r+x)/Γ(r) - r log(1 + T/α) - x log(α + T)
LogLikelihood evaluate(const Prepared &data, double r, double alpha)
{
    const RisingLog rising = risingLog(r, data.mostRepeats);
    std::vector<double> log1pT;
    for (const double T : data.T.value) {
        log1pT.push_back(std::log1p(T / alpha));
    }
    const double logAlpha = std::log(alpha);
    CompensatedSum value;
    double byR = 0.0;
    double byAlpha = 0.0;
    for (std::size_t i = 0; i < data.table.size(); ++i) {
        const auto x = static_cast<std::size_t>(data.table.x[i]);
        const auto repeats = static_cast<double>(x);
        const double T = data.table.T[i];
        const double w = data.table.weight[i];
        const double l = log1pT[data.T.of[i]];
        value += w * (rising.log[x] - r * l - repeats * (logAlpha + l));
        byR += w * (rising.derivative[x] - l);
        byAlpha += w * (r * T - repeats * alpha) / (alpha + T);
    }
    return {value.value(), {byR * r, byAlpha}};
}

Objective objectiveOf(const RepeatTable &table)
{
    auto data = std::make_shared<const Prepared>(prepare(table));
    return [data](const Eigen::VectorXd &at) {
        const LogLikelihood ll = evaluate(*data, std::exp(at[0]), std::exp(at[1]));
        const double scale = -1.0 / data->table.customers;
        return Evaluation{scale * ll.value,
                          scale * Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), 2)};
    };
}

FitProblem problemFor(const RepeatTable &table)
{
    double repeats = 0.0;
    double time = 0.0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        repeats += table.weight[i] * table.x[i];
        time += table.weight[i] * table.T[i];
    }
    const double rate = repeats / time;
    FitProblem problem;
    problem.objectiveFor = objectiveOf;
    for (const double r : {0.5, 3.0}) {
        problem.starts.push_back(Eigen::Vector2d(std::log(r), std::log(r / rate)));
    }
    problem.box = boxAround(Eigen::Vector2d(0.0, -std::log(rate)), 18.0);
    return problem;
}

class Nbd final : public FrequencyModel {
public:
    std::string_view name() const override { return "nbd"; }
    std::span<const std::string_view> parameterNames() const override { return kNames; }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        const FitProblem problem = problemFor(customers);
        const Objective objective = objectiveOf(customers);
        const Optimum optimum = bestOfStarts(customers, objective, problem, options, task);
        if (optimum.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        ModelFit fit = describeFit(name(), kNames, objective, problem.box, optimum,
                                   customers.customers);
        if (isRunningAway(fit, 0, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_rate";
        }
        return fit;
    }

    LogLikelihood logLikelihood(std::span<const double> parameters,
                                const RepeatTable &customers) const override
    {
        return evaluate(prepare(customers), parameters[0], parameters[1]);
    }

    bool hasDropout() const noexcept override { return false; }
    double pAlive(std::span<const double>, const RepeatHistory &) const override { return 1.0; }
    double stayingWhileAlive(std::span<const double>, const RepeatHistory &, double) const override
    {
        return 1.0;
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        return (p[0] + h.x) * t / (p[1] + h.T);
    }
    double noneWhileAlive(std::span<const double> p, const RepeatHistory &h,
                          double t) const override
    {
        return std::exp(-(p[0] + h.x) * std::log1p(t / (p[1] + h.T)));
    }
    std::vector<double> countsWhileAlive(std::span<const double> p, const RepeatHistory &h,
                                         int maxOrders, double t) const override
    {
        return negativeBinomial(p[0] + h.x, p[1] + h.T, maxOrders, t);
    }
    double expectedOfNew(std::span<const double> parameters, double t) const override
    {
        return parameters[0] * t / parameters[1];
    }
    std::vector<double> countProbabilities(std::span<const double> parameters, int maxOrders,
                                           double t) const override
    {
        return negativeBinomial(parameters[0], parameters[1], maxOrders, t);
    }
};

} // namespace

const FrequencyModel &nbdModel()
{
    static const Nbd model;
    return model;
}

std::vector<double> negativeBinomial(double shape, double rate, int most, double t)
{
    std::vector<double> probabilities;
    if (!(t > 0.0)) {
        probabilities.assign(static_cast<std::size_t>(most) + 1, 0.0);
        probabilities[0] = 1.0;
        return probabilities;
    }
    const double logMiss = -shape * std::log1p(t / rate);
    const double hit = t / (rate + t);
    const double logHit = std::log(t) - std::log(rate + t);
    double logTerm = logMiss;
    double term = std::exp(logMiss);
    for (int n = 0; n <= most; ++n) {
        probabilities.push_back(term);
        const double factor = (shape + n) / (n + 1.0);
        if (logTerm > kLeastProduct) {
            term *= factor * hit;
        } else { // in logs: the first terms of a busy customer underflow
            logTerm += std::log(factor) + logHit;
            term = std::exp(logTerm);
        }
    }
    return probabilities;
}

} // namespace perennial
