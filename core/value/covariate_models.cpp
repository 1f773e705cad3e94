#include "core/value/beta_geometric.h"
#include "core/value/bg_nbd.h"
#include "core/value/covariates.h"
#include "core/value/mbg_nbd.h"
#include "core/value/nbd.h"
#include "core/value/pareto_nbd.h"

#include <array>

namespace perennial {

namespace {

// alpha falls where customers buy more often; a and b rise on their own, as Fader & Hardie have it.
constexpr std::array<CovariateEffect, 3> kBetaGeometric{{{1, -1.0}, {2, 1.0}, {3, 1.0}}};
// beta falls where customers leave sooner.
constexpr std::array<CovariateEffect, 2> kPareto{{{1, -1.0}, {3, -1.0}}};
constexpr std::array<CovariateEffect, 1> kNbd{{{1, -1.0}}};

template <Leaving leaving>
CustomerLikelihood ofCustomer(std::span<const double> p, const RepeatHistory &h)
{
    return betaGeometricOfCustomer({leaving, 1}, p, h);
}

} // namespace

std::vector<CovariateModel> covariateModels()
{
    return {{&bgNbdModel(), kBetaGeometric, &ofCustomer<Leaving::AfterRepeats>},
            {&mbgNbdModel(), kBetaGeometric, &ofCustomer<Leaving::AfterAny>},
            {&paretoNbdModel(), kPareto, &paretoNbdOfCustomer},
            {&nbdModel(), kNbd, &ofCustomer<Leaving::Never>}};
}

Result<CovariateModel> findCovariateModel(std::string_view name)
{
    for (const CovariateModel &candidate : covariateModels()) {
        if (candidate.model->name() == name) {
            return candidate;
        }
    }
    return fail(ErrorCode::UnknownModel, std::string(name), "covariates");
}

} // namespace perennial
