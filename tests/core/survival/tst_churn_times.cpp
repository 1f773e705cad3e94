#include "core/survival/churn_times.h"
#include "core/survival/gaps.h"

#include <QtTest>

using namespace perennial;

class ChurnTimesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsWhereTheSilenceIsLongEnough()
    {
        // τc = 10, t₀ = 100.
        const std::vector<ActiveDay> days{
            {1, 20, false},                  // silent from 20 on: churned on day 30
            {2, 60, false},  {2, 95, true},  // on day 70, and came back
            {3, 90, false},                  // on t₀ itself
            {4, 91, false},                  // a day short of it
            {5, 80, false},  {5, 90, false}, {5, 99, false}, // 10 days later: silent for 9
            {6, 80, false},  {6, 91, false}, // silent on day 90
            {7, 100, false},                 // comes on t₀
            {8, 101, false},                 // not known yet
            {9, 95, false},  {9, 150, false}}; // what comes after t₀ is not known
        const ChurnTimes times = churnTimes(days, 100, 10);
        QCOMPARE(times.user, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 9}));
        QCOMPARE(times.durations, (std::vector<double>{10, 10, 10, 9, 20, 10, 0, 5}));
        QCOMPARE(times.observed, (std::vector<std::int8_t>{1, 1, 1, 0, 0, 1, 0, 0}));
        QCOMPARE(times.firstDay.front(), Day{20});
        QCOMPARE(times.returned, std::int64_t{2});
        QCOMPARE(times.churnedAfterDays, 10);
    }

    void nobodyAndOne()
    {
        QVERIFY(churnTimes({}, 100, 10).user.empty());
        QVERIFY(churnTimes({{1, 101, false}}, 100, 10).user.empty());
        const ChurnTimes one = churnTimes({{1, 100, false}}, 100, 1);
        QCOMPARE(one.durations, std::vector<double>{0});
        QCOMPARE(one.observed, std::vector<std::int8_t>{0});
    }

    void everybodyChurned()
    {
        std::vector<ActiveDay> days;
        for (int user = 1; user <= 50; ++user) {
            days.push_back({user, user, false});
        }
        const ChurnTimes times = churnTimes(days, 1000, 90);
        QCOMPARE(times.observed, std::vector<std::int8_t>(50, 1));
        QCOMPARE(times.durations, std::vector<double>(50, 90));
    }

    void whatIsLaterDoesNotChangeWhatWas()
    {
        // Seen from a later day, durations of the churned stay, those of the open grow or end.
        std::vector<ActiveDay> days;
        for (int user = 1; user <= 40; ++user) {
            for (int day = user; day < 300; day += 1 + (user * day) % 37) {
                days.push_back({user, day, false});
            }
        }
        const ChurnTimes early = churnTimes(days, 150, 20), late = churnTimes(days, 200, 20);
        for (std::size_t i = 0; i < early.user.size(); ++i) {
            QCOMPARE(late.user[i], early.user[i]);
            if (early.observed[i] != 0) {
                QCOMPARE(late.observed[i], std::int8_t{1});
                QCOMPARE(late.durations[i], early.durations[i]);
            } else {
                QVERIFY(late.durations[i] > early.durations[i]);
            }
        }
    }
};

QTEST_APPLESS_MAIN(ChurnTimesTest)
#include "tst_churn_times.moc"
