#pragma once

#include "core/churn/contact_plan.h"
#include "core/churn/risk_trial.h"
#include "core/churn/tree_reasons.h"
#include "ui/charts/chart_spec.h"

#include <span>

namespace perennial {

/// "BG/NBD", "boosted trees", "days since the last order", "behaviour model".
QString riskMethodText(const std::string &name);
/// Why a method has no figures, or a trial can't be made.
QString riskProblemText(const Error &error);
QString reasonGroupText(ReasonGroup group);
/// Columns of learnedFeatures in words, without their logarithms.
QString riskFeatureText(const std::string &column);

/// Mean risk against the share that left, by classes.
ChartSpec riskCalibrationChart(const TrialMethod &method);
/// Share of those who left against the share of customers contacted, the highest risk first.
ChartSpec riskGainChart(const TrialMethod &method);

/// Saved value, cost and net against the number of contacts. @param at the plan looked at.
ChartSpec contactChart(std::span<const ContactOutcome> curve, const ContactOutcome &at,
                       const QString &currency);
/// Log odds of the groups of features, from the base to the customer's own.
ChartSpec reasonsChart(const RiskReasons &reasons);

} // namespace perennial
