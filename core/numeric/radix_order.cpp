#include "core/numeric/radix_order.h"

#include <array>
#include <bit>
#include <cstddef>

namespace perennial {

namespace {

constexpr int kDigitBits = 11;
constexpr int kDigits = 6; // 6 × 11 >= 64
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;

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
    return (key >> (digit * kDigitBits)) & (kBuckets - 1);
}

using Counts = std::array<std::array<std::uint32_t, kBuckets>, kDigits>;

/// Where one bucket has everything there is nothing to do: whole numbers have few digits.
bool isOneBucket(const std::array<std::uint32_t, kBuckets> &counts, std::uint64_t key, int digit,
                 std::size_t rows)
{
    return counts[digitOf(key, digit)] == rows;
}

} // namespace

std::vector<std::uint32_t> radixOrder(std::span<const double> values)
{
    const std::size_t rows = values.size();
    std::vector<Keyed> from(rows), to(rows);
    std::vector<Counts> held(1); // 48 KiB, too much for a small stack
    Counts &counts = held.front();
    for (std::size_t i = 0; i < rows; ++i) {
        from[i] = {risingBits(values[i]), static_cast<std::uint32_t>(i)};
        for (int digit = 0; digit < kDigits; ++digit) {
            ++counts[static_cast<std::size_t>(digit)][digitOf(from[i].key, digit)];
        }
    }
    for (int digit = 0; digit < kDigits && rows > 0; ++digit) {
        auto &bucket = counts[static_cast<std::size_t>(digit)];
        if (isOneBucket(bucket, from.front().key, digit, rows)) {
            continue;
        }
        std::uint32_t before = 0;
        for (std::uint32_t &start : bucket) {
            const std::uint32_t size = start;
            start = before;
            before += size;
        }
        for (const Keyed &keyed : from) {
            to[bucket[digitOf(keyed.key, digit)]++] = keyed;
        }
        from.swap(to);
    }
    std::vector<std::uint32_t> order(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        order[i] = from[i].row;
    }
    return order;
}

} // namespace perennial
