#pragma once

#include "core/survival/cox.h"

#include <optional>
#include <string_view>
#include <vector>

namespace perennial {

/// What a coefficient may drift with: 1 − the Kaplan–Meier curve just before each event (all strata
/// together), the event's rank among all durations (ties averaged), log t or t, as R's cox.zph has
/// them from version 3 of survival on.
enum class TimeTransform { KaplanMeier, Rank, Log, Identity };
std::string_view timeTransformName(TimeTransform transform) noexcept; // "km", "rank", …
std::optional<TimeTransform> timeTransformFromName(std::string_view name) noexcept;

struct ProportionalityTest {
    TimeTransform transform = TimeTransform::KaplanMeier;
    ChiSquareTest global;
    std::vector<ChiSquareTest> terms; ///< df 0 where a term has no coefficient
};

/// Whether the hazards stay proportional: score test of adding β·g(t) to each coefficient, one term
/// at a time and all at once.
/// @param data, fit a fit and what it is of.
/// @param termOf number of the term each covariate belongs to, rising from 0: the dummies of one
/// column are tested together; empty = each by itself.
/// @error DidNotConverge where the fit didn't; InvalidArgument (where: "transform") for log t with
/// an event at 0; (where: "lengths") of `termOf`.
/// Source: Grambsch & Therneau (1994), Biometrika 81, 515–526; as a score test Therneau, R survival
/// 3.x, cox.zph.
Result<ProportionalityTest> testProportionality(const CoxData &data, const CoxFit &fit,
                                                TimeTransform transform,
                                                const std::vector<std::size_t> &termOf = {});

/// For each event the coefficient it would speak for: β + events × Cov(β̂) × Schoenfeld residual.
/// Their smoothed course over g(t) is that of β(t).
struct ScaledSchoenfeld {
    std::vector<double> time, transformed;      ///< by event, in rising time within strata
    /// By covariate, then event; empty = no coefficient.
    std::vector<std::vector<double>> residuals;
};
/// @error as testProportionality.
Result<ScaledSchoenfeld> scaledSchoenfeld(const CoxData &data, const CoxFit &fit,
                                          TimeTransform transform);

} // namespace perennial
