#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/task.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace perennial {

class Project;

/// The shop whose truth is known. The end of its history is a fixed day, never "today": the same
/// options give the same events on every machine.
struct SampleShopOptions {
    std::int64_t users = 20'000; ///< 1 … 1 000 000
    std::uint64_t seed = 1;
    int items = 1'500;           ///< 20 … 20 000
    int historyDays = 546;       ///< 18 months; 30 … 3 650. Signups spread over all of it
    CivilDate lastDay{2026, 6, 30}; ///< last day of the history, and the project's snapshot
};

struct SampleShopReport {
    std::int64_t users = 0, items = 0, categories = 0;
    std::int64_t events = 0, orders = 0, purchases = 0, refunds = 0, coupons = 0, ratings = 0;
    std::int64_t buyers = 0;       ///< users with at least one purchase
    std::int64_t aliveAtEnd = 0;
    Money gross = 0, refunded = 0; ///< refunded <= 0
    double expectedValue180 = 0;   ///< the truth's total, currency units, net, undiscounted
    double expectedValue365 = 0;
};

/// Creates the project `path` and fills it with a sample shop: users, items, events, truth
/// (truth_store.h) and settings (margin .4, discount .1 a year, horizon 180 days).
/// Written beside `path` and renamed when complete, so that neither a cancel nor a kill leaves half
/// a project under that name.
/// @error AlreadyExists, NotWritable, IsDirectory, DiskFull, InvalidArgument (where: the option),
/// Cancelled.
/// The process and the truth's formulas: core/sample/README.md.
Result<SampleShopReport> createSampleShop(const std::filesystem::path &path,
                                          const SampleShopOptions &options, const Task &task);

/// The day at whose end the truth of a sample shop was taken; none for any other project, and for one
/// to which other events have been added since. @error Damaged where its source can't be read.
Result<std::optional<Day>> truthDay(const Project &project);

} // namespace perennial
