#pragma once

#include "core/ingest/import.h"
#include "core/privacy/project_key.h"

#include <QString>
#include <nlohmann/json.hpp>

#include <optional>

namespace perennial {

/// What `import` says of an import.
nlohmann::ordered_json importReportJson(const ImportReport &report);
QString importReportText(const ImportReport &report, bool dryRun);
nlohmann::ordered_json projectKeyJson(const std::optional<ProjectKey> &key); ///< null without one
/// The keys of the verb's JSON, for `--help`.
QString importReportHelp();

} // namespace perennial
