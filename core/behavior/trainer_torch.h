#pragma once

// Private to core/behavior: one pass of training steps.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/batch.h"
#include "core/behavior/config.h"
#include "core/behavior/heads_torch.h"
#include "core/behavior/network_torch.h"
#include "core/behavior/optimizer_torch.h"
#include "core/neural/crew.h"
#include "core/neural/item_losses_torch.h"
#include "core/neural/softmax_loss_torch.h"

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
    /// Some sequences of a batch. What it reads of the items is a copy of the rows it meets, so that its
    /// derivatives are not as large as all items.
    struct Shard {
        SequenceBatch batch;            ///< its items count among `rows`
        std::vector<std::int64_t> rows; ///< of the tower, ascending
        at::Tensor items;               ///< [rows, d], a leaf
        at::Tensor queries;             ///< [targets, d], where all items are scored
        at::Tensor targets, weights;    ///< [targets]: of each of them
        at::Tensor loss;                ///< all that is differentiated within the shard
        LossSums losses;
        std::vector<at::Tensor> gradients; ///< by the parameters
        at::Tensor byItems, byKeys;        ///< derivatives by `items` and by all items' keys
    };
    /// The items of a step, as the shards read them: their network is differentiated once.
    struct Items {
        at::Tensor tower;      ///< [rows + 1, d]
        at::Tensor leaf, keys; ///< its values, and what queries are multiplied by, made of them
        at::Tensor asked;      ///< the keys' values, a leaf where shards differentiate by them
        at::Tensor bias;       ///< [own]
    };
    LossSums step(std::span<const TrainingWindow> windows, const TrainingLimits &limits);
    LossSums stepOrHalve(std::span<const TrainingWindow> windows, const TrainingLimits &limits);
    bool scoresAllItems() const noexcept { return m_setup.config.itemLoss == ItemLoss::Softmax; }
    Items readItems() const;
    void assemble(Shard &shard, std::span<const TrainingWindow> windows,
                  const TrainingLimits &limits, std::uint64_t key) const;
    /// Queries and losses of the other heads.
    void encode(Shard &shard, const Items &items, const LossSums &counts, std::uint64_t key) const;
    /// Σ over the targets of a shard, where the config looks at a few items.
    at::Tensor sampledLoss(const at::Tensor &queries, const at::Tensor &targets, const Items &items,
                           std::uint64_t key) const;
    at::Tensor labelLoss(Shard &shard, const BatchTensors &batch, const at::Tensor &tokens,
                         std::int64_t labels, const Dropout &dropout) const;
    /// @param byQueries derivatives of the shard's queries, undefined where it has none.
    void differentiate(Shard &shard, const Items &items, const at::Tensor &byQueries) const;
    /// Losses and derivatives of the shards' targets among all items.
    SoftmaxGradients scoreItems(std::vector<Shard> &shards, const Items &items) const;
    /// @return the norm of the summed gradient; where it is not finite no weight has moved.
    /// @param scored of scoreItems, undefined tensors where it was not asked.
    double apply(std::vector<Shard> &shards, const Items &items, const SoftmaxGradients &scored);

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
