#pragma once

#include "core/ingest/import.h"
#include "core/ingest/row_hash_set.h"
#include "core/ingest/row_parser.h"
#include "core/project/event_writer.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace perennial {

/// Ids seen, counted once each.
class DistinctIds {
public:
    void add(std::int64_t id)
    {
        const auto index = static_cast<std::size_t>(id);
        if (index >= m_seen.size()) {
            m_seen.resize(std::max(index + 1, m_seen.size() * 2));
        }
        m_count += m_seen[index] ? 0 : 1;
        m_seen[index] = true;
    }
    std::int64_t count() const noexcept { return m_count; }

private:
    std::vector<bool> m_seen;
    std::int64_t m_count = 0;
};

/// Decides what becomes of each row and keeps the books: control totals, counts, reasons.
class RowLedger {
public:
    explicit RowLedger(const ImportPlan &plan) : m_plan(plan) {}

    enum class Outcome { Stored, Duplicate, Rejected, Excluded };
    /// Exact duplicates are told before anything else, those by event id after rejected rows (a
    /// broken row does not use up its id).
    /// @error BadData "amount_total" where sums no longer fit.
    Result<Outcome> enter(const ParsedRow &row);
    /// Of a stored row.
    void countStored(const EventRow &event);

    /// A rejected or excluded row as it is kept.
    RejectedRow rejectedRow(const ParsedRow &row) const;

    const ImportTotals &totals() const noexcept { return m_totals; }
    void fillReport(ImportReport &report) const;

private:
    Outcome outcomeOf(const ParsedRow &row);

    const ImportPlan &m_plan;
    RowHashSet m_seen;
    ImportTotals m_totals;
    Money m_moved = 0; ///< sum of absolute amounts: every partial sum fits where this does
    ImportReport m_counts;
    DistinctIds m_users, m_items, m_orders;
};

} // namespace perennial
