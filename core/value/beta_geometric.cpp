#include "core/value/beta_geometric.h"

#include "core/value/nbd.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 4> kNames{"r", "alpha", "a", "b"};
constexpr double kLargeShape = 1000.0;
/// Past this r a start is taken to lie on the NBD's edge of one rate for everybody.
constexpr double kLargestStart = 20.0;

struct Prepared {
    BetaGeometric kind;
    RepeatTable table;
    DistinctValues T, tx;
    std::int32_t mostRepeats = 0;
    double constant = 0.0; ///< what k alone adds: Σ (k-1) log gap - log (k-1)!
};

Prepared prepare(const BetaGeometric &kind, const RepeatTable &table)
{
    Prepared prepared{kind, table, distinctValues(table.T), distinctValues(table.tx), 0, 0.0};
    double repeats = 0.0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        prepared.mostRepeats = std::max(prepared.mostRepeats, table.x[i]);
        repeats += table.weight[i] * table.x[i];
    }
    if (kind.k > 1) {
        prepared.constant =
            (kind.k - 1) * table.logGaps.value_or(0.0) - repeats * logGamma(kind.k);
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

/// Σ w log v over v in [1, 2], most of weight 1: those are multiplied, one logarithm for hundreds.
class LogSum {
public:
    void add(double weight, double v)
    {
        if (weight != 1.0) {
            m_sum += weight * std::log(v);
            return;
        }
        m_product *= v;
        if (m_product > 1e290) {
            m_sum += std::log(m_product);
            m_product = 1.0;
        }
    }
    double value() const { return m_sum.value() + std::log(m_product); }

private:
    CompensatedSum m_sum;
    double m_product = 1.0;
};

/// log of a / (b + n - 1), the odds of leaving after the n-th chance and not before; [0] is unused.
std::vector<double> logOddsOf(double a, double b, std::int32_t most)
{
    std::vector<double> logOdds(static_cast<std::size_t>(most) + 1);
    for (std::int32_t n = 1; n <= most; ++n) {
        logOdds[static_cast<std::size_t>(n)] = std::log(a) - std::log(b + (n - 1));
    }
    return logOdds;
}

/// One customer, n chances to leave: log of the likelihood if he never left, plus log(1 + e^u), where
/// e^u is the odds that he left with his last purchase:
///   u = log a - log(b+n-1) + (r+kx) log((α+T)/(α+tx)) - log S,  S = Σ_{j<k} (r+kx)_j / j! z^j.
LogLikelihood evaluate(const Prepared &data, double r, double alpha, double a, double b)
{
    const auto [leaving, k] = data.kind;
    const std::int32_t mostChances = chancesToLeave(leaving, data.mostRepeats);
    const RisingLog rising = risingLog(r, data.mostRepeats, k);
    const StayingLog staying = stayingLog(a, b, mostChances);
    const std::vector<double> logOdds = logOddsOf(a, b, mostChances);
    const std::vector<double> logT = logsOf(data.T.value, alpha);
    const std::vector<double> logTx = logsOf(data.tx.value, alpha);
    const double logAlpha = std::log(alpha);
    CompensatedSum value = data.constant;
    LogSum odds;
    double byR = 0.0;
    double byLogAlpha = 0.0;
    double byA = 0.0;
    double byB = 0.0;
    const RepeatTable &table = data.table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double w = table.weight[i];
        const double T = table.T[i];
        const double lT = logT[data.T.of[i]];
        const auto x = static_cast<std::size_t>(table.x[i]);
        const double events = static_cast<double>(k) * table.x[i];
        const auto chances = static_cast<std::size_t>(chancesToLeave(leaving, table.x[i]));
        const double shape = r + events;
        const double span = lT - logTx[data.tx.of[i]];
        const Silence silence =
            k > 1 ? silenceOf(shape, (T - table.tx[i]) / (alpha + T), k) : Silence();
        value += w * (rising.log[x] - r * lT - events * (logAlpha + lT) + silence.log);
        byR += w * (rising.derivative[x] - lT + silence.byShape);
        byLogAlpha += w * (r - alpha * (shape + silence.byLogZ) / (alpha + T));
        if (chances == 0) {
            continue;
        }
        const double u = logOdds[chances] + shape * span - silence.log;
        const double e = std::exp(-std::abs(u));
        const double left = u > 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
        value += w * (staying.log[chances] + std::max(u, 0.0));
        odds.add(w, 1.0 + e);
        byR += w * left * (span - silence.byShape);
        byLogAlpha += w * left * alpha *
                      ((shape + silence.byLogZ) / (alpha + T) - shape / (alpha + table.tx[i]));
        byA += w * (staying.byA[chances] + left / a);
        byB += w * (staying.byB[chances] - left / (b + static_cast<double>(chances) - 1.0));
    }
    LogLikelihood result{value.value() + odds.value(), {byR * r, byLogAlpha}};
    if (leaving != Leaving::Never) {
        result.logGradient.insert(result.logGradient.end(), {byA * a, byB * b});
    }
    return result;
}

LogLikelihood evaluate(const Prepared &data, std::span<const double> p)
{
    return data.kind.leaving == Leaving::Never ? evaluate(data, p[0], p[1], 1.0, 1.0)
                                               : evaluate(data, p[0], p[1], p[2], p[3]);
}

} // namespace

Silence silenceOf(double shape, double z, std::int32_t k)
{
    double term = 1.0;
    double sum = 1.0;
    double inverses = 0.0; // Σ_{i<j} 1 / (shape + i): derivative of log (shape)_j
    double byShape = 0.0;
    double byLogZ = 0.0;
    for (std::int32_t j = 1; j < k; ++j) {
        const double factor = shape + (j - 1);
        term *= factor / j * z;
        inverses += 1.0 / factor;
        sum += term;
        byShape += term * inverses;
        byLogZ += term * j;
    }
    return {std::log(sum), byShape / sum, byLogZ / sum};
}

LogLikelihood betaGeometricLogLikelihood(const BetaGeometric &kind, std::span<const double> p,
                                         const RepeatTable &customers)
{
    return evaluate(prepare(kind, customers), p);
}

CustomerLikelihood betaGeometricOfCustomer(const BetaGeometric &kind, std::span<const double> p,
                                           const RepeatHistory &h)
{
    const double r = p[0];
    const double alpha = p[1];
    const std::int32_t chances = chancesToLeave(kind.leaving, h.x);
    const double shape = r + static_cast<double>(kind.k) * h.x;
    const double lT = std::log1p(h.T / alpha);
    const Silence silence = silenceOf(shape, (h.T - h.tx) / (alpha + h.T), kind.k);
    double value = silence.log - r * lT;
    double byR = silence.byShape - lT;
    for (std::int32_t i = 0; i < kind.k * h.x; ++i) {
        value += std::log((r + i) / (alpha + h.T));
        byR += 1.0 / (r + i);
    }
    const double active = (shape + silence.byLogZ) / (alpha + h.T);
    double byLogAlpha = r - alpha * active;
    if (chances == 0) {
        return {value, {byR * r, byLogAlpha, 0.0, 0.0}};
    }
    const double a = p[2];
    const double b = p[3];
    double byA = 0.0;
    double byB = 0.0;
    for (std::int32_t i = 0; i < chances; ++i) {
        value -= std::log1p(a / (b + i));
        byA -= 1.0 / (a + b + i);
        byB += a / ((b + i) * (a + b + i));
    }
    const double span = lT - std::log1p(h.tx / alpha);
    const double u = std::log(a) - std::log(b + (chances - 1)) + shape * span - silence.log;
    const double left = logistic(u);
    value += log1pExp(u);
    byR += left * (span - silence.byShape);
    byLogAlpha += left * alpha * (active - shape / (alpha + h.tx));
    byA += left / a;
    byB -= left / (b + (chances - 1));
    return {value, {byR * r, byLogAlpha, byA * a, byB * b}};
}

double betaGeometricAlive(const BetaGeometric &kind, std::span<const double> p,
                          const RepeatHistory &h)
{
    const std::int32_t chances = chancesToLeave(kind.leaving, h.x);
    if (chances == 0) {
        return 1.0;
    }
    const double shape = p[0] + static_cast<double>(kind.k) * h.x;
    const double span = std::log1p((h.T - h.tx) / (p[1] + h.tx));
    const double silence =
        kind.k > 1 ? silenceOf(shape, (h.T - h.tx) / (p[1] + h.T), kind.k).log : 0.0;
    return logistic(std::log(p[3] + (chances - 1)) - std::log(p[2]) - shape * span + silence);
}

Objective betaGeometricObjective(const BetaGeometric &kind, const RepeatTable &customers)
{
    auto data = std::make_shared<const Prepared>(prepare(kind, customers));
    return [data](const Eigen::VectorXd &at) {
        const Eigen::VectorXd p = at.array().exp();
        const LogLikelihood ll =
            evaluate(*data, std::span<const double>(p.data(), static_cast<std::size_t>(p.size())));
        const double scale = -1.0 / data->table.customers;
        return Evaluation{scale * ll.value,
                          scale * Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), at.size())};
    };
}

FitProblem betaGeometricProblem(const BetaGeometric &kind, const ModelFit &stayers)
{
    // Where the fit without dropout has run to r = ∞ the likelihood is flat in r, and a start there
    // would stay there, although dropout may well explain what makes the customers look alike.
    const double shape = stayers.parameters.end()[-2];
    const double scale = stayers.parameters.end()[-1];
    const double r = std::min(shape, kLargestStart);
    const double alpha = r / shape * scale;
    const auto logs = [](double p, double q, double s, double t) -> Eigen::VectorXd {
        return Eigen::Vector4d(std::log(p), std::log(q), std::log(s), std::log(t));
    };
    FitProblem problem;
    problem.objectiveFor = [kind](const RepeatTable &part) {
        return betaGeometricObjective(kind, part);
    };
    problem.starts = {logs(r, alpha, 0.8, 2.5), logs(0.6 * r, 0.4 * alpha, 0.3, 0.5),
                      logs(1.5 * r, alpha, 4.0, 16.0), logs(shape, scale, 1e-3, 1.0)};
    problem.box = boxAround(logs(r, alpha, 1.0, 1.0), 18.0);
    return problem;
}

void nameHomogeneity(ModelFit &fit)
{
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        const std::string &name = fit.names[i];
        const bool isRate = name == "r";
        if ((isRate || name == "a" || name == "b") && isRunningAway(fit, i, kLargeShape)) {
            fit.status = FitStatus::Boundary;
            fit.reason = isRate ? "homogeneous_rate" : "homogeneous_dropout";
            return;
        }
    }
}

Result<ModelFit> fitBetaGeometric(std::string_view model, Leaving leaving,
                                  const RepeatTable &customers, const FitOptions &options,
                                  const Task &task)
{
    Result<ModelFit> nbd = nbdModel().fit(customers, options, task.part(0.0, 0.2));
    if (!nbd) {
        return nbd.error();
    }
    if (!nbd->usable()) {
        nbd->model = model;
        return nbd;
    }
    const BetaGeometric kind{leaving, 1};
    const FitProblem problem = betaGeometricProblem(kind, *nbd);
    const Objective objective = betaGeometricObjective(kind, customers);
    const Optimum optimum =
        bestOfStarts(customers, objective, problem, options, task.part(0.2, 0.9));
    if (optimum.cancelled) {
        return fail(ErrorCode::Cancelled);
    }
    if (showsNoChurn(*nbd, optimum)) {
        return noChurnFit(model, std::move(*nbd), optimum.evaluations);
    }
    ModelFit fit =
        describeFit(model, kNames, objective, problem.box, optimum, customers.customers);
    fit.evaluations += nbd->evaluations;
    nameHomogeneity(fit);
    return fit;
}

std::span<const std::string_view> betaGeometricNames() noexcept
{
    return kNames;
}

} // namespace perennial
