#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// MBG/NBD: the BG/NBD with one more chance to leave, right after the first purchase, so that one who
/// never came back may well have left.
/// Source: Batislam, Denizel & Filiztekin (2007), IJRM 24(3); Hoppe & Wagner (2007), Marketing JRM
/// 3(2).
const FrequencyModel &mbgNbdModel();

} // namespace perennial
