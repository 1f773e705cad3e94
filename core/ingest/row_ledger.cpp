#include "core/ingest/row_ledger.h"

#include "core/ingest/kept_row.h"

#include <cassert>

namespace perennial {

namespace {

void addTo(ImportTotals::Line &line, Money amount) noexcept
{
    ++line.rows;
    line.amount += amount;
}

} // namespace

RowLedger::Outcome RowLedger::outcomeOf(const ParsedRow &row)
{
    const bool rejected = row.reason != RowReason::None && row.reason != RowReason::ExcludedItem;
    if (rejected && m_plan.dedupe == Dedupe::EventId) {
        return Outcome::Rejected;
    }
    if (row.hashed && !m_seen.insert(row.hash)) {
        return Outcome::Duplicate;
    }
    if (rejected) {
        return Outcome::Rejected;
    }
    return row.reason == RowReason::ExcludedItem ? Outcome::Excluded : Outcome::Stored;
}

Result<RowLedger::Outcome> RowLedger::enter(const ParsedRow &row)
{
    if (__builtin_add_overflow(m_moved, row.amount < 0 ? -row.amount : row.amount, &m_moved)) {
        return fail(ErrorCode::BadData, "amount_total", "line " + std::to_string(row.line));
    }
    const Outcome outcome = outcomeOf(row);
    addTo(m_totals.read, row.amount);
    switch (outcome) {
    case Outcome::Stored:
        addTo(m_totals.stored, row.amount);
        break;
    case Outcome::Duplicate:
        addTo(m_totals.duplicate, row.amount);
        break;
    case Outcome::Rejected:
        addTo(m_totals.rejected, row.amount);
        break;
    case Outcome::Excluded:
        addTo(m_totals.excluded, row.amount);
        break;
    }
    if (outcome == Outcome::Rejected || outcome == Outcome::Excluded) {
        ++m_counts.reasons[std::string(reasonCode(row.reason))];
        ++m_counts.outByColumn[faultyColumn(m_plan, row)];
        if (m_counts.firstRejected.size() < kFirstRejected) {
            m_counts.firstRejected.push_back(rejectedRow(row));
        }
    }
    m_counts.roundedAmounts += row.rounded ? 1 : 0;
    m_counts.ambiguousTimes += row.twice && outcome == Outcome::Stored ? 1 : 0;
    return outcome;
}

void RowLedger::countStored(const EventRow &event)
{
    m_users.add(event.user);
    if (event.item != 0) {
        m_items.add(event.item);
    }
    if (event.kind == EventKind::Purchase) {
        ++m_counts.purchases;
        m_counts.gross += event.amount;
        if (event.order != 0) {
            m_orders.add(event.order);
        }
    } else if (event.kind == EventKind::Refund) {
        ++m_counts.refunds;
        m_counts.refunded += event.amount;
    }
}

RejectedRow RowLedger::rejectedRow(const ParsedRow &row) const
{
    const std::string column =
        row.reasonRole < 0 ? std::string() : columnName(m_plan, static_cast<Role>(row.reasonRole));
    return keptRow(m_plan, row.line, row.reason, column, row.raw);
}

void RowLedger::fillReport(ImportReport &report) const
{
    assert(m_totals.balanced());
    report.totals = m_totals;
    report.users = m_users.count();
    report.items = m_items.count();
    report.orders = m_orders.count();
    report.purchases = m_counts.purchases;
    report.refunds = m_counts.refunds;
    report.gross = m_counts.gross;
    report.refunded = m_counts.refunded;
    report.roundedAmounts = m_counts.roundedAmounts;
    report.ambiguousTimes = m_counts.ambiguousTimes;
    report.reasons = m_counts.reasons;
    report.outByColumn = m_counts.outByColumn;
    report.firstRejected = m_counts.firstRejected;
}

} // namespace perennial
