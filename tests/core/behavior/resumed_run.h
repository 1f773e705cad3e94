#pragma once

#include "core/behavior/training_torch.h"
#include "core/project/run_store.h"
#include "tests/core/behavior/resumable.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace perennial::test {

/// When a child ends: at a write of the project, before a step of the training.
struct Moment {
    long write = 0, step = 0;
};

/// @param run 0: a new one, of so many networks. @return its exit code, or minus the signal.
inline int runChild(const std::filesystem::path &project, std::int64_t run, const Moment &moment,
                    int members)
{
    const std::string id = std::to_string(run), write = std::to_string(moment.write),
                      step = std::to_string(moment.step), count = std::to_string(members);
    const pid_t child = fork();
    if (child == 0) {
        execl(PERENNIAL_TRAIN_CHILD, "train_child", project.c_str(), id.c_str(), write.c_str(),
              step.c_str(), count.c_str(), nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/// All that a run is but its times and its notes.
struct Outcome {
    std::vector<WeightBlob> weights;
    std::vector<EpochMetric> epochs;
    TrainReport report;
};

inline Outcome outcomeOf(const Project &project, std::int64_t run)
{
    Outcome outcome{*readWeights(project, run), *readEpochs(project, run),
                    *trainReportFromRun(project, run)};
    std::erase_if(outcome.epochs, [](const EpochMetric &row) {
        return row.name == "seconds" || row.name == "sequences_per_second";
    });
    return outcome;
}

inline void verifySame(const Outcome &one, const Outcome &two)
{
    QVERIFY(!one.weights.empty());
    QCOMPARE(one.weights.size(), two.weights.size());
    for (std::size_t k = 0; k < one.weights.size(); ++k) {
        const char *name = one.weights[k].name.c_str();
        QVERIFY2(one.weights[k].name == two.weights[k].name, name);
        QVERIFY2(one.weights[k].shape == two.weights[k].shape, name);
        QVERIFY2(one.weights[k].data == two.weights[k].data, name);
    }
    QCOMPARE(one.epochs.size(), two.epochs.size());
    for (std::size_t k = 0; k < one.epochs.size(); ++k) {
        QVERIFY(one.epochs[k].epoch == two.epochs[k].epoch);
        QVERIFY(one.epochs[k].name == two.epochs[k].name);
        QVERIFY2(one.epochs[k].value == two.epochs[k].value, one.epochs[k].name.c_str());
    }
    QCOMPARE(one.report.bestEpoch, two.report.bestEpoch);
    QCOMPARE(one.report.refitEpochs, two.report.refitEpochs);
    QCOMPARE(one.report.sequences, two.report.sequences);
    QVERIFY(one.report.metrics.hr10 == two.report.metrics.hr10);
    QVERIFY(one.report.metrics.churnAuc == two.report.metrics.churnAuc);
    QVERIFY(one.report.metrics.valueMae == two.report.metrics.valueMae);
    QVERIFY(one.report.headFits == two.report.headFits);
    QCOMPARE(one.report.members.size(), two.report.members.size());
    for (std::size_t k = 0; k < one.report.members.size(); ++k) {
        const MemberReport &mine = one.report.members[k], &other = two.report.members[k];
        QCOMPARE(mine.seed, other.seed);
        QCOMPARE(mine.epochs, other.epochs);
        QCOMPARE(mine.bestEpoch, other.bestEpoch);
        QVERIFY(mine.headFits == other.headFits);
        QVERIFY(mine.metrics.hr10 == other.metrics.hr10);
        QVERIFY(mine.metrics.churnLogLoss == other.metrics.churnLogLoss);
    }
}

/// Trainings on fresh copies of one project, for tests that disturb them.
class ResumedTraining {
protected:
    using BeforeStep = std::function<void(std::size_t)>;

    explicit ResumedTraining(const BehaviorConfig &config) : m_config(config) {}

    Result<TrainReport> train(Project &project, const BeforeStep &beforeStep = {},
                              const TrainHooks &hooks = {}, const Task &task = {}) const
    {
        return net::Training(project, m_config, hooks, task).run(beforeStep);
    }
    Result<TrainReport> resume(Project &project, std::int64_t run,
                               const BeforeStep &beforeStep = {}) const
    {
        const TrainHooks hooks;
        const Task task;
        return net::Training(project, {}, hooks, task).resume(run, beforeStep);
    }
    /// Cancels a new training before its step number `step`. @return the run.
    std::int64_t cancelledAt(Project &project, long step) const
    {
        std::stop_source stop;
        long steps = 0;
        const auto report = train(
            project,
            [&](std::size_t) {
                if (++steps == step) {
                    stop.request_stop();
                }
            },
            {}, Task(stop.get_token(), {}));
        return !report && report.error().code == ErrorCode::Cancelled
                   ? readRuns(project)->front().id
                   : std::int64_t{-1};
    }
    std::filesystem::path freshCopy()
    {
        const auto path = m_fixture.folder() / "copy.perennial";
        for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
            std::filesystem::remove(path.string() + suffix);
        }
        std::filesystem::copy_file(m_fixture.project().path(), path);
        return path;
    }
    Project open(const std::filesystem::path &path) const
    {
        return Project::open(path, Project::Access::ReadWrite).value();
    }

    BehaviorConfig m_config;
    ProjectFixture m_fixture; ///< what its file holds is what is copied
    Outcome m_truth;
    long m_steps = 0; ///< of an undisturbed training
};

} // namespace perennial::test
