#pragma once

// Private to core/behavior: what a training's next epoch depends on besides the project and its
// config, as raw tensors and back.

#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/ensemble_torch.h"
#include "core/behavior/trainer_torch.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace perennial::net {

/// How far the training of a network is; everything in a checkpoint that is no tensor.
struct TrainingProgress {
    int members = 0;           ///< networks trained before
    int epoch = 0;             ///< epochs done
    int refits = 0;            ///< passes of the refit done
    int bestEpoch = 0;
    double bestMeasure = INFINITY; ///< of the best epoch: see measureOf
    double seconds = 0;        ///< of the run so far, in all sessions
    TrainerCounts trainer;
};

/// A network whose training has ended.
struct TrainedMember {
    int epochs = 0, bestEpoch = 0;
    TrainerCounts trainer;
    std::vector<HeadFit> fits;
    MemberBlobs cut;      ///< parameters of the best epoch
    MemberBlobs refitted; ///< the same after the refit; empty = there was none
    const MemberBlobs &atCut() const noexcept { return cut; }
    const MemberBlobs &kept() const noexcept { return refitted.empty() ? cut : refitted; }
};

/// What every later checkpoint of the run keeps, see addEpoch. @param number of the member, from 1.
std::vector<WeightBlob> toBlobs(const TrainedMember &member, int number);
/// What checkpoints keep, by the names that it was given under, taken out of one.
std::vector<WeightBlob> takeKept(std::vector<WeightBlob> &checkpoint);
/// Members 1 … count of it, taken out.
/// @error Damaged where numbers are missing or none that a training writes.
Result<std::vector<TrainedMember>> membersFrom(std::vector<WeightBlob> &kept, int count,
                                               const BehaviorConfig &config);

/// Between two members, when no epoch of the next one is done.
std::vector<WeightBlob> toBlobs(const TrainingProgress &progress, std::int64_t belongsTo);

/// @param belongsTo of the run, see fingerprintOf.
/// @param best parameters of the best epoch, as Network::tensors().
std::vector<WeightBlob> toBlobs(const TrainingProgress &progress, std::int64_t belongsTo,
                                const Network &network, const OptimizerMemory &memory,
                                const std::vector<at::Tensor> &best);

/// Ties a checkpoint to its run, config and data.
std::int64_t fingerprintOf(const RunRecord &run);

/// @param blobs without what checkpoints keep. @error NotResumable, detail: "other_format",
/// "other_config"; Damaged (detail: what) where a tensor is missing or numbers are none that a
/// training writes.
Result<TrainingProgress> progressFrom(const std::vector<WeightBlob> &blobs, const RunRecord &run,
                                      const BehaviorConfig &config);

/// Gives network and trainer what the checkpoint holds of an epoch that is done.
/// @return the parameters of the best epoch. @error Damaged (detail: the tensor).
Result<std::vector<at::Tensor>> restoreState(const std::vector<WeightBlob> &blobs,
                                             const TrainingProgress &progress, Network &network,
                                             Trainer &trainer);

} // namespace perennial::net
