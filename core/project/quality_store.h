#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace perennial {

/// One event as a walk over all of them sees it; 0 = none for ids.
struct ScannedEvent {
    std::int64_t id = 0;
    std::int64_t user = 0, item = 0, order = 0, device = 0, place = 0, channel = 0;
    UtcSecond at = 0;
    EventKind kind = EventKind::View;
    Money amount = 0;
    double quantity = 0;
};
/// Calls `visit` for every event in the figures, in order of arrival, one at a time: memory does
/// not grow. @error Cancelled; Damaged (a value that no version writes).
Status scanEvents(const Project &project, const std::function<void(const ScannedEvent &)> &visit,
                  const Task &task);

/// How many imported events a few cheap conditions fit, in one walk: which cleaning rules are worth
/// a closer look.
struct SuspectCounts {
    std::int64_t events = 0, purchases = 0, moneyEvents = 0; ///< the last: purchases and refunds
    std::int64_t zeroPrice = 0, negativePrice = 0;           ///< purchases
    std::int64_t missingItem = 0;                            ///< purchases and refunds
    std::int64_t missingOrder = 0;                           ///< purchases
    std::int64_t afterImport = 0;     ///< later than the beginning of their import
    std::int64_t withTimeOfDay = 0;   ///< not at 00:00:00 UTC: times finer than days
    std::map<Day, std::int64_t> days; ///< events of every day that has any
};
Result<SuspectCounts> countSuspects(const Project &project, const Task &task);

/// A finding of the quality page that someone has read and accepted.
struct IgnoredFinding {
    std::string code;
    std::string reason; ///< never empty
};
Result<std::vector<IgnoredFinding>> readIgnoredFindings(const Project &project); ///< by code
/// @error InvalidArgument for an empty or longer reason than 500 bytes (where: "reason"); ReadOnly.
Status ignoreFinding(Project &project, const std::string &code, const std::string &reason);
Status heedFinding(Project &project, const std::string &code);

} // namespace perennial
