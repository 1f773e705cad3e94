#include "core/project/cleaning_rule.h"

#include <nlohmann/json.hpp>

#include <array>
#include <span>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kSames{"user_time_item", "amount", "row"};
constexpr std::array<std::string_view, 3> kSides{"high", "low", "both"};
constexpr std::array<std::string_view, 2> kActions{"set_aside", "cap"};
constexpr std::array<std::string_view, 2> kScales{"raw", "log"};

template <class E, std::size_t N>
std::string_view nameIn(const std::array<std::string_view, N> &names, E value)
{
    return names[static_cast<std::size_t>(value)];
}

Json kindsJson(const std::vector<EventKind> &kinds)
{
    Json names = Json::array();
    for (const EventKind kind : kinds) {
        names.push_back(eventKindName(kind));
    }
    return names;
}

/// Puts a rule's fields into a JSON object.
struct Write {
    Json &json;

    void operator()(const DuplicateRule &rule) const { json["same"] = nameIn(kSames, rule.same); }
    void operator()(const MissingItemRule &rule) const { json["kinds"] = kindsJson(rule.kinds); }
    void operator()(const MissingOrderRule &rule) const { json["kinds"] = kindsJson(rule.kinds); }
    void operator()(const AmountOutlierRule &rule) const
    {
        json["of"] = eventKindName(rule.of);
        json["scale"] = nameIn(kScales, rule.logScale);
        json["side"] = nameIn(kSides, rule.side);
        json["cutoff"] = rule.cutoff;
        json["action"] = nameIn(kActions, rule.action);
    }
    void operator()(const AmountQuantileRule &rule) const
    {
        json["of"] = eventKindName(rule.of);
        json["lower"] = rule.lower;
        json["upper"] = rule.upper;
        json["action"] = nameIn(kActions, rule.action);
    }
    void operator()(const FutureTimeRule &rule) const
    {
        if (rule.after) {
            json["after"] = formatTimestamp(*rule.after);
        }
    }
    void operator()(const BeforeTimeRule &rule) const
    {
        json["before"] = formatTimestamp(rule.before);
    }
    void operator()(const NegativePriceRule &) const {}
    void operator()(const ZeroPriceRule &) const {}
    void operator()(const ItemCodesRule &rule) const { list(rule.list); }
    void operator()(const TestUsersRule &rule) const { list(rule.list); }
    void operator()(const FrequentUsersRule &rule) const { json["per_day"] = rule.perDay; }

    void list(const KeyList &keys) const
    {
        json["keys"] = keys.keys;
        json["prefixes"] = keys.prefixes;
        json["patterns"] = keys.patterns;
        json["ignore_case"] = keys.ignoreCase;
    }
};

/// A second as formatTimestamp writes it, or a day (its first second).
std::optional<UtcSecond> timeFrom(std::string_view text, bool &wholeDay)
{
    wholeDay = text.size() == 10;
    const auto day = parseIsoDate(text.substr(0, 10));
    if (!day || (!wholeDay && text.size() != 20)) {
        return std::nullopt;
    }
    if (wholeDay) {
        return startOf(*day);
    }
    const auto number = [&](std::size_t at) {
        const char a = text[at], b = text[at + 1];
        const bool digits = a >= '0' && a <= '9' && b >= '0' && b <= '9';
        return digits ? (a - '0') * 10 + (b - '0') : 99;
    };
    const int hour = number(11), minute = number(14), second = number(17);
    if (text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z' || hour > 23 ||
        minute > 59 || second > 59) {
        return std::nullopt;
    }
    return startOf(*day) + hour * 3600 + minute * 60 + second;
}

/// Takes a rule's fields out of a JSON object; the first thing that is wrong stays.
class Read {
public:
    explicit Read(const Json &json) : m_json(json) {}
    std::optional<Error> problem;

    void operator()(DuplicateRule &rule) { name("same", kSames, rule.same); }
    void operator()(MissingItemRule &rule) { kinds(rule.kinds); }
    void operator()(MissingOrderRule &rule) { kinds(rule.kinds); }
    void operator()(AmountOutlierRule &rule)
    {
        of(rule.of);
        name("scale", kScales, rule.logScale);
        name("side", kSides, rule.side);
        number("cutoff", rule.cutoff);
        name("action", kActions, rule.action);
    }
    void operator()(AmountQuantileRule &rule)
    {
        of(rule.of);
        number("lower", rule.lower);
        number("upper", rule.upper);
        name("action", kActions, rule.action);
    }
    void operator()(FutureTimeRule &rule)
    {
        if (const auto at = time("after", 1)) {
            rule.after = *at;
        }
    }
    void operator()(BeforeTimeRule &rule)
    {
        if (const auto at = time("before", 0)) {
            rule.before = *at;
        } else {
            refuse("before");
        }
    }
    void operator()(NegativePriceRule &) {}
    void operator()(ZeroPriceRule &) {}
    void operator()(ItemCodesRule &rule) { list(rule.list, usualItemCodes()); }
    void operator()(TestUsersRule &rule) { list(rule.list, usualTestUsers()); }
    void operator()(FrequentUsersRule &rule)
    {
        if (const Json *value = take("per_day")) {
            if (value->is_number_integer()) {
                rule.perDay = value->get<std::int64_t>();
            } else {
                refuse("per_day");
            }
        }
    }

    void refuseUnknownKeys()
    {
        for (const auto &entry : m_json.items()) {
            if (std::ranges::find(m_known, entry.key()) == m_known.end()) {
                refuse(entry.key());
            }
        }
    }

private:
    void refuse(std::string_view what)
    {
        if (!problem) {
            problem = fail(ErrorCode::BadConfiguration, std::string(what), "rule");
        }
    }

    const Json *take(const char *key)
    {
        m_known.emplace_back(key);
        const auto found = m_json.find(key);
        return found == m_json.end() || found->is_null() ? nullptr : &*found;
    }

    template <class E, std::size_t N>
    void name(const char *key, const std::array<std::string_view, N> &names, E &into)
    {
        const Json *value = take(key);
        if (!value) {
            return;
        }
        for (std::size_t k = 0; k < N; ++k) {
            if (value->is_string() && value->get<std::string>() == names[k]) {
                into = static_cast<E>(k);
                return;
            }
        }
        refuse(key);
    }

    void number(const char *key, double &into)
    {
        if (const Json *value = take(key)) {
            if (value->is_number()) {
                into = value->get<double>();
            } else {
                refuse(key);
            }
        }
    }

    void of(EventKind &into)
    {
        if (const Json *value = take("of")) {
            const auto kind =
                value->is_string() ? eventKindFromName(value->get<std::string>()) : std::nullopt;
            if (!kind) {
                refuse("of");
            }
            into = kind.value_or(into);
        }
    }

    void kinds(std::vector<EventKind> &into)
    {
        const Json *value = take("kinds");
        if (!value) {
            return;
        }
        into.clear();
        for (const std::string &text : texts(*value, "kinds")) {
            if (const auto kind = eventKindFromName(text)) {
                into.push_back(*kind);
            } else {
                refuse("kinds");
            }
        }
    }

    std::vector<std::string> texts(const Json &value, const char *key)
    {
        std::vector<std::string> out;
        if (!value.is_array()) {
            refuse(key);
            return out;
        }
        for (const Json &entry : value) {
            if (entry.is_string()) {
                out.push_back(entry.get<std::string>());
            } else {
                refuse(key);
            }
        }
        return out;
    }

    /// @param dayEnd 1: of a day its last second counts, 0: its first.
    std::optional<UtcSecond> time(const char *key, int dayEnd)
    {
        const Json *value = take(key);
        if (!value) {
            return std::nullopt;
        }
        bool wholeDay = false;
        const auto at =
            value->is_string() ? timeFrom(value->get<std::string>(), wholeDay) : std::nullopt;
        if (!at) {
            refuse(key);
            return std::nullopt;
        }
        return *at + (wholeDay ? dayEnd * (kSecondsPerDay - 1) : 0);
    }

    void list(KeyList &into, const KeyList &usual)
    {
        bool given = false;
        const auto part = [&](const char *key, std::vector<std::string> &place) {
            if (const Json *value = take(key)) {
                given = true;
                place = texts(*value, key);
            }
        };
        part("keys", into.keys);
        part("prefixes", into.prefixes);
        part("patterns", into.patterns);
        if (!given) {
            into = usual;
        }
        if (const Json *value = take("ignore_case")) {
            if (value->is_boolean()) {
                into.ignoreCase = value->get<bool>();
            } else {
                refuse("ignore_case");
            }
        }
    }

    const Json &m_json;
    std::vector<std::string> m_known{"kind"};
};

template <std::size_t... I>
CleaningRule ruleOfKind(std::size_t kind, std::index_sequence<I...>)
{
    CleaningRule rule;
    static_cast<void>(((I == kind && (rule.emplace<I>(), true)) || ...));
    return rule;
}

} // namespace

std::string cleaningRuleToJson(const CleaningRule &rule)
{
    Json json;
    json["kind"] = cleaningKindName(kindOf(rule));
    std::visit(Write{json}, rule);
    return json.dump();
}

Result<CleaningRule> cleaningRuleFromJson(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("kind") || !json["kind"].is_string()) {
        return fail(ErrorCode::BadConfiguration, "kind", "rule");
    }
    const auto kind = cleaningKindFromName(json["kind"].get<std::string>());
    if (!kind) {
        return fail(ErrorCode::BadConfiguration, json["kind"].get<std::string>(), "rule");
    }
    CleaningRule rule =
        ruleOfKind(static_cast<std::size_t>(*kind), std::make_index_sequence<kCleaningKindCount>());
    Read read(json);
    std::visit(read, rule);
    read.refuseUnknownKeys();
    if (read.problem) {
        return *read.problem;
    }
    if (const auto checked = checkCleaningRule(rule); !checked) {
        return checked.error();
    }
    return rule;
}

} // namespace perennial
