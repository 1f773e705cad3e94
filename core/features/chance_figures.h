#pragma once

#include <optional>
#include <span>

namespace perennial {

/// How well chances foretold what happened. Empty where the rows give none.
struct ChanceFigures {
    double mass = 0;     ///< Σ weight
    double happened = 0; ///< Σ weight of those that happened
    /// P(chance of one that happened > of one that did not), ties count half; empty where all are
    /// alike.
    std::optional<double> auc;
    /// Σ over falling chances of (recall gained) × precision, equal chances as one step.
    std::optional<double> averagePrecision;
    std::optional<double> logLoss; ///< chances are kept 1e-7 from 0 and 1
    std::optional<double> brier;
    std::optional<double> ece;  ///< of calibration.h
    std::optional<double> bias; ///< Σ chances / Σ happened − 1
};

/// All in one pass, so that a bootstrap replicate costs O(n). Of scores that are no chances, auc
/// and averagePrecision only mean something.
/// @param chances ascending, finite. @param happened as long, 0 or 1.
/// @param weight as long, >= 0; empty = 1 each. @param bins of the ECE, >= 1.
/// Sources: Hanley & McNeil (1982), Radiology 143(1) (AUC); Boyd, Eng & Page (2013), "Area under
/// the precision-recall curve", ECML PKDD (average precision, not interpolated); Brier (1950),
/// Monthly Weather Review 78(1); Naeini, Cooper & Hauskrecht (2015), AAAI (ECE).
ChanceFigures chanceFigures(std::span<const double> chances, std::span<const double> happened,
                            std::span<const double> weight, int bins);

} // namespace perennial
