#pragma once

#include "core/ingest/preview.h"

namespace perennial {

/// How a recipe names a column: by its header where that is unique and whole, else by its number.
std::string recipeColumn(const ImportPreview &preview, std::size_t column);

/// `recipe` with a column given a meaning; the column loses the one it had, and the role the column
/// or constant it had. What no longer goes with the meaning is taken out of the column's rule.
/// @param role empty = the column has none.
ImportRecipe withRole(const ImportPreview &preview, ImportRecipe recipe, std::size_t column,
                      std::optional<Role> role);

/// What a recipe says of a column of the preview that it made; nothing where it says nothing.
AttributeRule ruleOf(const ImportPreview &preview, std::size_t column);
ImportRecipe withRule(const ImportPreview &preview, ImportRecipe recipe, std::size_t column,
                      const AttributeRule &rule);

/// The mapping and the rules by column numbers, which hold with and without a header.
ImportRecipe byNumbers(const ImportPreview &preview, ImportRecipe recipe);

/// Whether a column with this role can be left out or marked as personal.
bool isOptional(Role role, Contents contents);

} // namespace perennial
