#include "core/survival/survival_fit.h"

#include "core/numeric/proportions.h"

#include <boost/math/special_functions/erf.hpp>

#include <cmath>
#include <numbers>

namespace perennial {

std::string_view survivalFitStatusName(SurvivalFitStatus status) noexcept
{
    switch (status) {
    case SurvivalFitStatus::Converged: return "converged";
    case SurvivalFitStatus::MonotoneLikelihood: return "monotone_likelihood";
    case SurvivalFitStatus::DidNotConverge: return "did_not_converge";
    }
    return "did_not_converge";
}

std::string_view termStateName(TermState state) noexcept
{
    switch (state) {
    case TermState::Estimated: return "estimated";
    case TermState::Constant: return "constant";
    case TermState::Collinear: return "collinear";
    case TermState::Infinite: return "infinite";
    }
    return "estimated";
}

std::optional<double> SurvivalTerm::p() const
{
    if (!coefficient || !standardError || !(*standardError > 0.0)) {
        return std::nullopt;
    }
    const double z = *coefficient / *standardError;
    return chiSquareTail(z * z, 1.0);
}

ChiSquareTest chiSquareTest(double chi2, int df)
{
    return {chi2, df, df > 0 ? std::optional(chiSquareTail(chi2, df)) : std::nullopt};
}

std::optional<SurvivalRatio> ratioOf(const SurvivalTerm &term, double confidence)
{
    if (!term.coefficient || !term.standardError) {
        return std::nullopt;
    }
    const double reach =
        std::numbers::sqrt2 * boost::math::erf_inv(confidence) * *term.standardError;
    return SurvivalRatio{std::exp(*term.coefficient), std::exp(*term.coefficient - reach),
                         std::exp(*term.coefficient + reach)};
}

} // namespace perennial
