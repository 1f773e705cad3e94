#pragma once

#include "app/verbs/survival_input.h"

#include <QString>

#include <nlohmann/json.hpp>

namespace perennial {

/// All that the verb has computed, and of what.
struct SurvivalReport {
    SurvivalRequest request;
    SurvivalInput input; ///< its sample is spent
    SurvivalStudy study;
    TimeTransform transform = TimeTransform::KaplanMeier;
};

nlohmann::ordered_json survivalJson(const SurvivalReport &report);
QString survivalText(const SurvivalReport &report);
/// The keys of the JSON, for `--help`.
QString survivalJsonHelp();

} // namespace perennial
