#include "core/base/rng.h"
#include "core/scenario/draw_future.h"
#include "core/scenario/lever.h"
#include "core/value/value_prediction.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

namespace {

const std::vector<double> kFrequency{.55, 7.5, .8, 2.9};
const std::vector<double> kSpend{6.25, 3.74, 15.4};

/// Customers of a made-up shop, with tenures by the day and stages at random.
struct Shop {
    CustomerSummary customers;
    std::vector<Stage> stages;
};

Shop makeShop(int size)
{
    Shop shop;
    CustomerSummary &c = shop.customers;
    Rng rng(17);
    for (int i = 0; i < size; ++i) {
        const double T = static_cast<double>(rng.below(540)) / 7;
        const int x = T > 1 ? static_cast<int>(rng.poisson(rng.gamma(.5) * T / 8)) : 0;
        c.user.push_back(i + 1);
        c.x.push_back(x);
        c.T.push_back(T);
        c.tx.push_back(x == 0 ? 0 : std::max(1.0, std::floor(7 * T * rng.uniform())) / 7);
        c.spendDays.push_back(x);
        c.meanSpend.push_back(i % 50 == 0 ? 0 : 30 * rng.gamma(2));
        c.realised.push_back(0);
        shop.stages.push_back(kStages[rng.below(kStageCount)]);
    }
    c.gross = 1000;
    c.refunds = -60;
    return shop;
}

FutureSetting settingOf(const CustomerSummary &customers, const ValueOptions &options)
{
    return {.frequencyModel = "bg-nbd",
            .spendModel = "gamma-gamma",
            .observedMeanSpend = observedMeanSpend(customers),
            .horizon = options.horizonDays / 7.0,
            .discountForce = std::log1p(options.discountPerYear) / 365.0 * 7,
            .margin = options.margin};
}

class AllOf final : public TargetFuture {
public:
    AllOf(DrawFuture &future, StageSet stages) : m_future(future), m_stages(stages) {}
    bool hasDropout() const override { return m_future.hasDropout(); }
    double retention(double dropout) const override
    {
        return m_future.retention(m_stages, dropout);
    }

private:
    DrawFuture &m_future;
    StageSet m_stages;
};

std::array<FutureChange, kStageCount> everywhere(const FutureChange &change)
{
    std::array<FutureChange, kStageCount> changes;
    changes.fill(change);
    return changes;
}

} // namespace

class TestDrawFuture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void baselineIsThePredictedValue_data();
    void baselineIsThePredictedValue();
    void retentionIsTheMeanOverCustomers();
    void retentionLever();
    void percentLevers();
    void withoutDropout();
};

void TestDrawFuture::baselineIsThePredictedValue_data()
{
    QTest::addColumn<QList<double>>("frequency");
    QTest::addColumn<QList<double>>("spend");
    QTest::addColumn<int>("horizon");
    QTest::addColumn<double>("tolerance");
    const QList<double> spend(kSpend.begin(), kSpend.end());
    QTest::newRow("fit") << QList<double>(kFrequency.begin(), kFrequency.end()) << spend << 180
                         << 1e-9;
    // The curves' nodes are placed for the fit; draws lie around it.
    QTest::newRow("small alpha") << QList<double>{.4, 1.5, .7, 2.2} << spend << 365
                                 << 1e-5;
    QTest::newRow("large alpha") << QList<double>{.9, 40, 1.3, 4} << spend << 7 << 1e-9;
    QTest::newRow("observed mean") << QList<double>{.5, 8, .9, 3} << QList<double>{} << 180
                                   << 1e-9;
    QTest::newRow("infinite mean") << QList<double>{.5, 8, .9, 3} << QList<double>{6, 1.01, 10}
                                   << 180 << 1e-9;
}

void TestDrawFuture::baselineIsThePredictedValue()
{
    QFETCH(QList<double>, frequency);
    QFETCH(QList<double>, spend);
    QFETCH(int, horizon);
    QFETCH(double, tolerance);
    const std::vector<double> f(frequency.begin(), frequency.end());
    const std::vector<double> s(spend.begin(), spend.end());
    const Shop shop = makeShop(6000);
    for (const double discount : {0.0, .1}) {
        ValueOptions options;
        options.horizonDays = horizon;
        options.margin = .4;
        options.discountPerYear = discount;
        const auto reference =
            predictValue(shop.customers, "bg-nbd", f, "gamma-gamma", s, options, {});
        QVERIFY(reference.ok());
        double value = 0, orders = 0, revenue = 0;
        for (std::size_t i = 0; i < shop.customers.size(); ++i) {
            value += reference->predictedValue[i];
            orders += reference->expectedOrders[i];
            revenue += reference->expectedOrders[i] * reference->meanOrderValue[i];
        }
        revenue *= shop.customers.netRatio();
        const CustomerGroups groups = groupCustomers(shop.customers, shop.stages, kFrequency[1]);
        QVERIFY(groups.count.size() < shop.customers.size());
        DrawFuture future(groups, settingOf(shop.customers, options));
        QVERIFY(future.load(f, s).ok());
        const Figures figures = future.baseline();
        const auto off = [](double a, double b) { return std::abs(a / b - 1); };
        qInfo("off by %.2g %.2g", off(figures.ltv, value), off(figures.orders, orders));
        QVERIFY(off(figures.ltv, value) < tolerance);
        QVERIFY(off(figures.orders, orders) < tolerance);
        QVERIFY(off(figures.revenue, revenue) < tolerance);
        QVERIFY(off(figures.margin, .4 * revenue) < tolerance);
    }
}

void TestDrawFuture::retentionIsTheMeanOverCustomers()
{
    const Shop shop = makeShop(3000);
    const CustomerGroups groups = groupCustomers(shop.customers, shop.stages, kFrequency[1]);
    ValueOptions options;
    DrawFuture future(groups, settingOf(shop.customers, options));
    QVERIFY(future.load(kFrequency, kSpend).ok());
    const auto kernel = makeOrderKernel("bg-nbd", kFrequency);
    const auto model = findFrequencyModel("bg-nbd");
    StageSet loyal;
    loyal.set(static_cast<std::size_t>(Stage::Loyal));
    for (const StageSet &stages : {loyal, StageSet().set()}) {
        double alive = 0, stay = 0;
        for (std::size_t i = 0; i < shop.customers.size(); ++i) {
            if (stages[static_cast<std::size_t>(shop.stages[i])]) {
                const auto &c = shop.customers;
                const double a = (*model)->pAlive(kFrequency, {c.x[i], c.tx[i], c.T[i]});
                alive += a;
                stay += a * (*kernel)->stayingWith(.7, c.x[i], c.T[i], 180 / 7.0);
            }
        }
        QVERIFY(std::abs(future.retention(stages, .7) - stay / alive) < 1e-8);
    }
    QCOMPARE(future.retention(StageSet(), 1), 1.0);
}

void TestDrawFuture::retentionLever()
{
    const Shop shop = makeShop(3000);
    const CustomerGroups groups = groupCustomers(shop.customers, shop.stages, kFrequency[1]);
    DrawFuture future(groups, settingOf(shop.customers, {}));
    QVERIFY(future.load(kFrequency, kSpend).ok());
    const StageSet all = StageSet().set();
    const AllOf target(future, all);
    const Lever &lever = *leverByName("retention");
    const double now = future.retention(all, 1);
    QVERIFY(now > .3 && now < .95);
    const double baseline = future.baseline().orders;
    double last = -1;
    for (double points = -100; points <= 100; points += 5) {
        FutureChange change;
        lever.apply(points, target, change);
        const double wanted = std::clamp(now + points / 100, 0.0, 1.0);
        QVERIFY(std::abs(future.retention(all, change.dropout) - wanted) < 1e-9);
        const double orders = future.total(everywhere(change)).orders;
        QVERIFY(orders > last || wanted == 0 || wanted == 1);
        QVERIFY((points == 0) == (orders == baseline));
        last = orders;
    }
    // From 100 % on: everybody who is active goes on ordering at his rate.
    const auto nbd = predictValue(shop.customers, "nbd", std::vector{kFrequency[0], kFrequency[1]},
                                  "gamma-gamma", kSpend, {}, {});
    const auto bg = predictValue(shop.customers, "bg-nbd", kFrequency, "gamma-gamma", kSpend, {},
                                 {});
    double forever = 0;
    for (std::size_t i = 0; i < nbd->expectedOrders.size(); ++i) {
        forever += bg->pAlive[i] * nbd->expectedOrders[i];
    }
    QVERIFY(std::abs(last / forever - 1) < 1e-8);
    // Nobody is there any more.
    FutureChange none;
    lever.apply(-100, target, none);
    lever.apply(100, target, none);
    QCOMPARE(future.total(everywhere(none)).ltv, 0.0);
}

void TestDrawFuture::percentLevers()
{
    const Shop shop = makeShop(500);
    const CustomerGroups groups = groupCustomers(shop.customers, shop.stages, kFrequency[1]);
    DrawFuture future(groups, settingOf(shop.customers, {}));
    QVERIFY(future.load(kFrequency, kSpend).ok());
    const AllOf target(future, StageSet().set());
    const Figures before = future.baseline();
    for (const char *name : {"frequency", "order_value"}) {
        FutureChange change;
        leverByName(name)->apply(0, target, change);
        QCOMPARE(future.total(everywhere(change)).ltv, before.ltv);
        leverByName(name)->apply(10, target, change);
        const Figures after = future.total(everywhere(change));
        QVERIFY(std::abs(after.ltv / before.ltv - 1.1) < 1e-12);
        QVERIFY(std::abs(after.revenue / before.revenue - 1.1) < 1e-12);
        const double orders = std::string_view(name) == "frequency" ? 1.1 : 1;
        QVERIFY(std::abs(after.orders / before.orders - orders) < 1e-12);
        leverByName(name)->apply(-100, target, change);
        QCOMPARE(future.total(everywhere(change)).ltv, 0.0);
    }
    QVERIFY(leverByName("discount") == nullptr);
    QCOMPARE(levers().size(), std::size_t{3});
}

void TestDrawFuture::withoutDropout()
{
    const Shop shop = makeShop(500);
    const CustomerGroups groups = groupCustomers(shop.customers, shop.stages, 8);
    FutureSetting setting = settingOf(shop.customers, {});
    setting.frequencyModel = "nbd";
    DrawFuture future(groups, setting);
    QVERIFY(future.load(std::vector{.5, 8.0}, kSpend).ok());
    const AllOf target(future, StageSet().set());
    for (const double points : {-100.0, -5.0, 5.0, 100.0}) {
        FutureChange change;
        leverByName("retention")->apply(points, target, change);
        QCOMPARE(future.total(everywhere(change)).ltv, future.baseline().ltv);
    }
    setting.frequencyModel = "no-such";
    DrawFuture unknown(groups, setting);
    QCOMPARE(unknown.load(kFrequency, kSpend).error().code, ErrorCode::UnknownModel);
}

QTEST_APPLESS_MAIN(TestDrawFuture)
#include "tst_draw_future.moc"
