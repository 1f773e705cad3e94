#pragma once

#include "core/base/task.h"
#include "core/forecast/saved_backtest.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/cleaning_store.h"
#include "core/project/event_store.h"
#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/settings.h"
#include "core/scoring/score_users.h"
#include "core/project/user_state_store.h"
#include "core/recommend/recommend.h"
#include "core/scoring/user_figures.h"
#include "core/tuning/compare.h"
#include "ui/report/report_options.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perennial::report {

struct TopUser {
    std::string key;
    UserState state;
};

/// What the scored users of the segment come to.
struct SegmentFigures {
    std::int64_t users = 0, customers = 0;
    double realised = 0, predicted = 0, expectedOrders = 0;
    std::array<StageFigures, kStageCount> stages{};
    ValueDistribution predictedValues, realisedValues;
    Concentration concentration; ///< of predicted value
    ShareDistribution churnRisk; ///< 20 bins
    std::optional<double> meanPAlive;
    AtRisk atRisk;
    std::vector<TopUser> top;        ///< by predicted value, at most options.topUsers
    std::vector<TopUser> mostAtRisk; ///< churn risk >= ½, by predicted value, at most 15
};

/// Everything a report says, read once; the sections only word and draw it.
struct ReportData {
    std::string project;
    ReportOptions options;
    ProjectCounts counts;
    ProjectSettings settings;
    std::string dataHash;              ///< of the data as they are now
    std::optional<Day> snapshot;       ///< t₀; none without events
    std::optional<UserStateLabel> label; ///< none = not scored
    std::optional<ScoreReport> score;    ///< beside the label
    bool stale = false;                ///< scored from data or settings that have changed since
    SegmentFigures figures;
    std::vector<FlowRow> flows;        ///< of the segment, by the settings' period
    std::vector<SourceRecord> sources;
    std::vector<CleaningRuleRecord> cleaningRules; ///< the active ones only
    CleaningTotals cleaning;
    std::vector<RunRecord> runs;       ///< of models, newest first
    std::optional<SavedBacktest> backtest; ///< the newest; none where it can't be read
    std::optional<RunRecord> frequencyRun, spendRun, behaviorRun; ///< champions
    std::optional<TrainReport> training;
    std::vector<EpochMetric> epochs; ///< of the behaviour champion
    std::optional<Comparison> comparison;
    std::vector<RecommendationList> recommendations; ///< of the best users, at most 2
    std::vector<Recommendation> popular;
    std::vector<ScenarioRecord> scenarios;
};

/// @error as the readers; never NotScored, NotTrained or NoEvents: what is missing is left empty.
Result<std::shared_ptr<const ReportData>> readReportData(const Project &project,
                                                         const ReportOptions &options,
                                                         const Task &task);

} // namespace perennial::report
