#include "core/value/pareto_dropout.h"

#include "core/numeric/quadrature.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

/// Longest panel in y, and how many e-folds the integrand may fall within one.
constexpr double kPanelLength = 2.0;
constexpr double kPanelFolds = 8.0;
/// What is left of the integral is dropped below this share.
constexpr double kNegligible = 1e-17;

/// The end of the panel from `left` on, in units of y further: the integrand over y is
/// exp(-p y - q log(1 + near (e^y - 1))), both logarithms counted from there.
double panelEnd(double p, double q, double near, double left)
{
    const double length = std::min({kPanelLength, left, kPanelFolds / (std::abs(p) + q * near)});
    // Convex in the length: shrunk in proportion, the folds fit.
    const double folds = std::abs(p) * length + q * std::log1p(near * std::expm1(length));
    return folds > kPanelFolds ? length * kPanelFolds / folds : length;
}

} // namespace

double ParetoLifetime::survival(double t) const
{
    return std::exp(-m_s * std::log1p(t / m_beta));
}

double ParetoLifetime::density(double t) const
{
    return m_s / (m_beta + t) * survival(t);
}

double ParetoLifetime::smoothFor(double t) const
{
    return 1.5 * (m_beta + t);
}

double ParetoLifetime::meanWithin(double t) const
{
    const double growth = std::log1p(t / m_beta);
    const double k = (m_s - 1.0) * growth;
    // β (1 - e^-k) / (s - 1)
    return std::abs(k) < 1e-9 ? m_beta * growth * (1.0 - 0.5 * k)
                              : m_beta * growth * -std::expm1(-k) / k;
}

// With m the smaller and M the larger of rate and β, over y = log((m+u)/m) the integrand is
//   exp(-p y) (M/(M+u))^q,
// smooth on the scale of 1 for any m and M: the nearest point where it is not is at
// y = log(M/m - 1) ± iπ. Panels short enough for its decay, Gauss–Legendre in each.
SilentExit silentExit(double shape, double rate, double s, double beta, double span)
{
    SilentExit exit;
    exit.log = -std::numeric_limits<double>::infinity();
    if (!(span > 0.0)) {
        return exit;
    }
    const LegendreRule &rule = legendreRule();
    const bool byLife = beta <= rate;
    const double m = byLife ? beta : rate;
    const double M = byLife ? rate : beta;
    const double ratio = m / M;
    const double p = byLife ? s : shape - 1.0;
    const double q = byLife ? shape : s + 1.0;
    const double end = std::log1p(span / m);
    const double farEnd = std::log1p(span / M);
    double sum = 0.0;
    double near = 0.0;
    double far = 0.0;
    double nearShare = 0.0;
    double farShare = 0.0;
    for (double from = 0.0; from < end;) {
        const double u = m * std::expm1(from);
        const double beyond = std::log1p(u / M);
        // Nobody leaves later than those still there, and each silent until then.
        const double rest = byLife ? s * from + shape * beyond : shape * from + s * beyond;
        if (from > 0.0 && std::exp(-rest) * (byLife ? 1.0 : M / m) < kNegligible * s * sum) {
            break;
        }
        const double length = panelEnd(p, q, (m + u) / (M + u), end - from);
        const LegendreArray y = from + length * rule.at;
        const LegendreArray grown = y.expm1();
        const LegendreArray z = (ratio * grown).log1p();
        const LegendreArray mass = (length * rule.weight) * (-p * y - q * z).exp();
        const LegendreArray left = (span - m * grown).max(0.0);
        sum += mass.sum();
        near += (mass * (end - y)).sum();
        far += (mass * (farEnd - z)).sum();
        nearShare += (mass * left / (m + m * grown)).sum();
        farShare += (mass * left / (M + m * grown)).sum();
        from = length < end - from ? from + length : end;
    }
    exit.log = std::log(s) + (byLife ? 0.0 : std::log(ratio)) + std::log(sum);
    exit.rateLog = byLife ? farEnd : end;
    exit.lifeLog = byLife ? end : farEnd;
    exit.rateGrowth = (byLife ? far : near) / sum;
    exit.lifeGrowth = (byLife ? near : far) / sum;
    exit.rateShare = (byLife ? farShare : nearShare) / sum;
    exit.lifeShare = (byLife ? nearShare : farShare) / sum;
    return exit;
}

} // namespace perennial
