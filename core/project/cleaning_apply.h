#pragma once

#include "core/project/cleaning_store.h"

namespace perennial {

/// A rule's bit in set_aside_event.rules. @param rule 1 … kMostCleaningRules, as savedRules checks.
constexpr std::int64_t bitOf(std::int64_t rule) noexcept
{
    return std::int64_t{1} << rule;
}
/// Set where a capped copy stands in event.
inline constexpr std::int64_t kCappedBit = 1;
/// Bits of the rules among `active` that take events out.
std::int64_t setAsideBits(const std::vector<CleaningRuleRecord> &active);

/// Adds lines as far as Money goes. @error throws SqlFailure (Damaged).
ImportTotals::Line sumOf(const ImportTotals::Line &a, const ImportTotals::Line &b);

/// The change that is to be made, in the temporary table changed_event(id, rules): events with the
/// bits of the active rules that find them from now on, 0 for those that no rule finds any more.
void createChangeTable(Database &database);

/// Moves the events of changed_event between event and set_aside_event.
/// @param active the rules that are on from now on, with their bounds. Inside a transaction.
/// @error throws SqlFailure, Cancelled among them.
void makeChanges(Database &database, const std::vector<CleaningRuleRecord> &active,
                 const Task &task);

/// SQL for the amount of an event `s` of set_aside_event after the caps among its bits `bits`.
std::string cappedAmount(const std::vector<CleaningRuleRecord> &active, const std::string &bits);

/// Every rule, with its bounds and without counts, in the order of ids.
std::vector<CleaningRuleRecord> savedRules(Database &database);
std::vector<CleaningRuleRecord> activeRules(Database &database);
void saveBounds(Database &database, const CleaningRuleRecord &record);

/// What applyActiveRules does, inside a transaction of the caller's, who stores the counts after
/// it.
void reapplyRules(Database &database, const Task &task);

} // namespace perennial
