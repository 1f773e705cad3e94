#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace perennial {

/// What an export does about a file of that name.
enum class Overwrite { Replace, Refuse };

/// A file that is there whole or not at all: written under a temporary name in the same folder,
/// flushed to disk and renamed by `finish`. Without `finish` nothing is left. A device or a pipe is
/// written directly.
class AtomicFile {
public:
    /// @error IsDirectory, NotWritable (folder missing or not writable), AlreadyExists (Refuse).
    static Result<AtomicFile> create(const std::filesystem::path &path, Overwrite overwrite);
    ~AtomicFile();
    AtomicFile(AtomicFile &&other) noexcept;
    AtomicFile &operator=(AtomicFile &&) = delete;

    /// Unbuffered; a failure is remembered and told by `finish`.
    void write(std::string_view text);
    std::int64_t bytes() const noexcept { return m_bytes; }

    /// @error DiskFull, IoFailed, NotWritable, AlreadyExists: the first failure of any write.
    Status finish();

private:
    AtomicFile(std::filesystem::path path, Overwrite overwrite);
    Error failure(int error) const;

    std::filesystem::path m_path;      ///< as asked for
    std::filesystem::path m_target;    ///< behind symbolic links
    std::filesystem::path m_temporary; ///< empty where the target is written directly
    Overwrite m_overwrite;
    int m_descriptor = -1;
    int m_failed = 0; ///< errno of the first failed write
    std::int64_t m_bytes = 0;
};

} // namespace perennial
