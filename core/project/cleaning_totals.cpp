#include "core/project/cleaning_apply.h"
#include "core/project/cleaning_store.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <algorithm>
#include <bit>

namespace perennial {

namespace {

using Line = ImportTotals::Line;

ImportTotals importedTotals(Database &database)
{
    Statement query(database,
                    "SELECT coalesce(sum(rows_read), 0), coalesce(sum(amount_read), 0), "
                    "coalesce(sum(rows_stored), 0), coalesce(sum(amount_stored), 0), "
                    "coalesce(sum(rows_duplicate), 0), coalesce(sum(amount_duplicate), 0), "
                    "coalesce(sum(rows_rejected), 0), coalesce(sum(amount_rejected), 0), "
                    "coalesce(sum(rows_excluded), 0), coalesce(sum(amount_excluded), 0), "
                    "coalesce(sum(rows_erased), 0), coalesce(sum(amount_erased), 0) "
                    "FROM source WHERE state = 1 AND contents = 1");
    ImportTotals totals;
    if (query.step()) {
        const auto line = [&](int column) {
            return Line{storedCount(query, column), query.integer(column + 1)};
        };
        totals = {line(0), line(2), line(4), line(6), line(8), line(10)};
    }
    return totals;
}

/// Set-aside events with the same bits.
struct Group {
    std::int64_t rules = 0;
    Line original;
    Money capped = 0; ///< sum of the changed copies
};

std::vector<Group> readGroups(Database &database)
{
    Statement query(database, "SELECT s.rules, count(*), sum(s.amount), "
                              "coalesce(sum((SELECT e.amount FROM event e WHERE e.id = s.id "
                              "AND s.rules & 1)), 0) FROM set_aside_event s GROUP BY s.rules");
    std::vector<Group> groups;
    while (query.step()) {
        groups.push_back(
            {query.integer(0), {storedCount(query, 1), query.integer(2)}, query.integer(3)});
    }
    return groups;
}

/// The first rule among the bits of a group that acts on it.
std::int64_t firstRule(std::int64_t bits)
{
    return std::countr_zero(static_cast<std::uint64_t>(bits));
}

void addGroup(const Group &group, std::int64_t outBits, CleaningTotals &totals)
{
    const std::int64_t bits = group.rules & ~kCappedBit;
    const bool capped = (group.rules & kCappedBit) != 0;
    const std::int64_t rule = firstRule(capped ? bits : bits & outBits);
    const auto step = std::ranges::find(totals.steps, rule, &CleaningTotals::Step::rule);
    if (step == totals.steps.end()) {
        throw SqlFailure(ErrorCode::Damaged, "set_aside_event.rules");
    }
    if (capped) {
        step->capped += group.original.rows;
        step->change = sumOf(step->change, differenceOf(group.capped, group.original.amount));
        totals.capped += group.original.rows;
        return;
    }
    step->setAside = sumOf(step->setAside, group.original);
    step->change = differenceOf(step->change, group.original.amount);
    totals.setAside = sumOf(totals.setAside, group.original);
    totals.overlap += std::popcount(static_cast<std::uint64_t>(bits)) > 1 ? group.original.rows : 0;
}

Line readKept(Database &database)
{
    Statement query(database, "SELECT count(*), coalesce(sum(amount), 0) FROM event WHERE " +
                                  visibleRows(database).events);
    return query.step() ? Line{query.integer(0), query.integer(1)} : Line{};
}

/// The active rules without some. @error throws SqlFailure (InvalidArgument: no such rule).
std::vector<CleaningRuleRecord> activeWithout(Database &database,
                                              const std::vector<std::int64_t> &ids)
{
    std::vector<CleaningRuleRecord> rules = savedRules(database);
    for (const std::int64_t id : ids) {
        if (!findRule(rules, id)) {
            throw SqlFailure(ErrorCode::InvalidArgument, std::to_string(id));
        }
    }
    std::erase_if(rules, [&](const CleaningRuleRecord &rule) {
        return !rule.active || std::ranges::find(ids, rule.id) != ids.end();
    });
    return rules;
}

} // namespace

bool CleaningTotals::balanced() const noexcept
{
    // Wide: a damaged file may have any amounts.
    __extension__ using Wide = __int128;
    Wide amount = imported.stored.amount;
    for (const Step &step : steps) {
        amount += step.change;
    }
    return imported.balanced() && Wide{imported.stored.rows} == Wide{kept.rows} + setAside.rows &&
           amount == kept.amount;
}

Result<CleaningTotals> readCleaningTotals(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<CleaningTotals> {
        Database &database = project.database();
        ReadSnapshot snapshot(database);
        CleaningTotals totals;
        totals.imported = importedTotals(database);
        const std::vector<CleaningRuleRecord> active = activeRules(database);
        for (const CleaningRuleRecord &record : active) {
            totals.steps.push_back({record.id, {}, 0, 0, {}});
        }
        for (const Group &group : readGroups(database)) {
            addGroup(group, setAsideBits(active), totals);
        }
        Line left = totals.imported.stored;
        for (CleaningTotals::Step &step : totals.steps) {
            left = {left.rows - step.setAside.rows, sumOf(left.amount, step.change)};
            step.after = left;
        }
        totals.kept = readKept(database);
        return totals;
    });
}

Result<Line> previewSwitchOff(const Project &project, const std::vector<std::int64_t> &ids)
{
    return guarded(project.path().string(), [&]() -> Result<Line> {
        Database &database = project.database();
        ReadSnapshot snapshot(database);
        const std::vector<CleaningRuleRecord> left = activeWithout(database, ids);
        // Whatever no rule that is left sets aside will be in the figures, with the amount that the
        // caps that are left make of it; a capped copy is there already.
        Statement query(database, "SELECT coalesce(sum(e.id IS NULL), 0), coalesce(sum(" +
                                      cappedAmount(left, "s.rules") +
                                      " - coalesce(e.amount, 0)), 0) FROM set_aside_event s "
                                      "LEFT JOIN event e ON e.id = s.id WHERE (s.rules & ?) = 0");
        query.bindAll(setAsideBits(left));
        return query.step() ? Line{storedCount(query, 0), query.integer(1)} : Line{};
    });
}

} // namespace perennial
