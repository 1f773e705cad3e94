#pragma once

#include "core/survival/cox_design.h"
#include "core/survival/kaplan_meier.h"
#include "core/survival/log_rank.h"
#include "core/survival/proportionality.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Who stayed how long, and what is known of them. All columns of one length.
struct SurvivalSample {
    std::vector<double> durations;      ///< finite, >= 0
    std::vector<std::int8_t> observed;  ///< 1 = event, 0 = right censored
    std::vector<std::string> group;     ///< curves by it; empty = not asked
    std::vector<std::string> stratum;   ///< compared within; empty = one
    std::vector<Covariate> covariates;  ///< of a Cox model; NaN = not known; none = not asked
};

struct SurvivalStudyOptions {
    CoxTies ties = CoxTies::Efron;
    TimeTransform transform = TimeTransform::KaplanMeier;
    double confidence = 0.95;
};

struct SurvivalGroup {
    std::string value;
    std::int64_t rows = 0;
    double events = 0.0;
    SurvivalCurve curve;
    std::vector<AtRiskRow> atRisk; ///< at the same even times in all groups
};

struct CoxStudy {
    CoxDesign design; ///< without the values of its columns
    CoxFit fit;
    std::optional<ProportionalityTest> proportionality; ///< none where it can't be tested
    std::int64_t leftOut = 0; ///< rows with a number that is not known
};

/// What the command line and the page of churn tell.
struct SurvivalStudy {
    double confidence = 0.95;
    SurvivalGroup all;
    std::vector<SurvivalGroup> groups; ///< by value, rising; none where not asked
    std::optional<LogRankTest> logRank; ///< by group, in their order
    std::optional<CoxStudy> cox;
};
inline constexpr std::size_t kMostSurvivalGroups = 100;

/// @error TooLittleData without a row ("rows"); InvalidArgument (where: "by") for more groups than
/// kMostSurvivalGroups; those of kaplanMeier, logRank, designOf and fitCox.
Result<SurvivalStudy> studySurvival(SurvivalSample sample, const SurvivalStudyOptions &options,
                                    const Task &task);

} // namespace perennial
