#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

namespace perennial {

/// The pages of a project file as they lie on disk, read without SQLite and never written: what
/// SQLite refuses can still hold pages that are whole. Committed pages of a write-ahead log beside
/// the file go over the file's own.
/// Source: https://sqlite.org/fileformat2.html
class PageFile {
public:
    /// @error FileMissing, IsDirectory, NotReadable, EmptyFile.
    static Result<PageFile> open(const std::filesystem::path &path);

    /// Bytes of a page: 512 … 65 536, of the header or, where that is broken, the size that most
    /// pages fit.
    std::size_t pageSize() const noexcept { return m_pageSize; }
    std::size_t usableSize() const noexcept { return m_pageSize - m_reserved; }
    std::uint32_t pageCount() const noexcept { return m_pageCount; }
    /// Of the file with what its log adds to it.
    std::int64_t bytes() const noexcept { return m_bytes; }
    /// Whether the first 100 bytes are a header of this kind of file.
    bool headerReadable() const noexcept { return m_headerReadable; }
    std::uint32_t userVersion() const noexcept { return m_userVersion; } ///< 0: not readable
    std::int64_t logFrames() const noexcept { return m_logFrames; }      ///< taken from the log

    /// A page by its number from 1. @return empty past the end or where the disk fails.
    std::string page(std::uint32_t number) const;

private:
    explicit PageFile(std::filesystem::path path) : m_path(std::move(path)) {}
    std::string readAt(std::ifstream &file, std::int64_t offset, std::size_t size) const;
    void readHeader();
    std::size_t guessPageSize() const;
    double pageShare(std::size_t size) const;
    void readLog();
    void takePageCount(std::uint32_t named);

    std::filesystem::path m_path;
    mutable std::ifstream m_file, m_log;
    std::int64_t m_bytes = 0, m_logFrames = 0;
    std::size_t m_pageSize = 4096, m_reserved = 0;
    std::uint32_t m_pageCount = 0, m_userVersion = 0;
    bool m_headerReadable = false;
    std::map<std::uint32_t, std::int64_t> m_inLog; ///< page to its place in the log
};

/// Big-endian numbers, as the format has them. @param at with so many bytes behind it.
std::uint32_t bigEndian16(const std::string &bytes, std::size_t at) noexcept;
std::uint32_t bigEndian32(const std::string &bytes, std::size_t at) noexcept;

} // namespace perennial
