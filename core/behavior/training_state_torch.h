#pragma once

// Private to core/behavior: what a training's next epoch depends on besides the project and its
// config, as raw tensors and back.

#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/trainer_torch.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace perennial::net {

/// How far a training is; everything in a checkpoint that is no tensor.
struct TrainingProgress {
    int epoch = 0;             ///< epochs done
    int refits = 0;            ///< passes of the refit done
    int bestEpoch = 0;
    double bestMeasure = INFINITY; ///< of the best epoch: see measureOf in train.cpp
    double seconds = 0;        ///< of the training so far, in all sessions
    TrainerCounts trainer;
};

/// @param belongsTo of the run, see fingerprintOf.
/// @param best parameters of the best epoch, as Network::tensors().
std::vector<WeightBlob> toBlobs(const TrainingProgress &progress, std::int64_t belongsTo,
                                const Network &network, const OptimizerMemory &memory,
                                const std::vector<at::Tensor> &best);

/// Ties a checkpoint to its run, config and data.
std::int64_t fingerprintOf(const RunRecord &run);

/// @error NotResumable, detail: "other_format", "other_config"; Damaged (detail: what) where a
/// tensor is missing or numbers are none that a training writes.
Result<TrainingProgress> progressFrom(const std::vector<WeightBlob> &blobs, const RunRecord &run,
                                      const BehaviorConfig &config);

/// Gives network and trainer what the checkpoint holds. @return the parameters of the best epoch.
/// @error Damaged (detail: the tensor).
Result<std::vector<at::Tensor>> restoreState(const std::vector<WeightBlob> &blobs,
                                             const TrainingProgress &progress, Network &network,
                                             Trainer &trainer);

} // namespace perennial::net
