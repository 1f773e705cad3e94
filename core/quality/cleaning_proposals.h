#pragma once

#include "core/project/cleaning_store.h"

#include <vector>

namespace perennial {

/// A rule that the data speak for. It is only ever proposed: someone has to switch it on.
struct CleaningProposal {
    CleaningRule rule;
    /// Certain: what it finds can hardly be meant (times after the import, prices below 0).
    /// Otherwise it may be real, and someone who knows the shop must look.
    bool certain = false;
    CleaningEffect effect;       ///< finds at least one event
    std::int64_t activeRule = 0; ///< an active rule that is equal to it; 0 = none
};

/// Rules that find something in a project, in the order of CleaningKind.
///
/// A field that no event has is a column that the files don't have and is not proposed; nor are
/// equal times and items where all times are whole days. What lies outside the main time span
/// (time_span.h) is proposed as too early or too late.
/// @error Cancelled. Cost: one walk over all events per rule that finds something, and four more.
Result<std::vector<CleaningProposal>> proposeCleaningRules(const Project &project,
                                                           const Task &task);

} // namespace perennial
