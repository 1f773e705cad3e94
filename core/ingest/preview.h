#pragma once

#include "core/ingest/import.h"
#include "core/ingest/kind_words.h"
#include "core/ingest/recipe.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

struct PreviewColumn {
    std::string name;              ///< header, or "1", "2", … without one
    std::optional<Role> role;      ///< as the recipe has it
    std::optional<Role> suggested; ///< by the header's name
    /// Of users and items, where the column becomes an attribute: by the rows shown.
    std::optional<AttributeType> attribute;
    /// What the values of a column without a role are by themselves, whatever a rule says.
    std::optional<AttributeType> found;
    /// Of an attribute: its first value as it would be stored (its band where bands are kept);
    /// empty where it would be refused.
    std::optional<std::string> value;
};

/// A mapped value: the text of the file and what it is read as.
struct PreviewValue {
    Role role = Role::User;
    std::string raw;
    std::string parsed; ///< key, "2010-06-30T12:05:00Z", "12.5", "purchase"; empty where it fails
};

struct PreviewRow {
    std::int64_t line = 0;
    std::vector<std::string> fields;  ///< always valid UTF-8, at most 200 bytes each
    std::vector<PreviewValue> values; ///< one per mapped role, in the order of allRoles()
    std::string reason; ///< why the row would not be stored; empty where it would. Duplicates are
                        ///< not looked for.
    int column = -1;    ///< 0-based, the one at fault; -1 where none is
};

/// The first rows of a file, read as an import would read them.
struct ImportPreview {
    std::int64_t bytes = 0; ///< on disk
    bool gzip = false;
    std::vector<PreviewColumn> columns;
    std::vector<PreviewRow> rows;
    ImportRecipe recipe; ///< with the layout and notation found
    /// What the text is written in, or may be where the bytes do not tell: then an import asks.
    std::vector<std::string> encodings;
    int likelyMoreHeaderRows = 0; ///< below the header (csv_sample.h)
    std::string suggestedProfile; ///< the profile whose header this file has, or empty
    ImportRecipe suggested;       ///< columns by the headers' names
    /// Patterns that read the dates shown (timestamp.h); empty where no time is mapped.
    std::vector<std::string> dateFormats;
    std::vector<KindWord> kindWords; ///< of the rows shown
    /// Why an import with these options would be refused; rows then lack what can't be told.
    std::optional<Error> problem;
};

/// Looks at the first rows of a file. Quick for any size: reads less than 2 MiB of it.
/// @param rows at most this many.
/// @error as importFile where the file itself can't be read; a wrong mapping is not an error but
/// the preview's `problem`.
Result<ImportPreview> previewImport(const ImportOptions &options, int rows = 200);

} // namespace perennial
