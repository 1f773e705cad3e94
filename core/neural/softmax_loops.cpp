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

template <class T>
[[gnu::always_inline]] inline void causalSoftmaxOf(Rows<T> x, std::int64_t n) noexcept
{
    for (std::int64_t i = 0; i < n; ++i) {
        T *__restrict row = x.row(i);
        T top = row[0];
#pragma omp simd reduction(max : top)
        for (std::int64_t j = 0; j <= i; ++j) {
            top = row[j] > top ? row[j] : top;
        }
        T sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t j = 0; j <= i; ++j) {
            const T e = expNegative(row[j] - top);
            row[j] = e;
            sum += e;
        }
        const T share = T{1} / sum;
#pragma omp simd
        for (std::int64_t j = 0; j <= i; ++j) {
            row[j] *= share;
        }
        std::fill(row + i + 1, row + n, T{0});
    }
}

template <class T>
[[gnu::always_inline]] inline void causalSoftmaxBackwardOf(Rows<const T> w, Rows<T> g,
                                                           std::int64_t n) noexcept
{
    for (std::int64_t i = 0; i < n; ++i) {
        const T *__restrict weight = w.row(i);
        T *__restrict grad = g.row(i);
        T sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t j = 0; j <= i; ++j) {
            sum += weight[j] * grad[j];
        }
#pragma omp simd
        for (std::int64_t j = 0; j <= i; ++j) {
            grad[j] = weight[j] * (grad[j] - sum);
        }
        std::fill(grad + i + 1, grad + n, T{0});
    }
}

template <class T>
[[gnu::always_inline]] inline void dropTriangleOf(Rows<const T> x, Rows<T> out, const Drop &drop,
                                                  TrianglePlaces places, std::int64_t n) noexcept
{
    const Keeper<T> keep(drop);
    for (std::int64_t i = 0; i < n; ++i) {
        const T *from = x.row(i);
        T *to = out.row(i);
        const auto place = static_cast<std::uint32_t>(places.first + i * places.stride);
#pragma omp simd
        for (std::int64_t j = 0; j <= i; ++j) {
            to[j] = from[j] * keep.at(place + static_cast<std::uint32_t>(j));
        }
        std::fill(to + i + 1, to + n, T{0});
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

PERENNIAL_EACH_PROCESSOR void causalSoftmax(Rows<float> x, std::int64_t n) noexcept
{
    causalSoftmaxOf(x, n);
}
void causalSoftmax(Rows<double> x, std::int64_t n) noexcept { causalSoftmaxOf(x, n); }

PERENNIAL_EACH_PROCESSOR void causalSoftmaxBackward(Rows<const float> w, Rows<float> g,
                                                    std::int64_t n) noexcept
{
    causalSoftmaxBackwardOf(w, g, n);
}
void causalSoftmaxBackward(Rows<const double> w, Rows<double> g, std::int64_t n) noexcept
{
    causalSoftmaxBackwardOf(w, g, n);
}

PERENNIAL_EACH_PROCESSOR void dropTriangle(Rows<const float> x, Rows<float> out, const Drop &drop,
                                           TrianglePlaces places, std::int64_t n) noexcept
{
    dropTriangleOf(x, out, drop, places, n);
}
void dropTriangle(Rows<const double> x, Rows<double> out, const Drop &drop, TrianglePlaces places,
                  std::int64_t n) noexcept
{
    dropTriangleOf(x, out, drop, places, n);
}

} // namespace perennial::net
