#include "core/base/rng.h"
#include "core/value/alive_path.h"
#include "core/value/heterogeneity.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

ModelFit fitOf(const std::string &model, std::vector<std::string> names,
               std::vector<double> parameters)
{
    ModelFit fit;
    fit.model = fit.reportedModel = model;
    fit.status = FitStatus::Converged;
    fit.names = std::move(names);
    fit.parameters = std::move(parameters);
    return fit;
}

/// CDNOW's published estimates, Fader, Hardie & Lee (2005), table 2.
ModelFit cdnowFit()
{
    return fitOf("bg-nbd", {"r", "alpha", "a", "b"}, {0.243, 4.414, 0.793, 2.426});
}

double sumOf(const Heterogeneity &h)
{
    return std::accumulate(h.share.begin(), h.share.end(), h.below + h.above);
}

} // namespace

/// Traits as a fit spreads them over customers, and one customer's P(alive) over time.
class TestFittedTraits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesAreThoseOfASimulation();
    void sharesMakeOne_data();
    void sharesMakeOne();
    void exponentialRatesAreKnown();
    void whatHasNoTraitSaysSo();
    void pathFollowsTheModel();
    void pathOnWholePeriods();
    void pathOfNobodyIsEmpty();
};

void TestFittedTraits::sharesAreThoseOfASimulation()
{
    const auto rate = rateHeterogeneity(cdnowFit());
    const auto dropout = dropoutHeterogeneity(cdnowFit());
    QVERIFY(std::abs(rate->mean - 0.243 / 4.414) < 1e-12);
    QVERIFY(std::abs(dropout->mean - 0.793 / (0.793 + 2.426)) < 1e-12);
    constexpr int kDraws = 200'000;
    std::vector<double> rates(rate->share.size(), 0.0), dropouts(dropout->share.size(), 0.0);
    Rng rng(11);
    const auto count = [](std::vector<double> &into, const Heterogeneity &h, double value) {
        for (std::size_t i = 0; i < into.size(); ++i) {
            into[i] += value >= h.edges[i] && value < h.edges[i + 1] ? 1.0 / kDraws : 0.0;
        }
    };
    for (int i = 0; i < kDraws; ++i) {
        count(rates, *rate, rng.gamma(0.243) / 4.414);
        count(dropouts, *dropout, rng.beta(0.793, 2.426));
    }
    for (std::size_t i = 0; i < rates.size(); ++i) {
        QVERIFY(std::abs(rates[i] - rate->share[i]) < 0.004);
    }
    for (std::size_t i = 0; i < dropouts.size(); ++i) {
        QVERIFY(std::abs(dropouts[i] - dropout->share[i]) < 0.004);
    }
}

void TestFittedTraits::sharesMakeOne_data()
{
    QTest::addColumn<double>("shape");
    QTest::addColumn<double>("rate");
    QTest::newRow("ordinary") << 0.5 << 4.0;
    QTest::newRow("next to nothing") << 0.01 << 1.0;
    QTest::newRow("homogeneous") << 1e5 << 1e6;
    QTest::newRow("tiny rates") << 1.0 << 1e8;
    QTest::newRow("large rates") << 3.0 << 1e-4;
}

void TestFittedTraits::sharesMakeOne()
{
    QFETCH(double, shape);
    QFETCH(double, rate);
    const auto gamma =
        rateHeterogeneity(fitOf("bg-nbd", {"r", "alpha", "a", "b"}, {shape, rate, shape, rate}));
    const auto beta =
        dropoutHeterogeneity(fitOf("bg-nbd", {"r", "alpha", "a", "b"}, {shape, rate, shape, rate}));
    for (const auto &h : {gamma, beta}) {
        QVERIFY(h.has_value());
        QVERIFY(std::abs(sumOf(*h) - 1.0) < 1e-9);
        QVERIFY(h->above < 0.0011);
        for (const double share : h->share) {
            QVERIFY(std::isfinite(share) && share >= 0.0);
        }
        QVERIFY(std::ranges::is_sorted(h->edges));
    }
}

/// Gamma(1, β) is exponential: the share below v is 1 − e^(−βv).
void TestFittedTraits::exponentialRatesAreKnown()
{
    const auto h =
        dropoutHeterogeneity(fitOf("pareto-nbd", {"r", "alpha", "s", "beta"}, {0.5, 4, 1, 10}));
    QCOMPARE(h->trait, Heterogeneity::Trait::DropoutRate);
    double below = h->below;
    QVERIFY(std::abs(below - (1 - std::exp(-10 * h->edges.front()))) < 1e-12);
    for (std::size_t i = 0; i < h->share.size(); ++i) {
        below += h->share[i];
        QVERIFY(std::abs(below - (1 - std::exp(-10 * h->edges[i + 1]))) < 1e-9);
    }
}

void TestFittedTraits::whatHasNoTraitSaysSo()
{
    // Regular buyers: an order is every k-th event.
    QCOMPARE(rateHeterogeneity(fitOf("bg-cnbd-k", {"k", "r", "alpha", "a", "b"}, {2, 3, 4, 1, 2}))
                 ->mean,
             0.375);
    QVERIFY(!dropoutHeterogeneity(fitOf("nbd", {"r", "alpha"}, {1, 2})));
    QVERIFY(rateHeterogeneity(fitOf("nbd", {"r", "alpha"}, {1, 2})));
    QVERIFY(!dropoutHeterogeneity(
        fitOf("ggompertz-nbd", {"r", "alpha", "b", "s", "beta"}, {1, 2, 3, 4, 5})));
    ModelFit failed = cdnowFit();
    failed.status = FitStatus::Failed;
    QVERIFY(!rateHeterogeneity(failed) && !dropoutHeterogeneity(failed));
}

void TestFittedTraits::pathFollowsTheModel()
{
    const ModelFit fit = cdnowFit();
    const std::vector<Day> orders{100, 107, 128, 400};
    const auto path = alivePath(fit, Period::Week, orders, 200);
    QCOMPARE(path->day.size(), std::size_t{101});
    QCOMPARE(path->day.front(), 100);
    QCOMPARE(path->pAlive.front(), 1.0); // BG/NBD: one who never came back can't have left
    QCOMPARE(path->pAlive[6], 1.0);
    const auto model = findFrequencyModel("bg-nbd");
    // Day 128: x = 2, tx = T = 4 weeks. Day 200: T = 100 / 7.
    QCOMPARE(path->pAlive[28], (*model)->pAlive(fit.parameters, {2, 4.0, 4.0}));
    QCOMPARE(path->pAlive[100], (*model)->pAlive(fit.parameters, {2, 4.0, 100.0 / 7.0}));
    for (std::size_t i = 29; i <= 100; ++i) {
        QVERIFY(path->pAlive[i] < path->pAlive[i - 1]); // silence
    }
}

/// BG/BB counts whole periods: an order shows once its period is over.
void TestFittedTraits::pathOnWholePeriods()
{
    const ModelFit fit = fitOf("bg-bb", {"alpha", "beta", "gamma", "delta"}, {1.2, 0.75, 0.66, 2.8});
    const auto path = alivePath(fit, Period::Week, std::vector<Day>{100, 103, 105, 115}, 130);
    const auto model = findFrequencyModel("bg-bb");
    QVERIFY(model);
    const auto expect = [&](std::size_t day, std::int32_t x, double tx, double T) {
        QCOMPARE(path->pAlive[day], (*model)->pAlive(fit.parameters, {x, tx, T}));
    };
    expect(6, 0, 0, 0);  // the first week is not over
    expect(7, 1, 1, 1);  // two orders in it are one
    expect(20, 1, 1, 2); // day 115 is of the third week
    expect(21, 2, 3, 3);
    expect(30, 2, 3, 4);
}

void TestFittedTraits::pathOfNobodyIsEmpty()
{
    QVERIFY(alivePath(cdnowFit(), Period::Week, {}, 200)->day.empty());
    QVERIFY(alivePath(cdnowFit(), Period::Week, std::vector<Day>{300}, 200)->day.empty());
    ModelFit failed = cdnowFit();
    failed.status = FitStatus::Failed;
    QCOMPARE(alivePath(failed, Period::Week, {}, 1).error().code, ErrorCode::NotTrained);
}

QTEST_APPLESS_MAIN(TestFittedTraits)
#include "tst_fitted_traits.moc"
