#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// BG/NBD: purchases as in the NBD, and after each repeat purchase a customer leaves for good with a
/// probability that is Beta(a, b) over customers. One who never came back can't have left.
/// Source: Fader, Hardie & Lee (2005), Marketing Science 24(2).
const FrequencyModel &bgNbdModel();

} // namespace perennial
