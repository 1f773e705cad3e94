#include "core/behavior/judge.h"
#include "core/behavior/model.h"
#include "core/behavior/return_time.h"
#include "core/behavior/train.h"
#include "core/project/database.h"
#include "core/project/run_store.h"
#include "core/tuning/retrain.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kDays = 160;
constexpr int kMembers = 3;

BehaviorConfig smallConfig(std::int64_t seed, int members)
{
    BehaviorConfig config;
    config.device = "cpu";
    config.seed = seed;
    config.ensemble = members;
    config.horizonDays = 45;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 2;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    return config;
}

/// Customers who look before they buy, at most times.
std::vector<PlainEvent> shopEvents()
{
    Rng rng(9);
    std::vector<PlainEvent> events;
    for (const PlainEvent &bought : customerEvents(220, kDays, true)) {
        PlainEvent event = bought;
        event.item = "i" + std::to_string(rng.below(50));
        if (rng.below(3) > 0) {
            PlainEvent seen = event;
            seen.kind = EventKind::View;
            seen.at -= 3600 * (1 + rng.below(60));
            seen.amount = 0;
            events.push_back(seen);
        }
        events.push_back(event);
    }
    std::erase_if(events, [](const PlainEvent &event) { return event.at < 0; });
    return events;
}

/// A training and what it said of the validation window.
struct Trained {
    TrainReport report;
    std::vector<ValidationRow> rows;
    std::vector<std::vector<float>> itemScores; ///< of the first users
};

constexpr std::size_t kAsked = 30;

Trained trained(Project &project, const BehaviorConfig &config)
{
    Trained made;
    TrainHooks hooks;
    hooks.onValidated = [&](const ValidationSet &set) -> Result<std::string> {
        made.rows = set.rows;
        std::vector<std::int64_t> users;
        for (std::size_t k = 0; k < kAsked; ++k) {
            users.push_back(set.rows[k].user);
        }
        made.itemScores = *set.itemScores(users);
        return std::string("{}");
    };
    made.report = trainBehaviorModel(project, config, hooks, {}).value();
    return made;
}

double meanOf(std::initializer_list<double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double logMean(std::initializer_list<float> logs)
{
    double sum = 0;
    for (const float log : logs) {
        sum += std::exp(static_cast<double>(log));
    }
    return std::log(sum / static_cast<double>(logs.size()));
}

bool near(double a, double b, double tolerance = 1e-12)
{
    return a == b || std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

} // namespace

class TestEnsemble : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void membersAreSingleRuns();
    void scoresAreTheMembersMeans();
    void itemsByTheMeanProbability();
    void bestItemsAreThoseOfASort();
    void validationIsOfTheMeans();
    void averagingLosesNothing();
    void judgedAsMeasured();
    void spreadOverMembers();
    void partsLeftOut();
    void besideASingleRun();
    void damagedMembers();
    void meanOfReturnCurves();

private:
    Project &project() { return m_fixture.project(); }
    BehaviorModel modelOf(const Trained &of)
    {
        return BehaviorModel::load(project(), of.report.run, of.report.split.until, {}).value();
    }

    ProjectFixture m_fixture;
    Trained m_single[kMembers], m_all;
};

void TestEnsemble::initTestCase()
{
    m_fixture.add(shopEvents());
    for (int k = 0; k < kMembers; ++k) {
        m_single[k] = trained(project(), smallConfig(4 + k, 1));
    }
    m_all = trained(project(), smallConfig(4, kMembers));
    QVERIFY(m_all.report.nextItemTrained && m_all.report.clickTrained && m_all.report.valueTrained &&
            m_all.report.returnTrained && m_all.report.churnTrained);
}

void TestEnsemble::membersAreSingleRuns()
{
    const auto stored = *readWeights(project(), m_all.report.run);
    const auto epochs = *readEpochs(project(), m_all.report.run);
    QCOMPARE(m_all.report.members.size(), std::size_t{kMembers});
    int before = 0;
    std::int64_t parameters = 0, sequences = 0;
    for (int k = 0; k < kMembers; ++k) {
        const TrainReport &single = m_single[k].report;
        const MemberReport &member = m_all.report.members[static_cast<std::size_t>(k)];
        const std::string prefix = "member." + std::to_string(k + 1) + "/";
        for (const WeightBlob &blob : *readWeights(project(), single.run)) {
            const bool shared = blob.name.starts_with("vocabulary.") ||
                                blob.name.starts_with("summary.") || blob.name == "value.bounds";
            const std::string name = shared ? blob.name : prefix + blob.name;
            const auto found = std::ranges::find(stored, name, &WeightBlob::name);
            QVERIFY2(found != stored.end(), name.c_str());
            QVERIFY2(found->data == blob.data && found->shape == blob.shape, name.c_str());
        }
        QCOMPARE(member.seed, 4 + k);
        QCOMPARE(member.bestEpoch, single.bestEpoch);
        QCOMPARE(member.epochs, static_cast<int>(single.epochs.size()));
        QVERIFY(member.metrics.hr10 == single.metrics.hr10 &&
                member.metrics.mrrNew == single.metrics.mrrNew &&
                member.metrics.churnLogLoss == single.metrics.churnLogLoss &&
                member.metrics.valueMae == single.metrics.valueMae &&
                member.metrics.clickAuc == single.metrics.clickAuc &&
                member.metrics.returnConcordance == single.metrics.returnConcordance);
        for (const EpochMetric &row : *readEpochs(project(), single.run)) {
            const bool timing = row.name == "seconds" || row.name == "sequences_per_second";
            QVERIFY2(timing || std::ranges::any_of(epochs, [&](const EpochMetric &one) {
                         return one.epoch == before + row.epoch && one.name == row.name &&
                                one.value == row.value;
                     }), row.name.c_str());
        }
        for (int epoch = 1; epoch <= member.epochs; ++epoch) {
            const EpochReport &report =
                m_all.report.epochs[static_cast<std::size_t>(before + epoch - 1)];
            QCOMPARE(report.epoch, before + epoch);
            QCOMPARE(report.member, k + 1);
            QCOMPARE(report.best, single.epochs[static_cast<std::size_t>(epoch - 1)].best);
        }
        before += member.epochs;
        parameters += single.parameters;
        sequences += single.sequences;
    }
    QCOMPARE(m_all.report.parameters, parameters);
    QCOMPARE(m_all.report.sequences, sequences);
    QCOMPARE(m_all.report.epochs.size(), static_cast<std::size_t>(before));
    // what is read of the record is what was reported
    const auto read = trainReportFromRun(project(), m_all.report.run);
    QCOMPARE(read->bestEpoch, m_all.report.bestEpoch);
    QCOMPARE(read->members.size(), std::size_t{kMembers});
    QVERIFY(read->members[1].metrics.ndcg10 == m_all.report.members[1].metrics.ndcg10);
    for (std::size_t k = 0; k < read->epochs.size(); ++k) {
        QCOMPARE(read->epochs[k].member, m_all.report.epochs[k].member);
        QCOMPARE(read->epochs[k].best, m_all.report.epochs[k].best);
    }
    QVERIFY(trainReportFromRun(project(), m_single[0].report.run)->members.empty());
    QCOMPARE(readChampion(project(), "behavior")->id, m_all.report.run);
}

void TestEnsemble::scoresAreTheMembersMeans()
{
    const auto all = *scoreBehavior(project(), m_all.report.run, kDays, {});
    std::vector<BehaviorScore> one[kMembers];
    for (int k = 0; k < kMembers; ++k) {
        one[k] = *scoreBehavior(project(), m_single[k].report.run, kDays, {});
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
    const BehaviorModel all = modelOf(m_all);
    const BehaviorModel one[] = {modelOf(m_single[0]), modelOf(m_single[1]), modelOf(m_single[2])};
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
    const BehaviorModel all = modelOf(m_all);
    std::vector<std::int64_t> users(150); // more than are sought together
    std::iota(users.begin(), users.end(), 1);
    std::vector<std::vector<std::int32_t>> hidden(users.size());
    for (std::size_t u = 0; u < users.size(); u += 2) {
        hidden[u] = {0, 3, 11};
    }
    const auto scores = *all.itemScores(users);
    for (const int most : {0, 1, 10, 50, 500}) {
        const auto lists = all.bestItems(users, most, hidden);
        QVERIFY(lists.ok());
        for (std::size_t u = 0; u < users.size(); ++u) {
            const auto &logs = scores[u].logProbability;
            std::vector<std::int32_t> order;
            for (std::int32_t i = 0; i < std::ssize(logs); ++i) {
                if (std::ranges::find(hidden[u], i) == hidden[u].end()) {
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
}

void TestEnsemble::validationIsOfTheMeans()
{
    QCOMPARE(m_all.rows.size(), m_single[0].rows.size());
    for (std::size_t u = 0; u < m_all.rows.size(); ++u) {
        const ValidationRow &row = m_all.rows[u];
        const auto mean = [&](auto answer) {
            return meanOf({answer(m_single[0].rows[u]), answer(m_single[1].rows[u]),
                           answer(m_single[2].rows[u])});
        };
        QCOMPARE(row.user, m_single[0].rows[u].user);
        QVERIFY(near(row.pChurn, mean([](const ValidationRow &r) { return r.pChurn; })));
        QVERIFY(near(row.pClick, mean([](const ValidationRow &r) { return r.pClick; })));
        QVERIFY(near(row.expectedValue, mean([](const ValidationRow &r) { return r.expectedValue; })));
        QVERIFY(near(row.pReturn[1], mean([](const ValidationRow &r) { return r.pReturn[1]; })));
    }
    for (std::size_t u = 0; u < kAsked; ++u) {
        const auto &mine = m_all.itemScores[u];
        for (std::size_t id = 1; id < mine.size(); ++id) {
            QVERIFY(near(mine[id],
                         logMean({m_single[0].itemScores[u][id], m_single[1].itemScores[u][id],
                                  m_single[2].itemScores[u][id]}),
                         2e-6));
        }
        const ValidationRow &row = m_all.rows[u];
        if (row.nextItem > 0) { // the rank is one among the mean probabilities
            double rank = 0.5;
            for (std::size_t id = 1; id < mine.size(); ++id) {
                const float its = mine[static_cast<std::size_t>(row.nextItem)];
                rank += mine[id] > its ? 1 : mine[id] == its ? 0.5 : 0;
            }
            QCOMPARE(row.rank, rank);
        }
    }
}

// Jensen: −log of a mean is at most the mean of −log.
void TestEnsemble::averagingLosesNothing()
{
    using Loss = std::optional<double> BehaviorMetrics::*;
    for (const Loss loss : {&BehaviorMetrics::churnLogLoss, &BehaviorMetrics::purchaseLogLoss,
                            &BehaviorMetrics::clickLogLoss}) {
        double mean = 0, least = INFINITY;
        for (const MemberReport &member : m_all.report.members) {
            mean += *(member.metrics.*loss) / kMembers;
            least = std::min(least, *(member.metrics.*loss));
        }
        QVERIFY(*(m_all.report.metrics.*loss) <= mean + 1e-12);
        QVERIFY(*(m_all.report.metrics.*loss) > 0 && least > 0);
    }
    double all = 0, mean = 0;
    for (std::size_t u = 0; u < kAsked; ++u) {
        const auto item = static_cast<std::size_t>(m_all.rows[u].nextItem);
        all -= item > 0 ? double{m_all.itemScores[u][item]} : 0.0;
        for (const Trained &single : m_single) {
            mean -= item > 0 ? double{single.itemScores[u][item]} / kMembers : 0.0;
        }
    }
    QVERIFY(all > 0 && all < mean);
}

// Without a refit the weights are those of the cut.
void TestEnsemble::judgedAsMeasured()
{
    const auto judged = judgeRun(project(), m_all.report.run, m_all.report.split, {});
    QVERIFY2(judged.ok(), judged ? "" : judged.error().detail.c_str());
    const BehaviorMetrics &mine = m_all.report.metrics, &again = judged->metrics;
    QVERIFY(near(*again.hr10, *mine.hr10) && near(*again.mrrNew, *mine.mrrNew));
    QVERIFY(near(*again.churnLogLoss, *mine.churnLogLoss));
    QVERIFY(near(*again.valueMae, *mine.valueMae, 1e-9));
    QVERIFY(near(*again.clickLogLoss, *mine.clickLogLoss));
}

void TestEnsemble::spreadOverMembers()
{
    const BehaviorModel all = modelOf(m_all);
    const BehaviorModel one[] = {modelOf(m_single[0]), modelOf(m_single[1]), modelOf(m_single[2])};
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
    const BehaviorModel all = modelOf(m_all);
    const BehaviorModel one[] = {modelOf(m_single[0]), modelOf(m_single[1]), modelOf(m_single[2])};
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
        for (int m = 0; m < kMembers; ++m) {
            const auto its = *one[m].leaveOneOut(user, std::span(&position, 1));
            without[m] = (*one[m].itemScores(std::span(&user, 1)))[0].logProbability[5] -
                         its[k].lost[0];
        }
        QVERIFY(near(left[k].lost[0], whole - logMean({without[0], without[1], without[2]}), 1e-5));
    }
}

void TestEnsemble::besideASingleRun()
{
    const auto difference =
        differenceOf(project(), m_single[0].report.run, m_all.report.run, 5, {});
    QVERIFY2(difference.ok(), difference ? "" : difference.error().detail.c_str());
    QVERIFY(difference->oldJudged && difference->scored > 100 && difference->churnAgreement);
    const auto back = differenceOf(project(), m_all.report.run, m_single[0].report.run, 5, {});
    QVERIFY(back.ok() && back->oldJudged);
    QVERIFY(setChampion(project(), m_single[0].report.run).ok());
    QCOMPARE(BehaviorModel::load(project(), 0, kDays, {})->run().id, m_single[0].report.run);
    QVERIFY(setChampion(project(), m_all.report.run).ok());
}

void TestEnsemble::damagedMembers()
{
    Database &database = project().database();
    const std::string mine = "run_id = " + std::to_string(m_all.report.run);
    const auto codeOf = [&] {
        const auto scores = scoreBehavior(project(), m_all.report.run, kDays, {});
        return scores ? std::string("scored") : scores.error().detail;
    };
    QCOMPARE(codeOf(), std::string("scored"));
    const std::string weight = "member.2/norm.weight", at = mine + " AND name = '" + weight + "'";
    database.execute("CREATE TEMP TABLE sound AS SELECT * FROM run_weight WHERE " + mine);
    const auto restore = [&] {
        database.execute("DELETE FROM run_weight WHERE " + mine +
                         "; INSERT INTO run_weight SELECT * FROM sound");
    };
    database.execute("UPDATE run_weight SET data = zeroblob(length(data)) WHERE " + at);
    QCOMPARE(codeOf(), weight); // the hash
    const auto judged = judgeRun(project(), m_all.report.run, m_all.report.split, {});
    QVERIFY(!judged && judged.error().code == ErrorCode::Damaged);
    restore();
    database.execute("DELETE FROM run_weight WHERE " + at);
    QCOMPARE(codeOf(), std::string("norm.weight"));
    restore();
    database.execute("UPDATE run_weight SET name = 'member.4/norm.weight' WHERE " + at);
    QCOMPARE(codeOf(), std::string("member.4/norm.weight")); // a name is part of the hash
    restore();
    // more or fewer members than there are
    for (const char *members : {"4", "1"}) {
        database.execute("UPDATE model_run SET config = json_set(config, '$.ensemble', " +
                         std::string(members) + ") WHERE id = " + std::to_string(m_all.report.run));
        QVERIFY2(!scoreBehavior(project(), m_all.report.run, kDays, {}), members);
    }
    database.execute("UPDATE model_run SET config = json_set(config, '$.ensemble', 3) WHERE id = " +
                     std::to_string(m_all.report.run));
    QCOMPARE(codeOf(), std::string("scored"));
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
