#pragma once

#include "core/base/task.h"
#include "core/project/cleaning_rule.h"
#include "core/project/project.h"
#include "core/project/selected_event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace perennial {

/// The events of users who have one event only (in the figures).
struct SingleEventUsers {
    bool operator==(const SingleEventUsers &) const = default;
};
/// The events on items that fewer than `buyers` users have bought (in the figures).
struct ColdItems {
    std::int64_t buyers = 5;
    bool operator==(const ColdItems &) const = default;
};
/// The events of windows [from, to) (in the figures). At most kMostTimeWindows.
inline constexpr std::size_t kMostTimeWindows = 100;
struct TimeWindows {
    std::vector<std::pair<UtcSecond, UtcSecond>> windows;
    bool operator==(const TimeWindows &) const = default;
};
/// Events by their ids, wherever they stand.
struct ListedEvents {
    std::vector<std::int64_t> ids; ///< of events that there are
    bool operator==(const ListedEvents &) const = default;
};
/// Which events are meant: what a rule finds, among all imported ones, or one of the others.
using EventQuery =
    std::variant<CleaningRule, SingleEventUsers, ColdItems, TimeWindows, ListedEvents>;

/// The events of a query, found once and then paged: as many rows as `count` says. Opens its own
/// connection; finding them walks all events, so it is opened on a worker.
class EventSelection {
public:
    /// @error InvalidArgument (a rule that checkCleaningRule refuses); Cancelled.
    static Result<EventSelection> open(const Project &project, const EventQuery &query,
                                       const Task &task);
    ~EventSelection();
    EventSelection(EventSelection &&) noexcept;
    EventSelection &operator=(EventSelection &&) noexcept;

    std::int64_t count() const noexcept;
    /// In order of arrival.
    Result<std::vector<SelectedEvent>> rows(std::int64_t offset, std::int64_t limit);

private:
    struct Impl;
    explicit EventSelection(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
