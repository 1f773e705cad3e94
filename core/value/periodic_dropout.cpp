#include "core/value/periodic_dropout.h"

#include "core/numeric/quadrature.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// As many periods are counted one by one.
constexpr int kOneByOne = 1000;
/// So few are added up even where there is a formula, which holds to rounding from here on.
constexpr int kFew = 200;
constexpr double kBlock = 1.005;
constexpr double kNegligible = 1e-18;

/// Σ log(1 + g/(v+j)), j = 0 … m-1, for v >= kFew, g > -1: the midpoint integral by Gauss–Legendre
/// over log x, and Euler and Maclaurin's corrections to it. Everything has one sign: no
/// cancellation.
double logRise(double v, double g, double m)
{
    constexpr double kPanelLength = 2.0;
    const LegendreRule &rule = legendreRule();
    const double left = v - 0.5;
    const double length = std::log1p(m / left);
    const double panels = std::ceil(length / kPanelLength);
    double sum = 0.0;
    for (double i = 0.0; i < panels; i += 1.0) {
        const LegendreArray x = left * ((i + rule.at) * (length / panels)).exp();
        sum += (rule.weight * x * (g / x).log1p()).sum() * (length / panels);
    }
    const auto correction = [g](double x) {
        const double both = x * (x + g);
        const double third = -2.0 * g * (3.0 * x * (x + g) + g * g) / (both * both * both);
        return g / both / 24.0 + 7.0 / 5760.0 * third;
    };
    return sum + correction(left + m) - correction(left);
}

/// Lifetimes of up to `periods` and how probable they are; the last is of those still active.
struct Ending {
    double after;
    double probability;
};

std::vector<Ending> endings(double c, double d, double periods)
{
    std::vector<Ending> result;
    double active = 1.0;
    double j = 0.0;
    for (; j < std::min<double>(kOneByOne, periods) && active > kNegligible; j += 1.0) {
        const double leaves = active * c / (c + d + j);
        result.push_back({j, leaves});
        active -= leaves;
    }
    active = std::max(active, 0.0);
    while (j < periods && active > kNegligible) {
        const double next = std::min(std::ceil(j * kBlock), periods);
        const double later = std::min(active, active * std::exp(-logRise(d + j, c, next - j)));
        result.push_back({std::floor(std::sqrt(j * next)), active - later});
        active = later;
        j = next;
    }
    result.push_back({periods, active});
    return result;
}

/// log P(no order in j periods), j >= 0, for j that only grows.
class SilenceLog {
public:
    SilenceLog(double a, double b) : m_a(a), m_b(b) {}

    double at(double j)
    {
        for (; m_done < std::min<double>(j, kOneByOne); m_done += 1.0) {
            m_log -= std::log1p(m_a / (m_b + m_done));
        }
        return j > m_done ? m_log - logRise(m_b + m_done, m_a, j - m_done) : m_log;
    }

private:
    double m_a, m_b;
    double m_done = 0.0;
    double m_log = 0.0;
};

/// Adds `weight` times the beta-binomial of j periods.
void addBetaBinomial(std::vector<double> &counts, double a, double b, double j, double silence,
                     double weight)
{
    double log = silence;
    for (std::size_t n = 0; n < counts.size(); ++n) {
        const auto k = static_cast<double>(n);
        counts[n] += weight * std::exp(log);
        if (k >= j) {
            return;
        }
        log += std::log((j - k) / (k + 1.0) * (a + k) / (b + j - k - 1.0));
    }
}

} // namespace

double stayingForPeriods(double c, double d, double periods)
{
    const double few = std::min<double>(kFew, periods);
    double log = 0.0;
    for (double k = 0.0; k < few; k += 1.0) {
        log -= std::log1p(c / (d + k));
    }
    const double rest = periods > few ? -logRise(d + few, c, periods - few) : 0.0;
    return std::exp(log + rest);
}

// Term by term at first; then Σ_{k=1}^m (d)_k / (c+d)_k = d/(c-1) [1 - (d+1)_m / (c+d)_m].
double activePeriods(double c, double d, double periods)
{
    double active = 1.0;
    double sum = 0.0;
    double k = 0.0;
    for (; k < std::min<double>(kFew, periods); k += 1.0) {
        active *= (d + k) / (c + d + k);
        sum += active;
        if (active * (periods - k) < kNegligible * sum) {
            return sum;
        }
    }
    const double left = periods - k;
    if (left <= 0.0) {
        return sum;
    }
    const double g = std::abs(c - 1.0) < 1e-12 ? 1e-12 : c - 1.0;
    return sum + active * (d + k) * -std::expm1(-logRise(d + k + 1.0, g, left)) / g;
}

std::vector<double> countsInPeriods(double a, double b, double c, double d, int maxOrders,
                                    double periods)
{
    std::vector<double> counts(static_cast<std::size_t>(maxOrders) + 1, 0.0);
    SilenceLog silence(a, b);
    for (const Ending &ending : endings(c, d, periods)) {
        addBetaBinomial(counts, a, b, ending.after, silence.at(ending.after), ending.probability);
    }
    return counts;
}

} // namespace perennial
