#include "core/project/cleaning_apply.h"
#include "core/project/cleaning_store.h"
#include "core/project/interruptible.h"
#include "core/project/visible.h"

#include <algorithm>
#include <bit>

namespace perennial {

namespace {

using Line = ImportTotals::Line;

Line operator+(const Line &a, const Line &b)
{
    return {a.rows + b.rows, a.amount + b.amount};
}

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
            return Line{query.integer(column), query.integer(column + 1)};
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
            {query.integer(0), {query.integer(1), query.integer(2)}, query.integer(3)});
    }
    return groups;
}

/// The first rule among the bits of a group that acts on it.
std::int64_t firstRule(std::int64_t bits)
{
    return std::countr_zero(static_cast<std::uint64_t>(bits));
}

void addGroup(const Group &group, std::int64_t setAsideBits, CleaningTotals &totals)
{
    const std::int64_t bits = group.rules & ~kCappedBit;
    const bool capped = (group.rules & kCappedBit) != 0;
    const std::int64_t rule = firstRule(capped ? bits : bits & setAsideBits);
    const auto step = std::ranges::find(totals.steps, rule, &CleaningTotals::Step::rule);
    if (step == totals.steps.end()) {
        throw SqlFailure(ErrorCode::Damaged, "set_aside_event.rules");
    }
    if (capped) {
        step->capped += group.original.rows;
        step->change += group.capped - group.original.amount;
        totals.capped += group.original.rows;
        return;
    }
    step->setAside = step->setAside + group.original;
    step->change -= group.original.amount;
    totals.setAside = totals.setAside + group.original;
    totals.overlap += std::popcount(static_cast<std::uint64_t>(bits)) > 1 ? group.original.rows : 0;
}

Line readKept(Database &database)
{
    Statement query(database, "SELECT count(*), coalesce(sum(amount), 0) FROM event WHERE " +
                                  visibleRows(database).events);
    return query.step() ? Line{query.integer(0), query.integer(1)} : Line{};
}

} // namespace

bool CleaningTotals::balanced() const noexcept
{
    Money change = 0;
    for (const Step &step : steps) {
        change += step.change;
    }
    return imported.balanced() && imported.stored.rows == kept.rows + setAside.rows &&
           imported.stored.amount + change == kept.amount;
}

Result<CleaningTotals> readCleaningTotals(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<CleaningTotals> {
        Database &database = project.database();
        ReadSnapshot snapshot(database);
        CleaningTotals totals;
        totals.imported = importedTotals(database);
        std::int64_t setAsideBits = 0;
        for (const CleaningRuleRecord &record : activeRules(database)) {
            totals.steps.push_back({record.id, {}, 0, 0, {}});
            setAsideBits |=
                actionOf(record.rule) == CleaningAction::SetAside ? bitOf(record.id) : 0;
        }
        for (const Group &group : readGroups(database)) {
            addGroup(group, setAsideBits, totals);
        }
        Line left = totals.imported.stored;
        for (CleaningTotals::Step &step : totals.steps) {
            left = {left.rows - step.setAside.rows, left.amount + step.change};
            step.after = left;
        }
        totals.kept = readKept(database);
        return totals;
    });
}

} // namespace perennial
