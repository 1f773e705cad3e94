#include "core/behavior/judge.h"
#include "core/project/database.h"
#include "core/project/run_store.h"
#include "core/tuning/retrain.h"
#include "tests/core/behavior/trained_ensemble.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace perennial;
using namespace perennial::test;

class TestEnsembleRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void membersAreSingleRuns();
    void validationIsOfTheMeans();
    void averagingLosesNothing();
    void judgedAsMeasured();
    void besideASingleRun();
    void damagedMembers();

private:
    Project &project() { return m_runs->project(); }

    std::optional<TrainedEnsemble> m_runs;
};

void TestEnsembleRun::initTestCase()
{
    m_runs.emplace();
    const TrainReport &report = m_runs->all.report;
    QVERIFY(report.nextItemTrained && report.clickTrained && report.valueTrained &&
            report.returnTrained && report.churnTrained);
}

void TestEnsembleRun::membersAreSingleRuns()
{
    const auto stored = *readWeights(project(), m_runs->all.report.run);
    const auto epochs = *readEpochs(project(), m_runs->all.report.run);
    QCOMPARE(m_runs->all.report.members.size(), std::size_t{kMembers});
    int before = 0;
    std::int64_t parameters = 0, sequences = 0;
    for (int k = 0; k < kMembers; ++k) {
        const TrainReport &single = m_runs->single[k].report;
        const MemberReport &member = m_runs->all.report.members[static_cast<std::size_t>(k)];
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
                m_runs->all.report.epochs[static_cast<std::size_t>(before + epoch - 1)];
            QCOMPARE(report.epoch, before + epoch);
            QCOMPARE(report.member, k + 1);
            QCOMPARE(report.best, single.epochs[static_cast<std::size_t>(epoch - 1)].best);
        }
        before += member.epochs;
        parameters += single.parameters;
        sequences += single.sequences;
    }
    QCOMPARE(m_runs->all.report.parameters, parameters);
    QCOMPARE(m_runs->all.report.sequences, sequences);
    QCOMPARE(m_runs->all.report.epochs.size(), static_cast<std::size_t>(before));
    // what is read of the record is what was reported
    const auto read = trainReportFromRun(project(), m_runs->all.report.run);
    QCOMPARE(read->bestEpoch, m_runs->all.report.bestEpoch);
    QCOMPARE(read->members.size(), std::size_t{kMembers});
    QVERIFY(read->members[1].metrics.ndcg10 == m_runs->all.report.members[1].metrics.ndcg10);
    for (std::size_t k = 0; k < read->epochs.size(); ++k) {
        QCOMPARE(read->epochs[k].member, m_runs->all.report.epochs[k].member);
        QCOMPARE(read->epochs[k].best, m_runs->all.report.epochs[k].best);
    }
    QVERIFY(trainReportFromRun(project(), m_runs->single[0].report.run)->members.empty());
    QCOMPARE(readChampion(project(), "behavior")->id, m_runs->all.report.run);
}

void TestEnsembleRun::validationIsOfTheMeans()
{
    QCOMPARE(m_runs->all.rows.size(), m_runs->single[0].rows.size());
    for (std::size_t u = 0; u < m_runs->all.rows.size(); ++u) {
        const ValidationRow &row = m_runs->all.rows[u];
        const auto mean = [&](auto answer) {
            return meanOf({answer(m_runs->single[0].rows[u]), answer(m_runs->single[1].rows[u]),
                           answer(m_runs->single[2].rows[u])});
        };
        QCOMPARE(row.user, m_runs->single[0].rows[u].user);
        QVERIFY(near(row.pChurn, mean([](const ValidationRow &r) { return r.pChurn; })));
        QVERIFY(near(row.pClick, mean([](const ValidationRow &r) { return r.pClick; })));
        QVERIFY(near(row.expectedValue,
                     mean([](const ValidationRow &r) { return r.expectedValue; })));
        QVERIFY(near(row.pReturn[1], mean([](const ValidationRow &r) { return r.pReturn[1]; })));
    }
    for (std::size_t u = 0; u < kAsked; ++u) {
        const auto &mine = m_runs->all.itemScores[u];
        for (std::size_t id = 1; id < mine.size(); ++id) {
            QVERIFY(near(mine[id],
                         logMean({m_runs->single[0].itemScores[u][id],
                                  m_runs->single[1].itemScores[u][id],
                                  m_runs->single[2].itemScores[u][id]}),
                         2e-6));
        }
        const ValidationRow &row = m_runs->all.rows[u];
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
void TestEnsembleRun::averagingLosesNothing()
{
    using Loss = std::optional<double> BehaviorMetrics::*;
    for (const Loss loss : {&BehaviorMetrics::churnLogLoss, &BehaviorMetrics::purchaseLogLoss,
                            &BehaviorMetrics::clickLogLoss}) {
        double mean = 0, least = INFINITY;
        for (const MemberReport &member : m_runs->all.report.members) {
            mean += *(member.metrics.*loss) / kMembers;
            least = std::min(least, *(member.metrics.*loss));
        }
        QVERIFY(*(m_runs->all.report.metrics.*loss) <= mean + 1e-12);
        QVERIFY(*(m_runs->all.report.metrics.*loss) > 0 && least > 0);
    }
    double all = 0, mean = 0;
    for (std::size_t u = 0; u < kAsked; ++u) {
        const auto item = static_cast<std::size_t>(m_runs->all.rows[u].nextItem);
        all -= item > 0 ? double{m_runs->all.itemScores[u][item]} : 0.0;
        for (const Trained &single : m_runs->single) {
            mean -= item > 0 ? double{single.itemScores[u][item]} / kMembers : 0.0;
        }
    }
    QVERIFY(all > 0 && all < mean);
}

// Without a refit the weights are those of the cut.
void TestEnsembleRun::judgedAsMeasured()
{
    const auto judged = judgeRun(project(), m_runs->all.report.run, m_runs->all.report.split, {});
    QVERIFY2(judged.ok(), judged ? "" : judged.error().detail.c_str());
    const BehaviorMetrics &mine = m_runs->all.report.metrics, &again = judged->metrics;
    QVERIFY(near(*again.hr10, *mine.hr10) && near(*again.mrrNew, *mine.mrrNew));
    QVERIFY(near(*again.churnLogLoss, *mine.churnLogLoss));
    QVERIFY(near(*again.valueMae, *mine.valueMae, 1e-9));
    QVERIFY(near(*again.clickLogLoss, *mine.clickLogLoss));
}

void TestEnsembleRun::besideASingleRun()
{
    const std::int64_t single = m_runs->single[0].report.run, all = m_runs->all.report.run;
    const auto difference = differenceOf(project(), single, all, 5, {});
    QVERIFY2(difference.ok(), difference ? "" : difference.error().detail.c_str());
    QVERIFY(difference->oldJudged && difference->scored > 100 && difference->churnAgreement);
    const auto back = differenceOf(project(), all, single, 5, {});
    QVERIFY(back.ok() && back->oldJudged);
    QVERIFY(setChampion(project(), single).ok());
    QCOMPARE(BehaviorModel::load(project(), 0, kDays, {})->run().id, single);
    QVERIFY(setChampion(project(), all).ok());
}

void TestEnsembleRun::damagedMembers()
{
    Database &database = project().database();
    const std::string mine = "run_id = " + std::to_string(m_runs->all.report.run);
    const auto codeOf = [&] {
        const auto scores = scoreBehavior(project(), m_runs->all.report.run, kDays, {});
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
    const auto judged = judgeRun(project(), m_runs->all.report.run, m_runs->all.report.split, {});
    QVERIFY(!judged && judged.error().code == ErrorCode::Damaged);
    restore();
    database.execute("DELETE FROM run_weight WHERE " + at);
    QCOMPARE(codeOf(), std::string("norm.weight"));
    restore();
    database.execute("UPDATE run_weight SET name = 'member.4/norm.weight' WHERE " + at);
    QCOMPARE(codeOf(), std::string("member.4/norm.weight")); // a name is part of the hash
    restore();
    // more or fewer members than there are
    const auto claim = [&](int members) {
        database.execute("UPDATE model_run SET config = json_set(config, '$.ensemble', " +
                         std::to_string(members) +
                         ") WHERE id = " + std::to_string(m_runs->all.report.run));
    };
    for (const int members : {4, 1}) {
        claim(members);
        QVERIFY(!scoreBehavior(project(), m_runs->all.report.run, kDays, {}));
    }
    claim(kMembers);
    QCOMPARE(codeOf(), std::string("scored"));
}

QTEST_GUILESS_MAIN(TestEnsembleRun)
#include "tst_ensemble_run.moc"
