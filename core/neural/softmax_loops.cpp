#include "core/neural/softmax_loops.h"

#include "core/neural/each_processor.h"
#include "core/neural/keeper.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace perennial::net {

namespace {

/// e^x for x <= 0 as 2^(x / ln 2): relative error 3e-7 + 6e-8 |x|, which is little where the term counts;
/// below −87 as at −87, nothing beside a term 1. Without a branch, so that loops of it become vector
/// code. The polynomial is the one of degree 5 that is next to 2^r on [−½, ½] in relative error
/// (7.5e-8), found by Lawson's algorithm, but for its constant, which is 1.
/// Source: Lawson (1961), by Rice & Usow (1968), "The Lawson algorithm and extensions".
inline float expNegative(float x) noexcept
{
    constexpr float kShift = 12582912.0F; // 1.5 · 2²³: adding it rounds to an integer
    constexpr float kLeast = -125.0F;
    const float power = x * 1.44269504F;
    const float bounded = power < kLeast ? kLeast : power;
    const float shifted = bounded + kShift;
    const float r = bounded - (shifted - kShift);
    float p = 1.3276472455e-3F;
    p = p * r + 9.6755418926e-3F;
    p = p * r + 5.5507130921e-2F;
    p = p * r + 2.4022120237e-1F;
    p = p * r + 6.9314694405e-1F;
    p = p * r + 1.0F;
    const auto exponent = (std::bit_cast<std::int32_t>(shifted) + 127) << 23;
    return p * std::bit_cast<float>(exponent);
}
inline double expNegative(double x) noexcept { return std::exp(x); }

template <class T>
[[gnu::always_inline]] inline SoftmaxRow<T> expRowOf(T *__restrict x, const T *__restrict bias,
                                                     std::int64_t n) noexcept
{
    T top = x[0] + bias[0];
#pragma omp simd reduction(max : top)
    for (std::int64_t j = 0; j < n; ++j) {
        const T value = x[j] + bias[j];
        top = value > top ? value : top;
    }
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t j = 0; j < n; ++j) {
        const T e = expNegative(x[j] + bias[j] - top);
        x[j] = e;
        sum += e;
    }
    return {top, sum};
}

template <class T>
[[gnu::always_inline]] inline void addWeightedOf(T *__restrict y, Rows<const T> x, const T *weights,
                                                 std::int64_t rows, std::int64_t n) noexcept
{
    constexpr std::int64_t kTogether = 4; // y is read and written once for them
    std::int64_t i = 0;
    for (; i + kTogether <= rows; i += kTogether) {
        const T *__restrict a = x.row(i), *__restrict b = x.row(i + 1);
        const T *__restrict c = x.row(i + 2), *__restrict d = x.row(i + 3);
        const T *w = weights + i;
#pragma omp simd
        for (std::int64_t j = 0; j < n; ++j) {
            y[j] += w[0] * a[j] + w[1] * b[j] + (w[2] * c[j] + w[3] * d[j]);
        }
    }
    for (; i < rows; ++i) {
        const T *__restrict a = x.row(i);
#pragma omp simd
        for (std::int64_t j = 0; j < n; ++j) {
            y[j] += weights[i] * a[j];
        }
    }
}

/// Places within a row: as wide as a float, so that loops of both become vector code.
using Place = std::int32_t;

/// A row that begins at a line, told the compiler.
template <class T>
[[gnu::always_inline]] inline T *lineAt(T *row) noexcept
{
    return static_cast<T *>(__builtin_assume_aligned(row, kLineBytes));
}

/// Calls f(j, lane) for each column of row i of n. Loops of one vector each: of the rest that a loop of
/// unknown length has, a row of a short sequence would be all.
template <class F>
[[gnu::always_inline]] inline void eachColumn(std::int64_t i, std::int64_t n, F f) noexcept
{
    const auto columns = static_cast<Place>(causalColumns(i, n));
    for (Place first = 0; first < columns; first += kCausalVector) {
#pragma omp simd
        for (Place lane = 0; lane < kCausalVector; ++lane) {
            f(first + lane, lane);
        }
    }
}

template <class T>
[[gnu::always_inline]] inline T sumOf(const T *lanes) noexcept
{
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Place lane = 0; lane < kCausalVector; ++lane) {
        sum += lanes[lane];
    }
    return sum;
}

template <class T>
[[gnu::always_inline]] inline T largestOf(const T *row, Place last) noexcept
{
    T top = row[0];
#pragma omp simd reduction(max : top)
    for (Place j = 0; j <= last; ++j) {
        top = row[j] > top ? row[j] : top;
    }
    return top;
}

template <class T>
[[gnu::always_inline]] inline void causalSoftmaxOf(Rows<T> x, const CausalDrop<T> &drop,
                                                   std::int64_t n) noexcept
{
    const Keeper<T> keep(drop.drop);
    for (std::int64_t i = 0; i < n; ++i) {
        T *__restrict row = lineAt(x.row(i));
        const auto last = static_cast<Place>(i);
        alignas(kLineBytes) T lanes[kCausalVector];
        std::fill_n(lanes, kCausalVector, row[0]);
        eachColumn(i, n, [&](Place j, Place lane) {
            const T value = j <= last ? row[j] : row[0];
            lanes[lane] = value > lanes[lane] ? value : lanes[lane];
        });
        const T top = largestOf(lanes, kCausalVector - 1);
        std::fill_n(lanes, kCausalVector, T{0});
        eachColumn(i, n, [&](Place j, Place lane) {
            row[j] = j <= last ? expNegative(row[j] - top) : T{0};
            lanes[lane] += row[j];
        });
        const T share = T{1} / sumOf(lanes);
        if (drop.drop.threshold == 0) {
            eachColumn(i, n, [&](Place j, Place) { row[j] *= share; });
            continue;
        }
        T *__restrict left = lineAt(drop.out.row(i));
        const auto place = static_cast<std::uint32_t>(drop.first + i * x.stride);
        eachColumn(i, n, [&](Place j, Place) {
            row[j] *= share;
            left[j] = row[j] * keep.at(place + static_cast<std::uint32_t>(j));
        });
    }
}

template <class T>
[[gnu::always_inline]] inline void causalSoftmaxBackwardOf(Rows<const T> w, Rows<T> g,
                                                           const CausalDrop<T> &drop,
                                                           std::int64_t n) noexcept
{
    const Keeper<T> keep(drop.drop);
    for (std::int64_t i = 0; i < n; ++i) {
        const T *__restrict weight = lineAt(w.row(i));
        T *__restrict grad = lineAt(g.row(i));
        const auto last = static_cast<Place>(i);
        alignas(kLineBytes) T lanes[kCausalVector] = {};
        if (drop.drop.threshold == 0) {
            eachColumn(i, n, [&](Place j, Place lane) {
                lanes[lane] += j <= last ? weight[j] * grad[j] : T{0};
            });
            const T sum = sumOf(lanes);
            eachColumn(i, n, [&](Place j, Place) {
                grad[j] = j <= last ? weight[j] * (grad[j] - sum) : T{0};
            });
            continue;
        }
        T *__restrict left = lineAt(drop.out.row(i));
        const auto place = static_cast<std::uint32_t>(drop.first + i * w.stride);
        eachColumn(i, n, [&](Place j, Place lane) {
            left[j] = weight[j] * keep.at(place + static_cast<std::uint32_t>(j));
            lanes[lane] += j <= last ? left[j] * grad[j] : T{0};
        });
        const T sum = sumOf(lanes);
        eachColumn(i, n, [&](Place j, Place) {
            grad[j] = j <= last ? left[j] * grad[j] - weight[j] * sum : T{0};
        });
    }
}

} // namespace

PERENNIAL_EACH_PROCESSOR SoftmaxRow<float> expRow(float *x, const float *bias,
                                                  std::int64_t n) noexcept
{
    return expRowOf(x, bias, n);
}
SoftmaxRow<double> expRow(double *x, const double *bias, std::int64_t n) noexcept
{
    return expRowOf(x, bias, n);
}

PERENNIAL_EACH_PROCESSOR void addWeighted(float *y, Rows<const float> x, const float *weights,
                                          std::int64_t rows, std::int64_t n) noexcept
{
    addWeightedOf(y, x, weights, rows, n);
}
void addWeighted(double *y, Rows<const double> x, const double *weights, std::int64_t rows,
                 std::int64_t n) noexcept
{
    addWeightedOf(y, x, weights, rows, n);
}

PERENNIAL_EACH_PROCESSOR void causalSoftmax(Rows<float> x, const CausalDrop<float> &drop,
                                            std::int64_t n) noexcept
{
    causalSoftmaxOf(x, drop, n);
}
void causalSoftmax(Rows<double> x, const CausalDrop<double> &drop, std::int64_t n) noexcept
{
    causalSoftmaxOf(x, drop, n);
}

PERENNIAL_EACH_PROCESSOR void causalSoftmaxBackward(Rows<const float> w, Rows<float> g,
                                                    const CausalDrop<float> &drop,
                                                    std::int64_t n) noexcept
{
    causalSoftmaxBackwardOf(w, g, drop, n);
}
void causalSoftmaxBackward(Rows<const double> w, Rows<double> g, const CausalDrop<double> &drop,
                           std::int64_t n) noexcept
{
    causalSoftmaxBackwardOf(w, g, drop, n);
}

} // namespace perennial::net
