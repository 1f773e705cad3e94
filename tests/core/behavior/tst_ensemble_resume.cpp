#include "core/base/rng.h"
#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"
#include "core/project/database.h"
#include "core/project/recovery.h"
#include "tests/core/behavior/resumed_run.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cstring>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kMembers = 3;

BehaviorConfig ensembleConfig()
{
    BehaviorConfig config = resumableConfig();
    config.ensemble = kMembers;
    return config;
}

} // namespace

class TestEnsembleResume : public QObject, private ResumedTraining {
    Q_OBJECT

public:
    TestEnsembleResume() : ResumedTraining(ensembleConfig()) {}

private Q_SLOTS:
    void initTestCase();
    void killedAtAnyMoment();
    void cancelledAfterAnyEpoch();
    void cancelledBetweenMembers();
    void cancelledInARefit();
    void whatIsKeptIsOfTheRun();
    void damagedCheckpoint();
    void memoryThatRanOut();

private:
    std::vector<long> m_begins;  ///< first step of each member, from 0
};

void TestEnsembleResume::initTestCase()
{
    prepareTorchRuntime();
    m_fixture.add(customerEvents(120, 150, true));
    QVERIFY(emptyLog(m_fixture.project()).ok());
    Project project = open(freshCopy());
    std::vector<long> lastEpoch(kMembers, 0);
    TrainHooks hooks;
    hooks.onEpoch = [&](const EpochReport &epoch) {
        const auto member = static_cast<std::size_t>(epoch.member);
        if (m_begins.size() < member) { // its first epoch is done
            m_begins.push_back(0);
        }
        lastEpoch[member - 1] = m_steps;
    };
    const auto report = train(project, [&](std::size_t) { ++m_steps; }, hooks);
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    m_truth = outcomeOf(project, report->run);
    QCOMPARE(m_begins.size(), std::size_t{kMembers});
    // a refit of two passes follows each member's last epoch
    const long refit = m_steps - lastEpoch.back();
    for (std::size_t k = 1; k < m_begins.size(); ++k) {
        m_begins[k] = lastEpoch[k - 1] + refit;
    }
    QVERIFY(refit > 5 && m_begins[1] > 20 && m_begins[2] > m_begins[1] + 20);
    QVERIFY(readCheckpoint(project, report->run)->empty());
    // and it is what three trainings alone give
    for (int k = 0; k < kMembers; ++k) {
        BehaviorConfig config = resumableConfig();
        config.seed += k;
        const auto single = trainBehaviorModel(project, config, {}, {});
        QVERIFY(single.ok());
        const std::string prefix = "member." + std::to_string(k + 1) + "/";
        int same = 0;
        for (const WeightBlob &blob : *readWeights(project, single->run)) {
            const auto found =
                std::ranges::find(m_truth.weights, prefix + blob.name, &WeightBlob::name);
            QVERIFY(found == m_truth.weights.end() || found->data == blob.data);
            same += found != m_truth.weights.end() ? 1 : 0;
        }
        QVERIFY(same > 15);
        QCOMPARE(m_truth.report.members[static_cast<std::size_t>(k)].bestEpoch, single->bestEpoch);
    }
}

// PERENNIAL_KILLS=N kills N trainings, PERENNIAL_KILL_SEED=S at other moments.
void TestEnsembleResume::killedAtAnyMoment()
{
    const int asked = qEnvironmentVariableIntValue("PERENNIAL_KILLS");
    const int wanted = asked > 0 ? asked : 8;
    Rng rng(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("PERENNIAL_KILL_SEED")) + 77);
    int kills = 0, inLater = 0;
    for (int tries = 0; kills < wanted && tries < 20 * wanted; ++tries) {
        const auto path = freshCopy();
        std::int64_t run = 0;
        bool killed = false;
        for (bool done = false; !done;) {
            Moment moment;
            if (!killed || rng.below(2) == 0) {
                (rng.below(2) == 0 ? moment.step : moment.write) =
                    1 + rng.below(static_cast<std::uint32_t>(m_steps));
            }
            const int code = runChild(path, run, moment, kMembers);
            QVERIFY2(code == 0 || code == -SIGKILL, qPrintable(QString::number(code)));
            killed = killed || code != 0;
            kills += code != 0 ? 1 : 0;
            const Project project = open(path);
            QVERIFY(verifyProject(project, {})->sound());
            const auto runs = *readRuns(project);
            QVERIFY(runs.size() <= 1);
            if (runs.empty()) {
                QVERIFY(code != 0 && run == 0);
                continue;
            }
            run = runs[0].id;
            done = runs[0].state == RunState::Done;
            QVERIFY(done || (code != 0 && isResumable(runs[0])));
            QVERIFY(done || readWeights(project, run)->empty());
            const auto blobs = *readCheckpoint(project, run);
            inLater += std::ranges::any_of(blobs, [](const WeightBlob &blob) {
                           return blob.name.starts_with(kKeptPrefix);
                       }) ? 1 : 0;
        }
        verifySame(outcomeOf(open(path), run), m_truth);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    qInfo("%d kills, %d of them after the first member", kills, inLater);
    QVERIFY(kills >= wanted && inLater > 0);
}

void TestEnsembleResume::cancelledAfterAnyEpoch()
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
        QVERIFY(run.state == RunState::Cancelled && readWeights(project, run.id)->empty());
        QVERIFY(!readChampion(project, "behavior"));
        const auto report = resume(project, run.id);
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        const auto note = std::ranges::find(report->notes, "resumed", &TrainNote::code);
        QCOMPARE(note->detail, std::to_string(epoch.epoch));
        verifySame(outcomeOf(project, run.id), m_truth);
        if (QTest::currentTestFailed()) {
            qWarning("cancelled after epoch %d", epoch.epoch);
            return;
        }
    }
}

// Just before the first step of a member, nothing of the one before is done again.
void TestEnsembleResume::cancelledBetweenMembers()
{
    for (int k = 1; k < kMembers; ++k) {
        Project project = open(freshCopy());
        const long first = m_begins[static_cast<std::size_t>(k)] + 1;
        const std::int64_t run = cancelledAt(project, first);
        QVERIFY(run > 0);
        long steps = 0;
        const auto report = resume(project, run, [&](std::size_t) { ++steps; });
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QCOMPARE(steps, m_steps - first + 1);
        verifySame(outcomeOf(project, run), m_truth);
    }
}

void TestEnsembleResume::cancelledInARefit()
{
    for (const long step : {m_begins[1] - 1, m_begins[2] - 1, m_steps - 1}) {
        Project project = open(freshCopy());
        const std::int64_t run = cancelledAt(project, step); // in a second pass
        QVERIFY(run > 0);
        long steps = 0;
        const auto report = resume(project, run, [&](std::size_t) { ++steps; });
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QVERIFY(steps < m_steps - step + m_begins[1] / 4); // the first is not repeated
        verifySame(outcomeOf(project, run), m_truth);
    }
}

// A member is written once, and no longer there when the run has its weights.
void TestEnsembleResume::whatIsKeptIsOfTheRun()
{
    Project project = open(freshCopy());
    const std::int64_t run = cancelledAt(project, m_begins[2] + 1);
    QVERIFY(run > 0);
    const auto blobs = *readCheckpoint(project, run);
    for (const char *name : {"kept/member.1/cut.item.own", "kept/member.1/refitted.item.own",
                             "kept/member.2/cut.item.own", "kept/member.2/progress"}) {
        QCOMPARE(std::ranges::count(blobs, name, &WeightBlob::name), 1);
    }
    const auto stored = [&](int member) {
        const std::string name = "member." + std::to_string(member) + "/item.own";
        return std::ranges::find(m_truth.weights, name, &WeightBlob::name)->data;
    };
    const auto kept =
        std::ranges::find(blobs, "kept/member.2/refitted.item.own", &WeightBlob::name);
    QVERIFY(kept->data == stored(2));
    QVERIFY(verifyProject(project, {})->sound());
    QVERIFY(resume(project, run).ok());
    QVERIFY(readCheckpoint(project, run)->empty());
}

void TestEnsembleResume::damagedCheckpoint()
{
    Project project = open(freshCopy());
    const std::int64_t run = cancelledAt(project, m_begins[1] + 12);
    QVERIFY(run > 0);
    Database &database = project.database();
    database.execute("CREATE TEMP TABLE sound AS SELECT * FROM run_weight");
    const auto restore = [&] {
        database.execute("DELETE FROM run_weight; INSERT INTO run_weight SELECT * FROM sound");
    };
    const auto refusal = [&] {
        const auto report = resume(project, run);
        return report ? std::string("resumed")
                      : std::to_string(report.error().code == ErrorCode::Damaged) + " " +
                            report.error().detail;
    };
    const std::string kept = "checkpoint/kept/member.1/";
    database.execute("UPDATE run_weight SET data = zeroblob(length(data)) WHERE name = '" + kept +
                     "cut.norm.weight'");
    QCOMPARE(refusal(), "1 " + kept + "cut.norm.weight"); // the hash
    restore();
    database.execute("DELETE FROM run_weight WHERE name = '" + kept + "progress'");
    QCOMPARE(refusal(), std::string("1 member.1/progress"));
    restore();
    database.execute("DELETE FROM run_weight WHERE name LIKE '" + kept + "refitted.%'");
    QCOMPARE(refusal(), std::string("1 member.1/progress"));
    restore();
    // what a hostile file could hold under a hash that fits
    const auto sound = *readCheckpoint(project, run);
    const auto with = [&](const std::string &name, std::size_t position, std::int64_t number) {
        auto blobs = sound;
        auto members = net::takeKept(blobs);
        for (auto *list : {&blobs, &members}) {
            const auto found = std::ranges::find(*list, name, &WeightBlob::name);
            if (found != list->end()) {
                std::memcpy(found->data.data() + position * sizeof number, &number, sizeof number);
            }
        }
        database.execute("DELETE FROM run_weight");
        return addEpoch(project, run, {}, blobs, members).ok();
    };
    for (const auto &[position, number] : {std::pair<std::size_t, std::int64_t>{12, 2}, {12, -1},
                                           {12, 3}, {12, 99}, {12, INT64_MAX}, {3, 0}}) {
        QVERIFY(with("progress", position, number));
        QVERIFY2(refusal().starts_with("1 "), qPrintable(QString::number(number)));
    }
    for (const auto &[position, number] : {std::pair<std::size_t, std::int64_t>{0, 0}, {0, 7},
                                           {1, 0}, {1, 99}, {2, 0}, {3, -1}, {4, -1}}) {
        QVERIFY(with("member.1/progress", position, number));
        QCOMPARE(refusal(), std::string("1 member.1/progress"));
    }
    QVERIFY(with("none", 0, 0));
    QCOMPARE(refusal(), std::string("resumed"));
    verifySame(outcomeOf(project, run), m_truth);
}

void TestEnsembleResume::memoryThatRanOut()
{
    // for 10 sequences at once in the second member alone
    const auto scarce = [&](long &steps) {
        return [&](std::size_t sequences) {
            if (++steps > m_begins[1] && steps <= m_begins[1] + 3 && sequences > 10) {
                throw std::bad_alloc();
            }
        };
    };
    Project undisturbed = open(freshCopy());
    long steps = 0;
    const auto truth = train(undisturbed, scarce(steps));
    QVERIFY2(truth.ok(), truth ? "" : truth.error().detail.c_str());
    QCOMPARE(std::ranges::count(truth->notes, "batch_halved", &TrainNote::code), 1);
    const auto stored = *readWeights(undisturbed, truth->run);
    const auto same = [&](const std::string &name) {
        return std::ranges::find(stored, name, &WeightBlob::name)->data ==
               std::ranges::find(m_truth.weights, name, &WeightBlob::name)->data;
    };
    // the others are as they would have been
    QVERIFY(same("member.1/item.own") && same("member.3/item.own") && !same("member.2/item.own"));
}

QTEST_GUILESS_MAIN(TestEnsembleResume)
#include "tst_ensemble_resume.moc"
