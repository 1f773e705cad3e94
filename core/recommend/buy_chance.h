#pragma once

#include "core/features/splits.h"
#include "core/numeric/bootstrap.h"
#include "core/numeric/logistic.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// P(a user buys within a window) from what his history sums up to (summarizeHistory): a logistic
/// regression over it, standardised. Used where no network says it.
struct UserChance {
    std::array<double, kSummarySize> mean{}, deviation{};
    LogisticModel model;
    bool fitted() const noexcept { return model.fitted(); }
    double probability(const HistorySummary &summary) const;
};
/// @param summaries of users up to a cut. @param bought whether each buys within the window after
/// it.
UserChance fitUserChance(std::span<const HistorySummary> summaries,
                         const std::vector<bool> &bought);

/// A user and an item before a window.
struct ItemCase {
    double user = 0;    ///< P(the user buys anything within the window), in (0, 1)
    double share = 0;   ///< of the item in the user's blended scores, in (0, 1]
    bool again = false; ///< he had bought it before
};

/// P(user buys item within the window), in two steps. Platt scaling of the log-odds that a user
/// buys and the log share of the item: logit P = c₀ + c₁ logit P(user buys) + c₂ log share + (c₃ +
/// c₄ log share) where he had bought it before. Then isotonic regression over bins in which the
/// first step expects as many purchases each, at the mean of what it says of a bin (both ends where
/// bins were pooled), joined by lines in log-odds: the order of the first step is never turned.
/// Sources: Platt (1999), "Probabilistic outputs for support vector machines"; Zadrozny & Elkan
/// (2002), KDD; Ayer, Brunk, Ewing, Reid & Silverman (1955) for pooling adjacent violators.
struct ItemChance {
    LogisticModel model;
    struct Knot {
        double from = 0, to = 0; ///< log-odds of the first step, and what they become
    };
    std::vector<Knot> knots; ///< `from` rises, `to` doesn't fall; empty = the first step alone
    bool fitted() const noexcept { return model.fitted(); }
    double probability(const ItemCase &one) const;
};
/// @param weight how many pairs each case stands for. Not fitted where one class is missing.
ItemChance fitItemChance(std::span<const ItemCase> cases, const std::vector<bool> &bought,
                         std::span<const double> weight);

/// A probability within `window` days carried to `horizon` days at a constant rate.
double carriedChance(double probability, int window, int horizon) noexcept;

/// How far probabilities are from what happened.
struct CalibrationError {
    double error = 0; ///< see features/calibration.h
    /// User bootstrap, its replicates moved down by what they exceed the error by on average (the
    /// error of any sample is above 0, so that of samples of it is above its own), never below 0.
    std::optional<Interval> interval;
    double predicted = 0, happened = 0; ///< means over all cases
    std::int64_t cases = 0;
};
/// Expected calibration error with its interval. @param users of each case.
/// @param bins >= 1.
std::optional<CalibrationError> calibrationError(std::span<const double> probabilities,
                                                 const std::vector<bool> &happened,
                                                 std::span<const std::int64_t> users, int bins,
                                                 int replicates, std::uint64_t seed);

} // namespace perennial
