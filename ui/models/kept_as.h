#pragma once

#include "core/ingest/recipe.h"

#include <QString>
#include <QStringList>

namespace perennial {

/// How the values of a column of users or items are kept, as a choice's code: "" (as they are),
/// "text", "number", "date", "band" (tens or years), "band:10", "band:year", "drop".
QString keptAs(const AttributeRule &rule);
/// `rule` with a choice in place of the one it had; what is personal stays so.
AttributeRule withKeptAs(AttributeRule rule, const QString &code);

/// The choice that asks for a width; no rule has it.
inline constexpr const char *kOtherWidth = "band:?";
/// What a column can be kept as. @param found what its values are by themselves; empty where the
/// column has a role. @param now the choice it has, always among them.
QStringList keptAsChoices(std::optional<AttributeType> found, const QString &now);
/// "as it is (number)", "text", "bands of 10", "year only", "left out".
QString keptAsText(const QString &code, std::optional<AttributeType> found);
/// One sentence on what a choice does.
QString keptAsHelp(const QString &code);

} // namespace perennial
