#include "core/ingest/clean_text.h"

#include "core/base/text.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Bytes of the valid character that text begins with; 0 where there is none.
std::size_t characterLength(std::string_view text) noexcept
{
    for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size) {
        if (isValidUtf8(text.substr(0, size))) {
            return size;
        }
    }
    return 0;
}

} // namespace

std::string cleanText(std::string_view text, std::size_t limit)
{
    if (isValidUtf8(text) && text.find('\0') == std::string_view::npos) {
        return std::string(cutUtf8(text, limit));
    }
    std::string out;
    while (!text.empty()) {
        const std::size_t size = characterLength(text);
        const bool keep = size > 0 && text.front() != '\0';
        const std::string_view piece = keep ? text.substr(0, size) : kReplacement;
        if (out.size() + piece.size() > limit) {
            break;
        }
        out += piece;
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

std::string_view cutUtf8(std::string_view text, std::size_t limit) noexcept
{
    if (text.size() <= limit) {
        return text;
    }
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    while (limit > 0 && continues(text[limit])) {
        --limit;
    }
    return text.substr(0, limit);
}

} // namespace perennial
