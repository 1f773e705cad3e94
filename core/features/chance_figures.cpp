#include "core/features/chance_figures.h"

#include "core/features/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace perennial {

namespace {

double weightOf(std::span<const double> weight, std::size_t k)
{
    return weight.empty() ? 1.0 : weight[k];
}

} // namespace

ChanceFigures chanceFigures(std::span<const double> chances, std::span<const double> happened,
                            std::span<const double> weight, int bins)
{
    ChanceFigures figures;
    for (std::size_t k = 0; k < chances.size(); ++k) {
        figures.mass += weightOf(weight, k);
        figures.happened += happened[k] > 0 ? weightOf(weight, k) : 0.0;
    }
    if (!(figures.mass > 0)) {
        return figures;
    }
    double wins = 0, precision = 0, sum = 0, logs = 0, squares = 0;
    double yesBelow = 0, noBelow = 0;
    for (std::size_t from = 0; from < chances.size();) {
        const double p = chances[from];
        const double kept = std::clamp(p, 1e-7, 1 - 1e-7);
        double yes = 0, no = 0;
        do { // one at least: NaN is not equal to itself
            (happened[from] > 0 ? yes : no) += weightOf(weight, from);
            ++from;
        } while (from < chances.size() && chances[from] == p);
        wins += yes * (noBelow + 0.5 * no);
        if (yes > 0) {
            precision += yes * (figures.happened - yesBelow) / (figures.mass - yesBelow - noBelow);
        }
        yesBelow += yes;
        noBelow += no;
        sum += (yes + no) * p;
        logs -= yes * std::log(kept) + no * std::log1p(-kept);
        squares += yes * (1 - p) * (1 - p) + no * p * p;
    }
    if (yesBelow > 0 && noBelow > 0) {
        figures.auc = wins / (yesBelow * noBelow);
    }
    if (yesBelow > 0) {
        figures.averagePrecision = precision / yesBelow;
        figures.bias = sum / yesBelow - 1;
    }
    figures.logLoss = logs / figures.mass;
    figures.brier = squares / figures.mass;
    figures.ece = calibrationError(calibrationBins(chances, happened, weight, bins));
    return figures;
}

} // namespace perennial
