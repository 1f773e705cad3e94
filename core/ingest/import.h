#pragma once

#include "core/base/task.h"
#include "core/ingest/recipe.h"
#include "core/privacy/pseudonym.h"
#include "core/project/import_store.h"
#include "core/project/project.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace perennial {

struct ImportOptions {
    std::filesystem::path path; ///< CSV, or gzip of one (told by its first bytes)
    /// A shipped profile, a profile file, or empty: the recipe alone; where that maps nothing
    /// either, "generic" (columns named like the roles).
    std::string profile;
    ImportRecipe recipe; ///< goes over the profile
    bool dryRun = false; ///< reads and checks everything, writes nothing
    bool again = false;  ///< also when the same content is already in the project
    /// Drops what an interrupted import of this file left instead of going on from there.
    bool restart = false;
    int chunkRows = 100'000; ///< rows per commit, > 0
    /// Users are stored under pseudonyms, rejected rows without their text; null = by their ids.
    std::shared_ptr<const Pseudonymizer> pseudonyms;
};

/// A column that has become an attribute.
struct ImportedAttribute {
    std::string name;
    AttributeType type = AttributeType::Text;
    bool personal = false;
    std::int64_t values = 0; ///< rows that have one
};

/// What an import brought. Money in 1/10 000, refunds negative.
struct ImportReport {
    std::int64_t source = 0; ///< id in the project; 0 for a dry run
    ImportTotals totals;
    std::int64_t users = 0, items = 0;           ///< distinct, in the stored rows
    std::int64_t purchases = 0, refunds = 0;     ///< stored rows
    std::int64_t orders = 0;                     ///< distinct order keys of stored purchases
    Money gross = 0, refunded = 0;               ///< of stored purchases and refunds
    std::int64_t roundedAmounts = 0;             ///< rows whose amount had more than 4 decimals
    /// Stored rows whose time clocks showed twice (set back in autumn): the first is taken.
    std::int64_t ambiguousTimes = 0;
    std::map<std::string, std::int64_t> reasons; ///< rejected and excluded rows by reason
    /// The same rows by the column at fault, 0-based; -1 where it is none.
    std::map<int, std::int64_t> outByColumn;
    std::vector<RejectedRow> firstRejected;      ///< the first 20, excluded ones among them
    Contents contents = Contents::Events;
    /// Of users and items: what became of the columns without a role.
    std::vector<ImportedAttribute> attributes;
    ImportRecipe recipe;                         ///< as used, nothing left open
    std::vector<std::string> header; ///< the columns' names; none of a file without header
    bool resumed = false;                        ///< went on where an interrupted import stopped
    double seconds = 0;
};

/// Reads a file into the project: events in chunks that are committed whole; users, items, campaigns,
/// exposures and coupons (ImportRecipe::contents) as a whole or not at all. Of events:
///
/// Every row of the file (blank lines and the header are none) ends as exactly one of stored,
/// duplicate, rejected or excluded; rejected and excluded ones are kept with line, reason and text.
/// Amounts are exact: text digits to 1/10 000, half away from zero past the fourth decimal (such
/// rows are counted). A refund is stored with a negative amount whatever its sign in the file, a
/// purchase with a negative amount is stored as a refund, and totals count amounts as stored (of
/// rejected rows: as in the file).
/// Price × quantity counts as money for purchases and refunds only.
///
/// Interrupted (killed, disk full): committed chunks stay but show nowhere, so that every figure is
/// as before, and the same call on the same file with the same recipe goes on after the last of
/// them, with the same result as an undisturbed import.
/// Cancelled, or the file turns out to be damaged or of no use: everything is taken out again.
/// Memory does not grow with the file, except 16–40 bytes a row while a dedupe rule is on.
///
/// Reasons: wrong_column_count, bad_encoding, nul_byte, bad_quote, unclosed_quote, row_too_long,
/// missing_user, missing_time, bad_date, no_such_time, missing_kind, bad_kind, bad_quantity,
/// bad_price, bad_amount, ambiguous_number, missing_amount, key_too_long; excluded_item. Of other
/// files: missing_user, missing_item, missing_campaign, missing_coupon, bad_date, bad_price,
/// bad_attribute, repeated_key (a second row on the same one with other values; the same row twice is
/// a duplicate).
///
/// @param task stages "hashing", "importing", "indexing".
/// @error FileMissing, IsDirectory, NotReadable, EmptyFile (no row at all), TooFewColumns,
/// UnknownColumn, MissingRole, BadMapping; AmbiguousEncoding, AmbiguousDates,
/// AmbiguousNumbers (the file does not tell, so somebody has to); UnknownProfile, BadConfiguration; BadData (damaged gzip, a zip archive or other binary, the file changed
/// while being read; where: file and line); NothingUsable; AlreadyImported (detail: the source's
/// name); UnfinishedImport (an interrupted import of this file was another recipe or other
/// content; `restart` drops it); PseudonymsNeeded, NotPseudonymised, WrongKey where the project's
/// users are named otherwise; DiskFull; ReadOnly; Cancelled.
Result<ImportReport> importFile(Project &project, const ImportOptions &options, const Task &task);

} // namespace perennial
