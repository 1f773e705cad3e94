#include "core/value/interval_sample.h"

#include "core/value/frequency_model.h"
#include "core/value/spend_model.h"

#include <cmath>
#include <memory>
#include <set>
#include <utility>

namespace perennial {

namespace {

/// Draws the weights of the distinct customers: multinomial, one draw a customer.
RepeatTable drawTable(const OutlookClasses &classes, const std::vector<double> &logGaps, Rng &rng)
{
    const auto customers = static_cast<std::uint32_t>(classes.of.size());
    std::vector<double> weights(classes.size());
    double gaps = 0.0;
    for (std::uint32_t i = 0; i < customers; ++i) {
        const std::uint32_t drawn = rng.below(customers);
        weights[classes.of[drawn]] += 1.0;
        gaps += logGaps.size() == customers ? logGaps[drawn] : 0.0;
    }
    RepeatTable table;
    for (std::size_t c = 0; c < classes.size(); ++c) {
        if (weights[c] > 0.0) {
            table.x.push_back(classes.x[c]);
            table.tx.push_back(classes.tx[c]);
            table.T.push_back(classes.T[c]);
            table.weight.push_back(weights[c]);
        }
    }
    table.customers = customers;
    if (logGaps.size() == customers) {
        table.logGaps = gaps;
    }
    return table;
}

IntervalSample ofFrequency(const FrequencyModel &model, const CustomerSummary &customers)
{
    IntervalSample sample;
    auto table = std::make_shared<const RepeatTable>(mergeEqualCustomers(customers));
    auto classes = std::make_shared<const OutlookClasses>(outlookClasses(customers, true));
    sample.distinct = table->size();
    sample.likelihood = [&model, table](std::span<const double> p) {
        return model.logLikelihood(p, *table);
    };
    sample.resampled = [&model, &customers, classes](Rng &rng) -> LikelihoodOf {
        auto drawn =
            std::make_shared<const RepeatTable>(drawTable(*classes, customers.logGaps, rng));
        return [&model, drawn](std::span<const double> p) {
            return model.logLikelihood(p, *drawn);
        };
    };
    return sample;
}

/// Those that spend models use.
CustomerSummary spenders(const CustomerSummary &customers)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const double mean = customers.meanSpend[i];
        if (customers.spendDays[i] > 0 && std::isfinite(mean) && mean > 0.0) {
            rows.push_back(i);
        }
    }
    return customersAt(customers, rows);
}

IntervalSample ofSpend(const SpendModel &model, const CustomerSummary &customers)
{
    IntervalSample sample;
    auto used = std::make_shared<const CustomerSummary>(spenders(customers));
    std::set<std::pair<std::int32_t, double>> kinds;
    for (std::size_t i = 0; i < used->size() && kinds.size() < 2; ++i) {
        kinds.emplace(used->spendDays[i], used->meanSpend[i]);
    }
    sample.distinct = kinds.size();
    sample.likelihood = [&model, used](std::span<const double> p) {
        return model.logLikelihood(p, *used);
    };
    sample.resampled = [&model, used](Rng &rng) -> LikelihoodOf {
        std::vector<std::size_t> rows(used->size());
        for (std::size_t &row : rows) {
            row = rng.below(static_cast<std::uint32_t>(used->size()));
        }
        auto drawn = std::make_shared<const CustomerSummary>(customersAt(*used, rows));
        return [&model, drawn](std::span<const double> p) {
            return model.logLikelihood(p, *drawn);
        };
    };
    return sample;
}

} // namespace

Result<IntervalSample> intervalSample(std::string_view model, const CustomerSummary &customers)
{
    if (const auto frequency = findFrequencyModel(model)) {
        return ofFrequency(**frequency, customers);
    }
    const auto spend = findSpendModel(model);
    if (!spend) {
        return spend.error();
    }
    return ofSpend(**spend, customers);
}

} // namespace perennial
