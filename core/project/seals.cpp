#include "core/project/seals.h"

#include "core/project/row_hasher.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

struct SealedTable {
    const char *table, *order;
    bool withImports = false; ///< imports write it, chunk by chunk
    const char *columns = "*";
};

constexpr std::array kSealed{
    SealedTable{"setting", "key"},
    SealedTable{"source", "id"},
    SealedTable{"segment", "id"},
    SealedTable{"model_run", "id"},
    SealedTable{"run_epoch", "run_id, epoch, name"},
    SealedTable{"run_weight", "run_id, number", false,
                "run_id, number, name, type, shape, hash"},
    SealedTable{"user_state_label", "id"},
    SealedTable{"user_state", "user_id"},
    SealedTable{"score_block", "first_user", false, "first_user, last_user, key, hash"},
    SealedTable{"truth_user", "user_id"},
    SealedTable{"truth_item", "user_id, rank"},
    SealedTable{"scenario", "id"},
    SealedTable{"report_definition", "id"},
    SealedTable{"attribute", "id"},
    SealedTable{"cleaning_rule", "id"},
    SealedTable{"ignored_finding", "code"},
    SealedTable{"user", "id", true},
    SealedTable{"item", "id", true},
    SealedTable{"device", "id", true},
    SealedTable{"place", "id", true},
    SealedTable{"channel", "id", true},
    SealedTable{"campaign", "id", true},
    SealedTable{"coupon", "id", true},
    SealedTable{"user_attribute", "user_id, attribute_id, source_id", true},
    SealedTable{"item_attribute", "item_id, attribute_id, source_id", true},
    SealedTable{"description", "source_id, entity, entity_id", true},
    SealedTable{"exposure", "campaign_id, user_id, at, source_id", true},
    SealedTable{"coupon_item", "coupon_id, campaign_id, item_id, source_id", true},
};

std::string hashTable(Database &database, const SealedTable &sealed)
{
    Statement rows(database, std::string("SELECT ") + sealed.columns + " FROM " + sealed.table +
                                 " ORDER BY " + sealed.order);
    return hashRows(rows);
}

void seal(Database &database, const SealedTable &sealed)
{
    Statement write(database, "INSERT INTO seal(table_name, hash) VALUES (?, ?) "
                              "ON CONFLICT(table_name) DO UPDATE SET hash = excluded.hash");
    write.bindAll(sealed.table, hashTable(database, sealed));
    write.run();
}

bool importUnfinished(Database &database)
{
    return database.integer("SELECT EXISTS (SELECT 1 FROM source WHERE state = 0)") != 0;
}

void sealWritten(Database &database, const std::set<std::string> &written)
{
    const bool unfinished = importUnfinished(database);
    // An import that ends or is taken out leaves tables behind whose seals have waited for it.
    const bool importsMoved = written.contains("source");
    for (const SealedTable &sealed : kSealed) {
        const bool due = sealed.withImports
                             ? !unfinished && (importsMoved || written.contains(sealed.table))
                             : written.contains(sealed.table);
        if (due) {
            seal(database, sealed);
        }
    }
}

std::string storedSeal(Database &database, const std::string &table)
{
    Statement query(database, "SELECT hash FROM seal WHERE table_name = ?");
    query.bindAll(table);
    return query.step() ? query.text(0) : std::string();
}

} // namespace

void keepSeals(Database &database)
{
    std::set<std::string> tables;
    for (const SealedTable &sealed : kSealed) {
        tables.insert(sealed.table);
    }
    database.watch(std::move(tables), sealWritten);
}

void sealEverything(Database &database)
{
    for (const SealedTable &sealed : kSealed) {
        seal(database, sealed);
    }
}

std::map<std::string, std::string> sealsNow(Database &database)
{
    std::map<std::string, std::string> seals;
    const bool unfinished = importUnfinished(database);
    for (const SealedTable &sealed : kSealed) {
        if (!(sealed.withImports && unfinished)) {
            seals.emplace(sealed.table, hashTable(database, sealed));
        }
    }
    return seals;
}

std::vector<std::string> brokenSeals(Database &database)
{
    std::vector<std::string> broken;
    for (const auto &[table, hash] : sealsNow(database)) {
        if (hash != storedSeal(database, table)) {
            broken.push_back(table);
        }
    }
    // A row for a table that is not sealed: the name itself was hit.
    if (database.integer("SELECT count(*) FROM seal") != std::ssize(kSealed)) {
        broken.emplace_back("seal");
    }
    return broken;
}

} // namespace perennial
