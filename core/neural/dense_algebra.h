#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>

namespace perennial {

/// Replaces a symmetric positive definite matrix by its inverse, by the Cholesky factors of the
/// LAPACK that LibTorch brings. @param matrix n × n, by rows.
/// @error NotFinite where it is not positive definite; OutOfMemory (a second matrix is needed).
Status invertSymmetric(std::span<float> matrix, std::int64_t n);

} // namespace perennial
