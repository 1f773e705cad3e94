#pragma once

#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/cleaning_find.h"
#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/project/selected_event.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What a rule finds and what becomes of the totals when it is on. Every number is of the events as
/// they were imported, so that it does not depend on other rules, but for `alreadyOut`.
struct CleaningEffect {
    ImportTotals::Line found; ///< events, and their amounts as imported
    Money change = 0;         ///< of the sum of all amounts: −found.amount, or what capping takes
    std::int64_t users = 0, items = 0; ///< distinct, in the found events
    std::int64_t usersLost = 0;        ///< of these, without any event once the rule is on
    std::int64_t alreadyOut = 0;       ///< found events that other active rules keep out already
    std::array<ImportTotals::Line, kEventKindCount> byKind{};
    std::optional<UtcSecond> first, last;
    AmountBounds bounds; ///< of a rule on amounts; none where it finds nothing by nature
    std::vector<SelectedEvent> sample; ///< the first found events, at most 5
};

/// A rule of a project, on or off.
struct CleaningRuleRecord {
    std::int64_t id = 0; ///< 1 … 62
    CleaningRule rule;
    bool active = false;
    std::string reason;            ///< in the words of who switched it on; may be empty
    AmountBounds bounds;           ///< while active
    ImportTotals::Line found;      ///< events it finds; 0 while it is off
    ImportTotals::Line foundAlone; ///< of these, found by no other active rule
};

inline constexpr std::int64_t kMostCleaningRules = 62;

/// In the order of their ids. @error Damaged where a definition cannot be read.
Result<std::vector<CleaningRuleRecord>> readCleaningRules(const Project &project);
/// The rule of an id, null where none is.
const CleaningRuleRecord *findRule(const std::vector<CleaningRuleRecord> &rules,
                                   std::int64_t id) noexcept;

/// What a rule would do; writes nothing to the project. @error as checkCleaningRule; Cancelled.
Result<CleaningEffect> previewCleaningRule(const Project &project, const CleaningRule &rule,
                                           const Task &task);
/// What each of several rules would do alone, in their order and of one state of the project.
Result<std::vector<CleaningEffect>> previewCleaningRules(const Project &project,
                                                         const std::vector<CleaningRule> &rules,
                                                         const Task &task);

/// Switches a rule on that the project need not have yet: an equal one is used again, with its
/// reason where `reason` is empty. @return its id.
/// @error as checkCleaningRule; InvalidArgument where there are 62 rules; ReadOnly; Cancelled.
Result<std::int64_t> addCleaningRule(Project &project, const CleaningRule &rule,
                                     const std::string &reason, const Task &task);

/// Switches a rule on or off, in one transaction: what it finds is moved to set_aside_event, or
/// back with every column as it was. Whatever rules are switched in whatever order, the events of
/// the project depend on the imported ones and on which rules are on, and on nothing else.
/// @error InvalidArgument (no such rule); ReadOnly; Cancelled (nothing has changed).
Status switchCleaningRule(Project &project, std::int64_t id, bool on, const Task &task);

/// What comes back into the figures once all these rules are off: rows that are out now, and the
/// change of the sum of amounts by them and by caps that end. Writes nothing. Ids that are twice or
/// of rules that are off change nothing. @error InvalidArgument (no such rule).
Result<ImportTotals::Line> previewSwitchOff(const Project &project,
                                            const std::vector<std::int64_t> &ids);

/// Switches off and forgets.
Status removeCleaningRule(Project &project, std::int64_t id, const Task &task);

/// Makes the events what the active rules say after imported events came or went: an import's
/// `finishSource` and `removeSource` call it, within their transaction; so must whoever else adds
/// or deletes stored events.
Status applyActiveRules(Project &project, const Task &task);

/// Rows and money from the files to the figures, finished imports of events only.
/// read = stored + duplicate + rejected + excluded; stored = kept + Σ steps' rows of set-aside
/// events; kept.amount = stored.amount + Σ steps' change.
struct CleaningTotals {
    /// One active rule, in the order of ids. An event that several rules set aside counts for the
    /// first of them here; a capped one for the first that caps it.
    struct Step {
        std::int64_t rule = 0;
        ImportTotals::Line setAside; ///< rows that leave, and their amounts as imported
        std::int64_t capped = 0;     ///< rows that stay with another amount
        Money change = 0;            ///< of the sum of amounts, by leaving and by capping
        ImportTotals::Line after;    ///< what is left after this step
    };
    ImportTotals imported;
    std::vector<Step> steps;
    ImportTotals::Line setAside; ///< events that are out, as imported
    std::int64_t overlap = 0;    ///< of these, found by more than one rule
    std::int64_t capped = 0;
    ImportTotals::Line kept; ///< in the figures
    bool balanced() const noexcept;
};
Result<CleaningTotals> readCleaningTotals(const Project &project);

} // namespace perennial
