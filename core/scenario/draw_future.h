#pragma once

#include "core/scenario/customer_groups.h"
#include "core/scenario/lever.h"
#include "core/scenario/order_kernel.h"
#include "core/value/spend_model.h"

#include <array>
#include <bitset>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Which stages a lever is pulled on.
using StageSet = std::bitset<kStageCount>;

/// What is the same in every draw.
struct FutureSetting {
    std::string frequencyModel;
    std::string spendModel;     ///< empty = the observed mean spend for everybody
    double observedMeanSpend = 0;
    double horizon = 0;         ///< periods
    double discountForce = 0;   ///< δ per period
    double margin = 1;
};

/// Expectations over the horizon, currency units.
struct Figures {
    double orders = 0, revenue = 0, margin = 0, ltv = 0;
};
inline Figures operator-(const Figures &a, const Figures &b)
{
    return {a.orders - b.orders, a.revenue - b.revenue, a.margin - b.margin, a.ltv - b.ltv};
}

/// The customers' future under one draw of the parameters: the baseline, and what levers make of
/// it. One per thread, loaded draw after draw.
///   orders = Σ P(alive) E_h[orders in (t₀, t₀+H]],  revenue = Σ netRatio · m · orders,
///   ltv = margin · netRatio · Σ m P(alive) (e^(-δH) E_h(H) + δ ∫ e^(-δs) E_h(s) ds),
/// m the expected spend an order day, E_h with the rate of leaving multiplied by h; the integral
/// and all else as in core/value/value_prediction.
class DrawFuture {
public:
    DrawFuture(const CustomerGroups &groups, const FutureSetting &setting);

    /// @param spend parameters of the spend model; empty = the observed mean.
    /// @error UnknownModel.
    Status load(std::span<const double> frequency, std::span<const double> spend);

    bool hasDropout() const { return m_kernel->hasDropout(); }
    /// See TargetFuture.
    double retention(const StageSet &stages, double dropout);
    /// All stages together, each with its own change.
    Figures total(const std::array<FutureChange, kStageCount> &changes);
    Figures baseline() { return total({}); }

private:
    using PerNode = std::vector<double>;
    struct Outlook {
        double dropout = 1;
        PerNode orders, discounted;
    };

    void projectOnNodes();
    std::vector<double> spendConstants(std::span<const double> parameters,
                                       std::vector<double> &slopes) const;
    const Outlook &outlook(double dropout);

    const CustomerGroups &m_groups;
    FutureSetting m_setting;
    const SpendModel *m_spendModel = nullptr;
    std::unique_ptr<OrderKernel> m_kernel;
    std::vector<double> m_alive, m_spendConstant, m_spendSlope;
    /// Per stage and node: Σ P(alive), and Σ m P(alive), of the customers it stands for.
    std::array<PerNode, kStageCount> m_aliveAt, m_spendAt;
    std::array<double, kStageCount> m_aliveTotal{};
    std::vector<Outlook> m_outlooks; ///< of this draw, by dropout factor
};

} // namespace perennial
