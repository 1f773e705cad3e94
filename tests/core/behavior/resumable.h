#pragma once

#include "core/behavior/config.h"

namespace perennial::test {

/// A training of which every part can be interrupted: epochs that get better and worse, dropout, a
/// refit of several passes.
inline BehaviorConfig resumableConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 32;
    config.epochs = 6;
    config.patience = 3;
    config.learningRate = 0.02;
    config.refitEpochs = 2;
    return config;
}

} // namespace perennial::test
