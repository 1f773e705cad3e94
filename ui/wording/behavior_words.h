#pragma once

#include "core/behavior/train.h"
#include "core/neural/runtime.h"

#include <QString>

namespace perennial {

/// What a training says of itself, as a sentence without full stop; an unknown code as it stands.
QString trainNoteText(const TrainNote &note);
/// Why this device: "LibTorch found no CUDA device".
QString deviceReasonText(DeviceReason reason);
/// "behavior" → "Behaviour model", "popular_30d" → "Popularity, last 30 days", …; an unknown name as
/// it stands.
QString comparedModelText(const std::string &name);

} // namespace perennial
