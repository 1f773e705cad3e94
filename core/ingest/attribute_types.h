#pragma once

#include "core/ingest/import_plan.h"

#include <optional>
#include <string_view>

namespace perennial {

/// What an attribute's values turn out to be. Codes are no numbers: neither "007" nor what has more
/// than 15 digits nor what could be read in two ways.
class AttributeTypeFinder {
public:
    explicit AttributeTypeFinder(const ImportPlan &plan) : m_plan(plan) {}

    void add(std::string_view text); ///< trimmed, not missing
    AttributeType type() const noexcept;

private:
    const ImportPlan &m_plan;
    bool m_any = false, m_numbers = true, m_dates = true;
};

/// A trimmed text as a value of a type. @return empty where it is none.
std::optional<AttributeValue> attributeValue(const ImportPlan &plan, std::string_view text,
                                             AttributeType type);
/// What is kept of a number's or a date's text by bands: "30-39". @return empty where it is none.
std::optional<AttributeValue> bandedValue(const ImportPlan &plan, std::string_view text,
                                          AttributeType type, const Banding &banding);

} // namespace perennial
