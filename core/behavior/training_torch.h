#pragma once

// Private to core/behavior: a training from the project's events to its stored run.

#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/fold.h"
#include "core/behavior/head_fit_torch.h"
#include "core/behavior/plan.h"
#include "core/behavior/train.h"
#include "core/behavior/trainer_torch.h"
#include "core/behavior/training_state_torch.h"
#include "core/behavior/validation_torch.h"
#include "core/behavior/warm_start_torch.h"
#include "core/project/settings.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perennial::net {

inline constexpr double kReadDone = 0.04;    ///< share of the progress when the events are read
inline constexpr double kMembersDone = 0.97; ///< the same when all networks are trained
inline constexpr double kEpochsDone = 0.93, kHeadsDone = 0.95,
                        kRefitDone = 0.98; ///< of a network's progress when each of these is done
inline constexpr double kRefitRate = 0.3;  ///< learning rate of the refit, of the config's

/// What the best epoch has least of. The cross-entropy of the next item rises long before its ranks
/// grow worse: it is the ranks that are asked for.
double measureOf(const EpochReport &report);

/// One training: set up in training_setup.cpp, run in train.cpp and training_heads.cpp for each
/// network and in training_members.cpp for all of them, taken up again in training_resume.cpp.
class Training {
public:
    Training(Project &project, const BehaviorConfig &config, const TrainHooks &hooks,
             const Task &task);

    /// @param beforeStep see TrainerSetup: for tests of a memory that runs out.
    Result<TrainReport> run(std::function<void(std::size_t)> beforeStep = {});
    /// Goes on with a run that has ended without being done, by its own config.
    Result<TrainReport> resume(std::int64_t run, std::function<void(std::size_t)> beforeStep = {});
    /// Judged by what is held out; nothing is stored. In fold.cpp.
    Result<FoldOutcome> judgeFold(const HoldOut &holdOut);

private:
    Status holdOut();
    Status judgeHeld();
    Status readHistory();
    Status chooseHeads();
    void proposeHeads();
    void dropHeads();
    void makeSource();
    void makeCases();
    Status makeNetwork();
    Status startWarm();
    Result<DeviceChoice> device() const;
    Status takeUp(std::int64_t run);
    Status takeUpCheckpoint(const RunRecord &record, const BehaviorConfig &config);
    Status readWarm();
    Status begin();
    Status reopen();
    Status restore(Trainer &trainer);
    Status trainAndKeep(const std::function<void(std::size_t)> &beforeStep);
    Status trainMember(std::function<void(std::size_t)> beforeStep);
    int member() const noexcept; ///< the one that is trained, counts from 1
    std::int64_t seed() const noexcept { return memberSeed(m_config, member()); }
    int epochsBefore() const noexcept; ///< of the members that are trained
    Task memberTask() const;
    Status keepMember();
    void sumUp();
    Result<Networks> networksOf(const MemberBlobs &(TrainedMember::*weights)() const) const;
    Status runEpochs(Trainer &trainer);
    Result<EpochReport> runEpoch(Trainer &trainer, int epoch);
    bool fitsHeads() const noexcept;
    void makeHeadFitter();
    Result<std::vector<HeadFit>> fitHeads();
    Status refitHeads();
    std::vector<TrainingWindow> headWindows(Day cut, int epoch) const;
    ValidationSetup validationSetup() const;
    bool hasStalled() const noexcept;
    double secondsSoFar() const;
    std::vector<WeightBlob> checkpoint(const Trainer &trainer) const;
    Status keepEpoch(const EpochReport &report, const Trainer &trainer);
    Result<std::string> validateAll();
    Status judge(std::vector<ValidationCase> &cases, const Networks &networks,
                 const ValidationSetup &setup, const Task &task);
    ValidationSet validated() const;
    Status refit(Trainer &trainer);
    Status finish(const std::string &comparison);
    void abandon(const Error &error);

    PlanOptions planUpTo(Day cut) const;
    void note(const char *code, std::string detail = {});
    void startHeads(const LabelSummary &labels);
    void startItems();

    Project &m_project;
    BehaviorConfig m_config;
    const TrainHooks &m_hooks;
    const Task &m_task;
    std::chrono::steady_clock::time_point m_start;

    at::Device m_device{at::kCPU};
    std::vector<ItemRecord> m_items;
    SequenceSource m_source;
    HistorySplit m_split;
    LabelSummary m_labels;
    Heads m_heads;
    ZilnBounds m_bounds;
    std::unique_ptr<WorkerCrew> m_crew;
    std::unique_ptr<Network> m_network;
    std::vector<ValidationCase> m_cases, m_sample;
    std::vector<TrainedMember> m_members; ///< that are trained
    TrainingProgress m_progress;          ///< of the next one
    std::unique_ptr<HeadFitter> m_headFitter; ///< where label heads are fitted by themselves
    std::vector<at::Tensor> m_best;
    RunRecord m_record;
    std::optional<WarmSource> m_warm;
    // of a run that is resumed
    std::vector<WeightBlob> m_checkpoint;
    std::vector<at::Tensor> m_refitted; ///< weights after the passes of the refit done before
    double m_secondsBefore = 0;
    TrainReport m_report;
    // of a fold
    std::optional<HoldOut> m_hold;
    SequenceSource m_held;  ///< what is held out, in the words of what is learned from
    ValidationSet m_judged;
};

} // namespace perennial::net
