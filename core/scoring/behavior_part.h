#pragma once

#include "core/behavior/score.h"
#include "core/project/settings.h"
#include "core/scoring/score_users.h"

#include <functional>
#include <string>
#include <vector>

namespace perennial {

/// What the behaviour champion says in a scoring. Its answers are kept in the project block by block
/// (score_stage.h), so that a scoring that was killed or cancelled goes on behind the last of them.
struct BehaviorPart {
    std::int64_t run = 0;     ///< 0: not used, and the notes say why
    std::string key;          ///< of the blocks
    std::int64_t resumed = 0; ///< users whose answers were there already
    std::int64_t last = 0;    ///< user of the last block
    std::vector<ScoreNote> notes;
    std::string error; ///< of a champion that could not score
};

/// @param settings with snapshot and horizon filled in. @param dataHash of the project as it is.
/// @param usersPerBlock >= 1. @error Cancelled, and where the blocks can't be written.
Result<BehaviorPart> scoreByBehavior(Project &project, const ProjectSettings &settings,
                                     const std::string &dataHash, std::int64_t usersPerBlock,
                                     const Task &task);

/// Hands out the answers in user id order. @error Damaged; Cancelled where they are gone: a user was
/// erased meanwhile.
Status eachBehaviorScore(Project &project, const BehaviorPart &part,
                         const std::function<void(const BehaviorScore &)> &each);

} // namespace perennial
