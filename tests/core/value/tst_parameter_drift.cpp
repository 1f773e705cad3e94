#include "core/base/rng.h"
#include "core/value/frequency_model.h"
#include "core/value/parameter_drift.h"
#include "core/value/value_prediction.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

namespace {

ModelFit fitOf(std::vector<double> parameters, double logError)
{
    ModelFit fit;
    fit.model = fit.reportedModel = "nbd";
    fit.status = FitStatus::Converged;
    fit.names = {"r", "alpha"};
    fit.parameters = std::move(parameters);
    for (const double p : fit.parameters) {
        fit.standardErrors.push_back(p * logError);
        fit.logStandardErrors.push_back(logError);
    }
    fit.logCovariance = {logError * logError, 0.0, 0.0, logError * logError};
    fit.customers = 100;
    return fit;
}

/// NBD counts of `n` customers, each watched for T = 52.
RepeatTable nbdCustomers(int n, std::uint64_t seed)
{
    RepeatTable table;
    Rng rng(seed);
    for (int i = 0; i < n; ++i) {
        const double rate = rng.gamma(0.9) / 12.0;
        const auto x = static_cast<std::int32_t>(rng.poisson(rate * 52.0));
        table.x.push_back(x);
        table.tx.push_back(x > 0 ? 50.0 : 0.0);
        table.T.push_back(52.0);
        table.weight.push_back(1.0);
    }
    table.customers = n;
    return table;
}

std::int64_t save(Project &project, const ModelFit &fit, Day until)
{
    return *saveFitRun(project, fit, until, ValueOptions{});
}

} // namespace

class ParameterDriftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        const auto drift =
            *parameterDrift(fitOf({1.0, 2.0}, 0.03), fitOf({std::exp(0.1), 2.0}, 0.04));
        QCOMPARE(drift.size(), std::size_t{2});
        QCOMPARE(drift[0].name, std::string("r"));
        QVERIFY(std::abs(*drift[0].change - 2.0) < 1e-12); // 0.1 / √(.03² + .04²)
        QVERIFY(drift[0].moved);
        QCOMPARE(*drift[1].change, 0.0);
        QVERIFY(!drift[1].moved);
    }

    void withoutStandardErrorsNoVerdict()
    {
        ModelFit now = fitOf({1.0, 2.0}, 0.1);
        now.logStandardErrors.clear();
        const auto drift = *parameterDrift(fitOf({3.0, 2.0}, 0.1), now);
        QVERIFY(!drift[0].change && !drift[0].moved);
        const auto exact = *parameterDrift(fitOf({3.0, 2.0}, 0.0), fitOf({3.0, 2.0}, 0.0));
        QVERIFY(!exact[0].change); // 0 / 0
    }

    void otherModelsAreNotCompared()
    {
        ModelFit other = fitOf({1.0, 2.0}, 0.1);
        other.reportedModel = "bg-nbd";
        QVERIFY(!parameterDrift(fitOf({1.0, 2.0}, 0.1), other));
        other = fitOf({1.0, 2.0}, 0.1);
        other.status = FitStatus::Failed;
        QVERIFY(!parameterDrift(fitOf({1.0, 2.0}, 0.1), other));
        other = fitOf({}, 0.1);
        other.names.clear();
        QVERIFY(!parameterDrift(other, other));
    }

    void chanceMovesOneInTwenty()
    {
        // Two samples of the same customers' law: about 5 % of the parameters are said to move.
        const FrequencyModel &nbd = **findFrequencyModel("nbd");
        int moved = 0;
        int all = 0;
        for (std::uint64_t k = 0; k < 200; ++k) {
            const ModelFit a = *nbd.fit(nbdCustomers(600, 2 * k + 1), {}, Task());
            const ModelFit b = *nbd.fit(nbdCustomers(600, 2 * k + 2), {}, Task());
            const auto drifts = parameterDrift(a, b);
            QVERIFY(drifts);
            for (const ParameterDrift &drift : *drifts) {
                QVERIFY(drift.change);
                moved += drift.moved ? 1 : 0;
                ++all;
            }
        }
        const double share = static_cast<double>(moved) / all;
        QVERIFY2(share > 0.01 && share < 0.09, qPrintable(QString::number(share)));
    }

    void historyInOrderOfTheSnapshot()
    {
        test::ProjectFixture fixture;
        fixture.add({{"u", "i", EventKind::Purchase, startOf(19000), 10.0, {}}});
        Project &project = fixture.project();
        QCOMPARE(readFitHistory(project, "nbd").error().code, ErrorCode::NotTrained);
        save(project, fitOf({1.2, 2.0}, 0.1), 19200);
        const auto first = save(project, fitOf({1.0, 2.0}, 0.1), 19100);
        save(project, fitOf({1.3, 2.0}, 0.1), 19300);
        const auto last = save(project, fitOf({1.4, 2.0}, 0.1), 19300); // repeated: counts once
        const auto fits = readFitHistory(project, "nbd");
        QVERIFY(fits.ok());
        QCOMPARE(fits->size(), std::size_t{3});
        QCOMPARE(fits->front().run.id, first);
        QCOMPARE(fits->back().run.id, last);
        QCOMPARE(*fittedModels(project), std::vector<std::string>{"nbd"});
    }

    void aDamagedRunIsAnError()
    {
        test::ProjectFixture fixture;
        RunRecord run;
        run.model = "nbd";
        run.config = "{}";
        run.id = *beginRun(fixture.project(), run);
        run.state = RunState::Done;
        run.metrics = R"({"model": 7})";
        QVERIFY(finishRun(fixture.project(), run, {}).ok());
        QCOMPARE(readFitHistory(fixture.project(), "nbd").error().code, ErrorCode::Damaged);
        QVERIFY(fittedModels(fixture.project())->empty());
    }
};

QTEST_GUILESS_MAIN(ParameterDriftTest)
#include "tst_parameter_drift.moc"
