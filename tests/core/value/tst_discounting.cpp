#include "core/value/bg_nbd.h"
#include "core/value/discounting.h"
#include "core/value/nbd.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

namespace {

const std::vector<double> kNbd{0.6, 9.0};
const std::vector<double> kBgNbd{0.2426, 4.4136, 0.7929, 2.4259};

bool isClose(double a, double b, double tolerance)
{
    return std::abs(a / b - 1.0) < tolerance;
}

} // namespace

class DiscountingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theForceOfAYear()
    {
        // 15 % a year: after 365 days 1 is worth 1 / 1.15.
        QVERIFY(isClose(std::exp(-365.0 * discountForce(0.15, Period::Day)), 1.0 / 1.15, 1e-14));
        QVERIFY(isClose(discountForce(0.15, Period::Week), 7.0 * discountForce(0.15, Period::Day),
                        1e-14));
        QCOMPARE(discountForce(0.0, Period::Month), 0.0);
    }

    void aSteadyRateHasAClosedForm()
    {
        const RepeatHistory h{3, 20.0, 30.0};
        const double rate = 3.6 / 39.0;
        for (const double force : {1e-4, 0.0027, 0.05}) {
            QVERIFY(isClose(discountedResidualOrders(nbdModel(), kNbd, h, force), rate / force,
                            1e-9));
            QVERIFY(isClose(discountedWhileAlive(nbdModel(), kNbd, h, 26.0, force),
                            rate * -std::expm1(-26.0 * force) / force, 1e-9));
        }
        QVERIFY(isClose(discountedWhileAlive(nbdModel(), kNbd, h, 26.0, 0.0), rate * 26.0, 1e-14));
    }

    void withoutAnEndIsTheLimitOfLongHorizons()
    {
        const double force = std::log(1.15) / 52.0;
        for (const RepeatHistory &h : {RepeatHistory{0, 0.0, 38.86}, RepeatHistory{2, 30.43, 38.86},
                                       RepeatHistory{26, 30.86, 31.0}}) {
            // Σ over short windows, each discounted from its middle; nothing is left after e^-20.
            double sum = 0.0;
            double before = 0.0;
            for (double s = 0.25; s < 20.0 / force; s += 0.25) {
                const double now = bgNbdModel().expectedWhileAlive(kBgNbd, h, s);
                sum += (now - before) * std::exp(-force * (s - 0.125));
                before = now;
            }
            const double dert = discountedResidualOrders(bgNbdModel(), kBgNbd, h, force);
            QVERIFY(isClose(dert, bgNbdModel().pAlive(kBgNbd, h) * sum, 1e-6));
        }
    }
};

QTEST_GUILESS_MAIN(DiscountingTest)
#include "tst_discounting.moc"
