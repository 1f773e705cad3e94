#pragma once

// For core/neural and core/behavior alone: the operations a training step spends its time in, each
// with its own derivative, and beside each the plain formulation that says what it computes. The CPU
// takes the fused one, other devices the plain one.

#include "core/neural/row_loops.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// Σ over k of table[index[i, k]]: the sum of a token's embeddings.
/// @param table [v, d]. @param index [n, k] int64 in [0, v). @return [n, d].
at::Tensor sumRows(const at::Tensor &table, const at::Tensor &index);
at::Tensor sumRowsPlain(const at::Tensor &table, const at::Tensor &index);
/// base + sumRows(table, index). @param base [n, d].
at::Tensor addSumRows(const at::Tensor &base, const at::Tensor &table, const at::Tensor &index);

/// table[index[i]] += rows[i], in order. @param table [v, d] contiguous. @param rows [n, d].
/// @param index n values in [0, v).
void addRows(at::Tensor &table, const std::vector<std::int64_t> &index, const at::Tensor &rows);

/// Means of a table's rows: row i of the result is that of table[index[j]] over j in [offsets[i],
/// offsets[i + 1]), zeros where there is none.
/// @param table [v, d]. @param offsets [n + 1] int64, from 0, ascending. @param index int64 in
/// [0, v). @return [n, d].
at::Tensor meanRows(const at::Tensor &table, const at::Tensor &offsets, const at::Tensor &index);
at::Tensor meanRowsPlain(const at::Tensor &table, const at::Tensor &offsets,
                         const at::Tensor &index);

/// Causal multi-head self-attention over sequences packed one after another without padding: token
/// i of a sequence looks at tokens 0 … i of the same sequence.
/// @param qkv [n, 3 d]: queries, keys, values side by side. @param lengths sum to n, each >= 1.
/// @param heads divides d. @param drop of the weights, whose place is [head, token, token before it
/// in the sequence]. @return [n, d].
/// Source: Vaswani et al. (2017), eq. 1.
at::Tensor packedAttention(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                           std::int64_t heads, const Drop &drop = {});
at::Tensor packedAttentionPlain(const at::Tensor &qkv, const std::vector<std::int64_t> &lengths,
                                std::int64_t heads, const Drop &drop = {});

/// Decayed mean of each sequence's rows so far: Σ_j≤i λ^(i−j) x_j / Σ_j≤i λ^(i−j), by columns.
/// @param x [n, d], packed as above. @param decay [d]: λ in (0, 1). @return [n, d].
/// Source: the exponential moving average with its bias corrected, Kingma & Ba (2015), § 3.
at::Tensor decayedMean(const at::Tensor &x, const at::Tensor &decay,
                       const std::vector<std::int64_t> &lengths);
at::Tensor decayedMeanPlain(const at::Tensor &x, const at::Tensor &decay,
                            const std::vector<std::int64_t> &lengths);

/// Drops values with probability p and scales the rest by 1 / (1 − p). On the CPU the mask is a
/// function of (key, position): the same whatever thread computes it, and not kept for backward.
at::Tensor keyedDropout(const at::Tensor &x, const Drop &drop);

} // namespace perennial::net
