#include "core/value/bg_cnbd_k.h"

#include "core/value/beta_geometric.h"
#include "core/value/fit_driver.h"
#include "core/value/nbd.h"
#include "core/value/regular_purchases.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 5> kNames{"k", "r", "alpha", "a", "b"};
constexpr std::string_view kStayersName = "cnbd-k";
constexpr int kWorseInARow = 2; ///< likelihoods that end the search for k

std::int32_t regularityOf(std::span<const double> p)
{
    return static_cast<std::int32_t>(
        std::lround(std::clamp(p[0], 1.0, static_cast<double>(kMostRegular))));
}

/// Puts k before the other parameters, known exactly.
void insertRegularity(ModelFit &fit, std::int32_t k)
{
    const std::size_t n = fit.parameters.size();
    fit.names.insert(fit.names.begin(), "k");
    if (!fit.usable()) {
        return;
    }
    fit.parameters.insert(fit.parameters.begin(), k);
    if (!fit.hasCovariance()) {
        return;
    }
    fit.standardErrors.insert(fit.standardErrors.begin(), 0.0);
    fit.logStandardErrors.insert(fit.logStandardErrors.begin(), 0.0);
    std::vector<double> covariance((n + 1) * (n + 1));
    for (std::size_t i = 0; i < n; ++i) {
        std::copy_n(fit.logCovariance.begin() + static_cast<std::ptrdiff_t>(i * n), n,
                    covariance.begin() + static_cast<std::ptrdiff_t>((i + 1) * (n + 1) + 1));
    }
    fit.logCovariance = std::move(covariance);
}

/// The likelihood without dropout, for one k.
Result<ModelFit> fitStayers(std::int32_t k, const RepeatTable &customers, const ModelFit &nbd,
                            const FitOptions &options, const Task &task)
{
    if (k == 1) {
        return nbd;
    }
    const BetaGeometric kind{Leaving::Never, k};
    const double rate = nbd.parameters[0] / nbd.parameters[1];
    FitProblem problem;
    problem.objectiveFor = [kind](const RepeatTable &part) {
        return betaGeometricObjective(kind, part);
    };
    for (const double r : {0.5, 3.0}) {
        problem.starts.push_back(Eigen::Vector2d(std::log(r), std::log(r / rate / k)));
    }
    problem.box = boxAround(Eigen::Vector2d(0.0, -std::log(rate * k)), 18.0);
    const Objective objective = betaGeometricObjective(kind, customers);
    const Optimum optimum = bestOfStarts(customers, objective, problem, options, task);
    if (optimum.cancelled) {
        return fail(ErrorCode::Cancelled);
    }
    ModelFit fit = describeFit(kStayersName, betaGeometricNames().first(2), objective, problem.box,
                               optimum, customers.customers);
    nameHomogeneity(fit);
    return fit;
}

/// The best of one k, with dropout where the model has it.
struct Candidate {
    std::int32_t k = 0;
    ModelFit fit; ///< without "k" among its parameters
};

Result<Candidate> fitAt(std::string_view model, const BetaGeometric &kind,
                        const RepeatTable &customers, const ModelFit &nbd,
                        const FitOptions &options, const Task &task)
{
    auto stayers = fitStayers(kind.k, customers, nbd, options, task.part(0.0, 0.3));
    if (!stayers) {
        return stayers.error();
    }
    if (kind.leaving == Leaving::Never || !stayers->usable()) {
        return Candidate{kind.k, *std::move(stayers)};
    }
    const FitProblem problem = betaGeometricProblem(kind, *stayers);
    const Objective objective = betaGeometricObjective(kind, customers);
    const Optimum optimum =
        bestOfStarts(customers, objective, problem, options, task.part(0.3, 1.0));
    if (optimum.cancelled) {
        return fail(ErrorCode::Cancelled);
    }
    if (showsNoChurn(*stayers, optimum)) {
        return Candidate{kind.k, noChurnFit(model, *std::move(stayers), optimum.evaluations)};
    }
    ModelFit fit = describeFit(model, betaGeometricNames(), objective, problem.box, optimum,
                               customers.customers);
    nameHomogeneity(fit);
    return Candidate{kind.k, std::move(fit)};
}

class CnbdK final : public FrequencyModel {
public:
    CnbdK(std::string_view name, Leaving leaving) : m_name(name), m_leaving(leaving) {}

    std::string_view name() const override { return m_name; }
    std::span<const std::string_view> parameterNames() const override
    {
        return std::span(kNames).first(m_leaving == Leaving::Never ? 3 : 5);
    }
    bool readsGaps() const noexcept override { return true; }
    bool hasDropout() const noexcept override { return m_leaving != Leaving::Never; }
    bool outlookReadsRecency() const noexcept override { return true; }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        if (!customers.logGaps || !std::isfinite(*customers.logGaps)) {
            return fail(ErrorCode::InvalidArgument, {}, "gaps");
        }
        const auto nbd = nbdModel().fit(customers, options, task.part(0.0, 0.05));
        if (!nbd) {
            return nbd.error();
        }
        if (!nbd->usable()) {
            ModelFit failed = *nbd;
            failed.model = failed.reportedModel = m_name;
            return failed;
        }
        auto best = searchRegularity(customers, *nbd, options, task.part(0.05, 1.0));
        if (!best) {
            return best.error();
        }
        return named(*std::move(best));
    }

    LogLikelihood logLikelihood(std::span<const double> p,
                                const RepeatTable &customers) const override
    {
        return betaGeometricLogLikelihood(kindOf(p), p.subspan(1), customers);
    }

    double pAlive(std::span<const double> p, const RepeatHistory &h) const override
    {
        return betaGeometricAlive(kindOf(p), p.subspan(1), h);
    }
    double stayingWhileAlive(std::span<const double> p, const RepeatHistory &h,
                             double t) const override
    {
        return stayingOfRegular(buyerOf(p, h), t);
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        return expectedOfRegular(buyerOf(p, h), t);
    }
    double noneWhileAlive(std::span<const double> p, const RepeatHistory &h,
                          double t) const override
    {
        return noneOfRegular(buyerOf(p, h), t);
    }
    std::vector<double> countsWhileAlive(std::span<const double> p, const RepeatHistory &h,
                                         int maxOrders, double t) const override
    {
        return countsOfRegular(buyerOf(p, h), maxOrders, t);
    }
    double expectedOfNew(std::span<const double> p, double t) const override
    {
        return pAlive(p, {}) * expectedWhileAlive(p, {}, t);
    }
    std::vector<double> countProbabilities(std::span<const double> p, int maxOrders,
                                           double t) const override
    {
        return conditionalCounts(*this, p, {}, maxOrders, t);
    }

private:
    BetaGeometric kindOf(std::span<const double> p) const { return {m_leaving, regularityOf(p)}; }
    RegularBuyer buyerOf(std::span<const double> p, const RepeatHistory &h) const
    {
        return regularBuyer(kindOf(p), p.subspan(1), h);
    }

    Result<Candidate> searchRegularity(const RepeatTable &customers, const ModelFit &nbd,
                                       const FitOptions &options, const Task &task) const
    {
        Candidate best;
        int evaluations = 0;
        int worse = 0;
        for (std::int32_t k = 1; k <= kMostRegular && worse < kWorseInARow; ++k) {
            auto next = fitAt(m_name, {m_leaving, k}, customers, nbd, options,
                              task.part((k - 1.0) / kMostRegular, 1.0 * k / kMostRegular));
            if (!next) {
                return next.error();
            }
            evaluations += next->fit.evaluations;
            const bool usable = next->fit.usable();
            const bool better = best.k == 0 || (usable && !best.fit.usable()) ||
                                (usable && next->fit.logLikelihood > best.fit.logLikelihood);
            // A fit without a maximum says nothing about where the best k lies.
            worse = better ? 0 : worse + (usable ? 1 : 0);
            if (better) {
                best = *std::move(next);
            }
        }
        best.fit.evaluations = evaluations;
        return best;
    }

    /// The best candidate under this model's name, with its k; the NBD keeps its own shape.
    ModelFit named(Candidate best) const
    {
        ModelFit fit = std::move(best.fit);
        fit.model = m_name;
        const bool isNbd = fit.reportedModel == "nbd";
        if (isNbd && m_leaving != Leaving::Never) {
            return fit;
        }
        if (isNbd) {
            fit.reportedModel = m_name;
        }
        insertRegularity(fit, best.k);
        if (best.k == kMostRegular && fit.status == FitStatus::Converged) {
            fit.status = FitStatus::Boundary;
            fit.reason = "most_regular";
        }
        return fit;
    }

    std::string_view m_name;
    Leaving m_leaving;
};

} // namespace

const FrequencyModel &bgCnbdKModel()
{
    static const CnbdK model("bg-cnbd-k", Leaving::AfterRepeats);
    return model;
}

const FrequencyModel &mbgCnbdKModel()
{
    static const CnbdK model("mbg-cnbd-k", Leaving::AfterAny);
    return model;
}

const FrequencyModel &cnbdKModel()
{
    static const CnbdK model(kStayersName, Leaving::Never);
    return model;
}

} // namespace perennial
