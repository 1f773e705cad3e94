#pragma once

#include "core/ingest/csv_sample.h"
#include "core/ingest/decimal.h"
#include "core/ingest/import.h"
#include "core/ingest/profiles.h"
#include "core/ingest/timestamp.h"

#include <array>
#include <optional>
#include <string>

namespace perennial {

/// Where a role's text comes from: a column, a constant, or nowhere.
struct RoleSource {
    int column = -1; ///< 0-based
    std::string constant;
    bool mapped() const noexcept { return column >= 0 || !constant.empty(); }
};

/// Options, profile and file brought together: nothing is left open.
struct ImportPlan {
    Dialect dialect;
    bool header = false;
    std::size_t columnCount = 0; ///< a row with more or fewer is refused
    std::array<RoleSource, kRoleCount> roles;
    DateFormat dates;
    NumberFormat numbers;
    Dedupe dedupe = Dedupe::None;
    CleaningRules rules;
    std::string profile;
    ImportRecipe recipe; ///< the same in words, stored with the source

    const RoleSource &role(Role role) const noexcept
    {
        return roles[static_cast<std::size_t>(role)];
    }
};

/// The recipe that options and profile ask for, before the file is looked at.
/// @error UnknownProfile, BadConfiguration.
struct RequestedRecipe {
    ImportProfile profile;
    ImportRecipe recipe;
};
Result<RequestedRecipe> requestedRecipe(const ImportOptions &options);

/// @param where the file to name.
/// @error TooFewColumns, UnknownColumn, MissingRole, BadMapping.
Result<ImportPlan> makePlan(const RequestedRecipe &requested, const CsvSample &sample,
                            const std::string &where);

} // namespace perennial
