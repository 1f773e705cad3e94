#pragma once

#include "core/ingest/csv_sample.h"
#include "core/ingest/decimal.h"
#include "core/ingest/import.h"
#include "core/ingest/profiles.h"
#include "core/ingest/time_zone.h"
#include "core/ingest/timestamp.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Longest key of a user, item, order, device, place or channel, and name of an attribute, in bytes.
inline constexpr std::size_t kMaxKeyBytes = 512;

/// Where a role's text comes from: a column, a constant, or nowhere.
struct RoleSource {
    int column = -1; ///< 0-based
    std::string constant;
    bool personal = false; ///< of users and items: marked so
    bool mapped() const noexcept { return column >= 0 || !constant.empty(); }
};

/// A column whose values become an attribute.
struct AttributeSource {
    int column = -1; ///< 0-based
    std::string name;
    std::optional<AttributeType> type; ///< empty = as all its values are
    bool personal = false;
    std::optional<Banding> band; ///< in place of its values
};

/// Options, profile and file brought together: nothing is left open.
struct ImportPlan {
    Contents contents = Contents::Events;
    Dialect dialect;
    std::size_t columnCount = 0; ///< a row with more or fewer is refused
    std::array<RoleSource, kRoleCount> roles;
    std::vector<AttributeSource> attributes; ///< none but for users and items
    std::vector<std::string> missing;        ///< texts that stand for nothing
    DateFormat dates;
    std::optional<TimeZone> zone; ///< of times without an offset; none = UTC
    NumberFormat numbers;
    bool numbersSettled = false; ///< or else what reads as two numbers is rejected
    Dedupe dedupe = Dedupe::None;
    /// Rows that stay out are kept without their text: ids are replaced, or values that are not to
    /// be stored stand in it.
    bool hidesText = false;
    CleaningRules rules;
    std::string profile;
    std::vector<std::string> header; ///< names of the columns; none of a file without header
    ImportRecipe recipe; ///< the same in words, stored with the source

    const RoleSource &role(Role role) const noexcept
    {
        return roles[static_cast<std::size_t>(role)];
    }
};

/// How a column is called in what is said of a row: as the recipe names it, or by its role.
std::string columnName(const ImportPlan &plan, Role role);

/// The 0-based column that such a name, or an attribute's, is of; -1 where it is of none.
int columnPlace(const ImportPlan &plan, const std::string &name);

/// Whether a trimmed text stands for nothing.
bool isMissing(const ImportPlan &plan, std::string_view text);

/// Writes down the layout found: another import of the file reads it in the same way.
void settleLayout(ImportRecipe &recipe, const CsvSample &sample);

struct RequestedRecipe {
    ImportProfile profile;
    ImportRecipe recipe; ///< the profile's, with what the options say laid over it
};
/// The recipe that options and profile ask for, before the file is looked at.
/// @error UnknownProfile, BadConfiguration.
Result<RequestedRecipe> requestedRecipe(const ImportOptions &options);

/// Leaves out the columns that the profile names and the file lacks, where that is no mistake.
void dropMissingColumns(RequestedRecipe &requested, const CsvSample &sample);

/// The columns (0-based) that a recipe names, as far as the file's header tells which: also of one
/// that is no plan yet.
std::map<Role, std::size_t> columnsFound(const ImportRecipe &recipe, const CsvSample &sample);

/// @param where the file to name.
/// @error TooFewColumns, UnknownColumn, MissingRole, BadMapping, AmbiguousEncoding, AmbiguousDates,
/// AmbiguousNumbers.
Result<ImportPlan> makePlan(RequestedRecipe requested, const CsvSample &sample,
                            const std::string &where);

} // namespace perennial
