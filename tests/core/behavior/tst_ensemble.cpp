#include "core/behavior/return_time.h"
#include "tests/core/behavior/trained_ensemble.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Against a full sort of all items' scores.
void verifyBestItems(const BehaviorModel &model, int most)
{
    std::vector<std::int64_t> users(150); // more than are sought together
    std::iota(users.begin(), users.end(), 1);
    std::vector<std::vector<std::int32_t>> hidden(users.size());
    const auto half = static_cast<std::size_t>(model.catalog().rows() / 2);
    for (std::size_t u = 0; u < users.size(); u += 2) {
        hidden[u] = {0, 3, 11};
        if (u % 4 == 0) { // the frequent ones, so that the best are anywhere among the others
            hidden[u].resize(half);
            std::iota(hidden[u].begin(), hidden[u].end(), 0);
        }
    }
    const auto scores = *model.itemScores(users);
    const auto lists = model.bestItems(users, most, hidden);
    QVERIFY(lists.ok());
    for (std::size_t u = 0; u < users.size(); ++u) {
        const auto &logs = scores[u].logProbability;
        std::vector<std::int32_t> order;
        for (std::int32_t i = 0; i < std::ssize(logs); ++i) {
            if (!std::ranges::binary_search(hidden[u], i)) {
                order.push_back(i);
            }
        }
        std::ranges::stable_sort(order, [&](std::int32_t a, std::int32_t b) {
            return logs[static_cast<std::size_t>(a)] > logs[static_cast<std::size_t>(b)];
        });
        QCOMPARE((*lists)[u].size(), std::min(static_cast<std::size_t>(most), order.size()));
        for (std::size_t k = 0; k < (*lists)[u].size(); ++k) {
            const BehaviorModel::BestItem &found = (*lists)[u][k];
            const auto at = static_cast<std::size_t>(found.position);
            QVERIFY(near(found.logProbability, logs[at], 3e-6)); // equal ones may change places
            QVERIFY(near(logs[at], logs[static_cast<std::size_t>(order[k])], 3e-6));
            QVERIFY(near(found.cosine, scores[u].cosine[at], 1e-6));
        }
    }
}

} // namespace

class TestEnsemble : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void scoresAreTheMembersMeans();
    void itemsByTheMeanProbability();
    void bestItemsAreThoseOfASort();
    void bestOfManyItems();
    void spreadOverMembers();
    void partsLeftOut();
    void meanOfReturnCurves();

private:
    Project &project() { return m_runs->project(); }
    BehaviorModel modelOf(const Trained &of) { return m_runs->modelOf(of); }
    std::vector<BehaviorModel> singleModels()
    {
        std::vector<BehaviorModel> models;
        for (const Trained &single : m_runs->single) {
            models.push_back(modelOf(single));
        }
        return models;
    }

    std::optional<TrainedEnsemble> m_runs;
};

void TestEnsemble::initTestCase()
{
    m_runs.emplace();
    const TrainReport &report = m_runs->all.report;
    QVERIFY(report.nextItemTrained && report.clickTrained && report.valueTrained &&
            report.returnTrained && report.churnTrained);
}

void TestEnsemble::scoresAreTheMembersMeans()
{
    const auto all = *scoreBehavior(project(), m_runs->all.report.run, kDays, {});
    std::vector<BehaviorScore> one[kMembers];
    for (int k = 0; k < kMembers; ++k) {
        one[k] = *scoreBehavior(project(), m_runs->single[k].report.run, kDays, {});
    }
    QVERIFY(all.size() > 100);
    bool apart = false;
    for (std::size_t u = 0; u < all.size(); ++u) {
        const auto mean = [&](std::optional<double> BehaviorScore::*answer) {
            return meanOf({*(one[0][u].*answer), *(one[1][u].*answer), *(one[2][u].*answer)});
        };
        for (const auto answer : {&BehaviorScore::pChurn, &BehaviorScore::pPurchase,
                                  &BehaviorScore::expectedValue, &BehaviorScore::pClick,
                                  &BehaviorScore::pReturn, &BehaviorScore::expectedReturnDays}) {
            QVERIFY(all[u].*answer);
            QVERIFY(near(*(all[u].*answer), mean(answer)));
        }
        QCOMPARE(*all[u].pPurchase, 1 - *all[u].pChurn);
        apart = apart || *one[0][u].pChurn != *one[1][u].pChurn;
        // the median of all lies among the members'
        const auto median = [&](int k) { return one[k][u].medianReturnDays.value_or(1e9); };
        const double mine = all[u].medianReturnDays.value_or(1e9);
        QVERIFY(mine >= std::min({median(0), median(1), median(2)}) &&
                mine <= std::max({median(0), median(1), median(2)}));
    }
    QVERIFY(apart);
}

void TestEnsemble::itemsByTheMeanProbability()
{
    const BehaviorModel all = modelOf(m_runs->all);
    const std::vector<BehaviorModel> one = singleModels();
    const std::int64_t users[] = {1, 7, 40, 90};
    const auto scores = *all.itemScores(users);
    const std::vector<BehaviorModel::ItemScores> each[] = {
        *one[0].itemScores(users), *one[1].itemScores(users), *one[2].itemScores(users)};
    for (std::size_t u = 0; u < scores.size(); ++u) {
        double total = 0;
        for (std::size_t i = 0; i < scores[u].logProbability.size(); ++i) {
            const auto log = [&](int k) { return each[k][u].logProbability[i]; };
            const auto cosine = [&](int k) { return double{each[k][u].cosine[i]}; };
            QVERIFY(near(scores[u].logProbability[i], logMean({log(0), log(1), log(2)}), 2e-6));
            QVERIFY(near(scores[u].cosine[i], meanOf({cosine(0), cosine(1), cosine(2)}), 1e-6));
            total += std::exp(double{scores[u].logProbability[i]});
        }
        QVERIFY(near(total, 1, 1e-5));
    }
}

void TestEnsemble::bestItemsAreThoseOfASort()
{
    const BehaviorModel all = modelOf(m_runs->all);
    for (const int most : {0, 1, 10, 50, 500}) {
        verifyBestItems(all, most);
    }
}

// More than are looked at together, so that most are left out by a bound.
void TestEnsemble::bestOfManyItems()
{
    ProjectFixture fixture;
    fixture.add(shopEvents(700, 5000));
    BehaviorConfig config = smallConfig(4, 2);
    config.epochs = 1;
    const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY(report.ok());
    const auto all = BehaviorModel::load(fixture.project(), report->run, kDays, {});
    QVERIFY(all.ok() && all->catalog().rows() > 2048);
    for (const int most : {1, 10, 300}) {
        verifyBestItems(*all, most);
    }
}

void TestEnsemble::spreadOverMembers()
{
    const BehaviorModel all = modelOf(m_runs->all);
    const std::vector<BehaviorModel> one = singleModels();
    for (const std::int64_t user : {1, 30, 77}) {
        const auto told = all.explain(user);
        QVERIFY(told.ok() && told->spread);
        QCOMPARE(told->spread->members, kMembers);
        const auto deviation = [&](std::optional<double> BehaviorScore::*answer) {
            double sum = 0, squares = 0;
            for (const BehaviorModel &model : one) {
                const double x = *((*model.scores({user, user}, {}))[0].*answer);
                sum += x;
                squares += x * x;
            }
            return std::sqrt(std::max(0.0, (squares - sum * sum / 3) / 2));
        };
        QVERIFY(near(*told->spread->pChurn, deviation(&BehaviorScore::pChurn), 1e-7));
        QVERIFY(near(*told->spread->pPurchase, deviation(&BehaviorScore::pPurchase), 1e-7));
        QVERIFY(near(*told->spread->expectedValue, deviation(&BehaviorScore::expectedValue), 1e-5));
        QVERIFY(*told->spread->pChurn > 0);
        QVERIFY(!one[0].explain(user)->spread);
    }
}

void TestEnsemble::partsLeftOut()
{
    const BehaviorModel all = modelOf(m_runs->all);
    const std::vector<BehaviorModel> one = singleModels();
    const std::int64_t user = 30;
    const auto told = *all.explain(user);
    const BehaviorModel::Explanation each[] = {*one[0].explain(user), *one[1].explain(user),
                                               *one[2].explain(user)};
    QVERIFY(!told.events.empty() && told.events.size() == each[0].events.size());
    QVERIFY(near(*told.pChurn, *(*all.scores({user, user}, {}))[0].pChurn, 1e-6));
    for (std::size_t k = 0; k < told.events.size(); ++k) {
        QVERIFY(near(*told.events[k].pChurn,
                     meanOf({*each[0].events[k].pChurn, *each[1].events[k].pChurn,
                             *each[2].events[k].pChurn}), 1e-12));
        QVERIFY(near(*told.events[k].attention,
                     meanOf({*each[0].events[k].attention, *each[1].events[k].attention,
                             *each[2].events[k].attention}), 1e-9));
    }
    // an item's reasons are differences of its mean probability's logarithm
    const std::int64_t position = 5;
    const auto left = *all.leaveOneOut(user, std::span(&position, 1));
    const float whole = (*all.itemScores(std::span(&user, 1)))[0].logProbability[5];
    QCOMPARE(left.size(), told.events.size());
    for (std::size_t k = 0; k < left.size(); ++k) {
        float without[kMembers];
        for (std::size_t m = 0; m < kMembers; ++m) {
            const BehaviorModel &model = one[m];
            const auto its = *model.leaveOneOut(user, std::span(&position, 1));
            without[m] = (*model.itemScores(std::span(&user, 1)))[0].logProbability[5] -
                         its[k].lost[0];
        }
        QVERIFY(near(left[k].lost[0], whole - logMean({without[0], without[1], without[2]}), 1e-5));
    }
}

void TestEnsemble::meanOfReturnCurves()
{
    std::array<double, kReturnStretches> often{}, never{}, seldom{};
    for (std::size_t k = 0; k < kReturnStretches; ++k) {
        const double days = kReturnEdges[k + 1] - kReturnEdges[k];
        often[k] = days * std::log(2.0);        // half of who is left, every day
        seldom[k] = days * std::log(2.0) / 100; // every hundred days
    }
    const ReturnCurve fast(often, 90), slow(seldom, 90), none(never, 90);
    const ReturnMixture one({slow});
    QCOMPARE(one.within(50), slow.within(50));
    QVERIFY(one.median() == slow.median());
    QCOMPARE(one.meanWithin(60), slow.meanWithin(60));
    const ReturnMixture two({fast, slow});
    QVERIFY(near(two.within(3), (1 - 0.125 + 1 - std::pow(2, -0.03)) / 2));
    QVERIFY(near(two.meanWithin(30), (fast.meanWithin(30) + slow.meanWithin(30)) / 2));
    // ½ (2^−t + 2^(−t/100)) first falls to ½ on day 6: 2^−6 + 2^−.06 = .975, 2^−5 + 2^−.05 = .997
    // is below 1 already on day 5, 2^−4 + 2^−.04 = 1.035 is not
    QCOMPARE(*two.median(), 5.0);
    QCOMPARE(*ReturnMixture({fast, fast, fast}).median(), *fast.median());
    QCOMPARE(*ReturnMixture({slow, slow}).median(), *slow.median());
    QCOMPARE(*ReturnMixture({fast, fast, none}).median(), 2.0); // ⅓ · 2^−t·2 + ⅓ <= ½ from t = 2 on
    QVERIFY(!ReturnMixture({none, none}).median());
    QVERIFY(!ReturnMixture({fast, none, none}).median());
}

QTEST_GUILESS_MAIN(TestEnsemble)
#include "tst_ensemble.moc"
