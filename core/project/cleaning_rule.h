#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/words.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace perennial {

/// Which events a cleaning rule finds. Every rule looks at the stored events as they were imported,
/// whatever other rules find, so that the order in which rules are switched never matters.
enum class CleaningKind {
    Duplicate,      ///< all but the first (by arrival) of equal events
    MissingItem,    ///< no item
    MissingOrder,   ///< no invoice or basket
    AmountOutlier,  ///< robust z of the amount above a cutoff
    AmountQuantile, ///< amounts outside a pair of quantiles
    FutureTime,     ///< later than a moment, or than the import that brought them
    BeforeTime,     ///< earlier than a moment
    NegativePrice,  ///< purchases with an amount below 0
    ZeroPrice,      ///< purchases with an amount of 0, which is also what a missing amount is
    ItemCodes,      ///< codes that are no articles: postage, fees, corrections
    TestUsers,      ///< accounts of the shop itself
    FrequentUsers,  ///< machines: more events on a day than a person makes
};
inline constexpr int kCleaningKindCount = 12;

/// "duplicate_user_time_item", "amount_outlier", …: names in files, JSON and on the command line.
std::string_view cleaningKindName(CleaningKind kind) noexcept;
std::optional<CleaningKind> cleaningKindFromName(std::string_view name) noexcept;
const std::vector<CleaningKind> &allCleaningKinds();

/// What happens to a found event: out of every figure, or its amount moved to the nearest bound.
enum class CleaningAction { SetAside, Cap };

/// JSON key `same`: "user_time_item" (user, kind, second and item; events without an item are never
/// equal), "amount" (the amount as well), "row" (every column).
struct DuplicateRule {
    enum class Same { UserTimeItem, Amount, Row };
    Same same = Same::UserTimeItem;
    bool operator==(const DuplicateRule &) const = default;
};

/// JSON key `kinds`: which kinds of events must have the field.
struct MissingItemRule {
    std::vector<EventKind> kinds{EventKind::Purchase, EventKind::Refund};
    bool operator==(const MissingItemRule &) const = default;
};
struct MissingOrderRule {
    std::vector<EventKind> kinds{EventKind::Purchase};
    bool operator==(const MissingOrderRule &) const = default;
};

/// z = (x − median) / spread of the amounts of one kind, positive ones only; found where z >
/// cutoff, or < −cutoff on the low side. Nothing is found where all amounts are equal. JSON keys
/// `of`
/// ("purchase" or "refund"; of a refund the size counts), `scale` ("log", "raw"), `side` ("high",
/// "low", "both"), `cutoff` in (0, 1000], `action` ("set_aside", "cap").
/// Source: Iglewicz & Hoaglin (1993), vol. 16: robust z, cutoff 3.5 (robust.h for MAD = 0).
struct AmountOutlierRule {
    enum class Side { High, Low, Both };
    EventKind of = EventKind::Purchase;
    bool logScale = true; ///< amounts are skewed: their logs are nearer to a normal
    Side side = Side::High;
    double cutoff = 3.5;
    CleaningAction action = CleaningAction::SetAside;
    bool operator==(const AmountOutlierRule &) const = default;
};

/// Amounts of one kind outside [quantile `lower`, quantile `upper`], 0 <= lower < upper <= 1;
/// capping them is winsorising. JSON keys `of`, `lower`, `upper`, `action`. Source: Tukey (1962),
/// "The future of data analysis"; quantiles as in robust.h.
struct AmountQuantileRule {
    EventKind of = EventKind::Purchase;
    double lower = 0.0, upper = 0.99;
    CleaningAction action = CleaningAction::Cap;
    bool operator==(const AmountQuantileRule &) const = default;
};

/// JSON key `after`: "2011-12-09T12:00:00Z", or a day, whose end counts; none = the moment at which
/// the event's import began.
struct FutureTimeRule {
    std::optional<UtcSecond> after;
    bool operator==(const FutureTimeRule &) const = default;
};
/// JSON key `before`: as `after`, of a day its beginning; required.
struct BeforeTimeRule {
    UtcSecond before = 0;
    bool operator==(const BeforeTimeRule &) const = default;
};

struct NegativePriceRule {
    bool operator==(const NegativePriceRule &) const = default;
};
struct ZeroPriceRule {
    bool operator==(const ZeroPriceRule &) const = default;
};

/// Keys by name, by beginning, or by a pattern with * and ?. JSON keys `keys`, `prefixes`,
/// `patterns`, `ignore_case` (of ASCII letters). At most 10 000 keys and 200 of the others.
struct KeyList {
    std::vector<std::string> keys, prefixes, patterns;
    bool ignoreCase = true;
    bool operator==(const KeyList &) const = default;
};
struct ItemCodesRule {
    KeyList list;
    bool operator==(const ItemCodesRule &) const = default;
};
struct TestUsersRule {
    KeyList list;
    bool operator==(const TestUsersRule &) const = default;
};

/// Every event of a user with more than `per_day` events on any one day (UTC). JSON key `per_day`.
struct FrequentUsersRule {
    std::int64_t perDay = 1000;
    bool operator==(const FrequentUsersRule &) const = default;
};

/// One rule: what it finds, and what happens to that.
using CleaningRule =
    std::variant<DuplicateRule, MissingItemRule, MissingOrderRule, AmountOutlierRule,
                 AmountQuantileRule, FutureTimeRule, BeforeTimeRule, NegativePriceRule,
                 ZeroPriceRule, ItemCodesRule, TestUsersRule, FrequentUsersRule>;

CleaningKind kindOf(const CleaningRule &rule) noexcept;
CleaningAction actionOf(const CleaningRule &rule) noexcept;

/// Codes of Online Retail II that are no articles (postage, fees, samples, corrections): what
/// `item_codes` stands for without keys of its own. Source: Chen, UCI data set 502.
const KeyList &usualItemCodes();
/// Beginnings and patterns of accounts that shops test with.
const KeyList &usualTestUsers();

/// @error InvalidArgument, detail: the value; where: the JSON key.
Status checkCleaningRule(const CleaningRule &rule);
/// A JSON object with `kind` and the rule's keys, always in the same order.
std::string cleaningRuleToJson(const CleaningRule &rule);
/// Keys left out have their defaults. @error BadConfiguration, detail: the key or value at fault;
/// or as checkCleaningRule.
Result<CleaningRule> cleaningRuleFromJson(std::string_view json);

} // namespace perennial
