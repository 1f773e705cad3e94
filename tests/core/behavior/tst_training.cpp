#include "core/behavior/model.h"
#include "core/behavior/score.h"
#include "core/behavior/train.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "core/project/settings.h"
#include "core/recommend/recommend.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig tinyConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 32;
    config.sequenceLength = 20;
    config.batchSize = 64;
    config.epochs = 3;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    return config;
}

bool hasNote(const TrainReport &report, const std::string &code)
{
    return std::any_of(report.notes.begin(), report.notes.end(),
                       [&](const TrainNote &note) { return note.code == code; });
}

bool sameWeights(const Project &project, std::int64_t a, std::int64_t b)
{
    const auto one = *readWeights(project, a);
    const auto two = *readWeights(project, b);
    if (one.empty() || one.size() != two.size()) {
        return false;
    }
    for (std::size_t k = 0; k < one.size(); ++k) {
        if (one[k].name != two[k].name || one[k].shape != two[k].shape ||
            one[k].data != two[k].data) {
            return false;
        }
    }
    return true;
}

} // namespace

class TestTraining : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learnsTheRing()
    {
        ProjectFixture fixture;
        fixture.add(ringEvents(250, 90, 0.1, EventKind::View));
        BehaviorConfig config = tinyConfig();
        config.epochs = 16;
        config.patience = 4;
        config.windowsPerUser = 4;
        config.clickWeight = config.returnWeight = 0; // the window of items alone
        std::vector<EpochReport> seen;
        TrainHooks hooks;
        hooks.onEpoch = [&](const EpochReport &epoch) { seen.push_back(epoch); };
        const auto report = trainBehaviorModel(fixture.project(), config, hooks, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        const double best = 0.9 + 0.1 * 9 / (kRingItems - 1);
        QVERIFY2(*report->metrics.hr10 >= 0.95 * best,
                 qPrintable(QString::number(*report->metrics.hr10)));
        QVERIFY(hasNote(*report, "no_purchases"));
        QVERIFY(report->nextItemTrained && !report->churnTrained && !report->valueTrained);
        QCOMPARE(seen.size(), report->epochs.size());
        QVERIFY(!report->metrics.churnAuc && !report->metrics.valueMae);
        // the split keeps what it promises
        QVERIFY(report->split.cut < report->split.until);
        QVERIFY(report->metrics.rankedUsers > 200);
        const auto rows = *readEpochs(fixture.project(), report->run);
        QVERIFY(!rows.empty());
        QCOMPARE(rows.back().epoch, seen.back().epoch);
        recommendsTheSuccessor(fixture.project(), *report);
    }

    void learnsChurnAndValueWithoutItems()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(600, 200, false));
        BehaviorConfig config = tinyConfig();
        config.epochs = 6;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QVERIFY(hasNote(*report, "no_items"));
        QVERIFY(!report->nextItemTrained && report->churnTrained && report->valueTrained);
        QVERIFY2(*report->metrics.churnAuc > 0.75,
                 qPrintable(QString::number(*report->metrics.churnAuc)));
        QVERIFY2(*report->metrics.valueSpearman > 0.4,
                 qPrintable(QString::number(*report->metrics.valueSpearman)));
        QVERIFY(std::abs(*report->metrics.valueBias) < 1.0);
        const auto scores = scoreBehavior(fixture.project(), 0, report->split.until, {});
        QVERIFY(scores.ok());
        QCOMPARE(scores->size(), std::size_t{600});
        for (const BehaviorScore &score : *scores) {
            QVERIFY(*score.pChurn >= 0 && *score.pChurn <= 1);
            QVERIFY(*score.expectedValue >= 0 && std::isfinite(*score.expectedValue));
        }
        QCOMPARE(recommendForUser(fixture.project(), "c1", {}).error().code,
                 ErrorCode::NotTrained);
    }

    void sameSeedSameWeights()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(150, 150, true));
        BehaviorConfig config = tinyConfig();
        config.epochs = 2;
        config.refitEpochs = 1;
        const auto one = trainBehaviorModel(fixture.project(), config, {}, {});
        const auto two = trainBehaviorModel(fixture.project(), config, {}, {});
        config.seed = 2;
        const auto three = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(one.ok() && two.ok() && three.ok());
        QVERIFY(sameWeights(fixture.project(), one->run, two->run));
        QVERIFY(!sameWeights(fixture.project(), one->run, three->run));
        QCOMPARE(*one->metrics.churnAuc, *two->metrics.churnAuc);
        QCOMPARE(one->refitEpochs, 1);
        // what is loaded scores as what was trained did: the last run is the champion
        const auto viaRun = scoreBehavior(fixture.project(), two->run, one->split.until, {});
        const auto again = scoreBehavior(fixture.project(), one->run, one->split.until, {});
        QVERIFY(viaRun.ok() && again.ok());
        for (std::size_t k = 0; k < viaRun->size(); ++k) {
            QCOMPARE(*(*viaRun)[k].pChurn, *(*again)[k].pChurn);
            QCOMPARE(*(*viaRun)[k].expectedValue, *(*again)[k].expectedValue);
        }
        const auto stored = trainReportFromRun(fixture.project(), one->run);
        QVERIFY(stored.ok());
        QCOMPARE(*stored->metrics.churnAuc, *one->metrics.churnAuc);
        QCOMPARE(stored->split.labelDays, one->split.labelDays);
        QCOMPARE(stored->epochs.size(), one->epochs.size());
        QCOMPARE(stored->epochs[1].validLoss, one->epochs[1].validLoss);
    }

    void cancelKeepsTheChampion()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(150, 150, true));
        BehaviorConfig config = tinyConfig();
        config.epochs = 1;
        const auto first = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(first.ok());
        std::stop_source stop;
        config.epochs = 50;
        config.patience = 50;
        TrainHooks hooks;
        hooks.onEpoch = [&](const EpochReport &epoch) {
            if (epoch.epoch == 2) {
                stop.request_stop();
            }
        };
        const auto second = trainBehaviorModel(fixture.project(), config, hooks,
                                               Task(stop.get_token(), {}));
        QCOMPARE(second.error().code, ErrorCode::Cancelled);
        QCOMPARE(readChampion(fixture.project(), "behavior")->id, first->run);
        const auto runs = *readRuns(fixture.project());
        QVERIFY(runs.front().state == RunState::Cancelled);
        QVERIFY(readWeights(fixture.project(), runs.front().id)->empty());
        QVERIFY(!readEpochs(fixture.project(), runs.front().id)->empty());
    }

    void killedTrainingLosesNothingAcknowledged()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(150, 150, true));
        const auto path = fixture.folder() / "killed.perennial";
        {
            auto project = *Project::create(path);
        }
        std::filesystem::remove(path);
        QVERIFY(emptyLog(fixture.project()).ok()); // all of it is in the file that is copied
        std::filesystem::copy_file(fixture.project().path(), path);
        const pid_t child = fork();
        if (child == 0) {
            auto project = Project::open(path, Project::Access::ReadWrite);
            if (!project) {
                _exit(1);
            }
            TrainHooks hooks;
            hooks.onEpoch = [](const EpochReport &epoch) {
                if (epoch.epoch == 1) {
                    kill(getpid(), SIGKILL);
                }
            };
            BehaviorConfig config = tinyConfig();
            config.epochs = 5;
            (void)trainBehaviorModel(*project, config, hooks, {});
            _exit(0);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        auto project = Project::open(path, Project::Access::ReadWrite);
        QVERIFY(project.ok());
        QVERIFY(closeAbandonedRuns(*project).ok());
        QVERIFY(verifyProject(*project, {})->sound());
        const auto runs = *readRuns(*project);
        QCOMPARE(runs.size(), std::size_t{1});
        QVERIFY(runs[0].state == RunState::Interrupted);
        const auto epochs = *readEpochs(*project, runs[0].id);
        QVERIFY(!epochs.empty());
        QCOMPARE(epochs.back().epoch, 1);
        QCOMPARE(readChampion(*project, "behavior").error().code, ErrorCode::NotTrained);
        BehaviorConfig config = tinyConfig();
        config.epochs = 1;
        QVERIFY(trainBehaviorModel(*project, config, {}, {}).ok());
    }

    void saysWhatIsMissing()
    {
        ProjectFixture fixture;
        QCOMPARE(trainBehaviorModel(fixture.project(), tinyConfig(), {}, {}).error().code,
                 ErrorCode::NoEvents);
        QCOMPARE(scoreBehavior(fixture.project(), 0, 0, {}).error().code, ErrorCode::NotTrained);
        QCOMPARE(recommendForUser(fixture.project(), "nobody", {}).error().code,
                 ErrorCode::UnknownUser);
        // views of no item: nothing to predict
        std::vector<PlainEvent> views;
        for (int day = 0; day < 40; ++day) {
            views.push_back({"u" + std::to_string(day % 5), "", EventKind::View, day * 86400, 0, {}});
        }
        fixture.add(views);
        BehaviorConfig config = tinyConfig();
        config.clickWeight = config.returnWeight = 0;
        QCOMPARE(trainBehaviorModel(fixture.project(), config, {}, {}).error().code,
                 ErrorCode::NoPurchases);
        QVERIFY(readRuns(fixture.project())->empty());
    }

    void degenerateHistories_data()
    {
        QTest::addColumn<int>("users");
        QTest::addColumn<int>("items");
        QTest::addColumn<int>("days");
        QTest::newRow("one user") << 1 << 3 << 40;
        QTest::newRow("one item") << 30 << 1 << 40;
        QTest::newRow("one day") << 30 << 3 << 1;
        QTest::newRow("two days") << 30 << 3 << 2;
        QTest::newRow("one user, one item, one day") << 1 << 1 << 1;
    }
    void degenerateHistories()
    {
        QFETCH(int, users);
        QFETCH(int, items);
        QFETCH(int, days);
        ProjectFixture fixture;
        std::vector<PlainEvent> events;
        for (int k = 0; k < 120; ++k) {
            events.push_back({"u" + std::to_string(k % users), "i" + std::to_string((k / 7) % items),
                              EventKind::Purchase, (k % days) * 86400 + k * 60, 3.0, {}});
        }
        fixture.add(events);
        BehaviorConfig config = tinyConfig();
        config.epochs = 1;
        config.refitEpochs = 1;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        if (!report) {
            QCOMPARE(report.error().code, ErrorCode::TooLittleData);
            return;
        }
        const auto scores = scoreBehavior(fixture.project(), 0, report->split.until, {});
        QVERIFY(scores.ok());
        QCOMPARE(static_cast<int>(scores->size()), users);
        if (report->nextItemTrained) {
            const auto list = recommendForUser(fixture.project(), "u0", {});
            QVERIFY(list.ok());
        }
    }

    void damagedWeightsAreRefused()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(60, 120, true));
        BehaviorConfig config = tinyConfig();
        config.epochs = 1;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(report.ok());
        auto blobs = *readWeights(fixture.project(), report->run);
        RunRecord run = *readRun(fixture.project(), report->run);
        const auto storedAs = [&](const std::vector<WeightBlob> &weights) {
            RunRecord copy = run;
            copy.id = *beginRun(fixture.project(), run);
            const bool finished = finishRun(fixture.project(), copy, weights).ok();
            return finished ? copy.id : std::int64_t{-1};
        };
        auto missing = blobs;
        missing.erase(missing.begin());
        QCOMPARE(scoreBehavior(fixture.project(), storedAs(missing), 100, {}).error().code,
                 ErrorCode::Damaged);
        auto reshaped = blobs;
        std::swap(reshaped[0].shape[0], reshaped[0].shape[1]);
        QCOMPARE(scoreBehavior(fixture.project(), storedAs(reshaped), 100, {}).error().code,
                 ErrorCode::Damaged);
        auto poisoned = blobs;
        const float nan = std::nanf("");
        std::memcpy(poisoned[0].data.data(), &nan, sizeof nan);
        QCOMPARE(scoreBehavior(fixture.project(), storedAs(poisoned), 100, {}).error().code,
                 ErrorCode::Damaged);
        QVERIFY(scoreBehavior(fixture.project(), storedAs(blobs), 100, {}).ok());
    }

private:
    static void recommendsTheSuccessor(Project &project, const TrainReport &report)
    {
        const auto user = *findUser(project, "u3");
        const auto events = *readUserEvents(project, user.id, 1);
        const int last = std::stoi(events[0].item.substr(1));
        const auto list = recommendForUser(project, "u3", {});
        QVERIFY(list.ok());
        QVERIFY(list->source == RecommendationSource::Model);
        QCOMPARE(list->run, report.run);
        QCOMPARE(list->items.size(), std::size_t{10});
        const Recommendation &first = list->items[0];
        QCOMPARE(first.key, "i" + std::to_string((last + 7) % kRingItems));
        QVERIFY(first.score > 0.5 && first.score <= 1.0);
        QVERIFY(*first.cosine >= -1.0 && *first.cosine <= 1.0);
        // the last event is what spoke for it
        QVERIFY(!first.because.empty());
        QCOMPARE(first.because[0].at, events[0].at);
        QCOMPARE(first.because[0].item, "i" + std::to_string(last));
        QVERIFY(first.because[0].weight > 1.0);
        // all users at once give the same lists
        std::int64_t lists = 0;
        RecommendOptions bulk;
        bulk.reasons = 0;
        const auto all = recommendAll(
            project, bulk,
            [&](const RecommendationList &one) -> Status {
                ++lists;
                if (one.userKey == "u3") {
                    for (std::size_t k = 0; k < one.items.size(); ++k) {
                        if (one.items[k].key != list->items[k].key) {
                            return fail(ErrorCode::Internal, "lists differ");
                        }
                    }
                }
                return Done{};
            },
            {});
        QVERIFY2(all.ok(), all ? "" : all.error().detail.c_str());
        QCOMPARE(*all, lists);
    }
};

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
