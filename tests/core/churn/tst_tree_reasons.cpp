#include "churn_shop.h"
#include "core/churn/tree_reasons.h"
#include "core/features/metrics.h"
#include "core/forecast/learned_features.h"
#include "core/project/truth_store.h"
#include "core/sample/sample_shop.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

class TestTreeReasons : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addUpToTheRisk()
    {
        const OrderHistory history = churnHistory(1500, 400, 1);
        const auto risk =
            *treeRisk(history, kChurnStart + 350, {60, Period::Week, false, 1}, Task());
        const TreeReasons reasons = *TreeReasons::of(risk);
        for (std::size_t i = 0; i < risk->risk.size(); i += 11) {
            const RiskReasons told = *reasons.reasons(risk->asked.user[i]);
            double sum = told.base;
            for (const RiskReason &reason : told.features) {
                sum += reason.contribution;
            }
            QVERIFY(std::abs(1 / (1 + std::exp(-sum)) - risk->risk[i]) < 1e-9);
            QCOMPARE(told.risk, risk->risk[i]);
            const double inGroups =
                std::accumulate(told.groups.begin(), told.groups.end(), told.base);
            QVERIFY(std::abs(inGroups - sum) < 1e-9);
            QVERIFY(std::ranges::is_sorted(
                told.features, std::ranges::greater(),
                [](const RiskReason &r) { return std::abs(r.contribution); }));
            const auto recency =
                std::ranges::find(told.features, "log_days_since_order", &RiskReason::column);
            QCOMPARE(recency->value, static_cast<double>(risk->asked.row(i)[1]));
            QCOMPARE(recency->group, ReasonGroup::Recency);
        }
        QCOMPARE(reasons.reasons(0).error().code, ErrorCode::UnknownUser);
        QCOMPARE(reasons.reasons(999'999).error().code, ErrorCode::UnknownUser);
    }

    void everyColumnHasAGroup()
    {
        const OrderHistory history = churnHistory(50, 100, 2);
        const Day at = kChurnStart + 90;
        const CustomerSummary customers = summarizeAt(history, {at, Period::Week, false});
        const FeatureMatrix features =
            learnedFeatures(history, customers, at, 30, *modelOpinion(customers, 30, Task()));
        for (const std::string &column : features.columns) {
            QVERIFY2(reasonGroupOf(column).ok(), column.c_str());
        }
        QCOMPARE(reasonGroupOf("shoe_size").error().code, ErrorCode::UnknownColumn);
        QCOMPARE(reasonGroupName(ReasonGroup::Spend), std::string_view("money"));
        QCOMPARE(reasonGroupName(ReasonGroup::Model), std::string_view("model"));
    }

    void treesOfAnOlderVersionHaveNone()
    {
        const OrderHistory history = churnHistory(600, 400, 3);
        TreeRisk risk =
            **treeRisk(history, kChurnStart + 350, {60, Period::Week, false, 1}, Task());
        risk.trees.forest.cover.clear();
        QCOMPARE(TreeReasons::of(std::make_shared<const TreeRisk>(risk)).error().code,
                 ErrorCode::NotTrained);
    }

    /// The sample shop knows who has left: the risk ranks them, and the time since their last order
    /// is a reason for it.
    void agreesWithTheTruth()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("shop.perennial").toStdString();
        SampleShopOptions options;
        options.users = 5000;
        QVERIFY(createSampleShop(path, options, Task()).ok());
        const auto project = Project::open(path, Project::Access::ReadOnly);
        const auto history = readOrderHistory(*project, std::nullopt, Task());
        const Day at = dayFromCivil(options.lastDay);
        const auto risk = *treeRisk(*history, at, {180, Period::Week, false, 1}, Task());
        const TreeReasons reasons = *TreeReasons::of(risk);
        std::map<std::int64_t, bool> isAlive;
        for (const TruthUser &user : *readTruth(*project)) {
            isAlive[user.user] = user.alive;
        }
        std::vector<double> gone;
        double recency[2] = {0, 0}, sums[2] = {0, 0};
        int count[2] = {0, 0};
        for (std::size_t i = 0; i < risk->risk.size(); ++i) {
            const bool alive = isAlive.at(risk->asked.user[i]);
            const RiskReasons told = *reasons.reasons(risk->asked.user[i]);
            gone.push_back(alive ? 0 : 1);
            recency[alive] += told.of(ReasonGroup::Recency);
            sums[alive] += std::accumulate(told.groups.begin(), told.groups.end(), 0.0);
            ++count[alive];
        }
        QVERIFY(count[0] > 300 && count[1] > 300);
        const double correlation = *spearman(risk->risk, gone);
        qInfo("gone %d, alive %d: rank correlation of risk and gone %.3f; recency %.3f and %.3f, "
              "all %.3f and %.3f",
              count[0], count[1], correlation, recency[0] / count[0], recency[1] / count[1],
              sums[0] / count[0], sums[1] / count[1]);
        QVERIFY(correlation > 0.4);
        QVERIFY(recency[0] / count[0] > 0.05);
        QVERIFY(recency[1] / count[1] < 0.0);
        QVERIFY(sums[0] / count[0] > sums[1] / count[1] + 0.5);
    }
};

QTEST_GUILESS_MAIN(TestTreeReasons)
#include "tst_tree_reasons.moc"
