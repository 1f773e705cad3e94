#pragma once

// For core/neural alone: products of matrices of which one side is narrow, as those of a network with
// some dozens of dimensions are. A library's products are made for large ones: they copy both sides
// first, which here costs a sixth of the time.

#include "core/neural/row_loops.h"

#include <cstdint>

namespace perennial::net {

enum class Side { Plain, Turned }; ///< Turned: the transpose is what is multiplied

/// c = alpha op(a) op(b), or c += that. On the calling thread alone. c may not overlap a or b.
/// @param m, n rows and columns of c. @param k columns of op(a); 0 leaves zeros, or c as it is.
void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, float alpha,
             Rows<const float> a, Rows<const float> b, bool add, Rows<float> c) noexcept;
void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
             Rows<const double> a, Rows<const double> b, bool add, Rows<double> c) noexcept;

/// to[j][i] = from[i][j]. @param m, n rows and columns of `from`.
void turn(std::int64_t m, std::int64_t n, Rows<const float> from, Rows<float> to) noexcept;
void turn(std::int64_t m, std::int64_t n, Rows<const double> from, Rows<double> to) noexcept;

} // namespace perennial::net
