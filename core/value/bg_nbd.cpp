#include "core/value/bg_nbd.h"

#include "core/value/fit_driver.h"
#include "core/value/geometric_dropout.h"
#include "core/value/nbd.h"
#include "core/value/special.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 4> kNames{"r", "alpha", "a", "b"};
constexpr double kLargeShape = 1000.0;
/// Past this r a start is taken to lie on the NBD's edge of one rate for everybody.
constexpr double kLargestStart = 20.0;

struct Prepared {
    RepeatTable table;
    DistinctValues T, tx;
    std::int32_t mostRepeats = 0;
};

Prepared prepare(const RepeatTable &table)
{
    Prepared prepared{table, distinctValues(table.T), distinctValues(table.tx), 0};
    for (const std::int32_t x : table.x) {
        prepared.mostRepeats = std::max(prepared.mostRepeats, x);
    }
    return prepared;
}

/// Γ(a+b) Γ(b+n) / (Γ(b) Γ(a+b+n)) for n = 0 … most, as logarithm, and its derivatives.
struct StayingLog {
    std::vector<double> log, byA, byB;
};

StayingLog stayingLog(double a, double b, std::int32_t most)
{
    const auto size = static_cast<std::size_t>(most) + 1;
    StayingLog s{std::vector<double>(size), std::vector<double>(size), std::vector<double>(size)};
    for (std::size_t n = 1; n < size; ++n) {
        const double bn = b + static_cast<double>(n - 1);
        s.log[n] = s.log[n - 1] - std::log1p(a / bn);
        s.byA[n] = s.byA[n - 1] - 1.0 / (a + bn);
        s.byB[n] = s.byB[n - 1] + a / (bn * (a + bn));
    }
    return s;
}

std::vector<double> logsOf(const std::vector<double> &values, double alpha)
{
    std::vector<double> logs;
    logs.reserve(values.size());
    for (const double v : values) {
        logs.push_back(std::log1p(v / alpha));
    }
    return logs;
}

/// One customer: log of the likelihood if he never left, plus log(1 + e^u), where e^u is the odds
/// that he left with his last purchase:
///   u = log a - log(b+x-1) + (r+x) log((α+T)/(α+tx)).
LogLikelihood evaluate(const Prepared &data, double r, double alpha, double a, double b)
{
    const RisingLog rising = risingLog(r, data.mostRepeats);
    const StayingLog staying = stayingLog(a, b, data.mostRepeats);
    const std::vector<double> logT = logsOf(data.T.value, alpha);
    const std::vector<double> logTx = logsOf(data.tx.value, alpha);
    std::vector<double> logOdds{0.0};
    for (std::int32_t x = 1; x <= data.mostRepeats; ++x) {
        logOdds.push_back(std::log(a) - std::log(b + (x - 1)));
    }
    const double logAlpha = std::log(alpha);
    double value = 0.0;
    double byR = 0.0;
    double byAlpha = 0.0;
    double byA = 0.0;
    double byB = 0.0;
    const RepeatTable &table = data.table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double w = table.weight[i];
        const double T = table.T[i];
        const double lT = logT[data.T.of[i]];
        if (table.x[i] == 0) {
            value -= w * r * lT;
            byR -= w * lT;
            byAlpha += w * r * T / (alpha + T);
            continue;
        }
        const auto x = static_cast<std::size_t>(table.x[i]);
        const auto repeats = static_cast<double>(x);
        const double silence = lT - logTx[data.tx.of[i]];
        const double u = logOdds[x] + (r + repeats) * silence;
        const double e = std::exp(-std::abs(u));
        const double left = u > 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
        // log, not log1p: what it drops below 1e-16 the sum drops too, and it is twice as fast.
        value += w * (rising.log[x] + staying.log[x] - r * lT - repeats * (logAlpha + lT) +
                      std::max(u, 0.0) + std::log(1.0 + e));
        byR += w * (rising.derivative[x] - lT + left * silence);
        byAlpha += w * (r - (r + repeats) * alpha *
                                ((1.0 - left) / (alpha + T) + left / (alpha + table.tx[i])));
        byA += w * (staying.byA[x] + left / a);
        byB += w * (staying.byB[x] - left / (b + repeats - 1.0));
    }
    return {value, {byR * r, byAlpha, byA * a, byB * b}};
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

/// Starts around the NBD's rate, from strong dropout to next to none: the last can't end below the
/// NBD's likelihood, so that a boundary is never mistaken for a failure.
FitProblem problemFrom(const ModelFit &nbd)
{
    // Where the NBD has run to r = ∞ the likelihood is flat in r, and a start there would stay
    // there, although dropout may well explain what makes the customers look alike.
    const double rate = nbd.parameters[0] / nbd.parameters[1];
    const double r = std::min(nbd.parameters[0], kLargestStart);
    const double alpha = r / rate;
    const auto logs = [](double p, double q, double s, double t) -> Eigen::VectorXd {
        return Eigen::Vector4d(std::log(p), std::log(q), std::log(s), std::log(t));
    };
    FitProblem problem;
    problem.objectiveFor = objectiveOf;
    problem.starts = {logs(r, alpha, 0.8, 2.5), logs(0.6 * r, 0.4 * alpha, 0.3, 0.5),
                      logs(1.5 * r, alpha, 4.0, 16.0),
                      logs(nbd.parameters[0], nbd.parameters[1], 1e-3, 1.0)};
    problem.box = boxAround(logs(r, alpha, 1.0, 1.0), 18.0);
    return problem;
}

class BgNbd final : public FrequencyModel {
public:
    std::string_view name() const override { return "bg-nbd"; }
    std::span<const std::string_view> parameterNames() const override { return kNames; }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        Result<ModelFit> nbd = nbdModel().fit(customers, options, task.part(0.0, 0.2));
        if (!nbd) {
            return nbd.error();
        }
        if (!nbd->usable()) {
            nbd->model = name();
            return nbd;
        }
        const FitProblem problem = problemFrom(*nbd);
        const Objective objective = objectiveOf(customers);
        const Optimum optimum =
            bestOfStarts(customers, objective, problem, options, task.part(0.2, 0.9));
        if (optimum.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        if (showsNoChurn(*nbd, optimum)) {
            return noChurnFit(name(), std::move(*nbd), optimum.evaluations);
        }
        ModelFit fit = describeFit(name(), kNames, objective, problem.box, optimum,
                                   customers.customers);
        fit.evaluations += nbd->evaluations;
        if (isRunningAway(fit, 0, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_rate";
        } else if (isRunningAway(fit, 2, kLargeShape) || isRunningAway(fit, 3, kLargeShape)) {
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
        if (h.x == 0) {
            return 1.0;
        }
        const double silence = std::log1p((h.T - h.tx) / (p[1] + h.tx));
        return logistic(std::log(p[3] + (h.x - 1)) - std::log(p[2]) - (p[0] + h.x) * silence);
    }
    double stayingWhileAlive(std::span<const double> p, const RepeatHistory &h,
                             double t) const override
    {
        return stayingUntilDropout(p[0] + h.x, p[1] + h.T, p[2], p[3] + h.x, t);
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        return expectedUntilDropout(p[0] + h.x, p[1] + h.T, p[2], p[3] + h.x, t);
    }
    double noneWhileAlive(std::span<const double> p, const RepeatHistory &h,
                          double t) const override
    {
        // Until the next purchase nobody leaves.
        return std::exp(-(p[0] + h.x) * std::log1p(t / (p[1] + h.T)));
    }
    std::vector<double> countsWhileAlive(std::span<const double> p, const RepeatHistory &h,
                                         int maxOrders, double t) const override
    {
        return countsUntilDropout(p[0] + h.x, p[1] + h.T, p[2], p[3] + h.x, maxOrders, t);
    }
    double expectedOfNew(std::span<const double> p, double t) const override
    {
        return expectedUntilDropout(p[0], p[1], p[2], p[3], t);
    }

    std::vector<double> countProbabilities(std::span<const double> p, int maxOrders,
                                           double t) const override
    {
        return countsUntilDropout(p[0], p[1], p[2], p[3], maxOrders, t);
    }
};

} // namespace

const FrequencyModel &bgNbdModel()
{
    static const BgNbd model;
    return model;
}

} // namespace perennial
