#include "core/features/outcome_metrics.h"

#include "core/features/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace perennial {

namespace {

/// How many values of each rank were added. Source: Fenwick (1994).
class RankCounts {
public:
    explicit RankCounts(std::size_t ranks) : m_sums(ranks + 1, 0) {}
    void add(std::size_t rank)
    {
        ++m_all;
        for (std::size_t i = rank + 1; i < m_sums.size(); i += i & (~i + 1)) {
            ++m_sums[i];
        }
    }
    /// Of ranks below this one.
    std::int64_t below(std::size_t rank) const
    {
        std::int64_t sum = 0;
        for (std::size_t i = rank; i > 0; i -= i & (~i + 1)) {
            sum += m_sums[i];
        }
        return sum;
    }
    std::int64_t all() const noexcept { return m_all; }

private:
    std::vector<std::int64_t> m_sums;
    std::int64_t m_all = 0;
};

/// 0 for the least value, equal values alike.
std::vector<std::size_t> denseRanks(std::span<const double> values)
{
    const std::vector<std::size_t> order = orderedBy(values);
    std::vector<std::size_t> ranks(values.size(), 0);
    for (std::size_t k = 1; k < order.size(); ++k) {
        const bool higher = values[order[k]] > values[order[k - 1]];
        ranks[order[k]] = ranks[order[k - 1]] + (higher ? 1 : 0);
    }
    return ranks;
}

} // namespace

std::optional<double> concordance(std::span<const double> expected, std::span<const double> days,
                                  const std::vector<bool> &happened)
{
    // from the longest times down: whoever is counted already waited longer
    const std::vector<std::size_t> order = orderedBy(days);
    const std::vector<std::size_t> ranks = denseRanks(expected);
    RankCounts longer(ranks.size());
    double right = 0;
    double pairs = 0;
    for (std::size_t end = order.size(); end > 0;) {
        std::size_t from = end - 1;
        while (from > 0 && days[order[from - 1]] == days[order[end - 1]]) {
            --from;
        }
        // of the same day, the censored waited longer, and who came did not
        for (std::size_t k = from; k < end; ++k) {
            if (!happened[order[k]]) {
                longer.add(ranks[order[k]]);
            }
        }
        for (std::size_t k = from; k < end; ++k) {
            if (happened[order[k]]) {
                const std::size_t rank = ranks[order[k]];
                const std::int64_t sooner = longer.below(rank);
                const std::int64_t equal = longer.below(rank + 1) - sooner;
                pairs += static_cast<double>(longer.all());
                right += static_cast<double>(longer.all() - sooner - equal) +
                         static_cast<double>(equal) / 2;
            }
        }
        for (std::size_t k = from; k < end; ++k) {
            if (happened[order[k]]) {
                longer.add(ranks[order[k]]);
            }
        }
        end = from;
    }
    return pairs > 0 ? std::optional(right / pairs) : std::nullopt;
}

} // namespace perennial
