#pragma once

#include "core/project/database.h"

#include <string>

namespace perennial {

/// A file as version 1 wrote it.
inline void downgradeToVersion1(Database &database)
{
    for (const char *table :
         {"attribute", "user_attribute", "item_attribute", "campaign", "coupon", "exposure",
          "coupon_item", "event_offer", "description", "cleaning_rule", "set_aside_event", "ignored_finding",
          "chunk_entry", "seal", "score_block"}) {
        database.execute(std::string("DROP TABLE ") + table);
    }
    for (const char *column :
         {"source DROP COLUMN contents", "source DROP COLUMN first_campaign",
          "source DROP COLUMN first_coupon", "import_chunk DROP COLUMN first_event",
          "import_chunk DROP COLUMN last_event", "import_chunk DROP COLUMN rows_hash",
          "import_chunk DROP COLUMN last_rejected", "import_chunk DROP COLUMN rejected_hash",
          "source DROP COLUMN rows_erased", "source DROP COLUMN amount_erased",
          "model_run DROP COLUMN retrain_due", "model_run DROP COLUMN note",
          "model_run DROP COLUMN tags", "user_state DROP COLUMN predicted_lower",
          "user_state DROP COLUMN predicted_upper"}) {
        database.execute(std::string("ALTER TABLE ") + column);
    }
    database.execute("DELETE FROM setting WHERE key = 'audit_head'; PRAGMA user_version = 1");
}

} // namespace perennial
