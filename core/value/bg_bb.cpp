#include "core/value/bg_bb.h"

#include "core/value/fit_driver.h"
#include "core/value/periodic_dropout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 4> kNames{"alpha", "beta", "gamma", "delta"};
constexpr double kLargeShape = 1000.0;
/// A gamma at which nobody leaves.
constexpr double kNoDropout = 1e-12;
constexpr double kNegligible = 1e-18;
/// A window is taken for no longer: 55 years of days, 380 of weeks.
constexpr double kMostPeriods = 20'000.0;

/// A history on the clock of whole periods: 0 <= x <= tx <= T, tx = 0 only where x = 0.
struct Periods {
    std::int32_t x, tx, T;
};

Periods periodsOf(double x, double tx, double T)
{
    constexpr double kRounding = 1e-9;
    const double whole = std::floor(std::min(T, kMostPeriods) + kRounding);
    const double last = std::min(std::ceil(tx - kRounding), whole);
    return {static_cast<std::int32_t>(std::min(x, last)), static_cast<std::int32_t>(last),
            static_cast<std::int32_t>(whole)};
}

struct Prepared {
    std::vector<Periods> rows;
    std::vector<double> weight;
    double customers = 0.0;
    std::int32_t lastOrder = 0;
};

Prepared prepare(const RepeatTable &table)
{
    Prepared prepared{{}, table.weight, table.customers, 0};
    for (std::size_t i = 0; i < table.size(); ++i) {
        prepared.rows.push_back(periodsOf(table.x[i], table.tx[i], table.T[i]));
        prepared.lastOrder = std::max(prepared.lastOrder, prepared.rows.back().tx);
    }
    return prepared;
}

/// Sums over k < n that the likelihood is made of. The logarithms are of ratios, near 0 where their
/// parameters are large, so that the likelihood of customers all alike is as exact as any.
struct Sums {
    double logShare;                               ///< log a/(a+b)
    std::vector<double> ordersLog;                 ///< log1p(k/a)
    std::vector<double> chancesLog;                ///< log1p(k/(a+b))
    std::vector<double> misses, leaves;            ///< log1p(a/(b+k)), log1p(c/(d+k))
    std::vector<double> byA, byB, byAb, byD, byCd; ///< 1/(a+k), … 1/(c+d+k)
};

std::vector<double> sumsOf(std::int32_t most, const auto &term)
{
    std::vector<double> sums(static_cast<std::size_t>(most) + 1);
    for (std::size_t n = 1; n < sums.size(); ++n) {
        sums[n] = sums[n - 1] + std::log1p(term(static_cast<double>(n - 1)));
    }
    return sums;
}

std::vector<double> reciprocals(std::int32_t most, double from)
{
    std::vector<double> sums(static_cast<std::size_t>(most) + 1);
    for (std::size_t n = 1; n < sums.size(); ++n) {
        sums[n] = sums[n - 1] + 1.0 / (from + static_cast<double>(n - 1));
    }
    return sums;
}

Sums sumsUpTo(std::int32_t most, double a, double b, double c, double d)
{
    return {-std::log1p(b / a),
            sumsOf(most, [a](double k) { return k / a; }),
            sumsOf(most, [a, b](double k) { return k / (a + b); }),
            sumsOf(most, [a, b](double k) { return a / (b + k); }),
            sumsOf(most, [c, d](double k) { return c / (d + k); }),
            reciprocals(most, a),
            reciprocals(most, b),
            reciprocals(most, a + b),
            reciprocals(most, d),
            reciprocals(most, c + d)};
}

/// The likelihood of one customer in units of its largest term, in which he leaves after his last
/// order, summed over all the periods in which he may have left: with m from tx to T,
///   q_m = (b+tx-x)_(m-tx) (d+tx)_(m-tx) / ((a+b+tx)_(m-tx) (c+d+tx)_(m-tx)),
///   Σ_{m<T} q_m c / (c+d+m) + q_T,
/// and the same weighted with the logarithmic derivatives of the terms.
struct LeavingSum {
    double sum = 0.0;
    double stays = 0.0; ///< q_T
    double byA = 0.0, byB = 0.0, byC = 0.0, byD = 0.0;
};

LeavingSum leavingSum(const Periods &h, double a, double b, double c, double d)
{
    LeavingSum s;
    double q = 1.0;
    double byA = 0.0; // of log q
    double byB = 0.0;
    double byC = 0.0;
    double byD = 0.0;
    for (std::int32_t m = h.tx; m < h.T; ++m) {
        const double inAb = 1.0 / (a + b + m);
        const double inCd = 1.0 / (c + d + m);
        const double term = q * c * inCd;
        s.sum += term;
        s.byA += term * byA;
        s.byB += term * byB;
        s.byC += term * (byC + 1.0 / c - inCd);
        s.byD += term * (byD - inCd);
        const double rest = b + (m - h.x);
        q *= rest * inAb * (d + m) * inCd;
        byA -= inAb;
        byB += 1.0 / rest - inAb;
        byC -= inCd;
        byD += 1.0 / (d + m) - inCd;
        if (q < kNegligible * s.sum) {
            break; // what is left adds up to less than q
        }
    }
    s.sum += q;
    s.stays = q;
    s.byA += q * byA;
    s.byB += q * byB;
    s.byC += q * byC;
    s.byD += q * byD;
    return s;
}

LogLikelihood evaluate(const Prepared &data, double a, double b, double c, double d)
{
    const Sums r = sumsUpTo(data.lastOrder, a, b, c, d);
    double value = 0.0;
    std::array<double, 4> by{};
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        const Periods &h = data.rows[i];
        const double w = data.weight[i];
        const auto x = static_cast<std::size_t>(h.x);
        const auto tx = static_cast<std::size_t>(h.tx);
        const LeavingSum s = leavingSum(h, a, b, c, d);
        value +=
            w * (h.x * r.logShare + r.ordersLog[x] - (r.chancesLog[tx] - r.chancesLog[tx - x]) -
                 r.misses[tx - x] - r.leaves[tx] + std::log(s.sum));
        by[0] += w * (r.byA[x] - r.byAb[tx] + s.byA / s.sum);
        by[1] += w * (r.byB[tx - x] - r.byAb[tx] + s.byB / s.sum);
        by[2] += w * (s.byC / s.sum - r.byCd[tx]);
        by[3] += w * (r.byD[tx] - r.byCd[tx] + s.byD / s.sum);
    }
    return {value, {by[0] * a, by[1] * b, by[2] * c, by[3] * d}};
}

Evaluation perCustomer(const LogLikelihood &ll, double customers, Eigen::Index parameters)
{
    const double scale = -1.0 / customers;
    return {scale * ll.value,
            scale * Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), parameters)};
}

Objective objectiveOf(const RepeatTable &table)
{
    auto data = std::make_shared<const Prepared>(prepare(table));
    return [data](const Eigen::VectorXd &at) {
        const Eigen::VectorXd p = at.array().exp();
        return perCustomer(evaluate(*data, p[0], p[1], p[2], p[3]), data->customers, 4);
    };
}

/// The beta-binomial: nobody leaves.
Objective stayingObjectiveOf(const RepeatTable &table)
{
    auto data = std::make_shared<const Prepared>(prepare(table));
    return [data](const Eigen::VectorXd &at) {
        return perCustomer(evaluate(*data, std::exp(at[0]), std::exp(at[1]), kNoDropout, 1.0),
                           data->customers, 2);
    };
}

ModelFit fitStaying(const RepeatTable &customers, const Box &box, const FitOptions &options,
                    const Task &task)
{
    FitProblem problem;
    problem.objectiveFor = stayingObjectiveOf;
    problem.starts = {Eigen::Vector2d(0.0, 0.0), Eigen::Vector2d(-1.0, 1.0)};
    problem.box = {box.lower.head(2), box.upper.head(2)};
    const Objective objective = stayingObjectiveOf(customers);
    const Optimum optimum = bestOfStarts(customers, objective, problem, options, task);
    const std::array<std::string_view, 2> names{kNames[0], kNames[1]};
    ModelFit fit = describeFit(bgBbModel().name(), names, objective, problem.box, optimum,
                               customers.customers);
    fit.names.assign(kNames.begin(), kNames.end());
    if (fit.usable()) {
        fit.parameters.push_back(kNoDropout);
        fit.parameters.push_back(1.0);
    }
    return fit;
}

FitProblem problemFrom(const ModelFit &staying, const Box &box)
{
    const double a = std::min(staying.parameters[0], 50.0);
    const double b = a * staying.parameters[1] / staying.parameters[0];
    const auto logs = [](double p, double q, double s, double t) -> Eigen::VectorXd {
        return Eigen::Vector4d(std::log(p), std::log(q), std::log(s), std::log(t));
    };
    FitProblem problem;
    problem.objectiveFor = objectiveOf;
    problem.starts = {logs(a, 0.5 * b, 0.7, 3.0), logs(1.0, 1.0, 0.3, 0.5), logs(a, b, 2.0, 30.0),
                      logs(staying.parameters[0], staying.parameters[1], 1e-3, 1.0)};
    problem.box = box;
    return problem;
}

class BgBb final : public FrequencyModel {
public:
    std::string_view name() const override { return "bg-bb"; }
    std::span<const std::string_view> parameterNames() const override { return kNames; }
    OrderClock clock() const noexcept override { return OrderClock::WholePeriods; }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        const Box box = boxAround(Eigen::VectorXd::Zero(4), 18.0);
        ModelFit staying = fitStaying(customers, box, options, task.part(0.0, 0.2));
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (!staying.usable()) {
            return staying;
        }
        const FitProblem problem = problemFrom(staying, box);
        const Objective objective = objectiveOf(customers);
        const Optimum optimum =
            bestOfStarts(customers, objective, problem, options, task.part(0.2, 0.9));
        if (optimum.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        if (explainsNoMore(staying, optimum)) {
            return noDropoutFit(std::move(staying), optimum.evaluations);
        }
        ModelFit fit =
            describeFit(name(), kNames, objective, problem.box, optimum, customers.customers);
        fit.evaluations += staying.evaluations;
        const auto runsAway = [&](std::size_t i) { return isRunningAway(fit, i, kLargeShape); };
        if (runsAway(0) || runsAway(1)) {
            fit.status = FitStatus::Boundary;
            fit.reason = "homogeneous_rate";
        } else if (runsAway(2) || runsAway(3)) {
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
        const LeavingSum s = leavingSum(periodsOf(h.x, h.tx, h.T), p[0], p[1], p[2], p[3]);
        return s.stays / s.sum;
    }
    double stayingWhileAlive(std::span<const double> p, const RepeatHistory &h,
                             double t) const override
    {
        const double T = periodsOf(h.x, h.tx, h.T).T;
        return between(t, [&](double m) { return stayingForPeriods(p[2], p[3] + T, m); });
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        const Periods now = periodsOf(h.x, h.tx, h.T);
        return (p[0] + now.x) / (p[0] + p[1] + now.T) *
               between(t, [&](double m) { return activePeriods(p[2], p[3] + now.T, m); });
    }
    std::vector<double> countsWhileAlive(std::span<const double> p, const RepeatHistory &h,
                                         int maxOrders, double t) const override
    {
        const Periods now = periodsOf(h.x, h.tx, h.T);
        return countsAhead(p[0] + now.x, p[1] + (now.T - now.x), p[2], p[3] + now.T, maxOrders, t);
    }
    double expectedOfNew(std::span<const double> p, double t) const override
    {
        return expectedWhileAlive(p, {}, t);
    }
    std::vector<double> countProbabilities(std::span<const double> p, int maxOrders,
                                           double t) const override
    {
        return countsWhileAlive(p, {}, maxOrders, t);
    }

private:
    /// A quantity known after whole periods, between two of them.
    template <class Function>
    static double between(double t, const Function &after)
    {
        const double whole = std::floor(t);
        const double share = t - whole;
        const double here = after(whole);
        return share > 0.0 ? here + share * (after(whole + 1.0) - here) : here;
    }

    static std::vector<double> countsAhead(double a, double b, double c, double d, int maxOrders,
                                           double t)
    {
        const double whole = std::floor(t);
        const double share = t - whole;
        std::vector<double> counts = countsInPeriods(a, b, c, d, maxOrders, whole);
        if (share > 0.0) {
            const auto next = countsInPeriods(a, b, c, d, maxOrders, whole + 1.0);
            for (std::size_t n = 0; n < counts.size(); ++n) {
                counts[n] += share * (next[n] - counts[n]);
            }
        }
        return counts;
    }

    /// The beta-binomial; its errors say nothing of a dropout.
    static ModelFit noDropoutFit(ModelFit staying, int evaluations)
    {
        staying.status = FitStatus::Boundary;
        staying.reason = "no_dropout";
        staying.evaluations += evaluations;
        staying.standardErrors.clear();
        staying.logStandardErrors.clear();
        staying.logCovariance.clear();
        return staying;
    }
};

} // namespace

const FrequencyModel &bgBbModel()
{
    static const BgBb model;
    return model;
}

} // namespace perennial
