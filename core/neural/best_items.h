#pragma once

// For core/neural and core/behavior alone. No LibTorch here.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Positions that a row's list must not have, ascending.
using HiddenPositions = std::span<const std::int32_t>;

/// The best entries of each row of a matrix of scores that comes tile by tile, so that a tile is
/// looked at while it is in the cache. What is listed is what a full sort would put first: the
/// higher score, of equal ones the lower position. A score that is NaN or infinite is never listed.
/// Cost a row and tile: two passes of vectors over it, and what passes the worst of the list so far.
class BestItemScan {
public:
    enum class Totals { Wanted, NotWanted };
    struct Entry {
        float score = 0;
        std::int32_t position = 0;
    };

    /// @param most entries listed of each row. @param totals whether logTotal is wanted.
    BestItemScan(std::size_t rows, std::size_t most, Totals totals);

    /// Takes columns [from, from + width) of one row. A row's tiles come in ascending order.
    /// @param scores width values, overwritten. @param bias added to each: −inf takes an item out
    /// of the list and of the total. @param hidden of the whole row: not listed, but in the total.
    void take(std::size_t row, float *scores, const float *bias, std::int64_t from,
              std::int64_t width, HiddenPositions hidden);

    /// A score that is not above it can't be listed any more.
    float worst(std::size_t row) const { return m_rows[row].threshold; }

    /// A row's list, best first: at most `most`. The row takes no more tiles then.
    std::span<const Entry> list(std::size_t row);
    /// log Σ exp(score) of the row's finite scores so far; −inf where there is none.
    double logTotal(std::size_t row) const;

private:
    struct Row {
        std::size_t kept = 0;
        float threshold; ///< what is not above it can't be listed
        double most = 0, sum = 0; ///< the total is sum × exp(most); sum = 0: nothing yet
    };
    void takeBlock(std::size_t row, float *scores, const float *bias, std::int64_t from,
                   std::int64_t width, HiddenPositions hidden);
    /// Adds the bias, and the tile to the total. @return the largest score.
    float takeWithTotal(Row &row, float *scores, const float *bias, std::int64_t width) const;
    void addTotal(Row &row, const float *scores, std::int64_t width, float most) const;
    void prune(std::size_t row);

    std::size_t m_most, m_room; ///< listed, and kept until pruned
    Totals m_totals;
    std::vector<Row> m_rows;
    std::vector<Entry> m_entries; ///< m_room a row
};

} // namespace perennial
