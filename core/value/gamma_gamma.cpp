#include "core/value/gamma_gamma.h"

#include "core/value/fit_driver.h"
#include "core/numeric/special.h"

#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 3> kNames{"p", "q", "gamma"};
constexpr double kLargeShape = 1000.0;

/// Customers with a positive mean spend, in units of their average: gamma is then of order 1.
struct Spends {
    std::vector<double> days, mean, logMean;
    DistinctValues distinctDays;
    double unit = 1.0;
    std::size_t size() const noexcept { return days.size(); }
};

bool isUsable(const CustomerSummary &customers, std::size_t i)
{
    return customers.spendDays[i] > 0 && std::isfinite(customers.meanSpend[i]) &&
           customers.meanSpend[i] > 0.0;
}

Spends spendsOf(const CustomerSummary &customers)
{
    Spends spends;
    double total = 0.0;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        if (isUsable(customers, i)) {
            spends.days.push_back(customers.spendDays[i]);
            spends.mean.push_back(customers.meanSpend[i]);
            total += customers.meanSpend[i];
        }
    }
    if (spends.size() > 0) {
        spends.unit = total / static_cast<double>(spends.size());
    }
    for (double &mean : spends.mean) {
        mean /= spends.unit;
        spends.logMean.push_back(std::log(mean));
    }
    spends.distinctDays = distinctValues(spends.days);
    return spends;
}

/// One customer's log-density of z and its gradient by log p, log q and log γ.
using SpendTerm = std::array<double, 4>;

/// What depends on the number of days only.
struct DayTerms {
    double log, byP, byQ;
    bool cancels; ///< a and b are so large that their log-gammas cancel: `density` is asked instead
};

constexpr double kLargestPlain = 200.0;

std::vector<DayTerms> dayTerms(const Spends &spends, double p, double q, double gamma)
{
    const double logGammaQ = logGamma(q);
    const double digammaQ = digamma(q);
    const double logScale = std::log(gamma);
    std::vector<DayTerms> terms;
    for (const double n : spends.distinctDays.value) {
        const double pn = p * n;
        const double digammaBoth = digamma(pn + q);
        terms.push_back({logGamma(pn + q) - logGamma(pn) - logGammaQ + q * logScale +
                             pn * std::log(n),
                         n * (digammaBoth - digamma(pn) + std::log(n)),
                         digammaBoth - digammaQ + logScale, pn + q > kLargestPlain});
    }
    return terms;
}

/// log L where log-gammas would cancel, as for customers who all spend alike (q and γ grow without
/// end): with a = pn, b = q, w = nz / (γ + nz) it is log(w^a (1-w)^b / (z B(a, b))), taken from the
/// density's mode a / (a + b) on, as Loader (2000), "Fast and accurate computation of binomial
/// probabilities", does.
SpendTerm density(double a, double b, double gamma, double spent, double logZ)
{
    const double both = a + b;
    const double excess = (spent * b - gamma * a) / (gamma + spent); // (w - a / (a + b)) (a + b)
    const double up = std::log1p(excess / a);
    const double down = std::log1p(-excess / b);
    constexpr double kTwoPi = 6.28318530717958647693;
    const double mode = 0.5 * std::log(a / both * b / kTwoPi) + stirlingRest(both) -
                        stirlingRest(a) - stirlingRest(b);
    const double rest = digammaRest(both) - 0.5 / both;
    return {a * up + b * down + mode - logZ, a * (rest - digammaRest(a) + up) + 0.5,
            b * (rest - digammaRest(b) + down) + 0.5, excess};
}

/// log L = log Γ(pn+q) / (Γ(pn) Γ(q)) + q log γ + (pn-1) log z + pn log n - (pn+q) log(γ + n z),
/// gamma and z in `unit`.
LogLikelihood evaluate(const Spends &spends, double p, double q, double gamma)
{
    const std::vector<DayTerms> terms = dayTerms(spends, p, q, gamma);
    SpendTerm sum{-static_cast<double>(spends.size()) * std::log(spends.unit)};
    for (std::size_t i = 0; i < spends.size(); ++i) {
        const DayTerms &t = terms[spends.distinctDays.of[i]];
        const double n = spends.days[i];
        const double spent = n * spends.mean[i];
        const double logZ = spends.logMean[i];
        if (t.cancels) {
            const SpendTerm term = density(p * n, q, gamma, spent, logZ);
            for (std::size_t j = 0; j < sum.size(); ++j) {
                sum[j] += term[j];
            }
            continue;
        }
        const double total = gamma + spent;
        const double logTotal = std::log(total);
        sum[0] += t.log + (p * n - 1.0) * logZ - (p * n + q) * logTotal;
        sum[1] += p * (t.byP + n * (logZ - logTotal));
        sum[2] += q * (t.byQ - logTotal);
        sum[3] += q - gamma * (p * n + q) / total;
    }
    return {sum[0], {sum[1], sum[2], sum[3]}};
}

Objective objectiveOf(std::shared_ptr<const Spends> spends)
{
    return [spends](const Eigen::VectorXd &at) {
        const LogLikelihood ll =
            evaluate(*spends, std::exp(at[0]), std::exp(at[1]), std::exp(at[2]));
        const double scale = -1.0 / static_cast<double>(spends->size());
        return Evaluation{scale * ll.value,
                          scale * Eigen::Map<const Eigen::VectorXd>(ll.logGradient.data(), 3)};
    };
}

/// The average customer spends 1 unit: gamma = (q - 1) / p.
std::vector<Eigen::VectorXd> startingPoints()
{
    std::vector<Eigen::VectorXd> starts;
    for (const auto &[p, q] : {std::pair{2.0, 3.0}, std::pair{6.0, 4.0}, std::pair{0.7, 1.5}}) {
        starts.push_back(Eigen::Vector3d(std::log(p), std::log(q), std::log((q - 1.0) / p)));
    }
    return starts;
}

void narrowReason(ModelFit &fit)
{
    if (!fit.usable()) {
        return;
    }
    if (isRunningAway(fit, 1, kLargeShape)) {
        fit.status = FitStatus::Boundary;
        fit.reason = "homogeneous_spend";
    } else if (isRunningAway(fit, 0, kLargeShape)) {
        fit.status = FitStatus::Boundary;
        fit.reason = "constant_spend";
    } else if (fit.parameters[1] < kLeastUsableTail) {
        fit.status = FitStatus::Boundary;
        fit.reason = "infinite_mean";
    }
}

class GammaGamma final : public SpendModel {
public:
    std::string_view name() const override { return "gamma-gamma"; }
    std::span<const std::string_view> parameterNames() const override { return kNames; }

    Result<ModelFit> fit(const CustomerSummary &customers, const FitOptions &options,
                         const Task &task) const override
    {
        auto spends = std::make_shared<const Spends>(spendsOf(customers));
        if (spends->size() == 0) {
            return fail(ErrorCode::NoRepeatBuyers, {}, std::string(name()));
        }
        const Objective objective = objectiveOf(spends);
        const Box box = boxAround(Eigen::Vector3d::Zero(), 14.0);
        const Optimum optimum = bestOfStarts(objective, startingPoints(), box, options, task);
        if (optimum.cancelled) {
            return fail(ErrorCode::Cancelled);
        }
        const auto used = static_cast<double>(spends->size());
        ModelFit fit = describeFit(name(), kNames, objective, box, optimum, used);
        fit.excluded = static_cast<std::int64_t>(customers.size() - spends->size());
        if (fit.usable()) {
            fit.parameters[2] *= spends->unit;
        }
        if (fit.hasCovariance()) {
            fit.standardErrors[2] *= spends->unit;
        }
        narrowReason(fit);
        return fit;
    }

    LogLikelihood logLikelihood(std::span<const double> parameters,
                                const CustomerSummary &customers) const override
    {
        const Spends spends = spendsOf(customers);
        return evaluate(spends, parameters[0], parameters[1], parameters[2] / spends.unit);
    }

    double expectedSpend(std::span<const double> parameters, std::int32_t days,
                         double meanSpend) const override
    {
        const auto [p, q, gamma] = std::tuple(parameters[0], parameters[1], parameters[2]);
        const bool seen = days > 0 && meanSpend > 0.0;
        const double n = seen ? days : 0.0;
        return p * (gamma + (seen ? n * meanSpend : 0.0)) / (p * n + q - 1.0);
    }
    bool hasFiniteMean(std::span<const double> parameters) const override
    {
        return parameters[1] >= kLeastUsableTail;
    }
};

} // namespace

const SpendModel &gammaGammaModel()
{
    static const GammaGamma model;
    return model;
}

} // namespace perennial
