#pragma once

// Private to core/project.

#include "core/project/database.h"
#include "core/project/event_pages.h"

#include <string>

namespace perennial {

/// Events with keys in place of ids: the first columns of a SELECT, and the joins behind its FROM.
/// `x` is the table or subquery with the columns of `event`.
inline constexpr int kNamedEventColumns = 12;
std::string namedEventColumns();
std::string namedEventJoins();
/// The row of such a SELECT. Throws Damaged for values that no version writes (stored.h).
NamedEvent namedEvent(const Statement &query);

} // namespace perennial
