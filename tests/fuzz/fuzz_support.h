#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace perennial::fuzz {

/// Ends the target with a finding where something that must hold does not.
void require(bool holds, std::string_view what);

/// Reads a target's input: a few numbers that choose options, then text. Past the end come zeros.
class Input {
public:
    Input(const std::uint8_t *data, std::size_t size);

    std::uint8_t byte() noexcept;
    std::size_t below(std::size_t n) noexcept; ///< in [0, n), of one byte. 0 < n <= 256
    bool flag() noexcept { return (byte() & 1) != 0; }
    std::uint64_t integer() noexcept; ///< of eight bytes
    std::string line();               ///< up to the next '\n', which is taken too
    std::string text(std::size_t most);
    std::string rest();
    bool atEnd() const noexcept { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

/// A folder in memory that goes with the process.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    std::filesystem::path file(const std::string &name) const { return m_path / name; }
    /// Writes a file, in place of one that is there.
    std::filesystem::path write(const std::string &name, std::string_view content) const;
    /// Removes everything in it.
    void clear() const;

private:
    std::filesystem::path m_path;
};

std::string readFile(const std::filesystem::path &path);

} // namespace perennial::fuzz
