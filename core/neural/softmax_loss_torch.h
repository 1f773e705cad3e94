#pragma once

// For core/neural and core/behavior alone: the full softmax of a whole batch with its derivatives, where
// most of a training step's time goes.

#include "core/neural/crew.h"

#include <torch/torch.h>

#include <cstdint>

namespace perennial::net {

/// Rows whose next item is learned, and the items it is one of.
struct SoftmaxRows {
    at::Tensor hidden; ///< [m, d], m >= 1
    at::Tensor table;  ///< [>= first + v, d], of which the rows first … first + v − 1 are the items
    at::Tensor bias;   ///< [v], v >= 1
    at::Tensor target; ///< [m] int64 in [0, v)
    at::Tensor weight; ///< [m]: how much each row counts
    std::int64_t first = 0;
};

/// −log softmax(hidden · tableᵀ + bias)[target] of each row, and what Σ weight × loss has for
/// derivatives. The table's are a tensor of its size, zeros where no item is.
struct SoftmaxGradients {
    at::Tensor losses; ///< [m] double, on the CPU
    at::Tensor hidden, table, bias;
};

/// Not by autograd: what it would keep of each shard is as large as the table, and is added up here in
/// place. The work is cut by the sizes alone, so that the crew's never shows in the result.
SoftmaxGradients softmaxGradients(const SoftmaxRows &rows, WorkerCrew &crew);
/// By whole tensors, for devices that have no memory of ours.
SoftmaxGradients softmaxGradientsByTensors(const SoftmaxRows &rows);

/// Σ weight × loss, plainly: what the derivatives above are of. @return a scalar.
at::Tensor softmaxLossPlain(const SoftmaxRows &rows);

} // namespace perennial::net
