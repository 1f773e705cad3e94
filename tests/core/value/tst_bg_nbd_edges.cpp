#include "core/value/bg_nbd.h"
#include "core/value/nbd.h"
#include "simulate.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Customers with given x, tx, T, in weeks.
CustomerSummary customersOf(const std::vector<RepeatHistory> &histories)
{
    CustomerSummary customers;
    for (const RepeatHistory &h : histories) {
        customers.user.push_back(static_cast<std::int64_t>(customers.user.size()) + 1);
        customers.x.push_back(h.x);
        customers.tx.push_back(h.tx);
        customers.T.push_back(h.T);
        customers.spendDays.push_back(h.x);
        customers.meanSpend.push_back(h.x > 0 ? 10.0 : 0.0);
        customers.realised.push_back(10.0);
        customers.logGaps.push_back(h.x > 0 ? h.x * std::log(h.tx / h.x) : 0.0); // at equal distances
    }
    return customers;
}

ErrorCode fitError(const CustomerSummary &customers, std::string_view model = "bg-nbd")
{
    const auto fit = fitFrequencyModel(model, customers, {}, Task());
    return fit ? ErrorCode::Internal : fit.error().code;
}

void everythingIsFinite(const ModelFit &fit, const CustomerSummary &customers)
{
    QVERIFY(std::isfinite(fit.logLikelihood));
    for (const auto *values : {&fit.parameters, &fit.standardErrors, &fit.logCovariance}) {
        for (const double v : *values) {
            QVERIFY(std::isfinite(v));
        }
    }
    if (!fit.usable()) {
        return;
    }
    for (const double t : {1e-3, 26.0, 1e5}) {
        const auto p = *predictFrequency(fit, customers, t, Task());
        for (std::size_t i = 0; i < customers.size(); ++i) {
            QVERIFY(std::isfinite(p.expectedOrders[i]) && p.expectedOrders[i] >= 0.0);
            QVERIFY(p.pAlive[i] >= 0.0 && p.pAlive[i] <= 1.0);
            QVERIFY(p.churnRisk[i] >= 0.0 && p.churnRisk[i] <= 1.0);
        }
    }
}

} // namespace

class BgNbdEdgesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noChurnIsSaidAndTheNbdReported()
    {
        const CustomerSummary customers =
            simulateBgNbd({.r = 0.9, .alpha = 10.0, .a = 0.0, .b = 1.0}, 4000, 100, 250, 4);
        const ModelFit fit = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        const ModelFit nbd = *fitFrequencyModel("nbd", customers, {}, Task());
        QCOMPARE(fit.model, std::string("bg-nbd"));
        if (fit.status == FitStatus::Converged) {
            // Half of such samples show a little dropout by chance; it must then gain something.
            QVERIFY(fit.logLikelihood > nbd.logLikelihood);
            return;
        }
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.reason, std::string("no_churn"));
        QCOMPARE(fit.reportedModel, std::string("nbd"));
        QCOMPARE(fit.parameters, nbd.parameters);
        QCOMPARE(fit.names, (std::vector<std::string>{"r", "alpha"}));
    }

    void rustlessRegularsHaveNoChurn()
    {
        // Everybody ordered this very week: no sign of leaving at all.
        std::vector<RepeatHistory> histories;
        for (int i = 0; i < 300; ++i) {
            const double T = 20.0 + i % 10;
            histories.push_back({1 + i % 7, T - 0.1, T});
        }
        const CustomerSummary customers = customersOf(histories);
        const ModelFit fit = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.reason, std::string("no_churn"));
        const auto p = *predictFrequency(fit, customers, 10.0, Task());
        QVERIFY(std::all_of(p.pAlive.begin(), p.pAlive.end(), [](double v) { return v == 1.0; }));
        everythingIsFinite(fit, customers);
    }

    void allAlikeIsHomogeneous()
    {
        std::vector<RepeatHistory> histories(200, {4, 19.9, 20.0});
        const CustomerSummary customers = customersOf(histories);
        const ModelFit nbd = *fitFrequencyModel("nbd", customers, {}, Task());
        QCOMPARE(nbd.status, FitStatus::Boundary);
        QCOMPARE(nbd.reason, std::string("homogeneous_rate"));
        const auto p = *predictFrequency(nbd, customers, 10.0, Task());
        QVERIFY(std::abs(p.expectedOrders[0] - 2.0) < 0.01); // 4 in 20 weeks
        everythingIsFinite(nbd, customers);
        everythingIsFinite(*fitFrequencyModel("bg-nbd", customers, {}, Task()), customers);
    }

    void leavingAfterOneRepeatIsNotTakenForOneRate()
    {
        // Rates differ widely, but nearly everybody leaves with the first repeat: the counts, 0 or
        // 1, are more alike than one rate for all would make them, and the NBD runs to r = ∞.
        const BgNbdTruth truth{.r = 0.8, .alpha = 10.0, .a = 9.0, .b = 0.3};
        const CustomerSummary customers = simulateBgNbd(truth, 4000, 100, 250, 11);
        QCOMPARE(fitFrequencyModel("nbd", customers, {}, Task())->reason,
                 std::string("homogeneous_rate"));
        const ModelFit fit = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        QCOMPARE(fit.reportedModel, std::string("bg-nbd"));
        const std::array p{truth.r, truth.alpha, truth.a, truth.b};
        QVERIFY(fit.logLikelihood >=
                bgNbdModel().logLikelihood(p, mergeEqualCustomers(customers)).value);
        QVERIFY(std::abs(std::log(fit.parameters[0] / truth.r)) < 0.25);
        QVERIFY(std::abs(std::log(fit.parameters[1] / truth.alpha)) < 0.4);
        everythingIsFinite(fit, customers);
    }

    void oddSamplesStayFinite_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("one repeater") << 0;
        QTest::newRow("one repeater among many") << 1;
        QTest::newRow("all left after the second order") << 2;
        QTest::newRow("centuries") << 3;
        QTest::newRow("thousands of orders") << 4;
        QTest::newRow("two very different halves") << 5;
        QTest::newRow("a long silence, then the last day") << 6;
    }

    void oddSamplesStayFinite()
    {
        QFETCH(int, kind);
        std::vector<RepeatHistory> histories;
        switch (kind) {
        case 0: histories = {{3, 5.0, 9.0}}; break;
        case 1: histories.assign(500, {0, 0.0, 12.0}); histories.push_back({1, 2.0, 12.0}); break;
        case 2: histories.assign(300, {1, 1.0, 200.0}); break;
        case 3: histories = {{5, 100.0, 416000.0}, {0, 0.0, 416000.0}, {900, 9e4, 1e5}}; break;
        case 4:
            for (int i = 0; i < 50; ++i) {
                histories.push_back({3000 + i, 520.0, 521.0});
            }
            break;
        case 5:
            histories.assign(200, {0, 0.0, 30.0});
            histories.insert(histories.end(), 200, {60, 29.8, 30.0});
            break;
        case 6: histories.assign(40, {1, 1000.0, 1000.0}); break;
        default: break;
        }
        const CustomerSummary customers = customersOf(histories);
        for (const std::string_view model : frequencyModelNames()) {
            const auto fit = fitFrequencyModel(model, customers, {}, Task());
            QVERIFY(fit.ok());
            QVERIFY(fit->status != FitStatus::Converged || fit->hasCovariance());
            QVERIFY(fit->status == FitStatus::Converged || !fit->reason.empty());
            everythingIsFinite(*fit, customers);
        }
    }

    void refusesWhatHasNoAnswer()
    {
        QCOMPARE(fitError({}), ErrorCode::NoPurchases);
        QCOMPARE(fitError(customersOf({{0, 0.0, 5.0}, {0, 0.0, 9.0}})), ErrorCode::NoRepeatBuyers);
        // Everyone came on the snapshot day: T = 0.
        QCOMPARE(fitError(customersOf({{0, 0.0, 0.0}, {0, 0.0, 0.0}})), ErrorCode::NoRepeatBuyers);
        QCOMPARE(fitError(customersOf({{2, 6.0, 5.0}})), ErrorCode::InvalidArgument);
        QCOMPARE(fitError(customersOf({{2, 3.0, std::nan("")}})), ErrorCode::InvalidArgument);
        QCOMPARE(fitError(customersOf({{-1, 0.0, 5.0}})), ErrorCode::InvalidArgument);
        QCOMPARE(fitError(customersOf({{1, 0.0, 5.0}})), ErrorCode::InvalidArgument);
        QCOMPARE(fitError(customersOf({{2, 3.0, 5.0}}), "pareto"), ErrorCode::UnknownModel);
    }

    void tenureOfZeroIsFine()
    {
        std::vector<RepeatHistory> histories(100, {0, 0.0, 0.0});
        for (int i = 0; i < 200; ++i) {
            histories.push_back({i % 4, i % 4 > 0 ? 3.0 + i % 9 : 0.0, 20.0});
        }
        const CustomerSummary customers = customersOf(histories);
        everythingIsFinite(*fitFrequencyModel("bg-nbd", customers, {}, Task()), customers);
    }

    void noChanceToLeaveOnTheDayOfTheLastOrder()
    {
        const std::array p{0.25, 4.0, 0.8, 2.5};
        // The odds are a / (b + x - 1) there.
        QVERIFY(std::abs(bgNbdModel().pAlive(p, {3, 20.0, 20.0}) - 4.5 / 5.3) < 1e-14);
        QVERIFY(bgNbdModel().pAlive(p, {500, 1.0, 500.0}) < 1e-200);
        QCOMPARE(bgNbdModel().pAlive(p, {0, 0.0, 500.0}), 1.0);
    }

    void cancels()
    {
        const CustomerSummary customers = simulateBgNbd({}, 2000, 84, 280, 2);
        std::stop_source stop;
        const Task stopsLater(stop.get_token(), [&](double fraction, std::string_view) {
            if (fraction > 0.0) {
                stop.request_stop();
            }
        });
        const auto fit = fitFrequencyModel("bg-nbd", customers, {}, stopsLater);
        QVERIFY(!fit.ok());
        QCOMPARE(fit.error().code, ErrorCode::Cancelled);
        const ModelFit whole = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        const auto prediction =
            predictFrequency(whole, customers, 10.0, Task(stop.get_token(), {}));
        QVERIFY(!prediction.ok());
        QCOMPARE(prediction.error().code, ErrorCode::Cancelled);
    }

    void tooFewIterationsAreAFailureNotAnAnswer()
    {
        const CustomerSummary customers = simulateBgNbd({}, 2000, 84, 280, 2);
        const ModelFit fit = *fitFrequencyModel("bg-nbd", customers, {.maxIterations = 1}, Task());
        QCOMPARE(fit.status, FitStatus::Failed);
        QCOMPARE(fit.reason, std::string("iterations"));
        QVERIFY(fit.parameters.empty());
        QVERIFY(drawParameters(fit, 3, 1).empty());
        QCOMPARE(predictFrequency(fit, customers, 1.0, Task()).error().code, ErrorCode::NotTrained);
    }
};

QTEST_APPLESS_MAIN(BgNbdEdgesTest)
#include "tst_bg_nbd_edges.moc"
