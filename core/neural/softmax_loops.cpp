#include "core/neural/softmax_loops.h"

#include "core/neural/each_processor.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace perennial::net {

namespace {

/// e^x for x <= 0, to 2 units in the last place, 0 where it would be below the normal numbers.
/// Without a branch, so that loops of it become vector code.
/// Source: Cody & Waite (1980), ch. 6, for the reduction; Cephes' expf for the polynomial.
inline float expNegative(float x) noexcept
{
    constexpr float kShift = 12582912.0F; // 1.5 · 2²³: adding it rounds to an integer
    const float bounded = x < -87.0F ? -87.0F : x;
    const float shifted = bounded * 1.44269504F + kShift;
    const float n = shifted - kShift;
    const float r = (bounded - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const auto exponent = (std::bit_cast<std::int32_t>(shifted) + 127) << 23;
    const float scaled = p * std::bit_cast<float>(exponent);
    return x < -87.0F ? 0.0F : scaled;
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

} // namespace perennial::net
