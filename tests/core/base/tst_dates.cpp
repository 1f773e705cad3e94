#include "core/base/dates.h"

#include <QTest>

#include <limits>

using namespace perennial;

class TestDates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDayOfNineCenturiesRoundTrips();
    void knownDays();
    void isoDates_data();
    void isoDates();
    void secondsBefore1970FallOnTheirDay();
    void daysAfterTheLastDayThereIsNone();
    void horizons_data();
    void horizons();
    void periodsTileTheCalendar();
};

void TestDates::everyDayOfNineCenturiesRoundTrips()
{
    CivilDate previous = civilFromDay(-200001);
    for (Day day = -200000; day < 130000; ++day) {
        const CivilDate date = civilFromDay(day);
        QVERIFY(isValidDate(date));
        QCOMPARE(dayFromCivil(date), day);
        const bool next = date.day == previous.day + 1 || date.day == 1;
        QVERIFY(next);
        previous = date;
    }
}

void TestDates::knownDays()
{
    QCOMPARE(dayFromCivil({1970, 1, 1}), 0);
    QCOMPARE(dayFromCivil({2000, 3, 1}), 11017);
    QCOMPARE(dayFromCivil({1997, 9, 30}), 10134);
    // The ends of what a Day can say: nothing overflows on the way.
    QCOMPARE(formatDate(std::numeric_limits<Day>::max()), std::string("5881580-07-11"));
    QCOMPARE(formatDate(std::numeric_limits<Day>::min()), std::string("-5877641-06-23"));
    QCOMPARE(QString::fromStdString(formatTimestamp(1262260799)), QString("2009-12-31T11:59:59Z"));
}

void TestDates::isoDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("plain") << "2010-06-30" << true;
    QTest::newRow("leap day") << "2000-02-29" << true;
    QTest::newRow("no leap day in 1900") << "1900-02-29" << false;
    QTest::newRow("month 13") << "2010-13-01" << false;
    QTest::newRow("day 31 of April") << "2010-04-31" << false;
    QTest::newRow("short") << "2010-6-30" << false;
    QTest::newRow("sign") << "2010--1-30" << false;
    QTest::newRow("trailing") << "2010-06-30 " << false;
    QTest::newRow("empty") << "" << false;
}

void TestDates::isoDates()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    const auto day = parseIsoDate(text.toStdString());
    QCOMPARE(day.ok(), valid);
    if (valid) {
        QCOMPARE(QString::fromStdString(formatDate(*day)), text);
    } else {
        QCOMPARE(day.error().code, ErrorCode::InvalidArgument);
    }
}

void TestDates::secondsBefore1970FallOnTheirDay()
{
    QCOMPARE(dayOf(-1), -1);
    QCOMPARE(dayOf(-kSecondsPerDay), -1);
    QCOMPARE(dayOf(-kSecondsPerDay - 1), -2);
    QCOMPARE(dayOf(0), 0);
    QCOMPARE(dayOf(kSecondsPerDay - 1), 0);
}

void TestDates::daysAfterTheLastDayThereIsNone()
{
    constexpr Day last = std::numeric_limits<Day>::max();
    QCOMPARE(daysAfter(10, 7), 17);
    QCOMPARE(daysAfter(-10, 7), -3);
    QCOMPARE(daysAfter(last - 1, 1), last);
    QCOMPARE(daysAfter(last - 1, 36525), last);
}

void TestDates::horizons_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("days"); // 0 = not positive, -1 = not a horizon
    QTest::newRow("days") << "180d" << 180;
    QTest::newRow("bare") << "39" << 39;
    QTest::newRow("weeks") << "39w" << 273;
    QTest::newRow("a year of months") << "12m" << 365;
    QTest::newRow("year") << "1y" << 365;
    QTest::newRow("zero") << "0" << 0;
    QTest::newRow("zero weeks") << "0w" << 0;
    QTest::newRow("negative") << "-5d" << 0;
    QTest::newRow("empty") << "" << -1;
    QTest::newRow("word") << "soon" << -1;
    QTest::newRow("fraction") << "1.5y" << -1;
    QTest::newRow("too long") << "200y" << -1;
    QTest::newRow("overflow") << "99999999999d" << -1;
}

void TestDates::horizons()
{
    QFETCH(QString, text);
    QFETCH(int, days);
    const auto parsed = parseHorizon(text.toStdString());
    if (days > 0) {
        QVERIFY(parsed.ok());
        QCOMPARE(*parsed, days);
    } else {
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().code,
                 days == 0 ? ErrorCode::HorizonNotPositive : ErrorCode::InvalidArgument);
    }
}

void TestDates::periodsTileTheCalendar()
{
    for (const Period period : {Period::Day, Period::Week, Period::Month}) {
        QCOMPARE(periodFromName(periodName(period)), std::optional(period));
        for (Day day = -800; day < 800; ++day) {
            const Day start = periodStart(day, period);
            const Day next = nextPeriodStart(start, period);
            QVERIFY(start <= day && day < next);
            QCOMPARE(periodStart(start, period), start);
            QCOMPARE(periodStart(next, period), next);
        }
    }
    QCOMPARE(periodStart(dayFromCivil({2026, 11, 22}), Period::Week),
             dayFromCivil({2026, 11, 16})); // a Sunday belongs to the Monday before it
}

QTEST_APPLESS_MAIN(TestDates)
#include "tst_dates.moc"
