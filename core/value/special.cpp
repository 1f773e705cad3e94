#include "core/value/special.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>

namespace perennial {

namespace {

namespace bm = boost::math::policies;
/// Errors come back as infinities or NaN, never as exceptions; plain double throughout.
using Quiet = bm::policy<bm::domain_error<bm::ignore_error>, bm::pole_error<bm::ignore_error>,
                         bm::overflow_error<bm::ignore_error>,
                         bm::evaluation_error<bm::ignore_error>, bm::promote_double<false>>;

} // namespace

RisingLog risingLog(double v, std::int32_t most)
{
    const auto size = static_cast<std::size_t>(most) + 1;
    RisingLog table{std::vector<double>(size), std::vector<double>(size)};
    for (std::size_t n = 1; n < size; ++n) {
        const double term = v + static_cast<double>(n - 1);
        table.log[n] = table.log[n - 1] + std::log(term);
        table.derivative[n] = table.derivative[n - 1] + 1.0 / term;
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

double gammaRatio(double v, double delta)
{
    return boost::math::tgamma_delta_ratio(v, delta, Quiet());
}

DistinctValues distinctValues(const std::vector<double> &column)
{
    DistinctValues distinct;
    distinct.value = column;
    std::sort(distinct.value.begin(), distinct.value.end());
    distinct.value.erase(std::unique(distinct.value.begin(), distinct.value.end()),
                         distinct.value.end());
    distinct.of.reserve(column.size());
    for (const double v : column) {
        const auto at = std::lower_bound(distinct.value.begin(), distinct.value.end(), v);
        distinct.of.push_back(static_cast<std::uint32_t>(at - distinct.value.begin()));
    }
    return distinct;
}

} // namespace perennial
