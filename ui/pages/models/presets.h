#pragma once

#include "core/behavior/config.h"

#include <QString>

namespace perennial {

/// Settings that go well together; Balanced is the default.
enum class TrainingPreset { Quick, Balanced, Thorough, SmallData, Gru, LargeCatalog };
inline constexpr int kTrainingPresets = 6;

BehaviorConfig presetConfig(TrainingPreset preset);
QString presetText(TrainingPreset preset);
/// What it is for, in a sentence or two.
QString presetHelp(TrainingPreset preset);

} // namespace perennial
