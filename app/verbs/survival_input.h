#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/ingest/decimal.h"
#include "core/project/project.h"
#include "core/survival/gaps.h"
#include "core/survival/survival_study.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What the verb was asked for, as it was written.
struct SurvivalRequest {
    std::string table;                 ///< path; empty = the project
    std::string duration, event;       ///< columns of the table
    std::string by;                    ///< empty = one curve
    std::vector<std::string> cox, strata;
    std::string encoding;              ///< empty = told by the bytes
    std::optional<char> decimalMark;
    std::optional<Day> at;             ///< of the project; empty = its snapshot day
};

/// Lines of a table that are not in the sample, by what is wrong with them.
struct RejectedLines {
    std::string reason;        ///< "bad_duration", "wrong_column_count", …
    std::string column;        ///< empty where it is the whole line
    std::string text;          ///< of the first
    std::int64_t rows = 0;
    std::int64_t firstLine = 0; ///< 1-based
};

/// Where a project's durations come from.
struct ChurnSource {
    Day at = 0;
    ChurnDays churnedAfter;
    int horizonDays = 0;
    std::int64_t returned = 0; ///< churned and came back
};

struct SurvivalInput {
    SurvivalSample sample;
    std::int64_t read = 0; ///< rows of the table, or users with an activity
    std::vector<RejectedLines> rejected;
    std::optional<ChurnSource> churn; ///< of a project
};

/// @error those of readTextColumns; InvalidArgument (where: the option) where a column has no use;
/// NothingUsable where no line has a duration and an event; AmbiguousNumbers.
Result<SurvivalInput> readSurvivalTable(const SurvivalRequest &request, const Task &task);

/// Users from their first activity to churn. `by`, `cox` and `strata` name "stage" (at the
/// snapshot), "cohort" (month of the first activity) or what readUserLabels takes.
/// @error of the project; NoEvents; InvalidArgument (where: the option).
Result<SurvivalInput> readSurvivalProject(const Project &project, const SurvivalRequest &request,
                                          const Task &task);

/// Texts as numbers where all of them are some, as words else. What is missing is NaN or "".
Covariate covariateOf(std::string name, const std::vector<std::string> &texts,
                      const NumberFormat &format);

/// Several columns' texts as one word each.
std::vector<std::string> joinedLabels(const std::vector<std::vector<std::string>> &columns);

} // namespace perennial
