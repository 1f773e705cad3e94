#include "core/segment/segment_users.h"

#include "core/segment/segment_values.h"

#include <algorithm>
#include <memory>

namespace perennial {

namespace {

std::int64_t countOf(const SegmentMask &mask) { return std::ranges::count(mask, std::uint8_t{1}); }

/// Goes through a rule from its beginning.
class Walk {
public:
    explicit Walk(const SegmentValues &values) : m_values(values) {}

    Result<SegmentMask> belonging(const SegmentRule &rule)
    {
        const std::size_t place = m_counts.size();
        m_counts.push_back(0);
        auto mask = rule.condition() ? m_values.meeting(*rule.condition()) : group(rule);
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

    std::vector<std::int64_t> takeCounts() { return std::move(m_counts); }

private:
    Result<SegmentMask> group(const SegmentRule &rule)
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

    const SegmentValues &m_values;
    std::vector<std::int64_t> m_counts;
};

} // namespace

Result<SegmentUsers> usersOfSegment(const Project &project, const SegmentRule &rule, const Task &task)
{
    if (const Status checked = checkSegment(rule); !checked) {
        return checked.error();
    }
    const auto values = SegmentValues::read(project, task);
    if (!values) {
        return values.error();
    }
    Walk walk(*values);
    const auto mask = walk.belonging(rule);
    if (!mask) {
        return mask.error();
    }
    std::vector<std::int64_t> users;
    for (std::size_t k = 0; k < mask->size(); ++k) {
        if ((*mask)[k] != 0) {
            users.push_back(values->user(k));
        }
    }
    return SegmentUsers{std::make_shared<const std::vector<std::int64_t>>(std::move(users)),
                        static_cast<std::int64_t>(values->users()), walk.takeCounts()};
}

Result<SegmentOverlap> overlapOfSegments(const Project &project,
                                         const std::vector<SegmentRule> &rules, const Task &task)
{
    const auto values = SegmentValues::read(project, task);
    if (!values) {
        return values.error();
    }
    std::vector<SegmentMask> masks;
    for (const SegmentRule &rule : rules) {
        if (const Status checked = checkSegment(rule); !checked) {
            return checked.error();
        }
        auto mask = Walk(*values).belonging(rule);
        if (!mask) {
            return mask.error();
        }
        masks.push_back(std::move(*mask));
    }
    SegmentOverlap overlap;
    overlap.scored = static_cast<std::int64_t>(values->users());
    for (const SegmentMask &a : masks) {
        overlap.users.push_back(countOf(a));
        std::vector<std::int64_t> row;
        for (const SegmentMask &b : masks) {
            std::int64_t both = 0;
            for (std::size_t k = 0; k < a.size(); ++k) {
                both += a[k] & b[k];
            }
            row.push_back(both);
        }
        overlap.common.push_back(std::move(row));
    }
    return overlap;
}

} // namespace perennial
