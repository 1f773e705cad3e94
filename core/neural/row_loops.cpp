#include "core/neural/row_loops.h"

#include "core/base/hash.h"
#include "core/neural/each_processor.h"
#include "core/neural/keeper.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

namespace {

template <class T>
[[gnu::always_inline]] inline void addScaledOf(T *__restrict y, const T *__restrict x, T a,
                                               std::int64_t n) noexcept
{
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) {
        y[j] += a * x[j];
    }
}

constexpr double kNormEpsilon = 1e-5; ///< of the variance, as in at::layer_norm

template <class T>
[[gnu::always_inline]] inline void normRowsOf(const T *__restrict x, const Norm<T> &norm,
                                              T *__restrict out, std::int64_t rows,
                                              std::int64_t d) noexcept
{
    const T *__restrict weight = norm.weight;
    const T *__restrict bias = norm.bias;
    const T share = T{1} / static_cast<T>(d);
    for (std::int64_t i = 0; i < rows; ++i) {
        const T *__restrict from = x + i * d;
        T *__restrict to = out + i * d;
        T sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t c = 0; c < d; ++c) {
            sum += from[c];
        }
        const T mean = sum * share;
        T squares = 0;
#pragma omp simd reduction(+ : squares)
        for (std::int64_t c = 0; c < d; ++c) {
            const T off = from[c] - mean;
            squares += off * off;
        }
        const T scale = T{1} / std::sqrt(squares * share + static_cast<T>(kNormEpsilon));
#pragma omp simd
        for (std::int64_t c = 0; c < d; ++c) {
            to[c] = (from[c] - mean) * scale * weight[c] + bias[c];
        }
        norm.mean[i] = mean;
        norm.scale[i] = scale;
    }
}

template <class T>
[[gnu::always_inline]] inline void
normRowsBackwardOf(const T *__restrict x, const Norm<T> &norm, const T *__restrict g,
                   T *__restrict dx, T *__restrict weightGrad, T *__restrict biasGrad,
                   std::int64_t rows, std::int64_t d) noexcept
{
    const T *__restrict weight = norm.weight;
    const T share = T{1} / static_cast<T>(d);
    for (std::int64_t i = 0; i < rows; ++i) {
        const T *__restrict from = x + i * d;
        const T *__restrict grad = g + i * d;
        T *__restrict to = dx + i * d;
        const T mean = norm.mean[i], scale = norm.scale[i];
        T plain = 0, along = 0;
#pragma omp simd reduction(+ : plain, along)
        for (std::int64_t c = 0; c < d; ++c) {
            const T z = (from[c] - mean) * scale;
            const T gw = grad[c] * weight[c];
            plain += gw;
            along += gw * z;
            weightGrad[c] += grad[c] * z;
            biasGrad[c] += grad[c];
        }
        plain *= share;
        along *= share;
#pragma omp simd
        for (std::int64_t c = 0; c < d; ++c) {
            const T z = (from[c] - mean) * scale;
            to[c] += (grad[c] * weight[c] - plain - along * z) * scale;
        }
    }
}

template <class T>
[[gnu::always_inline]] inline void dropRowOf(const T *x, T *out, const Drop &drop,
                                             std::int64_t n) noexcept
{
    const Keeper<T> keep(drop);
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) {
        out[j] = x[j] * keep.at(static_cast<std::uint32_t>(j));
    }
}

template <class T>
[[gnu::always_inline]] inline void addDroppedOf(const T *x, const T *z, const T *bias, T *y,
                                                const Drop &drop, std::int64_t rows,
                                                std::int64_t d) noexcept
{
    const Keeper<T> keep(drop);
    for (std::int64_t i = 0; i < rows; ++i) {
        const std::int64_t first = i * d;
#pragma omp simd
        for (std::int64_t c = 0; c < d; ++c) {
            y[first + c] = x[first + c] + (z[first + c] + bias[c]) *
                                              keep.at(static_cast<std::uint32_t>(first + c));
        }
    }
}

template <class T>
[[gnu::always_inline]] inline void reluRowsOf(T *__restrict x, const T *__restrict bias,
                                              std::int64_t rows, std::int64_t d) noexcept
{
    for (std::int64_t i = 0; i < rows; ++i) {
        T *__restrict row = x + i * d;
#pragma omp simd
        for (std::int64_t c = 0; c < d; ++c) {
            const T value = row[c] + bias[c];
            row[c] = value > 0 ? value : T{0};
        }
    }
}

template <class T>
[[gnu::always_inline]] inline void reluBackwardOf(const T *__restrict x, T *__restrict g,
                                                  std::int64_t n) noexcept
{
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) {
        g[j] = x[j] > 0 ? g[j] : T{0};
    }
}

template <class T>
[[gnu::always_inline]] inline void addBiasOf(T *__restrict x, const T *__restrict bias,
                                             std::int64_t rows, std::int64_t d) noexcept
{
    for (std::int64_t i = 0; i < rows; ++i) {
        T *__restrict row = x + i * d;
#pragma omp simd
        for (std::int64_t c = 0; c < d; ++c) {
            row[c] += bias[c];
        }
    }
}

template <class T>
[[gnu::always_inline]] inline void addColumnsOf(const T *__restrict x, T *__restrict sum,
                                                std::int64_t rows, std::int64_t d) noexcept
{
    for (std::int64_t i = 0; i < rows; ++i) {
        const T *__restrict row = x + i * d;
#pragma omp simd
        for (std::int64_t c = 0; c < d; ++c) {
            sum[c] += row[c];
        }
    }
}

} // namespace

Drop dropOf(double p, std::uint64_t key) noexcept
{
    const double share = std::clamp(p, 0.0, 0.99) * 4294967296.0;
    return {mix64(key), static_cast<std::uint32_t>(std::lround(share))};
}

PERENNIAL_EACH_PROCESSOR void addScaled(float *y, const float *x, float a, std::int64_t n) noexcept
{
    addScaledOf(y, x, a, n);
}
void addScaled(double *y, const double *x, double a, std::int64_t n) noexcept
{
    addScaledOf(y, x, a, n);
}

PERENNIAL_EACH_PROCESSOR void normRows(const float *x, const Norm<float> &norm, float *out,
                                       std::int64_t rows, std::int64_t d) noexcept
{
    normRowsOf(x, norm, out, rows, d);
}
void normRows(const double *x, const Norm<double> &norm, double *out, std::int64_t rows,
              std::int64_t d) noexcept
{
    normRowsOf(x, norm, out, rows, d);
}

PERENNIAL_EACH_PROCESSOR void normRowsBackward(const float *x, const Norm<float> &norm,
                                               const float *g, float *dx, float *weightGrad,
                                               float *biasGrad, std::int64_t rows,
                                               std::int64_t d) noexcept
{
    normRowsBackwardOf(x, norm, g, dx, weightGrad, biasGrad, rows, d);
}
void normRowsBackward(const double *x, const Norm<double> &norm, const double *g, double *dx,
                      double *weightGrad, double *biasGrad, std::int64_t rows,
                      std::int64_t d) noexcept
{
    normRowsBackwardOf(x, norm, g, dx, weightGrad, biasGrad, rows, d);
}

PERENNIAL_EACH_PROCESSOR void dropRow(const float *x, float *out, const Drop &drop,
                                      std::int64_t n) noexcept
{
    dropRowOf(x, out, drop, n);
}
void dropRow(const double *x, double *out, const Drop &drop, std::int64_t n) noexcept
{
    dropRowOf(x, out, drop, n);
}

PERENNIAL_EACH_PROCESSOR void addDropped(const float *x, const float *z, const float *bias, float *y,
                                         const Drop &drop, std::int64_t rows,
                                         std::int64_t d) noexcept
{
    addDroppedOf(x, z, bias, y, drop, rows, d);
}
void addDropped(const double *x, const double *z, const double *bias, double *y, const Drop &drop,
                std::int64_t rows, std::int64_t d) noexcept
{
    addDroppedOf(x, z, bias, y, drop, rows, d);
}

PERENNIAL_EACH_PROCESSOR void reluRows(float *x, const float *bias, std::int64_t rows,
                                       std::int64_t d) noexcept
{
    reluRowsOf(x, bias, rows, d);
}
void reluRows(double *x, const double *bias, std::int64_t rows, std::int64_t d) noexcept
{
    reluRowsOf(x, bias, rows, d);
}

PERENNIAL_EACH_PROCESSOR void reluBackward(const float *x, float *g, std::int64_t n) noexcept
{
    reluBackwardOf(x, g, n);
}
void reluBackward(const double *x, double *g, std::int64_t n) noexcept { reluBackwardOf(x, g, n); }

PERENNIAL_EACH_PROCESSOR void addBias(float *x, const float *bias, std::int64_t rows,
                                      std::int64_t d) noexcept
{
    addBiasOf(x, bias, rows, d);
}
void addBias(double *x, const double *bias, std::int64_t rows, std::int64_t d) noexcept
{
    addBiasOf(x, bias, rows, d);
}

PERENNIAL_EACH_PROCESSOR void addColumns(const float *x, float *sum, std::int64_t rows,
                                         std::int64_t d) noexcept
{
    addColumnsOf(x, sum, rows, d);
}
void addColumns(const double *x, double *sum, std::int64_t rows, std::int64_t d) noexcept
{
    addColumnsOf(x, sum, rows, d);
}

} // namespace perennial::net
