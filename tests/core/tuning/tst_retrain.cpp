#include "core/tuning/retrain.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kFirstPart = 150; // days

BehaviorConfig smallConfig(std::optional<Day> until)
{
    BehaviorConfig config;
    config.device = "cpu";
    config.until = until;
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 2;
    config.refitEpochs = 0;
    return config;
}

} // namespace

class TestRetrain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunBesideItselfIsTheSame()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(200, 200, true));
        const auto run = trainBehaviorModel(fixture.project(), smallConfig({}), {}, {});
        QVERIFY(run.ok());
        const auto same = differenceOf(fixture.project(), run->run, run->run, 10, {});
        QVERIFY2(same.ok(), same ? "" : same.error().detail.c_str());
        QCOMPARE(same->data.newEvents, std::int64_t{0});
        QCOMPARE(same->data.usersThen, same->data.usersNow);
        QCOMPARE(*same->oldJudged->metrics.churnAuc, *same->newMetrics.churnAuc);
        QCOMPARE(*same->churnAgreement, 1.0);
        QCOMPARE(same->meanChurnMove, 0.0);
        QVERIFY(same->churnMoves.empty() && same->valueMoves.empty());
    }

    void whatIsNewIsCounted()
    {
        const auto all = customerEvents(200, 200, true);
        ProjectFixture fixture;
        fixture.add(all);
        Project &project = fixture.project();
        const auto older = trainBehaviorModel(project, smallConfig(kFirstPart - 1), {}, {});
        QVERIFY(older.ok());
        const auto newer = trainBehaviorModel(project, smallConfig({}), {}, {});
        QVERIFY(newer.ok());
        const auto difference = differenceOf(project, older->run, newer->run, 5, {});
        QVERIFY(difference.ok());
        std::set<std::string> before, after, active;
        std::int64_t events = 0;
        for (const PlainEvent &event : all) {
            const bool isNew = event.at >= UtcSecond{kFirstPart} * 86400;
            events += isNew ? 1 : 0;
            (isNew ? active : before).insert(event.user);
            after.insert(event.user);
        }
        const DataChange &data = difference->data;
        QCOMPARE(data.events, static_cast<std::int64_t>(all.size()));
        QCOMPARE(data.newEvents, events);
        QCOMPARE(data.users, static_cast<std::int64_t>(after.size()));
        QCOMPARE(data.newUsers, static_cast<std::int64_t>(after.size() - before.size()));
        QCOMPARE(data.activeUsers, static_cast<std::int64_t>(active.size()));
        QCOMPARE(data.items, std::int64_t{12});
        QCOMPARE(data.newItems, std::int64_t{0});
        QCOMPARE(data.usersNow, static_cast<std::int64_t>(before.size()));
        QCOMPARE(data.usersThen, data.usersNow);
        QCOMPARE(difference->scored, data.users);
    }

    void movesAreTheLargestFirst()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(200, 200, true));
        Project &project = fixture.project();
        const auto older = trainBehaviorModel(project, smallConfig(kFirstPart - 1), {}, {});
        const auto newer = trainBehaviorModel(project, smallConfig({}), {}, {});
        QVERIFY(older.ok() && newer.ok());
        const auto difference = differenceOf(project, older->run, newer->run, 7, {});
        QVERIFY(difference.ok());
        QCOMPARE(difference->churnMoves.size(), std::size_t{7});
        double last = 2;
        for (const ScoreMove &move : difference->churnMoves) {
            const double size = std::abs(*move.churnAfter - *move.churnBefore);
            QVERIFY(size <= last && size >= difference->meanChurnMove);
            QVERIFY(!move.key.empty());
            last = size;
        }
        QVERIFY(*difference->churnAgreement <= 1 && *difference->churnAgreement > 0);
        QVERIFY(difference->oldJudged && difference->oldJudged->daysSeen == 0);
    }

    void refusals()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(100, 150, true));
        const auto run = trainBehaviorModel(fixture.project(), smallConfig({}), {}, {});
        QVERIFY(run.ok());
        QCOMPARE(differenceOf(fixture.project(), 99, run->run, 5, {}).error().code,
                 ErrorCode::NotTrained);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(differenceOf(fixture.project(), run->run, run->run, 5, Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRetrain)
#include "tst_retrain.moc"
