#include "core/value/profile_likelihood.h"

#include <Eigen/LU>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace perennial;

namespace {

constexpr double kZ90 = 1.6448536269514722;

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(QString("%1 is not %2 ± %3")
                                                                      .arg(actual, 0, 'g', 12)
                                                                      .arg(expected, 0, 'g', 12)
                                                                      .arg(tolerance)));
}

/// A normal likelihood around (1, -2, 0.5): its profiles are parabolas.
Eigen::Matrix3d hessian()
{
    Eigen::Matrix3d h;
    h << 4.0, 1.5, -0.5, 1.5, 2.0, 0.3, -0.5, 0.3, 1.0;
    return h;
}

Objective quadratic()
{
    return [](const Eigen::VectorXd &at) {
        const Eigen::Vector3d away = at - Eigen::Vector3d(1.0, -2.0, 0.5);
        return Evaluation{0.5 * away.dot(hessian() * away) + 7.0, hessian() * away};
    };
}

/// n exponential waits with mean 1 seen: one log-parameter, ℓ/n = θ - e^θ.
Objective exponential()
{
    return [](const Eigen::VectorXd &at) {
        return Evaluation{std::exp(at[0]) - at[0],
                          Eigen::VectorXd::Constant(1, std::exp(at[0]) - 1.0)};
    };
}

/// Where n (e^θ - θ - 1) = z² / 2, by bisection.
double exponentialEnd(double n, double sign)
{
    double low = 0.0;
    double high = 20.0;
    for (int i = 0; i < 200; ++i) {
        const double middle = 0.5 * (low + high);
        const double theta = sign * middle;
        (n * (std::exp(theta) - theta - 1.0) < 0.5 * kZ90 * kZ90 ? low : high) = middle;
    }
    return sign * low;
}

} // namespace

class ProfileLikelihoodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofANormalLikelihoodIsWald_data()
    {
        QTest::addColumn<bool>("knownError");
        QTest::newRow("with the covariance") << true;
        QTest::newRow("without") << false;
    }

    void ofANormalLikelihoodIsWald()
    {
        QFETCH(bool, knownError);
        const double n = 400.0;
        const Eigen::MatrixXd covariance = hessian().inverse() / n;
        const LikelihoodPeak peak{quadratic(), n, Eigen::Vector3d(1.0, -2.0, 0.5),
                                  knownError ? covariance : Eigen::MatrixXd()};
        for (Eigen::Index i = 0; i < 3; ++i) {
            const LogInterval found = profileInterval(peak, i, {}, Task());
            const double reach = kZ90 * std::sqrt(covariance(i, i));
            QVERIFY(found.lower && found.upper);
            closeTo(*found.lower, peak.at[i] - reach, 2e-5 * reach);
            closeTo(*found.upper, peak.at[i] + reach, 2e-5 * reach);
        }
    }

    void ofExponentialWaitsAsSolvedByHand_data()
    {
        QTest::addColumn<double>("n");
        QTest::newRow("one wait") << 1.0;
        QTest::newRow("ten") << 10.0;
        QTest::newRow("a thousand") << 1000.0;
    }

    void ofExponentialWaitsAsSolvedByHand()
    {
        QFETCH(double, n);
        const LikelihoodPeak peak{exponential(), n, Eigen::VectorXd::Zero(1),
                                  Eigen::MatrixXd::Constant(1, 1, 1.0 / n)};
        const LogInterval found = profileInterval(peak, 0, {}, Task());
        QVERIFY(found.lower && found.upper);
        closeTo(*found.lower, exponentialEnd(n, -1.0), 3e-5 / std::sqrt(n));
        closeTo(*found.upper, exponentialEnd(n, 1.0), 3e-5 / std::sqrt(n));
    }

    void leavesAFlatSideOpen()
    {
        // Down on the left, level on the right: -ℓ = log(1 + e^-θ).
        const Objective slope = [](const Eigen::VectorXd &at) {
            const double e = std::exp(-at[0]);
            return Evaluation{std::log1p(e), Eigen::VectorXd::Constant(1, -e / (1.0 + e))};
        };
        const LikelihoodPeak peak{slope, 10.0, Eigen::VectorXd::Constant(1, 12.0), {}};
        const LogInterval found = profileInterval(peak, 0, {}, Task());
        QVERIFY(found.lower.has_value());
        QVERIFY(!found.upper.has_value());
        const double expected = -std::log(std::expm1(0.5 * kZ90 * kZ90 / 10.0 +
                                                     std::log1p(std::exp(-12.0))));
        closeTo(*found.lower, expected, 1e-4);
    }

    void saysOpenWhereTheLikelihoodIsNoNumber()
    {
        const Objective torn = [](const Eigen::VectorXd &at) {
            const double nan = std::numeric_limits<double>::quiet_NaN();
            const double value = at[0] > 0.5 ? nan : 0.5 * at[0] * at[0];
            return Evaluation{value, Eigen::VectorXd::Constant(1, at[0])};
        };
        const LikelihoodPeak peak{torn, 4.0, Eigen::VectorXd::Zero(1), {}};
        const LogInterval found = profileInterval(peak, 0, {}, Task());
        closeTo(found.lower.value_or(0.0), -kZ90 / 2.0, 1e-4);
        QVERIFY(!found.upper.has_value());
    }

    void isWiderForAHigherLevel()
    {
        const LikelihoodPeak peak{exponential(), 10.0, Eigen::VectorXd::Zero(1), {}};
        ProfileOptions options;
        const LogInterval narrow = profileInterval(peak, 0, options, Task());
        options.level = 0.99;
        const LogInterval wide = profileInterval(peak, 0, options, Task());
        QVERIFY(*wide.lower < *narrow.lower && *wide.upper > *narrow.upper);
    }

    void cancels()
    {
        std::stop_source stop;
        stop.request_stop();
        const LikelihoodPeak peak{quadratic(), 400.0, Eigen::Vector3d(1.0, -2.0, 0.5), {}};
        QVERIFY(profileInterval(peak, 0, {}, Task(stop.get_token(), {})).cancelled);
    }
};

QTEST_GUILESS_MAIN(ProfileLikelihoodTest)
#include "tst_profile_likelihood.moc"
