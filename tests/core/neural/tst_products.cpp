#include "core/base/rng.h"
#include "core/neural/products.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace perennial;
using net::Side;

namespace {

constexpr double kOutside = 123; ///< stands where nothing may be written

template <class T>
std::vector<T> drawn(std::int64_t size, std::uint64_t seed)
{
    Rng rng(seed);
    std::vector<T> values(static_cast<std::size_t>(size));
    for (T &value : values) {
        value = static_cast<T>(rng.normal());
    }
    return values;
}

/// A matrix with some values between its rows, as if it were part of a larger one.
template <class T>
struct Matrix {
    Matrix(std::int64_t rowsIn, std::int64_t columnsIn, std::vector<T> valuesIn)
        : rows(rowsIn), columns(columnsIn), values(std::move(valuesIn))
    {
    }
    static Matrix random(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
    {
        return {rows, columns, drawn<T>(rows * (columns + 3), seed)};
    }
    T at(std::int64_t i, std::int64_t j) const
    {
        return values[static_cast<std::size_t>(i * (columns + 3) + j)];
    }
    net::Rows<const T> read() const { return {values.data(), columns + 3}; }
    net::Rows<T> write() { return {values.data(), columns + 3}; }

    std::int64_t rows, columns;
    std::vector<T> values;
};

/// Largest error of a product over Σ |a b|, or infinity where something was written outside.
template <class T>
double errorOf(Side sideA, Side sideB, std::int64_t m, std::int64_t n, std::int64_t k, bool add)
{
    const bool turnA = sideA == Side::Turned, turnB = sideB == Side::Turned;
    const auto a = turnA ? Matrix<T>::random(k, m, 1) : Matrix<T>::random(m, k, 1);
    const auto b = turnB ? Matrix<T>::random(n, k, 2) : Matrix<T>::random(k, n, 2);
    Matrix<T> c(m, n, std::vector<T>(static_cast<std::size_t>(m * (n + 3)), T(kOutside)));
    net::product(sideA, sideB, m, n, k, T(0.5), a.read(), b.read(), add, c.write());
    double worst = 0;
    for (std::int64_t i = 0; i < m; ++i) {
        for (std::int64_t j = 0; j < n + 3; ++j) {
            double exact = j >= n || add ? kOutside : 0, size = 1;
            for (std::int64_t p = 0; j < n && p < k; ++p) {
                const double term = double(turnA ? a.at(p, i) : a.at(i, p)) *
                                    double(turnB ? b.at(j, p) : b.at(p, j));
                exact += 0.5 * term;
                size += std::abs(term);
            }
            const double error = std::abs(double(c.at(i, j)) - exact) / size;
            worst = j < n ? std::max(worst, error) : (error > 0 ? HUGE_VAL : worst);
        }
    }
    return worst;
}

} // namespace

class TestProducts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sizes_data()
    {
        QTest::addColumn<int>("m");
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("k");
        const int sizes[][3]{{1, 1, 1},    {6, 64, 64},  {7, 65, 3},   {50, 50, 32}, {13, 15, 257},
                             {3, 130, 700}, {256, 17, 48}, {5, 96, 512}, {1, 33, 256}, {19, 100, 7}};
        for (const auto &s : sizes) {
            QTest::addRow("%d x %d x %d", s[0], s[1], s[2]) << s[0] << s[1] << s[2];
        }
    }

    void sizes()
    {
        QFETCH(int, m);
        QFETCH(int, n);
        QFETCH(int, k);
        for (const Side a : {Side::Plain, Side::Turned}) {
            for (const Side b : {Side::Plain, Side::Turned}) {
                for (const bool add : {false, true}) {
                    QVERIFY(errorOf<double>(a, b, m, n, k, add) < 1e-13);
                    QVERIFY(errorOf<float>(a, b, m, n, k, add) < 2e-5);
                }
            }
        }
    }

    void ofNothing()
    {
        std::vector<float> c(6, 5.0F);
        net::product(Side::Plain, Side::Plain, 2, 3, 0, 1.0F, {nullptr, 0}, {nullptr, 3}, true,
                     {c.data(), 3});
        QCOMPARE(c, std::vector<float>(6, 5.0F));
        net::product(Side::Plain, Side::Plain, 0, 3, 4, 1.0F, {nullptr, 4}, {c.data(), 0}, false,
                     {nullptr, 3});
        net::product(Side::Plain, Side::Plain, 2, 3, 0, 1.0F, {nullptr, 0}, {nullptr, 3}, false,
                     {c.data(), 3});
        QCOMPARE(c, std::vector<float>(6, 0.0F));
    }

    void whatIsThereBeforeDoesNotMatter()
    {
        std::vector<float> a{2}, b{3}, c{std::numeric_limits<float>::quiet_NaN()};
        net::product(Side::Plain, Side::Plain, 1, 1, 1, 1.0F, {a.data(), 1}, {b.data(), 1}, false,
                     {c.data(), 1});
        QCOMPARE(c[0], 6.0F);
    }

    void whatIsNotFiniteShows()
    {
        std::vector<float> a{1, std::numeric_limits<float>::infinity()}, b{0, 0}, c{0};
        net::product(Side::Plain, Side::Plain, 1, 1, 2, 1.0F, {a.data(), 2}, {b.data(), 1}, false,
                     {c.data(), 1});
        QVERIFY(std::isnan(c[0]));
    }

    void turned()
    {
        for (const auto &[m, n] : {std::pair<std::int64_t, std::int64_t>{1, 1}, {40, 7}, {16, 64}}) {
            const auto from = Matrix<double>::random(m, n, 3);
            auto to = Matrix<double>::random(n, m, 4);
            net::turn(m, n, from.read(), to.write());
            for (std::int64_t i = 0; i < m; ++i) {
                for (std::int64_t j = 0; j < n; ++j) {
                    QCOMPARE(to.at(j, i), from.at(i, j));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestProducts)
#include "tst_products.moc"
