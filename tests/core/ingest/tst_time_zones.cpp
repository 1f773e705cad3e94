#include "core/ingest/time_zone.h"
#include "core/ingest/timestamp.h"
#include "core/project/event_store.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

namespace {

/// What clocks of a place show, as a moment.
std::string moment(const char *zone, const char *local)
{
    const auto named = TimeZone::named(zone);
    const auto time = DateFormat::compile("")->read(local);
    const auto found = named->moment(time->at);
    return found ? formatTimestamp(found->at) + (found->twice ? " twice" : "") : "never";
}

} // namespace

class TestTimeZones : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void moments_data();
    void moments();
    void everyMomentOfTwoCenturiesIsFoundAgain();
    void noMomentPastAllTime();
    void names();
    void importTakesTheZone();
    void datesAloneStayTheDayTheyAre();
};

void TestTimeZones::moments_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("utc");
    const auto row = [](const char *zone, const char *local, const char *utc) {
        QTest::addRow("%s %s", zone, local) << zone << local << utc;
    };
    row("UTC", "2023-03-12 02:30:00", "2023-03-12T02:30:00Z");
    // The United States set forward on 12 March 2023 at two, back on 5 November at two.
    row("America/New_York", "2023-03-12 01:59:59", "2023-03-12T06:59:59Z");
    row("America/New_York", "2023-03-12 02:00:00", "never");
    row("America/New_York", "2023-03-12 02:30:00", "never");
    row("America/New_York", "2023-03-12 02:59:59", "never");
    row("America/New_York", "2023-03-12 03:00:00", "2023-03-12T07:00:00Z");
    row("America/New_York", "2023-11-05 00:59:59", "2023-11-05T04:59:59Z");
    row("America/New_York", "2023-11-05 01:30:00", "2023-11-05T05:30:00Z twice");
    row("America/New_York", "2023-11-05 02:00:00", "2023-11-05T07:00:00Z");
    row("Europe/Berlin", "2010-07-01 12:00:00", "2010-07-01T10:00:00Z");
    row("Europe/Berlin", "2010-12-01 12:00:00", "2010-12-01T11:00:00Z");
    row("Asia/Kolkata", "2010-12-01 12:00:00", "2010-12-01T06:30:00Z");
    row("Australia/Lord_Howe", "2023-04-02 01:45:00", "2023-04-01T14:45:00Z twice"); // half an hour
    row("Pacific/Apia", "2011-12-30 12:00:00", "never"); // Samoa left the day out
    row("Pacific/Apia", "2011-12-31 12:00:00", "2011-12-30T22:00:00Z");
}

void TestTimeZones::moments()
{
    QFETCH(QString, zone);
    QFETCH(QString, local);
    QFETCH(QString, utc);
    QCOMPARE(QString::fromStdString(moment(zone.toUtf8().constData(), local.toUtf8().constData())),
             utc);
}

// Whatever the rules are: a day has no more than two moments per clock time, and all but a few
// clock times have exactly one.
void TestTimeZones::everyMomentOfTwoCenturiesIsFoundAgain()
{
    for (const char *name : {"America/New_York", "Europe/London", "Asia/Shanghai",
                             "America/St_Johns", "Africa/Casablanca"}) {
        const auto zone = TimeZone::named(name);
        VERIFY_OK(zone);
        std::int64_t previous = std::numeric_limits<std::int64_t>::min();
        int never = 0, twice = 0, all = 0;
        for (std::int64_t local = startOf(dayFromCivil({1900, 1, 2}));
             local < startOf(dayFromCivil({2200, 1, 1})); local += 3600 * 5 + 1800) {
            const auto found = zone->moment(local);
            ++all;
            never += found ? 0 : 1;
            twice += found && found->twice ? 1 : 0;
            if (found) {
                QVERIFY(std::abs(found->at - local) <= 26 * 3600);
                QVERIFY(found->at > previous); // steps are longer than any change of clocks
                previous = found->at;
            }
        }
        QVERIFY2(never + twice < all / 500, name);
    }
}

void TestTimeZones::noMomentPastAllTime()
{
    for (const char *name : {"UTC", "Europe/Berlin"}) {
        const auto zone = TimeZone::named(name);
        VERIFY_OK(zone);
        QVERIFY(!zone->moment(std::numeric_limits<std::int64_t>::max()));
        QVERIFY(!zone->moment(std::numeric_limits<std::int64_t>::min()));
        QVERIFY(zone->moment(std::int64_t{1} << 60).has_value());
    }
}

void TestTimeZones::names()
{
    QCOMPARE(timeZoneNames().front(), std::string("UTC"));
    QVERIFY(timeZoneNames().size() > 300);
    for (const char *none : {"", "Mars/Olympus", "Europe/Berlin ", "GMT+99:99", "../UTC"}) {
        COMPARE_ERROR(TimeZone::named(none), ErrorCode::BadMapping);
    }
}

void TestTimeZones::importTakesTheZone()
{
    ImportFixture fixture;
    ImportOptions options;
    options.recipe.timeZone = "America/New_York";
    const auto report = fixture.import("user,at,kind\n"
                                       "a,2023-03-12 02:30:00,view\n"
                                       "b,2023-11-05 01:30:00,view\n"
                                       "c,2023-07-01 12:00:00,view\n"
                                       "d,2023-07-01 12:00:00Z,view\n",
                                       options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 3);
    QCOMPARE(report->ambiguousTimes, 1);
    QCOMPARE(report->reasons.at("no_such_time"), 1);
    QCOMPARE(report->firstRejected.front().line, 2);
    QCOMPARE(formatTimestamp(readUserEvents(fixture.project(), 2, 1)->front().at),
             std::string("2023-07-01T16:00:00Z"));
    QCOMPARE(formatTimestamp(readUserEvents(fixture.project(), 3, 1)->front().at),
             std::string("2023-07-01T12:00:00Z"));
    options.recipe.timeZone = "Mars/Olympus";
    options.again = true;
    COMPARE_ERROR(fixture.import("user,at,kind\na,2023-03-12,view\n", options),
                  ErrorCode::BadMapping);
}

void TestTimeZones::datesAloneStayTheDayTheyAre()
{
    ImportFixture fixture;
    ImportOptions options;
    options.recipe.timeZone = "Asia/Tokyo";
    VERIFY_OK(fixture.import("user,at,kind\na,2023-03-12,view\n", options));
    QCOMPARE(formatTimestamp(readUserEvents(fixture.project(), 1, 1)->front().at),
             std::string("2023-03-12T00:00:00Z"));
}

QTEST_APPLESS_MAIN(TestTimeZones)
#include "tst_time_zones.moc"
