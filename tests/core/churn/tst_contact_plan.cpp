#include "core/base/rng.h"
#include "core/churn/contact_plan.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

using namespace perennial;

namespace {

/// Users with ties in risk and in value.
struct MadeUp {
    std::vector<std::int64_t> user;
    std::vector<double> risk, value;
};

MadeUp madeUp(int n, std::uint64_t seed)
{
    MadeUp users;
    for (int i = 0; i < n; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        users.user.push_back(n - i);
        users.risk.push_back(static_cast<double>(rng.below(25)) / 24);
        users.value.push_back(rng.uniform() < 0.1 ? 0.0 : 40 * static_cast<double>(rng.below(30)));
    }
    return users;
}

ContactPlan planOf(const MadeUp &users, ContactOrder order = ContactOrder::Risk)
{
    return *ContactPlan::of(users.user, users.risk, users.value, order);
}

bool close(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * (1 + std::abs(b));
}

} // namespace

class TestContactPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        const ContactPlan plan = planOf({{1, 2, 3, 4}, {0.9, 0.5, 0.5, 0.1}, {100, 40, 20, 1000}});
        const ContactOutcome half = plan.atThreshold(0.5, {3, 0.2, 0.9});
        QCOMPARE(half.contacted, std::size_t{3});
        QCOMPARE(*half.threshold, 0.5);
        QVERIFY(close(half.leavers, 1.9));
        QVERIFY(close(half.atStake, 90 + 20 + 10));
        QVERIFY(close(half.saved, 24) && close(half.cost, 9) && close(half.net, 15));
        QVERIFY(close(*half.breakEvenSaveRate, 9.0 / 120));
        // the spread of three coins
        const double variance = 100 * 100 * 0.18 * 0.82 + (40 * 40 + 20 * 20) * 0.1 * 0.9;
        const double reach = 1.6448536269514722 * std::sqrt(variance);
        QVERIFY(close(half.savedInterval.upper, 24 + reach));
        QCOMPARE(half.savedInterval.lower, 0.0);
        const auto ids = plan.contacted(half);
        QVERIFY(std::ranges::equal(ids, std::vector<std::int64_t>{1, 2, 3}));
        // By stake the safe but dear user comes first with 100, then the 90 at risk.
        const ContactPlan byStake =
            planOf({{1, 2, 3, 4}, {0.9, 0.5, 0.5, 0.1}, {100, 40, 20, 1000}}, ContactOrder::Stake);
        QVERIFY(std::ranges::equal(byStake.contacted(byStake.ofContacts(2, {3, 0.2, 0.9})),
                                   std::vector<std::int64_t>{4, 1}));
    }

    /// Neslin et al. (2006): with one risk and one value for all, profit a contact is
    /// share of leavers × save rate × value − cost.
    void equalUsersAreNeslinsFormula()
    {
        MadeUp users;
        for (int i = 0; i < 1000; ++i) {
            users.user.push_back(i);
            users.risk.push_back(0.3);
            users.value.push_back(50);
        }
        const ContactPlan plan = planOf(users);
        const ContactOutcome all = plan.atThreshold(0.3, {2, 0.25, 0.9});
        QCOMPARE(all.contacted, std::size_t{1000});
        QVERIFY(close(all.net, 1000 * (0.3 * 0.25 * 50 - 2)));
        QVERIFY(close(*all.breakEvenSaveRate, 2 / (0.3 * 50)));
        QCOMPARE(plan.curve({2, 0.25, 0.9}).size(), std::size_t{2}); // nobody or all: never parted
        QCOMPARE(plan.ofContacts(999, {}).contacted, std::size_t{0});
    }

    void tiesAreNeverParted()
    {
        const MadeUp users = madeUp(500, 3);
        for (const ContactOrder order : {ContactOrder::Risk, ContactOrder::Stake}) {
            const ContactPlan plan = planOf(users, order);
            std::set<std::size_t> whole{0};
            for (std::size_t i = 0; i < users.user.size(); ++i) {
                const auto score = [&](std::size_t k) {
                    return order == ContactOrder::Risk ? users.risk[k]
                                                       : users.risk[k] * users.value[k];
                };
                std::size_t count = 0;
                for (std::size_t k = 0; k < users.user.size(); ++k) {
                    count += score(k) >= score(i) ? 1U : 0U;
                }
                QCOMPARE(plan.atThreshold(score(i), {}).contacted, count);
                whole.insert(count);
            }
            for (std::size_t most = 0; most <= users.user.size() + 1; ++most) {
                const std::size_t contacted = plan.ofContacts(most, {}).contacted;
                QVERIFY(whole.contains(contacted) && contacted <= most);
                QCOMPARE(contacted, *std::prev(whole.upper_bound(most)));
            }
        }
    }

    void countsAndSumsAreMonotone()
    {
        const MadeUp users = madeUp(400, 5);
        const ContactPlan plan = planOf(users);
        const ContactTerms terms{1.5, 0.3, 0.9};
        ContactOutcome before = plan.atThreshold(2, terms);
        QCOMPARE(before.contacted, std::size_t{0});
        for (double threshold = 1; threshold >= -0.05; threshold -= 0.01) {
            const ContactOutcome now = plan.atThreshold(threshold, terms);
            QVERIFY(now.contacted >= before.contacted);
            QVERIFY(now.saved >= before.saved && now.leavers >= before.leavers);
            double leavers = 0, stake = 0;
            for (std::size_t i = 0; i < users.user.size(); ++i) {
                const bool in = users.risk[i] >= threshold;
                leavers += in ? users.risk[i] : 0;
                stake += in ? users.risk[i] * users.value[i] : 0;
            }
            QVERIFY(close(now.leavers, leavers) && close(now.atStake, stake));
            QVERIFY(close(now.saved - now.cost, now.net));
            QVERIFY(now.savedInterval.contains(now.saved));
            before = now;
        }
        QCOMPARE(before.contacted, users.user.size());
    }

    /// Against every threshold that there is, at many terms.
    void bestIsTheBestOfAll()
    {
        for (const ContactOrder order : {ContactOrder::Risk, ContactOrder::Stake}) {
            const ContactPlan plan = planOf(madeUp(300, 7), order);
            for (const double cost : {0.0, 0.5, 2.0, 10.0, 60.0, 1e6}) {
                for (const double rate : {0.0, 0.01, 0.2, 1.0}) {
                    const ContactTerms terms{cost, rate, 0.9};
                    const ContactOutcome best = plan.best(terms);
                    double most = 0;
                    for (std::size_t n = 0; n <= plan.users(); ++n) {
                        most = std::max(most, plan.ofContacts(n, terms).net);
                    }
                    QVERIFY2(close(best.net, most),
                             qPrintable(QString("%1 %2").arg(best.net).arg(most)));
                    QVERIFY(best.net >= 0);
                }
            }
        }
    }

    void nothingToPayNothingToGain()
    {
        const ContactPlan plan = planOf(madeUp(200, 9));
        const ContactOutcome free = plan.best({0, 0.1, 0.9});
        QVERIFY(close(free.saved, plan.atThreshold(0, {0, 0.1, 0.9}).saved));
        QCOMPARE(*free.breakEvenSaveRate, 0.0);
        const ContactOutcome useless = plan.best({1, 0, 0.9});
        QCOMPARE(useless.contacted, std::size_t{0});
        QVERIFY(!useless.threshold && !useless.breakEvenSaveRate);
        const ContactOutcome forced = plan.atThreshold(0.5, {1, 0, 0.9});
        QVERIFY(forced.contacted > 0 && forced.saved == 0);
        QCOMPARE(forced.savedInterval.upper, 0.0);
        QVERIFY(forced.net == -forced.cost);
        QCOMPARE(plan.best({0, 0, 0.9}).contacted, std::size_t{0}); // the fewest of equal ones
    }

    void budgets()
    {
        const ContactPlan plan = planOf({{1, 2, 3, 4}, {0.9, 0.5, 0.5, 0.1}, {100, 40, 20, 1000}});
        const ContactTerms terms{3, 0.2, 0.9};
        QCOMPARE(plan.withinBudget(2.99, terms).contacted, std::size_t{0});
        QCOMPARE(plan.withinBudget(3, terms).contacted, std::size_t{1});
        QCOMPARE(plan.withinBudget(8.99, terms).contacted, std::size_t{1});
        QCOMPARE(plan.withinBudget(9, terms).contacted, std::size_t{3});
        QCOMPARE(plan.withinBudget(1e300, terms).contacted, std::size_t{4});
        QCOMPARE(plan.withinBudget(std::numeric_limits<double>::infinity(), terms).contacted,
                 std::size_t{4});
        QCOMPARE(plan.withinBudget(0, {0, 0.2, 0.9}).contacted, std::size_t{4});
        QCOMPARE(plan.withinBudget(-1, terms).contacted, std::size_t{0});
        QCOMPARE(plan.withinBudget(std::nan(""), terms).contacted, std::size_t{0});
        QCOMPARE(plan.atThreshold(std::nan(""), terms).contacted, std::size_t{0});
    }

    void theCurve()
    {
        Rng rng(1, 2);
        MadeUp users;
        for (int i = 0; i < 5000; ++i) {
            users.user.push_back(i);
            users.risk.push_back(rng.uniform());
            users.value.push_back(10);
        }
        const ContactPlan plan = planOf(users);
        for (const std::size_t points : {1UL, 7UL, 200UL, 5000UL, 9000UL}) {
            const auto curve = plan.curve({1, 0.5, 0.9}, points);
            QCOMPARE(curve.size(), std::min(points, std::size_t{5000}) + 1);
            QCOMPARE(curve.front().contacted, std::size_t{0});
            QCOMPARE(curve.back().contacted, std::size_t{5000});
            for (std::size_t k = 1; k < curve.size(); ++k) {
                QVERIFY(curve[k].contacted > curve[k - 1].contacted);
                QCOMPARE(plan.atThreshold(*curve[k].threshold, {1, 0.5, 0.9}).net, curve[k].net);
            }
        }
    }

    /// The interval holds nine tenths of what luck makes of a campaign.
    void theIntervalCoversLuck()
    {
        const MadeUp users = madeUp(300, 11);
        const ContactOutcome outcome = planOf(users).atThreshold(0.4, {1, 0.3, 0.9});
        int inside = 0;
        constexpr int kCampaigns = 4000;
        for (int c = 0; c < kCampaigns; ++c) {
            Rng rng(21, static_cast<std::uint64_t>(c));
            double saved = 0;
            for (std::size_t i = 0; i < users.user.size(); ++i) {
                const bool leaves = rng.uniform() < users.risk[i];
                const bool isKept = rng.uniform() < 0.3;
                saved += users.risk[i] >= 0.4 && leaves && isKept ? users.value[i] : 0;
            }
            inside += outcome.savedInterval.contains(saved) ? 1 : 0;
        }
        QVERIFY2(std::abs(inside / double(kCampaigns) - 0.9) < 0.015,
                 qPrintable(QString::number(inside)));
    }

    void nobodyAndOne()
    {
        const ContactPlan none = *ContactPlan::of({}, {}, {}, ContactOrder::Risk);
        QCOMPARE(none.best({0, 1, 0.9}).contacted, std::size_t{0});
        QCOMPARE(none.atThreshold(0, {}).net, 0.0);
        QCOMPARE(none.curve({}).size(), std::size_t{1});
        QCOMPARE(none.withinBudget(5, {}).contacted, std::size_t{0});
        const ContactPlan one = planOf({{7}, {1.0}, {0.0}});
        QCOMPARE(one.atThreshold(1, {1, 1, 0.9}).contacted, std::size_t{1});
        QVERIFY(!one.atThreshold(1, {1, 1, 0.9}).breakEvenSaveRate); // nothing at stake
        QCOMPARE(one.best({1, 1, 0.9}).contacted, std::size_t{0});
    }

    void refuses()
    {
        const std::vector<std::int64_t> user{1, 2};
        const auto where = [&](std::vector<double> risk, std::vector<double> value) {
            const auto plan = ContactPlan::of(user, risk, value, ContactOrder::Risk);
            return plan.ok() ? std::string() : plan.error().where + " " + plan.error().detail;
        };
        const double nan = std::nan("");
        QCOMPARE(where({0.5, nan}, {1, 1}), std::string("risk 1"));
        QCOMPARE(where({1.01, 0}, {1, 1}), std::string("risk 0"));
        QCOMPARE(where({0.5, 0.5}, {1, -1}), std::string("value 1"));
        QCOMPARE(where({0.5, 0.5}, {nan, 1}), std::string("value 0"));
        QCOMPARE(where({0.5}, {1, 1}), std::string("users lengths"));
        QCOMPARE(checkTerms({-1, 0.1, 0.9}).error().where, std::string("cost"));
        QCOMPARE(checkTerms({nan, 0.1, 0.9}).error().where, std::string("cost"));
        QCOMPARE(checkTerms({1, 1.1, 0.9}).error().where, std::string("save_rate"));
        QCOMPARE(checkTerms({1, 0.1, 1}).error().where, std::string("level"));
        QVERIFY(checkTerms({0, 0, 0.5}).ok());
        QCOMPARE(*contactOrderFromName("stake"), ContactOrder::Stake);
        QVERIFY(!contactOrderFromName("luck"));
    }
};

QTEST_APPLESS_MAIN(TestContactPlan)
#include "tst_contact_plan.moc"
