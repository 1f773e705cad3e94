#include "core/base/rng.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace perennial;

namespace {

struct Moments {
    double mean = 0, variance = 0;
};

Moments momentsOf(int n, const std::function<double()> &draw)
{
    double sum = 0, squares = 0;
    for (int k = 0; k < n; ++k) {
        const double x = draw();
        sum += x;
        squares += x * x;
    }
    const double mean = sum / n;
    return {mean, squares / n - mean * mean};
}

} // namespace

class TestRng : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void philoxKnownAnswers();
    void addressGivesTheNumbers();
    void moments_data();
    void moments();
    void boundedDrawsCoverTheirRange();
};

// shared/reference/scenario.md (zero input); the others are Random123's kat_vectors.
void TestRng::philoxKnownAnswers()
{
    const PhiloxBlock zero{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    QVERIFY(philox4x32({0, 0, 0, 0}, {0, 0}) == zero);
    const PhiloxBlock ones{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    const std::uint32_t f = 0xffffffff;
    QVERIFY(philox4x32({f, f, f, f}, {f, f}) == ones);
}

void TestRng::addressGivesTheNumbers()
{
    Rng a(7, 3), b(7, 3), other(7, 4), seed(8, 3);
    int same = 0;
    for (int k = 0; k < 100; ++k) {
        const auto x = a.next64();
        QCOMPARE(b.next64(), x);
        same += x == other.next64() || x == seed.next64() ? 1 : 0;
    }
    QCOMPARE(same, 0);
}

void TestRng::moments_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("variance");
    QTest::newRow("uniform") << 0 << 0.5 << 1.0 / 12;
    QTest::newRow("normal") << 1 << 0.0 << 1.0;
    QTest::newRow("exponential") << 2 << 1.0 << 1.0;
    QTest::newRow("gamma .3") << 3 << 0.3 << 0.3;
    QTest::newRow("gamma 4") << 4 << 4.0 << 4.0;
    QTest::newRow("beta 2 3") << 5 << 0.4 << 0.04;
    QTest::newRow("poisson 2.5") << 6 << 2.5 << 2.5;
    QTest::newRow("poisson 80") << 7 << 80.0 << 80.0;
}

void TestRng::moments()
{
    QFETCH(int, kind);
    QFETCH(double, mean);
    QFETCH(double, variance);
    Rng rng(42, static_cast<std::uint64_t>(kind));
    const auto draw = [&]() -> double {
        switch (kind) {
        case 0: return rng.uniform();
        case 1: return rng.normal();
        case 2: return rng.exponential();
        case 3: return rng.gamma(0.3);
        case 4: return rng.gamma(4.0);
        case 5: return rng.beta(2.0, 3.0);
        case 6: return static_cast<double>(rng.poisson(2.5));
        default: return static_cast<double>(rng.poisson(80.0));
        }
    };
    constexpr int kDraws = 200000;
    const Moments found = momentsOf(kDraws, draw);
    QVERIFY(std::abs(found.mean - mean) < 5.0 * std::sqrt(variance / kDraws));
    QVERIFY(std::abs(found.variance / variance - 1.0) < 0.03);
}

void TestRng::boundedDrawsCoverTheirRange()
{
    Rng rng(1);
    std::array<int, 7> counts{};
    for (int k = 0; k < 70000; ++k) {
        ++counts[rng.below(7)];
        const double u = rng.uniform();
        QVERIFY(u > 0.0 && u < 1.0);
    }
    for (const int count : counts) {
        QVERIFY(std::abs(count - 10000) < 500);
    }
    QCOMPARE(rng.poisson(0.0), 0);
}

QTEST_APPLESS_MAIN(TestRng)
#include "tst_rng.moc"
