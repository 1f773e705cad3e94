#pragma once

#include <string>
#include <string_view>

namespace perennial {

/// ASCII blanks and control white space off both ends.
std::string_view trimmed(std::string_view text) noexcept;
std::string toLowerAscii(std::string_view text);
std::string toUpperAscii(std::string_view text);
/// Strict UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
bool isValidUtf8(std::string_view text) noexcept;
/// Whether all of `text` fits a pattern in which * stands for any characters and ? for one; every
/// other character for itself. Cost O(text × pattern) at worst.
bool matchesWildcard(std::string_view text, std::string_view pattern) noexcept;

} // namespace perennial
