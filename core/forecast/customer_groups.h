#pragma once

#include "core/forecast/judged_forecast.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// Which group each customer of a judged forecast belongs to.
struct CalibrationGroups {
    std::vector<std::string> names; ///< data, or a code of the grouping; empty = not known
    std::vector<std::uint32_t> of;  ///< index into `names` of each customer, in row order
};

/// More values than this are no groups.
inline constexpr std::int64_t kMostGroups = 24;

/// By the quarter of the first order, "2010 Q1", oldest first; by year, "2010", where there are more
/// than kMostGroups quarters.
CalibrationGroups groupsByFirstOrder(const JudgedForecast &forecast);
/// By order days up to the cut: "1", "2", "3-4", "5-9", "10+"; only those that occur.
CalibrationGroups groupsByOrders(const JudgedForecast &forecast);

/// The user attributes with 2 to kMostGroups values, personal ones left out: first the user table's
/// own columns ("channel", "region", "device"), then what files have described. Cost: all users once.
Result<std::vector<std::string>> groupingAttributes(const Project &project);
/// In alphabetical order of the values, unknown last. What a newest source says of a user counts.
/// @error InvalidArgument for an attribute that is none of groupingAttributes (detail: its name).
Result<CalibrationGroups> groupsByAttribute(const Project &project, const std::string &attribute,
                                         const JudgedForecast &forecast);

} // namespace perennial
