#pragma once

#include "core/project/event_store.h"
#include "core/project/project.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace perennial {

// The answers of a scoring that has not ended, block by block, so that one that was killed or
// cancelled goes on where it stopped. They show nowhere. A scoring that ends clears them
// (writeUserStates), so does an erased user.

/// Keeps a block, behind those before it. Blocks of another key go.
/// @param key says of what: data, model, day. @param after the last user of the block before it, 0 =
/// it is the first. @param data in the form of who scores.
/// @error Cancelled where the blocks before it are gone: a user was erased meanwhile.
Status stageScores(Project &project, const std::string &key, std::int64_t after,
                   const UserRange &users, std::span<const std::byte> data);

/// How far the blocks of a key reach: `last` user and how many blocks; 0 and 0 where there are none.
/// What comes after a block that is damaged or missing does not count, and goes.
struct StagedScores {
    std::int64_t last = 0, blocks = 0;
};
Result<StagedScores> stagedScores(Project &project, const std::string &key);

/// Hands out the blocks of a key in order. @error what `each` returns; Damaged.
Status eachStagedBlock(const Project &project, const std::string &key,
                       const std::function<Status(std::span<const std::byte> data)> &each);

/// Whether all blocks are as they were written.
Result<bool> stageHolds(const Project &project);

} // namespace perennial
