#include "core/base/rng.h"
#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"
#include "core/project/database.h"
#include "core/project/forget_store.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "tests/core/behavior/resumed_run.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <new>

using namespace perennial;
using namespace perennial::test;

namespace {

bool hasNote(const TrainReport &report, const std::string &code, const std::string &detail)
{
    return std::ranges::any_of(report.notes, [&](const TrainNote &note) {
        return note.code == code && note.detail == detail;
    });
}

} // namespace

class TestResume : public QObject, private ResumedTraining {
    Q_OBJECT

public:
    TestResume() : ResumedTraining(resumableConfig()) {}

private Q_SLOTS:
    void initTestCase();
    void killedAtAnyMoment();
    void cancelledAfterAnyEpoch();
    void cancelledInTheRefit();
    void whateverIsTrained_data();
    void whateverIsTrained();
    void memoryThatRanOut();
    void lossThatIsNotFinite();
    void damagedCheckpoint();
    void refusals();
    void erasedUsersLeaveNoCheckpoint();

private:
    long m_epochSteps = 0; ///< of its first epoch, as of any other
};

void TestResume::initTestCase()
{
    prepareTorchRuntime();
    m_fixture.add(customerEvents(150, 150, true));
    QVERIFY(emptyLog(m_fixture.project()).ok()); // all of it is in the file that is copied
    Project project = open(freshCopy());
    TrainHooks hooks;
    hooks.onEpoch = [&](const EpochReport &epoch) {
        m_epochSteps = epoch.epoch == 1 ? m_steps : m_epochSteps;
    };
    const auto report = train(project, [&](std::size_t) { ++m_steps; }, hooks);
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    m_truth = outcomeOf(project, report->run);
    QCOMPARE(m_truth.report.refitEpochs, 2);
    QVERIFY(m_truth.report.epochs.size() >= 3);
    QVERIFY(m_steps > 60 && m_epochSteps > 3);
    QVERIFY(readCheckpoint(project, report->run)->empty());
    qInfo("%ld steps, %ld an epoch, %zu epochs, the best is %d", m_steps, m_epochSteps, m_truth.report.epochs.size(),
          m_truth.report.bestEpoch);
}

// PERENNIAL_KILLS=N kills N trainings, PERENNIAL_KILL_SEED=S at other moments.
void TestResume::killedAtAnyMoment()
{
    const int asked = qEnvironmentVariableIntValue("PERENNIAL_KILLS");
    const int wanted = asked > 0 ? asked : 10;
    Rng rng(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("PERENNIAL_KILL_SEED")) + 23);
    const auto randomMoment = [&] {
        Moment moment;
        if (rng.below(2) == 0) {
            moment.step = 1 + rng.below(static_cast<std::uint32_t>(m_steps));
        } else {
            moment.write = 1 + rng.below(500);
        }
        return moment;
    };
    int kills = 0, anew = 0;
    for (int tries = 0; kills < wanted && tries < 20 * wanted; ++tries) {
        const auto path = freshCopy();
        std::int64_t run = 0;
        bool killed = false;
        for (bool done = false; !done;) {
            // Half of the attempts that follow a kill are killed again.
            const Moment moment = !killed || rng.below(2) == 0 ? randomMoment() : Moment();
            const int code = runChild(path, run, moment, 1);
            const std::string said = "write " + std::to_string(moment.write) + ", step " +
                                     std::to_string(moment.step);
            QVERIFY2(code == 0 || code == -SIGKILL, (said + std::to_string(code)).c_str());
            killed = killed || code != 0;
            kills += code != 0 ? 1 : 0;
            const Project project = open(path);
            QVERIFY2(verifyProject(project, {})->sound(), said.c_str());
            const auto runs = *readRuns(project);
            QVERIFY(runs.size() <= 1);
            if (runs.empty()) {
                QVERIFY(code != 0 && run == 0); // killed before it was begun
                continue;
            }
            run = runs[0].id;
            done = runs[0].state == RunState::Done;
            QVERIFY2(done || (runs[0].state == RunState::Interrupted && isResumable(runs[0])),
                     said.c_str());
            QVERIFY(done || code != 0);
            anew += !done && readCheckpoint(project, run)->empty() ? 1 : 0;
        }
        verifySame(outcomeOf(open(path), run), m_truth);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    qInfo("%d kills, %d of them before the first checkpoint", kills, anew);
    QVERIFY(kills >= wanted && anew < kills);
}

void TestResume::cancelledAfterAnyEpoch()
{
    for (const EpochReport &epoch : m_truth.report.epochs) {
        Project project = open(freshCopy());
        std::stop_source stop;
        TrainHooks hooks;
        hooks.onEpoch = [&](const EpochReport &done) {
            if (done.epoch == epoch.epoch) {
                stop.request_stop();
            }
        };
        QCOMPARE(train(project, {}, hooks, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
        const RunRecord run = readRuns(project)->front();
        QVERIFY(run.state == RunState::Cancelled && isResumable(run));
        const auto report = resume(project, run.id);
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QVERIFY(hasNote(*report, "resumed", std::to_string(epoch.epoch)));
        QCOMPARE(report->epochs.size(), m_truth.report.epochs.size());
        QCOMPARE(report->epochs.back().validLoss, m_truth.report.epochs.back().validLoss);
        QCOMPARE(readChampion(project, "behavior")->id, run.id);
        verifySame(outcomeOf(project, run.id), m_truth);
        if (QTest::currentTestFailed()) {
            qWarning("cancelled after epoch %d", epoch.epoch);
            return;
        }
    }
}

void TestResume::cancelledInTheRefit()
{
    Project project = open(freshCopy());
    const std::int64_t run = cancelledAt(project, m_steps - 1); // in its second pass
    QVERIFY(run > 0);
    long steps = 0;
    const auto report = resume(project, run, [&](std::size_t) { ++steps; });
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY2(steps < m_steps / 4, qPrintable(QString::number(steps))); // the first is not repeated
    verifySame(outcomeOf(project, run), m_truth);
}

void TestResume::whateverIsTrained_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::newRow("gru, adam, sampled")
        << QByteArray(R"({"encoder": "gru", "optimizer": "adam", "item_loss": "sampled"})");
    QTest::newRow("cnn, sgd, bce")
        << QByteArray(R"({"encoder": "cnn", "optimizer": "sgd", "item_loss": "bce"})");
    QTest::newRow("cross-attention, cosine")
        << QByteArray(R"({"cross_attention": true, "similarity": "cosine", "l2": 0.001})");
    QTest::newRow("augmented")
        << QByteArray(R"({"crop_chance": 0.3, "mask_chance": 0.3, "reorder_chance": 0.3})");
    QTest::newRow("return, words, svd")
        << QByteArray(R"({"return_weight": 0.5, "text_buckets": 16, "item_start": "svd"})");
    QTest::newRow("content alone, squared errors")
        << QByteArray(R"({"item_content_only": true, "value_loss": "mse"})");
    QTest::newRow("features")
        << QByteArray(R"({"encoder": "features", "return_weight": 0.5, "value_loss": "mse"})");
}

void TestResume::whateverIsTrained()
{
    QFETCH(QByteArray, settings);
    auto json = nlohmann::json::parse(configToJson(resumableConfig()));
    json.update(nlohmann::json::parse(settings.toStdString()));
    json["epochs"] = 3;
    const auto config = configFromJson(json.dump());
    QVERIFY2(config.ok(), config ? "" : config.error().where.c_str());
    Project project = open(freshCopy());
    const auto truth = trainBehaviorModel(project, *config, {}, {});
    QVERIFY2(truth.ok(), truth ? "" : truth.error().detail.c_str());
    std::stop_source stop;
    TrainHooks hooks;
    hooks.onEpoch = [&](const EpochReport &epoch) {
        if (epoch.epoch == 2) {
            stop.request_stop();
        }
    };
    QCOMPARE(trainBehaviorModel(project, *config, hooks, Task(stop.get_token(), {})).error().code,
             ErrorCode::Cancelled);
    const std::int64_t run = readRuns(project)->front().id;
    const auto report = resume(project, run);
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    verifySame(outcomeOf(project, run), outcomeOf(project, truth->run));
}

void TestResume::memoryThatRanOut()
{
    // Memory for 10 sequences at once from step `from` on: 32 → 16 → 8.
    const auto scarceFrom = [](long from, long &steps, std::size_t &largest) {
        return [from, &steps, &largest](std::size_t sequences) {
            if (++steps >= from && sequences > 10) {
                throw std::bad_alloc();
            }
            largest = std::max(largest, sequences);
        };
    };
    // Once in the first epoch, after which it is cancelled, and once in the second.
    for (const long from : {3L, m_epochSteps + 3}) {
        Project undisturbed = open(freshCopy());
        long steps = 0;
        std::size_t largest = 0;
        const auto truth = train(undisturbed, scarceFrom(from, steps, largest));
        QVERIFY2(truth.ok(), truth ? "" : truth.error().detail.c_str());
        QVERIFY(hasNote(*truth, "batch_halved", "8"));
        const Outcome expected = outcomeOf(undisturbed, truth->run);

        Project project = open(freshCopy());
        std::stop_source stop;
        TrainHooks hooks;
        hooks.onEpoch = [&](const EpochReport &) { stop.request_stop(); };
        steps = 0;
        QVERIFY(!train(project, scarceFrom(from, steps, largest), hooks,
                       Task(stop.get_token(), {})));
        largest = 0;
        const std::int64_t run = readRuns(project)->front().id;
        // the batch stays as small as it was, whether memory is there again or not
        const bool halved = from == 3;
        const auto report = halved ? resume(project, run,
                                            [&](std::size_t sequences) {
                                                largest = std::max(largest, sequences);
                                            })
                                   : resume(project, run, scarceFrom(from, steps, largest));
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QCOMPARE(largest, halved ? std::size_t{8} : std::size_t{32});
        QVERIFY(hasNote(*report, "batch_halved", "8"));
        verifySame(outcomeOf(project, run), expected);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
}

void TestResume::lossThatIsNotFinite()
{
    Project project = open(freshCopy());
    const std::int64_t run = cancelledAt(project, m_steps / 2);
    QVERIFY(run > 0);
    // Finite weights from which the loss leaves the finite numbers.
    auto blobs = *readCheckpoint(project, run);
    const auto rows = *readEpochs(project, run);
    for (WeightBlob &blob : blobs) {
        if (blob.name == "weight.norm.weight") {
            const float huge = 1e38F;
            for (std::size_t at = 0; at < blob.data.size(); at += sizeof huge) {
                std::memcpy(blob.data.data() + at, &huge, sizeof huge);
            }
        }
    }
    QVERIFY(addEpoch(project, run, {}, blobs).ok());
    const auto report = resume(project, run);
    QCOMPARE(report.error().code, ErrorCode::NotFinite);
    const std::string next = std::to_string(rows.back().epoch + 1) + "/1";
    QCOMPARE(report.error().detail, next); // the batch is named
    QVERIFY(readRun(project, run)->state == RunState::Failed);
    QCOMPARE(resume(project, run).error().detail, next); // it says the same again
    QVERIFY(readWeights(project, run)->empty());
}

void TestResume::damagedCheckpoint()
{
    Project project = open(freshCopy());
    const std::int64_t run = cancelledAt(project, m_steps / 2);
    QVERIFY(run > 0);
    const auto sound = *readCheckpoint(project, run);
    const auto refused = [&](ErrorCode code, const std::string &detail) {
        const auto report = resume(project, run);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, code);
        QCOMPARE(report.error().detail, detail);
        QVERIFY(readWeights(project, run)->empty());
    };
    const auto with = [&](const std::vector<WeightBlob> &blobs) {
        return addEpoch(project, run, {}, blobs).ok();
    };
    // a bit that turned: the hash tells, and the run stays what it was
    project.database().execute("UPDATE run_weight SET data = zeroblob(length(data)) "
                               "WHERE name = 'checkpoint/weight.norm.weight'");
    refused(ErrorCode::Damaged, "checkpoint/weight.norm.weight");
    QVERIFY(readRun(project, run)->state == RunState::Cancelled);
    // what a hostile file could hold under a hash that fits
    auto missing = sound;
    missing.erase(missing.begin());
    QVERIFY(with(missing));
    refused(ErrorCode::Damaged, "checkpoint");
    auto reshaped = sound;
    auto matrix = std::ranges::find_if(reshaped, [](const WeightBlob &blob) {
        return blob.shape.size() == 2 && blob.shape[0] != blob.shape[1];
    });
    std::swap(matrix->shape[0], matrix->shape[1]);
    QVERIFY(with(reshaped));
    refused(ErrorCode::Damaged, matrix->name);
    auto poisoned = sound;
    const float nan = std::nanf("");
    std::memcpy(poisoned[1].data.data(), &nan, sizeof nan);
    QVERIFY(with(poisoned));
    refused(ErrorCode::Damaged, poisoned[1].name);
    const auto progressWith = [&](std::size_t position, std::int64_t number) {
        auto changed = sound;
        const auto progress = std::ranges::find(changed, "progress", &WeightBlob::name);
        std::memcpy(progress->data.data() + position * sizeof number, &number, sizeof number);
        return with(changed);
    };
    QVERIFY(progressWith(0, 99));
    refused(ErrorCode::NotResumable, "other_format");
    QVERIFY(progressWith(1, 99));
    refused(ErrorCode::NotResumable, "other_config");
    for (const auto &[position, number] : {std::pair<std::size_t, std::int64_t>{3, 0}, {3, 7},
                                           {3, INT64_MAX}, {4, -1}, {5, 0}, {5, 7}, {8, 0},
                                           {8, 1000}, {9, -1}, {10, -1}, {6, -1}}) {
        QVERIFY(progressWith(position, number));
        refused(ErrorCode::Damaged, "checkpoint");
    }
    // and as it was, it goes on
    QVERIFY(with(sound));
    QVERIFY(resume(project, run).ok());
    verifySame(outcomeOf(project, run), m_truth);
}

void TestResume::refusals()
{
    Project project = open(freshCopy());
    const auto refusal = [&](std::int64_t run) {
        const auto report = resumeBehaviorModel(project, run, {}, {});
        return report ? std::string("resumed") : report.error().detail;
    };
    QCOMPARE(resumeBehaviorModel(project, 99, {}, {}).error().code, ErrorCode::NotTrained);
    RunRecord other;
    other.model = "bg-nbd";
    other.state = RunState::Failed;
    other.id = *beginRun(project, other);
    QVERIFY(finishRun(project, other, {}).ok());
    QCOMPARE(refusal(other.id), std::string("other_model"));

    const std::int64_t run = cancelledAt(project, m_steps / 2);
    QVERIFY(run > 0);
    QVERIFY(reopenRun(project, run, 99).ok());
    QCOMPARE(refusal(run), std::string("running"));
    QVERIFY(closeAbandonedRuns(project).ok());
    const std::string config = readRun(project, run)->config;
    const auto withConfig = [&](std::string text) {
        RunRecord record = *readRun(project, run);
        record.config = std::move(text);
        record.state = RunState::Cancelled;
        return finishRun(project, record, {}).ok();
    };
    BehaviorConfig changed = *configFromJson(config);
    changed.learningRate *= 2;
    QVERIFY(withConfig(configToJson(changed)));
    QCOMPARE(refusal(run), std::string("other_config"));
    QVERIFY(withConfig("{\"unheard_of\": 1}"));
    QCOMPARE(refusal(run), std::string("other_config"));
    QVERIFY(withConfig(config));
    // other data
    SourceRecord source;
    source.name = source.hash = "more";
    const std::int64_t added = *beginSource(project, source);
    QVERIFY(finishSource(project, added).ok());
    QCOMPARE(refusal(run), std::string("other_data"));
    QVERIFY(readRun(project, run)->state == RunState::Cancelled);
    QVERIFY(removeSource(project, added, {}).ok());
    QCOMPARE(refusal(run), std::string("resumed"));
    verifySame(outcomeOf(project, run), m_truth);
    QCOMPARE(refusal(run), std::string("done"));
}

void TestResume::erasedUsersLeaveNoCheckpoint()
{
    Project project = open(freshCopy());
    const std::int64_t run = cancelledAt(project, m_steps / 2);
    QVERIFY(run > 0);
    QVERIFY(!readCheckpoint(project, run)->empty());
    QVERIFY(tracesOfUser(project, "c3", {}).ok()); // looks only
    QVERIFY(!readCheckpoint(project, run)->empty());
    QVERIFY(eraseUser(project, "c3", {}).ok());
    QVERIFY(readCheckpoint(project, run)->empty());
    QCOMPARE(resume(project, run).error().detail, std::string("other_data"));
    QVERIFY(verifyProject(project, {})->sound());
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
