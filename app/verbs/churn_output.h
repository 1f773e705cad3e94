#pragma once

#include "core/churn/risk_plan.h"
#include "core/churn/risk_trial.h"
#include "core/churn/tree_reasons.h"

#include <QString>

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Whom to contact, by the terms asked for.
struct ChurnPlan {
    ContactOrder order = ContactOrder::Risk;
    ContactTerms terms;
    ContactOutcome asked; ///< by threshold, number or budget; the best where none was given
    bool isBest = false;  ///< none was given
    ContactOutcome best;
    std::vector<ContactOutcome> curve;
};

/// Why one user has his risk.
struct ChurnUser {
    std::string key;
    std::vector<std::pair<std::string, double>> risks; ///< by method
    std::optional<double> pAlive, valueIfKept;         ///< none without a value model
    std::optional<RiskReasons> reasons;                ///< none without trees
};

/// All that the verb has computed.
struct ChurnReport {
    std::string currency;
    std::shared_ptr<const ChurnRisk> now;
    std::int64_t users = 0; ///< customers asked about: all, or those of the segment
    std::optional<std::int64_t> segmentUsers; ///< of a segment, with those who never ordered
    TrialOptions options;
    std::shared_ptr<const RiskTrial> trial; ///< null where `trialProblem` says why
    std::optional<Error> trialProblem;
    std::shared_ptr<const RiskTrial> behavior; ///< null without a judged champion
    const RiskMethod *method = nullptr; ///< of `now`, what the plan goes by; null where none can
    std::string chosenBy;               ///< "asked", "trial" or "default"
    std::optional<ChurnPlan> plan;      ///< if terms were given
    std::optional<Error> planProblem;
    std::optional<ChurnUser> user; ///< if asked for
    struct Written {
        std::string path;
        std::int64_t rows = 0;
        bool logged = false;
    };
    std::optional<Written> written;
};

nlohmann::ordered_json churnJson(const ChurnReport &report);
QString churnText(const ChurnReport &report);
/// The keys of the JSON, for `--help`.
QString churnJsonHelp();

} // namespace perennial
