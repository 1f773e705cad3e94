#include "purchases.h"

#include "core/ranking/ranking_test.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace perennial;
using test::Bought;

namespace {

bool near(double a, double b, double tolerance = 1e-9) { return std::abs(a - b) <= tolerance; }

double at(const RankingFigures &figures, RankingMetric metric)
{
    return figures[static_cast<std::size_t>(metric)];
}

/// Known up to day 10: user 1 has A, user 2 has A and B, user 3 has B, user 4 has A.
/// Window 11 … 20: user 1 buys B for 7 and returns 2 of it, and A again; user 3 buys A after the
/// window; user 4 buys D, which nobody knew; user 5 is new.
const std::vector<Bought> kShop{{1, 1, 1},      {2, 2, 1},  {2, 3, 2},  {3, 4, 2},
                                {4, 5, 1},      {1, 12, 2, 7}, {1, 15, 2, -2}, {1, 13, 1, 5},
                                {3, 21, 1},     {4, 14, 4}, {5, 15, 1}};

RankingTestOptions options()
{
    RankingTestOptions o;
    o.cut = 10;
    o.windowDays = 10;
    o.fewestBuyers = 2;
    o.top = 1;
    o.replicates = 0;
    o.models = {"popular", "popular-30d"};
    return o;
}

} // namespace

class TestRankingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsByHand();
    void tiesGoToTheLowerNumber();
    void whatListsLookLike();
    void scopeByHand();
    void nothingAfterTheCutIsSeen();
    void refusals();
    void jsonHasEveryFigure();
};

void TestRankingTest::listsByHand()
{
    const std::vector<RelevantItem> relevant{{1, 10.0}, {5, 4.0}};
    const std::vector<std::int32_t> list{3, 1, 2};
    const RankingFigures f = judgeList(list, relevant, 3);
    QVERIFY(near(at(f, RankingMetric::HitRate), 1));
    QVERIFY(near(at(f, RankingMetric::Recall), 0.5));
    QVERIFY(near(at(f, RankingMetric::Precision), 1.0 / 3));
    QVERIFY(near(at(f, RankingMetric::Mrr), 0.5));
    QVERIFY(near(at(f, RankingMetric::Ndcg), (1 / std::log2(3)) / (1 + 1 / std::log2(3))));
    QVERIFY(near(at(f, RankingMetric::Value), 10));
    // The best list has them first, whatever comes then.
    QVERIFY(near(at(judgeList(std::vector<std::int32_t>{5, 1, 7}, relevant, 3), RankingMetric::Ndcg), 1));
    // Past place k nothing counts; without a hit all is 0.
    QVERIFY(near(at(judgeList(list, relevant, 1), RankingMetric::HitRate), 0));
    for (const double figure : judgeList({}, relevant, 3)) {
        QCOMPARE(figure, 0.0);
    }
}

void TestRankingTest::tiesGoToTheLowerNumber()
{
    const std::vector<float> scores{1, 3, 3, 0, 3, 9};
    QCOMPARE(bestItems(scores, 5, std::vector<std::int32_t>{1}, 3),
             (std::vector<std::int32_t>{2, 4, 0})); // 5 is no candidate, 1 is masked
    QCOMPARE(bestItems(scores, 2, std::vector<std::int32_t>{0, 1, 5}, 3).size(), std::size_t{0});
}

void TestRankingTest::whatListsLookLike()
{
    // Buyers: A {1, 2, 4}, B {2, 3}: cosine 1/√6. Numbers: A 0, B 1.
    const ItemHistory h = itemHistory(test::eventsOf(kShop), test::itemsUpTo(9), 10, 1);
    ListQualityCounter counter(h, 1);
    const std::vector<RelevantItem> relevant{{1, 1.0}};
    counter.add(std::vector<std::int32_t>{0, 1}, relevant);
    counter.add(std::vector<std::int32_t>{0}, {});
    const ListQuality q = counter.result();
    QVERIFY(near(q.coverage, 1));
    QVERIFY(near(q.gini, 1.0 / 6)); // shown 1 and 2 times
    QVERIFY(near(q.novelty, (-2 * std::log2(3 / 4.0) - std::log2(2 / 4.0)) / 3));
    QVERIFY(near(q.diversity, 1 - 1 / std::sqrt(6.0)));
    QVERIFY(near(q.serendipity, 1.0 / 3)); // B was a hit and is not the most bought one
    QVERIFY(near(ListQualityCounter(h, 1).result().coverage, 0));
}

void TestRankingTest::scopeByHand()
{
    const auto result = rankingTest(test::eventsOf(kShop), test::itemsUpTo(9), options(), {});
    QVERIFY(result.ok());
    const RankingScope &s = result->scope;
    QCOMPARE(s.users, 4);
    QCOMPARE(s.items, 2);
    QCOMPARE(s.candidates, 2);
    QCOMPARE(s.pairs, 5);
    QCOMPARE(s.returning, 2);
    QCOMPARE(s.newPairs, 2);
    QCOMPARE(s.unreachable, 1); // D
    QCOMPARE(s.testUsers, 1);
    QVERIFY(near(s.valueOfAll, 5) && near(s.valueOfBest, 5));
    // A is masked for user 1, so B is recommended, which he buys for 7 − 2.
    const RankingRow &row = result->rows[0];
    QCOMPARE(*row.figures[static_cast<std::size_t>(RankingMetric::HitRate)].value, 1.0);
    QCOMPARE(*row.figures[static_cast<std::size_t>(RankingMetric::Value)].value, 5.0);
    QVERIFY(row.figures[0].isBest && !row.figures[0].interval);
    QVERIFY(!result->rows[1].figures[0].isBest); // as good: the first of equals is named
}

/// Neither the window, which judges, nor what comes after it may be learned from.
void TestRankingTest::nothingAfterTheCutIsSeen()
{
    std::vector<Bought> shop = kShop;
    for (const std::int32_t user : {7, 8}) {
        shop.push_back({user, 6, 3});
    }
    shop.push_back({7, 12, 1}); // finds A, which most had bought
    std::vector<Bought> crowded = shop;
    for (std::int32_t user = 20; user < 40; ++user) {
        crowded.push_back({user, 11, 2}); // newcomers who would make B the most bought
        crowded.push_back({user, 25, 2});
    }
    const auto before = rankingTest(test::eventsOf(shop), test::itemsUpTo(9), options(), {});
    const auto after = rankingTest(test::eventsOf(crowded), test::itemsUpTo(9), options(), {});
    QVERIFY(before.ok() && after.ok());
    QCOMPARE(before->scope.testUsers, 2);
    QCOMPARE(*before->rows[0].figures[0].value, 1.0);
    QCOMPARE(rankingTestToJson(*after), rankingTestToJson(*before));
}

void TestRankingTest::refusals()
{
    const EventTable events = test::eventsOf(kShop);
    const auto items = test::itemsUpTo(9);
    const auto codeOf = [&](auto change) {
        RankingTestOptions o = options();
        change(o);
        const auto result = rankingTest(events, items, o, {});
        return result ? ErrorCode::Internal : result.error().code;
    };
    QCOMPARE(codeOf([](auto &o) { o.windowDays = 0; }), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf([](auto &o) { o.top = 0; }), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf([](auto &o) { o.fewestBuyers = 0; }), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf([](auto &o) { o.replicates = -1; }), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf([](auto &o) { o.level = 1; }), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf([](auto &o) { o.models = {"oracle"}; }), ErrorCode::UnknownModel);
    QCOMPARE(codeOf([](auto &o) { o.fewestBuyers = 100; }), ErrorCode::TooLittleData);
    QCOMPARE(codeOf([](auto &o) { o.cut = 500; }), ErrorCode::TooLittleData);
    QCOMPARE(codeOf([](auto &o) { o.cut = -500; }), ErrorCode::TooLittleData);
    QCOMPARE(rankingTest(test::eventsOf({}), items, options(), {}).error().code,
             ErrorCode::NoEvents);
}

void TestRankingTest::jsonHasEveryFigure()
{
    RankingTestOptions o = options();
    o.replicates = 20;
    std::vector<Bought> many = kShop;
    for (std::int32_t user = 6; user < 46; ++user) { // the bootstrap needs more than one test user
        many.push_back({user, 1, 1});
        many.push_back({user, 12, 2});
    }
    const auto json = nlohmann::json::parse(
        rankingTestToJson(*rankingTest(test::eventsOf(many), test::itemsUpTo(9), o, {})));
    QCOMPARE(json["models"].size(), std::size_t{2});
    for (const RankingMetric metric : kRankingMetrics) {
        QVERIFY(json["models"][0][std::string(rankingMetricName(metric))].is_number());
    }
    QVERIFY(json["models"][0]["intervals"]["hit_rate"].is_array());
}

QTEST_GUILESS_MAIN(TestRankingTest)
#include "tst_ranking_test.moc"
