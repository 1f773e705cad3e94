#include "core/forecast/forecaster.h"
#include "core/forecast/learned.h"
#include "core/forecast/naive.h"
#include "core/forecast/probabilistic.h"
#include "core/value/frequency_model.h"

namespace perennial {

namespace {

/// The naive rules first, then each frequency model of core/value, then what is learned.
const std::vector<const Forecaster *> &forecasters()
{
    static const auto kProbabilistic = [] {
        std::vector<std::unique_ptr<const Forecaster>> all;
        for (const std::string_view model : frequencyModelNames()) {
            all.push_back(probabilisticForecaster(model));
        }
        return all;
    }();
    static const auto kAll = [] {
        std::vector<const Forecaster *> all{&pastOverWindow(), &pastOverTenure(), &pastRecent()};
        for (const auto &forecaster : kProbabilistic) {
            all.push_back(forecaster.get());
        }
        all.insert(all.end(),
                   {&boostedTreesForecaster(), &zilnForecaster(), &stackForecaster()});
        return all;
    }();
    return kAll;
}

} // namespace

std::vector<std::string_view> forecasterNames()
{
    std::vector<std::string_view> names;
    for (const Forecaster *forecaster : forecasters()) {
        names.push_back(forecaster->name());
    }
    return names;
}

Result<const Forecaster *> findForecaster(std::string_view name)
{
    for (const Forecaster *forecaster : forecasters()) {
        if (forecaster->name() == name) {
            return forecaster;
        }
    }
    return fail(ErrorCode::UnknownModel, std::string(name));
}

} // namespace perennial
