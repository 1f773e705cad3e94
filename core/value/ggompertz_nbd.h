#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// GGompertz/NBD: purchases as in the NBD, and customers leave unseen with a hazard that grows (or,
/// over customers, falls) with age: η b e^(bt), η Gamma(s, beta). b is per period, beta has no
/// unit. Where b → 0 and beta with it, this is the Pareto/NBD with beta / b; where it explains no
/// more, a fit says "no_aging" and reports that. Source: Bemmaor & Glady (2012), "Modeling
/// purchasing behavior with sudden death: a flexible customer lifetime model", Management Science
/// 58(5).
const FrequencyModel &ggompertzNbdModel();

} // namespace perennial
