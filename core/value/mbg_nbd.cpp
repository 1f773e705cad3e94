#include "core/value/mbg_nbd.h"

#include "core/value/beta_geometric.h"
#include "core/value/geometric_dropout.h"

#include <cmath>

namespace perennial {

namespace {

constexpr BetaGeometric kKind{Leaving::AfterAny, 1};

// Whoever is active after x repeats has stayed on x + 1 times: his p is Beta(a, b + x + 1). A new
// customer is one of no repeats at T = 0, active with probability b / (a + b).
class MbgNbd final : public FrequencyModel {
public:
    std::string_view name() const override { return "mbg-nbd"; }
    std::span<const std::string_view> parameterNames() const override
    {
        return betaGeometricNames();
    }

    Result<ModelFit> fit(const RepeatTable &customers, const FitOptions &options,
                         const Task &task) const override
    {
        return fitBetaGeometric(name(), kKind.leaving, customers, options, task);
    }

    LogLikelihood logLikelihood(std::span<const double> p,
                                const RepeatTable &customers) const override
    {
        return betaGeometricLogLikelihood(kKind, p, customers);
    }

    double pAlive(std::span<const double> p, const RepeatHistory &h) const override
    {
        return betaGeometricAlive(kKind, p, h);
    }
    double stayingWhileAlive(std::span<const double> p, const RepeatHistory &h,
                             double t) const override
    {
        return stayingUntilDropout(p[0] + h.x, p[1] + h.T, p[2], p[3] + h.x + 1, t);
    }
    double expectedWhileAlive(std::span<const double> p, const RepeatHistory &h,
                              double t) const override
    {
        return expectedUntilDropout(p[0] + h.x, p[1] + h.T, p[2], p[3] + h.x + 1, t);
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
        return countsUntilDropout(p[0] + h.x, p[1] + h.T, p[2], p[3] + h.x + 1, maxOrders, t);
    }
    double expectedOfNew(std::span<const double> p, double t) const override
    {
        const RepeatHistory fresh;
        return pAlive(p, fresh) * expectedWhileAlive(p, fresh, t);
    }
    std::vector<double> countProbabilities(std::span<const double> p, int maxOrders,
                                           double t) const override
    {
        return conditionalCounts(*this, p, {}, maxOrders, t);
    }
};

} // namespace

const FrequencyModel &mbgNbdModel()
{
    static const MbgNbd model;
    return model;
}

} // namespace perennial
