#pragma once

// Private to core/behavior: how a gradient becomes a step.

#include "core/behavior/config.h"
#include "core/behavior/network_torch.h"

#include <torch/torch.h>

#include <cstdint>
#include <memory>

namespace perennial::net {

/// The config's optimiser over all parameters. Decay pulls matrices and embeddings to 0; biases,
/// norms and item popularity stay free.
/// Sources: Kingma & Ba (2015) for Adam; Loshchilov & Hutter (2019) for AdamW, whose decay is no part
/// of the gradient; Sutskever et al. (2013), eq. 1 for momentum.
std::unique_ptr<torch::optim::Optimizer> makeOptimizer(const Network &network,
                                                       const BehaviorConfig &config);
void setLearningRate(torch::optim::Optimizer &optimizer, double rate);

/// Adds the slope of l1 Σ|w| + l2/2 Σ w² to the gradient of a matrix or a table of embeddings; |w|
/// has slope 0 at 0. Other parameters stay free.
void addPenalty(at::Tensor &gradient, const at::Tensor &weight, const BehaviorConfig &config);

/// Learning rate of an epoch, of the config's, in (0, 1]: from 1 in the first epoch down towards a
/// tenth, along a line or half a cosine.
/// Source of the cosine: Loshchilov & Hutter (2017), "SGDR", eq. 5, without restarts.
double rateOf(RateSchedule schedule, int epoch, int epochs) noexcept;
/// Factor of the rate at the n-th step, n >= 1: rises on a line to 1 at `warmUpSteps`.
double warmUpOf(std::int64_t step, int warmUpSteps) noexcept;

} // namespace perennial::net
