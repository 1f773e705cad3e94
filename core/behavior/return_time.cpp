#include "core/behavior/return_time.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace perennial {

namespace {

constexpr double kLongestMedian = 36500;

double edge(std::size_t k) { return kReturnEdges[k]; }

} // namespace

std::size_t returnStretch(int day) noexcept
{
    const auto after = std::lower_bound(kReturnEdges.begin() + 1, kReturnEdges.end() - 1, day);
    return static_cast<std::size_t>(after - kReturnEdges.begin()) - 1;
}

ReturnCurve::ReturnCurve(const std::array<double, kReturnStretches> &hazards,
                         int knownDays) noexcept
    : m_hazards(hazards), m_last(returnStretch(std::max(knownDays, 1)))
{
}

double ReturnCurve::rate(std::size_t stretch) const noexcept
{
    return m_hazards[stretch] / (edge(stretch + 1) - edge(stretch));
}

double ReturnCurve::hazardUpTo(double days) const noexcept
{
    double sum = 0;
    for (std::size_t k = 0; k < m_last && edge(k) < days; ++k) {
        sum += rate(k) * (std::min(days, edge(k + 1)) - edge(k));
    }
    return sum + rate(m_last) * std::max(days - edge(m_last), 0.0);
}

double ReturnCurve::within(double days) const noexcept
{
    return days > 0 ? -std::expm1(-hazardUpTo(days)) : 0.0;
}

std::optional<double> ReturnCurve::median() const noexcept
{
    double left = std::log(2.0); // of the cumulative hazard
    for (std::size_t k = 0;; ++k) {
        const double daily = rate(k);
        const bool last = k == m_last;
        if (last || daily * (edge(k + 1) - edge(k)) >= left) {
            const double days = edge(k) + left / daily; // no rate at all: past all bounds
            if (!(days <= kLongestMedian)) {
                return std::nullopt;
            }
            // what rounding adds to a whole day is no day
            return std::max(1.0, std::ceil(days - 1e-9 * days));
        }
        left -= m_hazards[k];
    }
}

double ReturnCurve::meanWithin(int days) const noexcept
{
    // Σ over t = 0 … days − 1 of P(T > t), a geometric sum in each stretch
    double sum = 0;
    double survival = 1;
    double from = 0;
    for (std::size_t k = 0; from < days; ++k) {
        const double to = k == m_last ? days : std::min<double>(days, edge(k + 1));
        const double daily = rate(k);
        const double length = to - from;
        const double lost = -std::expm1(-daily);
        sum += survival * (lost > 0 ? -std::expm1(-daily * length) / lost : length);
        survival *= std::exp(-daily * length);
        from = to;
    }
    return std::clamp(sum, 1.0, static_cast<double>(std::max(days, 1)));
}

ReturnMixture::ReturnMixture(std::vector<ReturnCurve> curves) noexcept
    : m_curves(std::move(curves))
{
}

double ReturnMixture::within(double days) const noexcept
{
    double sum = 0;
    for (const ReturnCurve &curve : m_curves) {
        sum += curve.within(days);
    }
    return sum / static_cast<double>(m_curves.size());
}

double ReturnMixture::meanWithin(int days) const noexcept
{
    double sum = 0;
    for (const ReturnCurve &curve : m_curves) {
        sum += curve.meanWithin(days);
    }
    return sum / static_cast<double>(m_curves.size());
}

std::optional<double> ReturnMixture::median() const noexcept
{
    if (m_curves.size() == 1) {
        return m_curves.front().median();
    }
    constexpr double kHalf = 0.5 - 1e-12; // what rounding takes from a half is half
    double below = 0, reached = kLongestMedian; // whole days
    if (within(reached) < kHalf) {
        return std::nullopt;
    }
    while (reached - below > 1) {
        const double middle = std::floor((below + reached) / 2);
        (within(middle) < kHalf ? below : reached) = middle;
    }
    return reached;
}

} // namespace perennial
