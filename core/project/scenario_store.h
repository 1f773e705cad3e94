#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// A saved scenario: its definition and its last outcome, JSON owned by core/scenario.
struct ScenarioRecord {
    std::int64_t id = 0;
    std::string name;
    std::string definition;
    std::string outcome; ///< empty before the first run
    UtcSecond savedAt = 0;
};

/// Adds, or replaces the one of the same name. @return its id.
Result<std::int64_t> saveScenario(Project &project, const ScenarioRecord &scenario);
Status removeScenario(Project &project, std::int64_t id);
Result<std::vector<ScenarioRecord>> readScenarios(const Project &project); ///< by name

} // namespace perennial
