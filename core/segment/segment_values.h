#pragma once

// For core/segment alone: who meets a single condition.

#include "core/base/task.h"
#include "core/project/attribute_store.h"
#include "core/project/project.h"
#include "core/project/user_state_store.h"
#include "core/segment/segment_rule.h"
#include "core/segment/states_shelf.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// For each scored user, in id order, whether he belongs: 0 or 1.
using SegmentMask = std::vector<std::uint8_t>;

/// The scored users of a project, and what else a condition asks for, read when it does.
class SegmentValues {
public:
    /// @param states of all scored users; null = read them here. @error NotScored. The project has to
    /// outlive it.
    static Result<SegmentValues> read(const Project &project, const Task &task,
                                      UserStates states = nullptr);

    /// From now on as of an earlier day. @param states of the same users in the same order, as they stood
    /// then. @param known whether each was known then; else he ranks nowhere.
    void moveTo(Day day, std::vector<UserState> states, SegmentMask known);

    std::size_t users() const noexcept { return m_states->size(); }
    const std::vector<UserState> &states() const noexcept { return *m_states; }
    const UserStateLabel &label() const noexcept { return m_label; }
    std::int64_t user(std::size_t k) const noexcept { return (*m_states)[k].user; }
    /// @param condition that checkSegment allows. @error InvalidArgument (detail: the name; where
    /// "attribute" or "campaign") for what the project does not have; Cancelled.
    Result<SegmentMask> meeting(const SegmentRule::Condition &condition) const;

private:
    SegmentValues(const Project &project, const Task &task, UserStateLabel label,
                  UserStates states);

    Result<SegmentMask> meets(const StageCondition &condition) const;
    Result<SegmentMask> meets(const FigureCondition &condition) const;
    Result<SegmentMask> meets(const PercentileCondition &condition) const;
    Result<SegmentMask> meets(const AttributeCondition &condition) const;
    Result<SegmentMask> meets(const BehaviorCondition &condition) const;
    Result<SegmentMask> meets(const CohortCondition &condition) const;
    Result<SegmentMask> meets(const CampaignCondition &condition) const;
    Result<SegmentMask> meets(const UsersCondition &condition) const;

    using Known = std::optional<AttributeValue>; ///< of a user; nothing where it is not known
    Result<std::vector<Known>> attribute(const std::string &name) const;
    Result<std::vector<Known>> ownColumn(const std::string &name) const;
    std::optional<double> figure(std::size_t k, SegmentFigure figure) const;
    /// Where a user stands among the scored ones; users() where he is none of them.
    std::size_t placeOf(std::int64_t user) const;
    template <class F>
    SegmentMask maskOf(F belongs) const;

    const Project *m_project;
    const Task *m_task;
    UserStateLabel m_label;
    UserStates m_states; ///< never null
    SegmentMask m_known; ///< at an earlier day; empty at t₀, where all are
};

} // namespace perennial
