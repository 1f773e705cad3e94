#pragma once

#include "core/tuning/compare.h"

#include <nlohmann/json.hpp>

namespace perennial {

/// As stored with a run and printed by `train --json`: split, counts, models and the best of each
/// measure; null = not measured.
nlohmann::ordered_json toJson(const Comparison &comparison);

} // namespace perennial
