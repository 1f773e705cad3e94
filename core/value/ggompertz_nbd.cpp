#include "core/value/ggompertz_nbd.h"

#include "core/value/fit_driver.h"
#include "core/value/ggompertz_dropout.h"
#include "core/value/pareto_nbd.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 5> kNames{"r", "alpha", "b", "s", "beta"};
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

/// What the likelihood needs of a window's length.
struct Tenure {
    double rateLog, growth, later;
};

std::vector<Tenure> tenures(const std::vector<double> &values, double alpha, double b, double beta)
{
    std::vector<Tenure> result;
    result.reserve(values.size());
    for (const double T : values) {
        result.push_back(
            {std::log1p(T / alpha), ggompertzGrowth(b, beta, T), ggompertzLater(b, beta, T)});
    }
    return result;
}

/// Log of the odds that a customer has left, -infinity where the last purchase is as of now.
double logOdds(const AgedExit &exit, double shape, double s)
{
    return exit.log + shape * exit.rateLog + s * exit.lifeLog;
}

AgedExit exitOf(const std::array<double, 5> &p, double x, double tx, double T)
{
    const auto [r, alpha, b, s, beta] = p;
    return agedExit(r + x, alpha + tx, b, s, ggompertzLater(b, beta, tx), T - tx);
}

/// One customer: log of the likelihood if he never left, plus log(1 + e^u), e^u the odds that he
/// left between his last purchase and T. With B(τ) = β + e^(bτ) - 1 they are
///   ∫ s b e^(bτ) B(T)^s / B(τ)^(s+1) ((α+T)/(α+τ))^(r+x) dτ over (tx, T].
LogLikelihood evaluate(const Prepared &data, const std::array<double, 5> &p)
{
    const auto [r, alpha, b, s, beta] = p;
    const RisingLog rising = risingLog(r, data.mostRepeats);
    const std::vector<Tenure> perT = tenures(data.T.value, alpha, b, beta);
    const double logAlpha = std::log(alpha);
    double value = 0.0;
    std::array<double, 5> by{};
    const RepeatTable &table = data.table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double w = table.weight[i];
        const double T = table.T[i];
        const double tx = table.tx[i];
        const auto x = static_cast<std::size_t>(table.x[i]);
        const auto repeats = static_cast<double>(x);
        const Tenure &tenure = perT[data.T.of[i]];
        const AgedExit exit = exitOf(p, repeats, tx, T);
        const double u = logOdds(exit, r + repeats, s);
        const double left = logistic(u);
        value += w * (rising.log[x] - r * tenure.rateLog - repeats * (logAlpha + tenure.rateLog) -
                      s * tenure.growth + log1pExp(u));
        by[0] += w * (rising.derivative[x] - tenure.rateLog + left * exit.rateGrowth);
        by[1] += w * (r * T - repeats * alpha - left * (r + repeats) * alpha * exit.rateShare) /
                 (alpha + T);
        // E over the time of leaving τ of b τ, and of b τ e^(bτ) / B(τ).
        const double age = b * (T - exit.left);
        const double share = b * (T * exit.inverse - exit.leftInverse);
        const double end = s * b * T / tenure.later;
        by[2] += w * (left * (1.0 + age - (s + 1.0) * share + end) - end);
        by[3] += w * (left * (1.0 / s + exit.lifeGrowth) - tenure.growth);
        const double decayed =
            left * beta *
            (s * std::exp(-b * T) / tenure.later - (s + 1.0) * std::exp(-b * tx) * exit.decayed);
        by[4] += w * (decayed - s * std::expm1(-b * T) / tenure.later);
    }
    return {value, {by[0] * r, by[1], by[2], by[3] * s, by[4]}};
}

std::array<double, 5> arrayOf(std::span<const double> p)
{
    return {p[0], p[1], p[2], p[3], p[4]};
}

Objective objectiveOf(const RepeatTable &table)
{
    auto data = std::make_shared<const Prepared>(prepare(table));
    return [data](const Eigen::VectorXd &at) {
        const Eigen::VectorXd p = at.array().exp();
        const LogLikelihood ll = evaluate(*data, {p[0], p[1], p[2], p[3], p[4]});
        const double scale = -1.0 / data->table.customers;
        return Evaluation{scale * ll.value,
                          scale * Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), 5)};
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

/// Starts from next to the Pareto/NBD, which can't end below its likelihood, to a sudden end.
FitProblem problemFrom(const ModelFit &simpler, double tenure)
{
    const std::vector<double> &p = simpler.parameters;
    const bool leaves = simpler.reportedModel == paretoNbdModel().name();
    const double rate = p[0] / p[1];
    const double r = std::min(p[0], kLargestStart);
    const double alpha = r / rate;
    const double s = leaves ? p[2] : 1e-3;
    const double beta = leaves ? p[3] / tenure : 1.0;
    const auto logs = [&](double shape, double scale, double ages, double life,
                          double spread) -> Eigen::VectorXd {
        Eigen::VectorXd at(5);
        at << std::log(shape), std::log(scale), std::log(ages / tenure), std::log(life),
            std::log(spread);
        return at;
    };
    FitProblem problem;
    problem.objectiveFor = objectiveOf;
    problem.starts = {logs(p[0], p[1], 0.01, s, 0.01 * beta), logs(r, alpha, 2.0, 0.5, 5.0),
                      logs(r, alpha, 6.0, 0.3, 50.0), logs(r, alpha, 0.5, 1.0, 1.0)};
    problem.box = boxAround(logs(r, alpha, 1.0, 1.0, 1.0), 18.0);
    return problem;
}

class GgompertzNbd final : public FrequencyModel {
public:
    std::string_view name() const override { return "ggompertz-nbd"; }
    std::span<const std::string_view> parameterNames() const override { return kNames; }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        Result<ModelFit> simpler = paretoNbdModel().fit(customers, options, task.part(0.0, 0.3));
        if (!simpler) {
            return simpler.error();
        }
        simpler->model = name();
        if (!simpler->usable()) {
            return simpler;
        }
        const FitProblem problem = problemFrom(*simpler, meanTenure(customers));
        const Objective objective = objectiveOf(customers);
        const Optimum optimum =
            bestOfStarts(customers, objective, problem, options, task.part(0.3, 0.9));
        if (optimum.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        if (explainsNoMore(*simpler, optimum)) {
            return noAgingFit(*std::move(simpler), optimum.evaluations);
        }
        ModelFit fit =
            describeFit(name(), kNames, objective, problem.box, optimum, customers.customers);
        fit.evaluations += simpler->evaluations;
        if (isRunningAway(fit, 0, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_rate";
        } else if (isRunningAway(fit, 3, kLargeShape) || isRunningAway(fit, 4, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_dropout";
        }
        return fit;
    }

    LogLikelihood logLikelihood(std::span<const double> p,
                                const RepeatTable &customers) const override
    {
        return evaluate(prepare(customers), arrayOf(p));
    }

    double pAlive(std::span<const double> p, const RepeatHistory &h) const override
    {
        return logistic(-logOdds(exitOf(arrayOf(p), h.x, h.tx, h.T), p[0] + h.x, p[3]));
    }
    double stayingWhileAlive(std::span<const double> p, const RepeatHistory &h,
                             double t) const override
    {
        return lifetimeAfter(p, h.T).survival(t);
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        return (p[0] + h.x) / (p[1] + h.T) * lifetimeAfter(p, h.T).meanWithin(t);
    }
    double noneWhileAlive(std::span<const double> p, const RepeatHistory &h,
                          double t) const override
    {
        const double shape = p[0] + h.x;
        const AgedExit exit =
            agedExit(shape, p[1] + h.T, p[2], p[3], ggompertzLater(p[2], p[4], h.T), t);
        return std::min(std::exp(exit.log) + std::exp(-shape * exit.rateLog - p[3] * exit.lifeLog),
                        1.0);
    }
    std::vector<double> countsWhileAlive(std::span<const double> p, const RepeatHistory &h,
                                         int maxOrders, double t) const override
    {
        return countsInLifetime(p[0] + h.x, p[1] + h.T, lifetimeAfter(p, h.T), maxOrders, t);
    }
    double expectedOfNew(std::span<const double> p, double t) const override
    {
        return p[0] / p[1] * lifetimeAfter(p, 0.0).meanWithin(t);
    }
    std::vector<double> countProbabilities(std::span<const double> p, int maxOrders,
                                           double t) const override
    {
        return countsInLifetime(p[0], p[1], lifetimeAfter(p, 0.0), maxOrders, t);
    }

private:
    static GgompertzLifetime lifetimeAfter(std::span<const double> p, double T)
    {
        return {p[2], p[3], ggompertzLater(p[2], p[4], T)};
    }

    /// The Pareto/NBD in its place, or the NBD where that has found no churn.
    static ModelFit noAgingFit(ModelFit simpler, int evaluations)
    {
        simpler.evaluations += evaluations;
        if (simpler.reportedModel == paretoNbdModel().name()) {
            simpler.status = FitStatus::Boundary;
            simpler.reason = "no_aging";
        }
        return simpler;
    }
};

} // namespace

const FrequencyModel &ggompertzNbdModel()
{
    static const GgompertzNbd model;
    return model;
}

} // namespace perennial
