#include "core/project/truth_store.h"
#include "core/tuning/taste_oracle.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

ValidationRow nextOf(std::int64_t user, std::int64_t item)
{
    ValidationRow row;
    row.user = user;
    row.nextItem = item;
    return row;
}

} // namespace

class TestTasteOracle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        ProjectFixture fixture;
        std::vector<TruthItem> items{{1, 50, 1, 0.9}, {1, 51, 2, 0.8}, {1, 52, 3, 0.7},
                                     {2, 52, 1, 0.9}, {2, 50, 2, 0.5}, {3, 51, 10, 0.1},
                                     {3, 52, 11, 0.05}, {9, 50, 1, 1.0}};
        QVERIFY(writeTruth(fixture.project(), {}, items).ok());
        ValidationSet set;
        // third of his best, none of them, the tenth, nothing came, nothing is known of him
        set.rows = {nextOf(1, 52), nextOf(2, 51), nextOf(3, 51), nextOf(4, 0), nextOf(5, 50)};
        const auto oracle = tasteOracle(fixture.project(), set, {});
        QVERIFY(oracle.ok() && oracle->has_value());
        QCOMPARE((*oracle)->users, std::int64_t{4});
        QCOMPARE((*oracle)->hr10, 2.0 / 4);
        QCOMPARE((*oracle)->ndcg10, (1 / std::log2(4.0) + 1 / std::log2(11.0)) / 4);
        set.rows = {nextOf(3, 52)}; // the eleventh is not listed
        QCOMPARE((*tasteOracle(fixture.project(), set, {}))->hr10, 0.0);
    }

    void emptyWithoutTruth()
    {
        ProjectFixture fixture;
        ValidationSet set;
        set.rows = {nextOf(1, 52)};
        QVERIFY(!tasteOracle(fixture.project(), set, {})->has_value());
        // known of others, not of those who are asked about
        QVERIFY(writeTruth(fixture.project(), {}, {{2, 52, 1, 0.9}}).ok());
        QVERIFY(!tasteOracle(fixture.project(), set, {})->has_value());
        set.rows = {nextOf(2, 0)};
        QVERIFY(!tasteOracle(fixture.project(), set, {})->has_value()); // nobody is ranked
    }

    void cancelled()
    {
        ProjectFixture fixture;
        QVERIFY(writeTruth(fixture.project(), {}, {{1, 52, 1, 0.9}}).ok());
        ValidationSet set;
        set.rows = {nextOf(1, 52)};
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(tasteOracle(fixture.project(), set, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestTasteOracle)
#include "tst_taste_oracle.moc"
