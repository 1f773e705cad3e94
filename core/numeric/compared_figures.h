#pragma once

#include "core/numeric/bootstrap.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// A figure with its user-bootstrap interval, and the same for its difference from the best of the
/// table.
struct ScoredFigure {
    std::optional<double> value;
    std::optional<Interval> interval;
    std::optional<Interval> fromBest; ///< of distance(this) − distance(the best)
    bool isBest = false;
    /// The interval of the difference holds 0: as far as these users can tell, as good as the best.
    bool isNoise = false;
    /// By more than noise. Without an interval of the difference nobody can tell.
    bool isWorse() const noexcept { return value && fromBest && !isBest && !isNoise; }
};

/// One metric of several rows: the figure itself, then each bootstrap replicate, drawn alike for all
/// rows, so that differences are paired.
using FigureReplicates = std::vector<std::optional<double>>;

/// Fills value, intervals and comparison with the best row.
/// @param replicates of each row, all as long. @param distance from perfect: the smaller the better.
/// @param level of the intervals, in (0, 1).
void compareFigures(std::span<ScoredFigure *const> rows,
                    std::span<const FigureReplicates> replicates,
                    const std::function<double(double)> &distance, double level);

} // namespace perennial
