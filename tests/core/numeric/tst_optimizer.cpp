#include "core/numeric/optimizer.h"

#include <Eigen/Dense>
#include <QtTest>

#include <cmath>

using namespace perennial;

namespace {

Evaluation rosenbrock(const Eigen::VectorXd &at)
{
    const double bend = at[1] - at[0] * at[0];
    const double reach = 1.0 - at[0];
    return {100.0 * bend * bend + reach * reach,
            Eigen::Vector2d(-400.0 * at[0] * bend - 2.0 * reach, 200.0 * bend)};
}

Box wide(Eigen::Index n)
{
    return {Eigen::VectorXd::Constant(n, -50.0), Eigen::VectorXd::Constant(n, 50.0)};
}

} // namespace

class OptimizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheBottomOfACurvedValley()
    {
        const Optimum found =
            minimize(rosenbrock, Eigen::Vector2d(-1.2, 1.0), wide(2), {}, Task());
        QVERIFY(found.converged);
        QVERIFY((found.at - Eigen::Vector2d(1.0, 1.0)).norm() < 1e-7);
        QVERIFY(found.evaluations < 100);
    }

    void staysInTheBox()
    {
        const Box box{Eigen::Vector2d(-2.0, -2.0), Eigen::Vector2d(0.5, 2.0)};
        const Optimum found = minimize(rosenbrock, Eigen::Vector2d(-1.2, 1.0), box, {}, Task());
        QVERIFY(found.converged);
        QCOMPARE(found.at[0], 0.5);
        QVERIFY(std::abs(found.at[1] - 0.25) < 1e-7);
    }

    void stepsBackFromWhereTheFunctionIsNotFinite()
    {
        const auto barrier = [](const Eigen::VectorXd &at) {
            return Evaluation{at[0] - std::log(at[0]),
                              Eigen::VectorXd::Constant(1, 1.0 - 1.0 / at[0])};
        };
        const Optimum found =
            minimize(barrier, Eigen::VectorXd::Constant(1, 20.0), wide(1), {}, Task());
        QVERIFY(found.converged);
        QVERIFY(std::abs(found.at[0] - 1.0) < 1e-7);
    }

    void aBadStartIsNotConverged()
    {
        const auto nan = [](const Eigen::VectorXd &) {
            return Evaluation{std::nan(""), Eigen::VectorXd::Zero(1)};
        };
        QVERIFY(!minimize(nan, Eigen::VectorXd::Zero(1), wide(1), {}, Task()).converged);
    }

    void startsOnAKnownCurvature()
    {
        const Eigen::Matrix2d hessian{{400.0, 3.0}, {3.0, 0.5}};
        const auto bowl = [&](const Eigen::VectorXd &at) {
            return Evaluation{0.5 * at.dot(hessian * at), hessian * at};
        };
        OptimizerOptions options;
        options.inverseHessian = hessian.inverse();
        const Optimum found =
            minimize(bowl, Eigen::Vector2d(1.0, -1.5), wide(2), options, Task());
        QVERIFY(found.converged);
        QCOMPARE(found.iterations, 1);
        const Optimum held = minimize(bowl, Eigen::Vector2d(1.0, -1.5),
                                      {Eigen::Vector2d(1.0, -9.0), Eigen::Vector2d(1.0, 9.0)},
                                      options, Task());
        QVERIFY(held.converged);
        QCOMPARE(held.at[0], 1.0);
        QVERIFY(std::abs(held.at[1] + 6.0) < 1e-7);
    }

    void newtonFinishesWhatBfgsBegan()
    {
        OptimizerOptions rough;
        rough.gradientTolerance = 1e-3;
        const Optimum near =
            minimize(rosenbrock, Eigen::Vector2d(-1.2, 1.0), wide(2), rough, Task());
        const Polished found = polish(rosenbrock, wide(2), near);
        QVERIFY((found.optimum.at - Eigen::Vector2d(1.0, 1.0)).norm() < 1e-11);
        const Eigen::Matrix2d hessian{{802.0, -400.0}, {-400.0, 200.0}};
        QVERIFY((found.hessian - hessian).norm() < 1e-3);
    }

    void inverseOnlyOfWhatIsPositive()
    {
        const Eigen::Matrix2d good{{4.0, 1.0}, {1.0, 3.0}};
        const auto inverse = inverseOfPositive(good);
        QVERIFY(inverse.has_value());
        QVERIFY((*inverse * good - Eigen::Matrix2d::Identity()).norm() < 1e-14);
        QVERIFY(!inverseOfPositive(Eigen::Matrix2d{{1.0, 2.0}, {2.0, 1.0}}).has_value());
        QVERIFY(!inverseOfPositive(Eigen::Matrix2d::Zero()).has_value());
        const Eigen::Matrix2d hessian{{802.0, -400.0}, {-400.0, 200.0}};
        QVERIFY((hessianOf(rosenbrock, Eigen::Vector2d(1.0, 1.0)) - hessian).norm() < 1e-3);
    }

    void cancels()
    {
        std::stop_source stop;
        stop.request_stop();
        const Optimum found = minimize(rosenbrock, Eigen::Vector2d(-1.2, 1.0), wide(2), {},
                                       Task(stop.get_token(), {}));
        QVERIFY(found.cancelled && !found.converged);
    }
};

QTEST_APPLESS_MAIN(OptimizerTest)
#include "tst_optimizer.moc"
