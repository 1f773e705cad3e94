#include "core/project/scenario_store.h"

#include "core/project/audit.h"
#include "core/project/database.h"

namespace perennial {

Result<std::int64_t> saveScenario(Project &project, const ScenarioRecord &scenario)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    if (scenario.name.empty()) {
        return fail(ErrorCode::InvalidArgument, {}, "name");
    }
    return guarded(project.path().string(), [&]() -> Result<std::int64_t> {
        Transaction transaction(project.database());
        Statement insert(project.database(),
                         "INSERT INTO scenario(name, definition, outcome, saved_at) "
                         "VALUES (?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET "
                         "definition = excluded.definition, outcome = excluded.outcome, "
                         "saved_at = excluded.saved_at RETURNING id");
        insert.bindAll(scenario.name, scenario.definition, scenario.outcome, nowUtc());
        const std::int64_t id = insert.step() ? insert.integer(0) : 0;
        insert.run(); // steps past the returned row, which is what ends the statement
        transaction.commit();
        return id;
    });
}

Status removeScenario(Project &project, std::int64_t id)
{
    return guarded(project.path().string(), [&]() -> Status {
        Statement remove(project.database(), "DELETE FROM scenario WHERE id = ?");
        remove.bindAll(id);
        remove.run();
        return Done{};
    });
}

Result<std::vector<ScenarioRecord>> readScenarios(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<ScenarioRecord>> {
        Statement query(project.database(), "SELECT id, name, definition, outcome, saved_at "
                                            "FROM scenario ORDER BY name");
        std::vector<ScenarioRecord> scenarios;
        while (query.step()) {
            scenarios.push_back({query.integer(0), query.text(1), query.text(2), query.text(3),
                                 query.integer(4)});
        }
        return scenarios;
    });
}

} // namespace perennial
