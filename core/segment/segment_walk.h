#pragma once

// For core/segment alone: who meets a whole rule.

#include "core/segment/segment_values.h"

#include <map>

namespace perennial {

/// Goes through rules from their beginnings.
class SegmentWalk {
public:
    explicit SegmentWalk(const SegmentValues &values) : m_values(values) {}

    Result<SegmentMask> belonging(const SegmentRule &rule);
    /// Of the parts gone through since the last call.
    std::vector<std::int64_t> takeCounts() { return std::move(m_counts); }
    /// From now on conditions that ask nothing of a day are looked up once; their rules have to
    /// stay where they are.
    void keepTimeless() { m_keeps = true; }

private:
    Result<SegmentMask> group(const SegmentRule &rule);
    Result<SegmentMask> meeting(const SegmentRule::Condition &condition);

    const SegmentValues &m_values;
    std::vector<std::int64_t> m_counts;
    bool m_keeps = false;
    std::map<const SegmentRule::Condition *, SegmentMask> m_kept;
};

std::int64_t countOf(const SegmentMask &mask);

} // namespace perennial
