#include "core/features/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

std::vector<double> averageRanks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from + 1;
        while (to < order.size() && values[order[to]] == values[order[from]]) {
            ++to;
        }
        const double rank = (static_cast<double>(from + 1) + static_cast<double>(to)) / 2.0;
        for (std::size_t k = from; k < to; ++k) {
            ranks[order[k]] = rank;
        }
        from = to;
    }
    return ranks;
}

std::optional<double> areaUnderCurve(std::span<const double> scores,
                                     const std::vector<bool> &positive)
{
    const std::vector<double> ranks = averageRanks(scores);
    double sum = 0;
    double positives = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        sum += positive[i] ? ranks[i] : 0.0;
        positives += positive[i] ? 1.0 : 0.0;
    }
    const double negatives = static_cast<double>(ranks.size()) - positives;
    if (positives == 0 || negatives == 0) {
        return std::nullopt;
    }
    return (sum - positives * (positives + 1) / 2) / (positives * negatives);
}

std::optional<double> logLoss(std::span<const double> probabilities,
                              const std::vector<bool> &happened)
{
    if (probabilities.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double p = std::clamp(probabilities[i], 1e-7, 1 - 1e-7);
        sum -= std::log(happened[i] ? p : 1 - p);
    }
    return sum / static_cast<double>(probabilities.size());
}

std::optional<double> spearman(std::span<const double> a, std::span<const double> b)
{
    if (a.size() < 2) {
        return std::nullopt;
    }
    const std::vector<double> ranksA = averageRanks(a);
    const std::vector<double> ranksB = averageRanks(b);
    const double mean = (static_cast<double>(a.size()) + 1) / 2;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double da = ranksA[i] - mean;
        const double db = ranksB[i] - mean;
        ab += da * db;
        aa += da * da;
        bb += db * db;
    }
    if (aa == 0 || bb == 0) {
        return std::nullopt;
    }
    return ab / std::sqrt(aa * bb);
}

std::optional<double> meanAbsoluteError(std::span<const double> predicted,
                                        std::span<const double> actual)
{
    if (predicted.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        sum += std::abs(predicted[i] - actual[i]);
    }
    return sum / static_cast<double>(predicted.size());
}

std::optional<double> relativeBias(std::span<const double> predicted,
                                   std::span<const double> actual)
{
    const double truth = std::accumulate(actual.begin(), actual.end(), 0.0);
    if (truth == 0) {
        return std::nullopt;
    }
    return std::accumulate(predicted.begin(), predicted.end(), 0.0) / truth - 1;
}

std::optional<RankingQuality> rankingQuality(std::span<const double> ranks)
{
    if (ranks.empty()) {
        return std::nullopt;
    }
    RankingQuality quality;
    quality.targets = ranks.size();
    for (const double rank : ranks) {
        quality.hr10 += rank <= 10 ? 1.0 : 0.0;
        quality.ndcg10 += rank <= 10 ? 1.0 / std::log2(1.0 + rank) : 0.0;
        quality.mrr += 1.0 / rank;
    }
    const double n = static_cast<double>(ranks.size());
    quality.hr10 /= n;
    quality.ndcg10 /= n;
    quality.mrr /= n;
    return quality;
}

double rankOf(std::span<const float> scores, std::size_t target, const std::vector<bool> *excluded)
{
    const float mine = scores[target];
    std::size_t above = 0;
    std::size_t equal = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (i == target || (excluded != nullptr && (*excluded)[i])) {
            continue;
        }
        above += scores[i] > mine ? 1 : 0;
        equal += scores[i] == mine ? 1 : 0;
    }
    return 1.0 + static_cast<double>(above) + static_cast<double>(equal) / 2;
}

} // namespace perennial
