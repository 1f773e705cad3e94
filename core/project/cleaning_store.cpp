#include "core/project/cleaning_store.h"

#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/cleaning_apply.h"
#include "core/project/counts.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>

namespace perennial {

namespace {

using nlohmann::json;

/// The found events as they were imported; `kept` as in importedEvents.
constexpr const char *kFound =
    "(SELECT coalesce(s.user_id, e.user_id) AS user_id, coalesce(s.item_id, e.item_id) AS item_id, "
    "coalesce(s.at, e.at) AS at, coalesce(s.kind, e.kind) AS kind, "
    "coalesce(s.amount, e.amount) AS amount, e.id IS NOT NULL AS kept "
    "FROM found_event f LEFT JOIN set_aside_event s ON s.id = f.id "
    "LEFT JOIN event e ON e.id = f.id)";

CleaningRuleRecord ruleRow(const Statement &query)
{
    auto rule = cleaningRuleFromJson(query.text(1));
    if (!rule) {
        throw SqlFailure(ErrorCode::Damaged, "cleaning_rule " + query.text(0));
    }
    CleaningRuleRecord record;
    record.id = query.integer(0);
    if (record.id < 1 || record.id > kMostCleaningRules) { // it is a bit
        throw SqlFailure(ErrorCode::Damaged, "cleaning_rule " + query.text(0));
    }
    record.rule = *std::move(rule);
    record.active = query.integer(2) != 0;
    record.reason = query.text(3);
    if (record.active && !query.isNull(4)) {
        record.bounds.low = query.integer(4);
    }
    if (record.active && !query.isNull(5)) {
        record.bounds.high = query.integer(5);
    }
    return record;
}

void countFound(Database &database, std::vector<CleaningRuleRecord> &records)
{
    Statement query(database, "SELECT rules & ~1, count(*), sum(amount) FROM set_aside_event "
                              "GROUP BY rules & ~1");
    while (query.step()) {
        const std::int64_t rules = query.integer(0);
        const ImportTotals::Line line{storedCount(query, 1), query.integer(2)};
        for (CleaningRuleRecord &record : records) {
            if ((rules & bitOf(record.id)) == 0) {
                continue;
            }
            record.found = sumOf(record.found, line);
            if (rules == bitOf(record.id)) {
                record.foundAlone = line;
            }
        }
    }
}

void countKinds(Database &database, CleaningEffect &effect)
{
    Statement query(database, std::string("SELECT kind, count(*), sum(amount), min(at), max(at), "
                                          "sum(1 - kept) FROM ") +
                                  kFound + " GROUP BY kind");
    while (query.step()) {
        const ImportTotals::Line line{storedCount(query, 1), query.integer(2)};
        effect.byKind[static_cast<std::size_t>(storedKind(query, 0))] = line;
        effect.found = sumOf(effect.found, line);
        effect.alreadyOut += storedCount(query, 5);
        effect.first = std::min(effect.first.value_or(INT64_MAX), storedTime(query, 3));
        effect.last = std::max(effect.last.value_or(INT64_MIN), storedTime(query, 4));
    }
}

/// Users all of whose events are found.
std::int64_t countLostUsers(Database &database)
{
    return database.integer(
        std::string("WITH found AS MATERIALIZED (SELECT user_id, count(*) AS events FROM ") +
        kFound +
        " GROUP BY user_id) SELECT count(*) FROM found JOIN "
        "(SELECT user_id, count(*) AS events FROM " +
        importedEvents(database) +
        " WHERE user_id IN (SELECT user_id FROM found) GROUP BY user_id) a "
        "ON a.user_id = found.user_id AND a.events = found.events");
}

Money changeByCapping(Database &database, const AmountBounds &bounds)
{
    Statement query(database, std::string("SELECT coalesce(sum(max(min(amount, ?), ?) - amount), 0)"
                                          " FROM ") +
                                  kFound);
    query.bindAll(bounds.high.value_or(INT64_MAX), bounds.low.value_or(INT64_MIN));
    return query.step() ? query.integer(0) : 0;
}

std::vector<SelectedEvent> sampleOfFound(Database &database)
{
    constexpr int kSampleRows = 5;
    Statement query(database,
                    selectedEventSql("(SELECT id AS number, id AS event_id FROM found_event)"));
    query.bindAll(std::int64_t{INT64_MIN}, kSampleRows);
    std::vector<SelectedEvent> sample;
    while (query.step()) {
        sample.push_back(selectedEventRow(query));
    }
    return sample;
}

CleaningEffect measure(Database &database, EventFinder &finder, const CleaningRule &rule)
{
    CleaningEffect effect;
    effect.bounds = finder.find(rule);
    countKinds(database, effect);
    Statement distinct(database, std::string("SELECT count(DISTINCT user_id), "
                                             "count(DISTINCT nullif(item_id, 0)) FROM ") +
                                     kFound);
    if (distinct.step()) {
        effect.users = distinct.integer(0);
        effect.items = distinct.integer(1);
    }
    if (actionOf(rule) == CleaningAction::Cap) {
        effect.change = changeByCapping(database, effect.bounds);
    } else {
        effect.change = differenceOf(0, effect.found.amount);
        effect.usersLost = countLostUsers(database);
    }
    effect.sample = sampleOfFound(database);
    return effect;
}

CleaningRuleRecord ruleOf(Database &database, std::int64_t id)
{
    const std::vector<CleaningRuleRecord> records = savedRules(database);
    if (const CleaningRuleRecord *record = findRule(records, id)) {
        return *record;
    }
    throw SqlFailure(ErrorCode::InvalidArgument, std::to_string(id));
}

void setActive(Database &database, const CleaningRuleRecord &record, bool on)
{
    Statement update(database, "UPDATE cleaning_rule SET active = ?, low = NULL, high = NULL "
                               "WHERE id = ?");
    update.bindAll(on ? 1 : 0, record.id);
    update.run();
}

void noteSwitchedOn(Database &database, CleaningRuleRecord record, const Task &task)
{
    record.bounds = findEvents(database, record.rule, task);
    saveBounds(database, record);
    createChangeTable(database);
    database.execute("INSERT INTO changed_event SELECT f.id, coalesce(s.rules & ~1, 0) | " +
                     std::to_string(bitOf(record.id)) +
                     " FROM found_event f LEFT JOIN set_aside_event s ON s.id = f.id");
}

void noteSwitchedOff(Database &database, const CleaningRuleRecord &record)
{
    const std::string bit = std::to_string(bitOf(record.id));
    createChangeTable(database);
    database.execute("INSERT INTO changed_event SELECT id, rules & ~(1 | " + bit +
                     ") FROM set_aside_event WHERE rules & " + bit);
}

Status logSwitch(Project &project, const CleaningRuleRecord &record, bool on)
{
    const json detail{{"rule", record.id},
                      {"on", on},
                      {"definition", json::parse(cleaningRuleToJson(record.rule))},
                      {"reason", record.reason},
                      {"rows", project.database().integer("SELECT count(*) FROM changed_event")}};
    return appendAudit(project, "cleaning", auditDetail(detail));
}

/// Inside a transaction.
Status switchRule(Project &project, const CleaningRuleRecord &record, bool on, const Task &task)
{
    Database &database = project.database();
    if (record.active == on) {
        return Done{};
    }
    setActive(database, record, on);
    if (on) {
        noteSwitchedOn(database, record, task.part(0.0, 0.4));
    } else {
        noteSwitchedOff(database, record);
    }
    makeChanges(database, activeRules(database), task.part(0.4, 0.95));
    storeCounts(database);
    return logSwitch(project, record, on);
}

/// Runs `work` in one transaction that a cancelled task rolls back.
template <class Work>
auto inOneStep(Project &project, const Task &task, Work &&work) -> decltype(work())
{
    const std::string where = project.path().string();
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, where);
    }
    return guarded(where, [&]() -> decltype(work()) {
        Interruptible interruptible(project.database(), task);
        Transaction transaction(project.database());
        auto result = work();
        if (result && task.cancelled()) {
            return fail(ErrorCode::Cancelled, {}, where);
        }
        if (result) {
            transaction.commit();
        }
        return result;
    });
}

std::int64_t freeId(Database &database)
{
    std::int64_t id = 1;
    for (const CleaningRuleRecord &record : savedRules(database)) {
        id += record.id == id ? 1 : 0;
    }
    return id;
}

std::int64_t saveRule(Database &database, const CleaningRule &rule, const std::string &reason)
{
    for (const CleaningRuleRecord &record : savedRules(database)) {
        if (record.rule == rule) {
            if (reason.empty()) {
                return record.id; // switched on again, for the reason it had
            }
            Statement update(database, "UPDATE cleaning_rule SET reason = ? WHERE id = ?");
            update.bindAll(reason, record.id);
            update.run();
            return record.id;
        }
    }
    const std::int64_t id = freeId(database);
    if (id > kMostCleaningRules) {
        throw SqlFailure(ErrorCode::InvalidArgument, std::to_string(id));
    }
    Statement insert(database, "INSERT INTO cleaning_rule(id, kind, definition, active, reason, "
                               "saved_at) VALUES (?, ?, ?, 0, ?, ?)");
    insert.bindAll(id, cleaningKindName(kindOf(rule)), cleaningRuleToJson(rule), reason, nowUtc());
    insert.run();
    return id;
}

} // namespace

const CleaningRuleRecord *findRule(const std::vector<CleaningRuleRecord> &rules,
                                   std::int64_t id) noexcept
{
    const auto found = std::ranges::find(rules, id, &CleaningRuleRecord::id);
    return found == rules.end() ? nullptr : &*found;
}

std::vector<CleaningRuleRecord> savedRules(Database &database)
{
    Statement query(database, "SELECT id, definition, active, reason, low, high "
                              "FROM cleaning_rule ORDER BY id");
    std::vector<CleaningRuleRecord> records;
    while (query.step()) {
        records.push_back(ruleRow(query));
    }
    return records;
}

std::vector<CleaningRuleRecord> activeRules(Database &database)
{
    std::vector<CleaningRuleRecord> records = savedRules(database);
    std::erase_if(records, [](const CleaningRuleRecord &record) { return !record.active; });
    return records;
}

void saveBounds(Database &database, const CleaningRuleRecord &record)
{
    Statement update(database, "UPDATE cleaning_rule SET low = ?, high = ? WHERE id = ?");
    update.bindAll(record.bounds.low, record.bounds.high, record.id);
    update.run();
}

Result<std::vector<CleaningRuleRecord>> readCleaningRules(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<CleaningRuleRecord>> {
        ReadSnapshot snapshot(project.database());
        std::vector<CleaningRuleRecord> records = savedRules(project.database());
        countFound(project.database(), records);
        return records;
    });
}

Result<CleaningEffect> previewCleaningRule(const Project &project, const CleaningRule &rule,
                                           const Task &task)
{
    auto effects = previewCleaningRules(project, {rule}, task);
    return effects ? Result<CleaningEffect>(std::move(effects->front())) : effects.error();
}

Result<std::vector<CleaningEffect>> previewCleaningRules(const Project &project,
                                                         const std::vector<CleaningRule> &rules,
                                                         const Task &task)
{
    for (const CleaningRule &rule : rules) {
        if (const auto checked = checkCleaningRule(rule); !checked) {
            return checked.error();
        }
    }
    return guarded(project.path().string(), [&]() -> Result<std::vector<CleaningEffect>> {
        Database &database = project.database();
        Interruptible interruptible(database, task);
        ReadSnapshot snapshot(database);
        EventFinder finder(database, task);
        std::vector<CleaningEffect> effects;
        for (const CleaningRule &rule : rules) {
            task.progress(static_cast<double>(effects.size()) / static_cast<double>(rules.size()),
                          "checking");
            effects.push_back(measure(database, finder, rule));
        }
        return effects;
    });
}

Result<std::int64_t> addCleaningRule(Project &project, const CleaningRule &rule,
                                     const std::string &reason, const Task &task)
{
    if (const auto checked = checkCleaningRule(rule); !checked) {
        return checked.error();
    }
    return inOneStep(project, task, [&]() -> Result<std::int64_t> {
        const std::int64_t id = saveRule(project.database(), rule, reason);
        const Status on = switchRule(project, ruleOf(project.database(), id), true, task);
        return on ? Result<std::int64_t>(id) : on.error();
    });
}

Status switchCleaningRule(Project &project, std::int64_t id, bool on, const Task &task)
{
    return inOneStep(project, task, [&]() -> Status {
        return switchRule(project, ruleOf(project.database(), id), on, task);
    });
}

Status removeCleaningRule(Project &project, std::int64_t id, const Task &task)
{
    return inOneStep(project, task, [&]() -> Status {
        Database &database = project.database();
        if (auto off = switchRule(project, ruleOf(database, id), false, task); !off) {
            return off;
        }
        Statement remove(database, "DELETE FROM cleaning_rule WHERE id = ?");
        remove.bindAll(id);
        remove.run();
        return Done{};
    });
}

Status applyActiveRules(Project &project, const Task &task)
{
    return inOneStep(project, task, [&]() -> Status {
        reapplyRules(project.database(), task);
        storeCounts(project.database());
        return Done{};
    });
}

} // namespace perennial
