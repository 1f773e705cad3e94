#include "core/project/salvage_settle.h"

#include "core/project/cleaning_apply.h"
#include "core/project/database.h"
#include "core/project/settings.h"

#include <array>
#include <optional>
#include <utility>

namespace perennial {

namespace {

/// A column that names an entry of a dictionary, and has a placeholder where that is lost.
struct Reference {
    const char *table, *column, *dictionary;
};
constexpr std::array kReferences{
    Reference{"event", "user_id", "user"},
    Reference{"event", "item_id", "item"},
    Reference{"event", "order_id", "order_key"},
    Reference{"event", "device_id", "device"},
    Reference{"event", "place_id", "place"},
    Reference{"event", "channel_id", "channel"},
    Reference{"set_aside_event", "user_id", "user"},
    Reference{"set_aside_event", "item_id", "item"},
    Reference{"set_aside_event", "order_id", "order_key"},
    Reference{"set_aside_event", "device_id", "device"},
    Reference{"set_aside_event", "place_id", "place"},
    Reference{"set_aside_event", "channel_id", "channel"},
    Reference{"event_offer", "campaign_id", "campaign"},
    Reference{"event_offer", "coupon_id", "coupon"},
    Reference{"(SELECT entity_id FROM description WHERE entity = 1)", "entity_id", "user"},
    Reference{"(SELECT entity_id FROM description WHERE entity = 2)", "entity_id", "item"},
    Reference{"(SELECT entity_id FROM description WHERE entity = 3)", "entity_id", "campaign"},
    Reference{"exposure", "user_id", "user"},
    Reference{"exposure", "campaign_id", "campaign"},
    Reference{"coupon_item", "coupon_id", "coupon"},
    Reference{"coupon_item", "campaign_id", "campaign"},
    Reference{"coupon_item", "item_id", "item"},
};

/// Rows that mean nothing without what they belong to.
struct Dependent {
    const char *table, *lost;
};
/// Of what has no placeholder.
constexpr std::array kOfRecords{
    // But for the originals of capped events, which stand in both (schema.cpp).
    Dependent{"set_aside_event", "rules & 1 = 0 AND id IN (SELECT id FROM event)"},
    Dependent{"event_offer", "event_id NOT IN (SELECT id FROM event) AND "
                             "event_id NOT IN (SELECT id FROM set_aside_event)"},
    Dependent{"chunk_entry", "NOT EXISTS (SELECT 1 FROM import_chunk c WHERE c.source_id = "
                             "chunk_entry.source_id AND c.number = chunk_entry.number)"},
    Dependent{"run_epoch", "run_id NOT IN (SELECT id FROM model_run)"},
    Dependent{"run_weight", "run_id NOT IN (SELECT id FROM model_run)"},
};
/// Of users and items that nothing else tells of: after the placeholders.
constexpr std::array kOfEntries{
    Dependent{"user_attribute", "user_id NOT IN (SELECT id FROM user) OR "
                                "attribute_id NOT IN (SELECT id FROM attribute)"},
    Dependent{"item_attribute", "item_id NOT IN (SELECT id FROM item) OR "
                                "attribute_id NOT IN (SELECT id FROM attribute)"},
    Dependent{"truth_user", "user_id NOT IN (SELECT id FROM user)"},
    Dependent{"truth_item", "user_id NOT IN (SELECT id FROM user) OR "
                            "item_id NOT IN (SELECT id FROM item)"},
};

class Settler {
public:
    Settler(Project &project, SalvageReport &report)
        : m_project(project), m_database(project.database()), m_report(report)
    {
    }

    void settle();

private:
    void addLostSources();
    void dropUnreadable();
    template <class Dependents>
    void dropDependents(const Dependents &dependents);
    void settleSetAside();
    void settleAttributes();
    void settleContents();
    void settleMisplaced();
    std::int64_t addSource(std::optional<std::int64_t> id);
    void addPlaceholders();
    void drop(const std::string &table, const std::string &condition)
    {
        dropRows(m_database, m_report, table, condition);
    }

    Project &m_project;
    Database &m_database;
    SalvageReport &m_report;
};

/// Sources that only their rows still tell of.
void Settler::addLostSources()
{
    Statement lost(m_database,
                   "SELECT source_id FROM event UNION SELECT source_id FROM set_aside_event UNION "
                   "SELECT source_id FROM import_chunk UNION SELECT source_id FROM rejected_row "
                   "UNION SELECT source_id FROM chunk_entry UNION SELECT source_id FROM "
                   "description UNION SELECT source_id FROM exposure UNION SELECT source_id FROM "
                   "coupon_item EXCEPT SELECT id FROM source");
    std::vector<std::int64_t> ids;
    while (lost.step()) {
        ids.push_back(lost.integer(0));
    }
    for (const std::int64_t id : ids) {
        addSource(id);
    }
}

/// A source of events of which nothing is known. @param id none: a new one.
std::int64_t Settler::addSource(std::optional<std::int64_t> id)
{
    Statement insert(m_database,
                     "INSERT INTO source(id, name, path, bytes, hash, profile, mapping, state, "
                     "started_at, finished_at, first_user, first_item, first_order, first_device, "
                     "first_place, first_channel) VALUES (?, '', '', 0, '', '', '{}', 1, 0, 0, "
                     "0, 0, 0, 0, 0, 0)");
    insert.bindAll(id);
    insert.run();
    const std::int64_t added = m_database.lastInsertId();
    Statement name(m_database, "UPDATE source SET name = 'lost-' || id WHERE id = ?");
    name.bindAll(added);
    name.run();
    ++m_report.placeholders["source"];
    return added;
}

template <class Dependents>
void Settler::dropDependents(const Dependents &dependents)
{
    for (const auto &[table, lost] : dependents) {
        drop(table, lost);
    }
}

/// Texts in which a byte is broken may be none that their readers know.
void Settler::dropUnreadable()
{
    if (!readSettings(m_project)) {
        drop("setting", "key = 'project'"); // the defaults are in force then
    }
    Statement rules(m_database, "SELECT id, definition FROM cleaning_rule");
    std::vector<std::int64_t> unreadable;
    while (rules.step()) {
        if (!cleaningRuleFromJson(rules.text(1))) {
            unreadable.push_back(rules.integer(0));
        }
    }
    for (const std::int64_t id : unreadable) {
        drop("cleaning_rule", "id = " + std::to_string(id));
    }
}

/// Rules may be lost that had set events aside, and copies with a capped amount: such events come
/// back as they were.
void Settler::settleSetAside()
{
    std::int64_t active = 0, setAside = 0;
    for (const CleaningRuleRecord &record : activeRules(m_database)) {
        active |= bitOf(record.id);
        setAside |= actionOf(record.rule) == CleaningAction::SetAside ? bitOf(record.id) : 0;
    }
    m_database.execute(
        "UPDATE set_aside_event SET rules = CASE WHEN rules & " + std::to_string(1 | setAside) +
        " THEN rules & " + std::to_string(1 | active) +
        " ELSE 0 END;"
        "DELETE FROM event WHERE id IN (SELECT id FROM set_aside_event WHERE rules & ~1 = 0);"
        "INSERT INTO event SELECT id, user_id, at, kind, item_id, quantity, amount, order_id, "
        "device_id, place_id, channel_id, source_id FROM set_aside_event WHERE rules & ~1 = 0 OR "
        "(rules & 1 AND id NOT IN (SELECT id FROM event))");
    drop("set_aside_event", "rules & ~1 = 0");
}

/// What an attribute is, where its row does not say so any more, is told from its values; values
/// that are not of its type are none.
void Settler::settleAttributes()
{
    for (const auto &[entity, table] : {std::pair("1", std::string("user_attribute")),
                                        std::pair("2", std::string("item_attribute"))}) {
        m_database.execute("UPDATE OR IGNORE attribute SET entity = " + std::string(entity) +
                           " WHERE entity = 0 AND id IN (SELECT attribute_id FROM " + table + ")");
        // Whether the lost one was personal nobody knows: then it is.
        m_database.execute("INSERT OR IGNORE INTO attribute(id, entity, name, type, personal) "
                           "SELECT DISTINCT attribute_id, " +
                           std::string(entity) + ", 'lost-' || attribute_id, 0, 1 FROM " + table +
                           " WHERE attribute_id NOT IN (SELECT id FROM attribute)");
        if (const std::int64_t added = m_database.changes(); added > 0) {
            m_report.placeholders["attribute"] += added;
        }
        m_database.execute("UPDATE attribute SET type = (SELECT CASE WHEN 2 * sum(typeof(value) = "
                           "'text') > count(*) THEN 1 WHEN sum(typeof(value) = 'real') >= "
                           "sum(typeof(value) = 'integer') THEN 2 ELSE 3 END "
                           "FROM " +
                           table +
                           " WHERE attribute_id = attribute.id) WHERE type = 0 "
                           "AND id IN (SELECT attribute_id FROM " +
                           table + ")");
        drop(table, "EXISTS (SELECT 1 FROM attribute a WHERE a.id = attribute_id AND CASE a.type "
                    "WHEN 1 THEN typeof(value) = 'blob' "
                    "WHEN 2 THEN typeof(value) NOT IN ('real', 'integer') "
                    "ELSE typeof(value) <> 'integer' OR value NOT BETWEEN " +
                        std::to_string(dayFromCivil({1, 1, 1})) + " AND " +
                        std::to_string(dayFromCivil({9999, 12, 31})) + " END)");
    }
    drop("attribute", "entity = 0");
    m_database.execute("UPDATE attribute SET type = 1 WHERE type = 0"); // it has no values
}

/// What a source holds is told by most of its rows.
void Settler::settleContents()
{
    m_database.execute(
        "UPDATE source SET contents = most.contents FROM (SELECT source_id, contents, max(rows) "
        "FROM (SELECT source_id, contents, count(*) AS rows FROM (SELECT source_id, 1 AS contents "
        "FROM event UNION ALL SELECT source_id, 1 FROM set_aside_event UNION ALL SELECT source_id, "
        "entity + 1 FROM description UNION ALL SELECT source_id, 5 FROM exposure UNION ALL SELECT "
        "source_id, 6 FROM coupon_item) GROUP BY source_id, contents) GROUP BY source_id) AS most "
        "WHERE source.id = most.source_id AND source.contents <> most.contents");
}

/// Rows of a source that has others: the name of their source is broken. Events are worth keeping
/// without; who said a description is what it is worth.
void Settler::settleMisplaced()
{
    const auto notOf = [](const std::string &contents) {
        return "source_id IN (SELECT id FROM source WHERE contents <> " + contents + ")";
    };
    drop("description", notOf("description.entity + 1"));
    drop("exposure", notOf("5"));
    drop("coupon_item", notOf("6"));
    const std::string events = notOf("1");
    if (m_database.integer("SELECT EXISTS (SELECT 1 FROM event WHERE " + events +
                           ") OR EXISTS (SELECT 1 FROM set_aside_event WHERE " + events + ")")) {
        const std::string set = " SET source_id = " + std::to_string(addSource(std::nullopt));
        m_database.execute("UPDATE event" + set + " WHERE " + events + "; UPDATE set_aside_event" +
                           set + " WHERE " + events);
    }
}

void Settler::addPlaceholders()
{
    for (const auto &[table, column, dictionary] : kReferences) {
        const std::string lost = std::string(" FROM (SELECT DISTINCT ") + column + " AS id FROM " +
                                 table + " WHERE " + column +
                                 " > 0) WHERE id NOT IN (SELECT id FROM " + dictionary + ")";
        // A key of that name may be there already; then the next is tried.
        std::string suffix;
        for (int attempt = 2; m_database.integer("SELECT count(*)" + lost) > 0 && attempt < 100;
             ++attempt) {
            Statement insert(m_database, std::string("INSERT OR IGNORE INTO ") + dictionary +
                                             "(id, key) SELECT id, 'lost-' || id || ?" + lost);
            insert.bindAll(suffix);
            insert.run();
            if (const std::int64_t added = m_database.changes(); added > 0) {
                m_report.placeholders[dictionary] += added;
            }
            suffix = "-" + std::to_string(attempt);
        }
    }
}

void Settler::settle()
{
    addLostSources();
    dropUnreadable();
    dropDependents(kOfRecords);
    settleSetAside();
    settleAttributes();
    settleContents();
    settleMisplaced();
    addPlaceholders();
    dropDependents(kOfEntries);
}

} // namespace

void dropRows(Database &database, SalvageReport &report, const std::string &table,
              const std::string &condition)
{
    Statement remove(database, "DELETE FROM " + table + " WHERE " + condition);
    remove.run();
    if (const std::int64_t rows = database.changes(); rows > 0) {
        report.dropped[table] += rows;
    }
}

void settleRows(Project &project, SalvageReport &report)
{
    Settler(project, report).settle();
}

} // namespace perennial
