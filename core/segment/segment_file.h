#pragma once

#include "core/base/atomic_file.h"
#include "core/segment/segment_rule.h"

#include <filesystem>

namespace perennial {

/// A rule as a file of its own: its JSON (segmentJson), indented.
/// @error IsDirectory, NotWritable, AlreadyExists (Refuse), DiskFull.
Status writeSegmentFile(const std::filesystem::path &path, const SegmentRule &rule,
                        Overwrite overwrite = Overwrite::Replace);

inline constexpr std::size_t kLargestSegmentFile = 64 * 1024 * 1024; ///< bytes

/// @error FileMissing, IsDirectory, NotReadable; EmptyFile; BadData (detail "too large") for more
/// than kLargestSegmentFile; else as segmentFromJson, `where` being the file and, in brackets, the
/// part.
Result<SegmentRule> readSegmentFile(const std::filesystem::path &path);

} // namespace perennial
