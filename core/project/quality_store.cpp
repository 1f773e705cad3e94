#include "core/project/quality_store.h"

#include "core/base/text.h"
#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/cleaning_find.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <unordered_map>

namespace perennial {

namespace {

constexpr std::int64_t kRowsBetweenReports = 65536;
constexpr std::size_t kLongestReason = 500;

ScannedEvent scannedRow(const Statement &query)
{
    return {query.integer(9),
            storedId(query, 0),
            storedReference(query, 1),
            storedReference(query, 2),
            storedReference(query, 3),
            storedReference(query, 4),
            storedReference(query, 5),
            storedTime(query, 6),
            storedKind(query, 7),
            storedAmount(query, 8),
            query.real(10)};
}

std::unordered_map<std::int64_t, UtcSecond> importBeginnings(Database &database)
{
    Statement query(database, "SELECT id, started_at FROM source");
    std::unordered_map<std::int64_t, UtcSecond> beginnings;
    while (query.step()) {
        beginnings[query.integer(0)] = query.integer(1);
    }
    return beginnings;
}

void countSuspect(const Statement &query, SuspectCounts &counts)
{
    const EventKind kind = storedKind(query, 0);
    const Money amount = storedAmount(query, 1);
    const bool purchase = kind == EventKind::Purchase;
    const bool money = purchase || kind == EventKind::Refund;
    ++counts.events;
    counts.purchases += purchase ? 1 : 0;
    counts.moneyEvents += money ? 1 : 0;
    counts.zeroPrice += purchase && amount == 0 ? 1 : 0;
    counts.negativePrice += purchase && amount < 0 ? 1 : 0;
    counts.missingItem += money && query.integer(2) == 0 ? 1 : 0;
    counts.missingOrder += purchase && query.integer(3) == 0 ? 1 : 0;
    counts.withTimeOfDay += query.integer(4) % kSecondsPerDay != 0 ? 1 : 0;
}

Status change(Project &project, const std::string &code, const std::string *reason)
{
    const std::string where = project.path().string();
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, where);
    }
    return guarded(where, [&]() -> Status {
        Transaction transaction(project.database());
        Statement remove(project.database(), "DELETE FROM ignored_finding WHERE code = ?");
        remove.bindAll(code);
        remove.run();
        nlohmann::json detail{{"finding", code}, {"ignored", reason != nullptr}};
        if (reason) {
            Statement insert(project.database(),
                             "INSERT INTO ignored_finding(code, reason, ignored_at) "
                             "VALUES (?, ?, ?)");
            insert.bindAll(code, *reason, nowUtc());
            insert.run();
            detail["reason"] = *reason;
        }
        if (auto logged = appendAudit(project, "quality", auditDetail(detail)); !logged) {
            return logged;
        }
        transaction.commit();
        return Done{};
    });
}

} // namespace

Status scanEvents(const Project &project, const std::function<void(const ScannedEvent &)> &visit,
                  const Task &task)
{
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Interruptible interruptible(database, task);
        const auto total =
            static_cast<double>(database.integer("SELECT coalesce(max(id), 1) FROM event"));
        Statement query(database,
                        "SELECT user_id, item_id, order_id, device_id, place_id, "
                        "channel_id, at, kind, amount, id, quantity FROM event NOT INDEXED WHERE " +
                            visibleRows(database).events + " ORDER BY id");
        std::int64_t rows = 0;
        while (query.step()) {
            visit(scannedRow(query));
            if (++rows % kRowsBetweenReports == 0) {
                task.progress(static_cast<double>(query.integer(9)) / total, "reading");
            }
        }
        return task.cancelled() ? Status(fail(ErrorCode::Cancelled)) : Status(Done{});
    });
}

Result<SuspectCounts> countSuspects(const Project &project, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<SuspectCounts> {
        Database &database = project.database();
        Interruptible interruptible(database, task);
        const auto began = importBeginnings(database);
        Statement query(database, "SELECT kind, amount, item_id, order_id, at, source_id FROM " +
                                      importedEvents(database));
        SuspectCounts counts;
        Day day = INT32_MIN;
        std::int64_t *ofDay = nullptr;
        while (query.step()) {
            countSuspect(query, counts);
            const UtcSecond at = storedTime(query, 4);
            const auto import = began.find(query.integer(5));
            counts.afterImport += import != began.end() && at > import->second ? 1 : 0;
            if (!ofDay || dayOf(at) != day) { // events of a day mostly come together
                day = dayOf(at);
                ofDay = &counts.days[day];
            }
            ++*ofDay;
        }
        return counts;
    });
}

Result<std::vector<IgnoredFinding>> readIgnoredFindings(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<IgnoredFinding>> {
        Statement query(project.database(),
                        "SELECT code, reason FROM ignored_finding ORDER BY code");
        std::vector<IgnoredFinding> findings;
        while (query.step()) {
            findings.push_back({query.text(0), query.text(1)});
        }
        return findings;
    });
}

Status ignoreFinding(Project &project, const std::string &code, const std::string &reason)
{
    const std::string words(trimmed(reason));
    if (words.empty() || words.size() > kLongestReason || !isValidUtf8(words)) {
        return fail(ErrorCode::InvalidArgument, {}, "reason");
    }
    return change(project, code, &words);
}

Status heedFinding(Project &project, const std::string &code)
{
    return change(project, code, nullptr);
}

} // namespace perennial
