#pragma once

// Private to core/behavior: where the items' own embeddings begin.

#include "core/behavior/batch.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// Rows of a sparse matrix, one after another.
struct SparseRows {
    std::vector<std::int64_t> offsets{0};
    std::vector<std::int32_t> columns;
    std::vector<double> values;
    std::int64_t rows() const noexcept { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

/// The largest singular values, falling, and their right singular vectors.
struct RightVectors {
    at::Tensor values;  ///< [rank]
    at::Tensor vectors; ///< [columns, rank], orthonormal; each one's largest number is positive
};

/// Truncated singular value decomposition by subspace iteration from a random start, the same for
/// the same seed. Keeps columns × (rank + 10) numbers three times, whatever the number of rows.
/// @param rank 1 … min(rows, columns).  Cost O(iterations × non-zeros × rank).
/// Source: Halko, Martinsson & Tropp (2011), "Finding structure with randomness", SIAM Review 53,
/// algorithm 4.4 on MᵀM, and § 5.3.
RightVectors truncatedSvd(const SparseRows &matrix, std::int64_t columns, std::int64_t rank,
                          std::int64_t seed);

/// Vectors of the own items, rows 1 … of the catalogue, from log(1 + how often each user showed
/// interest in each up to a day): V √Σ, scaled to the deviation that embeddings begin with.
/// @return [ownItems, rank], rank <= dimension; no columns where nobody met anything.
at::Tensor itemVectors(const SequenceSource &source, Day until, std::int64_t dimension,
                       std::int64_t seed);

} // namespace perennial::net
