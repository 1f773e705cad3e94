#include "core/base/json_depth.h"
#include "core/scenario/scenario.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace perennial {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view kEverybody = "everybody";

constexpr std::array<std::string_view, 2> kEffectKeys{"mean", "sd"};
constexpr std::array<std::string_view, 4> kLeverKeys{"lever", "target", "effect", "cost_per_user"};
constexpr std::array<std::string_view, 3> kScenarioKeys{"name", "evidence", "levers"};
constexpr std::array<std::string_view, 5> kPlanKeys{"scenarios", "horizon", "until", "draws",
                                                    "seed"};
constexpr std::array<std::string_view, 7> kSinglePlanKeys{
    "name", "evidence", "levers", "horizon", "until", "draws", "seed"};

/// What stood in the file, short enough for a message.
std::string shown(const json &value)
{
    constexpr std::size_t kLongest = 80;
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return text.size() > kLongest ? text.substr(0, kLongest) + "…" : text;
}

/// Reads the members of one object and remembers the first thing that is wrong.
class Reader {
public:
    Reader(const json &object, std::string path, std::span<const std::string_view> keys)
        : m_object(object), m_path(std::move(path))
    {
        if (!object.is_object()) {
            m_error = fail(ErrorCode::BadConfiguration, shown(object), m_path);
            return;
        }
        for (const auto &[key, value] : object.items()) {
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
                refuse(key, value);
            }
        }
    }

    std::string where(std::string_view key) const
    {
        return m_path.empty() ? std::string(key) : m_path + "." + std::string(key);
    }
    void refuse(std::string_view key, const json &value)
    {
        if (!m_error) {
            m_error = fail(ErrorCode::BadConfiguration, shown(value), where(key));
        }
    }
    void refuse(Error error) { m_error = m_error ? m_error : std::move(error); }
    const std::optional<Error> &error() const { return m_error; }

    /// Null where the key is missing, or something is wrong already.
    const json *find(std::string_view key) const
    {
        if (m_error) {
            return nullptr;
        }
        const auto at = m_object.find(key);
        return at == m_object.end() ? nullptr : &*at;
    }
    const json *require(std::string_view key)
    {
        const json *value = find(key);
        if (value == nullptr && !m_error) {
            m_error = fail(ErrorCode::BadConfiguration, "missing", where(key));
        }
        return value;
    }
    void text(const json *value, std::string_view key, std::string &out)
    {
        if (value != nullptr && !value->is_string()) {
            refuse(key, *value);
        } else if (value != nullptr) {
            out = value->get<std::string>();
        }
    }
    void number(const json *value, std::string_view key, double &out)
    {
        if (value != nullptr && !value->is_number()) {
            refuse(key, *value);
        } else if (value != nullptr) {
            out = value->get<double>();
        }
    }

private:
    const json &m_object;
    std::string m_path;
    std::optional<Error> m_error;
};

std::optional<Error> readEffect(const json &value, const std::string &where, EffectSpec &out)
{
    if (value.is_number()) {
        out.mean = value.get<double>();
        return std::nullopt;
    }
    Reader reader(value, where, kEffectKeys);
    reader.number(reader.require("mean"), "mean", out.mean);
    reader.number(reader.find("sd"), "sd", out.sd);
    return reader.error();
}

std::optional<Error> readLever(const json &value, const std::string &where, LeverSpec &out)
{
    Reader reader(value, where, kLeverKeys);
    reader.text(reader.require("lever"), "lever", out.lever);
    std::string target{kEverybody};
    const json *targetValue = reader.find("target");
    reader.text(targetValue, "target", target);
    if (target != kEverybody) {
        out.stage = stageFromName(target);
        if (!out.stage) {
            reader.refuse("target", *targetValue);
        }
    }
    if (const json *effect = reader.require("effect")) {
        if (auto error = readEffect(*effect, reader.where("effect"), out.effect)) {
            reader.refuse(std::move(*error));
        }
    }
    reader.number(reader.find("cost_per_user"), "cost_per_user", out.costPerUser);
    return reader.error();
}

void readScenario(Reader &reader, Scenario &out)
{
    reader.text(reader.require("name"), "name", out.name);
    std::string evidence{evidenceName(out.evidence)};
    const json *evidenceValue = reader.find("evidence");
    reader.text(evidenceValue, "evidence", evidence);
    if (const auto known = evidenceFromName(evidence)) {
        out.evidence = *known;
    } else {
        reader.refuse("evidence", *evidenceValue);
    }
    const json *levers = reader.require("levers");
    if (levers != nullptr && !levers->is_array()) {
        reader.refuse("levers", *levers);
    } else if (levers != nullptr) {
        for (std::size_t i = 0; i < levers->size(); ++i) {
            const std::string where = reader.where("levers") + "[" + std::to_string(i) + "]";
            if (auto error = readLever((*levers)[i], where, out.levers.emplace_back())) {
                reader.refuse(std::move(*error));
            }
        }
    }
}

/// checkScenario, with the place of a scenario in its file in front.
void check(Reader &reader, const Scenario &scenario)
{
    if (reader.error()) {
        return;
    }
    if (const auto checked = checkScenario(scenario); !checked) {
        Error error = checked.error();
        error.where = reader.where(error.where);
        reader.refuse(std::move(error));
    }
}

std::optional<Error> readPlanOptions(Reader &reader, ScenarioPlan &plan)
{
    if (const json *horizon = reader.find("horizon")) {
        const std::string text = horizon->is_string() ? horizon->get<std::string>()
                                 : horizon->is_number_integer() ? horizon->dump()
                                                                : std::string();
        const auto days = parseHorizon(text);
        if (!days && days.error().code == ErrorCode::HorizonNotPositive) {
            reader.refuse(fail(ErrorCode::HorizonNotPositive, text, "horizon"));
        } else if (!days) {
            reader.refuse("horizon", *horizon);
        } else {
            plan.horizonDays = *days;
        }
    }
    if (const json *until = reader.find("until")) {
        const auto day = parseIsoDate(until->is_string() ? until->get<std::string>() : "");
        day ? void(plan.until = *day) : reader.refuse("until", *until);
    }
    if (const json *draws = reader.find("draws")) {
        const auto count = draws->is_number_integer() ? draws->get<std::int64_t>() : 0;
        count >= 100 && count <= 100'000 ? void(plan.draws = static_cast<int>(count))
                                         : reader.refuse("draws", *draws);
    }
    if (const json *seed = reader.find("seed")) {
        const bool sound = seed->is_number_unsigned() && seed->get<std::uint64_t>() < (1ULL << 53);
        sound ? void(plan.seed = seed->get<std::uint64_t>()) : reader.refuse("seed", *seed);
    }
    return reader.error();
}

Result<json> parsed(std::string_view text)
{
    constexpr int kDeepest = 20;
    json value = json::parse(text, shallowerThan(kDeepest), false);
    if (value.is_discarded()) {
        return fail(ErrorCode::BadConfiguration, "not JSON", "");
    }
    return value;
}

} // namespace

std::string scenarioToJson(const Scenario &scenario)
{
    ordered_json object;
    object["name"] = scenario.name;
    object["evidence"] = evidenceName(scenario.evidence);
    object["levers"] = ordered_json::array();
    for (const LeverSpec &spec : scenario.levers) {
        ordered_json lever;
        lever["lever"] = spec.lever;
        lever["target"] = spec.stage ? stageName(*spec.stage) : kEverybody;
        if (spec.effect.sd == 0) {
            lever["effect"] = spec.effect.mean;
        } else {
            lever["effect"] = {{"mean", spec.effect.mean}, {"sd", spec.effect.sd}};
        }
        lever["cost_per_user"] = spec.costPerUser;
        object["levers"].push_back(std::move(lever));
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Scenario> scenarioFromJson(std::string_view text)
{
    const auto value = parsed(text);
    if (!value) {
        return value.error();
    }
    Scenario scenario;
    Reader reader(*value, "", kScenarioKeys);
    readScenario(reader, scenario);
    check(reader, scenario);
    if (reader.error()) {
        return *reader.error();
    }
    return scenario;
}

Result<ScenarioPlan> planFromJson(std::string_view text)
{
    const auto value = parsed(text);
    if (!value) {
        return value.error();
    }
    ScenarioPlan plan;
    const bool several = value->is_object() && value->contains("scenarios");
    Reader reader(*value, "",
                  several ? std::span<const std::string_view>(kPlanKeys) : kSinglePlanKeys);
    if (!several) {
        readScenario(reader, plan.scenarios.emplace_back());
        check(reader, plan.scenarios.back());
    } else if (const json &list = (*value)["scenarios"]; !list.is_array() || list.empty()) {
        reader.refuse("scenarios", list);
    } else {
        for (std::size_t i = 0; i < list.size(); ++i) {
            Reader one(list[i], "scenarios[" + std::to_string(i) + "]", kScenarioKeys);
            readScenario(one, plan.scenarios.emplace_back());
            check(one, plan.scenarios.back());
            if (one.error()) {
                reader.refuse(*one.error());
            }
        }
    }
    if (auto error = readPlanOptions(reader, plan)) {
        return *error;
    }
    return plan;
}

} // namespace perennial
