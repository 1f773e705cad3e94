#include "core/scenario/scenario.h"

#include "core/base/text.h"
#include "core/scenario/lever.h"

#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace perennial {

namespace {

constexpr std::array kEvidences{Evidence::Assumption, Evidence::Observational,
                                Evidence::Experiment};
constexpr std::size_t kLongestName = 200;

std::string shown(double value)
{
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

Status checkLever(const LeverSpec &spec, const std::string &where)
{
    const Lever *lever = leverByName(spec.lever);
    if (lever == nullptr) {
        return fail(ErrorCode::BadConfiguration, spec.lever, where + ".lever");
    }
    if (!(spec.effect.mean >= lever->lowest() && spec.effect.mean <= lever->highest())) {
        return fail(ErrorCode::BadConfiguration,
                    shown(spec.effect.mean) + " (" + shown(lever->lowest()) + " … " +
                        shown(lever->highest()) + ")",
                    where + ".effect");
    }
    if (!(spec.effect.sd >= 0 && std::isfinite(spec.effect.sd))) {
        return fail(ErrorCode::BadConfiguration, shown(spec.effect.sd), where + ".effect.sd");
    }
    if (!(spec.costPerUser >= 0 && spec.costPerUser <= 1e12)) {
        return fail(ErrorCode::BadConfiguration, shown(spec.costPerUser),
                    where + ".cost_per_user");
    }
    return Done{};
}

} // namespace

std::string_view evidenceName(Evidence evidence) noexcept
{
    switch (evidence) {
    case Evidence::Assumption: return "assumption";
    case Evidence::Observational: return "observational";
    case Evidence::Experiment: return "experiment";
    }
    return "assumption";
}

std::optional<Evidence> evidenceFromName(std::string_view name) noexcept
{
    for (const Evidence evidence : kEvidences) {
        if (evidenceName(evidence) == name) {
            return evidence;
        }
    }
    return std::nullopt;
}

Status checkScenario(const Scenario &scenario)
{
    if (trimmed(scenario.name).empty() || scenario.name.size() > kLongestName ||
        !isValidUtf8(scenario.name)) {
        return fail(ErrorCode::BadConfiguration, isValidUtf8(scenario.name) ? scenario.name : "",
                    "name");
    }
    std::set<std::pair<std::string, std::optional<Stage>>> pulled;
    for (std::size_t i = 0; i < scenario.levers.size(); ++i) {
        const LeverSpec &spec = scenario.levers[i];
        const std::string where = "levers[" + std::to_string(i) + "]";
        if (auto s = checkLever(spec, where); !s) {
            return s;
        }
        if (!pulled.emplace(spec.lever, spec.stage).second) {
            return fail(ErrorCode::BadConfiguration, spec.lever, where + ".target");
        }
    }
    return Done{};
}

} // namespace perennial
