#include "core/behavior/advice.h"

#include "core/features/event_sequences.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace perennial {

namespace {

/// Fewer events a user than this leave next to no order of events to learn: the sequences' networks
/// see one token and the anchor.
constexpr double kFewestPerUser = 1.3;
/// Below this many events an item the embeddings are started from an SVD. Its NDCG@10, measured, of
/// the random start's by events an item: 1.28 at 4, 1.14 and 1.58 at 4 to 7, 1.21 at 10, 1.02 at
/// 22, 1.1 at 98 (README: what the density says).
constexpr double kSparsePerItem = 100;
/// With fewer, most items never learn an embedding of their own: only content is left. Down to 4
/// events an item it was no better than own embeddings on the sample shop.
constexpr double kContentPerItem = 2;
constexpr double kMostlyDescribed = 0.8;
constexpr int kSuggestedBuckets = 4096;

std::string rounded(double number)
{
    std::ostringstream text;
    text.precision(3);
    text << number;
    return text.str();
}

} // namespace

DataDensity measureDensity(const EventTable &events, const std::vector<ItemRecord> &items,
                           Day until)
{
    std::int64_t largest = 0;
    for (const ItemRecord &item : items) {
        largest = std::max(largest, item.id);
    }
    std::vector<char> met(static_cast<std::size_t>(largest) + 1, 0);
    DataDensity density;
    std::int32_t user = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::int32_t item = events.item[i];
        if (item <= 0 || item > largest || dayOf(events.at[i]) > until ||
            !showsInterest(events.kind[i])) {
            continue;
        }
        ++density.events;
        density.users += events.user[i] != user ? 1 : 0; // rows are sorted by user
        user = events.user[i];
        met[static_cast<std::size_t>(item)] = 1;
    }
    for (const ItemRecord &item : items) {
        if (item.id > 0 && met[static_cast<std::size_t>(item.id)] != 0) {
            ++density.items;
            density.namedItems += item.name.empty() ? 0 : 1;
            density.describedItems += item.name.empty() && item.category.empty() ? 0 : 1;
        }
    }
    return density;
}

ConfigAdvice suggestConfig(const DataDensity &density, const BehaviorConfig &from)
{
    ConfigAdvice advice{from, {}};
    BehaviorConfig &config = advice.config;
    const auto say = [&](const char *code, std::string detail) {
        advice.reasons.push_back({code, std::move(detail)});
    };
    if (density.items < 2 || density.perUser() < kFewestPerUser) {
        config.encoder = UserEncoder::Features;
        config.crossAttention = false;
        if (density.items < 2) {
            say("no_items", std::to_string(density.items));
        } else {
            say("single_events", rounded(density.perUser()));
        }
        return advice;
    }
    const auto mostly = [&](std::int64_t some) {
        return static_cast<double>(some) >= kMostlyDescribed * static_cast<double>(density.items);
    };
    if (mostly(density.namedItems) && config.textBuckets == 0) {
        config.textBuckets = kSuggestedBuckets;
        say("names", std::to_string(density.namedItems));
    }
    if (density.perItem() < kContentPerItem && mostly(density.describedItems)) {
        config.itemContentOnly = true;
        config.itemStart = ItemStart::Random;
        say("sparse_content", rounded(density.perItem()));
    } else if (density.perItem() < kSparsePerItem && !config.itemContentOnly &&
               config.itemStart == ItemStart::Random) {
        config.itemStart = ItemStart::Svd;
        say("sparse_start", rounded(density.perItem()));
    }
    return advice;
}

} // namespace perennial
