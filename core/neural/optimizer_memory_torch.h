#pragma once

// For core/neural and core/behavior alone: what an optimiser remembers of each parameter between
// its steps.

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// In the order of the parameters. Shares its tensors with the optimiser.
struct OptimizerMemory {
    std::vector<std::int64_t> steps; ///< 0 where the parameter has not been moved yet
    /// By kind (first and second moment of Adam, momentum of SGD), then parameter; undefined where
    /// it has not been moved yet.
    std::vector<std::vector<at::Tensor>> moments;
};

/// Of Adam and AdamW without AMSGrad, and SGD. Throws c10::Error for any other optimiser.
OptimizerMemory memoryOf(torch::optim::Optimizer &optimizer,
                         const std::vector<at::Tensor> &parameters);
/// @param memory of an optimiser of the same class and parameters.
void remember(torch::optim::Optimizer &optimizer, const std::vector<at::Tensor> &parameters,
              const OptimizerMemory &memory);
/// Kinds of moments an optimiser of this class has.
std::size_t momentKinds(const torch::optim::Optimizer &optimizer);

} // namespace perennial::net
