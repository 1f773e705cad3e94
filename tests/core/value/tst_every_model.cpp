#include "core/value/discounting.h"
#include "core/value/frequency_model.h"
#include "tests/core/value/simulate.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

// What must hold of each registered model, whatever it assumes: a new one is covered by its line in
// the registry.
namespace {

/// Customers of a shop with dropout, on which every model has something to say.
CustomerSummary someCustomers()
{
    return simulateBgNbd({0.5, 4.0, 0.8, 2.5}, 3000, 84, 273, 11);
}

const std::vector<RepeatHistory> kHistories{
    {0, 0.0, 0.0}, {0, 0.0, 30.0}, {1, 2.0, 30.0}, {2, 30.0, 30.0}, {7, 25.0, 36.0}, {40, 30.0, 36.0}};

} // namespace

class EveryModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_customers = someCustomers(); }

    void holdsTogether_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string_view name : frequencyModelNames()) {
            QTest::newRow(std::string(name).c_str()) << QString::fromUtf8(name.data(),
                                                                          qsizetype(name.size()));
        }
    }

    void holdsTogether()
    {
        QFETCH(QString, name);
        const FrequencyModel &model = **findFrequencyModel(name.toStdString());
        const Result<ModelFit> fit =
            fitFrequencyModel(model.name(), m_customers, FitOptions(), Task());
        QVERIFY(fit);
        QVERIFY2(fit->usable(), fit->reason.c_str());
        const FrequencyModel &reported = **findFrequencyModel(fit->reportedModel);
        checkLikelihood(reported, *fit);
        for (const RepeatHistory &h : kHistories) {
            checkOutlook(reported, fit->parameters, h);
        }
        checkOfNew(reported, fit->parameters);
    }

private:
    /// The fit's own likelihood, and a zero gradient there; away from it the gradient is that of
    /// central differences.
    void checkLikelihood(const FrequencyModel &model, const ModelFit &fit)
    {
        const RepeatTable table = mergeEqualCustomers(m_customers);
        const double at = model.logLikelihood(fit.parameters, table).value;
        QVERIFY(std::abs(at / fit.logLikelihood - 1.0) < 1e-9);
        std::vector<double> away = fit.parameters;
        for (std::size_t i = 0; i < away.size(); ++i) {
            away[i] *= 1.0 + 0.1 * static_cast<double>(i + 1);
        }
        const LogLikelihood ll = model.logLikelihood(away, table);
        for (std::size_t i = 0; i < ll.logGradient.size(); ++i) {
            const std::size_t k = away.size() - ll.logGradient.size() + i;
            constexpr double kStep = 1e-5;
            std::vector<double> up = away;
            std::vector<double> down = away;
            up[k] *= std::exp(kStep);
            down[k] *= std::exp(-kStep);
            const double slope = (model.logLikelihood(up, table).value -
                                  model.logLikelihood(down, table).value) /
                                 (2.0 * kStep);
            QVERIFY2(std::abs(slope - ll.logGradient[i]) < 1e-4 * (1.0 + std::abs(slope)),
                     model.parameterNames()[k].data());
        }
    }

    void checkOutlook(const FrequencyModel &model, const std::vector<double> &p,
                      const RepeatHistory &h)
    {
        const double alive = model.pAlive(p, h);
        QVERIFY(alive >= 0.0 && alive <= 1.0);
        QCOMPARE(model.stayingWhileAlive(p, h, 0.0), 1.0);
        QCOMPARE(model.expectedWhileAlive(p, h, 0.0), 0.0);
        double staysBefore = 1.0;
        double ordersBefore = 0.0;
        for (const double t : {1.0, 13.0, 52.0}) {
            const double stays = model.stayingWhileAlive(p, h, t);
            const double orders = model.expectedWhileAlive(p, h, t);
            QVERIFY(stays >= 0.0 && stays <= staysBefore + 1e-12);
            QVERIFY(std::isfinite(orders) && orders >= ordersBefore - 1e-12);
            QVERIFY(model.hasDropout() || stays == 1.0);
            staysBefore = stays;
            ordersBefore = orders;
            const std::vector<double> counts = model.countsWhileAlive(p, h, 3000, t);
            QCOMPARE(counts.size(), std::size_t{3001});
            const double mass = std::accumulate(counts.begin(), counts.end(), 0.0);
            double mean = 0.0;
            for (std::size_t n = 0; n < counts.size(); ++n) {
                QVERIFY(counts[n] >= 0.0);
                mean += static_cast<double>(n) * counts[n];
            }
            QVERIFY2(std::abs(mass - 1.0) < 1e-6, qPrintable(QString::number(mass)));
            QVERIFY2(std::abs(mean - orders) < 1e-5 * (1.0 + orders),
                     qPrintable(QStringLiteral("%1 %2").arg(mean).arg(orders)));
            QVERIFY(std::abs(counts[0] - model.noneWhileAlive(p, h, t)) < 1e-8);
            QVERIFY(std::abs(conditionalCounts(model, p, h, 2, t)[0] -
                             (1.0 - alive + alive * counts[0])) < 1e-8);
            QVERIFY(std::abs(pAliveLater(model, p, h, t) - alive * stays) < 1e-12);
            QVERIFY(discountedWhileAlive(model, p, h, t, 0.003) <= orders + 1e-12);
        }
    }

    void checkOfNew(const FrequencyModel &model, const std::vector<double> &p)
    {
        double before = 0.0;
        for (const double t : {0.5, 10.0, 100.0}) {
            const double orders = model.expectedOfNew(p, t);
            QVERIFY(std::isfinite(orders) && orders >= before);
            before = orders;
            const std::vector<double> counts = model.countProbabilities(p, 3000, t);
            double mass = 0.0;
            double mean = 0.0;
            for (std::size_t n = 0; n < counts.size(); ++n) {
                QVERIFY(counts[n] >= 0.0);
                mass += counts[n];
                mean += static_cast<double>(n) * counts[n];
            }
            QVERIFY2(std::abs(mass - 1.0) < 1e-6, qPrintable(QString::number(mass)));
            QVERIFY2(std::abs(mean - orders) < 1e-5 * (1.0 + orders),
                     qPrintable(QStringLiteral("%1 %2").arg(mean).arg(orders)));
        }
    }

    CustomerSummary m_customers;
};

QTEST_GUILESS_MAIN(EveryModelTest)
#include "tst_every_model.moc"
