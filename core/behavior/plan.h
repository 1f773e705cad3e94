#pragma once

// Private to core/behavior: which sequences an epoch trains on. No LibTorch here.

#include "core/behavior/batch.h"
#include "core/behavior/return_time.h"

#include <array>
#include <cstdint>
#include <vector>

namespace perennial {

struct PlanOptions {
    Day cut = 0;        ///< no anchor lies after it
    Day lastAnchor = 0; ///< of windows with a label
    bool nextItem = true, labels = true; ///< what is learned
    int windowsPerUser = 2;
    std::int64_t seed = 1;
};

/// Draws each user's windows for one epoch and shuffles them all. A labelled window's anchor is
/// lastAnchor or, every second time, any day since the user's first event; windows for the next
/// item alone fill the days after lastAnchor, where no label is known yet.
std::vector<TrainingWindow> planEpoch(const EventTable &events, const PlanOptions &options,
                                      int epoch);

/// What the labels of some windows look like, for the heads' starting points and bounds.
struct LabelSummary {
    std::int64_t labels = 0, churned = 0, paying = 0; ///< paying: value > 0
    std::int64_t clicked = 0, returned = 0;
    std::array<double, kReturnStretches> returns{}; ///< in each stretch of the time to return …
    std::array<double, kReturnStretches> waited{};  ///< … and the days that were waited there
    double meanLog = 0, deviationLog = 0, largestLog = 0; ///< of log value over the paying
};
LabelSummary summarizeLabels(const EventTable &events, const std::vector<TrainingWindow> &windows,
                             int labelDays);

} // namespace perennial
