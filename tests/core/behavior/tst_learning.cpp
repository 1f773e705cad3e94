#include "core/behavior/score.h"
#include "core/behavior/train.h"
#include "core/project/run_store.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace perennial;
using namespace perennial::test;

namespace {

using Change = std::function<void(BehaviorConfig &)>;

BehaviorConfig ringConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 16;
    config.batchSize = 32;
    config.epochs = 8;
    config.patience = 8;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    return config;
}

} // namespace

Q_DECLARE_METATYPE(Change)

/// Every encoder, similarity, loss, optimiser and schedule learns something.
class TestLearning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_ring.add(ringEvents(120, 60, 0.1, EventKind::View)); }

    void theLossFalls_data()
    {
        QTest::addColumn<Change>("change");
        const auto add = [](const char *name, Change change) { QTest::newRow(name) << change; };
        add("attention", [](BehaviorConfig &) {});
        add("cross attention", [](BehaviorConfig &c) { c.crossAttention = true; });
        add("gru", [](BehaviorConfig &c) { c.encoder = UserEncoder::Gru; });
        add("cnn", [](BehaviorConfig &c) { c.encoder = UserEncoder::Cnn; });
        add("pool", [](BehaviorConfig &c) { c.encoder = UserEncoder::Pool; });
        add("cosine", [](BehaviorConfig &c) { c.similarity = Similarity::Cosine; });
    }
    void theLossFalls()
    {
        QFETCH(Change, change);
        BehaviorConfig config = ringConfig();
        change(config);
        const auto report = trainBehaviorModel(m_ring.project(), config, {}, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        const EpochReport &first = report->epochs.front();
        const EpochReport &last = report->epochs.back();
        const QString seen = QString("train %1 → %2, valid %3 → %4, HR@10 %5")
                                 .arg(*first.trainNextItem)
                                 .arg(*last.trainNextItem)
                                 .arg(*first.validNextItem)
                                 .arg(*last.validNextItem)
                                 .arg(*report->metrics.hr10);
        qInfo().noquote() << QTest::currentDataTag() << seen;
        QVERIFY2(*last.trainNextItem < 0.8 * *first.trainNextItem, qPrintable(seen));
        QVERIFY2(*last.validNextItem < 0.8 * *first.validNextItem, qPrintable(seen));
        QVERIFY2(*report->metrics.hr10 > 0.6, qPrintable(seen)); // by chance: 0.25
        // what is stored is what was trained: it loads, and its scores are finite
        const auto run = readRun(m_ring.project(), report->run);
        QVERIFY(run.ok());
        QVERIFY(configFromJson(run->config)->encoder == config.encoder);
        QVERIFY(scoreBehavior(m_ring.project(), report->run, report->split.until, {}).ok());
    }

private:
    ProjectFixture m_ring;
};

QTEST_GUILESS_MAIN(TestLearning)
#include "tst_learning.moc"
