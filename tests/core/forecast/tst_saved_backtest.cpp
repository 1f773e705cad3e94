#include "shop_history.h"

#include "core/forecast/saved_backtest.h"
#include "core/sample/sample_shop.h"
#include "tests/support/project_fixture.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace perennial;

namespace {

BacktestOptions options()
{
    BacktestOptions o;
    o.models = {"bg-nbd", "boosted-trees", "stack"};
    o.horizonDays = 90;
    o.origins = 2;
    o.replicates = 20;
    return o;
}

} // namespace

class SavedBacktestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_json = backtestToJson(*backtest(test::shopHistory(800, 500, 1), options(), Task()));
    }

    void jsonReadsBackToItself()
    {
        const auto read = backtestFromJson(m_json);
        QVERIFY2(read.ok(), read ? "" : read.error().detail.c_str());
        QCOMPARE(backtestToJson(*read), m_json);
        QVERIFY(read->winner);
        QCOMPARE(read->origins.size(), std::size_t{2});
        QCOMPARE(read->rows[0].deciles.size(), std::size_t{10});
        QVERIFY(read->rows[3].draws->logScore);
    }

    void errorsAreKept()
    {
        std::vector<MoneyDay> days;
        for (int u = 1; u <= 30; ++u) {
            days.push_back({u, test::kShopStart + u, true, moneyFromUnits(10.0), 0});
        }
        BacktestOptions o = options();
        o.origins = 1;
        o.until = test::kShopStart + 40;
        o.known = test::kShopStart + 200;
        const std::string json = backtestToJson(*backtest(orderHistoryOf(days), o, Task()));
        const auto read = backtestFromJson(json);
        QVERIFY2(read.ok(), read ? "" : read.error().detail.c_str());
        QCOMPARE(backtestToJson(*read), json);
        QCOMPARE(read->rows[3].error->code, ErrorCode::NoRepeatBuyers);
    }

    void hostileJsonIsAnError_data()
    {
        QTest::addColumn<QString>("json");
        const auto changed = [this](const std::function<void(nlohmann::ordered_json &)> &change) {
            auto json = nlohmann::ordered_json::parse(m_json);
            change(json);
            return QString::fromStdString(json.dump());
        };
        QTest::newRow("nothing") << QString();
        QTest::newRow("no object") << QStringLiteral("[1]");
        QTest::newRow("cut off") << QString::fromStdString(m_json.substr(0, m_json.size() / 2));
        QTest::newRow("no models") << changed([](auto &j) { j.erase("models"); });
        QTest::newRow("models is a word") << changed([](auto &j) { j["models"] = "all"; });
        QTest::newRow("no origins") << changed([](auto &j) { j["origins"].clear(); });
        QTest::newRow("a date") << changed([](auto &j) { j["until"] = "yesterday"; });
        QTest::newRow("a horizon") << changed([](auto &j) { j["horizon_days"] = 0; });
        QTest::newRow("a period") << changed([](auto &j) { j["period"] = "aeon"; });
        QTest::newRow("customers") << changed([](auto &j) { j["origins"][0]["customers"] = -1; });
        QTest::newRow("a figure") << changed([](auto &j) { j["models"][0]["mae"] = "low"; });
        QTest::newRow("an interval")
            << changed([](auto &j) { j["models"][0]["intervals"]["mae"] = {1.0}; });
        QTest::newRow("a fit") << changed([](auto &j) { j["models"][3]["fits"] = {{{"model", 3}}}; });
        QTest::newRow("winner nobody knows") << changed([](auto &j) { j["winner"] = "me"; });
        QTest::newRow("too large a number")
            << QString::fromStdString(m_json).replace(QStringLiteral("\"level\":0.95"),
                                                      QStringLiteral("\"level\":1e999"));
    }
    void hostileJsonIsAnError()
    {
        QFETCH(QString, json);
        const auto read = backtestFromJson(json.toStdString());
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::BadData);
    }

    void theProjectKeepsTheNewest()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("shop.perennial").toStdString();
        SampleShopOptions shop;
        shop.users = 200;
        QVERIFY(createSampleShop(path, shop, Task()).ok());
        auto project = Project::open(path, Project::Access::ReadWrite);
        QVERIFY(project.ok());
        QVERIFY(!(*readSavedBacktest(*project)).has_value());
        BacktestOptions o = *backtestOptionsOf(*project);
        QCOMPARE(o.horizonDays, 180);
        o.models = {"bg-nbd"};
        o.replicates = 5;
        const auto first = backtestProject(*project, o, Task());
        QVERIFY(first.ok());
        QVERIFY(first->run.id > 0);
        QVERIFY(first->run.finishedAt > 0);
        o.horizonDays = 60;
        const auto second = backtestProject(*project, o, Task());
        const auto kept = *readSavedBacktest(*project);
        QVERIFY(kept);
        QCOMPARE(kept->run.id, second->run.id);
        QCOMPARE(kept->result->options.horizonDays, 60);
        QCOMPARE(backtestToJson(*kept->result), backtestToJson(*second->result));

        // Read-only it is judged but not kept.
        project = fail(ErrorCode::Cancelled);
        auto reader = Project::open(path, Project::Access::ReadOnly);
        const auto shown = backtestProject(*reader, o, Task());
        QVERIFY(shown.ok());
        QCOMPARE(shown->run.id, std::int64_t{0});
    }

    void cancelledItLeavesNothing()
    {
        test::ProjectFixture fixture;
        std::vector<test::PlainEvent> events;
        for (int u = 0; u < 40; ++u) {
            for (int k = 0; k < 5; ++k) {
                events.push_back({"u" + std::to_string(u), "i", EventKind::Purchase,
                                  startOf(19000 + u + 30 * k), 10.0, {}});
            }
        }
        fixture.add(events);
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double, std::string_view) {
            if (++reports == 3) {
                stop.request_stop();
            }
        });
        BacktestOptions o = *backtestOptionsOf(fixture.project());
        o.horizonDays = 30;
        o.models = {"bg-nbd"};
        QCOMPARE(backtestProject(fixture.project(), o, task).error().code, ErrorCode::Cancelled);
        QVERIFY(readRuns(fixture.project())->empty());
    }

    void aDamagedRunIsAnError()
    {
        test::ProjectFixture fixture;
        fixture.add({{"u", "i", EventKind::Purchase, startOf(19000), 10.0, {}}});
        RunRecord run;
        run.model = kBacktestModel;
        run.config = "{}";
        run.id = *beginRun(fixture.project(), run);
        run.state = RunState::Done;
        run.metrics = R"({"models": 3})";
        QVERIFY(finishRun(fixture.project(), run, {}).ok());
        QCOMPARE(readSavedBacktest(fixture.project()).error().code, ErrorCode::Damaged);
    }

    void nothingToJudge()
    {
        test::ProjectFixture fixture;
        QCOMPARE(backtestOptionsOf(fixture.project()).error().code, ErrorCode::NoEvents);
        BacktestOptions o = options();
        QCOMPARE(backtestProject(fixture.project(), o, Task()).error().code,
                 ErrorCode::NoPurchases);
    }

private:
    std::string m_json;
};

QTEST_GUILESS_MAIN(SavedBacktestTest)
#include "tst_saved_backtest.moc"
