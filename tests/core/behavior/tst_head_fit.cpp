#include "core/behavior/train.h"
#include "core/project/database.h"
#include "core/project/run_store.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kHorizon = 30;

BehaviorConfig tinyConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = kHorizon;
    config.dimension = 32;
    config.sequenceLength = 20;
    config.batchSize = 64;
    config.epochs = 4;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    return config;
}

/// Walks on the ring of which any event is a purchase by the same chance: the next item is known,
/// an order within the window is a coin's toss.
std::vector<PlainEvent> ringWithChanceOrders(int users, int days)
{
    std::vector<PlainEvent> events = ringEvents(users, days, 0.1, EventKind::View);
    Rng rng(17);
    for (PlainEvent &event : events) {
        event.kind = rng.uniform() < 0.12 ? EventKind::Purchase : EventKind::View;
    }
    return events;
}

/// Who looked at an item of the first half last before a window orders in it; nothing else tells.
std::vector<PlainEvent> ordersByLastItem(int users, Day until, int windows)
{
    constexpr int kItems = 12;
    Rng rng(29);
    std::vector<PlainEvent> events;
    for (int user = 0; user < users; ++user) {
        const std::string key = "u" + std::to_string(user);
        bool orders = false;
        for (int window = windows; window > 0; --window) {
            const Day first = until - window * kHorizon + 1;
            if (orders) {
                events.push_back({key, "", EventKind::Purchase, startOf(first + 3) + 60, 20.0, {}});
            }
            int item = 0;
            for (const int day : {7, 15, 29}) {
                item = static_cast<int>(rng.below(kItems));
                events.push_back({key, "i" + std::to_string(item), EventKind::View,
                                  startOf(first + day) + 60, 0, {}});
            }
            orders = item < kItems / 2;
        }
    }
    return events;
}

const HeadFit *fitOf(const TrainReport &report, const std::string &head)
{
    const auto found =
        std::ranges::find_if(report.headFits, [&](const HeadFit &fit) { return fit.head == head; });
    return found != report.headFits.end() ? &*found : nullptr;
}

double entropy(double p) { return -p * std::log(p) - (1 - p) * std::log(1 - p); }

/// Of the weights of a run.
std::vector<std::vector<std::uint8_t>> bytesOf(const Project &project, std::int64_t run)
{
    std::vector<std::vector<std::uint8_t>> all;
    for (const WeightBlob &blob : *readWeights(project, run)) {
        const auto *from = reinterpret_cast<const std::uint8_t *>(blob.data.data());
        all.emplace_back(from, from + blob.data.size());
    }
    return all;
}

} // namespace

class TestHeadFit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHeadOfNoiseLeavesTheNextItemItsEpochs()
    {
        ProjectFixture fixture;
        fixture.add(ringWithChanceOrders(250, 150));
        BehaviorConfig config = tinyConfig();
        config.epochs = 16;
        config.windowsPerUser = 4;
        double churned = 0, customers = 0;
        TrainHooks hooks;
        hooks.onValidated = [&](const ValidationSet &set) -> Result<std::string> {
            for (const ValidationRow &row : set.rows) {
                customers += row.customer ? 1 : 0;
                churned += row.customer && row.churned ? 1 : 0;
            }
            return std::string("{}");
        };
        const auto report = trainBehaviorModel(fixture.project(), config, hooks, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        const double best = 0.9 + 0.1 * 9 / (kRingItems - 1);
        const double least = entropy(churned / customers);
        qInfo("HR@10 %.4f of %.4f in epoch %d; log loss %.4f, the base rate's %.4f",
              *report->metrics.hr10, best, report->bestEpoch, *report->metrics.churnLogLoss, least);
        QVERIFY(*report->metrics.hr10 >= 0.95 * best);
        QVERIFY(*report->metrics.churnLogLoss < least + 0.02);
        // what was wrong: heads that teach the encoder, one sum of losses, no passes of their own
        config.labelGradient = 1;
        config.headPasses = 0;
        const auto joint = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(joint.ok() && joint->headFits.empty());
        qInfo("jointly: HR@10 %.4f, log loss %.4f", *joint->metrics.hr10,
              *joint->metrics.churnLogLoss);
        QVERIFY(*joint->metrics.churnLogLoss > *report->metrics.churnLogLoss);
    }

    void aHeadReadsEventsWhereTheyTell()
    {
        ProjectFixture fixture;
        const Day until = dayFromCivil({2025, 12, 31});
        fixture.add(ordersByLastItem(400, until, 6));
        BehaviorConfig config = tinyConfig();
        config.until = until;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        const HeadFit *churn = fitOf(*report, "churn");
        QVERIFY(churn && churn->readsEvents);
        QVERIFY2(*report->metrics.churnAuc > 0.95,
                 qPrintable(QString::number(*report->metrics.churnAuc)));
    }

    void eachStopsForItselfAndIsTold()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(300, 200, true));
        BehaviorConfig config = tinyConfig();
        config.headPasses = 12;
        config.refitEpochs = 1;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QVERIFY(fitOf(*report, "churn") && fitOf(*report, "value") && !fitOf(*report, "next_item"));
        for (const HeadFit &fit : report->headFits) {
            QVERIFY2(fit.loss <= fit.lossBefore && std::isfinite(fit.loss), fit.head.c_str());
            QVERIFY(fit.pass >= 0 && fit.pass <= fit.passes && fit.passes <= config.headPasses);
            QVERIFY(fit.passes == config.headPasses || fit.passes - fit.pass == config.patience);
        }
        const auto stored = trainReportFromRun(fixture.project(), report->run);
        QVERIFY(stored.ok());
        QCOMPARE(stored->headFits.size(), report->headFits.size());
        for (std::size_t k = 0; k < report->headFits.size(); ++k) {
            const HeadFit &one = stored->headFits[k], &two = report->headFits[k];
            QVERIFY(one.head == two.head && one.readsEvents == two.readsEvents);
            QVERIFY(one.pass == two.pass && one.passes == two.passes && one.loss == two.loss &&
                    one.lossBefore == two.lossBefore);
        }
        const auto again = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(again.ok());
        QVERIFY(bytesOf(fixture.project(), report->run) == bytesOf(fixture.project(), again->run));
    }

    void aHeadAloneIsAsItsEpochsLeftIt_data()
    {
        QTest::addColumn<QString>("head");
        for (const char *head : {"next item", "churn", "value", "features"}) {
            QTest::newRow(head) << QString(head);
        }
    }
    void aHeadAloneIsAsItsEpochsLeftIt()
    {
        QFETCH(QString, head);
        ProjectFixture fixture;
        fixture.add(customerEvents(150, 150, true));
        BehaviorConfig config = tinyConfig();
        config.epochs = 2;
        const bool features = head == "features";
        config.encoder = features ? UserEncoder::Features : UserEncoder::Attention;
        config.nextItemWeight = head == "next item" ? 1 : 0;
        config.churnWeight = config.purchaseWeight = features || head == "churn" ? 1 : 0;
        config.valueWeight = features || head == "value" ? 1 : 0;
        config.clickWeight = config.returnWeight = 0;
        const auto one = trainBehaviorModel(fixture.project(), config, {}, {});
        config.headPasses = 0;
        config.labelGradient = 1;
        const auto two = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(one.ok() && two.ok());
        QVERIFY(one->headFits.empty());
        QVERIFY(bytesOf(fixture.project(), one->run) == bytesOf(fixture.project(), two->run));
    }

    void theBestEpochIsToldByRanks()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(150, 150, true));
        BehaviorConfig config = tinyConfig();
        config.epochs = 5;
        config.patience = 5;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(report.ok());
        const auto best = std::ranges::max_element(
            report->epochs, {}, [](const EpochReport &epoch) { return *epoch.metrics.mrr; });
        QCOMPARE(report->bestEpoch, best->epoch);
        const auto stored = trainReportFromRun(fixture.project(), report->run);
        for (std::size_t k = 0; k < report->epochs.size(); ++k) {
            QCOMPARE(stored->epochs[k].best, report->epochs[k].best);
        }
        // as a run was stored before: the lowest loss
        fixture.project().database().execute("DELETE FROM run_epoch WHERE name = 'best'");
        const auto older = trainReportFromRun(fixture.project(), report->run);
        double least = INFINITY;
        for (const EpochReport &epoch : older->epochs) {
            QCOMPARE(epoch.best, epoch.validLoss < least);
            least = std::min(least, epoch.validLoss);
        }
    }
};

QTEST_GUILESS_MAIN(TestHeadFit)
#include "tst_head_fit.moc"
