#include "core/project/schema.h"

#include "core/project/seals.h"
#include "core/project/temporary_files.h"

#include <array>
#include <map>
#include <string>

namespace perennial {

namespace {

// Version 1. Ids are dense integers from dictionaries; amounts are 1/10 000 of the currency; times
// are UTC seconds; days are days since 1970-01-01. 0 or NULL stands for "none".
constexpr const char *kVersion1 = R"sql(
CREATE TABLE setting (
    key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL, hash TEXT NOT NULL,
    profile TEXT NOT NULL, mapping TEXT NOT NULL,
    state INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER NOT NULL,
    rows_read INTEGER NOT NULL DEFAULT 0, amount_read INTEGER NOT NULL DEFAULT 0,
    rows_stored INTEGER NOT NULL DEFAULT 0, amount_stored INTEGER NOT NULL DEFAULT 0,
    rows_duplicate INTEGER NOT NULL DEFAULT 0, amount_duplicate INTEGER NOT NULL DEFAULT 0,
    rows_rejected INTEGER NOT NULL DEFAULT 0, amount_rejected INTEGER NOT NULL DEFAULT 0,
    rows_excluded INTEGER NOT NULL DEFAULT 0, amount_excluded INTEGER NOT NULL DEFAULT 0,
    committed_bytes INTEGER NOT NULL DEFAULT 0, committed_lines INTEGER NOT NULL DEFAULT 0,
    first_user INTEGER NOT NULL, first_item INTEGER NOT NULL, first_order INTEGER NOT NULL,
    first_device INTEGER NOT NULL, first_place INTEGER NOT NULL, first_channel INTEGER NOT NULL
) STRICT;

CREATE TABLE import_chunk (
    source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    committed_bytes INTEGER NOT NULL, committed_lines INTEGER NOT NULL,
    rows_read INTEGER NOT NULL, rows_stored INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (source_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_row (
    source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    line INTEGER NOT NULL, reason TEXT NOT NULL, at_column TEXT NOT NULL, raw TEXT NOT NULL,
    PRIMARY KEY (source_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
    signup_day INTEGER, channel TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE item (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '', price INTEGER
) STRICT;
CREATE TABLE order_key (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE device (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE place (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE channel (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
    item_id INTEGER NOT NULL, quantity REAL NOT NULL, amount INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    device_id INTEGER NOT NULL, place_id INTEGER NOT NULL, channel_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL
) STRICT;

CREATE TABLE segment (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE model_run (
    id INTEGER PRIMARY KEY, model TEXT NOT NULL, state INTEGER NOT NULL,
    started_at INTEGER NOT NULL, finished_at INTEGER NOT NULL,
    until_day INTEGER, horizon_days INTEGER NOT NULL, device TEXT NOT NULL, seed INTEGER NOT NULL,
    config TEXT NOT NULL, metrics TEXT NOT NULL, data_hash TEXT NOT NULL,
    champion INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE run_epoch (
    run_id INTEGER NOT NULL REFERENCES model_run(id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL, name TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (run_id, epoch, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE run_weight (
    run_id INTEGER NOT NULL REFERENCES model_run(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, shape TEXT NOT NULL,
    hash TEXT NOT NULL, data BLOB NOT NULL,
    UNIQUE (run_id, number)
) STRICT;

CREATE TABLE user_state_label (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    snapshot INTEGER NOT NULL, horizon_days INTEGER NOT NULL,
    margin REAL NOT NULL, discount_per_year REAL NOT NULL, currency TEXT NOT NULL,
    data_hash TEXT NOT NULL, churn_source TEXT NOT NULL,
    value_run INTEGER NOT NULL, behavior_run INTEGER NOT NULL,
    churned_after_days INTEGER NOT NULL, detail TEXT NOT NULL, computed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE user_state (
    user_id INTEGER PRIMARY KEY,
    stage INTEGER NOT NULL, orders INTEGER NOT NULL,
    first_day INTEGER, last_day INTEGER, last_order_day INTEGER,
    realised REAL NOT NULL, p_alive REAL, churn_risk REAL, expected_orders REAL,
    predicted_value REAL, behavior_value REAL
) STRICT;

CREATE TABLE truth_user (
    user_id INTEGER PRIMARY KEY, alive INTEGER NOT NULL,
    orders_per_day REAL NOT NULL, dropout_per_day REAL NOT NULL, dropout_day INTEGER NOT NULL,
    mean_order_value REAL NOT NULL, price_sensitivity REAL NOT NULL, coupon_response REAL NOT NULL,
    expected_orders_180 REAL NOT NULL, expected_value_180 REAL NOT NULL,
    expected_orders_365 REAL NOT NULL, expected_value_365 REAL NOT NULL
) STRICT;
CREATE TABLE truth_item (
    user_id INTEGER NOT NULL, rank INTEGER NOT NULL, item_id INTEGER NOT NULL,
    affinity REAL NOT NULL,
    PRIMARY KEY (user_id, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE scenario (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
    outcome TEXT NOT NULL, saved_at INTEGER NOT NULL
) STRICT;
CREATE TABLE report_definition (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
)sql";

// Version 2: files of users, items, campaigns and coupons beside events; cleaning rules; a hash of
// the stored rows per chunk. An attribute keeps one value per source, and the newest source speaks:
// what a removed file overwrote comes back.
constexpr const char *kVersion2 = R"sql(
ALTER TABLE source ADD COLUMN contents INTEGER NOT NULL DEFAULT 1;
ALTER TABLE source ADD COLUMN first_campaign INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN first_coupon INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_chunk ADD COLUMN first_event INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_chunk ADD COLUMN last_event INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_chunk ADD COLUMN rows_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN rows_erased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN amount_erased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_chunk ADD COLUMN last_rejected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_chunk ADD COLUMN rejected_hash TEXT NOT NULL DEFAULT '';
-- When a user whose data the run had learned from was erased; 0 = never.
ALTER TABLE model_run ADD COLUMN retrain_due INTEGER NOT NULL DEFAULT 0;
-- How long the audit log is and how it ends: a tail cut off leaves a chain that holds by itself.
INSERT OR REPLACE INTO setting(key, value)
SELECT 'audit_head', '{"lines":' || count(*) || ',"hash":"' ||
       coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '') || '"}' FROM audit;

CREATE TABLE attribute (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL, name TEXT NOT NULL, type INTEGER NOT NULL,
    personal INTEGER NOT NULL DEFAULT 0,
    UNIQUE (entity, name)
) STRICT;
CREATE TABLE user_attribute (
    user_id INTEGER NOT NULL, attribute_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (user_id, attribute_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE item_attribute (
    item_id INTEGER NOT NULL, attribute_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (item_id, attribute_id, source_id)
) STRICT, WITHOUT ROWID;

-- Which rows of a source said something of which user (1), item (2) or campaign (3).
CREATE TABLE description (
    source_id INTEGER NOT NULL, entity INTEGER NOT NULL, entity_id INTEGER NOT NULL,
    PRIMARY KEY (source_id, entity, entity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL DEFAULT '', first_day INTEGER, last_day INTEGER
) STRICT;
CREATE TABLE coupon (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
-- Who was addressed; "at" is 0 where the file gives no time.
CREATE TABLE exposure (
    campaign_id INTEGER NOT NULL, user_id INTEGER NOT NULL, at INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, user_id, at, source_id)
) STRICT, WITHOUT ROWID;
-- For which items a coupon is good.
CREATE TABLE coupon_item (
    coupon_id INTEGER NOT NULL, campaign_id INTEGER NOT NULL, item_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    PRIMARY KEY (coupon_id, campaign_id, item_id, source_id)
) STRICT, WITHOUT ROWID;
-- Of the few events that name a campaign or a coupon.
CREATE TABLE event_offer (
    event_id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL, coupon_id INTEGER NOT NULL
) STRICT;

-- Rules 1 … 62; a rule's bit in set_aside_event.rules is 1 << id. "low" and "high" are the bounds on
-- amounts that an active rule has come to (NULL = none).
CREATE TABLE cleaning_rule (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 62),
    kind TEXT NOT NULL, definition TEXT NOT NULL, active INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT '', saved_at INTEGER NOT NULL,
    low INTEGER, high INTEGER
) STRICT;
-- Events as they were imported that an active rule keeps out of every figure, or has changed: where
-- bit 0 of "rules" is set, a copy with a capped amount stands in event under the same id, and this
-- row is the original. Every other id is in one of the two tables only.
CREATE TABLE set_aside_event (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
    item_id INTEGER NOT NULL, quantity REAL NOT NULL, amount INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    device_id INTEGER NOT NULL, place_id INTEGER NOT NULL, channel_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    rules INTEGER NOT NULL
) STRICT;
CREATE TABLE ignored_finding (
    code TEXT PRIMARY KEY, reason TEXT NOT NULL, ignored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which entries of a dictionary a chunk added, and their hash.
CREATE TABLE chunk_entry (
    dictionary TEXT NOT NULL, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (dictionary, first_id)
) STRICT, WITHOUT ROWID;
-- The hash of a whole table that no chunk covers, kept up by every transaction (seals.h).
CREATE TABLE seal (
    table_name TEXT PRIMARY KEY, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// What a user is expected to bring has an interval.
constexpr const char *kVersion3 = R"sql(
ALTER TABLE user_state ADD COLUMN predicted_lower REAL;
ALTER TABLE user_state ADD COLUMN predicted_upper REAL;
)sql";

// What people say of a run: a note, and tags with commas between.
constexpr const char *kVersion4 = R"sql(
ALTER TABLE model_run ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE model_run ADD COLUMN tags TEXT NOT NULL DEFAULT '';
)sql";

// What a scoring that has not ended has come to (score_stage.h).
constexpr const char *kVersion5 = R"sql(
CREATE TABLE score_block (
    first_user INTEGER PRIMARY KEY, last_user INTEGER NOT NULL,
    key TEXT NOT NULL, hash TEXT NOT NULL, data BLOB NOT NULL
) STRICT;
)sql";

constexpr std::array kSteps{kVersion1, kVersion2, kVersion3, kVersion4, kVersion5};
static_assert(kSteps.size() == kSchemaVersion);

using Objects = std::map<std::string, std::string>; // name to type, table and SQL

Objects readObjects(Database &database)
{
    Statement query(database, "SELECT name, type || ' ' || tbl_name || ' ' || coalesce(sql, '') "
                              "FROM sqlite_master");
    Objects objects;
    while (query.step()) {
        objects.emplace(query.text(0), query.text(1));
    }
    return objects;
}

} // namespace

void migrate(Database &database, int version, int target)
{
    for (int next = version; next < target; ++next) {
        Transaction transaction(database);
        database.execute(kSteps[static_cast<std::size_t>(next)]);
        database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        database.execute("PRAGMA user_version = " + std::to_string(next + 1));
        if (next + 1 == kSchemaVersion) {
            sealEverything(database);
        }
        transaction.commit();
    }
}

void createEventIndexes(Database &database)
{
    const TemporaryFiles inFiles(database);
    // The first answers recency, frequency and money without touching the table; the second a
    // user's history and the days of activity. Kinds 4 and 5 are purchase and refund.
    database.execute(
        "CREATE INDEX IF NOT EXISTS event_money ON event(user_id, at, kind, amount, order_id) "
        "WHERE kind IN (4, 5);"
        "CREATE INDEX IF NOT EXISTS event_user ON event(user_id, at, kind);");
}

void dropEventIndexes(Database &database)
{
    database.execute("DROP INDEX IF EXISTS event_money; DROP INDEX IF EXISTS event_user;");
}

std::vector<std::string> schemaDifferences(Database &database)
{
    Database fresh(":memory:", Database::Mode::ReadWriteCreate);
    migrate(fresh, 0);
    const Objects needed = readObjects(fresh);
    createEventIndexes(fresh);
    const Objects allowed = readObjects(fresh);
    const Objects found = readObjects(database);
    std::vector<std::string> different;
    for (const auto &[name, object] : found) {
        const auto as = allowed.find(name);
        if (as == allowed.end() || as->second != object) {
            different.push_back(name);
        }
    }
    for (const auto &[name, object] : needed) {
        if (!found.contains(name)) {
            different.push_back(name);
        }
    }
    return different;
}

} // namespace perennial
