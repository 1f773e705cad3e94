#pragma once

#include "core/scenario/lever.h"

namespace perennial {

// Each in the file of its name.
const Lever &retentionLever();
const Lever &frequencyLever();
const Lever &orderValueLever();

} // namespace perennial
