#include "core/numeric/radix_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

namespace perennial {

namespace {

constexpr int kDigitBits = 11;
constexpr int kDigits = 3; // sign, exponent, 21 bits of the mantissa: what parts most values
constexpr int kLowBits = 64 - kDigits * kDigitBits;
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;
constexpr std::ptrdiff_t kShortRun = 16;

struct Keyed {
    std::uint64_t key;
    std::uint32_t row;
};

std::uint64_t risingBits(double value)
{
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0); // −0 + 0 = 0
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

std::size_t digitOf(std::uint64_t key, int digit)
{
    return (key >> (kLowBits + digit * kDigitBits)) & (kBuckets - 1);
}

using Counts = std::array<std::array<std::uint32_t, kBuckets>, kDigits>;

/// By the high bits, the lowest digit first. A digit that is the same in all needs no pass: whole
/// numbers have few.
void sortByHighBits(std::vector<Keyed> &keyed)
{
    std::vector<Keyed> to(keyed.size());
    std::vector<Counts> held(1); // 24 KiB, too much for a small stack
    Counts &counts = held.front();
    for (const Keyed &one : keyed) {
        for (int digit = 0; digit < kDigits; ++digit) {
            ++counts[static_cast<std::size_t>(digit)][digitOf(one.key, digit)];
        }
    }
    for (int digit = 0; digit < kDigits; ++digit) {
        auto &bucket = counts[static_cast<std::size_t>(digit)];
        if (bucket[digitOf(keyed.front().key, digit)] == keyed.size()) {
            continue;
        }
        std::uint32_t before = 0;
        for (std::uint32_t &start : bucket) {
            const std::uint32_t size = start;
            start = before;
            before += size;
        }
        for (const Keyed &one : keyed) {
            to[bucket[digitOf(one.key, digit)]++] = one;
        }
        keyed.swap(to);
    }
}

using Place = std::vector<Keyed>::iterator;

/// Values that differ in their low bits alone.
void sortRun(Place from, Place to)
{
    if (to - from > kShortRun) {
        std::ranges::stable_sort(from, to, {}, &Keyed::key);
        return;
    }
    for (Place next = from + 1; next < to; ++next) {
        const Keyed moved = *next;
        Place place = next;
        for (; place > from && (place - 1)->key > moved.key; --place) {
            *place = *(place - 1);
        }
        *place = moved;
    }
}

} // namespace

std::vector<std::uint32_t> radixOrder(std::span<const double> values)
{
    std::vector<Keyed> keyed(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        keyed[i] = {risingBits(values[i]), static_cast<std::uint32_t>(i)};
    }
    if (!keyed.empty()) {
        sortByHighBits(keyed);
    }
    for (auto from = keyed.begin(); from != keyed.end();) {
        const std::uint64_t high = from->key >> kLowBits;
        auto to = from + 1;
        bool differs = false;
        for (; to != keyed.end() && to->key >> kLowBits == high; ++to) {
            differs = differs || to->key != from->key;
        }
        if (differs) {
            sortRun(from, to);
        }
        from = to;
    }
    std::vector<std::uint32_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = keyed[i].row;
    }
    return order;
}

} // namespace perennial
