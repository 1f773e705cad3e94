#pragma once

#include "core/project/event_pages.h"

#include <string>

namespace perennial {

class Statement;

/// An event as it was imported, and whether it is in the figures.
struct SelectedEvent {
    NamedEvent event;
    bool kept = true;
    Money amountNow = 0; ///< in the figures: differs where it is capped; 0 where it is set aside
};

/// For core/project: a statement that reads a page of selected events. `numbered` is a table or
/// subquery with number and event_id; ?1 is the number before the page, ?2 its length.
std::string selectedEventSql(const std::string &numbered);
SelectedEvent selectedEventRow(const Statement &query);

} // namespace perennial
