#include "core/survival/concordance.h"

#include "core/numeric/radix_order.h"
#include "core/survival/strata.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace perennial {

namespace {

/// How many rows have each rank, and how many a lower one (Fenwick's tree).
class RankCounts {
public:
    explicit RankCounts(std::size_t ranks) : m_sums(ranks + 1, 0) {}

    void add(std::uint32_t rank) noexcept { change(rank, 1); }
    void remove(std::uint32_t rank) noexcept { change(rank, -1); }
    /// Rows with a rank below.
    std::int64_t below(std::uint32_t rank) const noexcept
    {
        std::int64_t sum = 0;
        for (std::size_t k = rank; k > 0; k &= k - 1) {
            sum += m_sums[k];
        }
        return sum;
    }
    std::int64_t all() const noexcept { return m_all; }

private:
    void change(std::uint32_t rank, std::int32_t by) noexcept
    {
        for (std::size_t k = std::size_t{rank} + 1; k < m_sums.size(); k += k & (~k + 1)) {
            m_sums[k] += by;
        }
        m_all += by;
    }

    std::vector<std::int32_t> m_sums;
    std::int64_t m_all = 0;
};

/// Ranks from 0, equal values equal.
std::vector<std::uint32_t> denseRanks(std::span<const double> values)
{
    std::vector<std::uint32_t> ranks(values.size());
    const std::vector<std::uint32_t> order = radixOrder(values);
    std::uint32_t rank = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        rank += k > 0 && values[order[k]] != values[order[k - 1]] ? 1 : 0;
        ranks[order[k]] = rank;
    }
    return ranks;
}

struct Pairs {
    const StratifiedRows &rows;
    std::span<const std::int8_t> observed;
    std::vector<std::uint32_t> rank;
    RankCounts later; ///< who is still there after the time looked at
    Concordance counts;

    /// Rows of one time, the later ones counted already.
    void count(const TiedRows &tied)
    {
        std::int64_t events = 0;
        for (std::size_t k = tied.from; k < tied.to; ++k) {
            if (observed[rows.order[k]] == 0) {
                later.add(rank[rows.order[k]]);
            }
        }
        for (std::size_t k = tied.from; k < tied.to; ++k) {
            if (observed[rows.order[k]] != 0) {
                const std::uint32_t mine = rank[rows.order[k]];
                const std::int64_t below = later.below(mine);
                const std::int64_t upTo = later.below(mine + 1);
                counts.concordant += below;
                counts.tiedRisk += upTo - below;
                counts.discordant += later.all() - upTo;
                ++events;
            }
        }
        counts.tiedTime += events * (events - 1) / 2;
        for (std::size_t k = tied.from; k < tied.to; ++k) {
            if (observed[rows.order[k]] != 0) {
                later.add(rank[rows.order[k]]);
            }
        }
    }

    void forget(std::size_t from, std::size_t to)
    {
        for (std::size_t k = from; k < to; ++k) {
            later.remove(rank[rows.order[k]]);
        }
    }
};

} // namespace

std::optional<double> Concordance::index() const noexcept
{
    const auto pairs = static_cast<double>(concordant + discordant + tiedRisk);
    if (pairs == 0.0) {
        return std::nullopt;
    }
    return (static_cast<double>(concordant) + static_cast<double>(tiedRisk) / 2.0) / pairs;
}

Result<Concordance> concordance(std::span<const double> durations,
                                std::span<const std::int8_t> observed,
                                std::span<const double> risk,
                                std::span<const std::uint32_t> strata)
{
    if (const Status sound = checkSurvivalRows(durations, observed, strata); !sound) {
        return sound.error();
    }
    if (risk.size() != durations.size()) {
        return fail(ErrorCode::InvalidArgument, std::to_string(risk.size()), "lengths");
    }
    if (!std::ranges::all_of(risk, [](double v) { return std::isfinite(v); })) {
        return fail(ErrorCode::InvalidArgument, {}, "risk");
    }
    const StratifiedRows rows = stratify(durations, strata);
    Pairs pairs{rows, observed, denseRanks(risk), RankCounts(risk.size()), {}};
    // From the latest time back, so that the tree has whoever is still there.
    std::vector<TiedRows> times;
    eachTime(rows, durations, [&](const TiedRows &tied) { times.push_back(tied); });
    for (std::size_t k = times.size(); k > 0; --k) {
        const TiedRows &tied = times[k - 1];
        pairs.count(tied);
        if (tied.first && k > 1) {
            pairs.forget(tied.from, tied.end);
        }
    }
    return pairs.counts;
}

} // namespace perennial
