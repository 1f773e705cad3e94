#pragma once

// For core/neural alone: the loops of a softmax, compiled as those of row_loops.h.

#include "core/neural/row_loops.h"

#include <algorithm>
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

/// Causal rows are worked on in blocks of so many, each up to the end of its block in whole vectors:
/// half of what is above the diagonal of a long sequence is never computed.
constexpr std::int64_t kCausalRows = 12, kCausalVector = 16;
constexpr std::int64_t kLineBytes = 64; ///< where each causal row in memory begins: a multiple of it
/// Columns that row i of n is held in; the same in each row of a block.
inline std::int64_t causalColumns(std::int64_t i, std::int64_t n) noexcept
{
    const std::int64_t end = std::min((i / kCausalRows + 1) * kCausalRows, n);
    return (end + kCausalVector - 1) / kCausalVector * kCausalVector;
}

/// A dropout of the weights of n rows: where its results go, and where value (i, j) is in its mask:
/// first + i stride + j, stride being the weights'.
template <class T>
struct CausalDrop {
    Drop drop;
    std::int64_t first = 0;
    Rows<T> out; ///< unused where nothing is dropped
};
/// Softmax of the first i + 1 values of row i, and 0 in the rest of its columns; with what dropout
/// leaves of it beside it.
void causalSoftmax(Rows<float> x, const CausalDrop<float> &drop, std::int64_t n) noexcept;
void causalSoftmax(Rows<double> x, const CausalDrop<double> &drop, std::int64_t n) noexcept;
/// The same way back, g being the derivative by what dropout left: it becomes the one by the scores, 0
/// past the diagonal, whatever was there. @param w as causalSoftmax made it. What dropout left is
/// made again.
void causalSoftmaxBackward(Rows<const float> w, Rows<float> g, const CausalDrop<float> &drop,
                           std::int64_t n) noexcept;
void causalSoftmaxBackward(Rows<const double> w, Rows<double> g, const CausalDrop<double> &drop,
                           std::int64_t n) noexcept;

} // namespace perennial::net
