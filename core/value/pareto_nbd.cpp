#include "core/value/pareto_nbd.h"

#include "core/value/fit_driver.h"
#include "core/value/nbd.h"
#include "core/value/pareto_dropout.h"
#include "core/value/special.h"

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

/// One customer: log of the likelihood if he never left, plus log(1 + e^u), e^u the odds that he
/// left between his last purchase and T:
///   ∫ s/(β+τ) ((β+T)/(β+τ))^s ((α+T)/(α+τ))^(r+x) dτ over (tx, T].
LogLikelihood evaluate(const Prepared &data, double r, double alpha, double s, double beta)
{
    const RisingLog rising = risingLog(r, data.mostRepeats);
    const std::vector<double> rateLogs = logsOf(data.T.value, alpha);
    const std::vector<double> lifeLogs = logsOf(data.T.value, beta);
    const double logAlpha = std::log(alpha);
    double value = 0.0;
    double byR = 0.0;
    double byAlpha = 0.0;
    double byS = 0.0;
    double byBeta = 0.0;
    const RepeatTable &table = data.table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double w = table.weight[i];
        const double T = table.T[i];
        const double tx = table.tx[i];
        const auto x = static_cast<std::size_t>(table.x[i]);
        const auto repeats = static_cast<double>(x);
        const double rateLog = rateLogs[data.T.of[i]];
        const double lifeLog = lifeLogs[data.T.of[i]];
        const SilentExit exit = silentExit(r + repeats, alpha + tx, s, beta + tx, T - tx);
        const double u = logOdds(exit, r + repeats, s);
        const double left = logistic(u);
        value += w * (rising.log[x] - r * rateLog - repeats * (logAlpha + rateLog) - s * lifeLog +
                      log1pExp(u));
        byR += w * (rising.derivative[x] - rateLog + left * exit.rateGrowth);
        byAlpha += w * (r * T - repeats * alpha - left * (r + repeats) * alpha * exit.rateShare) /
                   (alpha + T);
        byS += w * (left * (1.0 / s + exit.lifeGrowth) - lifeLog);
        byBeta += w * (s * T - left * beta * (1.0 + (s + 1.0) * exit.lifeShare)) / (beta + T);
    }
    return {value, {byR * r, byAlpha, byS * s, byBeta}};
}

Objective objectiveOf(const RepeatTable &table)
{
    auto data = std::make_shared<const Prepared>(prepare(table));
    return [data](const Eigen::VectorXd &at) {
        const Eigen::VectorXd p = at.array().exp();
        const LogLikelihood ll = evaluate(*data, p[0], p[1], p[2], p[3]);
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
        return evaluate(prepare(customers), p[0], p[1], p[2], p[3]);
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

const FrequencyModel &paretoNbdModel()
{
    static const ParetoNbd model;
    return model;
}

} // namespace perennial
