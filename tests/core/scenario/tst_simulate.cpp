#include "core/project/project.h"
#include "core/project/scenario_store.h"
#include "core/project/settings.h"
#include "core/sample/sample_shop.h"
#include "core/scenario/simulate.h"
#include "core/value/value_prediction.h"

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <stop_token>

using namespace perennial;

namespace {

Scenario scenarioOf(const char *name, std::vector<LeverSpec> levers)
{
    return {name, Evidence::Assumption, std::move(levers)};
}

ScenarioPlan planOf(std::vector<Scenario> scenarios, int draws = 300)
{
    return {.scenarios = std::move(scenarios), .horizonDays = {}, .until = {}, .draws = draws,
            .seed = 5};
}

bool sameFigures(const FutureFigures &a, const FutureFigures &b)
{
    const auto same = [](const Estimate &x, const Estimate &y) {
        return x.value == y.value && x.lower == y.lower && x.upper == y.upper;
    };
    return same(a.ltv, b.ltv) && same(a.revenue, b.revenue) && same(a.margin, b.margin) &&
           same(a.orders, b.orders);
}

const LeverSpec kRetention{"retention", std::nullopt, {4, 2}, .2};
const LeverSpec kFrequency{"frequency", Stage::Loyal, {10, 3}, 1};
const LeverSpec kOrderValue{"order_value", Stage::Converted, {5, 0}, 0};

} // namespace

class TestSimulate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void baselineIsTheValueModels();
    void nullDiffersByNothing();
    void threadsChangeNothing();
    void leversDoNotSeeTheirNeighbours();
    void monotone();
    void outcomes();
    void retentionPoints();
    void jsonAndSaving();
    void refusals();

private:
    std::shared_ptr<const SimulationResult> simulate(const ScenarioPlan &plan, unsigned threads = 0)
    {
        const auto result = simulateScenarios(*m_project, plan, {}, threads);
        return result ? *result : nullptr;
    }

    QTemporaryDir m_folder;
    std::optional<Project> m_project;
};

void TestSimulate::initTestCase()
{
    const auto path = m_folder.filePath("shop.perennial").toStdString();
    QVERIFY(createSampleShop(path, {.users = 1500, .items = 60}, {}).ok());
    auto project = Project::open(path, Project::Access::ReadWrite);
    QVERIFY(project.ok());
    m_project.emplace(std::move(*project));
}

void TestSimulate::baselineIsTheValueModels()
{
    const auto result = simulate(planOf({scenarioOf("none", {})}));
    QVERIFY(result);
    auto options = valueOptionsFrom(*readSettings(*m_project));
    const auto value = fitValueModel(*m_project, options, {});
    QVERIFY(value.ok());
    const BaselineOutcome &baseline = result->baseline;
    QVERIFY(std::abs(baseline.future.ltv.value / (*value)->predictedTotal - 1) < 1e-8);
    QVERIFY(std::abs(baseline.future.orders.value / (*value)->expectedOrdersTotal - 1) < 1e-8);
    QCOMPARE(baseline.users, 1500);
    QCOMPARE(baseline.customers, static_cast<std::int64_t>((*value)->customers.size()));
    QVERIFY(baseline.future.ltv.lower < baseline.future.ltv.value);
    QVERIFY(baseline.future.ltv.upper > baseline.future.ltv.value);
    QVERIFY(baseline.future.margin.value > baseline.future.ltv.value); // not discounted
    QVERIFY(std::abs(baseline.future.margin.value / baseline.future.revenue.value - .4) < 1e-12);
    QVERIFY(baseline.retention > 0 && baseline.retention < 1);
}

void TestSimulate::nullDiffersByNothing()
{
    const LeverSpec still{"retention", Stage::Active, {0, 0}, 0};
    const LeverSpec idle{"frequency", std::nullopt, {0, 0}, 0};
    const auto result = simulate(planOf({scenarioOf("none", {}), scenarioOf("idle", {still, idle}),
                                         scenarioOf("something", {kRetention})}));
    QVERIFY(result);
    for (std::size_t i = 0; i < 2; ++i) {
        const FutureFigures &delta = result->scenarios[i].delta;
        for (const Estimate &estimate : {delta.ltv, delta.revenue, delta.margin, delta.orders}) {
            QVERIFY(estimate.value == 0 && estimate.lower == 0 && estimate.upper == 0);
        }
        QVERIFY(!result->scenarios[i].roi && !result->scenarios[i].pRoiPositive);
        QCOMPARE(result->scenarios[i].cost, 0.0);
    }
    QVERIFY(result->scenarios[2].delta.ltv.value > 0);
}

void TestSimulate::threadsChangeNothing()
{
    const auto plan = planOf({scenarioOf("a", {kRetention, kFrequency, kOrderValue})});
    const auto one = simulate(plan, 1);
    const auto three = simulate(plan, 3);
    QVERIFY(one && three);
    QVERIFY(sameFigures(one->baseline.future, three->baseline.future));
    QVERIFY(sameFigures(one->scenarios[0].delta, three->scenarios[0].delta));
    QVERIFY(one->scenarios[0].deltaLtvDraws == three->scenarios[0].deltaLtvDraws);
}

void TestSimulate::leversDoNotSeeTheirNeighbours()
{
    const auto together =
        simulate(planOf({scenarioOf("all", {kRetention, kFrequency, kOrderValue}),
                         scenarioOf("turned", {kOrderValue, kFrequency, kRetention}),
                         scenarioOf("frequency", {kFrequency}),
                         scenarioOf("value", {kOrderValue}),
                         scenarioOf("both", {kFrequency, kOrderValue})}));
    const auto alone = simulate(planOf({scenarioOf("frequency", {kFrequency})}));
    QVERIFY(together && alone);
    // In any order, bit for bit; and the same draws whoever else is simulated.
    QVERIFY(sameFigures(together->scenarios[0].delta, together->scenarios[1].delta));
    QVERIFY(together->scenarios[0].deltaLtvDraws == together->scenarios[1].deltaLtvDraws);
    QVERIFY(together->scenarios[2].deltaLtvDraws == alone->scenarios[0].deltaLtvDraws);
    // Levers on disjoint targets add up.
    for (std::size_t draw = 0; draw < 300; ++draw) {
        const double sum = together->scenarios[2].deltaLtvDraws[draw] +
                           together->scenarios[3].deltaLtvDraws[draw];
        QVERIFY(std::abs(together->scenarios[4].deltaLtvDraws[draw] / sum - 1) < 1e-9);
    }
}

void TestSimulate::monotone()
{
    for (const char *lever : {"retention", "frequency", "order_value"}) {
        std::vector<Scenario> scenarios;
        for (const double effect : {-20.0, -1.0, 0.0, 1.0, 2.0, 10.0}) {
            scenarios.push_back(scenarioOf("s", {{lever, std::nullopt, {effect, 0}, 0}}));
        }
        const auto result = simulate(planOf(scenarios, 100));
        QVERIFY(result);
        for (std::size_t i = 1; i < scenarios.size(); ++i) {
            for (std::size_t draw = 0; draw < 100; ++draw) {
                QVERIFY(result->scenarios[i].deltaLtvDraws[draw] >
                        result->scenarios[i - 1].deltaLtvDraws[draw]);
            }
        }
    }
}

void TestSimulate::outcomes()
{
    const LeverSpec spread{"frequency", std::nullopt, {10, 5}, 1};
    const LeverSpec fixed{"frequency", std::nullopt, {10, 0}, 1};
    const auto result =
        simulate(planOf({scenarioOf("spread", {spread}), scenarioOf("fixed", {fixed})}, 2000));
    QVERIFY(result);
    const ScenarioOutcome &a = result->scenarios[0];
    QCOMPARE(a.cost, 1500.0); // everybody known, buyers or not
    QCOMPARE(a.levers[0].users, 1500);
    QCOMPARE(a.levers[0].customers, result->baseline.customers);
    QVERIFY(a.levers[0].retentionBefore == a.levers[0].retentionAfter);
    const FutureFigures &base = result->baseline.future;
    QVERIFY(std::abs(a.delta.margin.value - .1 * base.margin.value) < 1e-9 * base.margin.value);
    QVERIFY(std::abs(a.roi->value - (a.delta.margin.value - 1500) / 1500) < 1e-12);
    QVERIFY(a.roi->lower < a.roi->value && a.roi->value < a.roi->upper);
    // The spread of the effect comes on top of that of the parameters. Around 10 ± 5 with 90 %
    // inside 10 ± 8.2.
    const Estimate &wide = a.delta.margin;
    const Estimate &narrow = result->scenarios[1].delta.margin;
    QVERIFY(wide.upper - wide.lower > 2 * (narrow.upper - narrow.lower));
    QVERIFY(std::abs((wide.upper - wide.lower) / base.margin.value - .164) < .02);
    QVERIFY(std::abs(*a.breakEvenCostPerUser - a.delta.margin.value / 1500) < 1e-12);
    QVERIFY(std::abs(*a.breakEvenEffect - 1500 / a.delta.margin.value) < 1e-6);
    int better = 0;
    for (const double ltv : result->scenarios[1].deltaLtvDraws) {
        better += ltv > 0;
    }
    QCOMPARE(better, 2000);
    QVERIFY(*a.pRoiPositive > 0 && *a.pRoiPositive < 1);
    // Nothing pays for a cost out of all proportion.
    const auto dear = simulate(
        planOf({scenarioOf("dear", {{"frequency", std::nullopt, {1, 0}, 1e6}})}, 100));
    QVERIFY(!dear->scenarios[0].breakEvenEffect);
    QCOMPARE(*dear->scenarios[0].pRoiPositive, 0.0);
}

void TestSimulate::retentionPoints()
{
    const auto result = simulate(
        planOf({scenarioOf("all", {{"retention", std::nullopt, {5, 0}, 0}}),
                scenarioOf("loyal", {{"retention", Stage::Loyal, {5, 0}, 0}})}, 100));
    QVERIFY(result);
    for (const ScenarioOutcome &outcome : result->scenarios) {
        const LeverOutcome &lever = outcome.levers[0];
        QVERIFY(std::abs(lever.retentionAfter - lever.retentionBefore - .05) < 1e-9);
    }
    QVERIFY(std::abs(result->scenarios[0].levers[0].retentionBefore -
                     result->baseline.retention) < 1e-12);
}

void TestSimulate::jsonAndSaving()
{
    const auto result = simulate(planOf({scenarioOf("Keep them", {kRetention})}, 100));
    QVERIFY(result);
    const auto json = nlohmann::json::parse(simulationToJson(*result));
    QVERIFY(json["baseline"]["ltv"].get<double>() > 0);
    const auto &one = json["scenarios"][0];
    for (const char *key : {"name", "delta", "cost", "roi", "p_roi_positive", "interval_90"}) {
        QVERIFY2(one.contains(key), key);
    }
    QCOMPARE(one["delta"]["revenue"].get<double>(),
             result->scenarios[0].delta.revenue.value);
    QCOMPARE(one["interval_90"]["ltv"].size(), std::size_t{2});
    QCOMPARE(one["evidence"].get<std::string>(), std::string("assumption"));

    QVERIFY(saveOutcomes(*m_project, *result).ok());
    QVERIFY(saveOutcomes(*m_project, *result).ok()); // again: replaced, not doubled
    const auto saved = readScenarios(*m_project);
    QCOMPARE(saved->size(), std::size_t{1});
    QVERIFY(*scenarioFromJson(saved->front().definition) == result->scenarios[0].scenario);
    const auto outcome = nlohmann::json::parse(saved->front().outcome);
    QCOMPARE(outcome["scenario"], one);
}

void TestSimulate::refusals()
{
    QCOMPARE(simulateScenarios(*m_project, planOf({}), {}).error().code,
             ErrorCode::BadConfiguration);
    QCOMPARE(simulateScenarios(*m_project, planOf({scenarioOf("", {})}), {}).error().where,
             std::string("name"));
    QCOMPARE(simulateScenarios(*m_project, planOf({scenarioOf("a", {})}, 1), {}).error().where,
             std::string("draws"));
    auto plan = planOf({scenarioOf("a", {})});
    plan.horizonDays = 0;
    QCOMPARE(simulateScenarios(*m_project, plan, {}).error().code, ErrorCode::HorizonNotPositive);
    plan.horizonDays = {};
    plan.until = dayFromCivil({2000, 1, 1});
    QVERIFY(!simulateScenarios(*m_project, plan, {}).ok());

    const auto empty = Project::create(m_folder.filePath("empty").toStdString());
    QCOMPARE(simulateScenarios(*empty, planOf({scenarioOf("a", {})}), {}).error().code,
             ErrorCode::NoEvents);

    std::stop_source stop;
    const Task task(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > .25) {
            stop.request_stop();
        }
    });
    QCOMPARE(simulateScenarios(*m_project, planOf({scenarioOf("a", {kRetention})}, 2000), task)
                 .error().code,
             ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestSimulate)
#include "tst_simulate.moc"
