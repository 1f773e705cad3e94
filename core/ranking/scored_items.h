#pragma once

#include "core/ranking/item_history.h"

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// One user's scores among all items there are: those without a number in the history score 0.
class ScoredItems {
public:
    /// @param scores one per item of the history. @param items how many there are, >= scores.size().
    ScoredItems(const ItemHistory &history, std::span<const float> scores, std::size_t items)
        : m_history(history), m_scores(scores), m_outside(static_cast<double>(items - scores.size()))
    {
    }

    /// 1 + those above + half of those equal. @param item a project id.
    /// @param met project ids left out of the competition; never holds `item`.
    double rankOf(std::int64_t item, const std::vector<std::int32_t> &met) const;

private:
    float scoreOf(std::int64_t item) const;

    const ItemHistory &m_history;
    std::span<const float> m_scores;
    double m_outside;
};

} // namespace perennial
