#include "core/value/bg_bb.h"
#include "core/value/bg_cnbd_k.h"
#include "core/value/bg_nbd.h"
#include "core/value/frequency_model.h"
#include "core/value/gamma_gamma.h"
#include "core/value/ggompertz_nbd.h"
#include "core/value/mbg_nbd.h"
#include "core/value/nbd.h"
#include "core/value/pareto_nbd.h"
#include "core/value/spend_model.h"

#include <array>

namespace perennial {

namespace {

// A new model is one file and one line here.
std::vector<const FrequencyModel *> frequencyModels()
{
    return {&bgNbdModel(),    &mbgNbdModel(),    &bgCnbdKModel(),
            &mbgCnbdKModel(), &paretoNbdModel(), &ggompertzNbdModel(),
            &bgBbModel(),     &cnbdKModel(),     &nbdModel()};
}

std::array<const SpendModel *, 1> spendModels()
{
    return {&gammaGammaModel()};
}

template <class Models>
std::vector<std::string_view> namesOf(const Models &models)
{
    std::vector<std::string_view> names;
    for (const auto *model : models) {
        names.push_back(model->name());
    }
    return names;
}

template <class Model, class Models>
Result<const Model *> findIn(const Models &models, std::string_view name)
{
    for (const Model *model : models) {
        if (model->name() == name) {
            return model;
        }
    }
    return fail(ErrorCode::UnknownModel, std::string(name));
}

} // namespace

std::vector<std::string_view> frequencyModelNames()
{
    return namesOf(frequencyModels());
}

Result<const FrequencyModel *> findFrequencyModel(std::string_view name)
{
    return findIn<FrequencyModel>(frequencyModels(), name);
}

bool frequencyModelReadsGaps(std::string_view name)
{
    const auto found = findFrequencyModel(name);
    return found && (*found)->readsGaps();
}

std::vector<std::string_view> spendModelNames()
{
    return namesOf(spendModels());
}

Result<const SpendModel *> findSpendModel(std::string_view name)
{
    return findIn<SpendModel>(spendModels(), name);
}

} // namespace perennial
