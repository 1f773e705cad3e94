#include "core/features/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr int kBins = 10;

double weightOf(std::span<const double> weight, std::size_t k)
{
    return weight.empty() ? 1.0 : weight[k];
}

} // namespace

std::vector<CalibrationBin> calibrationBins(std::span<const double> probabilities,
                                            std::span<const double> happened,
                                            std::span<const double> weight, int bins)
{
    double all = 0;
    for (std::size_t k = 0; k < probabilities.size(); ++k) {
        all += weightOf(weight, k);
    }
    std::vector<CalibrationBin> made;
    double before = 0, open = -1; // mass gone by, and the place of the bin that is filled
    for (std::size_t from = 0; from < probabilities.size();) {
        const double p = probabilities[from];
        std::size_t to = from;
        double mass = 0, came = 0;
        do { // one at least: NaN is not equal to itself
            mass += weightOf(weight, to);
            came += weightOf(weight, to) * happened[to];
            ++to;
        } while (to < probabilities.size() && probabilities[to] == p);
        if (mass > 0) {
            const double place =
                std::min(std::floor((before + 0.5 * mass) / all * bins), bins - 1.0);
            if (place != open) {
                open = place;
                made.emplace_back();
            }
            CalibrationBin &bin = made.back();
            bin.cases += static_cast<std::int64_t>(to - from);
            bin.mass += mass;
            bin.predicted += mass * p;
            bin.happened += came;
            before += mass;
        }
        from = to;
    }
    return made;
}

double calibrationError(std::span<const CalibrationBin> bins)
{
    double error = 0, all = 0;
    for (const CalibrationBin &bin : bins) {
        error += std::abs(bin.predicted - bin.happened);
        all += bin.mass;
    }
    return all > 0 ? error / all : 0.0;
}

std::optional<double> calibrationError(std::span<const double> probabilities,
                                       const std::vector<bool> &happened)
{
    if (probabilities.empty()) {
        return std::nullopt;
    }
    std::vector<double> p, came;
    p.reserve(probabilities.size());
    came.reserve(probabilities.size());
    for (const std::size_t k : orderedBy(probabilities)) {
        p.push_back(probabilities[k]);
        came.push_back(happened[k] ? 1.0 : 0.0);
    }
    return calibrationError(calibrationBins(p, came, {}, kBins));
}

std::vector<std::size_t> orderedBy(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    return order;
}

} // namespace perennial
