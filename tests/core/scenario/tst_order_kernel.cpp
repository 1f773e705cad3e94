#include "core/base/rng.h"
#include "core/scenario/order_kernel.h"
#include "core/value/frequency_model.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace perennial;

namespace {

std::unique_ptr<OrderKernel> kernelOf(std::string_view model, const std::vector<double> &parameters)
{
    auto kernel = makeOrderKernel(model, parameters);
    return kernel ? std::move(*kernel) : nullptr;
}

double relative(double a, double b)
{
    return std::abs(a - b) / std::max(1e-300, std::abs(b));
}

const std::vector<double> kCdnow{.2425945, 4.4136019, .7929199, 2.4258881};

} // namespace

class TestOrderKernel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheModel_data();
    void agreesWithTheModel();
    void stayingMeetsItsIntegralAndItsLimits();
    void simulatedCustomersMeetTheScaledDropout();
    void limits();
    void unknownModel();
};

void TestOrderKernel::agreesWithTheModel_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QList<double>>("parameters");
    QTest::newRow("cdnow") << QByteArray("bg-nbd")
                           << QList<double>(kCdnow.begin(), kCdnow.end());
    QTest::newRow("a = 1") << QByteArray("bg-nbd") << QList<double>{.7, 9, 1, 3};
    QTest::newRow("hardly any dropout") << QByteArray("bg-nbd") << QList<double>{1.2, 20, .02, 4};
    QTest::newRow("all alike") << QByteArray("bg-nbd") << QList<double>{800, 9000, 400, 1600};
    QTest::newRow("all leave") << QByteArray("bg-nbd") << QList<double>{.3, .4, 6, .5};
    QTest::newRow("nbd") << QByteArray("nbd") << QList<double>{.384766, 12.072014};
}

void TestOrderKernel::agreesWithTheModel()
{
    QFETCH(QByteArray, model);
    QFETCH(QList<double>, parameters);
    const std::vector<double> p(parameters.begin(), parameters.end());
    const auto kernel = kernelOf(model.toStdString(), p);
    QVERIFY(kernel != nullptr);
    const auto reference = findFrequencyModel(model.toStdString());
    TimeColumn customers;
    for (const int x : {0, 1, 2, 7, 40, 300}) {
        for (const double T : {0.0, .3, 5.0, 38.86, 200.0}) {
            for (const double t : {.1429, 1.0, 25.7, 52.0, 520.0}) {
                const double expected = (*reference)->expectedWhileAlive(p, {x, T, T}, t);
                QVERIFY2(relative(kernel->orders(x, T, t), expected) < 1e-10,
                         qPrintable(QString("x %1 T %2 t %3: %4 %5").arg(x).arg(T).arg(t)
                                        .arg(kernel->orders(x, T, t)).arg(expected)));
            }
            const auto index = static_cast<std::uint32_t>(customers.value.size());
            customers.value.push_back(T);
            customers.value.push_back(x == 0 ? 0 : .8 * T);
            customers.x.push_back(x);
            customers.T.push_back(index);
            customers.tx.push_back(index + 1);
            QVERIFY(relative(kernel->rate(x, T), (*reference)->expectedWhileAlive(p, {x, T, T}, 1e-9) /
                                                     1e-9) < 1e-6);
        }
    }
    std::vector<double> alive;
    kernel->alive(customers, alive);
    for (std::size_t i = 0; i < alive.size(); ++i) {
        const double expected = (*reference)->pAlive(
            p, {customers.x[i], customers.value[customers.tx[i]], customers.value[customers.T[i]]});
        QVERIFY(std::abs(alive[i] - expected) < 1e-12);
    }
}

void TestOrderKernel::stayingMeetsItsIntegralAndItsLimits()
{
    // E over p ~ Beta(a, b) of (1 + p t / rate)^-shape by Simpson's rule on u with p = u^4, which
    // takes the edge off a = .79.
    const auto byHand = [](double shape, double rate, double a, double b, double t) {
        constexpr int kSteps = 200'000;
        double sum = 0, mass = 0;
        for (int i = 0; i <= kSteps; ++i) {
            const double u = (i + 1e-12) / (kSteps + 2e-12);
            const double p = std::pow(u, 4);
            const double w = (i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2) *
                             std::pow(p, a - 1) * std::pow(1 - p, b - 1) * 4 * u * u * u;
            mass += w;
            sum += w * std::pow(1 + p * t / rate, -shape);
        }
        return sum / mass;
    };
    const auto kernel = kernelOf("bg-nbd", kCdnow);
    for (const int x : {0, 2, 26}) {
        for (const double t : {.5, 20.0, 80.0, 4000.0}) { // by the sum, and by the integral
            const double expected = byHand(kCdnow[0] + x, kCdnow[1] + 31, kCdnow[2], kCdnow[3] + x,
                                           t);
            QVERIFY2(relative(kernel->staying(x, 31, t), expected) < 1e-7,
                     qPrintable(QString("%1 %2").arg(kernel->staying(x, 31, t), 0, 'g', 12)
                                    .arg(expected, 0, 'g', 12)));
        }
        QCOMPARE(kernel->staying(x, 31, 0), 1.0);
        double last = 1;
        for (double t = .1; t < 1e7; t *= 1.3) { // no step where one way takes over from the other
            const double now = kernel->staying(x, 31, t);
            QVERIFY(now < last && now > 0);
            last = now;
        }
        const double before = kernel->staying(x, 31, 19 * (kCdnow[1] + 31) - 1e-6);
        const double after = kernel->staying(x, 31, 19 * (kCdnow[1] + 31) + 1e-6);
        QVERIFY(relative(before, after) < 1e-6);
    }
}

void TestOrderKernel::simulatedCustomersMeetTheScaledDropout()
{
    const auto kernel = kernelOf("bg-nbd", kCdnow);
    constexpr int kRuns = 200'000;
    constexpr int x = 2;
    constexpr double T = 38.86, t = 39;
    for (const double h : {.25, .6, 1.0}) {
        Rng rng(static_cast<std::uint64_t>(1000 * h));
        double sum = 0, squares = 0, stayed = 0;
        for (int run = 0; run < kRuns; ++run) {
            const double rate = rng.gamma(kCdnow[0] + x) / (kCdnow[1] + T);
            const double p = h * rng.beta(kCdnow[2], kCdnow[3] + x);
            double orders = 0;
            bool active = true;
            for (double at = rng.exponential() / rate; at < t && active;
                 at += rng.exponential() / rate) {
                orders += 1;
                active = rng.uniform() >= p;
            }
            sum += orders;
            squares += orders * orders;
            stayed += active;
        }
        const double mean = sum / kRuns;
        const double error = std::sqrt((squares / kRuns - mean * mean) / kRuns);
        QVERIFY(std::abs(mean - kernel->ordersWith(h, x, T, t)) < 4 * error);
        const double share = stayed / kRuns;
        QVERIFY(std::abs(share - kernel->stayingWith(h, x, T, t)) <
                4 * std::sqrt(share * (1 - share) / kRuns));
    }
}

void TestOrderKernel::limits()
{
    const auto kernel = kernelOf("bg-nbd", kCdnow);
    const auto nbd = kernelOf("nbd", {kCdnow[0], kCdnow[1]});
    // Nobody leaves: the same customers as an NBD's.
    QVERIFY(relative(kernel->ordersWith(0, 3, 30, 40), nbd->orders(3, 30, 40)) < 1e-14);
    QVERIFY(relative(kernel->ordersWith(1e-7, 3, 30, 40), nbd->orders(3, 30, 40)) < 1e-5);
    QCOMPARE(kernel->stayingWith(0, 3, 30, 40), 1.0);
    // Everybody leaves at once.
    const double all = std::numeric_limits<double>::infinity();
    QCOMPARE(kernel->ordersWith(all, 3, 30, 40), 0.0);
    QVERIFY(kernel->ordersWith(1e9, 3, 30, 40) < 1e-5);
    QCOMPARE(kernel->stayingWith(all, 3, 30, 40), 0.0);
    QCOMPARE(kernel->ordersWith(1, 3, 30, 40), kernel->orders(3, 30, 40));
    // No dropout: nothing to scale.
    for (const double h : {0.0, .5, 7.0, all}) {
        QCOMPARE(nbd->ordersWith(h, 3, 30, 40), nbd->orders(3, 30, 40));
        QCOMPARE(nbd->stayingWith(h, 3, 30, 40), 1.0);
    }
    double last = all;
    for (double h = 0; h < 50; h += .37) {
        const double now = kernel->ordersWith(h, 3, 30, 40);
        QVERIFY(now < last);
        last = now;
    }
}

void TestOrderKernel::unknownModel()
{
    QCOMPARE(makeOrderKernel("pareto-nbd", {}).error().code, ErrorCode::UnknownModel);
}

QTEST_APPLESS_MAIN(TestOrderKernel)
#include "tst_order_kernel.moc"
