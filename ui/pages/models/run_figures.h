#pragma once

#include "core/behavior/train.h"
#include "core/project/run_store.h"
#include "core/tuning/compare.h"
#include "core/value/model_fit.h"
#include "ui/pages/models/measures.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// One measure of a run. Best: of the epoch that was kept, on all validation users where the run is
/// done; else of the epoch with the lowest validation loss.
struct MeasureValues {
    std::optional<double> best;
    std::optional<double> asked, last; ///< after the best and last epoch, on the users asked then
    std::optional<Interval> interval;  ///< of the best
};

/// A run as the page Models shows it, all that is told of it read and parsed once.
struct RunFigures {
    RunRecord record;
    std::optional<TrainReport> report;           ///< of a behaviour run that has one
    std::vector<EpochMetric> epochs;             ///< of a behaviour run, as they were stored
    std::optional<RunQuality> quality;           ///< of a behaviour run whose answers were kept
    std::optional<Comparison> comparison;        ///< of a behaviour run that was compared
    std::optional<ModelFit> fit;                 ///< of a value model's run
    std::map<std::string, std::string> settings; ///< of its config: key to JSON text
    // by withMeasures
    std::map<std::string, MeasureValues> measures; ///< by their name in run_epoch ("hr10")
    int bestEpoch = 0, lastEpoch = 0;              ///< 0 = none

    bool isBehavior() const noexcept { return record.model == kBehaviorModel; }
    bool isDone() const noexcept { return record.state == RunState::Done; }
};

struct RunList {
    std::vector<RunFigures> runs;               ///< newest first, backtests left out
    std::optional<std::int64_t> formerChampion; ///< of the behaviour model

    const RunFigures *find(std::int64_t id) const noexcept;
    const RunFigures *champion() const noexcept; ///< of the behaviour model
};

/// Reads all runs: seconds where there are hundreds, so on a worker. @error Damaged, Cancelled.
Result<RunList> readRunList(const Project &project, const Task &task);

/// The run with its measures and epochs as its report, its epochs and its quality have them.
RunFigures withMeasures(RunFigures run);
/// All empty for a measure that the run has not.
const MeasureValues &measuresIn(const RunFigures &run, const std::string &name);
/// What any of these runs has a figure of: those that the program knows, then the others.
std::vector<Measure> measuresOf(const std::vector<const RunFigures *> &runs);
/// "churn" and "auc" → "churn_auc": the name of a head's figure among the measures.
std::string measureName(const std::string &head, const std::string &figure);

/// Keys of the settings that are not the same in all of these runs, in the order of the form; t₀ is
/// none of them. What an older run does not name was off in it.
std::vector<std::string> differingSettings(const std::vector<const RunFigures *> &runs);
/// JSON text; of a setting that came later than the run, what it was then: off.
std::string settingOf(const RunFigures &run, const std::string &key);
/// JSON text of what holds where a training is told nothing.
std::string defaultSettingOf(const std::string &key);
/// What another training is to be told to be as this run was: its t₀ and horizon are stored as they
/// came out and are left to the project, as are weights of another project's run.
/// @error BadConfiguration where its config can't be read.
Result<BehaviorConfig> settingsOf(const RunRecord &run);

} // namespace perennial
