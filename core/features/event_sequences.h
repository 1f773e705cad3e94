#pragma once

#include "core/base/dates.h"
#include "core/base/words.h"
#include "core/project/event_store.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// How events are coded as small integers, learned once from the data and kept with the model that
/// was trained on it. Code 0 is "none" in every field; item row r, category code c and context code
/// c stand at index r − 1 or c − 1 of their list.
struct SequenceVocabulary {
    std::vector<std::int64_t> itemKeys;     ///< keyFingerprint of each row, most frequent first
    std::int64_t ownItems = 0;              ///< rows 1 … ownItems have an embedding of their own
    std::vector<std::int64_t> categoryKeys; ///< keyFingerprint of the category's text
    std::vector<float> priceEdges;          ///< ascending; band = 1 + edges below the price
    std::vector<float> amountEdges;         ///< the same for the amounts of purchases and refunds
    std::vector<std::int64_t> deviceIds, placeIds, channelIds; ///< project ids; one more code stands
                                                               ///< for all others
};

/// The words of items' names as numbers; those of catalogue row r are bucket[offsets[r]] …
/// bucket[offsets[r + 1] − 1].
struct ItemWords {
    std::vector<std::int64_t> offsets{0}; ///< rows + 2 entries
    std::vector<std::int64_t> bucket;
};

/// All items of a project in the rows of a vocabulary: those it knows first, then the others, which
/// have features only. Row 0 is "no item".
struct ItemCatalog {
    std::vector<std::int64_t> id;       ///< project item id; 0 where the item is gone
    std::vector<std::int32_t> category; ///< code
    std::vector<std::int32_t> priceBand;
    std::vector<std::int32_t> rowOfId;  ///< by project item id; 0 = none
    ItemWords words;                    ///< empty unless itemWords was asked for them
    std::int64_t rows() const noexcept { return static_cast<std::int64_t>(id.size()) - 1; }
};

/// 64 bits of BLAKE2b of a key: how a vocabulary knows its items again after an import.
std::int64_t keyFingerprint(std::string_view key);

/// @param until only events up to here shape the codes; an item met later merely gets a row after
/// all others. @param maxItems rows with an embedding of their own, >= 1.
SequenceVocabulary buildVocabulary(const EventTable &events, const std::vector<ItemRecord> &items,
                                   Day until, std::int64_t maxItems);
/// @param until purchases up to here give a price to an item that states none.
ItemCatalog bindCatalog(const SequenceVocabulary &vocabulary, const EventTable &events,
                        const std::vector<ItemRecord> &items, Day until);

/// Events coded for a sequence model, row by row as in the EventTable they were made from.
struct EncodedEvents {
    std::vector<std::int32_t> item; ///< catalogue row
    std::vector<std::uint8_t> kind, hour, weekday, amountBand; ///< hour 1 … 24, weekday 1 … 7
    std::vector<std::uint16_t> device, place, channel;
    /// Row of the event whose item this one is to predict: the first later one (a later second) that
    /// shows interest in an item, unless it is the same day's next step with the same item; −1 =
    /// none.
    std::vector<std::int64_t> target;
};
EncodedEvents encodeEvents(const EventTable &events, const SequenceVocabulary &vocabulary,
                           const ItemCatalog &catalog);

/// Number of codes of a context field, "none" and "all others" included.
inline std::int64_t codeCount(const std::vector<std::int64_t> &known) noexcept
{
    return static_cast<std::int64_t>(known.size()) + 2;
}
inline std::int64_t bandCount(const std::vector<float> &edges) noexcept
{
    return static_cast<std::int64_t>(edges.size()) + 2;
}
/// 1 + the number of whole doublings of minutes, at most kGapCodes − 1; 0 stands for "no event
/// before".
inline constexpr int kGapCodes = 24;
int gapCode(UtcSecond seconds) noexcept;
/// Monday = 1 … Sunday = 7.
int weekdayOf(Day day) noexcept;

/// Views, clicks, carts, purchases, ratings and shares of an item; not refunds, coupons, searches
/// or impressions.
bool showsInterest(EventKind kind) noexcept;

} // namespace perennial
