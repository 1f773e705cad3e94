#include "core/features/item_words.h"

#include <cstdint>
#include <unordered_map>

namespace perennial {

namespace {

constexpr std::size_t kMostWords = 32;
constexpr std::size_t kLongestWord = 64; ///< bytes

/// A character and the bytes it takes; code 0 for what is none.
struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};

/// Source: Unicode 15, table 3-7, well-formed UTF-8.
Character characterAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t k) -> std::uint32_t {
        return at + k < text.size() ? static_cast<unsigned char>(text[at + k]) : 0;
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) {
        return {};
    }
    std::uint32_t code = lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(k) & 0xC0U) != 0x80U) {
            return {};
        }
        code = (code << 6U) | (byte(k) & 0x3FU);
    }
    const bool overlong = code < (length == 2 ? 0x80U : length == 3 ? 0x800U : 0x10000U);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return overlong || surrogate || code > 0x10FFFF ? Character{} : Character{code, length};
}

bool isBetween(std::uint32_t code, std::uint32_t first, std::uint32_t last)
{
    return code >= first && code <= last;
}

bool isOfWord(std::uint32_t code)
{
    if (code < 0x80) {
        return isBetween(code, '0', '9') || isBetween(code, 'a', 'z') || isBetween(code, 'A', 'Z');
    }
    return !isBetween(code, 0x80, 0xBF) && code != 0xD7 && code != 0xF7 &&
           !isBetween(code, 0x2000, 0x206F) && !isBetween(code, 0x3000, 0x303F) && !isBetween(code, 0xFF00, 0xFF0F) && code != 0xFEFF;
}

/// Source: Unicode 15, CaseFolding.txt, of the ranges where it is a fixed distance.
std::uint32_t folded(std::uint32_t code)
{
    if (isBetween(code, 'A', 'Z') || (isBetween(code, 0xC0, 0xDE) && code != 0xD7) ||
        isBetween(code, 0x391, 0x3A9) || isBetween(code, 0x410, 0x42F)) {
        return code + 32;
    }
    return isBetween(code, 0x400, 0x40F) ? code + 80 : code;
}

void append(std::string &text, std::uint32_t code)
{
    const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6U));
        put(0x80 | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12U));
        put(0x80 | ((code >> 6U) & 0x3FU));
        put(0x80 | (code & 0x3FU));
    } else {
        put(0xF0 | (code >> 18U));
        put(0x80 | ((code >> 12U) & 0x3FU));
        put(0x80 | ((code >> 6U) & 0x3FU));
        put(0x80 | (code & 0x3FU));
    }
}

} // namespace

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words;
    std::string word;
    const auto close = [&] {
        if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    };
    for (std::size_t at = 0; at < name.size() && words.size() < kMostWords;) {
        const Character character = characterAt(name, at);
        at += character.bytes;
        if (!isOfWord(character.code)) {
            close();
        } else if (word.size() < kLongestWord) {
            append(word, folded(character.code));
        }
    }
    if (words.size() < kMostWords) {
        close();
    }
    return words;
}

ItemWords itemWords(const ItemCatalog &catalog, const std::vector<ItemRecord> &items, int buckets)
{
    std::vector<const ItemRecord *> itemOfRow(catalog.id.size(), nullptr);
    for (const ItemRecord &item : items) {
        if (item.id > 0 && static_cast<std::size_t>(item.id) < catalog.rowOfId.size()) {
            const auto row = static_cast<std::size_t>(
                catalog.rowOfId[static_cast<std::size_t>(item.id)]);
            itemOfRow[row] = row > 0 ? &item : nullptr;
        }
    }
    std::unordered_map<std::string, std::int64_t> bucketOf;
    ItemWords result;
    for (const ItemRecord *item : itemOfRow) {
        const auto words = item != nullptr ? wordsOf(item->name) : std::vector<std::string>();
        for (const std::string &word : words) {
            const auto [known, added] = bucketOf.emplace(word, 0);
            if (added) {
                known->second = static_cast<std::int64_t>(
                    static_cast<std::uint64_t>(keyFingerprint(word)) %
                    static_cast<std::uint64_t>(buckets));
            }
            result.bucket.push_back(known->second);
        }
        result.offsets.push_back(static_cast<std::int64_t>(result.bucket.size()));
    }
    return result;
}

} // namespace perennial
