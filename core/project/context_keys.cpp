#include "core/project/context_keys.h"

#include "core/project/database.h"

namespace perennial {

namespace {

const char *tableOf(ContextField field)
{
    switch (field) {
    case ContextField::Device: return "device";
    case ContextField::Place: return "place";
    case ContextField::Channel: return "channel";
    }
    return "";
}

} // namespace

Result<std::unordered_map<std::string, std::int64_t>> readContextKeys(const Project &project,
                                                                      ContextField field)
{
    using Keys = std::unordered_map<std::string, std::int64_t>;
    return guarded(project.path().string(), [&]() -> Result<Keys> {
        Statement query(project.database(), std::string("SELECT id, key FROM ") + tableOf(field));
        Keys keys;
        while (query.step()) {
            keys.emplace(query.text(1), query.integer(0));
        }
        return keys;
    });
}

} // namespace perennial
