#pragma once

#include "core/project/attribute_store.h"
#include "core/project/database.h"
#include "tests/core/ingest/import_fixture.h"

namespace perennial::test {

inline ImportOptions as(Contents contents, std::map<Role, std::string> columns = {})
{
    ImportOptions options;
    options.recipe.contents = contents;
    options.recipe.columns = std::move(columns);
    return options;
}

inline std::string described(ImportFixture &fixture, Entity entity, std::int64_t id)
{
    std::string text;
    for (const NamedValue &value : *readAttributesOf(fixture.project(), entity, id)) {
        text += (text.empty() ? "" : "; ") + value.name + "=" + attributeText(value.value);
    }
    return text;
}

inline std::string typesOf(const ImportReport &report)
{
    std::string text;
    for (const ImportedAttribute &attribute : report.attributes) {
        text += (text.empty() ? "" : " ") + attribute.name + ":" +
                std::string(attributeTypeName(attribute.type));
    }
    return text;
}

inline std::int64_t count(ImportFixture &fixture, const std::string &table)
{
    return fixture.project().database().integer("SELECT count(*) FROM " + table);
}

} // namespace perennial::test
