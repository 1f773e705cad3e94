#include "core/survival/strata.h"

#include "core/numeric/radix_order.h"

#include <algorithm>
#include <cmath>

namespace perennial {

StratifiedRows stratify(std::span<const double> times, std::span<const std::uint32_t> strata)
{
    StratifiedRows rows;
    rows.order = radixOrder(times);
    if (rows.order.empty()) {
        return rows;
    }
    if (strata.empty()) {
        rows.ends = {rows.order.size()};
        rows.names = {0};
        return rows;
    }
    std::ranges::stable_sort(rows.order, {}, [&](std::uint32_t row) { return strata[row]; });
    for (std::size_t i = 0; i < rows.order.size(); ++i) {
        const std::uint32_t name = strata[rows.order[i]];
        if (i + 1 == rows.order.size() || strata[rows.order[i + 1]] != name) {
            rows.ends.push_back(i + 1);
            rows.names.push_back(name);
        }
    }
    return rows;
}

Status checkSurvivalRows(std::span<const double> durations, std::span<const std::int8_t> observed,
                         std::span<const std::uint32_t> strata)
{
    if (observed.size() != durations.size() ||
        (!strata.empty() && strata.size() != durations.size())) {
        return fail(ErrorCode::InvalidArgument, std::to_string(observed.size()), "lengths");
    }
    const auto isBad = [](double v) { return !std::isfinite(v) || v < 0.0; };
    if (std::ranges::any_of(durations, isBad)) {
        return fail(ErrorCode::InvalidArgument, {}, "durations");
    }
    return Done{};
}

} // namespace perennial
