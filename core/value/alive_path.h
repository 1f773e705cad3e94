#pragma once

#include "core/base/dates.h"
#include "core/value/frequency_model.h"

#include <span>
#include <vector>

namespace perennial {

/// P(alive) of one customer at the end of every day from the first order on, each from what was
/// known by then and the parameters of the fit.
struct AlivePath {
    std::vector<Day> day;
    std::vector<double> pAlive;
};
/// @param orderDays ascending; days after `until` are left out. Empty = an empty path.
/// @error NotTrained for a failed fit.
Result<AlivePath> alivePath(const ModelFit &fit, Period period, std::span<const Day> orderDays,
                            Day until);

} // namespace perennial
