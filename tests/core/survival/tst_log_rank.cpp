#include "core/base/rng.h"
#include "core/survival/log_rank.h"
#include "tests/core/survival/close_to.h"
#include "tests/core/survival/shared_sample.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Two groups by the textbook: Σ O − E and Σ of the hypergeometric variance.
double twoGroupChi2(const std::vector<double> &t, const std::vector<std::int8_t> &e,
                    const std::vector<std::uint32_t> &g)
{
    double distance = 0, variance = 0;
    for (const double time : std::set<double>(t.begin(), t.end())) {
        double n = 0, n1 = 0, d = 0, d1 = 0;
        for (std::size_t i = 0; i < t.size(); ++i) {
            n += t[i] >= time;
            n1 += t[i] >= time && g[i] == 1;
            d += t[i] == time && e[i] == 1;
            d1 += t[i] == time && e[i] == 1 && g[i] == 1;
        }
        distance += d1 - d * n1 / n;
        variance += n > 1 ? d * (n1 / n) * (1 - n1 / n) * (n - d) / (n - 1) : 0;
    }
    return distance * distance / variance;
}

} // namespace

class LogRankTestCase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waltons()
    {
        const SharedTable table("waltons_dataset.csv");
        if (table.missing()) {
            QSKIP("no shared data");
        }
        const auto test =
            *logRank(table.numbers("T"), table.flags("E", "1"), table.groups("group"), 2);
        closeTo(test.chi2, 122.2491, 6e-5);
        QCOMPARE(test.df, 1);
        QVERIFY(*test.p > 0.0 && *test.p < 1e-27);
        closeTo(test.groups[0].observed + test.groups[1].observed, 156, 0);
        closeTo(test.groups[0].expected + test.groups[1].expected, 156, 1e-9);
    }

    void telcoByContract()
    {
        const SharedTable table("telco_customer_churn.csv");
        if (table.missing()) {
            QSKIP("no shared data");
        }
        const auto test = *logRank(table.numbers("tenure"), table.flags("Churn", "Yes"),
                                   table.groups("Contract"), 3);
        closeTo(test.chi2, 2352.87, 6e-3);
        QCOMPARE(test.df, 2);
    }

    void rossiAsRHasIt()
    {
        const SharedTable table("rossi.csv");
        if (table.missing()) {
            QSKIP("no shared data");
        }
        // survdiff of R's survival 3.5-3: two groups, four, and two within two strata.
        const auto week = table.numbers("week");
        const auto arrest = table.flags("arrest", "1");
        const auto wexp = table.groups("wexp"); // the first row has none
        const auto two = *logRank(week, arrest, wexp, 2);
        closeTo(two.chi2, 9.91042, 6e-6);
        closeTo(two.groups[0].expected, 45.5859, 6e-5);
        closeTo(two.groups[1].expected, 68.4141, 6e-5);
        std::vector<std::uint32_t> four = table.groups("race");
        for (std::size_t i = 0; i < four.size(); ++i) {
            four[i] = 2 * four[i] + wexp[i];
        }
        const auto ofFour = *logRank(week, arrest, four, 4);
        closeTo(ofFour.chi2, 10.34406635, 6e-9);
        QCOMPARE(ofFour.df, 3);
        const auto stratified = *logRank(week, arrest, table.groups("fin"), 2, wexp);
        closeTo(stratified.chi2, 4.03310682, 6e-9);
        closeTo(*stratified.p, .04462, 6e-6);
    }

    void isTheTextbooksOnTiedData()
    {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            Rng rng(seed);
            std::vector<double> t;
            std::vector<std::int8_t> e;
            std::vector<std::uint32_t> g;
            for (int i = 0; i < 60; ++i) {
                t.push_back(rng.below(8));
                e.push_back(rng.uniform() < 0.6 ? 1 : 0);
                g.push_back(rng.below(2));
            }
            closeTo(logRank(t, e, g, 2)->chi2, twoGroupChi2(t, e, g), 1e-9);
        }
    }

    void nothingToCompare()
    {
        const std::vector<double> t{1, 2, 3, 4};
        const std::vector<std::int8_t> all{1, 1, 1, 1}, none{0, 0, 0, 0};
        const std::vector<std::uint32_t> one{0, 0, 0, 0}, two{0, 1, 0, 1};
        for (const auto &test : {*logRank(t, all, one, 1), *logRank(t, none, two, 2),
                                 *logRank(t, all, two, 2, two), // each stratum has one group
                                 *logRank({}, {}, {}, 0),
                                 *logRank(std::vector{5.0}, std::vector<std::int8_t>{1},
                                          std::vector{1U}, 2)}) {
            QCOMPARE(test.df, 0);
            QCOMPARE(test.chi2, 0.0);
            QVERIFY(!test.p);
        }
        // Everybody leaves on the same day: nobody earlier than another.
        QVERIFY(!logRank(std::vector(4, 3.0), all, two, 2)->p);
        // A group without a row takes no degree of freedom.
        QCOMPARE(logRank(t, all, two, 3)->df, 1);
        // Groups 0 and 1 meet, 2 and 3 meet, the pairs never.
        const std::vector<std::uint32_t> four{0, 1, 0, 1, 2, 3, 2, 3};
        const std::vector<std::uint32_t> pairs{0, 0, 0, 0, 1, 1, 1, 1};
        const std::vector<double> twice{1, 2, 3, 4, 1, 2, 3, 4};
        QCOMPARE(logRank(twice, std::vector<std::int8_t>(8, 1), four, 4, pairs)->df, 2);
    }

    void refusesWhatIsNoData()
    {
        const std::vector<double> t{1, 2};
        const std::vector<std::int8_t> e{1, 1};
        const std::vector<std::uint32_t> g{0, 1};
        const auto where = [](const auto &result) { return result.error().where; };
        QCOMPARE(where(logRank(t, e, g, 1)), std::string("groups"));
        QCOMPARE(where(logRank(t, e, g, 501)), std::string("groups"));
        QCOMPARE(where(logRank(t, e, std::vector{0U}, 1)), std::string("lengths"));
        QCOMPARE(where(logRank(t, e, g, 2, std::vector{0U})), std::string("lengths"));
        for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
            QCOMPARE(where(logRank(std::vector{1.0, bad}, e, g, 2)), std::string("durations"));
        }
    }
};

QTEST_APPLESS_MAIN(LogRankTestCase)
#include "tst_log_rank.moc"
