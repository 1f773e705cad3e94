#include "core/project/event_store.h"

#include "core/project/database.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <cmath>

namespace perennial {

Result<std::vector<UserRange>> rangesOfUsers(const Project &project, std::optional<Day> until,
                                             std::int64_t step, std::int64_t events,
                                             const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserRange>> {
        Database &database = project.database();
        const Interruptible interruptible(database, task);
        const std::int64_t maxUser = database.integer("SELECT coalesce(max(id), 0) FROM user");
        Statement query(database, "SELECT min(user_id), max(user_id), count(*) FROM event "
                                  "WHERE at < ? AND " +
                                      visibleRows(database).events +
                                      " GROUP BY (user_id - 1) / ? ORDER BY 1");
        query.bindAll(until ? startOf(*until + 1) : std::int64_t{INT64_MAX}, step);
        std::vector<UserRange> ranges;
        std::int64_t held = 0;
        while (query.step()) {
            if (query.integer(0) < 1 || query.integer(1) > maxUser) {
                return fail(ErrorCode::Damaged, "event", project.path().string());
            }
            if (ranges.empty() || held + query.integer(2) > events) {
                const std::int64_t first = (query.integer(0) - 1) / step * step + 1;
                if (!ranges.empty()) {
                    ranges.back().last = first - 1;
                }
                ranges.push_back({ranges.empty() ? 1 : first, maxUser});
                held = 0;
            }
            held += query.integer(2);
        }
        if (ranges.empty() && maxUser > 0) {
            ranges.push_back({1, maxUser});
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
        const auto size = static_cast<std::size_t>(
            database.integer("SELECT coalesce(max(id), 0) FROM item") + 1);
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
