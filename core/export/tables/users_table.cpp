#include "core/export/tables/tables_list.h"

namespace perennial {

namespace {

void writeRow(CsvWriter &out, const UserTableRow &row)
{
    const UserState &state = row.state;
    out.text(row.key);
    out.text(stageName(state.stage));
    out.integer(state.orders);
    out.optionalDay(state.firstDay);
    out.optionalDay(state.lastDay);
    out.optionalDay(state.lastOrderDay);
    out.number(state.realised);
    out.optionalNumber(state.pAlive);
    out.optionalNumber(state.churnRisk);
    out.optionalNumber(state.expectedOrders);
    out.optionalNumber(state.predictedValue);
    out.number(row.ltv);
    out.optionalNumber(state.behaviorValue);
    out.optionalNumber(state.predictedLower);
    out.optionalNumber(state.predictedUpper);
    out.endRow();
}

Status write(const Project &project, const ExportRequest &request, CsvWriter &out, const Task &task)
{
    constexpr std::int64_t kPage = 20'000;
    const auto within = request.segment->users(project, task);
    if (!within) {
        return within.error();
    }
    UserTableQuery query = request.users;
    query.within = *within;
    auto table = UserTable::open(project, query);
    if (!table) {
        return table.error();
    }
    const std::int64_t users = table->totals().users;
    for (std::int64_t offset = 0; offset < users; offset += kPage) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto rows = table->rows(offset, kPage);
        if (!rows) {
            return rows.error();
        }
        for (const UserTableRow &row : *rows) {
            writeRow(out, row);
        }
        task.progress(static_cast<double>(offset) / static_cast<double>(users), "exporting");
    }
    return Done{};
}

} // namespace

/// One row per scored user, at the snapshot and horizon of the last scoring. Money in the project's
/// currency; realised is net revenue, ltv is UserTableRow's: both of its parts at margin.
TableSource usersTable()
{
    return {{"users",
             {"user", "stage", "orders", "first_day", "last_day", "last_order_day", "realised",
              "p_alive", "churn_risk", "expected_orders", "predicted_value", "ltv",
              "behavior_value", "predicted_lower_90", "predicted_upper_90"},
             true},
            &write};
}

} // namespace perennial
