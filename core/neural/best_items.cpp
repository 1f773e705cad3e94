#include "core/neural/best_items.h"

#include "core/neural/each_processor.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace perennial {

namespace {

constexpr float kNone = -std::numeric_limits<float>::infinity();
constexpr float kLargest = std::numeric_limits<float>::max();

/// Scores of a row looked at in one go: most blocks have nothing above the threshold and are not
/// gone through again.
constexpr std::int64_t kBlock = 256;

/// Entries that a row gathers before it drops all but its best.
constexpr std::size_t kGathered = 16;

// The compiler may not reorder sums and maxima of floats by itself, so they are written in vectors:
// of AVX-512 where there is, of two or four registers each elsewhere.
using Vector = float __attribute__((vector_size(64)));
using Integers = std::int32_t __attribute__((vector_size(64)));
constexpr std::int64_t kLanes = 16;
constexpr std::int64_t kVectors = 2; ///< at a time, so that one need not wait for the other
constexpr std::int64_t kStep = kLanes * kVectors;

#define PERENNIAL_INLINE inline __attribute__((always_inline))

PERENNIAL_INLINE void load(const float *from, Vector &to) { std::memcpy(&to, from, sizeof to); }

/// x becomes exp(x), x <= 0, to 2 ulp; below −87 as of −87, nothing beside a term 1.
/// Source: Moshier, Cephes library, expf.c (range reduction and polynomial).
PERENNIAL_INLINE void toExp(Vector &x)
{
    constexpr float kRound = 12582912.0F; // 1.5 · 2²³: adding it leaves the nearest integer
    const Vector least = Vector{} - 87.0F;
    x = x > least ? x : least;
    const Vector n = x * 1.44269504F + kRound - kRound;
    const Vector r = x - n * 0.693359375F + n * 2.12194440e-4F;
    Vector y = r * 1.9875691500e-4F + 1.3981999507e-3F;
    y = y * r + 8.3334519073e-3F;
    y = y * r + 4.1665795894e-2F;
    y = y * r + 1.6666665459e-1F;
    y = y * r + 5.0000001201e-1F;
    y = y * r * r + r + 1.0F;
    const Integers power = (__builtin_convertvector(n, Integers) + 127) << 23;
    Vector scale;
    std::memcpy(&scale, &power, sizeof scale);
    x = y * scale;
}

PERENNIAL_INLINE float largestLane(const Vector (&lanes)[kVectors])
{
    float most = kNone;
    for (const Vector &vector : lanes) {
        for (std::int64_t l = 0; l < kLanes; ++l) {
            most = vector[l] > most ? vector[l] : most;
        }
    }
    return most;
}

/// scores += bias, what is no finite number becomes −inf. @return the largest.
PERENNIAL_EACH_PROCESSOR float addBias(float *scores, const float *bias, std::int64_t width)
{
    const Vector none = Vector{} + kNone, largest = Vector{} + kLargest;
    Vector most[kVectors] = {none, none};
    std::int64_t k = 0;
    for (; k + kStep <= width; k += kStep) {
        for (std::int64_t v = 0; v < kVectors; ++v) {
            Vector x, b;
            load(scores + k + v * kLanes, x);
            load(bias + k + v * kLanes, b);
            x += b;
            x = x <= largest ? x : none;
            std::memcpy(scores + k + v * kLanes, &x, sizeof x);
            most[v] = x > most[v] ? x : most[v];
        }
    }
    float result = largestLane(most);
    for (; k < width; ++k) {
        const float sum = scores[k] + bias[k];
        scores[k] = sum <= kLargest ? sum : kNone;
        result = scores[k] > result ? scores[k] : result;
    }
    return result;
}

/// Σ exp(score − most), none of which is above 0.
PERENNIAL_EACH_PROCESSOR double sumOfExp(const float *scores, std::int64_t width, float most)
{
    Vector sums[kVectors] = {};
    std::int64_t k = 0;
    for (; k + kStep <= width; k += kStep) {
        for (std::int64_t v = 0; v < kVectors; ++v) {
            Vector x;
            load(scores + k + v * kLanes, x);
            x -= most;
            toExp(x);
            sums[v] += x;
        }
    }
    double sum = 0;
    for (; k < width; ++k) {
        sum += std::exp(double{scores[k]} - double{most});
    }
    for (const Vector &vector : sums) {
        for (std::int64_t l = 0; l < kLanes; ++l) {
            sum += double{vector[l]};
        }
    }
    return sum;
}

/// addBias, and in the same pass Σ exp(score − reference), which is of use where no score is more
/// than kReach above the reference.
constexpr float kReach = 60.0F;
PERENNIAL_EACH_PROCESSOR float addBiasAndSum(float *scores, const float *bias, std::int64_t width,
                                     float reference, double &sum)
{
    const Vector none = Vector{} + kNone, largest = Vector{} + kLargest;
    const Vector reach = Vector{} + kReach;
    Vector most[kVectors] = {none, none};
    Vector sums[kVectors] = {};
    std::int64_t k = 0;
    for (; k + kStep <= width; k += kStep) {
        for (std::int64_t v = 0; v < kVectors; ++v) {
            Vector x, b;
            load(scores + k + v * kLanes, x);
            load(bias + k + v * kLanes, b);
            x += b;
            x = x <= largest ? x : none;
            std::memcpy(scores + k + v * kLanes, &x, sizeof x);
            most[v] = x > most[v] ? x : most[v];
            x -= reference;
            x = x < reach ? x : reach;
            toExp(x);
            sums[v] += x;
        }
    }
    float result = largestLane(most);
    for (; k < width; ++k) {
        const float score = scores[k] + bias[k];
        scores[k] = score <= kLargest ? score : kNone;
        result = scores[k] > result ? scores[k] : result;
        sum += std::exp(std::min(double{scores[k]} - double{reference}, double{kReach}));
    }
    for (const Vector &vector : sums) {
        for (std::int64_t l = 0; l < kLanes; ++l) {
            sum += double{vector[l]};
        }
    }
    return result;
}

/// Whether one of kStep scores is above the threshold.
PERENNIAL_INLINE bool anyAbove(const float *scores, float threshold)
{
    const Vector limit = Vector{} + threshold;
    Integers above = {};
    for (std::int64_t v = 0; v < kVectors; ++v) {
        Vector x;
        load(scores + v * kLanes, x);
        above |= x > limit;
    }
    std::int64_t words[sizeof above / sizeof(std::int64_t)];
    std::memcpy(words, &above, sizeof above);
    std::int64_t any = 0;
    for (const std::int64_t word : words) {
        any |= word;
    }
    return any != 0;
}

/// First k >= from, a multiple of kStep after it, where a step has a score above the threshold, or
/// where no whole step is left.
PERENNIAL_EACH_PROCESSOR std::int64_t nextStep(const float *scores, std::int64_t from,
                                               std::int64_t width, float threshold)
{
    while (from + kStep <= width && !anyAbove(scores + from, threshold)) {
        from += kStep;
    }
    return from;
}

struct Better {
    bool operator()(const BestItemScan::Entry &a, const BestItemScan::Entry &b) const noexcept
    {
        return a.score != b.score ? a.score > b.score : a.position < b.position;
    }
};

/// A tile's scores of hidden positions become −inf.
void hide(float *scores, std::int64_t from, std::int64_t width, HiddenPositions hidden)
{
    auto next = std::lower_bound(hidden.begin(), hidden.end(), from);
    for (; next != hidden.end() && *next < from + width; ++next) {
        scores[*next - from] = kNone;
    }
}

} // namespace

BestItemScan::BestItemScan(std::size_t rows, std::size_t most, Totals totals)
    : m_most(most), m_room(most + std::max(most, kGathered)), m_totals(totals),
      m_rows(rows, Row{0, most > 0 ? kNone : kLargest}), m_entries(rows * m_room)
{
}

void BestItemScan::prune(std::size_t row)
{
    Row &state = m_rows[row];
    Entry *entries = m_entries.data() + row * m_room;
    std::nth_element(entries, entries + m_most - 1, entries + state.kept, Better());
    state.kept = m_most;
    state.threshold = entries[m_most - 1].score;
}

float BestItemScan::takeWithTotal(Row &row, float *scores, const float *bias,
                                  std::int64_t width) const
{
    if (row.sum > 0) { // one pass, against the largest so far
        double sum = 0;
        const auto reference = static_cast<float>(row.most);
        const float most = addBiasAndSum(scores, bias, width, reference, sum);
        if (most > kNone && most - reference <= kReach) {
            row.sum += sum;
            if (most > reference) {
                row.sum *= std::exp(double{reference} - double{most});
                row.most = double{most};
            }
        } else if (most > kNone) {
            addTotal(row, scores, width, most);
        }
        return most;
    }
    const float most = addBias(scores, bias, width);
    if (most > kNone) {
        addTotal(row, scores, width, most);
    }
    return most;
}

void BestItemScan::addTotal(Row &row, const float *scores, std::int64_t width, float most) const
{
    const double sum = sumOfExp(scores, width, most);
    const double before = row.sum > 0 ? row.most : double{most};
    const double larger = std::max(before, double{most});
    row.sum = row.sum * std::exp(before - larger) + sum * std::exp(double{most} - larger);
    row.most = larger;
}

void BestItemScan::take(std::size_t row, float *scores, const float *bias, std::int64_t from,
                        std::int64_t width, HiddenPositions hidden)
{
    for (std::int64_t at = 0; at < width; at += kBlock) {
        takeBlock(row, scores + at, bias + at, from + at, std::min(kBlock, width - at), hidden);
    }
}

void BestItemScan::takeBlock(std::size_t row, float *scores, const float *bias, std::int64_t from,
                             std::int64_t width, HiddenPositions hidden)
{
    Row &state = m_rows[row];
    const float most = m_totals == Totals::Wanted ? takeWithTotal(state, scores, bias, width)
                                                  : addBias(scores, bias, width);
    if (!(most > state.threshold)) {
        return;
    }
    hide(scores, from, width, hidden);
    // Of equal scores the first to come stays: only what is above the threshold is looked at.
    Entry *entries = m_entries.data() + row * m_room;
    std::int64_t k = nextStep(scores, 0, width, state.threshold);
    while (k < width) {
        const std::int64_t end = std::min(k + kStep, width);
        for (; k < end; ++k) {
            if (scores[k] > state.threshold) {
                entries[state.kept++] = {scores[k], static_cast<std::int32_t>(from + k)};
                if (state.kept == m_room) {
                    prune(row);
                }
            }
        }
        k = nextStep(scores, k, width, state.threshold);
    }
}

std::span<const BestItemScan::Entry> BestItemScan::list(std::size_t row)
{
    Entry *entries = m_entries.data() + row * m_room;
    Row &state = m_rows[row];
    std::sort(entries, entries + state.kept, Better());
    state.kept = std::min(state.kept, m_most);
    return {entries, state.kept};
}

double BestItemScan::logTotal(std::size_t row) const
{
    return m_rows[row].sum > 0 ? m_rows[row].most + std::log(m_rows[row].sum) : double{kNone};
}

} // namespace perennial
