#pragma once

#include "core/base/dates.h"
#include "core/base/row_amount.h"
#include "core/base/words.h"
#include "core/project/attribute_store.h"
#include "core/project/database.h"

#include <cstdint>

namespace perennial {

enum class AttributeType; // attribute_store.h

/// Values of a row as the house counts on them. A file that other hands have changed may hold
/// anything in any column; what would index a table elsewhere, ask for memory without end or
/// overflow stops here. All throw SqlFailure Damaged, detail: what.

/// Ids are dense and count from 1, so that tables by id stay within memory. No dictionary gets more
/// entries.
inline constexpr std::int64_t kMaxId = 100'000'000;

std::int64_t storedId(const Statement &query, int column); ///< 1 to kMaxId
/// The same, or 0 for none.
std::int32_t storedReference(const Statement &query, int column);
EventKind storedKind(const Statement &query, int column);
UtcSecond storedTime(const Statement &query, int column);     ///< of the years 1 to 9999
Day storedDay(const Statement &query, int column);            ///< of the years 1 to 9999
AttributeType storedType(const Statement &query, int column);
int storedInt(const Statement &query, int column);            ///< of 32 bits
Money storedAmount(const Statement &query, int column);       ///< of one row: up to kMaxRowAmount
std::int64_t storedCount(const Statement &query, int column); ///< of rows or bytes, not negative

/// The sum of two amounts, and a − b. Throw Damaged past the end of Money.
Money sumOf(Money a, Money b);
Money differenceOf(Money a, Money b);

} // namespace perennial
