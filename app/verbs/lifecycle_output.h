#pragma once

#include "core/lifecycle/driver_rows.h"
#include "core/lifecycle/lifecycle.h"
#include "core/lifecycle/retention.h"
#include "core/lifecycle/transition_tests.h"
#include "core/lifecycle/transitions.h"

#include <QString>

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>

namespace perennial {

/// Moves between two days, with what was asked of them.
struct LifecycleMoves {
    TransitionMatrix matrix;
    TransitionOptions options;
    Day before = 0; ///< the day of the second-order test, as long before the first
    LikelihoodRatioTest independence, secondOrder;
    std::optional<LikelihoodRatioTest> stationarity; ///< none with fewer than two moves
    Day stationaryFrom = 0;
    std::int64_t stationaryMoves = 0; ///< periods compared
};

struct LifecycleDrivers {
    Stage stage = Stage::Active;
    std::shared_ptr<const DriverList> list;
};

/// All that the verb has computed.
struct LifecycleReport {
    std::shared_ptr<const LifecycleResult> now;
    StageHistory history; ///< at the ends of periods
    LifecycleMoves moves;
    std::shared_ptr<const RetentionResult> retention; ///< null = nobody has an anchor
    std::optional<LifecycleDrivers> drivers;          ///< if asked for
};

nlohmann::ordered_json lifecycleJson(const LifecycleReport &report);
QString lifecycleText(const LifecycleReport &report);
/// The keys of the JSON, for `--help`.
QString lifecycleJsonHelp();

} // namespace perennial
