#include "core/project/score_stage.h"

#include "core/base/hash.h"
#include "core/project/database.h"
#include "core/project/stored.h"

#include <optional>

namespace perennial {

namespace {

/// Of a block and of all before it: a block that is missing shows like one that was changed.
std::string chainHash(const std::string &before, const std::string &key, const UserRange &users,
                      std::span<const std::byte> data)
{
    Hasher hasher;
    hasher.add(before + "|" + key + "|" + std::to_string(users.first) + "|" +
               std::to_string(users.last) + "|");
    hasher.add(data);
    return hasher.hex();
}

/// Goes through the blocks that hold, in order. @return the first user of the first one that doesn't.
template <class Each>
std::optional<std::int64_t> walk(Database &database, Each each)
{
    Statement query(database, "SELECT first_user, last_user, key, hash, data FROM score_block "
                              "ORDER BY first_user");
    std::string before;
    while (query.step()) {
        const UserRange users{query.integer(0), query.integer(1)};
        const std::string key = query.text(2);
        const auto data = query.blob(4);
        const bool possible =
            users.first >= 1 && users.last >= users.first && users.last <= kMaxId;
        if (!possible || chainHash(before, key, users, data) != query.text(3)) {
            return users.first;
        }
        before = query.text(3);
        each(key, users, data);
    }
    return std::nullopt;
}

} // namespace

Status stageScores(Project &project, const std::string &key, std::int64_t after,
                   const UserRange &users, std::span<const std::byte> data)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        Statement others(database, "DELETE FROM score_block WHERE key <> ? OR first_user >= ?");
        others.bindAll(key, users.first);
        others.run();
        Statement last(database, "SELECT last_user, hash FROM score_block "
                                 "ORDER BY first_user DESC LIMIT 1");
        const bool any = last.step();
        const std::int64_t reached = any ? last.integer(0) : 0;
        const std::string before = any ? last.text(1) : std::string();
        last.reset();
        if (reached != after) { // cleared meanwhile: the data are others now
            return fail(ErrorCode::Cancelled);
        }
        Statement insert(database, "INSERT INTO score_block(first_user, last_user, key, hash, data) "
                                   "VALUES (?, ?, ?, ?, ?)");
        insert.bindAll(users.first, users.last, key, chainHash(before, key, users, data), data);
        insert.run();
        transaction.commit();
        return Done{};
    });
}

Result<StagedScores> stagedScores(Project &project, const std::string &key)
{
    return guarded(project.path().string(), [&]() -> Result<StagedScores> {
        StagedScores staged;
        const auto broken =
            walk(project.database(), [&](const std::string &of, const UserRange &users, auto) {
                if (of == key) {
                    staged.last = users.last;
                    ++staged.blocks;
                }
            });
        if (broken && !project.readOnly()) {
            Transaction transaction(project.database());
            Statement drop(project.database(), "DELETE FROM score_block WHERE first_user >= ?");
            drop.bindAll(*broken);
            drop.run();
            transaction.commit();
        }
        return staged;
    });
}

Status eachStagedBlock(const Project &project, const std::string &key,
                       const std::function<Status(std::span<const std::byte> data)> &each)
{
    return guarded(project.path().string(), [&]() -> Status {
        Status taken = Done{};
        const auto broken =
            walk(project.database(), [&](const std::string &of, const UserRange &, auto data) {
                if (taken && of == key) {
                    taken = each(data);
                }
            });
        return broken ? fail(ErrorCode::Damaged, "score_block", project.path().string()) : taken;
    });
}

Result<bool> stageHolds(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<bool> {
        return !walk(project.database(), [](const std::string &, const UserRange &, auto) {});
    });
}

} // namespace perennial
