#include "core/scoring/frequency_recency.h"

#include <QTest>

#include <cmath>

using namespace perennial;

namespace {

constexpr Day kSnapshot = 20'000;

ModelFit cdnowFit()
{
    ModelFit fit;
    fit.model = fit.reportedModel = "bg-nbd";
    fit.status = FitStatus::Converged;
    fit.names = {"r", "alpha", "a", "b"};
    fit.parameters = {0.243, 4.414, 0.793, 2.426};
    return fit;
}

UserState customer(int orders, int daysSince)
{
    UserState state;
    state.orders = orders;
    state.lastOrderDay = orders > 0 ? std::optional(kSnapshot - daysSince) : std::nullopt;
    return state;
}

} // namespace

class TestFrequencyRecency : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellsHoldEverybodyOnce();
    void valuesAreTheModels();
    void manyOrdersShareARow();
    void oneCustomer();
    void nobodyIsSaid();
};

void TestFrequencyRecency::cellsHoldEverybodyOnce()
{
    std::vector<UserState> states{customer(0, 0)};
    for (int i = 0; i < 500; ++i) {
        states.push_back(customer(1 + i % 5, (i * 37) % 260));
    }
    const auto grid = frequencyRecency(cdnowFit(), Period::Week, 30, states, kSnapshot, 180);
    QVERIFY(grid.ok());
    QCOMPARE(grid->rowFrom, (std::vector<std::int32_t>{0, 1, 2, 3, 4}));
    QVERIFY(grid->columnFrom.size() <= 16);
    std::int64_t total = 0;
    for (std::size_t i = 0; i < grid->rowFrom.size(); ++i) {
        for (std::size_t j = 0; j < grid->columnFrom.size(); ++j) {
            const auto inside = std::ranges::count_if(states, [&](const UserState &s) {
                const int days = s.orders > 0 ? kSnapshot - *s.lastOrderDay : -1;
                const bool last = j + 1 == grid->columnFrom.size();
                return s.orders - 1 == grid->rowFrom[i] && days >= grid->columnFrom[j] &&
                       (last || days < grid->columnFrom[j + 1]);
            });
            QCOMPARE(grid->users[i][j], inside);
            total += inside;
        }
    }
    QCOMPARE(total, 500);
}

void TestFrequencyRecency::valuesAreTheModels()
{
    std::vector<UserState> states;
    for (int days = 0; days < 7 * 16; ++days) {
        states.push_back(customer(1 + days % 3, days));
    }
    const double tenure = 10;
    const auto grid = frequencyRecency(cdnowFit(), Period::Week, tenure, states, kSnapshot, 70);
    QCOMPARE(grid->columnDays, 7);
    QCOMPARE(grid->tenure, tenure);
    const auto model = findFrequencyModel("bg-nbd");
    const auto &parameters = cdnowFit().parameters;
    const RepeatHistory h{2, 10 - 17.0 / 7, 10};
    QVERIFY(std::abs(grid->pAlive[2][2] - (*model)->pAlive(parameters, h)) < 1e-12);
    QVERIFY(std::abs(grid->expectedOrders[2][2] -
                     grid->pAlive[2][2] * (*model)->expectedWhileAlive(parameters, h, 10)) < 1e-12);
    QVERIFY(std::isnan(grid->pAlive[1][12])); // 87 days ago, 70 days after the first
    QCOMPARE(grid->pAlive[0][12], 1.0);
    QVERIFY(grid->expectedOrders[0][12] < grid->expectedOrders[0][1]); // silent for longer
}

void TestFrequencyRecency::manyOrdersShareARow()
{
    std::vector<UserState> states{customer(1, 3)};
    for (const int orders : {11, 15, 21, 41, 5001}) {
        states.push_back(customer(orders, 4000));
    }
    const auto grid = frequencyRecency(cdnowFit(), Period::Week, 900, states, kSnapshot, 180);
    QCOMPARE(grid->rowFrom.size(), std::size_t{11});
    QCOMPARE(grid->rowAt.back(), 20); // the median of 10, 14, 20, 40, 5000
    QCOMPARE(grid->users.back().back(), 5);
    QVERIFY(std::isfinite(grid->expectedOrders.back().back()));
    QVERIFY(grid->columnFrom.size() <= 16);
}

void TestFrequencyRecency::oneCustomer()
{
    const auto grid = frequencyRecency(cdnowFit(), Period::Week, 1.0 / 7,
                                       std::vector{customer(1, 0)}, kSnapshot, 180);
    QCOMPARE(grid->users, (std::vector<std::vector<std::int64_t>>{{1}}));
    QVERIFY(std::isfinite(grid->expectedOrders[0][0]));
}

void TestFrequencyRecency::nobodyIsSaid()
{
    QCOMPARE(
        frequencyRecency(cdnowFit(), Period::Week, 1, std::vector{customer(0, 0)}, kSnapshot, 180)
            .error()
            .code,
        ErrorCode::NoPurchases);
    ModelFit failed = cdnowFit();
    failed.status = FitStatus::Failed;
    QCOMPARE(frequencyRecency(failed, Period::Week, 1, std::vector{customer(1, 0)}, kSnapshot, 180)
                 .error()
                 .code,
             ErrorCode::NotTrained);
}

QTEST_APPLESS_MAIN(TestFrequencyRecency)
#include "tst_frequency_recency.moc"
