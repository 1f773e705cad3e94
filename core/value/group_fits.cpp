#include "core/value/group_fits.h"

#include "core/value/frequency_model.h"

#include <boost/math/distributions/chi_squared.hpp>

#include <algorithm>

namespace perennial {

namespace {

/// The likelihood-ratio test, where all fits are of one model.
std::optional<LikelihoodRatio> ratioOf(const GroupFits &fits)
{
    double separate = 0.0;
    int fitted = 0;
    for (const GroupFit &group : fits.groups) {
        if (!group.fit) {
            continue;
        }
        if (group.fit->reportedModel != fits.pooled.reportedModel) {
            return std::nullopt;
        }
        separate += group.fit->logLikelihood;
        ++fitted;
    }
    if (fitted < 2) {
        return std::nullopt;
    }
    LikelihoodRatio ratio;
    ratio.statistic = std::max(0.0, 2.0 * (separate - fits.pooled.logLikelihood));
    ratio.degrees = (fitted - 1) * static_cast<int>(fits.pooled.parameters.size());
    const boost::math::chi_squared distribution(ratio.degrees);
    ratio.p = boost::math::cdf(boost::math::complement(distribution, ratio.statistic));
    return ratio;
}

Result<GroupFit> fitOne(std::string_view model, const CustomerSummary &customers, std::string name,
                        const FitOptions &options, const Task &task)
{
    GroupFit group;
    group.group = std::move(name);
    group.customers = static_cast<std::int64_t>(customers.size());
    if (group.customers < kLeastGroupCustomers) {
        group.error = Error{ErrorCode::TooLittleData, std::to_string(group.customers), "customers"};
        return group;
    }
    auto fit = fitFrequencyModel(model, customers, options, task);
    if (fit && fit->usable()) {
        group.fit = std::move(*fit);
    } else if (fit) {
        group.error = Error{ErrorCode::DidNotConverge, fit->reason, std::string(model)};
    } else if (fit.error().code == ErrorCode::Cancelled) {
        return fit.error();
    } else {
        group.error = fit.error();
    }
    return group;
}

} // namespace

Result<GroupFits> fitByGroup(std::string_view model, const CustomerSummary &customers,
                             std::span<const std::int32_t> groupOf,
                             const std::vector<std::string> &names, const FitOptions &options,
                             const Task &task)
{
    if (const auto known = findFrequencyModel(model); !known) {
        return known.error();
    }
    std::vector<std::vector<std::size_t>> rows(names.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        if (groupOf[i] >= 0) {
            rows[static_cast<std::size_t>(groupOf[i])].push_back(i);
        }
    }
    GroupFits fits;
    std::vector<std::size_t> together;
    const double steps = static_cast<double>(names.size()) + 1.0;
    for (std::size_t g = 0; g < names.size(); ++g) {
        auto group = fitOne(model, customersAt(customers, rows[g]), names[g], options,
                            task.part(static_cast<double>(g) / steps,
                                      static_cast<double>(g + 1) / steps));
        if (!group) {
            return group.error();
        }
        if (group->fit) {
            together.insert(together.end(), rows[g].begin(), rows[g].end());
        }
        fits.groups.push_back(std::move(*group));
    }
    if (together.empty()) {
        return fail(ErrorCode::TooLittleData, "0", "groups");
    }
    std::sort(together.begin(), together.end());
    auto pooled = fitFrequencyModel(model, customersAt(customers, together), options,
                                    task.part(1.0 - 1.0 / steps, 1.0));
    if (!pooled) {
        return pooled.error();
    }
    fits.pooled = std::move(*pooled);
    fits.ratio = ratioOf(fits);
    return fits;
}

} // namespace perennial
