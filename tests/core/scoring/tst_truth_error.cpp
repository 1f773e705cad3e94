#include "core/scoring/truth_error.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

class TestTruthError : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ranksAndCorrelation();
    void areaUnderTheCurve();
    void comparison();
    void discountsTheTruth();
    void saysNothingWithoutGrounds();
};

namespace {

UserState stateOf(std::int64_t user, std::optional<double> value, std::optional<double> pAlive = {})
{
    UserState state;
    state.user = user;
    state.predictedValue = value;
    state.pAlive = pAlive;
    return state;
}

TruthUser truthOf(std::int64_t user, double value180, bool alive = true)
{
    TruthUser truth;
    truth.user = user;
    truth.alive = alive;
    truth.dropoutPerDay = .01;
    truth.expectedValue180 = value180;
    truth.expectedValue365 = 2 * value180;
    return truth;
}

UserStateLabel labelOf(int horizon, double margin, double discount)
{
    UserStateLabel label;
    label.horizonDays = horizon;
    label.margin = margin;
    label.discountPerYear = discount;
    return label;
}

} // namespace

void TestTruthError::ranksAndCorrelation()
{
    QCOMPARE(averageRanks({3, 1, 3, 2, 3}), (std::vector<double>{4, 1, 4, 2, 4}));
    QVERIFY(std::abs(spearman({1, 2, 3, 4}, {10, 20, 30, 40}) - 1) < 1e-15);
    QVERIFY(std::abs(spearman({1, 2, 3, 4}, {4, 3, 2, 1}) + 1) < 1e-15);
    // By hand: d² = 1 + 1 + 4 + 0 + 4 -> 1 - 6·10 / (5·24)
    QVERIFY(std::abs(spearman({1, 2, 3, 4, 5}, {2, 1, 5, 4, 3}) - .5) < 1e-15);
    QCOMPARE(spearman({1, 1, 1}, {1, 2, 3}), 0.0);
    QCOMPARE(spearman({}, {}), 0.0);
}

void TestTruthError::areaUnderTheCurve()
{
    QCOMPARE(*areaUnderRoc({.1, .2, .8, .9}, {false, false, true, true}), 1.0);
    QCOMPARE(*areaUnderRoc({.9, .8, .2, .1}, {false, false, true, true}), 0.0);
    QCOMPARE(*areaUnderRoc({.5, .5, .5}, {true, false, true}), .5);
    QCOMPARE(*areaUnderRoc({.3, .6, .6, .9}, {true, false, true, false}), 0.125);
    QVERIFY(!areaUnderRoc({.3, .6}, {true, true}));
}

void TestTruthError::comparison()
{
    const std::vector<UserState> states{stateOf(1, 30, .9), stateOf(2, {}), stateOf(4, 10, .2)};
    const std::vector<TruthUser> truth{truthOf(1, 100), truthOf(2, 20), truthOf(3, 999),
                                       truthOf(4, 0, false)};
    const auto error = compareWithTruth(states, truth, labelOf(180, .5, 0));
    QVERIFY(error);
    QCOMPARE(error->users, 3); // user 3 has no state; user 2 was predicted nothing
    QCOMPARE(error->predictedTotal, 40.0);
    QVERIFY(std::abs(error->trueTotal - 60) < 1e-12);
    QVERIFY(std::abs(error->bias + 1 / 3.0) < 1e-12);
    QVERIFY(std::abs(error->mae - (20 + 10 + 10) / 3.0) < 1e-12);
    QCOMPARE(*error->aucAlive, 1.0);
    QVERIFY(std::abs(error->spearman - .5) < 1e-12);
    const auto year = compareWithTruth(states, truth, labelOf(365, .5, 0));
    QVERIFY(std::abs(year->trueTotal - 120) < 1e-12);
}

void TestTruthError::discountsTheTruth()
{
    const std::vector<UserState> states{stateOf(1, 30)};
    const std::vector<TruthUser> truth{truthOf(1, 100)};
    const auto error = compareWithTruth(states, truth, labelOf(180, 1, .1));
    // Simpson's rule on the value coming in at rate ∝ e^(-.01 s).
    const double force = std::log(1.1) / 365;
    double now = 0, discounted = 0;
    constexpr int kSteps = 2000;
    for (int i = 0; i <= kSteps; ++i) {
        const double s = 180.0 * i / kSteps;
        const double w = i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2;
        now += w * std::exp(-.01 * s);
        discounted += w * std::exp(-(.01 + force) * s);
    }
    QVERIFY(std::abs(error->trueTotal - 100 * discounted / now) < 1e-8);
    // Who never leaves brings it in evenly.
    auto loyal = truth;
    loyal[0].dropoutPerDay = 0;
    const auto even = compareWithTruth(states, loyal, labelOf(180, 1, .1));
    QVERIFY(std::abs(even->trueTotal - 100 * -std::expm1(-force * 180) / (force * 180)) < 1e-9);
}

void TestTruthError::saysNothingWithoutGrounds()
{
    const std::vector<UserState> states{stateOf(1, 30)};
    const std::vector<UserState> unpredicted{stateOf(1, {})};
    const std::vector<TruthUser> truth{truthOf(1, 100)};
    QVERIFY(!compareWithTruth(states, truth, labelOf(90, 1, 0)));
    QVERIFY(!compareWithTruth(states, {}, labelOf(180, 1, 0)));
    QVERIFY(!compareWithTruth(unpredicted, truth, labelOf(180, 1, 0)));
}

QTEST_APPLESS_MAIN(TestTruthError)
#include "tst_truth_error.moc"
