#include "core/base/rng.h"
#include "core/numeric/logistic.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>

using namespace perennial;

namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

} // namespace

class TestLogistic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneYesNoFeatureHasAClosedForm();
    void gradientVanishes();
    void weightsCountRows();
    void findsWhatItWasDrawnFrom();
    void separableStaysFinite();
    void hostileInput();
};

/// Of a 2 × 2 table the coefficients are the log-odds of the first group and the log odds ratio.
void TestLogistic::oneYesNoFeatureHasAClosedForm()
{
    // x = 0: 20 of 100; x = 1: 30 of 50.
    const std::vector<double> x{0, 0, 1, 1}, y{1, 0, 1, 0}, weight{20, 80, 30, 20};
    const LogisticModel model = fitLogistic(x, 1, y, weight, 1e-9);
    QVERIFY(model.fitted());
    QVERIFY(near(model.coefficients[0], std::log(20.0 / 80), 1e-6));
    QVERIFY(near(model.coefficients[1], std::log((30.0 / 20) / (20.0 / 80)), 1e-6));
    QVERIFY(near(model.probability(std::vector<double>{1}), 0.6, 1e-7));
    // A heavy penalty leaves the constant, which is not penalised: the mean.
    const LogisticModel flat = fitLogistic(x, 1, y, weight, 1e9);
    QVERIFY(near(flat.probability(std::vector<double>{0}), 50.0 / 150, 1e-6));
}

/// Σ w (p − y) = 0 and Σ w (p − y) xₖ + ridge cₖ = 0 at the optimum.
void TestLogistic::gradientVanishes()
{
    Rng rng(4);
    std::vector<double> x, y, weight;
    for (int k = 0; k < 400; ++k) {
        x.push_back(rng.normal());
        x.push_back(rng.normal() * 3 + 1);
        y.push_back(rng.uniform() < 0.3 ? 1 : 0);
        weight.push_back(rng.uniform() * 5);
    }
    constexpr double kRidge = 2.5;
    const LogisticModel model = fitLogistic(x, 2, y, weight, kRidge);
    std::array<double, 3> gradient{0, kRidge * model.coefficients[1],
                                   kRidge * model.coefficients[2]};
    for (std::size_t k = 0; k < y.size(); ++k) {
        const double off = weight[k] * (model.probability(std::span(x).subspan(2 * k, 2)) - y[k]);
        gradient[0] += off;
        gradient[1] += off * x[2 * k];
        gradient[2] += off * x[2 * k + 1];
    }
    for (const double g : gradient) {
        QVERIFY(near(g, 0, 1e-5));
    }
}

void TestLogistic::weightsCountRows()
{
    const std::vector<double> x{0, 1, 1, 2, 2, 2}, y{0, 1, 0, 1, 1, 0};
    const std::vector<double> once(6, 1.0);
    const std::vector<double> folded{1, 1, 1, 2, 1}; // the two equal rows as one
    const LogisticModel a = fitLogistic(x, 1, y, once, 0.1);
    const LogisticModel b = fitLogistic(std::vector<double>{0, 1, 1, 2, 2}, 1,
                                        std::vector<double>{0, 1, 0, 1, 0}, folded, 0.1);
    QVERIFY(near(a.coefficients[0], b.coefficients[0], 1e-9));
    QVERIFY(near(a.coefficients[1], b.coefficients[1], 1e-9));
}

void TestLogistic::findsWhatItWasDrawnFrom()
{
    Rng rng(9);
    const LogisticModel truth{{-1.5, 0.8, -0.4}};
    std::vector<double> x, y;
    for (int k = 0; k < 40000; ++k) {
        x.push_back(rng.normal());
        x.push_back(rng.normal());
        const double p = truth.probability(std::span(x).last(2));
        y.push_back(rng.uniform() < p ? 1 : 0);
    }
    const LogisticModel found = fitLogistic(x, 2, y, std::vector<double>(y.size(), 1.0), 1e-3);
    for (std::size_t k = 0; k < 3; ++k) { // standard errors are about .015
        QVERIFY(near(found.coefficients[k], truth.coefficients[k], 0.06));
    }
    QVERIFY(fitLogistic(x, 2, y, std::vector<double>(y.size(), 1.0), 1e-3).coefficients ==
            found.coefficients);
}

void TestLogistic::separableStaysFinite()
{
    const LogisticModel model = fitLogistic(std::vector<double>{-1e3, -1, 1, 1e3}, 1,
                                            std::vector<double>{0, 0, 1, 1},
                                            std::vector<double>(4, 1.0), 1e-3);
    QVERIFY(model.fitted());
    for (const double at : {-1e300, -1.0, 0.0, 1e300}) {
        const double p = model.probability(std::vector<double>{at});
        QVERIFY(p > 0 && p < 1);
    }
}

void TestLogistic::hostileInput()
{
    const std::vector<double> one(2, 1.0);
    QVERIFY(!fitLogistic({}, 1, {}, {}, 1).fitted());
    QVERIFY(!fitLogistic(std::vector<double>{1, 2}, 1, std::vector<double>{1, 1}, one, 1).fitted());
    QVERIFY(!fitLogistic(std::vector<double>{1, 2}, 1, std::vector<double>{0, 0}, one, 1).fitted());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> both{0, 1};
    QVERIFY(!fitLogistic(std::vector<double>{1, nan}, 1, both, one, 1).fitted());
    QVERIFY(!fitLogistic(std::vector<double>{1, 2}, 1, std::vector<double>{0, 1},
                         std::vector<double>{0, 1}, 1).fitted()); // only one class has a weight
    const LogisticModel huge = fitLogistic(std::vector<double>{-1e150, 1e150}, 1,
                                           std::vector<double>{0, 1}, one, 1);
    QVERIFY(!huge.fitted() || std::isfinite(huge.coefficients[1]));
    QCOMPARE(LogisticModel().probability({}), 0.5);
}

QTEST_GUILESS_MAIN(TestLogistic)
#include "tst_logistic.moc"
