#include "core/lifecycle/driver_rows.h"
#include "core/base/rng.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kAt = 20000;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

/// Users whose outcome leans on "spend" and on "channel", and on nothing else.
DriverRows leaning(std::size_t users, double pull, std::uint64_t seed)
{
    DriverRows rows;
    rows.numbers = {{"spend", {}}, {"luck", {}}};
    rows.texts = {{"channel", {}}, {"coin", {}}};
    for (std::size_t u = 0; u < users; ++u) {
        Rng rng(seed, u);
        const double spend = 100 * rng.uniform();
        const bool isMail = rng.uniform() < 0.3;
        const double p = 0.3 + (spend > 50 ? pull : 0.0) + (isMail ? -pull : 0.0);
        rows.happened.push_back(rng.uniform() < p ? 1 : 0);
        rows.numbers[0].value.push_back(spend);
        rows.numbers[1].value.push_back(rng.normal());
        rows.texts[0].value.push_back(isMail ? "mail" : rng.uniform() < 0.5 ? "web" : "shop");
        rows.texts[1].value.push_back(rng.uniform() < 0.5 ? "heads" : "tails");
    }
    return rows;
}

} // namespace

class DriversTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTableByHand()
    {
        // With: 3 of 4; without: 1 of 4.
        DriverRows rows;
        rows.happened = {1, 1, 1, 0, 1, 0, 0, 0};
        rows.numbers = {{"n", {9, 8, 7, 6, 4, 3, 2, 1}}};
        rows.texts = {{"t", {"x", "x", "x", "x", "y", "y", "y", "y"}}};
        const auto list = *findDrivers(rows, {}, Task());
        QCOMPARE(list.users, 8);
        QCOMPARE(list.happened, 4);
        QCOMPARE(list.drivers.size(), std::size_t{2}); // one row for two values
        for (const Driver &driver : list.drivers) {
            QCOMPARE(driver.with, 4);
            QCOMPARE(driver.withHappened, 3);
            QCOMPARE(driver.without, 4);
            QCOMPARE(driver.withoutHappened, 1);
            QCOMPARE(driver.difference, 0.5);
            QCOMPARE(*driver.riskRatio, 3.0);
            QVERIFY(driver.differenceInterval.contains(0.5));
            QVERIFY(driver.ratioInterval->contains(3.0));
            QVERIFY(near(driver.p, 34.0 / 70.0, 1e-12));
            QVERIFY(near(driver.adjustedP, 34.0 / 70.0, 1e-12));
        }
        QCOMPARE(*list.drivers[0].above, 4.0);
        QCOMPARE(list.drivers[1].value, std::string("x"));
    }

    void findsWhatTheOutcomeLeansOn()
    {
        constexpr int kTries = 300;
        int covered = 0; // of two effects each
        int chance = 0;  // found of two columns that say nothing
        for (std::uint64_t seed = 0; seed < kTries; ++seed) {
            const auto list = *findDrivers(leaning(2000, 0.2, seed), {}, Task());
            QCOMPARE(list.drivers.size(), std::size_t{6}); // 2 numbers, 3 channels, 1 coin
            for (std::size_t k = 0; k < 2; ++k) {
                const Driver &driver = list.drivers[k];
                QVERIFY(driver.feature == "spend" || driver.value == "mail");
                const bool isSpend = driver.feature == "spend";
                covered += driver.differenceInterval.contains(isSpend ? 0.2 : -0.2) ? 1 : 0;
                QVERIFY(isSpend ? std::abs(*driver.above - 50) < 5 : *driver.riskRatio < 1.0);
                QVERIFY(driver.adjustedP < 1e-6);
            }
            for (const Driver &driver : list.drivers) {
                const bool saysNothing = driver.feature == "luck" || driver.feature == "coin";
                chance += saysNothing && driver.adjustedP < 0.05 ? 1 : 0;
            }
            QVERIFY(std::ranges::is_sorted(list.drivers, {}, &Driver::adjustedP));
        }
        QVERIFY2(covered > 550 && covered < 590, qPrintable(QString::number(covered))); // 570, SD 5
        QVERIFY2(chance < 45, qPrintable(QString::number(chance))); // 25 at most by the rate, SD 5
    }

    void ofNothingLittleIsFound()
    {
        int lists = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const auto list = *findDrivers(leaning(400, 0.0, seed), {}, Task());
            lists += list.drivers[0].adjustedP <= 0.05 ? 1 : 0;
        }
        QVERIFY(lists <= 20); // 10 expected, fewer as the rows go together
    }

    void cutsAreNearestToHalf()
    {
        const auto cutOf = [](std::vector<double> values) -> std::optional<double> {
            DriverRows rows;
            rows.happened.assign(values.size(), 0);
            rows.happened[0] = 1;
            rows.numbers = {{"n", std::move(values)}};
            const auto list = *findDrivers(rows, {}, Task());
            return list.drivers.empty() ? std::nullopt : list.drivers[0].above;
        };
        QCOMPARE(*cutOf({1, 2, 3, 4}), 2.0);
        QCOMPARE(*cutOf({0, 0, 0, 0, 1}), 0.0);
        QCOMPARE(*cutOf({0, 1, 1, 1, 1}), 0.0);
        QCOMPARE(*cutOf({0, 0, 1, 1, 1}), 0.0);
        QCOMPARE(*cutOf({0, 1, 1, 1, 2, 2}), 1.0);
        QVERIFY(!cutOf({5, 5, 5}).has_value());
        QVERIFY(!cutOf({kNan, 5, kNan}).has_value());
        QCOMPARE(*cutOf({kNan, 5, std::numeric_limits<double>::infinity(), 6}), 5.0);
    }

    void oneSideWithoutTheOutcome()
    {
        DriverRows rows;
        rows.happened = {1, 1, 0, 0, 0, 0};
        rows.texts = {{"t", {"x", "x", "x", "y", "y", "z"}}, {"u", {"", "", "", "a", "", ""}}};
        const auto list = *findDrivers(rows, {}, Task());
        QCOMPARE(list.leftOut, std::vector<std::string>{"u"});
        for (const Driver &driver : list.drivers) {
            if (driver.value == "x") {
                QVERIFY(!driver.riskRatio.has_value());
                QVERIFY(!driver.ratioInterval.has_value());
            } else {
                QCOMPARE(*driver.riskRatio, 0.0);
                QVERIFY(!driver.ratioInterval.has_value());
            }
            QVERIFY(std::isfinite(driver.p) && std::isfinite(driver.difference));
            QVERIFY(driver.differenceInterval.contains(driver.difference));
        }
    }

    void refuses()
    {
        DriverRows rows;
        QCOMPARE(findDrivers(rows, {}, Task()).error().code, ErrorCode::TooLittleData);
        rows.happened = {1, 1};
        QCOMPARE(findDrivers(rows, {}, Task()).error().detail, std::string("2/2"));
        rows.happened = {1, 0};
        rows.numbers = {{"n", {1}}};
        QCOMPARE(findDrivers(rows, {}, Task()).error().where, std::string("drivers"));
        rows.numbers.clear();
        DriverOptions options;
        options.level = 0;
        QCOMPARE(findDrivers(rows, options, Task()).error().where, std::string("level"));
        QVERIFY(findDrivers(rows, {}, Task())->drivers.empty());
        std::stop_source stop;
        stop.request_stop();
        rows.numbers = {{"n", {1, 2}}};
        QCOMPARE(findDrivers(rows, {}, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
        options = {};
        options.mostValues = 1;
        rows.texts = {{"t", {"a", "b"}}};
        QCOMPARE(findDrivers(rows, options, Task())->leftOut, std::vector<std::string>{"t"});
    }

    void theWayUp()
    {
        QCOMPARE(stagesBelow(Stage::Churned).count(), std::size_t{0});
        QCOMPARE(stagesFrom(Stage::Churned).count(), std::size_t{7});
        QCOMPARE(stagesFrom(Stage::Loyal).count(), std::size_t{1});
        for (const Stage stage : kStages) {
            QCOMPARE(static_cast<int>(stagesBelow(stage).count()), stageRank(stage));
            QVERIFY((stagesBelow(stage) ^ stagesFrom(stage)).all());
        }
        QVERIFY(stageRank(Stage::Dormant) < stageRank(Stage::Acquired));
        QVERIFY(stageRank(Stage::Active) < stageRank(Stage::Converted));
    }

    void ofAProjectAsOfTheFirstDay()
    {
        ProjectFixture fixture;
        const auto on = [](Day day) { return startOf(day) + 60; };
        std::vector<PlainEvent> events;
        // All converted 40 days ago; those with an even number come back.
        for (int u = 1; u <= 20; ++u) {
            const std::string user = "u" + std::to_string(u);
            events.push_back({user, "i", EventKind::Purchase, on(kAt - 45), 10.0 * u, user});
            events.push_back({user, "i", EventKind::View, on(kAt - 41), 0, ""});
            if (u % 2 == 0) {
                events.push_back({user, "i", EventKind::View, on(kAt - 43), 0, ""});
                events.push_back({user, "i", EventKind::Purchase, on(kAt - 1), 99, user + "b"});
            }
        }
        fixture.add(events);
        const auto rows = *readLifecycleRows(fixture.project(), kAt, Task());
        const auto history =
            *stageHistory(rows.days, rows.users, {kAt - 40, kAt}, {}, 90, Task());
        const auto activity =
            *readActivity(fixture.project(), kAt, ActivityClock::Calendar, Task());
        DriverQuestion question{0, 1, Stage::Converted, stagesBelow(Stage::Converted),
                                stagesFrom(Stage::Converted)};
        const auto users = *driverUsers(history, activity, question);
        QCOMPARE(users.user.size(), std::size_t{20});
        const auto value = [&](const char *name, std::size_t i) {
            return std::ranges::find(users.rows.numbers, name, &DriverNumber::name)->value[i];
        };
        QCOMPARE(value("orders", 1), 1.0); // not the order to come
        QCOMPARE(value("active_days", 1), 3.0);
        QCOMPARE(value("active_days", 0), 2.0);
        QCOMPARE(value("recency_days", 0), 1.0);
        QCOMPARE(value("order_recency_days", 0), 5.0);
        QCOMPARE(value("known_days", 0), 5.0);
        QCOMPARE(value("spend", 3), 40.0);
        QCOMPARE(value("mean_order", 3), 40.0);
        for (std::size_t i = 0; i < users.user.size(); ++i) {
            QCOMPARE(users.rows.happened[i] != 0, i % 2 == 0); // the odd ones fell silent
        }
        const auto list =
            *findDrivers(fixture.project(), history, activity, question, {}, Task());
        QVERIFY(list->drivers[0].feature == "active_days" ||
                list->drivers[0].feature == "active_days_30");
        QCOMPARE(list->drivers[0].difference, -1.0);
        QVERIFY(std::ranges::find(list->leftOut, "orders") != list->leftOut.end());
        const auto all =
            *readDriverUsers(fixture.project(), history, activity, question, Task());
        for (const Driver &driver : list->drivers) {
            QCOMPARE(static_cast<std::int64_t>(usersWith(all, driver).size()), driver.with);
        }
        QCOMPARE(usersWith(all, list->drivers[0]).size(), std::size_t{10});

        question.compared |= question.outcome;
        QCOMPARE(driverUsers(history, activity, question).error().where, std::string("outcomes"));
        question.compared.reset();
        QCOMPARE(driverUsers(history, activity, question).error().where, std::string("outcomes"));
        question = {1, 1, Stage::Converted, stagesBelow(Stage::Converted),
                    stagesFrom(Stage::Converted)};
        QCOMPARE(driverUsers(history, activity, question).error().where, std::string("dates"));
        question.from = 0;
        question.stage = Stage::Churned;
        QCOMPARE(findDrivers(fixture.project(), history, activity, question, {}, Task())
                     .error()
                     .code,
                 ErrorCode::TooLittleData); // nobody was there
    }

    void wordsOfUsers()
    {
        ProjectFixture fixture;
        fixture.add({{"a", "i", EventKind::Purchase, startOf(kAt), 1, "a"}});
        const auto names = *userLabelNames(fixture.project(), std::nullopt);
        QVERIFY(names.empty()); // nothing is known but what was bought
        QCOMPARE(readUserLabels(fixture.project(), "shoe size", {}).error().where,
                 std::string("by"));
        const auto channel = *readUserLabels(fixture.project(), "channel", {});
        QCOMPARE(labelsOf(channel, {1, 7}), (std::vector<std::string>{"", ""}));
        const auto campaign = *readUserLabels(fixture.project(), "first_campaign", {});
        QVERIFY(campaign.user.empty());
        QCOMPARE(labelsOf({"x", {2, 5}, {"b", "e"}}, {1, 2, 3, 5, 9}),
                 (std::vector<std::string>{"", "b", "", "e", ""}));
    }
};

QTEST_GUILESS_MAIN(DriversTest)
#include "tst_drivers.moc"
