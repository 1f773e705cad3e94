#include "core/scenario/scenario.h"

#include <QtTest>

using namespace perennial;

class TestScenarioJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrites();
    void plans();
    void refuses_data();
    void refuses();
    void checks();
};

void TestScenarioJson::readsWhatItWrites()
{
    Scenario scenario;
    scenario.name = "Keep \"the\" loyal <b>ones</b>";
    scenario.evidence = Evidence::Experiment;
    scenario.levers.push_back({"retention", Stage::Loyal, {5, 1.5}, .75});
    scenario.levers.push_back({"order_value", std::nullopt, {-3, 0}, 0});
    const auto back = scenarioFromJson(scenarioToJson(scenario));
    QVERIFY(back.ok());
    QVERIFY(*back == scenario);
    const auto least = scenarioFromJson(R"({"name": "nothing", "levers": []})");
    QVERIFY(least.ok());
    QCOMPARE(least->evidence, Evidence::Assumption);
}

void TestScenarioJson::plans()
{
    const auto one = planFromJson(R"({"name": "a", "levers": [{"lever": "frequency", "effect": 5}],
        "horizon": "1y", "until": "2010-06-30", "draws": 500, "seed": 9})");
    QVERIFY(one.ok());
    QCOMPARE(one->scenarios.size(), std::size_t{1});
    QCOMPARE(*one->horizonDays, 365);
    QCOMPARE(formatDate(*one->until), std::string("2010-06-30"));
    QCOMPARE(one->draws, 500);
    QCOMPARE(one->seed, std::uint64_t{9});
    QVERIFY(!one->scenarios.front().levers.front().stage);
    const auto two = planFromJson(R"({"scenarios": [{"name": "a", "levers": []},
        {"name": "b", "levers": [{"lever": "retention", "target": "dormant", "effect":
        {"mean": 2, "sd": 0.5}, "cost_per_user": 1}]}]})");
    QVERIFY(two.ok());
    QCOMPARE(two->scenarios.size(), std::size_t{2});
    QCOMPARE(*two->scenarios[1].levers[0].stage, Stage::Dormant);
    QCOMPARE(two->draws, 2000);
    QVERIFY(!two->horizonDays && !two->until);
}

void TestScenarioJson::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("where");
    const auto lever = [](const char *inside) {
        return QByteArray(R"({"name": "a", "levers": [{"lever": "frequency", "effect": 1}, {)") +
               inside + "}]}";
    };
    QTest::newRow("not JSON") << QByteArray("{name:") << QByteArray("");
    const QByteArray deep = QByteArray(300'000, '[') + QByteArray(300'000, ']');
    QTest::newRow("lists without end")
        << R"({"name": )" + deep + R"(, "levers": []})" << QByteArray("name");
    QTest::newRow("list") << QByteArray("[]") << QByteArray("");
    QTest::newRow("nothing") << QByteArray("{}") << QByteArray("name");
    QTest::newRow("no levers") << QByteArray(R"({"name": "a"})") << QByteArray("levers");
    QTest::newRow("no name") << QByteArray(R"({"levers": []})") << QByteArray("name");
    QTest::newRow("blank name") << QByteArray(R"({"name": " ", "levers": []})")
                                << QByteArray("name");
    QTest::newRow("name a number") << QByteArray(R"({"name": 3, "levers": []})")
                                   << QByteArray("name");
    QTest::newRow("unknown key") << QByteArray(R"({"name": "a", "levers": [], "lever": 1})")
                                 << QByteArray("lever");
    QTest::newRow("evidence") << QByteArray(R"({"name": "a", "levers": [], "evidence": "gut"})")
                              << QByteArray("evidence");
    QTest::newRow("unknown lever") << lever(R"("lever": "discount", "effect": 1)")
                                   << QByteArray("levers[1].lever");
    QTest::newRow("no effect") << lever(R"("lever": "retention")")
                               << QByteArray("levers[1].effect");
    QTest::newRow("effect a text") << lever(R"("lever": "retention", "effect": "5")")
                                   << QByteArray("levers[1].effect");
    QTest::newRow("effect too large") << lever(R"("lever": "retention", "effect": 101)")
                                      << QByteArray("levers[1].effect");
    QTest::newRow("sd") << lever(R"("lever": "retention", "effect": {"mean": 1, "sd": -1})")
                        << QByteArray("levers[1].effect.sd");
    QTest::newRow("spread") << lever(R"("lever": "retention", "effect": {"mean": 1, "spread": 1})")
                            << QByteArray("levers[1].effect.spread");
    QTest::newRow("target") << lever(R"("lever": "retention", "effect": 1, "target": "vip")")
                            << QByteArray("levers[1].target");
    QTest::newRow("cost") << lever(R"("lever": "retention", "effect": 1, "cost_per_user": -1)")
                          << QByteArray("levers[1].cost_per_user");
    QTest::newRow("twice") << lever(R"("lever": "frequency", "effect": 2)")
                           << QByteArray("levers[1].target");
    QTest::newRow("no scenarios") << QByteArray(R"({"scenarios": []})") << QByteArray("scenarios");
    QTest::newRow("second scenario")
        << QByteArray(R"({"scenarios": [{"name": "a", "levers": []}, {"name": "b", "levers": 1}]})")
        << QByteArray("scenarios[1].levers");
    QTest::newRow("draws") << QByteArray(R"({"name": "a", "levers": [], "draws": 5})")
                           << QByteArray("draws");
    QTest::newRow("seed") << QByteArray(R"({"name": "a", "levers": [], "seed": -5})")
                          << QByteArray("seed");
    QTest::newRow("until") << QByteArray(R"({"name": "a", "levers": [], "until": "soon"})")
                           << QByteArray("until");
    QTest::newRow("horizon") << QByteArray(R"({"name": "a", "levers": [], "horizon": true})")
                             << QByteArray("horizon");
}

void TestScenarioJson::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, where);
    const auto plan = planFromJson(json.toStdString());
    QVERIFY(!plan.ok());
    QCOMPARE(plan.error().code, ErrorCode::BadConfiguration);
    QCOMPARE(QByteArray::fromStdString(plan.error().where), where);
}

void TestScenarioJson::checks()
{
    const auto zero = planFromJson(R"({"name": "a", "levers": [], "horizon": "0d"})");
    QCOMPARE(zero.error().code, ErrorCode::HorizonNotPositive);
    Scenario scenario{"a", Evidence::Assumption, {{"retention", {}, {1, 0}, 0}}};
    QVERIFY(checkScenario(scenario).ok());
    scenario.levers[0].effect.mean = std::nan("");
    QCOMPARE(checkScenario(scenario).error().where, std::string("levers[0].effect"));
    scenario.levers[0].effect = {1, INFINITY};
    QCOMPARE(checkScenario(scenario).error().where, std::string("levers[0].effect.sd"));
    scenario.levers[0] = {"retention", {}, {1, 0}, std::nan("")};
    QCOMPARE(checkScenario(scenario).error().where, std::string("levers[0].cost_per_user"));
    scenario.name = "\xFF";
    QCOMPARE(checkScenario(scenario).error().where, std::string("name"));
}

QTEST_APPLESS_MAIN(TestScenarioJson)
#include "tst_scenario_json.moc"
