#include "core/contract/contract_survival.h"

#include "core/numeric/special.h"

#include <cmath>

namespace perennial {

namespace {

constexpr std::array kFamilies{ContractFamily::Sbg, ContractFamily::Bdw, ContractFamily::Geometric,
                               ContractFamily::DiscreteWeibull};

/// log Γ(v + step) − log Γ(v), v > 0, step >= 0.
double logGammaDifference(double v, double step)
{
    double sum = 0.0;
    for (; v < kStirlingIsExact; v += 1.0) {
        sum -= std::log1p(step / v);
    }
    return sum + (v - 0.5) * std::log1p(step / v) + step * (std::log(v + step) - 1.0) +
           stirlingRest(v + step) - stirlingRest(v);
}

/// ψ(v + step) − ψ(v), v > 0, step >= 0.
double digammaDifference(double v, double step)
{
    double sum = 0.0;
    for (; v < kStirlingIsExact; v += 1.0) {
        sum += step / v / (v + step);
    }
    return sum + std::log1p(step / v) + 0.5 * step / v / (v + step) + digammaRest(v + step) -
           digammaRest(v);
}

bool hasShape(ContractFamily family)
{
    return family == ContractFamily::Bdw || family == ContractFamily::DiscreteWeibull;
}

bool isHomogeneous(ContractFamily family)
{
    return family == ContractFamily::Geometric || family == ContractFamily::DiscreteWeibull;
}

/// t^c and its derivative by log c.
struct Age {
    double value = 0.0, byLogC = 0.0;
};

Age ageAt(ContractFamily family, std::span<const double> parameters, std::int32_t t)
{
    if (!hasShape(family) || t == 0) {
        return {static_cast<double>(t), 0.0};
    }
    const double c = parameters.back();
    const double logAge = c * std::log(static_cast<double>(t));
    return {std::exp(logAge), std::exp(logAge) * logAge};
}

/// log S at the age `to` over S at the age `from`.
ContractTerm betweenAges(ContractFamily family, std::span<const double> parameters, Age from,
                         Age to)
{
    const double step = to.value - from.value;
    if (isHomogeneous(family)) {
        const double lambda = parameters[0];
        return {-lambda * step, {-lambda * step, -lambda * (to.byLogC - from.byLogC), 0.0}};
    }
    const double alpha = parameters[0];
    const double beta = parameters[1] + from.value;
    ContractTerm term;
    term.log = logGammaDifference(beta, step) - logGammaDifference(alpha + beta, step);
    const double both = digammaDifference(alpha + beta, step);
    term.by[0] = -alpha * both;
    term.by[1] = parameters[1] * (digammaDifference(beta, step) - both);
    if (hasShape(family)) {
        term.by[2] = digammaDifference(beta, alpha) * from.byLogC -
                     digammaDifference(parameters[1] + to.value, alpha) * to.byLogC;
    }
    return term;
}

} // namespace

std::string_view contractFamilyName(ContractFamily family) noexcept
{
    switch (family) {
    case ContractFamily::Sbg:
        return "sbg";
    case ContractFamily::Bdw:
        return "bdw";
    case ContractFamily::Geometric:
        return "geometric";
    case ContractFamily::DiscreteWeibull:
        return "discrete-weibull";
    }
    return {};
}

Result<ContractFamily> contractFamilyFromName(std::string_view name)
{
    for (const ContractFamily family : kFamilies) {
        if (name == contractFamilyName(family)) {
            return family;
        }
    }
    return fail(ErrorCode::UnknownModel, std::string(name));
}

std::span<const std::string_view> contractParameterNames(ContractFamily family) noexcept
{
    static constexpr std::array<std::string_view, 3> kBeta{"alpha", "beta", "c"};
    static constexpr std::array<std::string_view, 2> kOne{"lambda", "c"};
    const std::size_t shape = hasShape(family) ? 1 : 0;
    return isHomogeneous(family) ? std::span(kOne).first(1 + shape)
                                 : std::span(kBeta).first(2 + shape);
}

ContractTerm logContractSurvival(ContractFamily family, std::span<const double> parameters,
                                 std::int32_t t)
{
    return betweenAges(family, parameters, {}, ageAt(family, parameters, t));
}

ContractTerm logContractRetention(ContractFamily family, std::span<const double> parameters,
                                  std::int32_t t)
{
    return betweenAges(family, parameters, ageAt(family, parameters, t - 1),
                       ageAt(family, parameters, t));
}

double contractSurvival(ContractFamily family, std::span<const double> parameters, std::int32_t t)
{
    return std::exp(std::min(0.0, logContractSurvival(family, parameters, t).log));
}

double contractRetention(ContractFamily family, std::span<const double> parameters, std::int32_t t)
{
    return std::exp(std::min(0.0, logContractRetention(family, parameters, t).log));
}

double contractHazard(ContractFamily family, std::span<const double> parameters, std::int32_t t)
{
    return -std::expm1(std::min(0.0, logContractRetention(family, parameters, t).log));
}

} // namespace perennial
