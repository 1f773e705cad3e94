#include "core/value/pareto_nbd.h"

#include "core/value/fit_driver.h"
#include "core/value/nbd.h"
#include "core/value/pareto_dropout.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 4> kNames{"r", "alpha", "s", "beta"};
constexpr double kLargeShape = 1000.0;
/// Past this r a start is taken to lie on the NBD's edge of one rate for everybody.
constexpr double kLargestStart = 20.0;

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

std::vector<double> logsOf(const std::vector<double> &values, double scale)
{
    std::vector<double> logs;
    logs.reserve(values.size());
    for (const double v : values) {
        logs.push_back(std::log1p(v / scale));
    }
    return logs;
}

/// Log of the odds that a customer has left, -infinity where the last purchase is as of now.
double logOdds(const SilentExit &exit, double shape, double s)
{
    return exit.log + shape * exit.rateLog + s * exit.lifeLog;
}

/// What of a customer's likelihood does not depend on tx.
struct Window {
    double risingLog, risingDerivative; ///< of (r)_x
    double rateLog, lifeLog;            ///< log(1 + T/α), log(1 + T/β)
};

/// One customer: log of the likelihood if he never left, plus log(1 + e^u), e^u the odds that he
/// left between his last purchase and T:
///   ∫ s/(β+τ) ((β+T)/(β+τ))^s ((α+T)/(α+τ))^(r+x) dτ over (tx, T].
CustomerLikelihood likelihoodOf(std::span<const double> p, const RepeatHistory &h,
                                const Window &window)
{
    const double r = p[0];
    const double alpha = p[1];
    const double s = p[2];
    const double beta = p[3];
    const SilentExit exit = silentExit(r + h.x, alpha + h.tx, s, beta + h.tx, h.T - h.tx);
    const double u = logOdds(exit, r + h.x, s);
    const double left = logistic(u);
    CustomerLikelihood ll;
    ll.value = window.risingLog - r * window.rateLog - h.x * (std::log(alpha) + window.rateLog) -
               s * window.lifeLog + log1pExp(u);
    ll.logGradient[0] = r * (window.risingDerivative - window.rateLog + left * exit.rateGrowth);
    ll.logGradient[1] =
        (r * h.T - h.x * alpha - left * (r + h.x) * alpha * exit.rateShare) / (alpha + h.T);
    ll.logGradient[2] = left * (1.0 + s * exit.lifeGrowth) - s * window.lifeLog;
    ll.logGradient[3] = (s * h.T - left * beta * (1.0 + (s + 1.0) * exit.lifeShare)) / (beta + h.T);
    return ll;
}

LogLikelihood evaluate(const Prepared &data, std::span<const double> p)
{
    const RisingLog rising = risingLog(p[0], data.mostRepeats);
    const std::vector<double> rateLogs = logsOf(data.T.value, p[1]);
    const std::vector<double> lifeLogs = logsOf(data.T.value, p[3]);
    LogLikelihood sum{0.0, std::vector<double>(4)};
    const RepeatTable &table = data.table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto x = static_cast<std::size_t>(table.x[i]);
        const std::uint32_t T = data.T.of[i];
        const CustomerLikelihood ll =
            likelihoodOf(p, {table.x[i], table.tx[i], table.T[i]},
                         {rising.log[x], rising.derivative[x], rateLogs[T], lifeLogs[T]});
        sum.value += table.weight[i] * ll.value;
        for (std::size_t j = 0; j < 4; ++j) {
            sum.logGradient[j] += table.weight[i] * ll.logGradient[j];
        }
    }
    return sum;
}

Objective objectiveOf(const RepeatTable &table)
{
    auto data = std::make_shared<const Prepared>(prepare(table));
    return [data](const Eigen::VectorXd &at) {
        const Eigen::VectorXd p = at.array().exp();
        const LogLikelihood ll = evaluate(*data, {p.data(), 4});
        const double scale = -1.0 / data->table.customers;
        return Evaluation{scale * ll.value,
                          scale * Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), 4)};
    };
}

double meanTenure(const RepeatTable &table)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        sum += table.weight[i] * table.T[i];
    }
    return sum / table.customers;
}

/// Starts around the NBD's rate, from many leaving within the window to next to none: the last
/// can't end below the NBD's likelihood, so that a boundary is never mistaken for a failure.
FitProblem problemFrom(const ModelFit &nbd, double tenure)
{
    // Where the NBD has run to r = ∞ the likelihood is flat in r, and a start there would stay.
    const double rate = nbd.parameters[0] / nbd.parameters[1];
    const double r = std::min(nbd.parameters[0], kLargestStart);
    const double alpha = r / rate;
    const auto logs = [](double p, double q, double s, double t) -> Eigen::VectorXd {
        return Eigen::Vector4d(std::log(p), std::log(q), std::log(s), std::log(t));
    };
    FitProblem problem;
    problem.objectiveFor = objectiveOf;
    problem.starts = {logs(1.3 * r, 0.9 * alpha, 0.6, 0.4 * tenure),
                      logs(1.5 * r, 0.5 * alpha, 0.4, 0.02 * tenure),
                      logs(1.2 * r, 0.9 * alpha, 3.0, 5.0 * tenure),
                      logs(nbd.parameters[0], nbd.parameters[1], 1e-3, tenure)};
    problem.box = boxAround(logs(r, alpha, 1.0, tenure), 18.0);
    return problem;
}

class ParetoNbd final : public FrequencyModel {
public:
    std::string_view name() const override { return "pareto-nbd"; }
    std::span<const std::string_view> parameterNames() const override { return kNames; }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        Result<ModelFit> nbd = nbdModel().fit(customers, options, task.part(0.0, 0.1));
        if (!nbd) {
            return nbd.error();
        }
        if (!nbd->usable()) {
            nbd->model = name();
            return nbd;
        }
        const FitProblem problem = problemFrom(*nbd, meanTenure(customers));
        const Objective objective = objectiveOf(customers);
        const Optimum optimum =
            bestOfStarts(customers, objective, problem, options, task.part(0.1, 0.9));
        if (optimum.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        if (showsNoChurn(*nbd, optimum)) {
            return noChurnFit(name(), std::move(*nbd), optimum.evaluations);
        }
        ModelFit fit =
            describeFit(name(), kNames, objective, problem.box, optimum, customers.customers);
        fit.evaluations += nbd->evaluations;
        if (isRunningAway(fit, 0, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_rate";
        } else if (isRunningAway(fit, 2, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_dropout";
        }
        return fit;
    }

    LogLikelihood logLikelihood(std::span<const double> p,
                                const RepeatTable &customers) const override
    {
        return evaluate(prepare(customers), p);
    }

    double pAlive(std::span<const double> p, const RepeatHistory &h) const override
    {
        const double shape = p[0] + h.x;
        return logistic(
            -logOdds(silentExit(shape, p[1] + h.tx, p[2], p[3] + h.tx, h.T - h.tx), shape, p[2]));
    }
    double stayingWhileAlive(std::span<const double> p, const RepeatHistory &h,
                             double t) const override
    {
        return ParetoLifetime(p[2], p[3] + h.T).survival(t);
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        return (p[0] + h.x) / (p[1] + h.T) * ParetoLifetime(p[2], p[3] + h.T).meanWithin(t);
    }
    double noneWhileAlive(std::span<const double> p, const RepeatHistory &h,
                          double t) const override
    {
        const double shape = p[0] + h.x;
        const SilentExit exit = silentExit(shape, p[1] + h.T, p[2], p[3] + h.T, t);
        return std::min(std::exp(exit.log) + std::exp(-shape * exit.rateLog - p[2] * exit.lifeLog),
                        1.0);
    }
    std::vector<double> countsWhileAlive(std::span<const double> p, const RepeatHistory &h,
                                         int maxOrders, double t) const override
    {
        return countsInLifetime(p[0] + h.x, p[1] + h.T, ParetoLifetime(p[2], p[3] + h.T), maxOrders,
                                t);
    }
    double expectedOfNew(std::span<const double> p, double t) const override
    {
        return p[0] / p[1] * ParetoLifetime(p[2], p[3]).meanWithin(t);
    }
    std::vector<double> countProbabilities(std::span<const double> p, int maxOrders,
                                           double t) const override
    {
        return countsInLifetime(p[0], p[1], ParetoLifetime(p[2], p[3]), maxOrders, t);
    }
};

} // namespace

CustomerLikelihood paretoNbdOfCustomer(std::span<const double> p, const RepeatHistory &h)
{
    double log = 0.0;
    double derivative = 0.0;
    for (int n = 0; n < h.x; ++n) {
        log += std::log(p[0] + n);
        derivative += 1.0 / (p[0] + n);
    }
    return likelihoodOf(p, h, {log, derivative, std::log1p(h.T / p[1]), std::log1p(h.T / p[3])});
}

const FrequencyModel &paretoNbdModel()
{
    static const ParetoNbd model;
    return model;
}

} // namespace perennial
