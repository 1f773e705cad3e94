#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/words.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Where an effect is known from. Anything but an experiment is marked as an assumption: churn risk
/// is not uplift.
enum class Evidence { Assumption, Observational, Experiment };
std::string_view evidenceName(Evidence evidence) noexcept; // "assumption", …
std::optional<Evidence> evidenceFromName(std::string_view name) noexcept;

/// An effect in the lever's unit (lever.h): a normal distribution, or one value where sd is 0.
struct EffectSpec {
    double mean = 0;
    double sd = 0; ///< >= 0
    bool operator==(const EffectSpec &) const = default;
};

/// One lever pulled on one target. The target is frozen at t₀: who is in the stage then.
struct LeverSpec {
    std::string lever;          ///< a name of the registry: "retention", "frequency", "order_value"
    std::optional<Stage> stage; ///< empty = everybody
    EffectSpec effect;
    double costPerUser = 0;     ///< >= 0, currency units, once, for every user of the target
    bool operator==(const LeverSpec &) const = default;
};

struct Scenario {
    std::string name;
    Evidence evidence = Evidence::Assumption;
    std::vector<LeverSpec> levers; ///< none = the null scenario; a lever at most once per target
    bool operator==(const Scenario &) const = default;
};

/// What `perennial simulate P FILE.json` reads.
struct ScenarioPlan {
    std::vector<Scenario> scenarios;
    std::optional<int> horizonDays; ///< empty = the project's setting
    std::optional<Day> until;       ///< t₀; empty = the project's setting
    int draws = 2'000;              ///< 100 … 100 000
    std::uint64_t seed = 1;         ///< < 2^53
};

/// Refuses what no simulation should run on: a name that is empty, an unknown lever, an effect
/// outside the lever's range, a negative cost, the same lever twice on one target.
/// @error BadConfiguration; where: the key, such as "levers[1].effect"; detail: the value.
Status checkScenario(const Scenario &scenario);

/// One scenario as {"name", "evidence", "levers": [{"lever", "target", "effect", "cost_per_user"}]};
/// effect is a number or {"mean", "sd"}; target is "everybody" or a stage's name.
std::string scenarioToJson(const Scenario &scenario);

/// Strict: an unknown key, a missing one or a wrong type is refused by name.
/// @error BadConfiguration; where: the key; detail: what stood there.
Result<Scenario> scenarioFromJson(std::string_view json);

/// A plan: one scenario object, or {"scenarios": [...]}; both may have "horizon" ("180d"), "until"
/// ("2010-06-30"), "draws" and "seed". @error as scenarioFromJson; HorizonNotPositive.
Result<ScenarioPlan> planFromJson(std::string_view json);

} // namespace perennial
