#pragma once

#include "core/base/kept.h"
#include "core/project/user_state_store.h"

namespace perennial {

using UserStates = std::shared_ptr<const std::vector<UserState>>;

/// The rows of all scored users, read once for whoever asks: a million take over a second to read.
/// Any thread may ask, with a connection of its own. To be made anew when users are scored anew.
class StatesShelf {
public:
    /// In id order. @error as readUserStates; Cancelled.
    Result<UserStates> all(const Project &project, const Task &task)
    {
        return m_all.get(0, task, [&]() -> Result<UserStates> {
            auto read = readUserStates(project);
            if (!read) {
                return read.error();
            }
            return std::make_shared<const std::vector<UserState>>(*std::move(read));
        });
    }

private:
    Kept<int, std::vector<UserState>> m_all; ///< of one key
};

} // namespace perennial
