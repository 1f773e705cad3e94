#include "core/project/value_ranges.h"

#include "core/base/dates.h"
#include "core/base/row_amount.h"
#include "core/base/words.h"
#include "core/project/contents.h"
#include "core/project/stored.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace perennial {

namespace {

using Stored = Statement::Type;

enum class Instead { Nothing, Null, Zero, One, Two, NoText, NoJson };

// More rows, lines or bytes than any file has; the sums of such stay far from the end.
constexpr std::int64_t kMostCount = std::int64_t{1} << 45;
constexpr std::int64_t kMostTotal = std::int64_t{1} << 60; ///< of a source's money
constexpr std::int64_t kFirstTime = -62'135'596'800, kLastTime = 253'402'300'799;
constexpr std::int64_t kFirstDay = -719'162, kLastDay = 2'932'896; ///< of the years 1 to 9999

struct Entry {
    std::string_view table, column; ///< a column that ends in * stands for all that begin so
    std::int64_t least, most;
    Instead instead = Instead::Nothing;
};

// Columns of texts have a range only for what stands in for them.
constexpr std::array kEntries{
    Entry{"event", "at", kFirstTime, kLastTime},
    Entry{"event", "kind", 1, kEventKindCount - 1},
    Entry{"event", "amount", -kMaxRowAmount, kMaxRowAmount},
    Entry{"set_aside_event", "at", kFirstTime, kLastTime},
    Entry{"set_aside_event", "kind", 1, kEventKindCount - 1},
    Entry{"set_aside_event", "amount", -kMaxRowAmount, kMaxRowAmount},
    Entry{"set_aside_event", "rules", 0, INT64_MAX},
    Entry{"source", "state", 0, 1, Instead::One},
    Entry{"source", "contents", 1, kContentsCount, Instead::One},
    Entry{"source", "bytes", 0, kMostCount, Instead::Zero},
    Entry{"source", "rows_*", 0, kMostCount, Instead::Zero},
    Entry{"source", "amount_*", -kMostTotal, kMostTotal, Instead::Zero},
    Entry{"source", "committed_*", 0, kMostCount, Instead::Zero},
    Entry{"source", "first_*", 0, kMaxId, Instead::Zero},
    Entry{"source", "started_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"source", "finished_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"source", "mapping", 0, 0, Instead::NoJson},
    Entry{"source", "name", 0, 0, Instead::NoText},
    Entry{"source", "path", 0, 0, Instead::NoText},
    Entry{"source", "hash", 0, 0, Instead::NoText},
    Entry{"source", "profile", 0, 0, Instead::NoText},
    Entry{"import_chunk", "number", 1, kMostCount},
    Entry{"import_chunk", "committed_*", 0, kMostCount},
    Entry{"import_chunk", "rows_read", 0, kMostCount},
    Entry{"import_chunk", "rows_stored", 0, kMostCount},
    Entry{"import_chunk", "first_event", 0, kMostCount},
    Entry{"import_chunk", "last_event", 0, kMostCount},
    Entry{"import_chunk", "last_rejected", 0, kMostCount},
    Entry{"chunk_entry", "number", 1, kMostCount},
    Entry{"rejected_row", "number", 1, kMostCount},
    Entry{"rejected_row", "line", 0, kMostCount, Instead::Zero},
    Entry{"rejected_row", "at_column", 0, 0, Instead::NoText},
    Entry{"rejected_row", "raw", 0, 0, Instead::NoText},
    Entry{"user", "signup_day", kFirstDay, kLastDay, Instead::Null},
    Entry{"user", "channel", 0, 0, Instead::NoText},
    Entry{"user", "region", 0, 0, Instead::NoText},
    Entry{"user", "device", 0, 0, Instead::NoText},
    Entry{"item", "name", 0, 0, Instead::NoText},
    Entry{"item", "category", 0, 0, Instead::NoText},
    Entry{"item", "price", INT64_MIN, INT64_MAX, Instead::Null},
    Entry{"campaign", "type", 0, 0, Instead::NoText},
    Entry{"campaign", "first_day", kFirstDay, kLastDay, Instead::Null},
    Entry{"campaign", "last_day", kFirstDay, kLastDay, Instead::Null},
    // 0: to be told from the values (salvage_books).
    Entry{"attribute", "entity", 1, 3, Instead::Zero},
    Entry{"attribute", "type", 1, 3, Instead::Zero},
    Entry{"attribute", "personal", 0, 1, Instead::One},
    Entry{"description", "entity", 1, 3},
    Entry{"exposure", "at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"cleaning_rule", "active", 0, 1, Instead::Zero},
    Entry{"cleaning_rule", "reason", 0, 0, Instead::NoText},
    Entry{"cleaning_rule", "saved_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"cleaning_rule", "low", INT64_MIN, INT64_MAX, Instead::Null},
    Entry{"cleaning_rule", "high", INT64_MIN, INT64_MAX, Instead::Null},
    Entry{"ignored_finding", "ignored_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"segment", "saved_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"scenario", "saved_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"report_definition", "saved_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"audit", "at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"model_run", "state", 0, 4, Instead::Two}, // failed
    Entry{"model_run", "started_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"model_run", "finished_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"model_run", "retrain_due", kFirstTime, kLastTime, Instead::Zero},
    Entry{"model_run", "until_day", kFirstDay, kLastDay, Instead::Null},
    Entry{"model_run", "horizon_days", 0, INT32_MAX, Instead::Zero},
    Entry{"model_run", "seed", INT64_MIN, INT64_MAX, Instead::Zero},
    Entry{"model_run", "champion", 0, 1, Instead::Zero},
    Entry{"model_run", "device", 0, 0, Instead::NoText},
    Entry{"model_run", "data_hash", 0, 0, Instead::NoText},
    Entry{"model_run", "config", 0, 0, Instead::NoJson},
    Entry{"model_run", "metrics", 0, 0, Instead::NoJson},
    Entry{"run_epoch", "epoch", 0, INT32_MAX},
    Entry{"run_weight", "number", 0, kMostCount},
    Entry{"user_state_label", "snapshot", kFirstDay, kLastDay},
    Entry{"user_state_label", "horizon_days", 0, INT32_MAX},
    Entry{"user_state_label", "churned_after_days", 0, INT32_MAX},
    Entry{"user_state_label", "value_run", 0, kMostCount},
    Entry{"user_state_label", "behavior_run", 0, kMostCount},
    Entry{"user_state_label", "computed_at", kFirstTime, kLastTime, Instead::Zero},
    Entry{"user_state", "stage", 0, kStageCount - 1},
    Entry{"user_state", "orders", 0, INT32_MAX},
    Entry{"user_state", "first_day", kFirstDay, kLastDay},
    Entry{"user_state", "last_day", kFirstDay, kLastDay},
    Entry{"user_state", "last_order_day", kFirstDay, kLastDay},
    Entry{"score_block", "last_user", 1, kMaxId},
    Entry{"truth_user", "alive", 0, 1},
    Entry{"truth_user", "dropout_day", INT32_MIN, INT32_MAX},
    Entry{"truth_item", "rank", 0, INT32_MAX},
};

bool isFor(const Entry &entry, std::string_view table, std::string_view column)
{
    const bool all = entry.column.ends_with('*');
    return entry.table == table &&
           (all ? column.starts_with(entry.column.substr(0, entry.column.size() - 1))
                : column == entry.column);
}

const Entry *find(std::string_view table, std::string_view column)
{
    const auto found = std::ranges::find_if(
        kEntries, [&](const Entry &entry) { return isFor(entry, table, column); });
    return found == kEntries.end() ? nullptr : &*found;
}

std::int64_t mostId(std::int64_t fileBytes)
{
    // A compacted file keeps the ids of rows that were erased, hence the room.
    return std::min(4 * fileBytes, kMaxId);
}

/// Ids that stand for nothing where they are 0.
std::int64_t leastId(std::string_view table, std::string_view column)
{
    if (column == "source_id") { // of attributes also what no source said
        return table.ends_with("_attribute") ? 0 : 1;
    }
    const bool optional = column == "item_id" ? table != "item_attribute"
                          : column == "campaign_id"
                              ? table != "exposure"
                              : column != "user_id" && column != "run_id" &&
                                    column != "attribute_id" && column != "entity_id";
    return optional ? 0 : 1;
}

} // namespace

ValueRange rangeOf(const std::string &table, const std::string &column, std::int64_t fileBytes)
{
    if (column.ends_with("_id")) {
        return {leastId(table, column), mostId(fileBytes)};
    }
    const Entry *entry = find(table, column);
    return entry == nullptr ? ValueRange{} : ValueRange{entry->least, entry->most};
}

ValueRange idRange(const std::string &table, std::int64_t fileBytes)
{
    // Nobody keeps a table by the ids of events.
    const bool ofEvents = table == "event" || table == "set_aside_event" || table == "event_offer";
    return {1, ofEvents ? 4 * fileBytes : mostId(fileBytes)};
}

std::optional<StoredValue> standIn(const std::string &table, const std::string &column)
{
    const Entry *entry = find(table, column);
    switch (entry == nullptr ? Instead::Nothing : entry->instead) {
    case Instead::Nothing:
        return std::nullopt;
    case Instead::Null:
        return StoredValue{};
    case Instead::Zero:
        return StoredValue{Stored::Integer, 0, 0, {}};
    case Instead::One:
        return StoredValue{Stored::Integer, 1, 0, {}};
    case Instead::Two:
        return StoredValue{Stored::Integer, 2, 0, {}};
    case Instead::NoText:
        return StoredValue{Stored::Text, 0, 0, {}};
    case Instead::NoJson:
        return StoredValue{Stored::Text, 0, 0, "{}"};
    }
    return std::nullopt;
}

} // namespace perennial
