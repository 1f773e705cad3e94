#include "core/base/rng.h"
#include "core/scoring/user_figures.h"

#include <QTest>

#include <limits>
#include <numeric>

using namespace perennial;

namespace {

UserState worth(double realised, std::optional<double> predicted = std::nullopt)
{
    UserState state;
    state.realised = realised;
    state.predictedValue = predicted;
    return state;
}

std::vector<UserState> randomUsers(int count)
{
    Rng rng(7);
    std::vector<UserState> states;
    for (int i = 0; i < count; ++i) {
        UserState state;
        state.user = i + 1;
        state.stage = kStages[rng.below(kStageCount)];
        state.realised = rng.below(4) == 0 ? 0.0 : std::exp(3.0 * rng.normal()) - 0.5;
        if (rng.below(5) != 0) {
            state.predictedValue = rng.below(3) == 0 ? 0.0 : rng.exponential() * 40.0;
            state.churnRisk = rng.uniform();
        }
        states.push_back(state);
    }
    return states;
}

std::int64_t usersIn(const std::vector<FigureBin> &bins)
{
    return std::accumulate(bins.begin(), bins.end(), std::int64_t{0},
                           [](std::int64_t sum, const FigureBin &bin) { return sum + bin.users; });
}

} // namespace

class TestUserFigures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingAcceptsNobody();
    void stagesAddUpToUsers();
    void binsAddUpToUsers_data();
    void binsAddUpToUsers();
    void zeroAndNegativeHaveTheirOwnPlace();
    void ltvIsBothPartsAtMargin();
    void quantilesAreOfDefinitionSeven();
    void theMostValuableHoldTheirShare();
    void oneValueMakesOneBin();
    void narrowValuesGetFineBins();
    void edgesBelongToTheUpperBin();
    void riskOneIsInTheLastBin();
    void atRiskCountsFromTheThreshold();
    void equalValuesHaveNoConcentration();
    void concentrationOfAKnownCase();
    void concentrationKeepsItsInvariants();
    void negativesCountAsZeroInShares();
};

void TestUserFigures::everythingAcceptsNobody()
{
    const std::vector<UserState> nobody;
    for (const StageFigures &figure : stageFigures(nobody)) {
        QCOMPARE(figure.users, 0);
        QCOMPARE(figure.share, 0.0);
    }
    QVERIFY(valueDistribution(nobody, ValueKind::Predicted).bins.empty());
    QCOMPARE(churnRiskDistribution(nobody, 20).bins.size(), std::size_t{20});
    QVERIFY(!churnRiskDistribution(nobody, 20).mean);
    QVERIFY(concentration(nobody, ValueKind::Realised).lorenz.empty());
    QCOMPARE(atRisk(nobody).users, 0);
}

void TestUserFigures::stagesAddUpToUsers()
{
    const auto states = randomUsers(1000);
    std::int64_t users = 0;
    double share = 0;
    for (const StageFigures &figure : stageFigures(states)) {
        users += figure.users;
        share += figure.share;
    }
    QCOMPARE(users, 1000);
    QVERIFY(std::abs(share - 1.0) < 1e-12);
}

void TestUserFigures::binsAddUpToUsers_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("realised") << static_cast<int>(ValueKind::Realised);
    QTest::newRow("predicted") << static_cast<int>(ValueKind::Predicted);
    QTest::newRow("ltv") << static_cast<int>(ValueKind::Ltv);
}

void TestUserFigures::binsAddUpToUsers()
{
    QFETCH(int, kind);
    const auto states = randomUsers(5000);
    const ValueDistribution d = valueDistribution(states, static_cast<ValueKind>(kind), 0.4);
    QCOMPARE(d.none + d.negative + d.zero + usersIn(d.bins), d.users);
    QCOMPARE(d.users, 5000);
    QVERIFY(d.bins.front().users > 0);
    QVERIFY(d.bins.back().users > 0);
    double sum = d.negativeSum;
    for (std::size_t i = 0; i < d.bins.size(); ++i) {
        const FigureBin &bin = d.bins[i];
        sum += bin.sum;
        QVERIFY(bin.from < bin.to);
        QVERIFY(i == 0 || d.bins[i - 1].to == bin.from);
        if (bin.users > 0) {
            const double mean = bin.sum / static_cast<double>(bin.users);
            QVERIFY(mean >= bin.from && mean < bin.to);
        }
    }
    QVERIFY(std::abs(sum - d.total) < 1e-6 * std::abs(d.total) + 0.005 * double(d.zero));
}

void TestUserFigures::zeroAndNegativeHaveTheirOwnPlace()
{
    const std::vector<UserState> states{worth(-3), worth(0), worth(0.004), worth(-0.004),
                                        worth(12)};
    const ValueDistribution d = valueDistribution(states, ValueKind::Realised);
    QCOMPARE(d.negative, 1);
    QCOMPARE(d.negativeSum, -3.0);
    QCOMPARE(d.zero, 3);
    QCOMPARE(usersIn(d.bins), 1);
    QCOMPARE(valueDistribution(states, ValueKind::Predicted).none, 5);

    const std::vector<UserState> odd{worth(std::numeric_limits<double>::quiet_NaN()), worth(1)};
    QCOMPARE(valueDistribution(odd, ValueKind::Realised).none, 1);
}

void TestUserFigures::ltvIsBothPartsAtMargin()
{
    QCOMPARE(*valueOf(worth(100, 30.0), ValueKind::Ltv, 0.4), 70.0);
    QCOMPARE(*valueOf(worth(-50), ValueKind::Ltv, 0.4), -20.0);
    QCOMPARE(valueOf(worth(100), ValueKind::Predicted), std::nullopt);
    const std::vector<UserState> states{worth(100, 30.0), worth(-50), worth(0)};
    const ValueDistribution d = valueDistribution(states, ValueKind::Ltv, 0.4);
    QCOMPARE(d.total, 50.0);
    QCOMPARE(d.none, 0);
    QCOMPARE(d.negative, 1);
    QCOMPARE(d.zero, 1);
}

/// R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1)) = 1, 1.4, 2, 4, 12.8, 16.
void TestUserFigures::quantilesAreOfDefinitionSeven()
{
    const std::vector<UserState> states{worth(8),  worth(1),
                                        worth(16), worth(2),
                                        worth(4),  worth(std::numeric_limits<double>::quiet_NaN())};
    const std::vector<double> shares{0, 0.1, 0.25, 0.5, 0.9, 1, 7};
    const std::vector<double> expected{1, 1.4, 2, 4, 12.8, 16, 16};
    const auto quantiles = valueQuantiles(states, ValueKind::Realised, shares);
    QCOMPARE(quantiles.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY(std::abs(quantiles[i] - expected[i]) < 1e-12);
    }
    QVERIFY(valueQuantiles(states, ValueKind::Predicted, shares).empty());
    QCOMPARE(valueQuantiles(std::vector{worth(3)}, ValueKind::Realised, shares).back(), 3.0);
}

/// The users behind a point of the Lorenz curve hold what the point says.
void TestUserFigures::theMostValuableHoldTheirShare()
{
    auto states = randomUsers(1234);
    for (const ValueKind kind : {ValueKind::Realised, ValueKind::Predicted}) {
        const Concentration c = concentration(states, kind);
        for (const LorenzPoint &point : c.lorenz) {
            const auto ids = mostValuable(states, kind, 1.0 - point.users);
            QCOMPARE(static_cast<std::int64_t>(ids.size()),
                     std::llround((1.0 - point.users) * static_cast<double>(c.users)));
            double held = 0;
            for (const std::int64_t id : ids) {
                held += std::max(0.0, *valueOf(states[static_cast<std::size_t>(id - 1)], kind));
            }
            QVERIFY(std::abs(held / c.total - (1.0 - point.value)) < 1e-9);
        }
    }
    QVERIFY(mostValuable({}, ValueKind::Realised, 0.5).empty());
    QVERIFY(mostValuable(states, ValueKind::Realised, -1).empty());
}

void TestUserFigures::oneValueMakesOneBin()
{
    const std::vector<UserState> states{worth(10), worth(10)};
    const ValueDistribution d = valueDistribution(states, ValueKind::Realised);
    QCOMPARE(d.bins.size(), std::size_t{1});
    QCOMPARE(d.bins[0].users, 2);
    QCOMPARE(d.bins[0].from, 10.0);
}

void TestUserFigures::narrowValuesGetFineBins()
{
    const std::vector<UserState> narrow{worth(10), worth(90)};
    QCOMPARE(valueDistribution(narrow, ValueKind::Realised).bins.size(), std::size_t{6});
    const std::vector<UserState> wide{worth(1), worth(999999)};
    QCOMPARE(valueDistribution(wide, ValueKind::Realised).bins.size(), std::size_t{18});
}

void TestUserFigures::edgesBelongToTheUpperBin()
{
    std::vector<UserState> states;
    for (const double value : {0.01, 0.02, 0.05, 0.1, 1.0, 100.0, 1000.0}) {
        states.push_back(worth(value));
    }
    const ValueDistribution d = valueDistribution(states, ValueKind::Realised);
    QCOMPARE(usersIn(d.bins), 7);
    for (const FigureBin &bin : d.bins) {
        QVERIFY(bin.users <= 1);
        QVERIFY(bin.users == 0 || bin.sum == bin.from);
    }
}

void TestUserFigures::riskOneIsInTheLastBin()
{
    std::vector<UserState> states(4);
    states[0].churnRisk = 0.0;
    states[1].churnRisk = 1.0;
    states[2].churnRisk = 0.5;
    const ShareDistribution d = churnRiskDistribution(states, 10);
    QCOMPARE(d.none, 1);
    QCOMPARE(d.bins[0].users, 1);
    QCOMPARE(d.bins[5].users, 1);
    QCOMPARE(d.bins[9].users, 1);
    QCOMPARE(d.bins[9].to, 1.0);
    QCOMPARE(*d.mean, 0.5);
}

void TestUserFigures::atRiskCountsFromTheThreshold()
{
    std::vector<UserState> states(3, worth(1, 10.0));
    states[0].churnRisk = 0.5;
    states[1].churnRisk = 0.49;
    QCOMPARE(atRisk(states).users, 1);
    QCOMPARE(atRisk(states).predicted, 10.0);
}

void TestUserFigures::equalValuesHaveNoConcentration()
{
    const Concentration c = concentration(std::vector<UserState>(50, worth(3)),
                                          ValueKind::Realised);
    QVERIFY(std::abs(c.gini) < 1e-12);
    QCOMPARE(c.deciles.size(), std::size_t{10});
    QVERIFY(std::abs(c.deciles[0].share - 0.1) < 1e-12);
    QCOMPARE(concentration(std::vector<UserState>(5, worth(0)), ValueKind::Realised).gini, 0.0);
}

void TestUserFigures::concentrationOfAKnownCase()
{
    // Values 1, 2, 3, 4: Gini = 2·30/(4·10) − 5/4 = 0.25.
    const std::vector<UserState> states{worth(4), worth(1), worth(3), worth(2)};
    const Concentration c = concentration(states, ValueKind::Realised);
    QVERIFY(std::abs(c.gini - 0.25) < 1e-12);
    QCOMPARE(c.deciles.size(), std::size_t{4});
    QCOMPARE(c.deciles[0].total, 4.0);
    QCOMPARE(c.lorenz.size(), std::size_t{5});
    QVERIFY(std::abs(c.lorenz[2].value - 0.3) < 1e-12);
}

void TestUserFigures::concentrationKeepsItsInvariants()
{
    const auto states = randomUsers(1237);
    const Concentration c = concentration(states, ValueKind::Realised);
    std::int64_t users = 0;
    double share = 0;
    for (std::size_t i = 0; i < c.deciles.size(); ++i) {
        users += c.deciles[i].users;
        share += c.deciles[i].share;
        QVERIFY(i == 0 || c.deciles[i].mean <= c.deciles[i - 1].mean);
    }
    QCOMPARE(users, c.users);
    QVERIFY(std::abs(share - 1.0) < 1e-9);
    QVERIFY(c.gini > 0 && c.gini < 1);
    QCOMPARE(c.lorenz.front().value, 0.0);
    QCOMPARE(c.lorenz.back().value, 1.0);
    for (std::size_t i = 1; i < c.lorenz.size(); ++i) {
        QVERIFY(c.lorenz[i].value >= c.lorenz[i - 1].value);
        QVERIFY(c.lorenz[i].value <= c.lorenz[i].users + 1e-12); // convex, below the diagonal
    }
}

void TestUserFigures::negativesCountAsZeroInShares()
{
    const std::vector<UserState> states{worth(-5), worth(5)};
    const Concentration c = concentration(states, ValueKind::Realised);
    QCOMPARE(c.raised, 1);
    QCOMPARE(c.total, 5.0);
    QCOMPARE(c.deciles[0].share, 1.0);
    QVERIFY(std::abs(c.gini - 0.5) < 1e-12);
}

QTEST_APPLESS_MAIN(TestUserFigures)
#include "tst_user_figures.moc"
