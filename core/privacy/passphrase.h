#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace perennial {

/// What opens a sealed key; wiped when it goes. Never a command line's argument: those are for
/// everybody on the machine to see.
class Passphrase {
public:
    static constexpr std::size_t kMostBytes = 1024;

    /// @error InvalidArgument (where: `origin`) for none or more than kMostBytes.
    static Result<Passphrase> from(std::string_view text, std::string_view origin);
    /// The first line of a file. @error FileMissing, IsDirectory, NotReadable, InvalidArgument.
    static Result<Passphrase> fromFile(const std::filesystem::path &path);
    /// PERENNIAL_PASSPHRASE; nothing where it is not set or empty. @error InvalidArgument.
    static Result<std::optional<Passphrase>> fromEnvironment();

    ~Passphrase();
    Passphrase(Passphrase &&) noexcept = default;
    Passphrase &operator=(Passphrase &&) noexcept = delete;
    std::string_view text() const noexcept { return {m_text.data(), m_text.size()}; }

private:
    explicit Passphrase(std::vector<char> text) : m_text(std::move(text)) {}
    std::vector<char> m_text; ///< not a string: moving a short one would leave a copy behind
};

} // namespace perennial
