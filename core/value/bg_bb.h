#pragma once

#include "core/value/frequency_model.h"

namespace perennial {

/// BG/BB: in each whole period an active customer orders with a probability that is Beta(alpha,
/// beta) over customers, and before each he leaves for good with one that is Beta(gamma, delta).
/// For shops where an order is possible once a period: donations, subscriptions' boxes, yearly
/// fairs.
///
/// x, tx and T are whole periods, as summarizeByPeriod counts them; others are taken down to what
/// fits: T to the last whole period, tx up, x to at most one a period, and windows of more than
/// 20,000 periods to that. Time t ahead is counted in periods from T, and between two whole ones
/// everything is the mean of both, weighted by distance.
///
/// Where nobody leaves there is no simpler model on this clock: the fit says "no_dropout" and
/// carries the beta-binomial's alpha and beta, with a gamma that is next to nothing. Source: Fader,
/// Hardie & Shang (2010), "Customer-base analysis in a discrete-time noncontractual setting",
/// Marketing Science 29(6).
const FrequencyModel &bgBbModel();

} // namespace perennial
