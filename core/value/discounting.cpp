#include "core/value/discounting.h"

#include "core/numeric/quadrature.h"

#include <cmath>

namespace perennial {

namespace {

constexpr double kDaysPerYear = 365.0;

} // namespace

double discountForce(double ratePerYear, Period period) noexcept
{
    return std::log1p(ratePerYear) / kDaysPerYear * daysPer(period);
}

// ∫ e^(-δs) dE(s) = e^(-δH) E(H) + δ ∫ e^(-δs) E(s) ds.
double discountedWhileAlive(const FrequencyModel &model, std::span<const double> parameters,
                            const RepeatHistory &h, double horizon, double force)
{
    const double expected = model.expectedWhileAlive(parameters, h, horizon);
    if (!(force > 0.0)) {
        return expected;
    }
    double integral = 0.0;
    // Expected orders bend gently over a horizon.
    const LegendreRule &rule = legendreRule();
    for (Eigen::Index i = 0; i < rule.at.size(); ++i) {
        const double s = rule.at[i] * horizon;
        integral += rule.weight[i] * std::exp(-force * s) * model.expectedWhileAlive(parameters, h, s);
    }
    return std::exp(-force * horizon) * expected + force * horizon * integral;
}

// With u = δs the integral is ∫ e^(-u) E(u/δ) du; u = exp(v - e^-v) spreads all its scales, from the
// customer's own to 1/δ, over a short trapezoidal sum whose ends fall off doubly exponentially.
double discountedResidualOrders(const FrequencyModel &model, std::span<const double> parameters,
                                const RepeatHistory &h, double force)
{
    constexpr double kStep = 1.0 / 8.0;
    constexpr int kFrom = -36; // u = exp(-4.5 - e^4.5) = 1e-41
    constexpr int kTo = 32;    // u = exp(4 - e^-4) = 54, e^-u = 4e-24
    double sum = 0.0;
    for (int i = kFrom; i <= kTo; ++i) {
        const double v = i * kStep;
        const double u = std::exp(v - std::exp(-v));
        sum += u * (1.0 + std::exp(-v)) * std::exp(-u) *
               model.expectedWhileAlive(parameters, h, u / force);
    }
    return model.pAlive(parameters, h) * kStep * sum;
}

} // namespace perennial
