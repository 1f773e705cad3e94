#pragma once

#include "core/project/user_state_store.h"

namespace perennial {

class Statement;

/// The columns of user_state, aliased s, in the order that userStateRow reads them.
extern const char *const kUserStateColumns;
UserState userStateRow(const Statement &query, int first);

} // namespace perennial
