#pragma once

#include "core/base/result.h"
#include "core/base/words.h"
#include "core/privacy/banding.h"
#include "core/project/attribute_store.h"
#include "core/project/contents.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What a column of a file means.
enum class Role {
    User,     ///< who; required
    At,       ///< when; required
    Kind,     ///< what happened: a column or a constant; required
    Item,     ///< article number
    ItemName, ///< its name, kept with the item
    Category, ///< its category, kept with the item
    Quantity, ///< units (a rating's stars); 1 where there is none
    Price,    ///< of one unit
    Amount,   ///< money of the row; price × quantity where there is none
    Order,    ///< invoice or basket
    Device,
    Place,
    Channel,
    EventId, ///< names an event once and for all, for dedupe
    Signup,  ///< when a user became known
    Region,  ///< of a user
    Campaign,
    CampaignType,
    Start, ///< first day of a campaign
    End,   ///< its last day
    Coupon,
};
inline constexpr int kRoleCount = 21;

/// Roles that the columns of a file with these contents can have, the required ones first.
const std::vector<Role> &rolesOf(Contents contents);
/// Roles without which such a file says nothing.
const std::vector<Role> &requiredRoles(Contents contents);
/// Whether columns without a role become attributes: of users and items.
bool hasAttributes(Contents contents) noexcept;

/// All roles in the order of dialogs and help.
const std::vector<Role> &allRoles();
/// "user", "at", "item_name", …: names on the command line, in JSON and in the generic log's
/// header.
std::string_view roleName(Role role) noexcept;
std::optional<Role> roleFromName(std::string_view name) noexcept;
/// The role a header most likely means ("Customer ID" → user), for suggestions only: an import
/// never acts on it by itself.
std::optional<Role> roleFromHeader(std::string_view header, Contents contents = Contents::Events);

/// Which rows count as the same event. The first of them is kept.
enum class Dedupe {
    None,
    Exact,   ///< all fields of the row equal as text
    EventId, ///< same event id within the file; a row without one is never a duplicate
};
std::string_view dedupeName(Dedupe dedupe) noexcept; // "none", "exact", "event_id"
std::optional<Dedupe> dedupeFromName(std::string_view name) noexcept;

/// How fields are told apart: runs of blanks and tabs, or a single character; beside the usual ones
/// any other of ASCII that is no letter, digit, quote, sign, point or blank.
enum class Delimiter : char { Comma = ',', Semicolon = ';', Tab = '\t', Bar = '|', Blanks = ' ' };
std::string delimiterName(Delimiter delimiter); // "comma", …, "blanks", or the character
/// By name or by the character itself. @return empty for anything else.
std::optional<Delimiter> delimiterFromName(std::string_view name) noexcept;

/// A quote or an escape by its character or as "none". @return 0 for none; empty for anything else.
std::optional<char> quoteFromName(std::string_view name) noexcept;
std::optional<char> escapeFromName(std::string_view name) noexcept;
std::string markName(char mark); // "none" for 0

/// More lines above a table, or rows of a header, are no layout that anybody writes.
inline constexpr int kMaxSkippedLines = 100'000;
inline constexpr int kMaxHeaderRows = 20;

/// Rules that a profile adds to plain reading.
struct CleaningRules {
    bool upperCaseItems = false;                   ///< "72349b" and "72349B" are one article
    std::vector<std::string> excludedItems;        ///< exact keys of lines that are no articles
    std::vector<std::string> excludedItemPrefixes; ///< the same by their beginning
    std::string cancelledOrderPrefix; ///< an order key that begins so makes a purchase a refund
    bool operator==(const CleaningRules &) const = default;
};

/// What becomes of a column that is an attribute of users or items.
struct AttributeRule {
    std::optional<AttributeType> type; ///< else what all its values are
    bool personal = false;             ///< marked: says who somebody is
    bool drop = false;                 ///< not stored
    std::optional<Banding> band;       ///< only the band of a number or date is stored
    bool operator==(const AttributeRule &) const = default;
};

/// How a file is read: layout, meaning of its columns, notation, cleaning. What is empty is taken
/// from below: options over profile over what the file shows (delimiter, header) over defaults.
struct ImportRecipe {
    std::optional<Contents> contents;    ///< events unless given
    std::optional<std::string> encoding; ///< a name of encodingFromName (encoding.h)
    std::optional<Delimiter> delimiter;
    std::optional<char> quote;             ///< '"' or '\''; 0 = quotes are text
    std::optional<char> escape;            ///< '\\', or 0: a quote inside quotes is doubled
    std::optional<bool> blanksBeforeQuote; ///< as after a delimiter that is a comma and a blank
    std::optional<int> skipLines;          ///< before the header, or the first row without one
    std::optional<int> headerRows;         ///< rows that name the columns; 0 = none
    std::map<Role, std::string> columns;   ///< header name, or 1-based number
    std::map<Role, std::string> constants; ///< the same value for every row
    /// Empty = ISO 8601 dates and times and yyyymmdd; else a pattern such as "dd/mm/yyyy HH:MM",
    /// "unix" or "unix_ms" (timestamp.h).
    std::optional<std::string> dateFormat;
    /// Of times without an offset: a name such as "Europe/Berlin" (time_zone.h); UTC unless given.
    std::optional<std::string> timeZone;
    /// Not given: a point, and a number that could be read in two ways ("1.234") is rejected.
    std::optional<char> decimalMark;
    std::optional<std::string> thousandsMark; ///< none unless given
    std::map<std::string, EventKind> kinds;   ///< names of kinds beside the usual ones
    /// Texts that stand for nothing, as an empty field does: "NA", "NULL".
    std::vector<std::string> missing;
    /// By the column's header or number; columns that are not named here are taken as they are.
    std::map<std::string, AttributeRule> attributes;
    std::optional<Dedupe> dedupe; ///< by event id where that role is mapped, else none
    std::optional<CleaningRules> rules;
    bool operator==(const ImportRecipe &) const = default;
};

/// `over` laid on `base`: what `over` leaves open stays as in `base`; columns, constants and kinds
/// are merged by role and name, and a role mapped in one way drops the other way.
ImportRecipe mergeRecipes(const ImportRecipe &base, const ImportRecipe &over);

/// A JSON object with the keys encoding, delimiter, quote, escape, blanks_before_quote, skip_lines,
/// header (true, false or a number of rows), as, map, set, date_format, time_zone, decimal,
/// thousands, kinds, missing, attributes {column: {type, personal, drop, band (true, a width, or
/// month, quarter, year)}}, dedupe, rules
/// {upper_case_items, excluded_items, excluded_item_prefixes, cancelled_order_prefix}; what is
/// empty is left out. The format of a profile file.
std::string recipeToJson(const ImportRecipe &recipe);
/// The same as it is stored with a source, with user_column, the number of the users' column from
/// 1: whose a rejected row is. Nothing reads it here.
std::string storedRecipe(const ImportRecipe &recipe, std::optional<int> userColumn);
/// @param where the file to name. @error BadConfiguration, detail: the key or value at fault.
Result<ImportRecipe> recipeFromJson(std::string_view json, const std::string &where);

} // namespace perennial
