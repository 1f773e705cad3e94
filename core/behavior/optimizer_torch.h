#pragma once

// Private to core/behavior: how a gradient becomes a step.

#include "core/behavior/config.h"
#include "core/neural/crew.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// What an optimiser remembers of each parameter between its steps, in the order of the parameters.
struct OptimizerMemory {
    std::vector<std::int64_t> steps; ///< 0 where the parameter has not been moved yet
    /// By kind (first and second moment of Adam, momentum of SGD), then parameter; undefined where
    /// it has not been moved yet.
    std::vector<std::vector<at::Tensor>> moments;
};

/// By shard, then parameter; undefined (or a shorter list) where there is none.
using Gradients = std::vector<std::vector<at::Tensor>>;

/// The config's optimiser over all parameters. Decay pulls matrices and embeddings to 0; biases,
/// norms and item popularity stay free.
/// Sources: Kingma & Ba (2015) for Adam; Loshchilov & Hutter (2019) for AdamW, whose decay is no part
/// of the gradient; Sutskever et al. (2013), eq. 1 for momentum; Pascanu et al. (2013) for the clip.
class Optimizer {
public:
    /// @param parameters contiguous, of single precision.
    Optimizer(std::vector<at::Tensor> parameters, const BehaviorConfig &config);

    /// Adds the shards' gradients in their order and the penalties l1 Σ|w| + l2/2 Σ w² of the
    /// config, cuts the norm of the sum to the config's largest, and takes a step with it. A
    /// parameter without a gradient keeps its weights. The sum is left in the first shard.
    /// @return the norm before it was cut; where it is not finite no weight has moved.
    double step(Gradients &gradients, double rate, WorkerCrew &crew);

    std::size_t momentKinds() const noexcept { return m_memory.moments.size(); }
    /// Shares its tensors with the optimiser.
    const OptimizerMemory &memory() const noexcept { return m_memory; }
    /// @param memory of an optimiser of the same config and parameters.
    void restore(OptimizerMemory memory) { m_memory = std::move(memory); }

private:
    /// Some values of a parameter: what one worker takes at a time.
    struct Stretch {
        std::size_t parameter = 0;
        std::int64_t from = 0, count = 0;
    };
    bool isPulled(std::size_t parameter) const { return m_parameters[parameter].dim() > 1; }
    /// First sums of all parameters. @return Σ of their squares.
    double add(Gradients &gradients, std::vector<at::Tensor> &sums, WorkerCrew &crew) const;
    double addTensors(const Gradients &gradients, std::vector<at::Tensor> &sums) const;
    double addStretch(const Gradients &gradients, const at::Tensor &sum, const Stretch &at) const;
    void count(const std::vector<at::Tensor> &sums);
    void move(const Stretch &at, const at::Tensor &sum, double clip, double rate);
    void moveTensor(std::size_t parameter, const at::Tensor &sum, double clip, double rate);

    std::vector<at::Tensor> m_parameters;
    BehaviorConfig m_config;
    OptimizerMemory m_memory;
    std::vector<Stretch> m_stretches;
};

/// Learning rate of an epoch, of the config's, in (0, 1]: from 1 in the first epoch down towards a
/// tenth, along a line or half a cosine.
/// Source of the cosine: Loshchilov & Hutter (2017), "SGDR", eq. 5, without restarts.
double rateOf(RateSchedule schedule, int epoch, int epochs) noexcept;
/// Factor of the rate at the n-th step, n >= 1: rises on a line to 1 at `warmUpSteps`.
double warmUpOf(std::int64_t step, int warmUpSteps) noexcept;

} // namespace perennial::net
