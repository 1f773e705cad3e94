#include "core/ranking/ranking_metrics.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

double gain(std::size_t place) { return 1.0 / std::log2(1.0 + static_cast<double>(place)); }

const RelevantItem *find(std::span<const RelevantItem> relevant, std::int32_t item)
{
    const auto at = std::lower_bound(
        relevant.begin(), relevant.end(), item,
        [](const RelevantItem &one, std::int32_t other) { return one.item < other; });
    return at != relevant.end() && at->item == item ? &*at : nullptr;
}

/// Of counts, zeros included: 0 = all alike, 1 = everything on one.
double giniOf(std::vector<std::int64_t> counts)
{
    std::sort(counts.begin(), counts.end());
    double weighted = 0, total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        weighted += static_cast<double>(i + 1) * static_cast<double>(counts[i]);
        total += static_cast<double>(counts[i]);
    }
    const double n = static_cast<double>(counts.size());
    return total > 0 ? 2.0 * weighted / (n * total) - (n + 1.0) / n : 0.0;
}

} // namespace

std::string_view rankingMetricName(RankingMetric metric) noexcept
{
    switch (metric) {
    case RankingMetric::HitRate: return "hit_rate";
    case RankingMetric::Recall: return "recall";
    case RankingMetric::Precision: return "precision";
    case RankingMetric::Mrr: return "mrr";
    case RankingMetric::Ndcg: return "ndcg";
    case RankingMetric::Value: return "value";
    }
    return {};
}

RankingFigures judgeList(std::span<const std::int32_t> list,
                         std::span<const RelevantItem> relevant, std::size_t k)
{
    double hits = 0, first = 0, gained = 0, value = 0;
    for (std::size_t place = 1; place <= std::min(list.size(), k); ++place) {
        const RelevantItem *hit = find(relevant, list[place - 1]);
        if (hit == nullptr) {
            continue;
        }
        first = hits == 0 ? 1.0 / static_cast<double>(place) : first;
        hits += 1;
        gained += gain(place);
        value += hit->net;
    }
    double best = 0;
    for (std::size_t place = 1; place <= std::min(relevant.size(), k); ++place) {
        best += gain(place);
    }
    RankingFigures figures{};
    const auto at = [&](RankingMetric metric) -> double & {
        return figures[static_cast<std::size_t>(metric)];
    };
    at(RankingMetric::HitRate) = hits > 0 ? 1.0 : 0.0;
    at(RankingMetric::Recall) = hits / static_cast<double>(relevant.size());
    at(RankingMetric::Precision) = hits / static_cast<double>(k);
    at(RankingMetric::Mrr) = first;
    at(RankingMetric::Ndcg) = gained / best;
    at(RankingMetric::Value) = value;
    return figures;
}

std::vector<std::int32_t> bestItems(std::span<const float> scores, std::size_t candidates,
                                    std::span<const std::int32_t> masked, std::size_t k)
{
    std::vector<std::int32_t> items;
    items.reserve(candidates);
    auto mask = masked.begin();
    for (std::size_t i = 0; i < candidates; ++i) {
        const auto item = static_cast<std::int32_t>(i);
        while (mask != masked.end() && *mask < item) {
            ++mask;
        }
        if (mask == masked.end() || *mask != item) {
            items.push_back(item);
        }
    }
    const auto better = [&](std::int32_t a, std::int32_t b) {
        const float ofA = scores[static_cast<std::size_t>(a)];
        const float ofB = scores[static_cast<std::size_t>(b)];
        return ofA != ofB ? ofA > ofB : a < b;
    };
    const auto kept = std::min(items.size(), k);
    std::partial_sort(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(kept),
                      items.end(), better);
    items.resize(kept);
    return items;
}

ListQualityCounter::ListQualityCounter(const ItemHistory &history, std::size_t k)
    : m_history(history), m_buyers(buyerLists(history)), m_k(k), m_shown(history.candidates, 0)
{
}

/// Of two items' columns in the binary matrix of users and items.
double ListQualityCounter::cosine(std::int32_t a, std::int32_t b)
{
    const auto listOf = [&](std::int32_t item) {
        const auto i = static_cast<std::size_t>(item);
        return std::span(m_buyers.users)
            .subspan(m_buyers.offsets[i], m_buyers.offsets[i + 1] - m_buyers.offsets[i]);
    };
    const auto left = listOf(a), right = listOf(b);
    std::size_t both = 0;
    for (std::size_t i = 0, j = 0; i < left.size() && j < right.size();) {
        both += left[i] == right[j] ? 1 : 0;
        const bool moveLeft = left[i] <= right[j];
        j += right[j] <= left[i] ? 1 : 0;
        i += moveLeft ? 1 : 0;
    }
    return static_cast<double>(both) /
           std::sqrt(static_cast<double>(left.size()) * static_cast<double>(right.size()));
}

void ListQualityCounter::add(std::span<const std::int32_t> list,
                             std::span<const RelevantItem> relevant)
{
    const double users = static_cast<double>(m_history.users());
    for (std::size_t place = 0; place < list.size(); ++place) {
        const auto item = static_cast<std::size_t>(list[place]);
        ++m_shown[item];
        ++m_places;
        m_novelty -= std::log2(m_history.buyers[item] / users);
        m_surprises += item >= m_k && find(relevant, list[place]) != nullptr ? 1 : 0;
        for (std::size_t other = 0; other < place; ++other) {
            m_distance += 1.0 - cosine(list[place], list[other]);
            ++m_pairs;
        }
    }
}

ListQuality ListQualityCounter::result() const
{
    ListQuality quality;
    if (m_places == 0) {
        return quality;
    }
    const auto shown = std::count_if(m_shown.begin(), m_shown.end(),
                                     [](std::int64_t n) { return n > 0; });
    quality.coverage = static_cast<double>(shown) / static_cast<double>(m_shown.size());
    quality.gini = giniOf(m_shown);
    quality.novelty = m_novelty / static_cast<double>(m_places);
    quality.diversity = m_pairs > 0 ? m_distance / static_cast<double>(m_pairs) : 0.0;
    quality.serendipity = static_cast<double>(m_surprises) / static_cast<double>(m_places);
    return quality;
}

} // namespace perennial
