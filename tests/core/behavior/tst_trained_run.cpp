#include "core/behavior/score.h"
#include "core/behavior/train.h"
#include "core/project/run_store.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cstring>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig tinyConfig(int ensemble)
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16; // √d is a power of two: scaling by it loses no bit
    config.sequenceLength = 20;
    config.epochs = 2;
    config.headPasses = 2;
    config.refitEpochs = 0;
    config.ensemble = ensemble;
    return config;
}

/// The same weights as versions stored them that scaled the rows of a token's fields by √d.
void makeOlder(std::vector<WeightBlob> &weights)
{
    for (WeightBlob &blob : weights) {
        const std::size_t at = blob.name.find("token.fields");
        if (at == std::string::npos) {
            continue;
        }
        blob.name.replace(at, std::string::npos, "token.context");
        for (std::size_t k = 0; k < blob.data.size(); k += sizeof(float)) {
            float value = 0;
            std::memcpy(&value, blob.data.data() + k, sizeof value);
            value /= 4;
            std::memcpy(blob.data.data() + k, &value, sizeof value);
        }
    }
}

} // namespace

class TestTrainedRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weightsOfOlderVersionsAnswerAsTheyDid_data();
    void weightsOfOlderVersionsAnswerAsTheyDid();
};

void TestTrainedRun::weightsOfOlderVersionsAnswerAsTheyDid_data()
{
    QTest::addColumn<int>("ensemble");
    QTest::newRow("one") << 1;
    QTest::newRow("ensemble") << 2;
}

void TestTrainedRun::weightsOfOlderVersionsAnswerAsTheyDid()
{
    QFETCH(int, ensemble);
    ProjectFixture fixture;
    fixture.add(customerEvents(300, 200, true));
    const auto report = trainBehaviorModel(fixture.project(), tinyConfig(ensemble), {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    const Day day = report->split.until;
    const auto answers = scoreBehavior(fixture.project(), report->run, day, {});
    auto weights = readWeights(fixture.project(), report->run);
    QVERIFY(answers.ok() && weights.ok());
    makeOlder(*weights);
    RunRecord older = *readRun(fixture.project(), report->run);
    older.id = *beginRun(fixture.project(), older);
    QVERIFY(finishRun(fixture.project(), older, *weights).ok());
    const auto again = scoreBehavior(fixture.project(), older.id, day, {});
    QVERIFY2(again.ok(), again ? "" : again.error().detail.c_str());
    QVERIFY(*again == *answers);
    BehaviorConfig warm = tinyConfig(ensemble);
    warm.warmRun = older.id;
    const auto newer = trainBehaviorModel(fixture.project(), warm, {}, {});
    QVERIFY2(newer.ok(), newer ? "" : newer.error().detail.c_str());
    // a run without these rows under either name says so
    std::erase_if(*weights, [](const WeightBlob &blob) {
        return blob.name.find("token.context") != std::string::npos;
    });
    RunRecord broken = older;
    broken.id = *beginRun(fixture.project(), broken);
    QVERIFY(finishRun(fixture.project(), broken, *weights).ok());
    const auto none = scoreBehavior(fixture.project(), broken.id, day, {});
    QCOMPARE(none.error().code, ErrorCode::Damaged);
    QCOMPARE(none.error().detail, std::string("token.fields"));
}

QTEST_GUILESS_MAIN(TestTrainedRun)
#include "tst_trained_run.moc"
