#pragma once

// For core/neural alone: the loops of a softmax, compiled as those of row_loops.h.

#include "core/neural/row_loops.h"

#include <cstdint>

namespace perennial::net {

/// What one row of a softmax was: e^(x + bias − top) sums to `sum`.
template <class T>
struct SoftmaxRow {
    T top = 0, sum = 0;
};

/// x[j] = e^(x[j] + bias[j] − top), top being the largest x + bias. @param n >= 1.
SoftmaxRow<float> expRow(float *x, const float *bias, std::int64_t n) noexcept;
SoftmaxRow<double> expRow(double *x, const double *bias, std::int64_t n) noexcept;

/// y += Σ over the rows of x of weights[i] x[i].
void addWeighted(float *y, Rows<const float> x, const float *weights, std::int64_t rows,
                 std::int64_t n) noexcept;
void addWeighted(double *y, Rows<const double> x, const double *weights, std::int64_t rows,
                 std::int64_t n) noexcept;

/// Softmax of the first i + 1 values of row i, and 0 in the rest of its n.
void causalSoftmax(Rows<float> x, std::int64_t n) noexcept;
void causalSoftmax(Rows<double> x, std::int64_t n) noexcept;
/// The same way back: g becomes w (g − Σ g w), 0 past the diagonal.
void causalSoftmaxBackward(Rows<const float> w, Rows<float> g, std::int64_t n) noexcept;
void causalSoftmaxBackward(Rows<const double> w, Rows<double> g, std::int64_t n) noexcept;

/// Where value (i, j) of a triangle is in its dropout's mask: first + i stride + j.
struct TrianglePlaces {
    std::int64_t first = 0, stride = 0;
};
/// out = drop(x) in the first i + 1 values of row i, and 0 in the rest of its n; out may be x.
void dropTriangle(Rows<const float> x, Rows<float> out, const Drop &drop, TrianglePlaces places,
                  std::int64_t n) noexcept;
void dropTriangle(Rows<const double> x, Rows<double> out, const Drop &drop, TrianglePlaces places,
                  std::int64_t n) noexcept;

} // namespace perennial::net
