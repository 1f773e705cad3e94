#include "core/value/regular_purchases.h"

#include "core/value/beta_mean.h"
#include "core/value/geometric_dropout.h"
#include "core/value/nbd.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace perennial {

namespace {

using Complex = std::complex<double>;

/// Numbers of events one after the other, given each number j of hidden ones: P(N_j = n).
class EventCounts {
public:
    EventCounts(const RegularBuyer &buyer, double t)
        : m_shape(buyer.shape), m_k(buyer.k), m_hit(t / (buyer.rate + t))
    {
        const double miss = std::log1p(t / buyer.rate);
        const double one = std::exp(-miss);
        double none = std::exp(-buyer.shape * miss);
        for (std::int32_t j = 0; j < m_k; ++j) {
            at(j) = buyer.hidden[static_cast<std::size_t>(j)] * none;
            none *= one;
        }
    }

    /// P(M = m) for m = 0, 1, … at each call.
    double nextOrders()
    {
        double sum = 0.0;
        m_ratio = m_hit;
        for (std::int32_t j = 0; j < m_k; ++j) {
            const double events = m_first - j; // of the group's last, plus 1: mk - j + k
            double &p = at(j);
            for (double n = std::max(0.0, events - m_k); n < events; n += 1.0) {
                sum += p;
                p *= m_hit * (m_shape + j + n) / (n + 1.0);
            }
            m_ratio = std::max(m_ratio, m_hit * (m_shape + j + events) / (events + 1.0));
        }
        m_first += m_k;
        return sum;
    }
    /// Of all that has not been given out yet, an upper bound; infinite before the terms fall.
    /// @param each what the first of it counts, growing by at most 1 with each event.
    double tail(double each) const
    {
        const double left = std::accumulate(m_next.begin(), m_next.end(), 0.0);
        if (left == 0.0) {
            return 0.0;
        }
        const double rest = 1.0 / (1.0 - m_ratio);
        return m_ratio < 1.0 ? left * rest * (each + rest) : HUGE_VAL;
    }

private:
    double &at(std::int32_t j) { return m_next[static_cast<std::size_t>(j)]; }

    double m_shape;
    std::int32_t m_k;
    double m_hit;
    std::array<double, kMostRegular> m_next{}; ///< weighted by the probability of j
    double m_first = m_k;                      ///< events, hidden ones too, up to the next order
    double m_ratio = 0.0;                      ///< bound of all later terms' ratios
};

/// E[ζ^(j + N)] over the hidden j and the later N: of ζ^j (1 + (1 - ζ) t/rate)^-(shape + j).
Complex transformAt(const RegularBuyer &buyer, Complex zeta, double ratio)
{
    const Complex base = 1.0 + (1.0 - zeta) * ratio;
    const Complex step = zeta / base;
    Complex sum = 0.0;
    for (std::int32_t j = buyer.k - 1; j >= 0; --j) {
        sum = sum * step + buyer.hidden[static_cast<std::size_t>(j)];
    }
    return std::exp(-buyer.shape * std::log(base)) * sum;
}

/// Real part of the sum over all k-th roots of unity but 1: conjugates once.
template <class Term>
double sumOverRoots(std::int32_t k, const Term &term)
{
    double sum = 0.0;
    for (std::int32_t l = 1; 2 * l <= k; ++l) {
        const double angle = 2.0 * std::numbers::pi * l / k;
        const double real = term(Complex(std::cos(angle), std::sin(angle))).real();
        sum += 2 * l == k ? real : 2.0 * real;
    }
    return sum;
}

/// E[M]: of floor(n / k) the periodic part, n mod k, is a sum over roots of unity.
double expectedOrdersOfStayer(const RegularBuyer &buyer, double t)
{
    const double ratio = t / buyer.rate;
    double events = 0.0;
    for (std::int32_t j = 0; j < buyer.k; ++j) {
        events += buyer.hidden[static_cast<std::size_t>(j)] * (j + (buyer.shape + j) * ratio);
    }
    const double cycle = sumOverRoots(buyer.k, [&](Complex omega) {
        return omega / (1.0 - omega) * transformAt(buyer, omega, ratio);
    });
    return std::max(0.0, (events - 0.5 * (buyer.k - 1) - cycle) / buyer.k);
}

/// (1 - E[q^M]) / p for given p = 1 - q: q^floor(n/k) = q^(n/k) times what is periodic in n, so that
/// E[q^M] is a sum over the k roots ζ of q with the coefficients (p/q) ζ / (k (1 - ζ)).
double lossByTransform(const RegularBuyer &buyer, double ratio, double p, double q)
{
    const std::int32_t k = buyer.k;
    const double logQ = q > 0.5 ? std::log1p(-p) : std::log(q);
    // The root 1, less one, free of cancellation where p is small.
    double mean = 0.0; // of q^(-m/k), less one
    for (std::int32_t m = 1; m < k; ++m) {
        mean += std::expm1(-m * logQ / k) / k;
    }
    const double logBase = std::log1p(-std::expm1(logQ / k) * ratio);
    const double decay = std::expm1(logQ / k - logBase);
    double stays = std::expm1(-buyer.shape * logBase);
    double transform = 0.0;
    for (std::int32_t j = 0; j < k; ++j) {
        transform += buyer.hidden[static_cast<std::size_t>(j)] * stays;
        stays += (1.0 + stays) * decay;
    }
    const double root = std::exp(logQ / k);
    const double others = sumOverRoots(k, [&](Complex omega) {
        const Complex zeta = root * omega;
        return zeta / (1.0 - zeta) * transformAt(buyer, zeta, ratio);
    });
    return -(mean + (1.0 + mean) * transform) / p - others / (k * q);
}

bool sumIsShort(const RegularBuyer &buyer, double t)
{
    const double growth = std::log1p(t / buyer.rate);
    const double decay = std::log1p(buyer.rate / t); // the sum needs about 40 / decay terms
    const double shape = buyer.shape + buyer.k;
    return decay > 0.01 && shape * growth < 600.0 && shape * t / buyer.rate < 3000.0;
}

/// P(M = m) for m = 0 … most.
std::vector<double> ordersOfStayer(const RegularBuyer &buyer, int most, double t)
{
    const auto k = static_cast<std::size_t>(buyer.k);
    std::vector<double> orders(static_cast<std::size_t>(most) + 1);
    for (std::size_t j = 0; j < k; ++j) {
        const std::size_t events = k * orders.size() - j;
        const std::vector<double> counts =
            negativeBinomial(buyer.shape + static_cast<double>(j), buyer.rate,
                             static_cast<int>(events) - 1, t);
        for (std::size_t n = 0; n < events; ++n) {
            orders[(j + n) / k] += buyer.hidden[j] * counts[n];
        }
    }
    return orders;
}

} // namespace

RegularBuyer regularBuyer(const BetaGeometric &kind, std::span<const double> p,
                          const RepeatHistory &h)
{
    RegularBuyer buyer;
    buyer.k = std::clamp(kind.k, 1, kMostRegular);
    buyer.shape = p[0] + static_cast<double>(buyer.k) * h.x;
    buyer.rate = p[1] + h.T;
    if (kind.leaving != Leaving::Never) {
        buyer.a = p[2];
        buyer.b = p[3] + chancesToLeave(kind.leaving, h.x);
    }
    const double z = (h.T - h.tx) / buyer.rate;
    double sum = 1.0;
    for (std::int32_t j = 1; j < buyer.k; ++j) {
        const auto i = static_cast<std::size_t>(j);
        buyer.hidden[i] = buyer.hidden[i - 1] * (buyer.shape + (j - 1)) / j * z;
        sum += buyer.hidden[i];
    }
    for (double &weight : buyer.hidden) {
        weight /= sum;
    }
    return buyer;
}

std::array<double, 2> regularOutlookBySum(const RegularBuyer &buyer, double t)
{
    constexpr double kPrecision = 1e-15;
    EventCounts counts(buyer, t);
    double stays = 1.0; // through the first m orders
    double made = 0.0;  // of m orders if he buys that often
    double expected = 0.0;
    double staying = 0.0;
    for (double m = 0.0;; m += 1.0) {
        const double probability = counts.nextOrders();
        expected += probability * made;
        staying += probability * stays;
        made += stays;
        if (counts.tail(made) <= kPrecision * expected) {
            return {expected, std::min(staying, 1.0)};
        }
        stays *= (buyer.b + m) / (buyer.a + buyer.b + m);
    }
}

std::array<double, 2> regularOutlookByIntegral(const RegularBuyer &buyer, double t)
{
    constexpr double kSmallQ = 1e-3; // from here on the transform cancels, and few powers of q count
    constexpr int kPowers = 5;
    const double atZero = expectedOrdersOfStayer(buyer, t);
    if (buyer.a == 0.0) {
        return {atZero, 1.0};
    }
    const std::vector<double> orders = ordersOfStayer(buyer, kPowers, t);
    const double atOne = std::min(1.0 - orders[0], atZero);
    const auto loss = [&](double p, double q) {
        if (q > kSmallQ) {
            return lossByTransform(buyer, t / buyer.rate, p, q);
        }
        double stays = 0.0; // by Horner, all but P(M = 0)
        for (std::size_t m = kPowers; m > 0; --m) {
            stays = (stays + orders[m]) * q;
        }
        return (1.0 - orders[0] - stays) / p;
    };
    return {betaMean(buyer.a, buyer.b, atZero, atOne, loss),
            betaMean(buyer.a, buyer.b, 1.0, orders[0],
                     [&](double p, double q) { return 1.0 - p * loss(p, q); })};
}

double expectedOfRegular(const RegularBuyer &buyer, double t)
{
    if (!(t > 0.0)) {
        return 0.0;
    }
    if (buyer.k == 1 && buyer.a > 0.0) {
        return expectedUntilDropout(buyer.shape, buyer.rate, buyer.a, buyer.b, t);
    }
    return sumIsShort(buyer, t) ? regularOutlookBySum(buyer, t)[0]
                                : regularOutlookByIntegral(buyer, t)[0];
}

double stayingOfRegular(const RegularBuyer &buyer, double t)
{
    if (!(t > 0.0) || buyer.a == 0.0) {
        return 1.0;
    }
    if (buyer.k == 1) {
        return stayingUntilDropout(buyer.shape, buyer.rate, buyer.a, buyer.b, t);
    }
    return sumIsShort(buyer, t) ? regularOutlookBySum(buyer, t)[1]
                                : regularOutlookByIntegral(buyer, t)[1];
}

double noneOfRegular(const RegularBuyer &buyer, double t)
{
    return t > 0.0 ? std::min(EventCounts(buyer, t).nextOrders(), 1.0) : 1.0;
}

std::vector<double> countsOfRegular(const RegularBuyer &buyer, int maxOrders, double t)
{
    return thinnedByDropout(ordersOfStayer(buyer, maxOrders, t), buyer.a, buyer.b);
}

} // namespace perennial
