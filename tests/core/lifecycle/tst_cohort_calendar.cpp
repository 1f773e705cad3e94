#include "core/lifecycle/cohort_calendar.h"

#include <QtTest>

using namespace perennial;

namespace {

Day startOfPeriod(Day day, CohortPeriod period)
{
    return cohortPeriodStart(cohortPeriodOf(day, period), period);
}

} // namespace

class CohortCalendarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsEveryDayOnce()
    {
        for (const CohortPeriod period : {CohortPeriod::Daily, CohortPeriod::Weekly,
                                          CohortPeriod::Monthly, CohortPeriod::Quarterly}) {
            for (const int from : {-800'000, -1000, 10'000, 2'900'000}) {
                for (Day day = from; day < from + 800; ++day) {
                    const std::int64_t number = cohortPeriodOf(day, period);
                    QVERIFY(cohortPeriodStart(number, period) <= day);
                    QVERIFY(day < cohortPeriodStart(number + 1, period));
                    const std::int64_t before = cohortPeriodOf(day - 1, period);
                    const bool isStart = cohortPeriodStart(number, period) == day;
                    QCOMPARE(number, before + (isStart ? 1 : 0));
                }
            }
        }
    }

    void beginsWhereTheOthersDo()
    {
        for (Day day = -900; day < 900; ++day) {
            QCOMPARE(startOfPeriod(day, CohortPeriod::Weekly), periodStart(day, Period::Week));
            QCOMPARE(startOfPeriod(day, CohortPeriod::Monthly), periodStart(day, Period::Month));
        }
        const Day may = dayFromCivil({2024, 5, 31});
        QCOMPARE(startOfPeriod(may, CohortPeriod::Quarterly), dayFromCivil({2024, 4, 1}));
    }

    void names()
    {
        for (const char *name : {"day", "week", "month", "quarter"}) {
            QCOMPARE(cohortPeriodName(*cohortPeriodFromName(name)), std::string_view(name));
        }
        QVERIFY(!cohortPeriodFromName("year").has_value());
    }
};

QTEST_APPLESS_MAIN(CohortCalendarTest)
#include "tst_cohort_calendar.moc"
