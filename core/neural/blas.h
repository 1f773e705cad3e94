#pragma once

// For core/neural alone: products by the BLAS that LibTorch itself loaded, without a tensor for each.

#include "core/neural/row_loops.h"

#include <cstdint>

namespace perennial::net {

/// True where that BLAS gives its Fortran symbols, which the fused operations need.
bool hasBlas() noexcept;

enum class Side { Plain, Turned }; ///< Turned: the transpose is what is multiplied

/// c = alpha op(a) op(b) + beta c. @param m, n rows and columns of c. @param k columns of op(a).
/// Nothing is done where m, n or k is 0. hasBlas() must be true.
void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, float alpha,
             Rows<const float> a, Rows<const float> b, float beta, Rows<float> c) noexcept;
void product(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
             Rows<const double> a, Rows<const double> b, double beta, Rows<double> c) noexcept;

} // namespace perennial::net
