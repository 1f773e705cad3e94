#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace perennial {

/// How long a contract lasts, in whole periods. S(t) is the share still under contract after t
/// renewal decisions; S(0) = 1.
enum class ContractFamily {
    Sbg, ///< alpha, beta: a churn probability for life, Beta over customers
    Bdw, ///< alpha, beta, c: the same, each customer's hazard rising (c > 1) or falling with time
    Geometric, ///< lambda: one churn probability 1 − e^−lambda for all; the edge of the sBG
    DiscreteWeibull, ///< lambda, c: S(t) = exp(−lambda t^c); the edge of the BdW
};
/// "sbg", "bdw", "geometric", "discrete-weibull".
std::string_view contractFamilyName(ContractFamily family) noexcept;
/// @error UnknownModel, detail: the name.
Result<ContractFamily> contractFamilyFromName(std::string_view name);
std::span<const std::string_view> contractParameterNames(ContractFamily family) noexcept;

/// No contract is followed longer: a thousand years in days.
inline constexpr std::int32_t kMostContractPeriods = 365000;

/// A logarithm and its derivatives by the logarithms of the parameters, in their order.
struct ContractTerm {
    double log = 0.0;
    std::array<double, 3> by{};
};
/// log S(t). @param parameters natural scale, > 0. @param t >= 0.
///   sBG: B(alpha, beta + t) / B(alpha, beta); BdW: B(alpha, beta + t^c) / B(alpha, beta).
/// Sums and asymptotic series of differences, never a difference of large log-gammas.
/// Sources: Fader & Hardie (2007), Journal of Interactive Marketing 21(1); Fader, Hardie, Liu,
/// Davin & Steenburgh (2018), Journal of Interactive Marketing 43; Nakagawa & Osaki (1975).
ContractTerm logContractSurvival(ContractFamily family, std::span<const double> parameters,
                                 std::int32_t t);
/// log S(t) / S(t − 1), t >= 1: of the share of customers who renew at the t-th decision.
ContractTerm logContractRetention(ContractFamily family, std::span<const double> parameters,
                                  std::int32_t t);

/// S(t) in [0, 1].
double contractSurvival(ContractFamily family, std::span<const double> parameters, std::int32_t t);
/// S(t) / S(t − 1) in [0, 1].
double contractRetention(ContractFamily family, std::span<const double> parameters, std::int32_t t);
/// 1 − retention: P(T = t | T >= t).
double contractHazard(ContractFamily family, std::span<const double> parameters, std::int32_t t);

} // namespace perennial
