#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/words.h"
#include "core/ingest/arena.h"
#include "core/ingest/import_plan.h"
#include "core/ingest/kind_names.h"
#include "core/ingest/row_reason.h"
#include "core/ingest/tokenizer.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace perennial {

/// 128 bits that stand for a row's text; equal texts give equal bits, others as good as never.
struct RowHash {
    std::uint64_t low = 0, high = 0;
    bool operator==(const RowHash &) const = default;
};
using RowHashKey = std::array<unsigned char, 16>;
/// Drawn anew per import, so that no file can be made to collide.
RowHashKey newRowHashKey();
RowHash rowHash(std::string_view text, const RowHashKey &key) noexcept;

/// A text as a time by the plan's format and zone.
struct PlannedTime {
    UtcSecond at = 0;
    bool twice = false; ///< clocks showed it twice
    RowReason reason = RowReason::None; ///< MissingTime, BadDate or NoSuchTime
};
PlannedTime plannedTime(const ImportPlan &plan, std::string_view text) noexcept;

/// A row as typed values. Views live as long as the record's text and the arena.
struct ParsedRow {
    std::string_view user, item, itemName, category, order, device, place, channel, campaign, coupon;
    std::string_view raw;
    UtcSecond at = 0;
    Money amount = 0; ///< as stored, or as in the file for a rejected row; 0 where it doesn't tell
    Money price = 0;  ///< of one unit, 0 = not known
    double quantity = 1.0;
    std::int64_t line = 0;
    RowHash hash; ///< of all fields, or of the event id
    EventKind kind = EventKind::Purchase;
    RowReason reason = RowReason::None;
    std::int8_t reasonRole = -1; ///< the role at fault, where it is one
    bool hashed = false;         ///< takes part in the dedupe
    bool rounded = false;
    bool twice = false; ///< clocks showed its time twice
};

/// The 0-based column of the role at fault; -1 where there is none.
int faultyColumn(const ImportPlan &plan, const ParsedRow &row) noexcept;

/// Item names and categories are cut to this.
inline constexpr std::size_t kMaxNameBytes = 1000;

/// Turns records into typed rows by a plan. The first thing that is wrong in the order of
/// structure, user, time, kind, quantity, price, amount, keys is a row's reason.
class RowParser {
public:
    RowParser(const ImportPlan &plan, const RowHashKey &hashKey);

    /// @param plainText the record has neither NUL nor any byte past 0x7F, for sure.
    ParsedRow parse(const Record &record, bool plainText, Arena &arena);

    /// What is wrong with a record as such. @param plainText as in `parse`.
    RowReason structure(const Record &record, bool plainText) const noexcept;
    /// The text of a role in a record of the right width, blanks off.
    std::string_view text(const Record &record, Role role) const noexcept;

private:
    void readTime(const Record &record, ParsedRow &row) const;
    void readKind(const Record &record, ParsedRow &row);
    void readMoney(const Record &record, ParsedRow &row) const;
    void settleRefund(ParsedRow &row) const noexcept;
    void readKeys(const Record &record, ParsedRow &row, Arena &arena) const;
    bool isExcluded(std::string_view item) const noexcept;
    void hashRow(const Record &record, ParsedRow &row);

    const ImportPlan &m_plan;
    RowHashKey m_hashKey;
    KindNames m_kinds;
    std::string m_lastKind; ///< files repeat themselves
    std::optional<EventKind> m_lastKindValue;
    std::string m_scratch;
};

} // namespace perennial
