#include "core/project/run_edits.h"

#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/database.h"
#include "core/project/forget_store.h"
#include "core/project/setting_row.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <variant>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kLastRun = "last_run"; // setting: the highest number that was taken out

struct RunTable {
    const char *name, *run; ///< and its column with the run's number
};
constexpr std::array kTables{RunTable{"model_run", "id"}, RunTable{"run_epoch", "run_id"},
                             RunTable{"run_weight", "run_id"}};

using Cell =
    std::variant<std::nullptr_t, std::int64_t, double, std::string, std::vector<std::byte>>;
using Row = std::vector<Cell>;

Cell cellOf(const Statement &query, int column)
{
    switch (query.type(column)) {
    case Statement::Type::Integer:
        return query.integer(column);
    case Statement::Type::Real:
        return query.real(column);
    case Statement::Type::Text:
        return query.text(column);
    case Statement::Type::Blob: {
        const auto bytes = query.blob(column);
        return std::vector<std::byte>(bytes.begin(), bytes.end());
    }
    case Statement::Type::Null:
        break;
    }
    return nullptr;
}

std::vector<Row> readRows(Database &database, const RunTable &table, std::int64_t run)
{
    Statement query(database,
                    std::string("SELECT * FROM ") + table.name + " WHERE " + table.run + " = ?");
    query.bindAll(run);
    std::vector<Row> rows;
    while (query.step()) {
        Row row;
        for (int column = 0; column < query.columns(); ++column) {
            row.push_back(cellOf(query, column));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void writeRows(Database &database, const RunTable &table, const std::vector<Row> &rows)
{
    if (rows.empty()) {
        return;
    }
    std::string marks = "?";
    for (std::size_t column = 1; column < rows.front().size(); ++column) {
        marks += ", ?";
    }
    Statement insert(database,
                     std::string("INSERT INTO ") + table.name + " VALUES (" + marks + ")");
    for (const Row &row : rows) {
        insert.reset();
        for (std::size_t column = 0; column < row.size(); ++column) {
            const int position = static_cast<int>(column) + 1;
            std::visit(
                [&](const auto &value) {
                    if constexpr (std::is_same_v<std::decay_t<decltype(value)>,
                                                 std::vector<std::byte>>) {
                        insert.bind(position, std::span<const std::byte>(value));
                    } else {
                        insert.bind(position, value);
                    }
                },
                row[column]);
        }
        insert.run();
    }
}

std::int64_t lastRemoved(Database &database)
{
    const std::string stored = settingValue(database, kLastRun).value_or("0");
    std::int64_t last = 0;
    std::from_chars(stored.data(), stored.data() + stored.size(), last);
    return last;
}

Status logged(Project &project, const char *action, const RunRecord &run)
{
    return appendAudit(project, action, auditDetail({{"run", run.id}, {"model", run.model}}));
}

} // namespace

struct RemovedRun::Rows {
    std::array<std::vector<Row>, kTables.size()> tables;
    std::int64_t erasures = 0; ///< in the audit log when it was taken out
};

RemovedRun::RemovedRun(RunRecord record, std::shared_ptr<const Rows> rows)
    : m_record(std::move(record)), m_rows(std::move(rows))
{
}

std::int64_t nextRunId(Database &database)
{
    const std::int64_t highest = std::max(
        database.integer("SELECT coalesce(max(id), 0) FROM model_run"), lastRemoved(database));
    if (highest == INT64_MAX) {
        throw SqlFailure(ErrorCode::Damaged, "model_run.id " + std::to_string(highest));
    }
    return highest + 1;
}

Status setRunNote(Project &project, std::int64_t run, const std::string &note,
                  const std::string &tags)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    if (const auto record = readRun(project, run); !record) {
        return record.error();
    }
    return guarded(project.path().string(), [&]() -> Status {
        Statement update(project.database(),
                         "UPDATE model_run SET note = ?, tags = ? WHERE id = ?");
        update.bindAll(note, tags, run);
        update.run();
        return Done{};
    });
}

Result<RemovedRun> removeRun(Project &project, std::int64_t run)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    if (record->state == RunState::Running) {
        return fail(ErrorCode::InvalidArgument, "running", std::to_string(run));
    }
    return guarded(project.path().string(), [&]() -> Result<RemovedRun> {
        Database &database = project.database();
        Transaction transaction(database);
        auto rows = std::make_shared<RemovedRun::Rows>();
        for (std::size_t k = 0; k < kTables.size(); ++k) {
            rows->tables[k] = readRows(database, kTables[k], run);
        }
        const auto erased = forgottenUsers(project);
        if (!erased) {
            return erased.error();
        }
        rows->erasures = *erased;
        for (std::size_t k = kTables.size(); k-- > 0;) { // the run itself last
            Statement remove(database, std::string("DELETE FROM ") + kTables[k].name + " WHERE " +
                                           kTables[k].run + " = ?");
            remove.bindAll(run);
            remove.run();
        }
        setSettingValue(database, kLastRun, std::to_string(std::max(run, lastRemoved(database))));
        if (const auto status = logged(project, "run_removed", *record); !status) {
            return status.error();
        }
        transaction.commit();
        return RemovedRun(*record, std::move(rows));
    });
}

Status restoreRun(Project &project, const RemovedRun &run)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    if (readRun(project, run.record().id)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(run.record().id), "run");
    }
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        const auto erased = forgottenUsers(project);
        if (!erased || *erased != run.m_rows->erasures) {
            return fail(ErrorCode::InvalidArgument, std::to_string(run.record().id), "erased");
        }
        if (run.record().champion) {
            Statement others(database, "UPDATE model_run SET champion = 0 WHERE model = ?");
            others.bindAll(run.record().model);
            others.run();
        }
        for (std::size_t k = 0; k < kTables.size(); ++k) {
            writeRows(database, kTables[k], run.m_rows->tables[k]);
        }
        if (const auto status = logged(project, "run_restored", run.record()); !status) {
            return status;
        }
        transaction.commit();
        return Done{};
    });
}

Result<std::optional<std::int64_t>> formerChampion(const Project &project, const std::string &model)
{
    return guarded(project.path().string(), [&]() -> Result<std::optional<std::int64_t>> {
        Database &database = project.database();
        Statement log(database, "SELECT action, detail FROM audit "
                                "WHERE action IN ('run', 'champion') ORDER BY id DESC");
        Statement usable(database, "SELECT 1 FROM model_run WHERE id = ? AND model = ? AND "
                                   "state = 1 AND champion = 0");
        while (log.step()) {
            const json detail = json::parse(log.text(1), nullptr, false);
            if (!detail.is_object() || !detail.contains("run") ||
                !detail["run"].is_number_integer() || detail.value("model", json()) != model) {
                continue;
            }
            usable.bindAll(detail["run"].get<std::int64_t>(), model);
            if (usable.step()) {
                return std::optional(detail["run"].get<std::int64_t>());
            }
        }
        return std::optional<std::int64_t>();
    });
}

} // namespace perennial
