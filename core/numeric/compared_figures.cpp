#include "core/numeric/compared_figures.h"

#include <cstddef>

namespace perennial {

namespace {

/// Paired differences of two rows' distances, without the figure itself.
FigureReplicates differences(const FigureReplicates &row, const FigureReplicates &best,
                             const std::function<double(double)> &distance)
{
    FigureReplicates difference;
    for (std::size_t b = 1; b < row.size(); ++b) {
        difference.push_back(row[b] && best[b]
                                 ? std::optional(distance(*row[b]) - distance(*best[b]))
                                 : std::nullopt);
    }
    return difference;
}

} // namespace

void compareFigures(std::span<ScoredFigure *const> rows,
                    std::span<const FigureReplicates> replicates,
                    const std::function<double(double)> &distance, double level)
{
    std::optional<std::size_t> best;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::optional<double> value = replicates[r].front();
        if (value && (!best || distance(*value) < distance(*replicates[*best].front()))) {
            best = r;
        }
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        ScoredFigure &figure = *rows[r];
        figure.value = replicates[r].front();
        figure.isBest = best == r;
        figure.interval = percentileInterval(std::span(replicates[r]).subspan(1), level);
        if (best && !figure.isBest) {
            figure.fromBest =
                percentileInterval(differences(replicates[r], replicates[*best], distance), level);
            figure.isNoise = figure.fromBest && figure.fromBest->lower <= 0.0;
        }
    }
}

} // namespace perennial
