#include "core/survival/survival_study.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace perennial {

namespace {

constexpr int kMostAtRiskTimes = 12;

struct Numbered {
    std::vector<std::string> values; ///< rising
    std::vector<std::uint32_t> of;   ///< by row
};

Numbered numbered(const std::vector<std::string> &labels)
{
    std::map<std::string, std::uint32_t> numbers;
    for (const std::string &label : labels) {
        numbers.try_emplace(label, 0);
    }
    Numbered result;
    for (auto &[value, number] : numbers) {
        number = static_cast<std::uint32_t>(result.values.size());
        result.values.push_back(value);
    }
    for (const std::string &label : labels) {
        result.of.push_back(numbers.find(label)->second);
    }
    return result;
}

Result<SurvivalGroup> groupOf(std::string value, const std::vector<double> &durations,
                              const std::vector<std::int8_t> &observed,
                              const std::vector<double> &times, double confidence)
{
    auto curve = kaplanMeier(durations, observed, {}, confidence);
    if (!curve) {
        return curve.error();
    }
    SurvivalGroup group;
    group.value = std::move(value);
    group.rows = static_cast<std::int64_t>(durations.size());
    for (const SurvivalStep &step : curve->steps) {
        group.events += step.events;
    }
    group.atRisk = atRiskTable(*curve, times);
    group.curve = *std::move(curve);
    return group;
}

Status addGroups(SurvivalStudy &study, const SurvivalSample &sample,
                 const std::vector<std::uint32_t> &strata, const std::vector<double> &times)
{
    const Numbered groups = numbered(sample.group);
    if (groups.values.size() > kMostSurvivalGroups) {
        return fail(ErrorCode::InvalidArgument,
                    "> " + std::to_string(kMostSurvivalGroups), "by");
    }
    std::vector<std::vector<double>> durations(groups.values.size());
    std::vector<std::vector<std::int8_t>> observed(groups.values.size());
    for (std::size_t i = 0; i < groups.of.size(); ++i) {
        durations[groups.of[i]].push_back(sample.durations[i]);
        observed[groups.of[i]].push_back(sample.observed[i]);
    }
    for (std::size_t g = 0; g < groups.values.size(); ++g) {
        auto group =
            groupOf(groups.values[g], durations[g], observed[g], times, study.confidence);
        if (!group) {
            return group.error();
        }
        study.groups.push_back(*std::move(group));
    }
    const auto test = logRank(sample.durations, sample.observed, groups.of,
                              static_cast<std::uint32_t>(groups.values.size()), strata);
    if (!test) {
        return test.error();
    }
    study.logRank = *test;
    return Done{};
}

/// Takes the rows out in which a number is not known. @return how many.
std::int64_t dropUnknown(SurvivalSample &sample, std::vector<std::uint32_t> &strata)
{
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < sample.durations.size(); ++i) {
        const bool known = std::ranges::all_of(sample.covariates, [&](const Covariate &covariate) {
            return covariate.isWords() || !std::isnan(covariate.numbers[i]);
        });
        if (known) {
            kept.push_back(i);
        }
    }
    const auto dropped = static_cast<std::int64_t>(sample.durations.size() - kept.size());
    if (dropped == 0) {
        return 0;
    }
    const auto keep = [&](auto &column) {
        for (std::size_t k = 0; k < kept.size() && !column.empty(); ++k) {
            if (kept[k] != k) { // a text moved to itself is empty
                column[k] = std::move(column[kept[k]]);
            }
        }
        column.resize(std::min(column.size(), kept.size()));
    };
    keep(sample.durations);
    keep(sample.observed);
    keep(strata);
    for (Covariate &covariate : sample.covariates) {
        keep(covariate.numbers);
        keep(covariate.words);
    }
    return dropped;
}

Result<CoxStudy> coxOf(SurvivalSample sample, std::vector<std::uint32_t> strata,
                       const SurvivalStudyOptions &options, const Task &task)
{
    CoxStudy cox;
    cox.leftOut = dropUnknown(sample, strata);
    auto design = designOf(std::move(sample.covariates));
    if (!design) {
        return design.error();
    }
    cox.design = *std::move(design);
    const CoxData data{sample.durations, sample.observed, cox.design.spans(), strata};
    auto fit = fitCox(data, options.ties, task);
    if (!fit) {
        return fit.error();
    }
    cox.fit = *std::move(fit);
    auto test = testProportionality(data, cox.fit, options.transform, cox.design.termOf());
    if (test) {
        cox.proportionality = *std::move(test);
    }
    for (DesignColumn &column : cox.design.columns) {
        column.values = {};
    }
    return cox;
}

} // namespace

Result<SurvivalStudy> studySurvival(SurvivalSample sample, const SurvivalStudyOptions &options,
                                    const Task &task)
{
    if (sample.durations.empty()) {
        return fail(ErrorCode::TooLittleData, "rows");
    }
    const std::vector<double> times =
        evenTimes(std::ranges::max(sample.durations), kMostAtRiskTimes);
    SurvivalStudy study;
    study.confidence = options.confidence;
    auto all = groupOf({}, sample.durations, sample.observed, times, options.confidence);
    if (!all) {
        return all.error();
    }
    study.all = *std::move(all);
    std::vector<std::uint32_t> strata = numbered(sample.stratum).of;
    if (!sample.group.empty()) {
        if (const Status added = addGroups(study, sample, strata, times); !added) {
            return added.error();
        }
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    if (!sample.covariates.empty()) {
        auto cox = coxOf(std::move(sample), std::move(strata), options, task);
        if (!cox) {
            return cox.error();
        }
        study.cox = *std::move(cox);
    }
    return study;
}

} // namespace perennial
