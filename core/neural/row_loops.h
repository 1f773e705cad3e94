#pragma once

// For core/neural alone: the loops a training step spends its time in outside of its products,
// compiled for several kinds of processor, of which the one at hand is taken when the program
// starts. Sums are taken in as many lanes as that processor has: the last bits differ between
// kinds of processor, as they do in BLAS, never between runs.

#include <cstdint>

namespace perennial::net {

/// A row-major matrix in memory: `stride` values from one row to the next.
template <class T>
struct Rows {
    T *data = nullptr;
    std::int64_t stride = 0;
    T *row(std::int64_t i) const noexcept { return data + i * stride; }
};

/// y += a x.
void addScaled(float *y, const float *x, float a, std::int64_t n) noexcept;
void addScaled(double *y, const double *x, double a, std::int64_t n) noexcept;

/// out = (x − mean) / deviation · weight + bias by rows; keeps each row's mean and 1 / deviation.
template <class T>
struct Norm {
    const T *weight = nullptr, *bias = nullptr; ///< [d]
    T *mean = nullptr, *scale = nullptr;        ///< [rows]
};
void normRows(const float *x, const Norm<float> &norm, float *out, std::int64_t rows,
              std::int64_t d) noexcept;
void normRows(const double *x, const Norm<double> &norm, double *out, std::int64_t rows,
              std::int64_t d) noexcept;
/// dx += the derivative through normRows of g; weightGrad and biasGrad [d] are added to.
void normRowsBackward(const float *x, const Norm<float> &norm, const float *g, float *dx,
                      float *weightGrad, float *biasGrad, std::int64_t rows, std::int64_t d) noexcept;
void normRowsBackward(const double *x, const Norm<double> &norm, const double *g, double *dx,
                      double *weightGrad, double *biasGrad, std::int64_t rows,
                      std::int64_t d) noexcept;

/// Which values dropout takes: a function of key and position alone, so that nothing is kept for
/// the way back. A threshold of 0 takes none.
struct Drop {
    std::uint64_t key = 0;
    std::uint32_t threshold = 0; ///< of 2³²: share that is taken
    double share() const noexcept { return threshold / 4294967296.0; }
};
Drop dropOf(double p, std::uint64_t key) noexcept;

/// out = drop(x); in place where out = x.
void dropRow(const float *x, float *out, const Drop &drop, std::int64_t n) noexcept;
void dropRow(const double *x, double *out, const Drop &drop, std::int64_t n) noexcept;
/// y = x + drop(z + bias) by rows; y may be z.
void addDropped(const float *x, const float *z, const float *bias, float *y, const Drop &drop,
                std::int64_t rows, std::int64_t d) noexcept;
void addDropped(const double *x, const double *z, const double *bias, double *y, const Drop &drop,
                std::int64_t rows, std::int64_t d) noexcept;

/// x = max(x + bias, 0) by rows.
void reluRows(float *x, const float *bias, std::int64_t rows, std::int64_t d) noexcept;
void reluRows(double *x, const double *bias, std::int64_t rows, std::int64_t d) noexcept;
/// g = 0 where x <= 0.
void reluBackward(const float *x, float *g, std::int64_t n) noexcept;
void reluBackward(const double *x, double *g, std::int64_t n) noexcept;
/// x += bias by rows.
void addBias(float *x, const float *bias, std::int64_t rows, std::int64_t d) noexcept;
void addBias(double *x, const double *bias, std::int64_t rows, std::int64_t d) noexcept;
/// sum [d] += each row of x.
void addColumns(const float *x, float *sum, std::int64_t rows, std::int64_t d) noexcept;
void addColumns(const double *x, double *sum, std::int64_t rows, std::int64_t d) noexcept;

} // namespace perennial::net
