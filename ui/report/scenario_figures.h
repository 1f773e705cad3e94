#pragma once

#include "core/project/scenario_store.h"
#include "core/scenario/scenario.h"
#include "ui/charts/chart_spec.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace perennial::report {

struct FigureRange {
    double value = 0;
    std::optional<double> lower, upper; ///< 5 % and 95 % quantile
};

/// A saved scenario with the figures of its last run, as saveOutcomes (core/scenario) stored them.
struct ScenarioFigures {
    std::int64_t id = 0;
    std::string name;
    Evidence evidence = Evidence::Assumption;
    bool ran = false; ///< the fields below are from a run
    std::string dataHash;
    int horizonDays = 0;
    FigureRange ltv, revenue, margin; ///< scenario − baseline, currency units
    double cost = 0;
    std::optional<FigureRange> roi;
    std::optional<double> pRoiPositive;
};

/// Never fails: what can't be read of an outcome is left empty.
ScenarioFigures figuresOf(const ScenarioRecord &record);
std::vector<ScenarioFigures> figuresOf(const std::vector<ScenarioRecord> &records);

QString evidenceText(Evidence evidence); ///< "assumption"
/// "1 240 [1 105, 1 388]", or the value alone without an interval.
QString rangeWords(const FigureRange &range);
/// ROI as a percentage with its interval; "–" without a cost.
QString roiWords(const std::optional<FigureRange> &roi);

/// Difference in predicted value per scenario with its interval, against no change.
ChartSpec scenarioForest(const std::vector<ScenarioFigures> &scenarios, const QString &axis);

} // namespace perennial::report
