#include "core/base/rng.h"
#include "core/numeric/radix_order.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace perennial;

namespace {

std::vector<std::uint32_t> byComparison(const std::vector<double> &values)
{
    std::vector<std::uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return values[i]; });
    return order;
}

} // namespace

class TestRadixOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheOrderOfAStableSort()
    {
        Rng rng(3);
        for (const std::size_t rows : {std::size_t{0}, std::size_t{1}, std::size_t{2},
                                       std::size_t{17}, std::size_t{5000}}) {
            std::vector<double> normal(rows), whole(rows), huge(rows), alike(rows), few(rows);
            for (std::size_t i = 0; i < rows; ++i) {
                normal[i] = rng.normal();
                whole[i] = static_cast<double>(rng.below(30)) - 15.0;
                alike[i] = 1.7e9 + rng.below(100000) / 7.0; // one run of the high bits
                few[i] = 0.1 + 1e-15 * rng.below(4) + (rng.uniform() < 0.5 ? 1.0 : 0.0);
                huge[i] = rng.normal() * std::pow(10.0, 600.0 * rng.uniform() - 300.0);
            }
            const std::vector<double> same(rows, 7.0);
            for (const auto &values : {normal, whole, huge, alike, few, same}) {
                QCOMPARE(radixOrder(values), byComparison(values));
            }
        }
    }

    void extremesAndBothZeros()
    {
        constexpr double kInf = std::numeric_limits<double>::infinity();
        const std::vector<double> values{kInf, 0.0, -0.0, -kInf, 5e-324, -5e-324, -0.0, 0.0,
                                         std::numeric_limits<double>::max(),
                                         std::numeric_limits<double>::lowest()};
        QCOMPARE(radixOrder(values), byComparison(values));
    }
};

QTEST_APPLESS_MAIN(TestRadixOrder)
#include "tst_radix_order.moc"
