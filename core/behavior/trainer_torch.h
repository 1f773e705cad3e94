#pragma once

// Private to core/behavior: one pass of training steps.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/batch.h"
#include "core/behavior/config.h"
#include "core/behavior/heads_torch.h"
#include "core/behavior/network_torch.h"
#include "core/neural/crew.h"
#include "core/neural/item_losses_torch.h"
#include "core/behavior/optimizer_torch.h"

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace perennial::net {

struct TrainerSetup {
    const SequenceSource *source = nullptr;
    BehaviorConfig config;
    Heads heads;
    ZilnBounds bounds;
    at::Device device = at::kCPU;
    /// Called before each step with its number of sequences; what it throws counts as thrown by the
    /// step. Tests let memory run out with it.
    std::function<void(std::size_t)> beforeStep;
};

/// Numbers that grow with a trainer's steps; the next one depends on the first two.
struct TrainerCounts {
    int batchSize = 1; ///< the config's, or less where memory ran out
    std::int64_t steps = 0, sequences = 0;
    double seconds = 0;
};

/// Optimiser steps over windows. A batch is split into shards of a fixed size whose gradients are
/// added in a fixed order, so that the number of threads never shows in the weights.
class Trainer {
public:
    Trainer(TrainerSetup setup, Network &network, WorkerCrew &crew);

    /// One pass. @error Cancelled; NotFinite (detail: "epoch/batch", where: "loss" or "gradient").
    /// Throws what says "out of memory" when even single sequences do not fit.
    Result<LossSums> runEpoch(const std::vector<TrainingWindow> &windows,
                              const TrainingLimits &limits, int epoch, const Task &task);
    /// Of the next epochs, relative to the config's.
    void setRate(double factor) { m_rate = factor; }

    std::int64_t sequences() const noexcept { return m_sequences; }
    double seconds() const noexcept { return m_seconds; }
    int batchSize() const noexcept { return m_batchSize; }

    /// What its next epoch depends on besides its arguments and the network's weights, and back.
    TrainerCounts counts() const noexcept
    {
        return {m_batchSize, m_steps, m_sequences, m_seconds};
    }
    const OptimizerMemory &memory() const noexcept { return m_optimizer.memory(); }
    std::size_t momentKinds() const noexcept { return m_optimizer.momentKinds(); }
    void restore(const TrainerCounts &counts, const OptimizerMemory &memory);

private:
    struct Shard {
        SequenceBatch batch;
        LossSums losses;
        std::vector<at::Tensor> gradients; ///< by the parameters, then by the items' vectors
    };
    LossSums step(std::span<const TrainingWindow> windows, const TrainingLimits &limits);
    LossSums stepOrHalve(std::span<const TrainingWindow> windows, const TrainingLimits &limits);
    void assemble(Shard &shard, std::span<const TrainingWindow> windows,
                  const TrainingLimits &limits, std::uint64_t key) const;
    /// @param tower the items' vectors, a leaf of its own: their network is differentiated once.
    void differentiate(Shard &shard, const at::Tensor &tower, const LossSums &counts,
                       std::uint64_t key) const;
    struct ItemTargets {
        at::Tensor tokens, items; ///< [m], as of BatchTensors
    };
    /// Σ over targets of a shard, as the config has it.
    at::Tensor itemLoss(const at::Tensor &tokens, const at::Tensor &tower,
                        const ItemTargets &targets, std::uint64_t key) const;
    /// @return the norm of the summed gradient; where it is not finite no weight has moved.
    double apply(std::vector<Shard> &shards, const at::Tensor &tower);

    TrainerSetup m_setup;
    Network &m_network;
    WorkerCrew &m_crew;
    ItemFeatures m_features;
    Optimizer m_optimizer;
    std::optional<NegativeSampler> m_sampler; ///< where the item loss draws
    double m_rate = 1.0;
    int m_batchSize;
    std::int64_t m_steps = 0, m_sequences = 0;
    double m_seconds = 0;
};

/// The item scores' starting point: the logarithm of each own item's share of interest up to a day.
at::Tensor logPopularity(const SequenceSource &source, Day until);

} // namespace perennial::net
