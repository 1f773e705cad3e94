#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// Ranks with ties averaged, 1 = smallest. NaN is not allowed.
std::vector<double> averageRanks(std::span<const double> values);

/// Area under the ROC curve: P(score of a positive > score of a negative), ties count half.
/// @param positive as long as `scores`. Empty where one class is missing.  Cost O(n log n).
std::optional<double> areaUnderCurve(std::span<const double> scores,
                                     const std::vector<bool> &positive);
/// Mean −log of the probability given to what happened; probabilities are kept 1e-7 from 0 and 1.
std::optional<double> logLoss(std::span<const double> probabilities,
                              const std::vector<bool> &happened);
/// Rank correlation, ties averaged. Empty for fewer than 2 values or where one side is constant.
std::optional<double> spearman(std::span<const double> a, std::span<const double> b);
std::optional<double> meanAbsoluteError(std::span<const double> predicted,
                                        std::span<const double> actual);
/// Σ predicted / Σ actual − 1. Empty where Σ actual is 0.
std::optional<double> relativeBias(std::span<const double> predicted,
                                   std::span<const double> actual);

/// Means over targets of their rank among all candidates (1 = best; a tie counts half, so ranks may
/// be fractional).
struct RankingQuality {
    std::size_t targets = 0;
    double hr10 = 0;   ///< share with rank <= 10
    double ndcg10 = 0; ///< 1 / log2(1 + rank) where rank <= 10
    double mrr = 0;    ///< 1 / rank
};
std::optional<RankingQuality> rankingQuality(std::span<const double> ranks);

/// Rank of one score among others: 1 + the number above it + half the number equal to it.
/// @param target an index into `scores`; `excluded` indices (the target never among them) don't
/// compete.
double rankOf(std::span<const float> scores, std::size_t target,
              const std::vector<bool> *excluded = nullptr);

} // namespace perennial
