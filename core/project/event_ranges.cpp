#include "core/project/event_store.h"

#include "core/project/database.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

// Of a dictionary; 0 where it is empty.
std::int64_t lastId(Database &database, const std::string &table)
{
    Statement query(database, "SELECT coalesce(max(id), 0) FROM " + table);
    query.step();
    return storedReference(query, 0);
}

} // namespace

Result<std::vector<UserRange>> rangesOfUsers(const Project &project, std::optional<Day> until,
                                             std::int64_t step, std::int64_t events,
                                             const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserRange>> {
        Database &database = project.database();
        const Interruptible interruptible(database, task);
        const std::int64_t maxUser = lastId(database, "user");
        // Counted here: SQLite would sort all rows to group them.
        std::vector<std::int64_t> counts(static_cast<std::size_t>((maxUser + step - 1) / step), 0);
        Statement query(database, "SELECT user_id FROM event NOT INDEXED WHERE at < ? AND " +
                                      visibleRows(database).events);
        query.bindAll(until ? startOf(*until + 1) : std::int64_t{INT64_MAX});
        while (query.step()) {
            const std::int64_t user = query.integer(0);
            if (user < 1 || user > maxUser) {
                return fail(ErrorCode::Damaged, "event", project.path().string());
            }
            ++counts[static_cast<std::size_t>((user - 1) / step)];
        }
        std::vector<UserRange> ranges;
        std::int64_t held = 0;
        for (std::size_t k = 0; k < counts.size(); ++k) {
            const std::int64_t first = static_cast<std::int64_t>(k) * step + 1;
            const std::int64_t last = std::min(first + step - 1, maxUser);
            if (ranges.empty() || held + counts[k] > events) {
                ranges.push_back({first, last});
                held = 0;
            }
            ranges.back().last = last;
            held += counts[k];
        }
        return ranges;
    });
}

Result<std::vector<double>> readUnitPrices(const Project &project, std::optional<Day> until,
                                           const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<double>> {
        Database &database = project.database();
        const Interruptible interruptible(database, task);
        const auto size = static_cast<std::size_t>(lastId(database, "item") + 1);
        std::vector<double> sum(size, 0.0), units(size, 0.0), prices(size, std::nan(""));
        Statement query(database, "SELECT item_id, quantity, amount FROM event NOT INDEXED "
                                  "WHERE kind = 4 AND quantity > 0 AND at < ? AND " +
                                      visibleRows(database).events);
        query.bindAll(until ? startOf(*until + 1) : std::int64_t{INT64_MAX});
        while (query.step()) {
            const auto item = static_cast<std::size_t>(storedReference(query, 0));
            if (item >= size) {
                return fail(ErrorCode::Damaged, "event", project.path().string());
            }
            units[item] += double{static_cast<float>(query.real(1))}; // as an EventTable has it
            sum[item] += static_cast<double>(storedAmount(query, 2)); // of whole numbers: exact
        }
        for (std::size_t item = 1; item < size; ++item) {
            if (units[item] > 0) {
                prices[item] = sum[item] / kMoneyUnit / units[item];
            }
        }
        return prices;
    });
}

} // namespace perennial
