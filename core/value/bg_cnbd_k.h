#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// BG/CNBD-k and MBG/CNBD-k: the BG/NBD and MBG/NBD of customers who buy regularly. A purchase is
/// every k-th event of a Poisson process, so that gaps are Erlang-k: k = 1 is the BG/NBD or MBG/NBD
/// itself. CNBD-k: the same without dropout, the edge of both.
///
/// The first parameter is "k", a whole number: the one of 1, 2, … whose best likelihood is largest,
/// tried until two in a row are worse, at most up to kMostRegular = 12 (there the fit says Boundary,
/// "most_regular"; BTYDplus stops at 12 too). It has no standard error: its row of the covariance is
/// zero, and the others' errors are those at this k. Without churn the CNBD-k of the same k is
/// reported, or the NBD where k = 1.
/// The fit needs RepeatTable::logGaps. @error InvalidArgument, where: "gaps", without them.
/// logLikelihood rounds k, and its gradient leaves k out.
/// Source: Platzer & Reutterer (2016), Marketing Science 35(5); Reutterer, Platzer & Schröder (2021),
/// IJRM 38(1); CNBD: Chatfield & Goodhardt (1973), JMR 10(1). Predictions are exact where BTYDplus
/// approximates (regular_purchases.h).
const FrequencyModel &bgCnbdKModel();
const FrequencyModel &mbgCnbdKModel();
const FrequencyModel &cnbdKModel();

} // namespace perennial
