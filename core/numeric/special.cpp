#include "core/numeric/special.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <unordered_map>

namespace perennial {

namespace {

namespace bm = boost::math::policies;
/// Errors come back as infinities or NaN, never as exceptions; plain double throughout.
using Quiet = bm::policy<bm::domain_error<bm::ignore_error>, bm::pole_error<bm::ignore_error>,
                         bm::overflow_error<bm::ignore_error>,
                         bm::evaluation_error<bm::ignore_error>, bm::promote_double<false>>;

} // namespace

RisingLog risingLog(double v, std::int32_t most, std::int32_t k)
{
    const auto size = static_cast<std::size_t>(most) + 1;
    RisingLog table{std::vector<double>(size), std::vector<double>(size)};
    for (std::size_t n = 1; n < size; ++n) {
        const double from = v + static_cast<double>(n - 1) * k;
        double product = from;
        double inverses = 1.0 / from;
        for (std::int32_t i = 1; i < k; ++i) {
            product *= from + i;
            inverses += 1.0 / (from + i);
        }
        table.log[n] = table.log[n - 1] + std::log(product);
        table.derivative[n] = table.derivative[n - 1] + inverses;
    }
    return table;
}

double logGamma(double v)
{
    return boost::math::lgamma(v, Quiet());
}

double digamma(double v)
{
    return boost::math::digamma(v, Quiet());
}

double stirlingRest(double v)
{
    if (v < kStirlingIsExact) {
        constexpr double kLogRootTwoPi = 0.91893853320467274178;
        return logGamma(v) - (v - 0.5) * std::log(v) + v - kLogRootTwoPi;
    }
    const double i = 1.0 / v;
    const double s = i * i;
    return i * (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s / 1680.0)));
}

double digammaRest(double v)
{
    if (v < kStirlingIsExact) {
        return digamma(v) - std::log(v) + 0.5 / v;
    }
    const double s = 1.0 / (v * v);
    return -s * (1.0 / 12.0 - s * (1.0 / 120.0 - s * (1.0 / 252.0 - s / 240.0)));
}

double upperGamma(double v, double x)
{
    return boost::math::gamma_q(v, x, Quiet());
}

double gammaRatio(double v, double delta)
{
    return boost::math::tgamma_delta_ratio(v, delta, Quiet());
}

DistinctValues distinctValues(const std::vector<double> &column)
{
    DistinctValues distinct;
    std::unordered_map<double, std::uint32_t> numbers;
    distinct.of.reserve(column.size());
    for (const double v : column) {
        const auto fresh = static_cast<std::uint32_t>(distinct.value.size());
        const auto [at, isNew] = numbers.try_emplace(v, fresh);
        if (isNew) {
            distinct.value.push_back(v);
        }
        distinct.of.push_back(at->second);
    }
    return distinct;
}

} // namespace perennial
