#include "core/base/text.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr bool isBlank(char c) noexcept
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Where the character after the one at `at` begins, in UTF-8.
std::size_t nextCharacter(std::string_view text, std::size_t at) noexcept
{
    do {
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
}

} // namespace

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string toLowerAscii(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string toUpperAscii(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

bool isValidUtf8(std::string_view text) noexcept
{
    const auto *p = reinterpret_cast<const unsigned char *>(text.data());
    const auto *const end = p + text.size();
    while (p < end) {
        if (*p < 0x80) {
            ++p;
            continue;
        }
        const int extra = *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : 1;
        if (*p < 0xC2 || *p > 0xF4 || end - p <= extra) {
            return false;
        }
        const unsigned char second = p[1];
        const bool secondOk = *p == 0xE0   ? second >= 0xA0 && second <= 0xBF
                              : *p == 0xED ? second >= 0x80 && second <= 0x9F
                              : *p == 0xF0 ? second >= 0x90 && second <= 0xBF
                              : *p == 0xF4 ? second >= 0x80 && second <= 0x8F
                                           : second >= 0x80 && second <= 0xBF;
        if (!secondOk) {
            return false;
        }
        for (int k = 2; k <= extra; ++k) {
            if (p[k] < 0x80 || p[k] > 0xBF) {
                return false;
            }
        }
        p += extra + 1;
    }
    return true;
}

bool matchesWildcard(std::string_view text, std::string_view pattern) noexcept
{
    constexpr auto kNone = std::string_view::npos;
    std::size_t t = 0, p = 0, star = kNone, tried = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            tried = t; // the star holds text[tried … t)
        } else if (p < pattern.size() && pattern[p] == '?') {
            t = nextCharacter(text, t);
            ++p;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++t;
            ++p;
        } else if (star != kNone) {
            tried = nextCharacter(text, tried); // the last star holds one character more
            t = tried;
            p = star + 1;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == kNone;
}

} // namespace perennial
