#include "core/value/ggompertz_dropout.h"

#include "core/numeric/quadrature.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

/// Longest panel in log(rate + u) and in b u, and how many e-folds the integrand may fall in one.
constexpr double kPanelLength = 1.6;
constexpr double kPanelAge = 2.0;
constexpr double kPanelFolds = 6.0;
/// What is left of an integral is dropped below this share.
constexpr double kNegligible = 1e-17;
/// A hazard this near to its final value is taken for it.
constexpr double kSettled = 1e-16;
/// e^(bt) is a number up to here.
constexpr double kOldest = 500.0;

/// How far from t on the hazard s b / later(t) is smooth: poles where (β - 1) e^(-bt) = -1.
double smoothHazard(double b, double beta, double t)
{
    const double apart = std::abs(beta - 1.0) * std::exp(-b * t);
    if (apart < kSettled) {
        return std::numeric_limits<double>::infinity(); // as good as exponential from here on
    }
    return beta < 1.0 ? std::min(kPanelAge / b, t - std::log1p(-beta) / b) : kPanelAge / b;
}

struct Nodes {
    LegendreArray growth, later, decay;
};

Nodes nodesAt(double b, double beta, const LegendreArray &u)
{
    const LegendreArray age = b * u;
    Nodes n;
    n.decay = (-age).exp();
    n.later = beta * n.decay - (-age).expm1();
    if (age[kLegendrePoints - 1] < kOldest) {
        n.growth = (age.expm1() / beta).log1p();
    } else {
        n.growth = age + (n.later / beta).log();
    }
    return n;
}

} // namespace

double ggompertzLater(double b, double beta, double t)
{
    return beta * std::exp(-b * t) - std::expm1(-b * t);
}

double ggompertzGrowth(double b, double beta, double t)
{
    return b * t < kOldest ? std::log1p(std::expm1(b * t) / beta)
                           : b * t + std::log(ggompertzLater(b, beta, t) / beta);
}

double GgompertzLifetime::survival(double t) const
{
    return std::exp(-m_s * ggompertzGrowth(m_b, m_beta, t));
}

double GgompertzLifetime::density(double t) const
{
    return m_s * m_b / ggompertzLater(m_b, m_beta, t) * survival(t);
}

double GgompertzLifetime::smoothFor(double t) const
{
    const double smooth = smoothHazard(m_b, m_beta, t);
    // The hazard moves one way: its largest on the panel is that of an end.
    const double later = std::isinf(smooth) ? 1.0 : ggompertzLater(m_b, m_beta, t + smooth);
    const double hazard = m_s * m_b / std::min(ggompertzLater(m_b, m_beta, t), later);
    return std::min(smooth, kPanelFolds / hazard);
}

double GgompertzLifetime::meanWithin(double t) const
{
    const LegendreRule &rule = legendreRule();
    const double finalHazard = m_s * m_b;
    double sum = 0.0;
    for (double from = 0.0; from < t;) {
        const double survives = survival(from);
        const double smooth = smoothHazard(m_b, m_beta, from);
        if (std::isinf(smooth)) {
            return sum + survives * -std::expm1(-finalHazard * (t - from)) / finalHazard;
        }
        const double later = ggompertzLater(m_b, m_beta, from);
        if (survives * std::max(later, 1.0) / finalHazard < kNegligible * sum) {
            break;
        }
        const double hazard = finalHazard / later;
        double length = std::min({smooth, t - from, kPanelFolds / hazard});
        const double folds = m_s * (ggompertzGrowth(m_b, m_beta, from + length) -
                                    ggompertzGrowth(m_b, m_beta, from));
        length *= folds > kPanelFolds ? kPanelFolds / folds : 1.0;
        const Nodes nodes = nodesAt(m_b, m_beta, from + length * rule.at);
        sum += length * (rule.weight * (-m_s * nodes.growth).exp()).sum();
        from = length < t - from ? from + length : t;
    }
    return sum;
}

// Over w = log((rate+u)/rate) the integrand is s b rate exp((1 - shape) w) S(u) / later(u).
AgedExit agedExit(double shape, double rate, double b, double s, double beta, double span)
{
    AgedExit exit;
    exit.log = -std::numeric_limits<double>::infinity();
    if (!(span > 0.0)) {
        return exit;
    }
    const LegendreRule &rule = legendreRule();
    const double end = std::log1p(span / rate);
    exit.rateLog = end;
    exit.lifeLog = ggompertzGrowth(b, beta, span);
    double sum = 0.0;
    double growthBefore = 0.0;
    for (double from = 0.0; from < end;) {
        const double u = rate * std::expm1(from);
        if (std::exp(-shape * from - s * growthBefore) < kNegligible * s * b * rate * sum) {
            break;
        }
        double length =
            std::min({kPanelLength, end - from, std::log1p(smoothHazard(b, beta, u) / (rate + u)),
                      kPanelFolds / std::max(std::abs(shape - 1.0), 1e-300)});
        // From here on the hazard is as good as constant, and e^(-bu) nothing.
        const bool settled = std::max(1.0, std::abs(beta - 1.0)) * std::exp(-b * u) < kSettled;
        const double aging = settled ? 0.0 : b * (rate + u);
        double growth = 0.0;
        for (;;) {
            growth = length < end - from
                         ? ggompertzGrowth(b, beta, rate * std::expm1(from + length))
                         : exit.lifeLog;
            const double folds = std::abs(shape - 1.0) * length + s * (growth - growthBefore) +
                                 aging * std::expm1(length);
            if (folds <= kPanelFolds * 1.01) {
                break;
            }
            length *= std::max(0.05, kPanelFolds / folds);
        }
        const LegendreArray w = from + length * rule.at;
        const LegendreArray place = rate * w.expm1();
        const Nodes nodes = nodesAt(b, beta, place);
        const LegendreArray inverse = nodes.later.inverse();
        const LegendreArray mass =
            (length * rule.weight) * inverse * ((1.0 - shape) * w - s * nodes.growth).exp();
        const LegendreArray left = (span - place).max(0.0);
        sum += mass.sum();
        exit.rateGrowth += (mass * (end - w)).sum();
        exit.lifeGrowth += (mass * (exit.lifeLog - nodes.growth)).sum();
        exit.rateShare += (mass * left / (rate + place)).sum();
        exit.left += (mass * left).sum();
        exit.inverse += (mass * inverse).sum();
        exit.leftInverse += (mass * inverse * left).sum();
        exit.decayed += (mass * inverse * nodes.decay).sum();
        growthBefore = growth;
        from = length < end - from ? from + length : end;
    }
    exit.log = std::log(s) + std::log(b) + std::log(rate) + std::log(sum);
    for (double *average : {&exit.rateGrowth, &exit.lifeGrowth, &exit.rateShare, &exit.left,
                            &exit.inverse, &exit.leftInverse, &exit.decayed}) {
        *average /= sum;
    }
    return exit;
}

} // namespace perennial
