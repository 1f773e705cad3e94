#pragma once

#include "core/forecast/total_error.h"
#include "core/project/settings.h"
#include "core/scoring/chosen_value.h"
#include "core/scoring/score_users.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Everything that the value side has to say of the customers at a snapshot.
struct ValueScores {
    std::shared_ptr<const ValueResult> fitted; ///< null where there is no value model
    std::optional<ChosenValue> chosen;         ///< where another method predicts value
    std::optional<ValueIntervals> intervals;   ///< central 90 %, of what predicts value
    std::optional<TotalError> totalError;      ///< of what predicts value, in past windows
    std::string model, status, error;          ///< as in ScoreReport
    std::vector<ScoreNote> notes;
};
/// A project without orders, or whose orders no model fits, has none and says why.
/// @param settings with snapshot and horizon filled in. @error Cancelled and what reading says.
Result<ValueScores> valueScores(const Project &project, const ProjectSettings &settings,
                                const Task &task);

} // namespace perennial
