#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace perennial {

/// At most `limit` bytes of a file's text as valid UTF-8 without NUL: what is not becomes U+FFFD.
std::string cleanText(std::string_view text, std::size_t limit);

/// The longest beginning of valid UTF-8 text that has at most `limit` bytes and no half character.
std::string_view cutUtf8(std::string_view text, std::size_t limit) noexcept;

} // namespace perennial
