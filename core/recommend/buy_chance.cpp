#include "core/recommend/buy_chance.h"

#include "core/features/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr double kRidge = 1.0;
constexpr double kLevel = 0.95;
constexpr double kMostBins = 20;
constexpr double kFewestBought = 20; ///< expected of a bin
constexpr double kEdge = 1e-6; ///< probabilities and shares are kept so far from 0 (and 1)

double logit(double p)
{
    const double kept = std::clamp(p, kEdge, 1 - kEdge);
    return std::log(kept / (1 - kept));
}

std::array<double, 4> featuresOf(const ItemCase &one)
{
    const double share = std::log(std::clamp(one.share, kEdge, 1.0));
    return {logit(one.user), share, one.again ? 1.0 : 0.0, one.again ? share : 0.0};
}

} // namespace

double UserChance::probability(const HistorySummary &summary) const
{
    std::array<double, kSummarySize> x{};
    for (std::size_t k = 0; k < kSummarySize; ++k) {
        x[k] = (static_cast<double>(summary[k]) - mean[k]) / deviation[k];
    }
    return model.probability(x);
}

UserChance fitUserChance(std::span<const HistorySummary> summaries, const std::vector<bool> &bought)
{
    UserChance chance;
    const auto n = static_cast<double>(std::max<std::size_t>(summaries.size(), 1));
    for (std::size_t k = 0; k < kSummarySize; ++k) {
        double sum = 0, squares = 0;
        for (const HistorySummary &one : summaries) {
            sum += static_cast<double>(one[k]);
        }
        chance.mean[k] = sum / n;
        for (const HistorySummary &one : summaries) {
            const double off = static_cast<double>(one[k]) - chance.mean[k];
            squares += off * off;
        }
        const double deviation = std::sqrt(squares / n);
        chance.deviation[k] = deviation > 1e-9 ? deviation : 1.0;
    }
    std::vector<double> x, y;
    x.reserve(summaries.size() * kSummarySize);
    for (std::size_t u = 0; u < summaries.size(); ++u) {
        for (std::size_t k = 0; k < kSummarySize; ++k) {
            x.push_back((static_cast<double>(summaries[u][k]) - chance.mean[k]) /
                        chance.deviation[k]);
        }
        y.push_back(bought[u] ? 1.0 : 0.0);
    }
    chance.model =
        fitLogistic(x, kSummarySize, y, std::vector<double>(summaries.size(), 1.0), kRidge);
    return chance;
}

double ItemChance::probability(const ItemCase &one) const
{
    const double first = model.probability(featuresOf(one));
    if (knots.empty()) {
        return first;
    }
    const double at = std::log(first) - std::log1p(-first);
    const auto above = std::upper_bound(knots.begin(), knots.end(), at,
                                        [](double x, const Knot &knot) { return x < knot.from; });
    double to = 0;
    if (above == knots.begin()) { // past the ends, as far off as at the end
        to = at + knots.front().to - knots.front().from;
    } else if (above == knots.end()) {
        to = at + knots.back().to - knots.back().from;
    } else {
        const Knot &low = *(above - 1);
        to = low.to + (at - low.from) / (above->from - low.from) * (above->to - low.to);
    }
    return 1 / (1 + std::exp(-std::clamp(to, -30.0, 30.0)));
}

namespace {

/// Cases of like chances: weights of all and of those that bought, the sum of what the first step
/// says of them, and the means of that at both ends of what was pooled.
struct Bin {
    double weight = 0, bought = 0, said = 0;
    double low = 0, high = 0;
    double rate() const { return bought / weight; }
    void add(const Bin &next)
    {
        weight += next.weight;
        bought += next.bought;
        said += next.said;
        high = next.high;
    }
};

/// Bins in the order of what the first step says, with as many purchases expected in each. (Bins
/// that end where so many were counted would end on a purchase, and all say too much.)
std::vector<Bin> binsOf(std::span<const double> said, const std::vector<bool> &bought,
                        std::span<const double> weight)
{
    std::vector<std::size_t> order(said.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return said[a] < said[b]; });
    double total = 0;
    for (std::size_t k = 0; k < said.size(); ++k) {
        total += weight[k] * said[k];
    }
    const double each = std::max(total / kMostBins, kFewestBought);
    std::vector<Bin> bins(1);
    for (const std::size_t k : order) {
        if (bins.back().said >= each) {
            bins.emplace_back();
        }
        bins.back().add({weight[k], bought[k] ? weight[k] : 0.0, weight[k] * said[k], 0, 0});
    }
    if (bins.size() > 1 && bins.back().said < each) { // what is left over
        const Bin last = bins.back();
        bins.pop_back();
        bins.back().add(last);
    }
    for (Bin &bin : bins) {
        bin.low = bin.high = bin.said / bin.weight;
    }
    return bins;
}

/// Neighbours whose rates fall are pooled until all rise, and the ends until they are within (0, 1).
std::vector<Bin> pooled(const std::vector<Bin> &bins)
{
    std::vector<Bin> rising;
    for (const Bin &bin : bins) {
        rising.push_back(bin);
        const auto falls = [&] {
            const Bin &before = rising[rising.size() - 2], &after = rising.back();
            return before.rate() >= after.rate() || !(before.rate() > 0) || !(after.rate() < 1);
        };
        while (rising.size() > 1 && falls()) {
            const Bin last = rising.back();
            rising.pop_back();
            rising.back().add(last);
        }
    }
    return rising;
}

} // namespace

ItemChance fitItemChance(std::span<const ItemCase> cases, const std::vector<bool> &bought,
                         std::span<const double> weight)
{
    std::vector<double> x, y;
    x.reserve(cases.size() * 4);
    for (std::size_t k = 0; k < cases.size(); ++k) {
        const auto features = featuresOf(cases[k]);
        x.insert(x.end(), features.begin(), features.end());
        y.push_back(bought[k] ? 1.0 : 0.0);
    }
    ItemChance chance{fitLogistic(x, 4, y, weight, kRidge), {}};
    if (!chance.fitted()) {
        return chance;
    }
    std::vector<double> said;
    said.reserve(cases.size());
    for (const ItemCase &one : cases) {
        said.push_back(chance.probability(one));
    }
    std::vector<ItemChance::Knot> knots;
    for (const Bin &bin : pooled(binsOf(said, bought, weight))) {
        const double rate = bin.rate();
        for (const double end : {bin.low, bin.high}) {
            const double from = std::log(end) - std::log1p(-end);
            if (rate > 0 && rate < 1 && std::isfinite(from) &&
                (knots.empty() || from > knots.back().from)) {
                knots.push_back({from, std::log(rate / (1 - rate))});
            }
        }
    }
    chance.knots = std::move(knots);
    return chance;
}

double carriedChance(double probability, int window, int horizon) noexcept
{
    if (window <= 0 || horizon == window) {
        return probability;
    }
    const double none = std::log1p(-std::clamp(probability, 0.0, 1 - 1e-12));
    return -std::expm1(none * horizon / window);
}

std::optional<CalibrationError> calibrationError(std::span<const double> probabilities,
                                                 const std::vector<bool> &happened,
                                                 std::span<const std::int64_t> users, int bins,
                                                 int replicates, std::uint64_t seed)
{
    if (probabilities.empty()) {
        return std::nullopt;
    }
    std::vector<double> p, came;
    std::vector<std::int64_t> who;
    for (const std::size_t k : orderedBy(probabilities)) {
        p.push_back(probabilities[k]);
        came.push_back(happened[k] ? 1.0 : 0.0);
        who.push_back(users[k]);
    }
    const auto errorOf = [&](std::span<const double> weight) {
        return calibrationError(calibrationBins(p, came, weight, std::max(bins, 1)));
    };
    CalibrationError result;
    const auto n = static_cast<double>(p.size());
    result.cases = std::ssize(p);
    result.error = errorOf({});
    result.predicted = std::accumulate(p.begin(), p.end(), 0.0) / n;
    result.happened = std::accumulate(came.begin(), came.end(), 0.0) / n;
    std::vector<double> errors;
    for (int b = 1; b <= replicates; ++b) {
        errors.push_back(errorOf(userWeights(who, seed, b)));
    }
    const double excess = std::accumulate(errors.begin(), errors.end(), 0.0) /
                              static_cast<double>(std::max<std::size_t>(errors.size(), 1)) -
                          result.error;
    std::vector<std::optional<double>> drawn;
    for (const double error : errors) {
        drawn.emplace_back(std::max(error - excess, 0.0));
    }
    result.interval = percentileInterval(drawn, kLevel);
    return result;
}

} // namespace perennial
