#include "core/base/rng.h"
#include "core/forecast/learned.h"
#include "core/forecast/learned_features.h"
#include "core/forecast/prospective.h"
#include "core/forecast/stack_weights.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

const Day kStart = dayFromCivil({2022, 1, 3});

/// Customers who come for good at a rate of their own; with `swing` they come that much more often in
/// the second half of each year.
OrderHistory steadyShop(int users, int days, double swing, std::uint64_t seed)
{
    std::vector<MoneyDay> rows;
    for (int u = 1; u <= users; ++u) {
        Rng rng(seed, static_cast<std::uint64_t>(u));
        const double rate = (0.2 + rng.exponential()) / 40.0;
        const Money spend = moneyFromUnits(10.0 + 30.0 * rng.uniform());
        for (Day day = static_cast<Day>(rng.below(30)); day < days; ++day) {
            const bool late = day % 365 >= 182;
            if (rng.uniform() < rate * (late ? 1.0 + swing : 1.0)) {
                rows.push_back({u, kStart + day, true, spend, 0});
            }
        }
    }
    return orderHistoryOf(rows);
}

ForecastInput inputAt(const OrderHistory &history, int day, int horizon)
{
    return *forecastInput(history, kStart + day, horizon, Period::Week, true);
}

double sumOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

class LearnedForecastsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCustomerLooksTheSameAtTwoDates()
    {
        // The same days 100 days apart.
        std::vector<MoneyDay> days;
        for (const std::int64_t user : {1, 2}) {
            const Day shift = user == 1 ? 0 : 100;
            for (const int day : {10, 25, 60}) {
                days.push_back({user, kStart + shift + day, true, moneyFromUnits(20.0 + day), 0});
            }
        }
        const OrderHistory history = orderHistoryOf(days);
        const auto seen = [&](int at) {
            const CustomerSummary c = summarizeAt(history, {kStart + at, Period::Week, true});
            ModelOpinion none{std::vector<double>(c.size(), 0.0), std::vector<double>(c.size(), 0.0),
                              std::vector<double>(c.size(), 1.0), 30};
            return learnedFeatures(history, c, kStart + at, 30, none);
        };
        const FeatureMatrix early = seen(70);
        const FeatureMatrix late = seen(170);
        QCOMPARE(early.rows(), std::size_t{1});
        QCOMPARE(late.rows(), std::size_t{2});
        for (std::size_t c = 0; c < early.columns.size(); ++c) {
            QCOMPARE(late.row(1)[c], early.row(0)[c]);
        }
        QVERIFY(checkFeatures(late));
    }

    void labelsEndAtTheCut()
    {
        const OrderHistory history = steadyShop(300, 300, 0.0, 1);
        const ProspectiveData data = *prospectiveData(inputAt(history, 250, 60), Task());
        QCOMPARE(data.labelDays, 60);
        QVERIFY(!data.seasonIsKnown);
        const CustomerSummary then = summarizeAt(history, {kStart + 190, Period::Week, true});
        QCOMPARE(data.learn.user, then.user);
        const WindowTruth truth = truthOf(history, then, kStart + 190, kStart + 250);
        QCOMPARE(data.netLabel, truth.net);
        for (const double ratio : data.toHorizon) {
            QCOMPARE(ratio, 1.0);
        }
        // Half of the history where the horizon is longer.
        QCOMPARE(prospectiveData(inputAt(history, 99, 60), Task())->labelDays, 50);
        QCOMPARE(prospectiveData(inputAt(history, 30, 60), Task()).error().code,
                 ErrorCode::TooLittleData);
    }

    void theSeasonOfAYearBeforeIsSeen()
    {
        // Cut at the end of June of year 3: the label window is slow, the horizon lively.
        const double known = prospectiveData(inputAt(steadyShop(1500, 1100, 0.6, 2), 912, 90),
                                             Task())
                                 ->season;
        QVERIFY2(std::abs(known - 1.6) < 0.1, qPrintable(QString::number(known)));
        const ProspectiveData flat =
            *prospectiveData(inputAt(steadyShop(1500, 1100, 0.0, 2), 912, 90), Task());
        QVERIFY(flat.seasonIsKnown);
        QVERIFY2(std::abs(flat.season - 1.0) < 0.1, qPrintable(QString::number(flat.season)));
    }

    void totalsComeOutOnASteadyShop_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"boosted-trees", "ziln", "stack"}) {
            QTest::newRow(name) << name;
        }
    }

    void totalsComeOutOnASteadyShop()
    {
        QFETCH(QString, name);
        const OrderHistory history = steadyShop(1200, 420, 0.0, 5);
        const ForecastInput input = inputAt(history, 300, 90);
        const Forecaster &forecaster = **findForecaster(name.toStdString());
        const Forecast forecast = *forecaster.forecast(input, Task());
        const WindowTruth truth =
            truthOf(history, input.customers, kStart + 300, kStart + 390);
        const double bias = sumOf(forecast.value) / sumOf(truth.net) - 1.0;
        QVERIFY2(std::abs(bias) < 0.12, qPrintable(QString::number(bias)));
        QVERIFY(!forecast.notes.empty());
        const Forecast again = *forecaster.forecast(input, Task());
        QCOMPARE(again.value, forecast.value);
    }

    void learnedOnesCancel()
    {
        const ForecastInput input = inputAt(steadyShop(200, 200, 0.0, 6), 180, 60);
        std::stop_source stop;
        stop.request_stop();
        for (const char *name : {"boosted-trees", "ziln", "stack"}) {
            QCOMPARE((*findForecaster(name))
                         ->forecast(input, Task(stop.get_token(), {}))
                         .error()
                         .code,
                     ErrorCode::Cancelled);
        }
    }

    void weightsFindTheMixture()
    {
        // What happens is .7 a + .3 b with noise; c says nothing.
        std::vector<std::vector<double>> columns(3);
        std::vector<double> actual;
        Rng rng(8);
        for (int i = 0; i < 20000; ++i) {
            const double a = rng.exponential() * 50.0;
            const double b = rng.exponential() * 50.0;
            columns[0].push_back(a);
            columns[1].push_back(b);
            columns[2].push_back(rng.exponential() * 50.0);
            actual.push_back(rng.uniform() < 0.5 ? 0.0 : 2.0 * (0.7 * a + 0.3 * b));
        }
        const std::vector<double> w = stackWeights(columns, actual, Task());
        QVERIFY2(std::abs(w[0] - 0.7) < 0.05, qPrintable(QString::number(w[0])));
        QVERIFY2(std::abs(w[1] - 0.3) < 0.05, qPrintable(QString::number(w[1])));
        QVERIFY2(w[2] < 0.03, qPrintable(QString::number(w[2])));
        // In another currency the same.
        for (auto &column : columns) {
            for (double &p : column) {
                p *= 1000.0;
            }
        }
        for (double &y : actual) {
            y *= 1000.0;
        }
        QVERIFY(std::abs(stackWeights(columns, actual, Task())[0] - w[0]) < 1e-4);
    }

    void weightsOfNothing()
    {
        const std::vector<std::vector<double>> columns{{1.0, 2.0}, {3.0, 4.0}};
        QCOMPARE(stackWeights(columns, std::vector<double>{0.0, -3.0}, Task()),
                 (std::vector<double>{0.5, 0.5}));
        const std::vector<std::vector<double>> none{{0.0, -1.0}, {0.0, 0.0}};
        QCOMPARE(stackWeights(none, std::vector<double>{5.0, 1.0}, Task()),
                 (std::vector<double>{0.5, 0.5}));
        QCOMPARE(stackWeights({}, {}, Task()).size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(LearnedForecastsTest)
#include "tst_learned_forecasts.moc"
