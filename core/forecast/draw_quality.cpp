#include "core/forecast/draw_quality.h"

#include "core/base/robust.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kTail = 0.05;
/// A probability below this counts as this: one surprise must not decide alone.
constexpr double kLeastProbability = 1e-12;

class QualitySums {
public:
    explicit QualitySums(const WindowTruth &truth) : m_truth(truth) {}

    void add(std::size_t row, std::span<const float> values)
    {
        m_sorted.assign(values.begin(), values.end());
        m_totals.resize(values.size(), 0.0);
        for (std::size_t d = 0; d < values.size(); ++d) {
            m_totals[d] += values[d];
        }
        const double actual = m_truth.net[row];
        m_actual += actual;
        std::sort(m_sorted.begin(), m_sorted.end());
        m_crps += crpsOfSorted(m_sorted, actual);
        m_randomised += randomisedCoverage(m_sorted, actual);
        const double lower = quantileOf(m_sorted, kTail);
        const double upper = quantileOf(m_sorted, 1.0 - kTail);
        m_covered += lower <= actual && actual <= upper ? 1.0 : 0.0;
        m_count += 1.0;
    }

    DrawQuality quality()
    {
        DrawQuality quality;
        quality.crps = m_crps / m_count;
        quality.coverage90 = m_covered / m_count;
        quality.coverage90Randomised = m_randomised / m_count;
        const double lower = quantileOf(m_totals, kTail);
        const Interval total{lower, quantileOf(m_totals, 1.0 - kTail)};
        quality.totals = {total};
        quality.totalCovered = {total.contains(m_actual)};
        return quality;
    }

private:
    const WindowTruth &m_truth;
    std::vector<double> m_sorted, m_totals;
    double m_crps = 0, m_covered = 0, m_randomised = 0, m_count = 0, m_actual = 0;
};

} // namespace

double crpsOfSorted(std::span<const double> sorted, double actual)
{
    const auto n = static_cast<double>(sorted.size());
    double distance = 0.0;
    double spread = 0.0; // Σ over pairs i < j of x_j - x_i
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        distance += std::abs(sorted[i] - actual);
        spread += (2.0 * static_cast<double>(i) - n + 1.0) * sorted[i];
    }
    return distance / n - spread / (n * n);
}

double randomisedCoverage(std::span<const double> sorted, double actual)
{
    const auto n = static_cast<double>(sorted.size());
    const auto [from, to] = std::equal_range(sorted.begin(), sorted.end(), actual);
    const double low = static_cast<double>(from - sorted.begin()) / n;
    const double high = static_cast<double>(to - sorted.begin()) / n;
    if (high <= low) {
        return low >= kTail && low <= 1.0 - kTail ? 1.0 : 0.0;
    }
    const double inside = std::min(high, 1.0 - kTail) - std::max(low, kTail);
    return std::max(0.0, inside) / (high - low);
}

Result<std::optional<DrawQuality>> drawQuality(const Forecast &forecast, const WindowTruth &truth,
                                               const Task &task)
{
    if (!forecast.eachDraws || truth.net.empty()) {
        return std::optional<DrawQuality>();
    }
    QualitySums sums(truth);
    const Status drawn = forecast.eachDraws(
        [&](std::size_t row, std::span<const float> values) { sums.add(row, values); }, task);
    if (!drawn) {
        return drawn.error();
    }
    DrawQuality quality = sums.quality();
    if (forecast.countProbability) {
        double sum = 0.0;
        for (std::size_t row = 0; row < truth.orderDays.size(); ++row) {
            if (row % 1024 == 0 && task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            sum -= std::log(std::max(kLeastProbability,
                                     forecast.countProbability(row, truth.orderDays[row])));
        }
        quality.logScore = sum / static_cast<double>(truth.orderDays.size());
    }
    return std::optional(std::move(quality));
}

} // namespace perennial
