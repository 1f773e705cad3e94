#include "core/project/cleaning_apply.h"

#include "core/project/stored.h"

#include <algorithm>
#include <cstdint>

namespace perennial {

namespace {

constexpr std::int64_t kEventsPerBlock = 20'000;

std::string qualified(const char *table)
{
    std::string columns = kCleaningColumns;
    std::string out = table + std::string(".");
    for (std::size_t k = 0; k < columns.size(); ++k) {
        out += columns[k];
        if (columns[k] == ' ') {
            out += table + std::string(".");
        }
    }
    return out;
}

/// The columns of an event of set_aside_event `s`, with the amount that the caps leave.
std::string cappedColumns(const std::vector<CleaningRuleRecord> &active)
{
    std::string columns = qualified("s");
    const std::string amount = "s.amount";
    columns.replace(columns.find(amount), amount.size(), cappedAmount(active, "c.rules"));
    return columns;
}

/// The statements that move one block of changed events, ids ?1 … ?2.
std::vector<Statement> blockStatements(Database &database,
                                       const std::vector<CleaningRuleRecord> &active)
{
    const std::string block = "c.id BETWEEN ?1 AND ?2";
    const std::string ids = "(SELECT c.id FROM changed_event c WHERE " + block + ")";
    const std::string out = std::to_string(setAsideBits(active));
    const std::string columns = kCleaningColumns;
    std::vector<Statement> statements;
    // An event that is out or capped already has its original there.
    statements.emplace_back(database, "INSERT OR IGNORE INTO set_aside_event(" + columns +
                                          ", rules) SELECT " + qualified("e") +
                                          ", 0 FROM changed_event c CROSS JOIN event e "
                                          "ON e.id = c.id WHERE " +
                                          block);
    statements.emplace_back(database, "DELETE FROM event WHERE id IN " + ids);
    statements.emplace_back(database, "INSERT INTO event(" + columns + ") SELECT " +
                                          qualified("s") +
                                          " FROM changed_event c CROSS JOIN set_aside_event s "
                                          "ON s.id = c.id WHERE c.rules = 0 AND " +
                                          block);
    statements.emplace_back(database, "INSERT INTO event(" + columns + ") SELECT " +
                                          cappedColumns(active) +
                                          " FROM changed_event c CROSS JOIN set_aside_event s "
                                          "ON s.id = c.id WHERE c.rules <> 0 AND (c.rules & " +
                                          out + ") = 0 AND " + block);
    statements.emplace_back(database, "DELETE FROM set_aside_event WHERE id IN (SELECT c.id FROM "
                                      "changed_event c WHERE c.rules = 0 AND " +
                                          block + ")");
    statements.emplace_back(database,
                            "UPDATE set_aside_event AS s SET rules = c.rules | "
                            "(CASE WHEN (c.rules & " +
                                out + ") = 0 THEN " + std::to_string(kCappedBit) +
                                " ELSE 0 END) FROM changed_event c WHERE c.id = s.id AND " + block);
    return statements;
}

} // namespace

std::int64_t setAsideBits(const std::vector<CleaningRuleRecord> &active)
{
    std::int64_t bits = 0;
    for (const CleaningRuleRecord &record : active) {
        bits |= actionOf(record.rule) == CleaningAction::SetAside ? bitOf(record.id) : 0;
    }
    return bits;
}

ImportTotals::Line sumOf(const ImportTotals::Line &a, const ImportTotals::Line &b)
{
    return {sumOf(a.rows, b.rows), sumOf(a.amount, b.amount)};
}

std::string cappedAmount(const std::vector<CleaningRuleRecord> &active, const std::string &bits)
{
    std::string amount = "s.amount";
    for (const CleaningRuleRecord &record : active) {
        if (actionOf(record.rule) != CleaningAction::Cap) {
            continue;
        }
        const std::string when =
            "(CASE WHEN " + bits + " & " + std::to_string(bitOf(record.id)) + " THEN ";
        if (record.bounds.high) {
            amount = "min(" + amount + ", " + when + std::to_string(*record.bounds.high) +
                     " ELSE 9223372036854775807 END))";
        }
        if (record.bounds.low) {
            amount = "max(" + amount + ", " + when + std::to_string(*record.bounds.low) +
                     " ELSE -9223372036854775807 END))";
        }
    }
    return amount;
}

void createChangeTable(Database &database)
{
    database.execute("CREATE TEMP TABLE IF NOT EXISTS changed_event("
                     "id INTEGER PRIMARY KEY, rules INTEGER NOT NULL);"
                     "DELETE FROM changed_event;");
}

void makeChanges(Database &database, const std::vector<CleaningRuleRecord> &active,
                 const Task &task)
{
    const std::int64_t total = database.integer("SELECT count(*) FROM changed_event");
    std::vector<Statement> statements = blockStatements(database, active);
    Statement end(database, "SELECT max(id) FROM (SELECT id FROM changed_event WHERE id > ? "
                            "ORDER BY id LIMIT ?)");
    std::int64_t from = INT64_MIN;
    for (std::int64_t done = 0; done < total; done += kEventsPerBlock) {
        if (task.cancelled()) {
            throw SqlFailure(ErrorCode::Cancelled, "cleaning");
        }
        task.progress(static_cast<double>(done) / static_cast<double>(total), "cleaning");
        end.bindAll(from, kEventsPerBlock);
        const std::int64_t to = end.step() ? end.integer(0) : from;
        for (Statement &statement : statements) {
            statement.bindAll(from + 1, to);
            statement.run();
        }
        from = to;
    }
}

void reapplyRules(Database &database, const Task &task)
{
    std::vector<CleaningRuleRecord> active = activeRules(database);
    if (active.empty() && database.integer("SELECT EXISTS (SELECT 1 FROM set_aside_event)") == 0) {
        return;
    }
    createChangeTable(database);
    std::int64_t caps = 0;
    for (CleaningRuleRecord &record : active) {
        record.bounds = findEvents(database, record.rule, task);
        saveBounds(database, record);
        caps |= actionOf(record.rule) == CleaningAction::Cap ? bitOf(record.id) : 0;
        database.execute("INSERT INTO changed_event SELECT id, " +
                         std::to_string(bitOf(record.id)) +
                         " FROM found_event WHERE true "
                         "ON CONFLICT (id) DO UPDATE SET rules = rules | excluded.rules");
    }
    database.execute("INSERT OR IGNORE INTO changed_event SELECT id, 0 FROM set_aside_event");
    // What stays as it is needs no move, but for caps, whose bounds may be others now.
    database.execute("DELETE FROM changed_event WHERE (rules & " + std::to_string(caps) +
                     ") = 0 AND rules = (SELECT s.rules & ~" + std::to_string(kCappedBit) +
                     " FROM set_aside_event s WHERE s.id = changed_event.id)");
    makeChanges(database, active, task);
}

} // namespace perennial
