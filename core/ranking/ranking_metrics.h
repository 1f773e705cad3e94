#pragma once

#include "core/ranking/item_history.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// Means over test users of what their list of k items brings.
enum class RankingMetric {
    HitRate,   ///< share of users with at least one relevant item in the list
    Recall,    ///< hits / relevant items
    Precision, ///< hits / k
    Mrr,       ///< 1 / place of the first hit, 0 without one
    Ndcg,      ///< Σ over hits of 1 / log2(1 + place), over that of the best possible list
    Value,     ///< net amount that the user spends in the window on the items of the list
};
inline constexpr std::array<RankingMetric, 6> kRankingMetrics{
    RankingMetric::HitRate, RankingMetric::Recall, RankingMetric::Precision,
    RankingMetric::Mrr,     RankingMetric::Ndcg,   RankingMetric::Value};
std::string_view rankingMetricName(RankingMetric metric) noexcept; // "hit_rate", …

using RankingFigures = std::array<double, kRankingMetrics.size()>;

/// What a user bought in the window that he had not bought before, among the candidates.
struct RelevantItem {
    std::int32_t item = 0;
    double net = 0; ///< what he spent on it in the window, refunds included; may be negative
};

/// @param list items, the best first. @param relevant in item order, at least one.
/// @param k length that counts, >= 1; a shorter list has nothing in its other places.
/// Source: Järvelin & Kekäläinen (2002), ACM TOIS 20(4), for NDCG with binary gains.
RankingFigures judgeList(std::span<const std::int32_t> list,
                         std::span<const RelevantItem> relevant, std::size_t k);

/// The k best candidates by score, without those of `masked`; ties go to the lower number.
/// @param masked ascending. Cost O(candidates).
std::vector<std::int32_t> bestItems(std::span<const float> scores, std::size_t candidates,
                                    std::span<const std::int32_t> masked, std::size_t k);

/// What all lists together look like.
struct ListQuality {
    double coverage = 0;  ///< share of the candidates recommended to anybody
    double gini = 0;      ///< of how often each candidate is recommended; 1 = all lists alike
    double novelty = 0;   ///< mean −log2(share of the known users who bought the item), bits
    double diversity = 0; ///< mean over pairs of a list of 1 − cosine of their buyers, in [0, 1]
    /// Share of places that are hits and not among the k most bought items.
    double serendipity = 0;
};

/// Collects lists and sums them up.
class ListQualityCounter {
public:
    ListQualityCounter(const ItemHistory &history, std::size_t k);
    void add(std::span<const std::int32_t> list, std::span<const RelevantItem> relevant);
    /// Sources: Castells, Hurley & Vargas (2015), "Novelty and diversity in recommender systems",
    /// Recommender Systems Handbook; Ge, Delgado-Battenfeld & Jannach (2010), RecSys, for coverage and
    /// serendipity.
    ListQuality result() const;

private:
    double cosine(std::int32_t a, std::int32_t b);

    const ItemHistory &m_history;
    BuyerLists m_buyers;
    std::size_t m_k;
    std::vector<std::int64_t> m_shown; ///< by candidate
    double m_novelty = 0, m_distance = 0;
    std::int64_t m_places = 0, m_pairs = 0, m_surprises = 0;
};

} // namespace perennial
