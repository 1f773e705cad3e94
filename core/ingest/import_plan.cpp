#include "core/ingest/import_plan.h"

#include "core/base/text.h"
#include "core/ingest/clean_text.h"
#include "core/ingest/find_column.h"
#include "core/ingest/kind_names.h"
#include "core/ingest/notation.h"

#include <algorithm>
#include <set>

namespace perennial {

namespace {

Status mapRoles(ImportPlan &plan, const CsvSample &sample, const std::string &where)
{
    for (auto &[role, name] : plan.recipe.columns) {
        const FoundColumn found = findColumn(sample, name);
        if (found.twice) {
            return fail(ErrorCode::BadMapping, "column twice: " + name, where);
        }
        if (found.index == kNoColumn) {
            return fail(ErrorCode::UnknownColumn, name, where);
        }
        plan.roles[static_cast<std::size_t>(role)].column = static_cast<int>(found.index);
        if (!isValidUtf8(name)) {
            name = std::to_string(found.index + 1); // no recipe could say it
        }
    }
    for (const auto &[role, value] : plan.recipe.constants) {
        plan.roles[static_cast<std::size_t>(role)].constant = value;
    }
    for (const Role role : requiredRoles(plan.contents)) {
        if (!plan.role(role).mapped()) {
            return fail(ErrorCode::MissingRole, std::string(roleName(role)), where);
        }
    }
    return Done{};
}

/// A role that files with these contents don't have is a mistake, not nothing.
Status checkRoles(const ImportRecipe &recipe, Contents contents, const std::string &where)
{
    const std::vector<Role> &allowed = rolesOf(contents);
    const auto check = [&](const std::map<Role, std::string> &given) -> Status {
        for (const auto &entry : given) {
            if (std::ranges::find(allowed, entry.first) == allowed.end()) {
                return fail(ErrorCode::BadMapping,
                            std::string(roleName(entry.first)) + ": " +
                                std::string(contentsName(contents)),
                            where);
            }
        }
        return Done{};
    };
    const Status columns = check(recipe.columns);
    return columns ? check(recipe.constants) : columns;
}

/// A rule for a column that has a role: an optional one can be dropped, and marked as personal.
Status applyRoleRule(ImportPlan &plan, Role role, const std::string &name,
                     const AttributeRule &rule)
{
    const std::vector<Role> &required = requiredRoles(plan.contents);
    const bool needed = std::ranges::find(required, role) != required.end();
    if (rule.type || rule.band || (rule.drop && needed)) {
        return fail(ErrorCode::BadMapping, name + ": " + std::string(roleName(role)));
    }
    RoleSource &source = plan.roles[static_cast<std::size_t>(role)];
    source.personal = rule.personal;
    if (rule.drop) {
        source.column = -1;
        plan.recipe.columns.erase(role);
    }
    return Done{};
}

/// The rules by column; those for columns with a role are done with then. Two rules for one column,
/// by its name and its number say, are a mistake: the mark "personal" must not get lost.
Result<std::map<int, AttributeRule>> attributeRules(ImportPlan &plan, const CsvSample &sample)
{
    std::map<int, AttributeRule> byColumn;
    std::map<std::string, AttributeRule> sayable;
    for (const auto &[name, rule] : plan.recipe.attributes) {
        const FoundColumn found = findColumn(sample, name);
        if (found.index == kNoColumn || found.twice) {
            return fail(found.twice ? ErrorCode::BadMapping : ErrorCode::UnknownColumn, name);
        }
        const int column = static_cast<int>(found.index);
        if (!byColumn.emplace(column, rule).second) {
            return fail(ErrorCode::BadMapping, "column twice: " + name);
        }
        sayable[isValidUtf8(name) ? name : std::to_string(column + 1)] = rule;
        for (const Role role : rolesOf(plan.contents)) {
            if (plan.role(role).column == column) {
                if (const auto status = applyRoleRule(plan, role, name, rule); !status) {
                    return status.error();
                }
            }
        }
    }
    plan.recipe.attributes = std::move(sayable);
    return byColumn;
}

/// What a column's values have to be: bands are of numbers or of dates, as they are said.
Result<std::optional<AttributeType>> typeOf(const AttributeRule &rule, const std::string &name)
{
    if (!rule.band) {
        return rule.type;
    }
    const auto banded = rule.band->width   ? std::optional(AttributeType::Number)
                        : rule.band->dates ? std::optional(AttributeType::Date)
                                           : rule.type;
    if (banded == AttributeType::Text || (rule.type && rule.type != banded)) {
        return fail(ErrorCode::BadMapping,
                    name + ": band of " + std::string(attributeTypeName(*rule.type)));
    }
    return banded;
}

/// Whether the file has values that must not be kept, in a rejected row's text say.
bool hasHiddenValues(const ImportRecipe &recipe)
{
    return std::ranges::any_of(recipe.attributes, [](const auto &entry) {
        return entry.second.band || (entry.second.drop && entry.second.personal);
    });
}

/// Every named column that has no role becomes an attribute, unless a rule drops it.
Status mapAttributes(ImportPlan &plan, const CsvSample &sample, const std::string &where)
{
    auto rules = attributeRules(plan, sample);
    if (!rules) {
        return fail(rules.error().code, rules.error().detail, where);
    }
    std::set<int> taken;
    for (const RoleSource &role : plan.roles) {
        taken.insert(role.column);
    }
    std::set<std::string> names;
    for (std::size_t k = 0; hasAttributes(plan.contents) && k < sample.columns.size(); ++k) {
        const int column = static_cast<int>(k);
        const AttributeRule rule = (*rules)[column];
        if (taken.contains(column) || rule.drop || sample.columns[k].empty()) {
            continue;
        }
        const std::string name = cleanText(sample.columns[k], kMaxKeyBytes);
        if (!names.insert(name).second) {
            return fail(ErrorCode::BadMapping, "column twice: " + name, where);
        }
        const auto type = typeOf(rule, name);
        if (!type) {
            return fail(type.error().code, type.error().detail, where);
        }
        plan.attributes.push_back({column, name, *type, rule.personal, rule.band});
    }
    plan.hidesText = hasHiddenValues(plan.recipe);
    return Done{};
}

Status checkColumnCount(const RequestedRecipe &requested, const ImportRecipe &recipe,
                        const CsvSample &sample, const std::string &where)
{
    std::set<std::string> named;
    for (const auto &entry : recipe.columns) {
        named.insert(entry.second);
    }
    std::size_t needed = named.size();
    needed = std::max(needed, static_cast<std::size_t>(requested.profile.columnCount));
    if (requested.profile.columnsOptional) {
        // Who, when and what, as far as they are no constants.
        needed = 0;
        for (const Role role : requiredRoles(recipe.contents.value_or(Contents::Events))) {
            needed += recipe.constants.contains(role) ? 0 : 1;
        }
    }
    if (sample.columns.size() < needed) {
        return fail(ErrorCode::TooFewColumns,
                    std::to_string(sample.columns.size()) + "/" + std::to_string(needed), where);
    }
    return Done{};
}

/// Constants are checked once, not row by row.
Status checkConstants(const ImportPlan &plan)
{
    for (const auto &[role, value] : plan.recipe.constants) {
        bool valid = !trimmed(value).empty();
        switch (role) {
        case Role::At:
        case Role::Signup:
        case Role::Start:
        case Role::End:
            valid = plan.dates.parse(value).has_value();
            break;
        case Role::Kind:
            valid = KindNames(plan.recipe.kinds).find(value).has_value();
            break;
        case Role::Quantity:
        case Role::Price:
        case Role::Amount:
            valid = parseDecimal(value, plan.numbers).has_value();
            break;
        case Role::EventId:
            valid = false;
            break;
        default:
            valid = valid && isValidUtf8(value);
        }
        if (!valid) {
            return fail(ErrorCode::BadMapping, std::string(roleName(role)) + "=" + value);
        }
    }
    if (plan.dedupe == Dedupe::EventId && plan.role(Role::EventId).column < 0) {
        return fail(ErrorCode::MissingRole, std::string(roleName(Role::EventId)));
    }
    return Done{};
}

bool isNumber(std::string_view text)
{
    text = trimmed(text);
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A column that is named by more than a number is a header's.
void settleHeader(ImportRecipe &recipe)
{
    const bool named = std::ranges::any_of(
        recipe.columns, [](const auto &entry) { return !isNumber(entry.second); });
    if (!recipe.headerRows && named) {
        recipe.headerRows = 1;
    }
}

} // namespace

std::string columnName(const ImportPlan &plan, Role role)
{
    const auto named = plan.recipe.columns.find(role);
    return named != plan.recipe.columns.end() ? named->second : std::string(roleName(role));
}

int columnPlace(const ImportPlan &plan, const std::string &name)
{
    for (const Role role : allRoles()) {
        if (plan.role(role).column >= 0 && columnName(plan, role) == name) {
            return plan.role(role).column;
        }
    }
    const auto found = std::ranges::find(plan.attributes, name, &AttributeSource::name);
    return found == plan.attributes.end() ? -1 : found->column;
}

bool isMissing(const ImportPlan &plan, std::string_view text)
{
    return text.empty() || std::ranges::find(plan.missing, text) != plan.missing.end();
}

void settleLayout(ImportRecipe &recipe, const CsvSample &sample)
{
    const Dialect &dialect = sample.dialect;
    if (sample.encodings.empty()) { // or else somebody has yet to say
        recipe.encoding = sample.encoding;
    }
    recipe.delimiter = dialect.delimiter;
    recipe.quote = dialect.quote;
    recipe.escape = dialect.escape;
    recipe.blanksBeforeQuote = dialect.blanksBeforeQuote;
    recipe.skipLines = static_cast<int>(dialect.skippedLines);
    recipe.headerRows = sample.headerRows;
}

Result<RequestedRecipe> requestedRecipe(const ImportOptions &options)
{
    const bool nothingMapped = options.recipe.columns.empty();
    if (options.profile.empty() && !nothingMapped) {
        RequestedRecipe requested{{}, options.recipe};
        settleHeader(requested.recipe);
        return requested;
    }
    auto profile = findProfile(options.profile.empty() ? "generic" : options.profile);
    if (!profile) {
        return profile.error();
    }
    if (profile->columnsOptional && options.recipe.contents) {
        profile->recipe.columns = columnsNamedAsRoles(*options.recipe.contents);
    }
    ImportRecipe recipe = mergeRecipes(profile->recipe, options.recipe);
    settleHeader(recipe);
    return RequestedRecipe{std::move(*profile), std::move(recipe)};
}

void dropMissingColumns(RequestedRecipe &requested, const CsvSample &sample)
{
    if (requested.profile.columnsOptional) {
        std::erase_if(requested.recipe.columns, [&sample](const auto &entry) {
            return findByName(sample, entry.second, false).index == kNoColumn;
        });
    }
}

std::map<Role, std::size_t> columnsFound(const ImportRecipe &recipe, const CsvSample &sample)
{
    std::map<Role, std::size_t> found;
    for (const auto &[role, name] : recipe.columns) {
        if (const FoundColumn column = findColumn(sample, name);
            column.index != kNoColumn && !column.twice) {
            found[role] = column.index;
        }
    }
    return found;
}

Result<ImportPlan> makePlan(RequestedRecipe requested, const CsvSample &sample,
                            const std::string &where)
{
    dropMissingColumns(requested, sample);
    if (!sample.encodings.empty()) {
        return fail(ErrorCode::AmbiguousEncoding, joined(sample.encodings), where);
    }
    ImportPlan plan;
    plan.contents = requested.recipe.contents.value_or(Contents::Events);
    plan.missing = requested.recipe.missing;
    plan.dialect = sample.dialect;
    plan.columnCount = sample.columns.size();
    if (sample.headerRows > 0) {
        plan.header = sample.columns;
    }
    plan.profile = requested.profile.name;
    plan.recipe = requested.recipe;
    settleLayout(plan.recipe, sample);
    if (const auto status = checkColumnCount(requested, plan.recipe, sample, where); !status) {
        return status.error();
    }
    if (const auto status = checkRoles(plan.recipe, plan.contents, where); !status) {
        return status.error();
    }
    plan.rules = plan.recipe.rules.value_or(CleaningRules{});
    for (const auto step : {mapRoles, mapAttributes}) {
        if (const auto status = step(plan, sample, where); !status) {
            return status.error();
        }
    }
    plan.dedupe = plan.recipe.dedupe.value_or(plan.role(Role::EventId).column >= 0 ? Dedupe::EventId
                                                                                   : Dedupe::None);
    plan.recipe.dedupe = plan.dedupe;
    Status settled = settleNotation(plan, sample);
    if (settled) {
        settled = checkConstants(plan);
    }
    if (!settled) {
        return fail(settled.error().code, settled.error().detail, where);
    }
    return plan;
}

} // namespace perennial
