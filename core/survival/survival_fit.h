#pragma once

#include <optional>
#include <string_view>

namespace perennial {

/// What a regression on survival times came to.
enum class SurvivalFitStatus {
    Converged,
    /// The likelihood rises for ever along some coefficients: a group without an event, say. Those
    /// terms are Infinite; likelihood and the other terms are at their limit.
    MonotoneLikelihood,
    DidNotConverge,
};
std::string_view survivalFitStatusName(SurvivalFitStatus status) noexcept; // "converged", …

/// What became of one covariate.
enum class TermState {
    Estimated,
    Constant,  ///< never differs among those compared: left out
    Collinear, ///< a combination of the ones before it: left out
    Infinite,  ///< no finite coefficient is best
};
std::string_view termStateName(TermState state) noexcept; // "estimated", …

/// A coefficient with what is known of it.
struct SurvivalTerm {
    TermState state = TermState::Estimated;
    std::optional<double> coefficient, standardError; ///< of estimated terms alone
    int sign = 0; ///< of an infinite one, −1 or 1: which way it runs

    std::optional<double> p() const; ///< two-sided, of coefficient 0 (Wald)
};

struct ChiSquareTest {
    double chi2 = 0.0;
    int df = 0;
    std::optional<double> p; ///< none where df = 0
};
ChiSquareTest chiSquareTest(double chi2, int df);

/// exp(coefficient) with its interval. Upper ends may be infinite.
struct SurvivalRatio {
    double ratio = 1.0, lower = 1.0, upper = 1.0;
};
/// None where the term has no coefficient. @param confidence in (0, 1).
std::optional<SurvivalRatio> ratioOf(const SurvivalTerm &term, double confidence);

} // namespace perennial
