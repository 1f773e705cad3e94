#include "core/ranking/scored_items.h"

namespace perennial {

double ScoredItems::rankOf(std::int64_t item, const std::vector<std::int32_t> &met) const
{
    const float mine = scoreOf(item);
    double above = mine < 0.0F ? m_outside : 0.0;
    double equal = mine == 0.0F ? m_outside : 0.0;
    for (const float score : m_scores) {
        above += score > mine ? 1.0 : 0.0;
        equal += score == mine ? 1.0 : 0.0;
    }
    for (const std::int32_t other : met) {
        const float score = scoreOf(other);
        above -= score > mine ? 1.0 : 0.0;
        equal -= score == mine ? 1.0 : 0.0;
    }
    return 1.0 + above + (equal - 1.0) / 2.0; // it equals itself
}

float ScoredItems::scoreOf(std::int64_t item) const
{
    const auto id = static_cast<std::size_t>(item);
    const std::int32_t number = id < m_history.numberOf.size() ? m_history.numberOf[id] : -1;
    return number < 0 ? 0.0F : m_scores[static_cast<std::size_t>(number)];
}

} // namespace perennial
