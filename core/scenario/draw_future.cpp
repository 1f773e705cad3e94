#include "core/scenario/draw_future.h"

#include "core/numeric/quadrature.h"

#include <algorithm>
#include <cmath>

namespace perennial {

DrawFuture::DrawFuture(const CustomerGroups &groups, const FutureSetting &setting)
    : m_groups(groups), m_setting(setting)
{
    const std::size_t nodes = groups.nodeCount();
    for (std::size_t stage = 0; stage < kStageCount; ++stage) {
        m_aliveAt[stage].resize(nodes);
        m_spendAt[stage].resize(nodes);
    }
}

/// The expected spend is linear in the mean seen, with constants for each number of days: that is
/// what lets customers be added up before it is known.
Status DrawFuture::load(std::span<const double> frequency, std::span<const double> spend)
{
    auto kernel = makeOrderKernel(m_setting.frequencyModel, frequency);
    if (!kernel) {
        return kernel.error();
    }
    m_kernel = std::move(*kernel);
    const auto &days = m_groups.distinctSpendDays;
    m_spendConstant.assign(days.size(), m_setting.observedMeanSpend);
    m_spendSlope.assign(days.size(), 0.0);
    if (!m_setting.spendModel.empty() && !spend.empty()) {
        const auto model = findSpendModel(m_setting.spendModel);
        if (!model) {
            return model.error();
        }
        if ((*model)->hasFiniteMean(spend)) {
            for (std::size_t i = 0; i < days.size(); ++i) {
                const double one = (*model)->expectedSpend(spend, days[i], 1);
                const double two = (*model)->expectedSpend(spend, days[i], 2);
                m_spendSlope[i] = days[i] > 0 ? two - one : 0;
                m_spendConstant[i] = one - m_spendSlope[i];
            }
        }
    }
    m_kernel->alive(m_groups.times, m_alive);
    m_outlooks.clear();
    projectOnNodes();
    return Done{};
}

void DrawFuture::projectOnNodes()
{
    for (std::size_t stage = 0; stage < kStageCount; ++stage) {
        std::fill(m_aliveAt[stage].begin(), m_aliveAt[stage].end(), 0.0);
        std::fill(m_spendAt[stage].begin(), m_spendAt[stage].end(), 0.0);
    }
    m_aliveTotal.fill(0);
    std::vector<std::size_t> firstNode;
    std::size_t nodes = 0;
    for (const CustomerGroups::Curve &curve : m_groups.curves) {
        firstNode.push_back(nodes);
        nodes += curve.nodes.size();
    }
    for (const CustomerGroups::Cell &cell : m_groups.cells) {
        double alive = 0, spend = 0;
        for (std::size_t row = cell.firstRow; row < cell.lastRow; ++row) {
            const std::uint32_t days = m_groups.spendClass[row];
            alive += m_alive[row] * m_groups.count[row];
            spend += m_alive[row] * (m_groups.count[row] * m_spendConstant[days] +
                                     m_groups.spendSum[row] * m_spendSlope[days]);
        }
        m_aliveTotal[cell.stage] += alive;
        const double *weights = m_groups.nodeWeights.data() + cell.weights;
        double *aliveAt = m_aliveAt[cell.stage].data() + firstNode[cell.curve];
        double *spendAt = m_spendAt[cell.stage].data() + firstNode[cell.curve];
        const std::size_t count = m_groups.curves[cell.curve].nodes.size();
        for (std::size_t i = 0; i < count; ++i) {
            aliveAt[i] += alive * weights[i];
            spendAt[i] += spend * weights[i];
        }
    }
}

const DrawFuture::Outlook &DrawFuture::outlook(double dropout)
{
    for (const Outlook &known : m_outlooks) {
        if (known.dropout == dropout) {
            return known;
        }
    }
    Outlook made{dropout, {}, {}};
    const double horizon = m_setting.horizon;
    const double force = m_setting.discountForce;
    const LegendreRule &rule = legendreRule();
    for (const CustomerGroups::Curve &curve : m_groups.curves) {
        for (const double T : curve.nodes) {
            const double orders = m_kernel->ordersWith(dropout, curve.x, T, horizon);
            double discounted = orders;
            if (force > 0) {
                double integral = 0;
                for (int k = 0; k < kLegendrePoints; ++k) {
                    const double s = rule.at[k] * horizon;
                    integral += rule.weight[k] * std::exp(-force * s) *
                                m_kernel->ordersWith(dropout, curve.x, T, s);
                }
                discounted = std::exp(-force * horizon) * orders + force * horizon * integral;
            }
            made.orders.push_back(orders);
            made.discounted.push_back(discounted);
        }
    }
    return m_outlooks.emplace_back(std::move(made));
}

double DrawFuture::retention(const StageSet &stages, double dropout)
{
    double alive = 0, stay = 0;
    for (std::size_t stage = 0; stage < kStageCount; ++stage) {
        alive += stages[stage] ? m_aliveTotal[stage] : 0;
    }
    if (alive <= 0 || !m_kernel->hasDropout()) {
        return 1;
    }
    std::size_t node = 0;
    for (const CustomerGroups::Curve &curve : m_groups.curves) {
        for (const double T : curve.nodes) {
            double here = 0;
            for (std::size_t stage = 0; stage < kStageCount; ++stage) {
                here += stages[stage] ? m_aliveAt[stage][node] : 0;
            }
            if (here != 0) {
                stay += here * m_kernel->stayingWith(dropout, curve.x, T, m_setting.horizon);
            }
            ++node;
        }
    }
    return std::clamp(stay / alive, 0.0, 1.0);
}

Figures DrawFuture::total(const std::array<FutureChange, kStageCount> &changes)
{
    Figures sum;
    for (std::size_t stage = 0; stage < kStageCount; ++stage) {
        if (m_aliveTotal[stage] <= 0) {
            continue;
        }
        const FutureChange &change = changes[stage];
        const Outlook &ahead = outlook(change.dropout);
        double orders = 0, revenue = 0, discounted = 0;
        for (std::size_t node = 0; node < ahead.orders.size(); ++node) {
            orders += m_aliveAt[stage][node] * ahead.orders[node];
            revenue += m_spendAt[stage][node] * ahead.orders[node];
            discounted += m_spendAt[stage][node] * ahead.discounted[node];
        }
        const double perOrder = change.orders * change.orderValue * m_groups.netRatio;
        sum.orders += change.orders * orders;
        sum.revenue += perOrder * revenue;
        sum.margin += perOrder * m_setting.margin * revenue;
        sum.ltv += perOrder * m_setting.margin * discounted;
    }
    return sum;
}

} // namespace perennial
