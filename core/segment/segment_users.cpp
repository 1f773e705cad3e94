#include "core/segment/segment_users.h"

#include "core/segment/segment_walk.h"

#include <memory>

namespace perennial {

Result<SegmentUsers> usersOfSegment(const Project &project, const SegmentRule &rule,
                                    const Task &task, UserStates states)
{
    if (const Status checked = checkSegment(rule); !checked) {
        return checked.error();
    }
    const auto values = SegmentValues::read(project, task, std::move(states));
    if (!values) {
        return values.error();
    }
    SegmentWalk walk(*values);
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

} // namespace perennial
