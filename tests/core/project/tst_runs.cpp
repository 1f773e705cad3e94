#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/recovery.h"
#include "core/project/run_edits.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/truth_store.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace perennial;
using test::ProjectFixture;

namespace {

WeightBlob floats(const std::string &name, const std::vector<float> &values)
{
    WeightBlob blob;
    blob.name = name;
    blob.type = "float32";
    blob.shape = {static_cast<std::int64_t>(values.size())};
    blob.data.resize(values.size() * sizeof(float));
    std::memcpy(blob.data.data(), values.data(), blob.data.size());
    return blob;
}

std::int64_t doneRun(Project &project, const std::string &model)
{
    RunRecord run;
    run.model = model;
    run.config = "{}";
    run.id = *beginRun(project, run);
    run.state = RunState::Done;
    run.metrics = R"({"hr10":0.5})";
    if (!finishRun(project, run, {floats("w", {1, 2, 3})})) {
        qFatal("finishRun");
    }
    return run.id;
}

bool intact(const Project &project)
{
    const auto report = verifyProject(project, {});
    return report.ok() && report->sound();
}

} // namespace

class TestRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weightsRoundTrip();
    void changedWeightsAreRefused();
    void championIsTheLastUntilRolledBack();
    void abandonedRunsBecomeInterrupted();
    void checkpointsAreReplacedAndGoWithADoneRun();
    void damagedCheckpointsAreRefused();
    void onlyEndedRunsAreReopened();
    void epochsKeepWhatIsANumber();
    void notesAreKept();
    void removedRunsComeBackAsTheyWere();
    void numbersAreNotGivenTwice();
    void onlyEndedRunsAreRemoved();
    void formerChampionIsTheOneBefore();
    void scenariosAreReplacedByName();
    void truthRoundTrips();
};

void TestRuns::weightsRoundTrip()
{
    ProjectFixture fixture;
    const auto run = doneRun(fixture.project(), "behavior");
    const auto weights = readWeights(fixture.project(), run);
    QVERIFY(weights.ok());
    QCOMPARE(weights->size(), std::size_t{1});
    QVERIFY(weights->front().data == floats("w", {1, 2, 3}).data);
    QVERIFY((weights->front().shape == std::vector<std::int64_t>{3}));
}

void TestRuns::changedWeightsAreRefused()
{
    const std::vector<const char *> changes{
        "UPDATE run_weight SET data = x'000000000000000000000001'",
        "UPDATE run_weight SET name = 'v'",
        "UPDATE run_weight SET shape = '[1,3]'",
        "UPDATE run_weight SET shape = '[4]'",
        "UPDATE run_weight SET shape = '[-3]'",
        "UPDATE run_weight SET shape = '[4294967296,4294967296]'",
        "UPDATE run_weight SET shape = 'nonsense'",
        "UPDATE run_weight SET type = 'int64'"};
    for (const char *change : changes) {
        ProjectFixture fixture;
        const auto run = doneRun(fixture.project(), "behavior");
        fixture.project().database().execute(change);
        const auto weights = readWeights(fixture.project(), run);
        QVERIFY2(!weights.ok(), change);
        QCOMPARE(weights.error().code, ErrorCode::Damaged);
    }
}

void TestRuns::championIsTheLastUntilRolledBack()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    QCOMPARE(readChampion(project, "behavior").error().code, ErrorCode::NotTrained);
    const auto first = doneRun(project, "behavior");
    const auto second = doneRun(project, "behavior");
    const auto other = doneRun(project, "bg-nbd");
    QCOMPARE(readChampion(project, "behavior")->id, second);
    QVERIFY(setChampion(project, first).ok());
    QCOMPARE(readChampion(project, "behavior")->id, first);
    QCOMPARE(readChampion(project, "bg-nbd")->id, other);
    QCOMPARE(setChampion(project, 999).error().code, ErrorCode::NotTrained);
}

void TestRuns::abandonedRunsBecomeInterrupted()
{
    ProjectFixture fixture;
    RunRecord run;
    run.model = "behavior";
    const auto id = *beginRun(fixture.project(), run);
    QCOMPARE(readRun(fixture.project(), id)->state, RunState::Running);
    QCOMPARE(setChampion(fixture.project(), id).error().code, ErrorCode::NotTrained);
    const auto path = fixture.project().path();
    QVERIFY(Project::open(path, Project::Access::ReadOnly).ok());
    QCOMPARE(readRun(fixture.project(), id)->state, RunState::Running);
    fixture.close();
    const auto reopened = Project::open(path, Project::Access::ReadWrite);
    QCOMPARE(readRun(*reopened, id)->state, RunState::Interrupted);
}

void TestRuns::checkpointsAreReplacedAndGoWithADoneRun()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    RunRecord run;
    run.model = "behavior";
    run.id = *beginRun(project, run);
    QVERIFY(readCheckpoint(project, run.id)->empty());
    QVERIFY(addEpoch(project, run.id, {{1, "loss", 2.5}}, {floats("a", {1}), floats("b", {2})}).ok());
    QVERIFY(addEpoch(project, run.id, {{2, "loss", 2.0}}, {floats("a", {3})}).ok());
    QVERIFY(addEpoch(project, run.id, {{3, "loss", 1.5}}).ok()); // the last one stays
    const auto checkpoint = *readCheckpoint(project, run.id);
    QCOMPARE(checkpoint.size(), std::size_t{1});
    QCOMPARE(checkpoint[0].name, std::string("a"));
    QVERIFY(checkpoint[0].data == floats("a", {3}).data);
    QVERIFY(readWeights(project, run.id)->empty());
    run.state = RunState::Cancelled;
    QVERIFY(finishRun(project, run, {}).ok());
    QCOMPARE(readCheckpoint(project, run.id)->size(), std::size_t{1});
    QVERIFY(verifyProject(project, {})->sound());

    const auto other = *beginRun(project, run);
    QVERIFY(addEpoch(project, other, {}, {floats("a", {7})}).ok());
    run.state = RunState::Done;
    QVERIFY(finishRun(project, run, {floats("w", {4})}).ok());
    QVERIFY(readCheckpoint(project, run.id)->empty());
    QCOMPARE(readWeights(project, run.id)->size(), std::size_t{1});
    QCOMPARE(readCheckpoint(project, other)->size(), std::size_t{1});
    QVERIFY(verifyProject(project, {})->sound());
}

void TestRuns::damagedCheckpointsAreRefused()
{
    for (const char *change : {"UPDATE run_weight SET data = x'00000001'",
                               "UPDATE run_weight SET name = 'checkpoint/v'",
                               "UPDATE run_weight SET shape = '[2]'",
                               "UPDATE run_weight SET type = 'int64'"}) {
        ProjectFixture fixture;
        const auto run = *beginRun(fixture.project(), {});
        QVERIFY(addEpoch(fixture.project(), run, {}, {floats("w", {1})}).ok());
        fixture.project().database().execute(change);
        QCOMPARE(readCheckpoint(fixture.project(), run).error().code, ErrorCode::Damaged);
        QVERIFY(readWeights(fixture.project(), run)->empty());
        QVERIFY2(!verifyProject(fixture.project(), {})->sound(), change);
    }
}

void TestRuns::onlyEndedRunsAreReopened()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    RunRecord run;
    run.model = "behavior";
    run.id = *beginRun(project, run);
    QVERIFY(addEpoch(project, run.id, {{1, "loss", 2.5}, {2, "loss", 2.0}, {3, "loss", 1.5}}).ok());
    QCOMPARE(reopenRun(project, run.id, 2).error().detail, std::string("running"));
    for (const RunState state : {RunState::Cancelled, RunState::Failed, RunState::Interrupted}) {
        run.state = state;
        QVERIFY(finishRun(project, run, {}).ok());
        QVERIFY(reopenRun(project, run.id, 2).ok());
        QCOMPARE(readRun(project, run.id)->state, RunState::Running);
        QCOMPARE(readRun(project, run.id)->finishedAt, 0);
        QCOMPARE(readEpochs(project, run.id)->back().epoch, 2);
    }
    run.state = RunState::Done;
    QVERIFY(finishRun(project, run, {}).ok());
    QCOMPARE(reopenRun(project, run.id, 2).error().code, ErrorCode::NotResumable);
    QCOMPARE(reopenRun(project, run.id, 2).error().detail, std::string("done"));
    QCOMPARE(reopenRun(project, 99, 0).error().code, ErrorCode::NotTrained);
}

void TestRuns::epochsKeepWhatIsANumber()
{
    ProjectFixture fixture;
    const auto run = *beginRun(fixture.project(), {});
    QVERIFY(addEpoch(fixture.project(), run, {{1, "loss", 2.5}, {1, "auc", std::nan("")}}).ok());
    QVERIFY(addEpoch(fixture.project(), run, {{2, "loss", 2.0}}).ok());
    const auto epochs = readEpochs(fixture.project(), run);
    QCOMPARE(epochs->size(), std::size_t{2});
    QCOMPARE(epochs->back().value, 2.0);
}

void TestRuns::notesAreKept()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    const auto run = doneRun(project, "behavior");
    QVERIFY(setRunNote(project, run, "<b>first</b> try\n", "baseline, no crop").ok());
    QCOMPARE(readRun(project, run)->note, std::string("<b>first</b> try\n"));
    QCOMPARE(readRuns(project)->front().tags, std::string("baseline, no crop"));
    QCOMPARE(setRunNote(project, 99, "x", "").error().code, ErrorCode::NotTrained);
    QVERIFY(intact(project));
}

void TestRuns::removedRunsComeBackAsTheyWere()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    const auto older = doneRun(project, "behavior");
    const auto run = doneRun(project, "behavior");
    QVERIFY(addEpoch(project, run, {{1, "hr10", 0.25}, {2, "hr10", 0.5}}).ok());
    QVERIFY(setRunNote(project, run, "note", "tag").ok());
    const auto removed = removeRun(project, run);
    QVERIFY(removed.ok());
    QCOMPARE(readRun(project, run).error().code, ErrorCode::NotTrained);
    QVERIFY(readEpochs(project, run)->empty());
    QVERIFY(readWeights(project, run)->empty());
    QCOMPARE(readChampion(project, "behavior").error().code, ErrorCode::NotTrained);
    QVERIFY(intact(project));
    QVERIFY(setChampion(project, older).ok());
    QVERIFY(restoreRun(project, *removed).ok());
    QCOMPARE(readChampion(project, "behavior")->id, run);
    QVERIFY(!readRun(project, older)->champion);
    QCOMPARE(readRun(project, run)->note, std::string("note"));
    QCOMPARE(readEpochs(project, run)->size(), std::size_t{2});
    QVERIFY(readWeights(project, run)->front().data == floats("w", {1, 2, 3}).data);
    QVERIFY(intact(project));
    QCOMPARE(restoreRun(project, *removed).error().code, ErrorCode::InvalidArgument);
    const auto again = removeRun(project, run);
    QVERIFY(again.ok());
    QVERIFY(appendAudit(project, "forget", "{}").ok());
    QCOMPARE(restoreRun(project, *again).error().where, std::string("erased"));
}

void TestRuns::numbersAreNotGivenTwice()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    doneRun(project, "behavior");
    const auto run = doneRun(project, "behavior");
    QVERIFY(removeRun(project, run).ok());
    QCOMPARE(doneRun(project, "behavior"), run + 1);
    QVERIFY(removeRun(project, run + 1).ok());
    QVERIFY(removeRun(project, run - 1).ok());
    QCOMPARE(doneRun(project, "behavior"), run + 2);
}

void TestRuns::onlyEndedRunsAreRemoved()
{
    ProjectFixture fixture;
    RunRecord run;
    run.model = "behavior";
    const auto id = *beginRun(fixture.project(), run);
    QCOMPARE(removeRun(fixture.project(), id).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(removeRun(fixture.project(), 99).error().code, ErrorCode::NotTrained);
}

void TestRuns::formerChampionIsTheOneBefore()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    QVERIFY(!formerChampion(project, "behavior")->has_value());
    const auto first = doneRun(project, "behavior");
    QVERIFY(!formerChampion(project, "behavior")->has_value());
    const auto second = doneRun(project, "behavior");
    const auto third = doneRun(project, "behavior");
    doneRun(project, "bg-nbd");
    QCOMPARE(formerChampion(project, "behavior")->value(), second);
    QVERIFY(setChampion(project, first).ok());
    QCOMPARE(formerChampion(project, "behavior")->value(), third);
    QVERIFY(removeRun(project, third).ok());
    QCOMPARE(formerChampion(project, "behavior")->value(), second);
}

void TestRuns::scenariosAreReplacedByName()
{
    ProjectFixture fixture;
    ScenarioRecord scenario;
    scenario.name = "Win-back";
    scenario.definition = "{}";
    const auto id = saveScenario(fixture.project(), scenario);
    QVERIFY(id.ok());
    scenario.outcome = R"({"delta":0})";
    QCOMPARE(*saveScenario(fixture.project(), scenario), *id);
    QCOMPARE(readScenarios(fixture.project())->size(), std::size_t{1});
    QCOMPARE(readScenarios(fixture.project())->front().outcome, scenario.outcome);
    QVERIFY(removeScenario(fixture.project(), *id).ok());
    QVERIFY(readScenarios(fixture.project())->empty());
    scenario.name.clear();
    QCOMPARE(saveScenario(fixture.project(), scenario).error().code, ErrorCode::InvalidArgument);
}

void TestRuns::truthRoundTrips()
{
    ProjectFixture fixture;
    QVERIFY(readTruth(fixture.project())->empty());
    TruthUser user;
    user.user = 7;
    user.alive = true;
    user.expectedValue180 = 12.25;
    QVERIFY(writeTruth(fixture.project(), {user}, {{7, 3, 1, 0.9}, {7, 5, 2, 0.8}}).ok());
    QCOMPARE(readTruth(fixture.project())->front().expectedValue180, 12.25);
    QVERIFY(readTruth(fixture.project())->front().alive);
    QCOMPARE(readTruthItems(fixture.project(), 7)->back().item, 5);
}

QTEST_APPLESS_MAIN(TestRuns)
#include "tst_runs.moc"
