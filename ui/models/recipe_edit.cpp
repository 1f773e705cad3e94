#include "ui/models/recipe_edit.h"

#include "core/base/text.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kWholeName = 190; ///< a preview cuts names at 200 bytes

/// Whether a recipe's name for a column is this one: its header, or its number.
bool names(const std::string &name, const ImportPreview &preview, std::size_t column)
{
    const std::string header = toLowerAscii(trimmed(preview.columns[column].name));
    return toLowerAscii(trimmed(name)) == header || name == std::to_string(column + 1);
}

/// What a rule can still say once its column has this role.
AttributeRule ruleFor(AttributeRule rule, Role role, Contents contents)
{
    AttributeRule left;
    left.personal = rule.personal && isOptional(role, contents);
    return left;
}

} // namespace

std::string recipeColumn(const ImportPreview &preview, std::size_t column)
{
    const std::string &name = preview.columns[column].name;
    const auto same = std::ranges::count(preview.columns, name, &PreviewColumn::name);
    const bool whole = name.size() < kWholeName && name.find("\xEF\xBF\xBD") == std::string::npos;
    const bool named =
        preview.recipe.headerRows.value_or(0) > 0 && same == 1 && !name.empty() && whole;
    return named ? name : std::to_string(column + 1);
}

ImportRecipe withRole(const ImportPreview &preview, ImportRecipe recipe, std::size_t column,
                      std::optional<Role> role)
{
    if (const std::optional<Role> old = preview.columns[column].role) {
        recipe.columns.erase(*old);
    }
    if (!role) {
        return recipe;
    }
    recipe.columns[*role] = recipeColumn(preview, column);
    recipe.constants.erase(*role);
    const Contents contents = recipe.contents.value_or(Contents::Events);
    return withRule(preview, std::move(recipe), column,
                    ruleFor(ruleOf(preview, column), *role, contents));
}

AttributeRule ruleOf(const ImportPreview &preview, std::size_t column)
{
    const auto &rules = preview.recipe.attributes;
    if (const auto own = rules.find(recipeColumn(preview, column)); own != rules.end()) {
        return own->second;
    }
    const auto found = std::ranges::find_if(
        rules, [&](const auto &entry) { return names(entry.first, preview, column); });
    return found == rules.end() ? AttributeRule() : found->second;
}

ImportRecipe withRule(const ImportPreview &preview, ImportRecipe recipe, std::size_t column,
                      const AttributeRule &rule)
{
    std::erase_if(recipe.attributes,
                  [&](const auto &entry) { return names(entry.first, preview, column); });
    if (rule != AttributeRule()) {
        recipe.attributes[recipeColumn(preview, column)] = rule;
    }
    return recipe;
}

ImportRecipe byNumbers(const ImportPreview &preview, ImportRecipe recipe)
{
    recipe.columns.clear();
    recipe.attributes.clear();
    for (std::size_t c = 0; c < preview.columns.size(); ++c) {
        const std::string number = std::to_string(c + 1);
        if (preview.columns[c].role) {
            recipe.columns[*preview.columns[c].role] = number;
        }
        if (const AttributeRule rule = ruleOf(preview, c); rule != AttributeRule()) {
            recipe.attributes[number] = rule;
        }
    }
    return recipe;
}

bool isOptional(Role role, Contents contents)
{
    const std::vector<Role> &required = requiredRoles(contents);
    return std::ranges::find(required, role) == required.end();
}

} // namespace perennial
