#include "core/base/rng.h"
#include "core/survival/concordance.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

namespace {

/// The definition, pair by pair.
Concordance pairByPair(const std::vector<double> &t, const std::vector<std::int8_t> &e,
                       const std::vector<double> &risk, const std::vector<std::uint32_t> &strata)
{
    Concordance c;
    for (std::size_t i = 0; i < t.size(); ++i) {
        for (std::size_t j = 0; j < t.size(); ++j) {
            if (i == j || strata[i] != strata[j] || e[i] == 0) {
                continue;
            }
            if (t[i] == t[j] && e[j] != 0) {
                c.tiedTime += i < j ? 1 : 0;
            } else if (t[i] <= t[j]) {
                (risk[i] > risk[j]   ? c.concordant
                 : risk[i] < risk[j] ? c.discordant
                                     : c.tiedRisk) += 1;
            }
        }
    }
    return c;
}

} // namespace

class ConcordanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedTies()
    {
        const std::vector<double> t{1, 5, 6, 11, 34, 45, 46, 50};
        const std::vector<std::int8_t> e{0, 1, 1, 0, 0, 1, 0, 0};
        const std::vector<double> risk{5, 8, 11, 34, 12, 3, 9, 12};
        const auto c = *concordance(t, e, risk);
        QVERIFY(std::abs(*c.index() - .2307692) < 6e-8);
        const std::vector<double> tied{1, 5, 6, 11, 11, 34, 45, 45, 50};
        const std::vector<std::int8_t> seen{0, 1, 1, 0, 1, 0, 1, 0, 0};
        const std::vector<double> other{5, 8, 11, 19, 34, 12, 3, 9, 12};
        QCOMPARE(*concordance(tied, seen, other)->index(), 0.4);
    }

    void isTheDefinitionPairByPair()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Rng rng(seed);
            std::vector<double> t, risk;
            std::vector<std::int8_t> e;
            std::vector<std::uint32_t> strata;
            for (int i = 0; i < 70; ++i) {
                t.push_back(rng.below(12));
                e.push_back(rng.uniform() < 0.6 ? 1 : 0);
                risk.push_back(static_cast<double>(rng.below(9)) - 4.0);
                strata.push_back(7 * rng.below(3));
            }
            const auto one = *concordance(t, e, risk);
            const auto expected = pairByPair(t, e, risk, std::vector<std::uint32_t>(t.size(), 0));
            const auto within = *concordance(t, e, risk, strata);
            const auto expectedWithin = pairByPair(t, e, risk, strata);
            for (const auto &[a, b] :
                 {std::pair(one, expected), std::pair(within, expectedWithin)}) {
                QCOMPARE(a.concordant, b.concordant);
                QCOMPARE(a.discordant, b.discordant);
                QCOMPARE(a.tiedRisk, b.tiedRisk);
                QCOMPARE(a.tiedTime, b.tiedTime);
            }
        }
    }

    void theTurnedScoreIsTheRest()
    {
        const std::vector<double> t{3, 1, 2, 5, 4};
        const std::vector<std::int8_t> all(5, 1);
        const std::vector<double> perfect{-3, -1, -2, -5, -4};
        QCOMPARE(*concordance(t, all, perfect)->index(), 1.0);
        QCOMPARE(*concordance(t, all, t)->index(), 0.0);
        QCOMPARE(*concordance(t, all, std::vector(5, 0.3))->index(), 0.5);
    }

    void noPairHasAnOrder()
    {
        QVERIFY(!concordance({}, {}, {})->index());
        QVERIFY(!concordance(std::vector{1.0}, std::vector<std::int8_t>{1}, std::vector{1.0})
                     ->index());
        const std::vector<double> t{2, 2, 2};
        const auto sameDay = *concordance(t, std::vector<std::int8_t>(3, 1), t);
        QVERIFY(!sameDay.index());
        QCOMPARE(sameDay.tiedTime, std::int64_t{3});
        QVERIFY(!concordance(t, std::vector<std::int8_t>(3, 0), t)->index());
    }

    void refusesWhatIsNoData()
    {
        const std::vector<double> t{1, 2};
        const std::vector<std::int8_t> e{1, 1};
        QCOMPARE(concordance(t, e, std::vector{1.0}).error().where, std::string("lengths"));
        QCOMPARE(concordance(t, e, std::vector{1.0, std::nan("")}).error().where,
                 std::string("risk"));
        QCOMPARE(concordance(std::vector{1.0, -2.0}, e, t).error().where,
                 std::string("durations"));
    }
};

QTEST_APPLESS_MAIN(ConcordanceTest)
#include "tst_concordance.moc"
