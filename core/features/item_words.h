#pragma once

#include "core/features/event_sequences.h"

#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// The words of a name, in their order: runs of letters and digits, lower-cased. Of each character
/// its code point decides: ASCII letters and digits count, everything above U+007F too but for spaces
/// and signs (U+0080 … U+00BF, × and ÷, U+2000 … U+206F, U+3000 … U+303F, U+FF00 … U+FF0F, U+FEFF);
/// case is folded for ASCII, Latin-1, Greek and Cyrillic. Bytes that are no UTF-8 part words. At most
/// 32 words; a word ends with the character that brings it to 64 bytes.
/// Cost O(bytes), whatever they are.
std::vector<std::string> wordsOf(std::string_view name);

/// Words of the names of a catalogue's items, each in one of `buckets` by keyFingerprint of its
/// text: the same word has the same bucket in every project and run.
/// @param buckets >= 1. @return nothing for rows without an item or a name.
ItemWords itemWords(const ItemCatalog &catalog, const std::vector<ItemRecord> &items, int buckets);

} // namespace perennial
