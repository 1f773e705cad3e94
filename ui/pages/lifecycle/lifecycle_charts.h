#pragma once

#include "core/lifecycle/lifecycle.h"
#include "core/lifecycle/stage_history.h"
#include "core/lifecycle/stage_recount.h"
#include "core/lifecycle/transition_tests.h"
#include "core/lifecycle/transitions.h"
#include "ui/charts/chart_spec.h"

#include <span>

namespace perennial {

/// One bar a stage, in the ladder's order. @param scored what the project holds: where a bar differs,
/// it says by how much.
ChartSpec stageCountsChart(const StageCounts &counts, const StageCounts &scored);
/// Users by stage at each of the days, stacked; mark (stage, day).
ChartSpec stageHistoryChart(const StageHistory &history);
/// One user's stages at the days, one block each.
ChartSpec stageStripChart(const std::vector<Day> &ends,
                          const std::vector<std::optional<Stage>> &stages);

/// (new + resurrected) / dormant of the complete periods.
ChartSpec quickRatioChart(std::span<const FlowRow> flows, Period period);

/// Mark (from, to) as the matrix has it; the row below the stages is "new". -1 = a whole block.
ChartSpec transitionsChart(const TransitionMatrix &matrix);
/// Shares of the rows; the same marks.
ChartSpec transitionSharesChart(const TransitionMatrix &matrix);
/// "χ² 123.4 with 36 degrees of freedom, p < 0.001"
QString testText(const LikelihoodRatioTest &test);

} // namespace perennial
