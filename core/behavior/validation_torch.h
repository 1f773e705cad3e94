#pragma once

// Private to core/behavior: the network's answers at the cut, beside what happened.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/ensemble_torch.h"
#include "core/behavior/train.h"
#include "core/behavior/trainer_torch.h"
#include "core/neural/crew.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace perennial::net {

/// A validation user's truth, with catalogue rows beside the item ids. Predictions are filled in by
/// `predict`.
struct ValidationCase {
    ValidationRow row;
    std::int32_t nextItem = 0, newItem = 0; ///< catalogue rows, 0 = none
};

/// Every user with an event up to the cut, in id order.
std::vector<ValidationCase> validationCases(const SequenceSource &source, const HistorySplit &split);

/// At most `most` of them, drawn by the seed, in id order.
std::vector<ValidationCase> sampleCases(const std::vector<ValidationCase> &cases, std::size_t most,
                                        std::int64_t seed);

struct ValidationSetup {
    const SequenceSource *source = nullptr;
    Day cut = 0;
    Heads heads;
    ZilnBounds bounds;
    int labelDays = 0; ///< of the window
    int knownDays = 0; ///< up to which the network has seen returns; 0 = the same
    double carry = 1;  ///< the window over that of the labels: chances and value are carried to it
};

/// Fills the rows' predictions, rank and newRank. @return sums of the heads' losses; of several
/// networks that of the mean for the next item, else the mean of theirs.
/// @error Cancelled.
Result<LossSums> predict(std::vector<ValidationCase> &cases, const Ensemble &ensemble,
                         const ValidationSetup &setup, WorkerCrew &crew, const Task &task);
Result<LossSums> predict(std::vector<ValidationCase> &cases, const Network &network,
                         const ValidationSetup &setup, WorkerCrew &crew, const Task &task);

/// Log probabilities of the next item by project item id, as ValidationSet::itemScores gives them.
Result<std::vector<std::vector<float>>> itemScoresAt(Day cut, std::span<const std::int64_t> users,
                                                     const SequenceSource &source,
                                                     const Ensemble &ensemble);

BehaviorMetrics metricsOf(const std::vector<ValidationCase> &cases, const ValidationSetup &setup);

} // namespace perennial::net
