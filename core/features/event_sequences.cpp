#include "core/features/event_sequences.h"

#include "core/base/hash.h"
#include "core/base/money.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string>
#include <unordered_map>

namespace perennial {

namespace {

constexpr std::size_t kPriceBands = 10;
constexpr std::size_t kAmountBands = 8;
constexpr std::size_t kMaxCategories = 500;
constexpr std::size_t kMaxDevices = 32;
constexpr std::size_t kMaxPlaces = 256;
constexpr std::size_t kMaxChannels = 32;

/// Upper edges that cut the values into at most `bands` parts of equal size; equal edges merge.
std::vector<float> quantileEdges(std::vector<double> values, std::size_t bands)
{
    std::vector<float> edges;
    if (values.empty()) {
        return edges;
    }
    std::sort(values.begin(), values.end());
    for (std::size_t k = 1; k < bands; ++k) {
        const auto edge = static_cast<float>(values[k * values.size() / bands]);
        if (edge > static_cast<float>(values.front()) && (edges.empty() || edge > edges.back())) {
            edges.push_back(edge);
        }
    }
    return edges;
}

std::int32_t bandOf(const std::vector<float> &edges, double value)
{
    return 1 + static_cast<std::int32_t>(
                   std::upper_bound(edges.begin(), edges.end(), static_cast<float>(value)) -
                   edges.begin());
}

std::int64_t largestId(const std::vector<ItemRecord> &items)
{
    std::int64_t most = 0;
    for (const ItemRecord &item : items) {
        most = std::max(most, item.id);
    }
    return most;
}

/// An event's item as an index into a table by id; 0 where no such item exists.
std::size_t itemIndex(std::int32_t id, std::size_t tableSize)
{
    return id > 0 && static_cast<std::size_t>(id) < tableSize ? static_cast<std::size_t>(id) : 0;
}

/// The mean unit price of an item's purchases; NaN = unknown.
std::vector<double> unitPricesById(const EventTable &events, std::int64_t ids, Day until)
{
    std::vector<double> sum(static_cast<std::size_t>(ids) + 1, 0.0); // of whole numbers: exact
    std::vector<double> units(sum.size(), 0.0);
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events.kind[i] == EventKind::Purchase && events.quantity[i] > 0 &&
            dayOf(events.at[i]) <= until) {
            const std::size_t id = itemIndex(events.item[i], sum.size());
            sum[id] += static_cast<double>(events.amount[i]);
            units[id] += double{events.quantity[i]};
        }
    }
    std::vector<double> price(sum.size(), std::nan(""));
    for (std::size_t id = 1; id < price.size(); ++id) {
        price[id] = units[id] > 0 ? sum[id] / kMoneyUnit / units[id] : price[id];
    }
    return price;
}

/// What an item costs: its own price, else what its units did.
void stateOwnPrices(const std::vector<ItemRecord> &items, std::vector<double> &prices)
{
    for (const ItemRecord &item : items) {
        if (item.price && item.id > 0) {
            prices[static_cast<std::size_t>(item.id)] = toUnits(*item.price);
        }
    }
}

/// The most frequent ids of a column up to a day, 0 left out, ties by id.
std::vector<std::int64_t> frequentIds(const EventTable &events,
                                      const std::vector<std::int32_t> &column, Day until,
                                      std::size_t most)
{
    std::unordered_map<std::int32_t, std::int64_t> counts;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (column[i] > 0 && dayOf(events.at[i]) <= until) {
            ++counts[column[i]];
        }
    }
    std::vector<std::int64_t> ids;
    ids.reserve(counts.size());
    for (const auto &entry : counts) {
        ids.push_back(entry.first);
    }
    std::sort(ids.begin(), ids.end(), [&](std::int64_t a, std::int64_t b) {
        const std::int64_t countA = counts[static_cast<std::int32_t>(a)];
        const std::int64_t countB = counts[static_cast<std::int32_t>(b)];
        return countA != countB ? countA > countB : a < b;
    });
    ids.resize(std::min(ids.size(), most));
    return ids;
}

/// Project id → code; an id that is not known is one of "all others".
class CodeTable {
public:
    explicit CodeTable(const std::vector<std::int64_t> &known)
        : m_other(static_cast<std::uint16_t>(known.size() + 1))
    {
        for (std::size_t c = 0; c < known.size(); ++c) {
            m_codes.emplace(known[c], static_cast<std::uint16_t>(c + 1));
        }
    }
    std::uint16_t operator()(std::int32_t id) const
    {
        if (id == 0) {
            return 0;
        }
        const auto found = m_codes.find(id);
        return found == m_codes.end() ? m_other : found->second;
    }

private:
    std::uint16_t m_other;
    std::unordered_map<std::int64_t, std::uint16_t> m_codes;
};

std::vector<std::int64_t> frequentCategories(const std::vector<ItemRecord> &items)
{
    std::unordered_map<std::string_view, std::int64_t> counts;
    for (const ItemRecord &item : items) {
        if (!item.category.empty()) {
            ++counts[item.category];
        }
    }
    std::vector<std::pair<std::string_view, std::int64_t>> sorted(counts.begin(), counts.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    sorted.resize(std::min(sorted.size(), kMaxCategories));
    std::vector<std::int64_t> keys;
    keys.reserve(sorted.size());
    for (const auto &entry : sorted) {
        keys.push_back(keyFingerprint(entry.first));
    }
    return keys;
}

bool movesMoney(EventKind kind) { return kind == EventKind::Purchase || kind == EventKind::Refund; }

std::vector<double> orderAmounts(const EventTable &events, Day until)
{
    std::vector<double> amounts;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (movesMoney(events.kind[i]) && dayOf(events.at[i]) <= until) {
            amounts.push_back(std::abs(toUnits(events.amount[i])));
        }
    }
    return amounts;
}

/// For each row of one user: the first row at or after it that shows interest in an item, and the
/// first such row with another item than that one; `end` = none.
struct NextInterest {
    std::int64_t next = 0, other = 0;
};

/// Fills `target` of one user, back to front, in one pass each.
class TargetFinder {
public:
    TargetFinder(const EventTable &events, EncodedEvents &encoded)
        : m_events(events), m_encoded(encoded)
    {
    }

    void find(std::int64_t begin, std::int64_t end)
    {
        const auto n = static_cast<std::size_t>(end - begin);
        m_next.assign(n + 1, {end, end});
        for (std::int64_t row = end - 1; row >= begin; --row) {
            m_next[static_cast<std::size_t>(row - begin)] = before(row, begin);
        }
        std::int32_t last = 0;
        std::int64_t laterSecond = begin;
        std::int64_t laterDay = begin;
        for (std::int64_t row = begin; row < end; ++row) {
            last = item(row) != 0 ? item(row) : last;
            laterSecond = std::max(laterSecond, row + 1);
            while (laterSecond < end && at(laterSecond) == at(row)) {
                ++laterSecond;
            }
            laterDay = std::max(laterDay, laterSecond);
            while (laterDay < end && dayOf(at(laterDay)) == dayOf(at(row))) {
                ++laterDay;
            }
            const NextInterest next = m_next[static_cast<std::size_t>(laterSecond - begin)];
            std::int64_t found = next.next;
            if (found < end && item(found) == last && found < laterDay) {
                found = std::min(next.other, m_next[static_cast<std::size_t>(laterDay - begin)].next);
            }
            m_encoded.target[static_cast<std::size_t>(row)] = found < end ? found : -1;
        }
    }

private:
    std::int32_t item(std::int64_t row) const { return m_encoded.item[static_cast<std::size_t>(row)]; }
    UtcSecond at(std::int64_t row) const { return m_events.at[static_cast<std::size_t>(row)]; }

    NextInterest before(std::int64_t row, std::int64_t begin) const
    {
        const NextInterest later = m_next[static_cast<std::size_t>(row + 1 - begin)];
        if (item(row) == 0 || !showsInterest(m_events.kind[static_cast<std::size_t>(row)])) {
            return later;
        }
        const std::int64_t end = begin + static_cast<std::int64_t>(m_next.size()) - 1;
        const bool same = later.next < end && item(later.next) == item(row);
        return {row, same ? later.other : later.next};
    }

    const EventTable &m_events;
    EncodedEvents &m_encoded;
    std::vector<NextInterest> m_next;
};

} // namespace

std::int64_t keyFingerprint(std::string_view key)
{
    const std::string hex = hashHex(key).substr(0, 16);
    std::uint64_t bits = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), bits, 16);
    return static_cast<std::int64_t>(bits);
}

int gapCode(UtcSecond seconds) noexcept
{
    const double minutes = static_cast<double>(std::max<UtcSecond>(seconds, 0)) / 60.0;
    return 1 + std::min(kGapCodes - 2, static_cast<int>(std::log2(1.0 + minutes)));
}

int weekdayOf(Day day) noexcept
{
    const int fromMonday = (day + 3) % 7; // 1970-01-01 was a Thursday
    return 1 + (fromMonday < 0 ? fromMonday + 7 : fromMonday);
}

bool showsInterest(EventKind kind) noexcept
{
    switch (kind) {
    case EventKind::View:
    case EventKind::Click:
    case EventKind::Cart:
    case EventKind::Purchase:
    case EventKind::Rating:
    case EventKind::Share: return true;
    default: return false;
    }
}

SequenceVocabulary buildVocabulary(const EventTable &events, const std::vector<ItemRecord> &items,
                                   Day until, std::int64_t maxItems)
{
    const std::int64_t ids = largestId(items);
    std::vector<std::int64_t> counted(static_cast<std::size_t>(ids) + 1, 0);
    std::vector<char> known(counted.size(), 0);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::size_t id = itemIndex(events.item[i], known.size());
        known[id] = 1;
        counted[id] += dayOf(events.at[i]) <= until && showsInterest(events.kind[i]) ? 1 : 0;
    }
    std::vector<const ItemRecord *> rows;
    for (const ItemRecord &item : items) {
        if (item.id > 0 && known[static_cast<std::size_t>(item.id)] != 0) {
            rows.push_back(&item);
        }
    }
    std::sort(rows.begin(), rows.end(), [&](const ItemRecord *a, const ItemRecord *b) {
        const std::int64_t countA = counted[static_cast<std::size_t>(a->id)];
        const std::int64_t countB = counted[static_cast<std::size_t>(b->id)];
        return countA != countB ? countA > countB : a->id < b->id;
    });
    SequenceVocabulary vocabulary;
    vocabulary.ownItems = std::min(maxItems, static_cast<std::int64_t>(rows.size()));
    for (const ItemRecord *item : rows) {
        vocabulary.itemKeys.push_back(keyFingerprint(item->key));
    }
    vocabulary.categoryKeys = frequentCategories(items);
    std::vector<double> prices;
    std::vector<double> byId = unitPricesById(events, ids, until);
    stateOwnPrices(items, byId);
    for (const ItemRecord *item : rows) {
        const double price = byId[static_cast<std::size_t>(item->id)];
        if (!std::isnan(price)) {
            prices.push_back(price);
        }
    }
    vocabulary.priceEdges = quantileEdges(std::move(prices), kPriceBands);
    vocabulary.amountEdges = quantileEdges(orderAmounts(events, until), kAmountBands);
    vocabulary.deviceIds = frequentIds(events, events.device, until, kMaxDevices);
    vocabulary.placeIds = frequentIds(events, events.place, until, kMaxPlaces);
    vocabulary.channelIds = frequentIds(events, events.channel, until, kMaxChannels);
    return vocabulary;
}

ItemCatalog bindCatalog(const SequenceVocabulary &vocabulary, const EventTable &events,
                        const std::vector<ItemRecord> &items, Day until)
{
    return bindCatalog(vocabulary, unitPricesById(events, largestId(items), until), items);
}

ItemCatalog bindCatalog(const SequenceVocabulary &vocabulary, std::vector<double> prices,
                        const std::vector<ItemRecord> &items)
{
    const std::int64_t ids = largestId(items);
    prices.resize(static_cast<std::size_t>(ids) + 1, std::nan(""));
    stateOwnPrices(items, prices);
    std::unordered_map<std::int64_t, std::int32_t> rowOfKey, codeOfCategory;
    for (std::size_t r = 0; r < vocabulary.itemKeys.size(); ++r) {
        rowOfKey.emplace(vocabulary.itemKeys[r], static_cast<std::int32_t>(r + 1));
    }
    for (std::size_t c = 0; c < vocabulary.categoryKeys.size(); ++c) {
        codeOfCategory.emplace(vocabulary.categoryKeys[c], static_cast<std::int32_t>(c + 1));
    }
    ItemCatalog catalog;
    catalog.id.assign(vocabulary.itemKeys.size() + 1, 0);
    catalog.category.assign(catalog.id.size(), 0);
    catalog.priceBand.assign(catalog.id.size(), 0);
    catalog.rowOfId.assign(static_cast<std::size_t>(ids) + 1, 0);
    std::unordered_map<std::string_view, std::int32_t> codeOfText;
    for (const ItemRecord &item : items) {
        if (item.id <= 0) {
            continue; // a file changed by other hands: ids count from 1
        }
        const auto id = static_cast<std::size_t>(item.id);
        const auto known = rowOfKey.find(keyFingerprint(item.key));
        const std::size_t row = known != rowOfKey.end() ? static_cast<std::size_t>(known->second)
                                                        : catalog.id.size();
        if (row == catalog.id.size()) {
            catalog.id.push_back(0);
            catalog.category.push_back(0);
            catalog.priceBand.push_back(0);
        }
        catalog.id[row] = item.id;
        catalog.rowOfId[id] = static_cast<std::int32_t>(row);
        catalog.priceBand[row] =
            std::isnan(prices[id]) ? 0 : bandOf(vocabulary.priceEdges, prices[id]);
        if (!item.category.empty()) {
            const auto [text, added] = codeOfText.emplace(item.category, 0);
            if (added) {
                const auto code = codeOfCategory.find(keyFingerprint(item.category));
                text->second = code == codeOfCategory.end() ? 0 : code->second;
            }
            catalog.category[row] = text->second;
        }
    }
    return catalog;
}

EncodedEvents encodeHistories(const EventTable &events, const SequenceVocabulary &vocabulary,
                              const ItemCatalog &catalog)
{
    const std::size_t n = events.size();
    EncodedEvents encoded;
    encoded.item.resize(n);
    encoded.kind.resize(n);
    encoded.hour.resize(n);
    encoded.weekday.resize(n);
    encoded.amountBand.assign(n, 0);
    encoded.device.resize(n);
    encoded.place.resize(n);
    encoded.channel.resize(n);
    const CodeTable device(vocabulary.deviceIds);
    const CodeTable place(vocabulary.placeIds);
    const CodeTable channel(vocabulary.channelIds);
    for (std::size_t i = 0; i < n; ++i) {
        const Day day = dayOf(events.at[i]);
        const auto hour = std::clamp<UtcSecond>((events.at[i] - startOf(day)) / 3600, 0, 23);
        encoded.item[i] = catalog.rowOfId[itemIndex(events.item[i], catalog.rowOfId.size())];
        encoded.kind[i] = eventKindName(events.kind[i]).empty()
                              ? std::uint8_t{0}
                              : static_cast<std::uint8_t>(events.kind[i]);
        encoded.hour[i] = static_cast<std::uint8_t>(1 + hour);
        encoded.weekday[i] = static_cast<std::uint8_t>(weekdayOf(day));
        if (movesMoney(events.kind[i])) {
            encoded.amountBand[i] = static_cast<std::uint8_t>(
                bandOf(vocabulary.amountEdges, std::abs(toUnits(events.amount[i]))));
        }
        encoded.device[i] = device(events.device[i]);
        encoded.place[i] = place(events.place[i]);
        encoded.channel[i] = channel(events.channel[i]);
    }
    return encoded;
}

EncodedEvents encodeEvents(const EventTable &events, const SequenceVocabulary &vocabulary,
                           const ItemCatalog &catalog)
{
    EncodedEvents encoded = encodeHistories(events, vocabulary, catalog);
    encoded.target.assign(events.size(), -1);
    TargetFinder finder(events, encoded);
    for (std::int64_t user = 1; user <= events.maxUser(); ++user) {
        const auto u = static_cast<std::size_t>(user);
        finder.find(events.offsets[u], events.offsets[u + 1]);
    }
    return encoded;
}

} // namespace perennial
