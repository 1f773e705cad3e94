#pragma once

#include "core/base/result.h"
#include "core/base/task.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// The text of a file on disk, unpacked where it is gzip (told by its first bytes; several members
/// in a row are one text).
class ByteSource {
public:
    /// @error FileMissing, IsDirectory, NotReadable (also for pipes and devices: an import reads
    /// twice), BadData for what is no text at all: "zip" (also XLSX) or "binary".
    static Result<ByteSource> open(const std::filesystem::path &path);
    ~ByteSource();
    ByteSource(ByteSource &&) noexcept;
    ByteSource &operator=(ByteSource &&) noexcept;

    /// Fills as much of `room` as there is. @return bytes written; less than asked only at the end.
    /// @error IoFailed; BadData, detail: what is wrong with the gzip stream and at which byte.
    Result<std::size_t> read(std::span<char> room);

    std::int64_t size() const noexcept;     ///< on disk
    std::int64_t position() const noexcept; ///< bytes of the disk file read so far
    bool isGzip() const noexcept;

    /// Parts of the text: its first `startBytes`, and `count` parts of `bytes` spread over the rest
    /// up to the end, where the file can be read at any place (gzip can't: only its beginning).
    /// Rewinds. @error as read.
    Result<std::vector<std::string>> samples(std::size_t startBytes, std::size_t bytes,
                                             std::size_t count);
    Status rewind();
    /// BLAKE2b of the file as it lies on disk; rewinds before and after.
    Result<std::string> hash(const Task &task);
    /// Whether size or time of change differ from when the file was opened.
    bool changed() const noexcept;

private:
    struct Impl;
    explicit ByteSource(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
