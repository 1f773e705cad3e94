#include "core/numeric/proportions.h"

#include "core/numeric/special.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr double kFewestExpected = 5.0;

/// Errors come back as infinities or NaN, never as exceptions; plain double throughout.
namespace bm = boost::math::policies;
using Quiet = bm::policy<bm::domain_error<bm::ignore_error>, bm::pole_error<bm::ignore_error>,
                         bm::overflow_error<bm::ignore_error>,
                         bm::evaluation_error<bm::ignore_error>, bm::promote_double<false>>;

double normalReach(double level)
{
    return boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * level);
}

double shareOf(std::int64_t x, std::int64_t n)
{
    return static_cast<double>(x) / static_cast<double>(n);
}

/// log of the ways to choose k of n.
double logChoose(std::int64_t n, std::int64_t k)
{
    return logGamma(static_cast<double>(n) + 1.0) - logGamma(static_cast<double>(k) + 1.0) -
           logGamma(static_cast<double>(n - k) + 1.0);
}

/// Σ of the probabilities of the tables with these margins that are no likelier than the one seen.
double fisherP(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2)
{
    constexpr double kSameOdds = 1e-7; // of logs: ties of the table seen, as R's fisher.test has it
    const std::int64_t x = x1 + x2;
    const std::int64_t least = std::max<std::int64_t>(0, x - n2);
    const std::int64_t most = std::min(n1, x);
    const double all = logChoose(n1 + n2, x);
    const auto log = [&](std::int64_t k) {
        return logChoose(n1, k) + logChoose(n2, x - k) - all;
    };
    const double seen = log(x1) + kSameOdds;
    double sum = 0.0;
    for (std::int64_t k = least; k <= most; ++k) {
        const double p = log(k);
        sum += p <= seen ? std::exp(p) : 0.0;
    }
    return std::min(sum, 1.0);
}

} // namespace

Interval wilsonInterval(double share, double n, double level)
{
    const double z = normalReach(level);
    const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    const double reach =
        z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // At the ends the bound is the share itself, which rounding must not leave outside.
    return {share > 0.0 ? std::max(middle - reach, 0.0) : 0.0,
            share < 1.0 ? std::min(middle + reach, 1.0) : 1.0};
}

Interval differenceInterval(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2,
                            double level)
{
    const double p1 = shareOf(x1, n1);
    const double p2 = shareOf(x2, n2);
    const Interval one = wilsonInterval(p1, static_cast<double>(n1), level);
    const Interval two = wilsonInterval(p2, static_cast<double>(n2), level);
    const double difference = p1 - p2;
    return {std::max(difference - std::hypot(p1 - one.lower, two.upper - p2), -1.0),
            std::min(difference + std::hypot(one.upper - p1, p2 - two.lower), 1.0)};
}

Interval ratioInterval(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2,
                       double level)
{
    const auto oneOver = [](std::int64_t n) { return 1.0 / static_cast<double>(n); };
    const double log = std::log(shareOf(x1, n1) / shareOf(x2, n2));
    const double variance = oneOver(x1) - oneOver(n1) + oneOver(x2) - oneOver(n2);
    const double reach = normalReach(level) * std::sqrt(std::max(variance, 0.0));
    return {std::exp(log - reach), std::exp(log + reach)};
}

double twoSharesP(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2)
{
    const auto n = static_cast<double>(n1 + n2);
    const auto yes = static_cast<double>(x1 + x2);
    if (x1 + x2 == 0 || x1 + x2 == n1 + n2) {
        return 1.0;
    }
    const double fewest =
        static_cast<double>(std::min(n1, n2)) * std::min(yes, n - yes) / n;
    if (fewest < kFewestExpected) {
        return fisherP(x1, n1, x2, n2);
    }
    const double pooled = yes / n;
    const double variance =
        pooled * (1 - pooled) * (1.0 / static_cast<double>(n1) + 1.0 / static_cast<double>(n2));
    const double difference = shareOf(x1, n1) - shareOf(x2, n2);
    return chiSquareTail(difference * difference / variance, 1.0);
}

std::vector<double> benjaminiHochberg(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    double least = 1.0;
    for (std::size_t rank = p.size(); rank > 0; --rank) {
        const std::size_t i = order[rank - 1];
        least = std::min(least, p[i] * static_cast<double>(p.size()) / static_cast<double>(rank));
        adjusted[i] = least;
    }
    return adjusted;
}

double chiSquareTail(double value, double df)
{
    return upperGamma(0.5 * df, 0.5 * std::max(value, 0.0));
}

double betaQuantile(double a, double b, double p)
{
    return boost::math::ibeta_inv(a, b, p, Quiet());
}

} // namespace perennial
