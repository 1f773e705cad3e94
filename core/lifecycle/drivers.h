#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/numeric/bootstrap.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// A number known of each user; NaN = not known.
struct DriverNumber {
    std::string name;
    std::vector<double> value;
};
/// A word known of each user; empty = not known.
struct DriverText {
    std::string name;
    std::vector<std::string> value;
};
/// Users at the start of a move, all columns as long as `happened`.
struct DriverRows {
    std::vector<std::uint8_t> happened; ///< 1 = the outcome, 0 = the one it is compared with
    std::vector<DriverNumber> numbers;
    std::vector<DriverText> texts;
};

struct DriverOptions {
    double level = 0.95;          ///< of the intervals, in (0, 1)
    std::size_t mostValues = 24;  ///< a text with more values is left out
};

/// One feature that goes with the outcome: association, which need not be cause.
struct Driver {
    std::string feature;
    std::optional<double> above; ///< of a number: with = value > this, without = value <= this
    std::string value;           ///< of a text: with = this value, without = another known one
    std::int64_t with = 0, withHappened = 0;       ///< users, and those whom it happened to
    std::int64_t without = 0, withoutHappened = 0;
    double difference = 0;       ///< rate with − rate without
    Interval differenceInterval; ///< Newcombe (differenceInterval)
    std::optional<double> riskRatio;       ///< none where the rate without is 0
    std::optional<Interval> ratioInterval; ///< none where either rate is 0
    double p = 1;         ///< two-sided (twoSharesP)
    double adjustedP = 1; ///< for all rows of the list (benjaminiHochberg)
};

struct DriverList {
    std::int64_t users = 0, happened = 0;
    /// By adjusted p, then p, then the larger difference, then name and value.
    std::vector<Driver> drivers;
    /// Features that split nobody from nobody, and texts of too many values.
    std::vector<std::string> leftOut;
};

/// Numbers are cut at their median (of ties the cut nearest to half on both sides); a text of two
/// values has one row, since the other would say the same.
/// @error TooLittleData where the outcome happened to nobody or to everybody (detail: how many of
/// how many), InvalidArgument (where: "level"; or "drivers", columns of unequal length), Cancelled.
/// Cost O(n log n) per column.
Result<DriverList> findDrivers(const DriverRows &rows, const DriverOptions &options,
                               const Task &task);

} // namespace perennial
