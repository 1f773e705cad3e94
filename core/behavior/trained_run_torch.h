#pragma once

// Private to core/behavior: a run that is done, as the project keeps it.

#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/ensemble_torch.h"
#include "core/behavior/train.h"

#include <cstdint>
#include <vector>

namespace perennial::net {

struct TrainedRun {
    RunRecord record;
    TrainReport report;
    BehaviorConfig config;
    Checkpoint checkpoint;
    std::vector<MemberBlobs> members;

    /// What its networks read, of nobody and without a catalogue yet.
    SequenceSource source() const;
    /// @error Damaged as loadParameters.
    Result<Networks> networks() const;
};

/// @param run 0 = the champion. @error NotTrained (detail: the run, where: the project) for one
/// that has no behaviour model to give; Damaged (where: "run N"), and what reading it says.
Result<TrainedRun> readTrainedRun(const Project &project, std::int64_t run);

} // namespace perennial::net
