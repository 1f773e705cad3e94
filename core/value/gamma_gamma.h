#pragma once

#include "core/value/spend_model.h"

namespace perennial {

/// Gamma-Gamma: an order day's spend is Gamma(p, ν) with ν ~ Gamma(q, gamma) over customers;
/// population mean p gamma / (q - 1), infinite for q <= 1.
/// Source: Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value".
const SpendModel &gammaGammaModel();

/// Below this q the population's mean rests on a tail that no sample has seen: not used.
inline constexpr double kLeastUsableTail = 1.05;

} // namespace perennial
