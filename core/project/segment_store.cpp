#include "core/project/segment_store.h"

#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/stored.h"

namespace perennial {

namespace {

/// Whether another segment than this one has the name.
bool isTaken(Database &database, const SegmentRecord &segment)
{
    Statement query(database, "SELECT 1 FROM segment WHERE name = ? AND id <> ?");
    query.bindAll(segment.name, segment.id);
    return query.step();
}

std::int64_t added(Database &database, const SegmentRecord &segment)
{
    Statement insert(database, "INSERT INTO segment(name, definition, saved_at) VALUES (?, ?, ?) "
                               "RETURNING id");
    insert.bindAll(segment.name, segment.definition, nowUtc());
    const std::int64_t id = insert.step() ? insert.integer(0) : 0;
    insert.run(); // steps past the returned row, which is what ends the statement
    return id;
}

bool replaced(Database &database, const SegmentRecord &segment)
{
    Statement update(database, "UPDATE segment SET name = ?, definition = ?, saved_at = ? "
                               "WHERE id = ? RETURNING id");
    update.bindAll(segment.name, segment.definition, nowUtc(), segment.id);
    const bool found = update.step();
    update.run();
    return found;
}

} // namespace

Result<std::int64_t> saveSegment(Project &project, const SegmentRecord &segment)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    if (segment.name.empty()) {
        return fail(ErrorCode::InvalidArgument, {}, "name");
    }
    return guarded(project.path().string(), [&]() -> Result<std::int64_t> {
        Database &database = project.database();
        Transaction transaction(database);
        if (isTaken(database, segment)) {
            return fail(ErrorCode::AlreadyExists, segment.name, project.path().string());
        }
        const std::int64_t id = segment.id == 0 ? added(database, segment) : segment.id;
        if (segment.id != 0 && !replaced(database, segment)) {
            return fail(ErrorCode::InvalidArgument, std::to_string(segment.id), "id");
        }
        transaction.commit();
        return id;
    });
}

Status removeSegment(Project &project, std::int64_t id)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Status {
        Statement remove(project.database(), "DELETE FROM segment WHERE id = ?");
        remove.bindAll(id);
        remove.run();
        return Done{};
    });
}

Result<std::vector<SegmentRecord>> readSegments(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<SegmentRecord>> {
        Statement query(project.database(),
                        "SELECT id, name, definition, saved_at FROM segment ORDER BY name");
        std::vector<SegmentRecord> segments;
        while (query.step()) {
            segments.push_back({storedId(query, 0), query.text(1), query.text(2), query.integer(3)});
        }
        return segments;
    });
}

} // namespace perennial
