#pragma once

#include "core/churn/contact_plan.h"
#include "core/churn/risk_trial.h"
#include "core/churn/tree_reasons.h"
#include "ui/charts/chart_spec.h"

#include <span>

namespace perennial {

/// Mean risk against the share that left, by classes.
ChartSpec riskCalibrationChart(const TrialMethod &method);
/// Precision against recall, beside that of a random choice.
ChartSpec riskPrecisionChart(const TrialMethod &method);
/// Share of those who left against the share of customers contacted, the highest risk first.
ChartSpec riskGainChart(const TrialMethod &method);

/// Saved value, cost and net against the number of contacts. @param at the plan looked at.
ChartSpec contactChart(std::span<const ContactOutcome> curve, const ContactOutcome &at,
                       const QString &currency);
/// Log odds of the groups of features, from the base to the customer's own.
ChartSpec reasonsChart(const RiskReasons &reasons);

} // namespace perennial
