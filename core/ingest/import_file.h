#pragma once

#include "core/ingest/import.h"
#include "core/ingest/import_plan.h"
#include "core/ingest/text_source.h"
#include "core/project/import_store.h"

namespace perennial {

/// A file that is settled to be read: open at its beginning, with its plan, and what is registered
/// of it.
struct ImportFile {
    TextSource text;
    ImportPlan plan;
    SourceRecord record; ///< id 0
};

/// Opens a file, settles how it is read, and hashes it. Nothing is written.
/// @param task stage "hashing". @error as importFile, as far as the file and the recipe go.
Result<ImportFile> openImportFile(const ImportOptions &options, const Task &task);

/// Ids and pseudonyms are not mixed in a project, nor those of two keys: checked, and, unless it is
/// a dry run, noted. @error PseudonymsNeeded, NotPseudonymised, WrongKey; ReadOnly.
Status settleNaming(Project &project, const ImportOptions &options);

/// Whether what was read counts for something. @param report totals, reasons, first rejected rows.
/// @error BadData "changed", EmptyFile, NothingUsable (detail: the commonest reason and the first
/// row that has it).
Status checkUsable(const TextSource &text, const ImportReport &report, const std::string &where);

} // namespace perennial
