#include "core/segment/segment_walk.h"

#include <algorithm>

namespace perennial {

std::int64_t countOf(const SegmentMask &mask)
{
    return std::ranges::count(mask, std::uint8_t{1});
}

Result<SegmentMask> SegmentWalk::belonging(const SegmentRule &rule)
{
    const std::size_t place = m_counts.size();
    m_counts.push_back(0);
    auto mask = rule.condition() ? meeting(*rule.condition()) : group(rule);
    if (!mask) {
        return mask;
    }
    if (rule.negated) {
        std::ranges::transform(*mask, mask->begin(),
                               [](std::uint8_t in) { return std::uint8_t(1 - in); });
    }
    m_counts[place] = countOf(*mask);
    return mask;
}

Result<SegmentMask> SegmentWalk::group(const SegmentRule &rule)
{
    SegmentMask all(m_values.users(), rule.any ? 0 : 1);
    for (const SegmentRule &part : *rule.parts()) {
        const auto mask = belonging(part);
        if (!mask) {
            return mask;
        }
        std::ranges::transform(all, *mask, all.begin(), [&](std::uint8_t a, std::uint8_t b) {
            return std::uint8_t(rule.any ? a | b : a & b);
        });
    }
    return all;
}

Result<SegmentMask> SegmentWalk::meeting(const SegmentRule::Condition &condition)
{
    const bool timeless = std::holds_alternative<AttributeCondition>(condition) ||
                          std::holds_alternative<UsersCondition>(condition);
    if (!m_keeps || !timeless) {
        return m_values.meeting(condition);
    }
    if (const auto kept = m_kept.find(&condition); kept != m_kept.end()) {
        return kept->second;
    }
    auto mask = m_values.meeting(condition);
    if (mask) {
        m_kept.emplace(&condition, *mask);
    }
    return mask;
}

} // namespace perennial
