#pragma once

// For core/segment alone: where the scored users stood on earlier days, as far as what they did
// tells.

#include "core/lifecycle/stage_history.h"
#include "core/segment/segment_values.h"

namespace perennial {

/// Walks through all users' days once, from end to end.
class PastStates {
public:
    /// @param now the scored users. @param ends rising, up to the day before t₀.
    static Result<PastStates> read(const Project &project, const SegmentValues &now,
                                   const std::vector<Day> &ends, const Task &task);

    struct Stand {
        std::vector<UserState>
            states;        ///< of the scored users, in their order; without models' figures
        SegmentMask known; ///< whether each was known by then
    };
    /// At the next of the ends; to be called once for each.
    Stand next();

private:
    PastStates() = default;

    StageHistory m_stages;
    std::vector<std::size_t> m_place; ///< of each scored user in `m_stages`; its size = never known
    std::vector<UserState> m_now;     ///< as they stood at the last end
    std::vector<Money> m_net;         ///< of each up to then
    // Rows of each user, the first one not gone by yet and the one past his last.
    std::vector<ActiveDay> m_days;
    std::vector<std::size_t> m_dayFrom, m_dayTo;
    std::vector<MoneyDay> m_money;
    std::vector<std::size_t> m_moneyFrom, m_moneyTo;
    std::size_t m_end = 0;
};

} // namespace perennial
