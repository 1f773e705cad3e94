#include "core/project/user_state_store.h"

#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/stored.h"
#include "core/project/user_state_row.h"

namespace perennial {

namespace {

bool isLabelled(Database &database)
{
    return database.integer("SELECT count(*) FROM user_state_label") == 1;
}

Error notScored(const Project &project)
{
    return fail(ErrorCode::NotScored, {}, project.path().string());
}

} // namespace

const char *const kUserStateColumns =
    "s.user_id, s.stage, s.orders, s.first_day, s.last_day, s.last_order_day, s.realised, "
    "s.p_alive, s.churn_risk, s.expected_orders, s.predicted_value, s.behavior_value, "
    "s.predicted_lower, s.predicted_upper";

UserState userStateRow(const Statement &query, int first)
{
    const auto day = [&](int column) {
        return query.isNull(first + column)
                   ? std::nullopt
                   : std::optional(storedDay(query, first + column));
    };
    const auto real = [&](int column) {
        return query.isNull(first + column) ? std::nullopt
                                            : std::optional(query.real(first + column));
    };
    UserState state;
    state.user = storedId(query, first);
    const std::int64_t stage = query.integer(first + 1);
    if (stage < 0 || stage >= kStageCount) {
        throw SqlFailure(ErrorCode::Damaged, "user_state.stage"); // an index into tables elsewhere
    }
    state.stage = static_cast<Stage>(stage);
    state.orders = storedInt(query, first + 2);
    state.firstDay = day(3);
    state.lastDay = day(4);
    state.lastOrderDay = day(5);
    state.realised = query.real(first + 6);
    state.pAlive = real(7);
    state.churnRisk = real(8);
    state.expectedOrders = real(9);
    state.predictedValue = real(10);
    state.behaviorValue = real(11);
    state.predictedLower = real(12);
    state.predictedUpper = real(13);
    return state;
}

Status writeUserStates(Project &project, const UserStateLabel &label,
                       const std::vector<UserState> &states)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        database.execute("DELETE FROM user_state; DELETE FROM user_state_label; "
                         "DELETE FROM score_block;");
        Statement header(database,
                         "INSERT INTO user_state_label(id, snapshot, horizon_days, margin, "
                         "discount_per_year, currency, data_hash, churn_source, value_run, "
                         "behavior_run, churned_after_days, detail, computed_at) "
                         "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        header.bindAll(label.snapshot, label.horizonDays, label.margin, label.discountPerYear,
                       label.currency, label.dataHash, label.churnSource, label.valueRun,
                       label.behaviorRun, label.churnedAfterDays, label.detail, nowUtc());
        header.run();
        // Not of a user who was erased while the scores were computed.
        Statement insert(database, "INSERT INTO user_state SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                                   "?9, ?10, ?11, ?12, ?13, ?14 "
                                   "WHERE EXISTS (SELECT 1 FROM user WHERE id = ?1)");
        for (const UserState &s : states) {
            insert.bindAll(s.user, static_cast<int>(s.stage), s.orders, s.firstDay, s.lastDay,
                           s.lastOrderDay, s.realised, s.pAlive, s.churnRisk, s.expectedOrders,
                           s.predictedValue, s.behaviorValue, s.predictedLower,
                           s.predictedUpper);
            insert.run();
        }
        if (const auto logged = appendAudit(project, "score", label.detail); !logged) {
            return logged;
        }
        transaction.commit();
        return Done{};
    });
}

Result<UserStateLabel> readUserStateLabel(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<UserStateLabel> {
        Statement query(project.database(),
                        "SELECT snapshot, horizon_days, margin, discount_per_year, currency, "
                        "data_hash, churn_source, value_run, behavior_run, churned_after_days, "
                        "detail, computed_at FROM user_state_label");
        if (!query.step()) {
            return notScored(project);
        }
        UserStateLabel label;
        label.snapshot = storedDay(query, 0);
        label.horizonDays = storedInt(query, 1);
        label.margin = query.real(2);
        label.discountPerYear = query.real(3);
        label.currency = query.text(4);
        label.dataHash = query.text(5);
        label.churnSource = query.text(6);
        label.valueRun = query.integer(7);
        label.behaviorRun = query.integer(8);
        label.churnedAfterDays = storedInt(query, 9);
        label.detail = query.text(10);
        label.computedAt = query.integer(11);
        return label;
    });
}

Result<std::vector<UserState>> readUserStates(const Project &project, const UserIds &only)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserState>> {
        if (!isLabelled(project.database())) {
            return notScored(project);
        }
        Statement query(project.database(), std::string("SELECT ") + kUserStateColumns +
                                                " FROM user_state s ORDER BY s.user_id");
        std::vector<UserState> states;
        std::size_t next = 0; // of `only`
        while (query.step()) {
            if (only) {
                const std::int64_t user = storedId(query, 0);
                while (next < only->size() && (*only)[next] < user) {
                    ++next;
                }
                if (next == only->size() || (*only)[next] != user) {
                    continue;
                }
            }
            states.push_back(userStateRow(query, 0));
        }
        return states;
    });
}

Result<UserState> readUserState(const Project &project, std::int64_t user)
{
    return guarded(project.path().string(), [&]() -> Result<UserState> {
        if (!isLabelled(project.database())) {
            return notScored(project);
        }
        Statement query(project.database(), std::string("SELECT ") + kUserStateColumns +
                                                " FROM user_state s WHERE s.user_id = ?");
        query.bindAll(user);
        if (!query.step()) {
            return fail(ErrorCode::UnknownUser, std::to_string(user), project.path().string());
        }
        return userStateRow(query, 0);
    });
}

} // namespace perennial
