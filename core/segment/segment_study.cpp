#include "core/segment/segment_study.h"

#include "core/segment/segment_walk.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

SegmentFigures figuresOf(const SegmentMask &mask, const std::vector<UserState> &states)
{
    SegmentFigures figures;
    double predicted = 0, risk = 0;
    std::int64_t withValue = 0, withRisk = 0;
    for (std::size_t k = 0; k < mask.size(); ++k) {
        if (mask[k] == 0) {
            continue;
        }
        const UserState &state = states[k];
        ++figures.users;
        figures.realised += std::isfinite(state.realised) ? state.realised : 0;
        if (state.predictedValue && std::isfinite(*state.predictedValue)) {
            predicted += *state.predictedValue;
            ++withValue;
        }
        if (state.churnRisk && std::isfinite(*state.churnRisk)) {
            risk += *state.churnRisk;
            ++withRisk;
        }
    }
    if (withValue > 0) {
        figures.predicted = predicted;
    }
    if (withRisk > 0) {
        figures.churnRisk = risk / static_cast<double>(withRisk);
    }
    return figures;
}

std::int64_t inBoth(const SegmentMask &a, const SegmentMask &b)
{
    std::int64_t both = 0;
    const std::size_t users = std::min(a.size(), b.size()); // one with an error has none
    for (std::size_t k = 0; k < users; ++k) {
        both += a[k] & b[k];
    }
    return both;
}

} // namespace

std::optional<double> SegmentStudy::jaccard(std::size_t a, std::size_t b) const noexcept
{
    const std::int64_t either = common[a][a] + common[b][b] - common[a][b];
    return either > 0
               ? std::optional(static_cast<double>(common[a][b]) / static_cast<double>(either))
               : std::nullopt;
}

std::optional<double> SegmentStudy::share(std::size_t a, std::size_t b) const noexcept
{
    return common[a][a] > 0 ? std::optional(static_cast<double>(common[a][b]) /
                                            static_cast<double>(common[a][a]))
                            : std::nullopt;
}

Result<SegmentStudy> studySegments(const Project &project, const std::vector<SegmentRule> &rules,
                                   const Task &task)
{
    const auto values = SegmentValues::read(project, task);
    if (!values) {
        return values.error();
    }
    SegmentStudy study;
    study.scored = static_cast<std::int64_t>(values->users());
    std::vector<SegmentMask> masks(rules.size());
    for (std::size_t a = 0; a < rules.size(); ++a) {
        const Status allowed = checkSegment(rules[a]);
        auto mask = allowed ? SegmentWalk(*values).belonging(rules[a])
                            : Result<SegmentMask>(allowed.error());
        if (!mask && mask.error().code == ErrorCode::Cancelled) {
            return mask.error();
        }
        if (!mask) {
            study.segments.emplace_back().error = mask.error();
            continue;
        }
        study.segments.push_back(figuresOf(*mask, values->states()));
        masks[a] = *std::move(mask);
    }
    for (std::size_t a = 0; a < rules.size(); ++a) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        std::vector<std::int64_t> &row = study.common.emplace_back();
        for (std::size_t b = 0; b < rules.size(); ++b) {
            row.push_back(b < a ? study.common[b][a] : inBoth(masks[a], masks[b]));
        }
    }
    return study;
}

} // namespace perennial
