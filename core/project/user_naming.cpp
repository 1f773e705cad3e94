#include "core/project/user_naming.h"

#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/database.h"
#include "core/project/setting_row.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

constexpr const char *kFingerprint = "pseudonym_fingerprint";
constexpr const char *kProjectId = "project_id";

bool hasUsers(Database &database)
{
    return database.integer("SELECT EXISTS (SELECT 1 FROM user)") != 0;
}

void forgetFingerprint(Database &database)
{
    Statement remove(database, "DELETE FROM setting WHERE key = ?");
    remove.bindAll(kFingerprint);
    remove.run();
}

Status compared(const std::optional<std::string> &has, const std::optional<std::string> &given,
                const std::string &where)
{
    if (has == given) {
        return Done{};
    }
    if (!given) {
        return fail(ErrorCode::PseudonymsNeeded, {}, where);
    }
    return has ? fail(ErrorCode::WrongKey, *has + " / " + *given, where)
               : fail(ErrorCode::NotPseudonymised, {}, where);
}

} // namespace

Result<std::optional<std::string>> pseudonymFingerprint(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::optional<std::string>> {
        // An import that was taken back leaves the note, but nobody whom it could be about.
        return hasUsers(project.database()) ? settingValue(project.database(), kFingerprint)
                                            : std::nullopt;
    });
}

Status checkUserNaming(const Project &project, const std::optional<std::string> &fingerprint)
{
    const std::string where = project.path().string();
    return guarded(where, [&]() -> Status {
        return hasUsers(project.database())
                   ? compared(settingValue(project.database(), kFingerprint), fingerprint, where)
                   : Done{};
    });
}

Status settleUserNaming(Project &project, const std::optional<std::string> &fingerprint)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    if (const auto fits = checkUserNaming(project, fingerprint); !fits) {
        return fits;
    }
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        if (hasUsers(database) || settingValue(database, kFingerprint) == fingerprint) {
            return Done{};
        }
        if (!fingerprint) {
            forgetFingerprint(database);
        } else {
            setSettingValue(database, kFingerprint, *fingerprint);
            const nlohmann::json detail{{"fingerprint", *fingerprint}};
            if (auto logged = appendAudit(project, "pseudonyms", auditDetail(detail)); !logged) {
                return logged;
            }
        }
        transaction.commit();
        return Done{};
    });
}

Result<std::string> projectId(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::string> {
        return settingValue(project.database(), kProjectId).value_or("");
    });
}

Result<std::string> ensureProjectId(Project &project)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<std::string> {
        Database &database = project.database();
        Transaction transaction(database);
        if (const auto known = settingValue(database, kProjectId)) {
            return *known;
        }
        Statement random(database, "SELECT lower(hex(randomblob(16)))");
        random.step();
        const std::string fresh = random.text(0);
        setSettingValue(database, kProjectId, fresh);
        transaction.commit();
        return fresh;
    });
}

} // namespace perennial
