#include "core/value/gamma_gamma.h"
#include "core/value/value_prediction.h"
#include "online_retail.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

const Day kUntil = dayFromCivil({2010, 6, 30});
constexpr int kHorizon = 92;

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2").arg(actual, 0, 'g', 12).arg(expected, 0, 'g', 12)));
}

} // namespace

/// A real shop whose best fit has no churn at all: what breaks other tools.
class OnlineRetailValueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = readOnlineRetail(std::string(PERENNIAL_SHARED_DIR) +
                                  "/data/online_retail/online_retail_II_2009_2010.csv.gz");
        if (m_data.rows == 0) {
            QSKIP("no shared data");
        }
        m_before = purchasesBetween(m_data, INT32_MIN, kUntil);
    }

    void controls()
    {
        QCOMPARE(m_data.rows, 408969);
        const CustomerSummary customers = summary(false);
        QCOMPARE(customers.size(), std::size_t{2951});
        QCOMPARE(std::accumulate(customers.x.begin(), customers.x.end(), 0), 5305);
        QCOMPARE(std::count_if(customers.x.begin(), customers.x.end(),
                               [](auto x) { return x > 0; }),
                 1619);
        QCOMPARE(std::count(customers.T.begin(), customers.T.end(), 0.0), 12);
        closeTo(customers.gross, 4182211.261, 5e-4);
        closeTo(customers.gross + customers.refunds, 4062881.451, 5e-4);
        closeTo(customers.netRatio(), 0.971467, 5e-7);
    }

    void theBoundaryIsSaidAndTheNbdReported_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("BG/NBD") << "bg-nbd";
        QTest::newRow("MBG/NBD") << "mbg-nbd";
        QTest::newRow("Pareto/NBD") << "pareto-nbd";
    }

    void theBoundaryIsSaidAndTheNbdReported()
    {
        QFETCH(QString, model);
        const ModelFit fit = *fitFrequencyModel(model.toStdString(), summary(false), {}, Task());
        QCOMPARE(fit.model, model.toStdString());
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.reason, std::string("no_churn"));
        QCOMPARE(fit.reportedModel, std::string("nbd"));
        closeTo(fit.parameters[0], 0.847986, 2e-6);
        closeTo(fit.parameters[1], 9.78337, 2e-5);
        closeTo(fit.logLikelihood, -16048.4584, 5e-5);
        const ModelFit nbd = *fitFrequencyModel("nbd", summary(false), {}, Task());
        QCOMPARE(nbd.status, FitStatus::Converged);
        QCOMPARE(nbd.parameters, fit.parameters);
    }

    void gammaGammaOnRepeatDaysAndOnAll()
    {
        const ModelFit repeats = *fitSpendModel("gamma-gamma", summary(false), {}, Task());
        QCOMPARE(repeats.customers, 1619);
        closeTo(repeats.parameters[0], 2.23087, 5e-5);
        closeTo(repeats.parameters[1], 3.49123, 5e-5);
        closeTo(repeats.parameters[2], 466.857, 5e-3);
        closeTo(repeats.logLikelihood, -11099.8360, 5e-5);
        const ModelFit all = *fitSpendModel("gamma-gamma", summary(true), {}, Task());
        QCOMPARE(all.customers, 2951);
        closeTo(all.parameters[0], 2.45582, 5e-5);
        closeTo(all.parameters[1], 3.60527, 5e-5);
        closeTo(all.parameters[2], 429.990, 5e-3);
        closeTo(all.logLikelihood, -20145.1845, 5e-5);
    }

    void predictsTheHoldoutAsMeasured_data()
    {
        QTest::addColumn<bool>("allDays");
        QTest::addColumn<double>("bias");
        QTest::addColumn<double>("absolute");
        QTest::newRow("repeat days") << false << -0.015 << 440.1;
        QTest::newRow("all days") << true << -0.012 << 432.0;
    }

    void predictsTheHoldoutAsMeasured()
    {
        QFETCH(bool, allDays);
        QFETCH(double, bias);
        QFETCH(double, absolute);
        ValueOptions options;
        options.horizonDays = kHorizon;
        options.firstPurchaseInSpend = allDays;
        const auto value = *fitValueModel(summary(allDays), options, Task());
        std::map<std::int64_t, const UserPurchases *> truth;
        const auto after = purchasesBetween(m_data, kUntil, kUntil + kHorizon);
        for (const UserPurchases &p : after) {
            truth[p.user] = &p;
        }
        double sum = 0.0;
        double miss = 0.0;
        double orders = 0.0;
        for (std::size_t i = 0; i < value->customers.size(); ++i) {
            const UserPurchases &p = *truth[value->customers.user[i]];
            const double actual = toUnits(p.gross + p.refunds);
            sum += actual;
            miss += std::abs(actual - value->predictions.predictedValue[i]);
            orders += p.orderDays;
        }
        closeTo(sum, 1609755.601, 5e-4);
        QCOMPARE(orders, 3022.0);
        closeTo(value->predictedTotal / sum - 1.0, bias, 6e-4);
        closeTo(miss / static_cast<double>(value->customers.size()), absolute, 0.06);
        closeTo(value->expectedOrdersTotal / orders - 1.0, 0.11, 0.006);
        closeTo(value->realisedTotal, 4062881.451, 5e-4);
    }

private:
    CustomerSummary summary(bool allDays) const
    {
        return summarizeCustomers(m_before, kUntil, Period::Week, allDays);
    }

    OnlineRetail m_data;
    std::vector<UserPurchases> m_before;
};

QTEST_APPLESS_MAIN(OnlineRetailValueTest)
#include "tst_online_retail_value.moc"
