#include "core/base/rng.h"
#include "core/scoring/value_drivers.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

double product(const ValueFactors &factors)
{
    return std::accumulate(factors.begin(), factors.end(), 1.0, std::multiplies<>());
}

double sum(const ValueFactors &factors)
{
    return std::accumulate(factors.begin(), factors.end(), 0.0);
}

UserState worth(double predicted, double orders, double alive)
{
    UserState state;
    state.orders = 1;
    state.predictedValue = predicted;
    state.expectedOrders = orders;
    state.pAlive = alive;
    return state;
}

} // namespace

class TestValueDrivers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneFactorTakesItAll();
    void twoFactorsShareTheirProduct();
    void contributionsAddUp();
    void groupsAddUp();
    void groupsWithoutCustomers();
    void nobody();
};

void TestValueDrivers::oneFactorTakesItAll()
{
    const ValueFactors c = factorContributions({0.5, 0.8, 2, 10}, {0.5, 0.4, 2, 10});
    QVERIFY(std::abs(c[1] - (-4.0)) < 1e-12);
    QVERIFY(std::abs(c[0]) + std::abs(c[2]) + std::abs(c[3]) < 1e-12);
}

/// Two factors: each gets its own change at the mean of the other, (a' − a)(b + b') / 2.
void TestValueDrivers::twoFactorsShareTheirProduct()
{
    const ValueFactors c = factorContributions({1, 1, 2, 10}, {1, 1, 5, 16});
    QVERIFY(std::abs(c[2] - 3 * 13.0) < 1e-12);
    QVERIFY(std::abs(c[3] - 6 * 3.5) < 1e-12);
}

void TestValueDrivers::contributionsAddUp()
{
    Rng rng(2);
    for (int i = 0; i < 200; ++i) {
        ValueFactors from, to;
        for (std::size_t k = 0; k < kValueFactors; ++k) {
            from[k] = rng.below(5) == 0 ? 0.0 : 3.0 * rng.normal();
            to[k] = rng.below(5) == 0 ? 0.0 : 3.0 * rng.normal();
        }
        const double change = product(to) - product(from);
        QVERIFY(std::abs(sum(factorContributions(from, to)) - change) <
                1e-10 * (1.0 + std::abs(change)));
        const ValueFactors none = factorContributions(from, from);
        QVERIFY(std::abs(sum(none)) < 1e-12);
    }
}

void TestValueDrivers::groupsAddUp()
{
    Rng rng(4);
    std::vector<UserState> states;
    std::vector<std::int32_t> codes;
    for (int i = 0; i < 3000; ++i) {
        UserState state;
        if (rng.below(3) != 0) {
            const double alive = rng.uniform();
            state = worth(rng.exponential() * 20, alive * 3 * rng.uniform(), alive);
        }
        state.user = i + 1;
        state.realised = rng.normal() * 50;
        states.push_back(state);
        codes.push_back(static_cast<std::int32_t>(rng.below(4) * rng.below(3)));
    }
    const ValueByGroup result = valueByGroup(states, codes);
    std::size_t users = 0;
    double predicted = 0, realised = 0;
    for (const ValueGroup &group : result.groups) {
        QVERIFY(users == 0 || group.users.size() <= result.groups.front().users.size());
        QVERIFY(std::abs(product(group.factors) - group.predicted) < 1e-9);
        QVERIFY(std::abs(sum(group.drivers) - (group.predicted - result.predicted)) < 1e-9);
        users += group.users.size();
        predicted += group.predicted * static_cast<double>(group.users.size());
        realised += group.realised * static_cast<double>(group.users.size());
    }
    QCOMPARE(users, states.size());
    QVERIFY(std::abs(predicted / 3000 - result.predicted) < 1e-9);
    QVERIFY(std::abs(realised / 3000 - result.realised) < 1e-9);
    QVERIFY(std::abs(product(result.factors) - result.predicted) < 1e-9);
}

/// Nobody there has ordered: all that it lacks it lacks by its share of customers.
void TestValueDrivers::groupsWithoutCustomers()
{
    std::vector<UserState> states{worth(10, 2, 0.5), worth(30, 4, 1), UserState(), UserState()};
    const ValueByGroup result = valueByGroup(states, std::vector<std::int32_t>{1, 1, 2, 2});
    QCOMPARE(result.predicted, 10.0);
    const auto none = std::ranges::find(result.groups, 2, &ValueGroup::code);
    QCOMPARE(none->predicted, 0.0);
    QVERIFY(std::abs(none->drivers[0] + 10.0) < 1e-12);
    QVERIFY(std::abs(none->drivers[1]) + std::abs(none->drivers[2]) < 1e-12);
    const auto known = std::ranges::find(result.groups, 1, &ValueGroup::code);
    QVERIFY(std::abs(known->drivers[0] - 10.0) < 1e-12);
    for (const ValueGroup &group : result.groups) {
        for (const double driver : group.drivers) {
            QVERIFY(std::isfinite(driver));
        }
    }
}

void TestValueDrivers::nobody()
{
    QVERIFY(valueByGroup({}, {}).groups.empty());
    QCOMPARE(valueByGroup({}, {}).predicted, 0.0);
    const std::vector<UserState> unscored(3);
    const ValueByGroup result = valueByGroup(unscored, std::vector<std::int32_t>{0, 0, 0});
    QCOMPARE(result.groups.front().predicted, 0.0);
    QCOMPARE(sum(result.groups.front().drivers), 0.0);
}

QTEST_APPLESS_MAIN(TestValueDrivers)
#include "tst_value_drivers.moc"
