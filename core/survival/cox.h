#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/survival/concordance.h"
#include "core/survival/survival_fit.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// What is done where several events share a time.
enum class CoxTies { Efron, Breslow };
std::string_view coxTiesName(CoxTies ties) noexcept; // "efron", "breslow"
std::optional<CoxTies> coxTiesFromName(std::string_view name) noexcept;

/// Rows to fit; all columns of one length, which outlive what is computed from them.
struct CoxData {
    std::span<const double> durations;       ///< finite, >= 0
    std::span<const std::int8_t> observed;   ///< 1 = event, 0 = right censored
    std::vector<std::span<const double>> covariates; ///< finite
    std::span<const std::uint32_t> strata;   ///< empty = one: each has a baseline hazard of its own
};
inline constexpr std::size_t kMostCoxCovariates = 500;

/// Hazards h(t | x) = h₀(t) exp(Σ βₖ xₖ), with h₀ of each stratum left open.
struct CoxFit {
    CoxTies ties = CoxTies::Efron;
    SurvivalFitStatus status = SurvivalFitStatus::DidNotConverge;
    int iterations = 0;
    std::size_t rows = 0, events = 0, strata = 0;
    std::vector<SurvivalTerm> terms; ///< by covariate
    std::vector<double> means;       ///< by covariate, over all rows
    double logLikelihood = 0.0, nullLogLikelihood = 0.0; ///< partial; null = all β 0
    ChiSquareTest likelihoodRatio, score;
    std::optional<ChiSquareTest> wald; ///< none of a monotone likelihood
    Concordance concordance;           ///< of the fit's own rows, within strata

    /// The estimated coefficients, 0 for the other terms.
    std::vector<double> coefficients() const;
};

/// @error InvalidArgument (where: "durations", "lengths", "covariates"); TooLittleData without an
/// event (detail: "events") or with fewer than 2 rows ("rows"); NotFinite; Cancelled.
/// A covariate that is constant or collinear is left out and told; a likelihood without a top is
/// told by status and terms. Cost per step O(n × covariates²).
/// Source: Cox (1972), JRSS B 34, 187–220; ties: Efron (1977), JASA 72, 557–565; Breslow (1974),
/// Biometrics 30, 89–99; Therneau & Grambsch (2000), Modeling Survival Data, ch. 3.
Result<CoxFit> fitCox(const CoxData &data, CoxTies ties, const Task &task);

/// Cumulative hazard of one stratum at the covariates' means.
struct BaselineHazard {
    std::uint32_t stratum = 0;
    std::vector<double> time, cumulative; ///< at every event time, rising

    /// H₀(t): 0 before the first event.
    double at(double t) const noexcept;
};
/// By rising stratum. Its increments go with the ties of the fit. Infinite terms count 0.
/// @param data what the fit is of. Source: Breslow (1972), JRSS B 34, 216–217; Efron's weights as
/// for the likelihood, Therneau & Grambsch (2000), 10.2.
std::vector<BaselineHazard> baselineHazard(const CoxData &data, const CoxFit &fit);

/// Σ βₖ (xₖ − mean of xₖ) of a row, so that S(t | x) = exp(−H₀(t) e^that). @param x as many as
/// terms.
double coxPredictor(const CoxFit &fit, std::span<const double> x);

} // namespace perennial
