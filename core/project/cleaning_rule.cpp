#include "core/project/cleaning_rule.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

constexpr std::array<std::string_view, kCleaningKindCount> kNames{"duplicate_user_time_item",
                                                                  "missing_item",
                                                                  "missing_order",
                                                                  "amount_outlier",
                                                                  "amount_quantile",
                                                                  "future_time",
                                                                  "before_time",
                                                                  "negative_price",
                                                                  "zero_price",
                                                                  "item_codes",
                                                                  "test_users",
                                                                  "frequent_users"};
static_assert(std::variant_size_v<CleaningRule> == kCleaningKindCount);

constexpr std::size_t kMostKeys = 10'000, kMostPatterns = 200, kLongestKey = 500;
constexpr double kLargestCutoff = 1000;

Error invalid(std::string value, const char *key)
{
    return fail(ErrorCode::InvalidArgument, std::move(value), key);
}

Status checkKinds(const std::vector<EventKind> &kinds)
{
    return kinds.empty() ? Status(invalid({}, "kinds")) : Status(Done{});
}

Status checkOf(EventKind kind)
{
    const bool money = kind == EventKind::Purchase || kind == EventKind::Refund;
    return money ? Status(Done{}) : Status(invalid(std::string(eventKindName(kind)), "of"));
}

Status checkTexts(const std::vector<std::string> &texts, std::size_t most, const char *key)
{
    if (texts.size() > most) {
        return invalid(std::to_string(texts.size()), key);
    }
    for (const std::string &text : texts) {
        if (text.empty() || text.size() > kLongestKey || !isValidUtf8(text)) {
            return invalid(text.substr(0, isValidUtf8(text) ? 40 : 0), key);
        }
    }
    return Done{};
}

Status checkList(const KeyList &list)
{
    if (list.keys.empty() && list.prefixes.empty() && list.patterns.empty()) {
        return invalid({}, "keys");
    }
    for (const Status &status : {checkTexts(list.keys, kMostKeys, "keys"),
                                 checkTexts(list.prefixes, kMostPatterns, "prefixes"),
                                 checkTexts(list.patterns, kMostPatterns, "patterns")}) {
        if (!status) {
            return status;
        }
    }
    return Done{};
}

struct Check {
    Status operator()(const DuplicateRule &) const { return Done{}; }
    Status operator()(const MissingItemRule &rule) const { return checkKinds(rule.kinds); }
    Status operator()(const MissingOrderRule &rule) const { return checkKinds(rule.kinds); }
    Status operator()(const AmountOutlierRule &rule) const
    {
        if (!(rule.cutoff > 0.0 && rule.cutoff <= kLargestCutoff)) {
            return invalid(std::to_string(rule.cutoff), "cutoff");
        }
        return checkOf(rule.of);
    }
    Status operator()(const AmountQuantileRule &rule) const
    {
        if (!(rule.lower >= 0.0 && rule.lower < 1.0)) {
            return invalid(std::to_string(rule.lower), "lower");
        }
        if (!(rule.upper > rule.lower && rule.upper <= 1.0) ||
            (rule.lower <= 0.0 && rule.upper >= 1.0)) {
            return invalid(std::to_string(rule.upper), "upper");
        }
        return checkOf(rule.of);
    }
    Status operator()(const FutureTimeRule &) const { return Done{}; }
    Status operator()(const BeforeTimeRule &) const { return Done{}; }
    Status operator()(const NegativePriceRule &) const { return Done{}; }
    Status operator()(const ZeroPriceRule &) const { return Done{}; }
    Status operator()(const ItemCodesRule &rule) const { return checkList(rule.list); }
    Status operator()(const TestUsersRule &rule) const { return checkList(rule.list); }
    Status operator()(const FrequentUsersRule &rule) const
    {
        return rule.perDay > 0 ? Status(Done{})
                               : Status(invalid(std::to_string(rule.perDay), "per_day"));
    }
};

} // namespace

std::string_view cleaningKindName(CleaningKind kind) noexcept
{
    return kNames[static_cast<std::size_t>(kind)];
}

std::optional<CleaningKind> cleaningKindFromName(std::string_view name) noexcept
{
    const auto found = std::ranges::find(kNames, name);
    return found == kNames.end() ? std::nullopt
                                 : std::optional(static_cast<CleaningKind>(found - kNames.begin()));
}

const std::vector<CleaningKind> &allCleaningKinds()
{
    static const std::vector<CleaningKind> kinds = [] {
        std::vector<CleaningKind> all;
        for (int kind = 0; kind < kCleaningKindCount; ++kind) {
            all.push_back(static_cast<CleaningKind>(kind));
        }
        return all;
    }();
    return kinds;
}

CleaningKind kindOf(const CleaningRule &rule) noexcept
{
    return static_cast<CleaningKind>(rule.index());
}

CleaningAction actionOf(const CleaningRule &rule) noexcept
{
    if (const auto *outlier = std::get_if<AmountOutlierRule>(&rule)) {
        return outlier->action;
    }
    if (const auto *quantile = std::get_if<AmountQuantileRule>(&rule)) {
        return quantile->action;
    }
    return CleaningAction::SetAside;
}

const KeyList &usualItemCodes()
{
    static const KeyList list{{"POST", "DOT", "C2", "C3", "M", "D", "S", "B", "CRUK", "PADS",
                               "ADJUST", "ADJUST2", "GIFT", "BANK CHARGES", "AMAZONFEE"},
                              {"GIFT_"},
                              {"TEST???", "DCGS*", "POSTAGE*", "SHIPPING*"},
                              true};
    return list;
}

const KeyList &usualTestUsers()
{
    static const KeyList list{{"test", "tester", "admin", "dummy", "demo"},
                              {"test_", "test-", "qa_", "qa-"},
                              {"*@example.com", "*@example.org", "*@test.com", "*+test@*"},
                              true};
    return list;
}

Status checkCleaningRule(const CleaningRule &rule)
{
    return std::visit(Check{}, rule);
}

} // namespace perennial
