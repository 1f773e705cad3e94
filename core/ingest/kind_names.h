#pragma once

#include "core/base/words.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace perennial {

/// Event kinds by the words that files use: the program's own names, usual synonyms ("add_to_cart",
/// "return"), and those of a recipe, which win. Case, blanks and dashes don't matter.
class KindNames {
public:
    explicit KindNames(const std::map<std::string, EventKind> &own);
    std::optional<EventKind> find(std::string_view text) const;

private:
    std::map<std::string, EventKind, std::less<>> m_kinds;
};

} // namespace perennial
