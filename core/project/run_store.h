#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Interrupted: the program was killed while it ran.
enum class RunState { Running, Done, Failed, Cancelled, Interrupted };

/// A fitted or trained model. Config and metrics are JSON texts, written and read by the room that
/// owns the model.
struct RunRecord {
    std::int64_t id = 0;
    std::string model; ///< "bg-nbd", "gamma-gamma", "behavior"
    RunState state = RunState::Running;
    UtcSecond startedAt = 0, finishedAt = 0;
    std::optional<Day> until; ///< t₀ it was fitted at
    int horizonDays = 0;      ///< 0 where the model has none
    std::string device;       ///< "cpu", "cuda:0"
    std::int64_t seed = 0;
    std::string config, metrics; ///< JSON objects
    std::string dataHash;
    bool champion = false; ///< the run of its model that all pages use
    /// When a user whose data it had learned from was erased; 0 = never. Such a run is due to be
    /// trained again: a newer run never has it.
    UtcSecond retrainDue = 0;
    std::string note; ///< what people say of it, as typed
    std::string tags; ///< the same in words with commas between: "baseline, no crop"
};

struct EpochMetric {
    int epoch = 0;
    std::string name; ///< "train_loss", "valid_loss", "hr10", …
    double value = 0.0;
};

/// A raw tensor: little-endian values in row-major order, never code.
struct WeightBlob {
    std::string name;
    std::string type; ///< "float32" or "int64"
    std::vector<std::int64_t> shape;
    std::vector<std::byte> data;
};

Result<std::int64_t> beginRun(Project &project, const RunRecord &run);
/// An epoch's metrics and what the run needs to go on after it, in one transaction.
/// @param checkpoint replaces the run's last one; empty = that one stays.
/// @param kept is added to it for good: what replaces it later leaves these tensors there.
Status addEpoch(Project &project, std::int64_t run, const std::vector<EpochMetric> &metrics,
                const std::vector<WeightBlob> &checkpoint = {},
                const std::vector<WeightBlob> &kept = {});
/// A run that ended without being Done is Running again, its metrics those up to `epoch`.
/// @error NotTrained where there is no such run; NotResumable, detail "running" or "done".
Status reopenRun(Project &project, std::int64_t run, int epoch);
/// Final state, metrics, weights and answers in one transaction; a Done run becomes its model's
/// champion and loses its checkpoint.
/// @param answers what it said of single users: lists, all as long as the one named "user" (their
/// ids, ascending) but for those of "window". An erased user is taken out of them.
Status finishRun(Project &project, const RunRecord &run, const std::vector<WeightBlob> &weights,
                 const std::vector<WeightBlob> &answers = {});
Status setChampion(Project &project, std::int64_t run);
/// Runs that a killed program left Running become Interrupted; Project::open does it for a writer.
Status closeAbandonedRuns(Project &project);

Result<std::vector<RunRecord>> readRuns(const Project &project); ///< newest first
Result<RunRecord> readRun(const Project &project, std::int64_t run);
/// @error NotTrained, detail: the model.
Result<RunRecord> readChampion(const Project &project, const std::string &model);
Result<std::vector<EpochMetric>> readEpochs(const Project &project, std::int64_t run);
/// @error Damaged where a tensor's hash or size does not match.
Result<std::vector<WeightBlob>> readWeights(const Project &project, std::int64_t run);
/// The same for the run's checkpoint; empty where it has none. What it keeps for good comes last,
/// each name with kKeptPrefix before it.
inline constexpr std::string_view kKeptPrefix = "kept/";
Result<std::vector<WeightBlob>> readCheckpoint(const Project &project, std::int64_t run);
/// The same for its answers about single users.
Result<std::vector<WeightBlob>> readRunAnswers(const Project &project, std::int64_t run);

} // namespace perennial
