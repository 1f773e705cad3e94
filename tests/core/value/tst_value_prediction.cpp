#include "core/project/run_store.h"
#include "core/value/saved_fit.h"
#include "core/value/value_prediction.h"
#include "simulate.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

/// A shop with spends: every order day costs its customer's own price.
CustomerSummary shop(int customers, double refundShare = 0.0)
{
    CustomerSummary summary = simulateBgNbd({}, customers, 84, 364, 17);
    for (std::size_t i = 0; i < summary.size(); ++i) {
        Rng rng(99, i);
        summary.spendDays[i] = summary.x[i];
        const double price = 20.0 / rng.gamma(3.0);
        summary.meanSpend[i] =
            summary.x[i] > 0 ? price * rng.gamma(4.0 * summary.x[i]) / summary.x[i] : 0.0;
        const double gross = summary.meanSpend[i] * (summary.x[i] + 1.0);
        summary.gross += gross;
        summary.refunds -= gross * refundShare;
        summary.realised[i] = gross * (1.0 - refundShare);
    }
    return summary;
}

std::shared_ptr<const ValueResult> valueOf(const ValueOptions &options, double refundShare = 0.0)
{
    return *fitValueModel(shop(3000, refundShare), options, Task());
}

ErrorCode errorOf(const ValueOptions &options)
{
    const auto value = fitValueModel(shop(300), options, Task());
    return value ? ErrorCode::Internal : value.error().code;
}

std::vector<PlainEvent> smallShop()
{
    std::vector<PlainEvent> events;
    const UtcSecond start = startOf(dayFromCivil({2023, 1, 2}));
    for (int user = 0; user < 120; ++user) {
        Rng rng(7, static_cast<std::uint64_t>(user));
        int day = static_cast<int>(rng.below(60));
        const int orders = 1 + static_cast<int>(rng.below(5));
        for (int i = 0; i < orders; ++i) {
            events.push_back({"u" + std::to_string(user), "thing", EventKind::Purchase,
                              start + day * kSecondsPerDay + 3600, 10.0 + rng.below(50), ""});
            day += 3 + static_cast<int>(rng.below(40));
        }
        if (user % 10 == 0) {
            events.push_back({"u" + std::to_string(user), "thing", EventKind::Refund,
                              start + day * kSecondsPerDay, -5.0, ""});
        }
    }
    return events;
}

} // namespace

class ValuePredictionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutDiscountItIsTheProductExactly()
    {
        ValueOptions options;
        options.margin = 0.4;
        const auto value = valueOf(options, 0.1);
        const double share = 0.4 * value->customers.netRatio();
        QVERIFY(std::abs(value->customers.netRatio() - 0.9) < 1e-12);
        const ValuePredictions &p = value->predictions;
        const auto plain = *predictFrequency(value->frequency, value->customers, 180.0 / 7.0, Task());
        for (std::size_t i = 0; i < value->customers.size(); ++i) {
            QCOMPARE(p.expectedOrders[i], plain.expectedOrders[i]);
            QCOMPARE(p.churnRisk[i], plain.churnRisk[i]);
            const double product = share * p.meanOrderValue[i] * p.expectedOrders[i];
            QVERIFY(std::abs(p.predictedValue[i] - product) <= 1e-14 * product);
        }
        QVERIFY(!value->spendIsObservedMean);
        QCOMPARE(*value->options.until, value->customers.until);
    }

    void theDiscountIsTheIntegralOverTheHorizon()
    {
        ValueOptions options;
        options.horizonDays = 730;
        options.discountPerYear = 0.15;
        const auto value = valueOf(options);
        const auto &model = **findFrequencyModel(value->frequency.reportedModel);
        const double share = value->customers.netRatio();
        for (std::size_t i = 0; i < 8; ++i) {
            // In steps of a hundredth of a day.
            double sum = 0.0;
            double before = 0.0;
            constexpr int kSteps = 73000;
            for (int step = 1; step <= kSteps; ++step) {
                const double day = step * 730.0 / kSteps;
                const double now = model.expectedWhileAlive(
                    value->frequency.parameters,
                    {value->customers.x[i], value->customers.tx[i], value->customers.T[i]},
                    day / 7.0);
                sum += (now - before) * std::pow(1.15, -(day - 365.0 / kSteps) / 365.0);
                before = now;
            }
            const double expected = share * value->predictions.meanOrderValue[i] *
                                    value->predictions.pAlive[i] * sum;
            QVERIFY(std::abs(value->predictions.predictedValue[i] / expected - 1.0) < 1e-6);
        }
    }

    void moreDiscountLessValueMoreMarginMoreValue()
    {
        ValueOptions options;
        double before = HUGE_VAL;
        for (const double rate : {0.0, 1e-9, 0.05, 0.5}) {
            options.discountPerYear = rate;
            const double total = valueOf(options)->predictedTotal;
            QVERIFY(total < before);
            QVERIFY(total > 0.0);
            before = total;
        }
        options.discountPerYear = 0.0;
        const double full = valueOf(options)->predictedTotal;
        options.margin = 0.25;
        QVERIFY(std::abs(valueOf(options)->predictedTotal / full - 0.25) < 1e-12);
    }

    void growsWithTheHorizon()
    {
        ValueOptions options;
        options.discountPerYear = 0.1;
        double before = 0.0;
        for (const int days : {1, 30, 180, 365, 3650}) {
            options.horizonDays = days;
            const double total = valueOf(options)->predictedTotal;
            QVERIFY(total > before);
            before = total;
        }
    }

    void refundsPastTheGrossLeaveNothing()
    {
        const auto value = valueOf({}, 1.2);
        QCOMPARE(value->customers.netRatio(), 0.0);
        QCOMPARE(value->predictedTotal, 0.0);
        QVERIFY(value->realisedTotal < 0.0);
    }

    void givenParametersPredictAsTheirFit()
    {
        const ValueOptions options;
        const auto value = valueOf(options);
        const auto again =
            *predictValue(value->customers, value->frequency.reportedModel,
                          value->frequency.parameters, "gamma-gamma", value->spend.parameters,
                          options, Task());
        QCOMPARE(again.predictedValue, value->predictions.predictedValue);
    }

    void drawsSpreadAsTheStandardErrorsSay()
    {
        const auto value = valueOf({});
        const auto draws = drawParameters(value->frequency, 4000, 3);
        for (std::size_t i = 0; i < value->frequency.parameters.size(); ++i) {
            double mean = 0.0;
            double square = 0.0;
            for (const auto &draw : draws) {
                const double shift = std::log(draw[i] / value->frequency.parameters[i]);
                mean += shift / 4000.0;
                square += shift * shift / 4000.0;
            }
            const double error = value->frequency.logStandardErrors[i];
            QVERIFY(std::abs(mean) < 5.0 * error / std::sqrt(4000.0));
            QVERIFY(std::abs(std::sqrt(square) / error - 1.0) < 0.06);
        }
        QCOMPARE(drawParameters(value->frequency, 10, 3)[9], draws[9]);
    }

    void whatTheDataSayNothingOfStaysAtTheEstimate()
    {
        // The sample shop with 200 users: equal dropout, a and b together without end.
        ModelFit fit;
        fit.status = FitStatus::Boundary;
        fit.names = {"r", "alpha", "a", "b"};
        fit.parameters = {0.7, 5.0, 8e6, 6.5e7};
        const double flat = 1e7;
        fit.logCovariance = {0.08, 0.09, 0, 0, 0.09, 0.14, 0,          0,
                             0,    0,    flat + 0.3, flat, 0,    0,    flat, flat + 0.3};
        double square = 0.0;
        for (const auto &draw : drawParameters(fit, 1000, 3)) {
            for (const double parameter : draw) {
                QVERIFY(std::isfinite(parameter) && parameter > 0.0);
            }
            square += std::pow(std::log(draw[2] / draw[3] / (8e6 / 6.5e7)), 2) / 1000.0;
            QVERIFY(std::abs(std::log(draw[2] * draw[3] / (8e6 * 6.5e7))) < 1e-3);
        }
        QVERIFY(std::abs(square / 0.6 - 1.0) < 0.2); // Var(ln a − ln b)
    }

    void spendThatNobodyShowsIsTheObservedMean()
    {
        CustomerSummary customers = shop(500);
        std::fill(customers.meanSpend.begin(), customers.meanSpend.end(), 0.0);
        const auto value = *fitValueModel(std::move(customers), ValueOptions{}, Task());
        QVERIFY(value->spendIsObservedMean);
        QCOMPARE(value->spend.status, FitStatus::Failed);
        QCOMPARE(value->spend.reason, std::string("no_spend"));
        QVERIFY(std::isfinite(value->predictedTotal));
    }

    void refusesBadOptions()
    {
        ValueOptions options;
        options.horizonDays = 0;
        QCOMPARE(errorOf(options), ErrorCode::HorizonNotPositive);
        options = {};
        options.margin = 0.0;
        QCOMPARE(errorOf(options), ErrorCode::InvalidArgument);
        options = {};
        options.discountPerYear = std::nan("");
        QCOMPARE(errorOf(options), ErrorCode::InvalidArgument);
        options = {};
        options.frequencyModel = "crystal-ball";
        QCOMPARE(errorOf(options), ErrorCode::UnknownModel);
        options = {};
        options.spendModel = "crystal-ball";
        QCOMPARE(errorOf(options), ErrorCode::UnknownModel);
    }

    void worksOnAProjectAndSavesItsRun()
    {
        ProjectFixture fixture;
        QCOMPARE(fitValueModel(fixture.project(), {}, Task()).error().code, ErrorCode::NoEvents);
        fixture.add(smallShop());
        ValueOptions options;
        options.until = dayFromCivil({2023, 6, 1});
        const auto value = *fitValueModel(fixture.project(), options, Task());
        QCOMPARE(value->customers.size(), std::size_t{120});
        QVERIFY(value->customers.refunds < 0.0);
        const auto run =
            *saveFitRun(fixture.project(), value->frequency, *value->options.until, options);
        const RunRecord saved = *readRun(fixture.project(), run);
        QCOMPARE(saved.model, std::string("bg-nbd"));
        QCOMPARE(saved.state, RunState::Done);
        QCOMPARE(saved.metrics, fitToJson(value->frequency));
        QCOMPARE(saved.horizonDays, 180);
        const SavedFit again = *readSavedFit(fixture.project(), run);
        QCOMPARE(again.fit.parameters, value->frequency.parameters);
        QCOMPARE(again.fit.logCovariance, value->frequency.logCovariance);
        QCOMPARE(drawParameters(again.fit, 3, 1), drawParameters(value->frequency, 3, 1));
        QCOMPARE(again.customers.until, value->options.until);

        options.until = dayFromCivil({2022, 1, 1});
        QCOMPARE(fitValueModel(fixture.project(), options, Task()).error().code,
                 ErrorCode::NoPurchases);
    }

    void aDiscreteModelGetsWholePeriods()
    {
        ProjectFixture fixture;
        fixture.add(smallShop());
        ValueOptions options;
        options.frequencyModel = "bg-bb";
        options.until = dayFromCivil({2023, 6, 1});
        const auto value = *fitValueModel(fixture.project(), options, Task());
        QCOMPARE(value->customers.clock, OrderClock::WholePeriods);
        for (std::size_t i = 0; i < value->customers.size(); ++i) {
            QCOMPARE(value->customers.T[i], std::floor(value->customers.T[i]));
            QVERIFY(value->customers.x[i] <= value->customers.tx[i]);
            QVERIFY(value->predictions.expectedOrders[i] <= 180.0 / 7.0);
        }
        const auto run =
            *saveFitRun(fixture.project(), value->frequency, *value->options.until, options);
        const SavedFit again = *readSavedFit(fixture.project(), run);
        QCOMPARE(again.customers.clock, OrderClock::WholePeriods);
        QCOMPARE(readCustomerSummary(fixture.project(), again.customers, Task())->tx,
                 value->customers.tx);
        QCOMPARE(clockOf("bg-nbd"), OrderClock::Days);
        QCOMPARE(clockOf("gamma-gamma"), OrderClock::Days);
    }

    void cancelsMidway()
    {
        std::stop_source stop;
        const Task stopsLater(stop.get_token(), [&](double fraction, std::string_view) {
            if (fraction > 0.6) {
                stop.request_stop();
            }
        });
        const auto value = fitValueModel(shop(2000), ValueOptions{}, stopsLater);
        QVERIFY(!value.ok());
        QCOMPARE(value.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(ValuePredictionTest)
#include "tst_value_prediction.moc"
