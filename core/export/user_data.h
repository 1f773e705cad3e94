#pragma once

#include "core/base/task.h"
#include "core/base/atomic_file.h"
#include "core/project/project.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace perennial {

struct UserDataReport {
    std::filesystem::path path;
    std::int64_t events = 0, setAsideEvents = 0, attributes = 0, exposures = 0, rejectedRows = 0;
    std::int64_t bytes = 0;
    bool logged = false; ///< in the project's log; not where it is open read-only
};

/// Hands a user's data out: one JSON object with all that the project holds of him, streamed.
///
///     project, user {key, signup, channel, region, device}
///     attributes [{name, value, type, personal, source}]
///     campaigns [{campaign, type, at, source}]: whom of them he was addressed by
///     scores null | {snapshot, horizon_days, currency, stage, orders, first_day, last_day,
///         last_order_day, realised, p_alive, churn_risk, expected_orders, predicted_value,
///         behavior_value}: what the last scoring made of him
///     answers [{run, answer, value}]: what trained runs said of him where they were judged, and what
///         came; a rank, chance or amount below 0: not asked of him
///     events [{at, kind, item, order, quantity, amount, device, place, channel, campaign, coupon,
///         source}] in order of arrival
///     events_set_aside [the same and rules]: kept out of all figures by cleaning rules
///     rejected_rows [{source, line, reason, column, raw}]: rows of files with his key as a field
///     sources [{id, name, state, imported_at}]: the files that all this came from
///
/// Times are UTC, amounts in the project's currency, "" and null stand for none.
/// @param key as the project has it. The log's line does not hold it.
/// @error UnknownUser; IsDirectory, NotWritable, AlreadyExists, DiskFull; Cancelled.
Result<UserDataReport> exportUserData(Project &project, const std::string &key,
                                      const std::filesystem::path &out, Overwrite overwrite,
                                      const Task &task);

} // namespace perennial
