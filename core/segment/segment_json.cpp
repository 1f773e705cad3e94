#include "core/segment/segment_rule.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 2> kAnchors{"first_event", "first_order"};

void putRange(Json &json, const NumberRange &range)
{
    if (range.from) {
        json["from"] = *range.from;
    }
    if (range.to) {
        json["to"] = *range.to;
    }
}

/// Puts a condition's fields into a JSON object; the first one says which kind it is.
struct Write {
    Json &json;

    void operator()(const StageCondition &c) const
    {
        Json names = Json::array();
        for (const Stage stage : c.stages) {
            names.push_back(stageName(stage));
        }
        json["stage"] = std::move(names);
    }
    void operator()(const FigureCondition &c) const
    {
        json["figure"] = segmentFigureName(c.figure);
        putRange(json, c.range);
        putMissing(c.orMissing);
    }
    void operator()(const PercentileCondition &c) const
    {
        json["percentile"] = segmentFigureName(c.figure);
        json["from"] = c.from;
        json["to"] = c.to;
    }
    void operator()(const AttributeCondition &c) const
    {
        json["attribute"] = c.name;
        if (!c.values.empty()) {
            json["is"] = c.values;
        }
        putRange(json, c.range);
        putMissing(c.orMissing);
    }
    void operator()(const BehaviorCondition &c) const
    {
        json["events"] = eventKindName(c.kind);
        if (c.days) {
            json["days"] = *c.days;
        }
        if (c.category) {
            json["category"] = *c.category;
        }
        json["at_least"] = c.atLeast;
        if (c.atMost) {
            json["at_most"] = *c.atMost;
        }
    }
    void operator()(const CohortCondition &c) const
    {
        json["cohort"] = kAnchors[static_cast<std::size_t>(c.anchor)];
        json["from"] = formatDate(c.from);
        json["to"] = formatDate(c.to);
    }
    void operator()(const CampaignCondition &c) const { json["campaign"] = c.key; }
    void operator()(const UsersCondition &c) const { json["users"] = c.keys; }

private:
    void putMissing(bool orMissing) const
    {
        if (orMissing) {
            json["or_missing"] = true;
        }
    }
};

Json jsonOf(const SegmentRule &rule)
{
    Json json = Json::object();
    if (const auto *condition = rule.condition()) {
        std::visit(Write{json}, *condition);
    } else {
        Json parts = Json::array();
        for (const SegmentRule &part : *rule.parts()) {
            parts.push_back(jsonOf(part));
        }
        json[rule.any ? "any" : "all"] = std::move(parts);
    }
    if (rule.negated) {
        json["not"] = true;
    }
    return json;
}

/// Takes fields out of one JSON object; what is wrong first stays. A field that nobody took is wrong.
class Fields {
public:
    explicit Fields(const Json &json) : m_json(json) {}

    bool has(const char *key) const { return m_json.contains(key); }
    std::string text(const char *key)
    {
        const Json &value = take(key);
        return value.is_string() ? value.get<std::string>() : wrong<std::string>(key);
    }
    std::vector<std::string> texts(const char *key)
    {
        std::vector<std::string> all;
        const Json &value = take(key);
        if (!value.is_array()) {
            return wrong<std::vector<std::string>>(key);
        }
        for (const Json &one : value) {
            if (!one.is_string()) {
                return wrong<std::vector<std::string>>(key);
            }
            all.push_back(one.get<std::string>());
        }
        return all;
    }
    template <class T>
    T name(const char *key, std::optional<T> (*fromName)(std::string_view) noexcept)
    {
        const std::optional<T> found = fromName(text(key));
        return found ? *found : wrong<T>(key);
    }
    bool flag(const char *key)
    {
        if (!has(key)) {
            return false;
        }
        const Json &value = take(key);
        return value.is_boolean() ? value.get<bool>() : wrong<bool>(key);
    }
    std::optional<std::int64_t> whole(const char *key)
    {
        if (!has(key)) {
            return std::nullopt;
        }
        const Json &value = take(key);
        const bool fits = value.is_number_integer() &&
                          (!value.is_number_unsigned() ||
                           value.get<std::uint64_t>() <=
                               static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
        return fits ? value.get<std::int64_t>() : wrong<std::int64_t>(key);
    }
    /// A number, or a date as days since 1970.
    std::optional<double> number(const char *key)
    {
        if (!has(key)) {
            return std::nullopt;
        }
        const Json &value = take(key);
        if (value.is_string()) {
            return static_cast<double>(dateIn(key, value));
        }
        return value.is_number() ? value.get<double>() : wrong<double>(key);
    }
    Day date(const char *key)
    {
        const Json &value = take(key);
        return value.is_string() ? dateIn(key, value) : wrong<Day>(key);
    }
    NumberRange range() { return {number("from"), number("to")}; }

    bool isWrong() const { return !m_problem.empty(); }
    /// The key of the first problem; empty where every field was taken and read.
    std::string problem() const
    {
        if (!m_problem.empty()) {
            return m_problem;
        }
        for (const auto &[key, value] : m_json.items()) {
            if (!m_taken.contains(key)) {
                return key;
            }
        }
        return {};
    }

private:
    const Json &take(const char *key)
    {
        static const Json kNone;
        m_taken.insert(key);
        const auto found = m_json.find(key);
        return found == m_json.end() ? kNone : *found;
    }
    Day dateIn(const char *key, const Json &value)
    {
        const auto day = parseIsoDate(value.get<std::string>());
        return day ? *day : wrong<Day>(key);
    }
    template <class T>
    T wrong(const char *key)
    {
        m_problem = m_problem.empty() ? key : m_problem;
        return T();
    }

    const Json &m_json;
    std::set<std::string> m_taken;
    std::string m_problem;
};

std::optional<CohortCondition::Anchor> anchorFromName(std::string_view name) noexcept
{
    return name == kAnchors[0]   ? std::optional(CohortCondition::Anchor::FirstEvent)
           : name == kAnchors[1] ? std::optional(CohortCondition::Anchor::FirstOrder)
                                 : std::nullopt;
}

StageCondition readStages(Fields &fields)
{
    StageCondition c;
    for (const std::string &name : fields.texts("stage")) {
        if (const auto stage = stageFromName(name)) {
            c.stages.push_back(*stage);
        } else {
            return {}; // which checkSegment refuses
        }
    }
    return c;
}

BehaviorCondition readBehavior(Fields &fields)
{
    BehaviorCondition c;
    c.kind = fields.name("events", eventKindFromName);
    if (const auto days = fields.whole("days")) {
        c.days = static_cast<int>(
            std::clamp<std::int64_t>(*days, 0, std::numeric_limits<int>::max()));
    }
    if (fields.has("category")) {
        c.category = fields.text("category");
    }
    c.atLeast = fields.whole("at_least").value_or(1);
    c.atMost = fields.whole("at_most");
    return c;
}

std::optional<SegmentRule::Condition> readCondition(Fields &fields)
{
    if (fields.has("stage")) {
        return readStages(fields);
    }
    if (fields.has("figure")) {
        return FigureCondition{fields.name("figure", segmentFigureFromName), fields.range(),
                               fields.flag("or_missing")};
    }
    if (fields.has("percentile")) {
        return PercentileCondition{fields.name("percentile", segmentFigureFromName),
                                   fields.number("from").value_or(0),
                                   fields.number("to").value_or(100)};
    }
    if (fields.has("attribute")) {
        return AttributeCondition{fields.text("attribute"),
                                  fields.has("is") ? fields.texts("is") : std::vector<std::string>(),
                                  fields.range(), fields.flag("or_missing")};
    }
    if (fields.has("events")) {
        return readBehavior(fields);
    }
    if (fields.has("cohort")) {
        return CohortCondition{fields.name("cohort", anchorFromName), fields.date("from"),
                               fields.date("to")};
    }
    if (fields.has("campaign")) {
        return CampaignCondition{fields.text("campaign")};
    }
    if (fields.has("users")) {
        return UsersCondition{fields.texts("users")};
    }
    return std::nullopt;
}

Result<SegmentRule> ruleFrom(const Json &json, const std::string &where)
{
    if (!json.is_object()) {
        return fail(ErrorCode::InvalidArgument, "object", where);
    }
    SegmentRule rule;
    for (const bool any : {false, true}) {
        const char *key = any ? "any" : "all";
        if (!json.contains(key)) {
            continue;
        }
        std::vector<SegmentRule> parts;
        for (std::size_t k = 0; k < json[key].size() && json[key].is_array(); ++k) {
            auto part = ruleFrom(json[key][k], where + (where.empty() ? "" : ".") + key + "[" +
                                                   std::to_string(k) + "]");
            if (!part) {
                return part.error();
            }
            parts.push_back(std::move(*part));
        }
        if (!json[key].is_array() || json.size() > (json.contains("not") ? 2U : 1U)) {
            return fail(ErrorCode::InvalidArgument, key, where);
        }
        rule.content = std::move(parts);
        rule.any = any;
        Fields fields(json);
        rule.negated = fields.flag("not");
        if (fields.isWrong()) {
            return fail(ErrorCode::InvalidArgument, "not", where);
        }
        return rule;
    }
    Fields fields(json);
    auto condition = readCondition(fields);
    rule.negated = fields.flag("not");
    const std::string problem = condition ? fields.problem() : "condition";
    if (!problem.empty()) {
        return fail(ErrorCode::InvalidArgument, problem, where);
    }
    rule.content = std::move(*condition);
    return rule;
}

} // namespace

std::string segmentJson(const SegmentRule &rule)
{
    return jsonOf(rule).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<SegmentRule> segmentFromJson(std::string_view text)
{
    bool tooDeep = false; // a group and its list are two levels
    const auto shallow = [&](int depth, Json::parse_event_t, const Json &) {
        tooDeep = tooDeep || depth > 2 * kDeepestSegment + 2;
        return !tooDeep;
    };
    const Json json = Json::parse(text, shallow, false);
    if (json.is_discarded() || tooDeep) {
        return fail(ErrorCode::BadData, tooDeep ? "depth" : "json");
    }
    auto rule = ruleFrom(json, {});
    if (!rule) {
        return rule.error();
    }
    if (const Status checked = checkSegment(*rule); !checked) {
        return checked.error();
    }
    return rule;
}

} // namespace perennial
