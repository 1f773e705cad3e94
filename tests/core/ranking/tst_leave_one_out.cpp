#include "purchases.h"

#include "core/ranking/ranking_test.h"
#include "core/ranking/scored_items.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <cmath>
#include <stop_token>

using namespace perennial;
using test::Bought;

namespace {

bool near(double a, double b, double tolerance = 1e-9) { return std::abs(a - b) <= tolerance; }

double figure(const RankingRow &row, RankingMetric metric)
{
    return *row.figures[static_cast<std::size_t>(metric)].value;
}

RankingTestOptions options(std::vector<std::string> models)
{
    RankingTestOptions o;
    o.protocol = RankingProtocol::LeaveOneOut;
    o.replicates = 0;
    o.models = std::move(models);
    return o;
}

/// Events of one day, a second apart, in the order given: no age tells purchases apart.
EventTable inOrder(const std::vector<Bought> &rows)
{
    EventTable events = test::eventsOf(rows);
    for (std::size_t i = 0; i < events.size(); ++i) {
        events.at[i] = startOf(10) + static_cast<UtcSecond>(i);
    }
    return events;
}

/// 200 users' walks over 30 items by a linear congruential generator.
std::vector<Bought> walks()
{
    std::uint64_t state = 12345;
    const auto draw = [&](std::uint64_t n) {
        state = (state * 1103515245 + 12345) % 2147483648;
        return static_cast<std::int32_t>((state >> 8) % n);
    };
    std::vector<Bought> rows;
    for (std::int32_t user = 1; user <= 200; ++user) {
        std::int32_t item = draw(30);
        for (int left = 2 + draw(10); left > 0; --left) {
            rows.push_back({user, 10, item + 1});
            if (draw(4) != 0) {
                item = (item + 1 + draw(2)) % 30;
            } else {
                item = draw(30);
            }
        }
    }
    return rows;
}

} // namespace

class TestLeaveOneOut : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ranksAmongAllItems();
    void byHand();
    void asTheReferenceProgram();
    void onlyWhatCountsIsLeftOut();
    void intervalsAndSeed();
    void refusals();
};

void TestLeaveOneOut::ranksAmongAllItems()
{
    // Items 1, 2, 3 in the history, all with one buyer, numbered by key; 5 exist.
    const ItemHistory h = test::historyOf({{1, 1, 1}, {1, 2, 2}, {1, 3, 3}});
    const std::vector<float> scores{0.5F, -1.0F, 0.0F};
    const ScoredItems scored(h, scores, 5);
    QCOMPARE(scored.rankOf(1, {}), 1.0);
    QCOMPARE(scored.rankOf(3, {}), 2.0 + 2 / 2.0);  // the two others score 0 as well
    QCOMPARE(scored.rankOf(2, {}), 5.0);
    QCOMPARE(scored.rankOf(2, {1, 3}), 3.0);
    QCOMPARE(scored.rankOf(99, {1}), 1.0 + 2 / 2.0); // one of the others
}

/// Users 1 and 2 have A, B, then C; user 3 has A, A, then A again; user 4 has B, C, then D, which is
/// nowhere else; user 5 has two events and does not count.
void TestLeaveOneOut::byHand()
{
    const std::vector<Bought> rows{{1, 1, 1}, {1, 2, 2},    {1, 3, 3, 7}, {2, 1, 1},
                                   {2, 2, 2}, {2, 3, 3, 7}, {3, 1, 1},    {3, 2, 1},
                                   {3, 3, 1}, {4, 1, 2},    {4, 2, 3},    {4, 3, 4},
                                   {5, 1, 3}, {5, 2, 3}};
    auto asked = options({"popular"});
    asked.top = 2;
    const auto result = rankingTest(test::eventsOf(rows), test::itemsUpTo(9), asked, {});
    QVERIFY(result.ok());
    QCOMPARE(result->scope.testUsers, 4);
    QCOMPARE(result->scope.items, 4);
    QCOMPARE(result->scope.pairs, 7);
    QCOMPARE(result->scope.repeated, 1);
    QCOMPARE(result->scope.until, 3);
    QCOMPARE(result->scope.cut, 2);
    // Known buyers: A 3, B 3, C 1 (user 5 left out), D 0. Users 1 and 2: C before D, rank 1. User 3:
    // his A against B, C, D: B has as many, rank 1.5. User 4: D against A, rank 2.
    const RankingRow &row = result->rows[0];
    QVERIFY(near(figure(row, RankingMetric::HitRate), 1.0));
    QVERIFY(near(figure(row, RankingMetric::Precision), 0.5));
    QVERIFY(near(figure(row, RankingMetric::Mrr), (1 + 1 + 1 / 1.5 + 0.5) / 4));
    QVERIFY(near(figure(row, RankingMetric::Ndcg),
                 (1 + 1 + 1 / std::log2(2.5) + 1 / std::log2(3)) / 4));
    QVERIFY(near(figure(row, RankingMetric::Value), (7 + 7 + 10 + 10) / 4.0));
    asked.top = 1; // half a tie is past the first place
    const auto one = rankingTest(test::eventsOf(rows), test::itemsUpTo(9), asked, {});
    QVERIFY(near(figure(one->rows[0], RankingMetric::HitRate), 0.5));
    const auto json = nlohmann::json::parse(rankingTestToJson(*one));
    QVERIFY(json["protocol"] == "leave-one-out");
    QVERIFY(json["repeated"] == 1);
}

/// ../shared/bench/sasrec_ref.py on the same file: m_pop, m_itemknn(k 10, shrink 30) and m_ease
/// (lambda 1000, 300) learned from all but the last items.
void TestLeaveOneOut::asTheReferenceProgram()
{
    const auto result =
        rankingTest(inOrder(walks()), test::itemsUpTo(30),
                    options({"popular", "item-knn", "ease", "ease-300"}), {});
    QVERIFY(result.ok());
    QCOMPARE(result->scope.testUsers, 182);
    QCOMPARE(result->scope.items, 30);
    // Of equally near neighbours the reference keeps all, ItemKNN here the more bought ones.
    struct {
        double hr, ndcg, mrr, tolerance;
    } const reference[] = {{0.3791209, 0.1703677, 0.1079764, 1e-6},
                           {0.7307692, 0.3721503, 0.2634354, 0.006},
                           {0.7417582, 0.3703920, 0.2580172, 1e-6},
                           {0.7527473, 0.3785519, 0.2649442, 1e-6}};
    for (std::size_t r = 0; r < result->rows.size(); ++r) {
        const RankingRow &row = result->rows[r];
        const auto &[hr, ndcg, mrr, tolerance] = reference[r];
        qInfo("%s %.7f %.7f %.7f", row.model.c_str(), figure(row, RankingMetric::HitRate),
              figure(row, RankingMetric::Ndcg), figure(row, RankingMetric::Mrr));
        QVERIFY2(near(figure(row, RankingMetric::HitRate), hr, tolerance), row.model.c_str());
        QVERIFY2(near(figure(row, RankingMetric::Ndcg), ndcg, tolerance), row.model.c_str());
        QVERIFY2(near(figure(row, RankingMetric::Mrr), mrr, tolerance), row.model.c_str());
    }
}

/// Refunds and what comes after the last day asked for are no events of an item here.
void TestLeaveOneOut::onlyWhatCountsIsLeftOut()
{
    std::vector<Bought> rows{{1, 1, 1}, {1, 2, 2}, {1, 3, 3}, {2, 1, 1}, {2, 2, 3}, {2, 3, 2}};
    const auto before = rankingTest(test::eventsOf(rows), test::itemsUpTo(9), options({"popular"}), {});
    rows.push_back({1, 4, 1, -5});
    rows.push_back({1, 9, 5});
    auto asked = options({"popular"});
    asked.cut = 8;
    auto after = rankingTest(test::eventsOf(rows), test::itemsUpTo(9), asked, {});
    QVERIFY(before.ok() && after.ok());
    QCOMPARE(rankingTestToJson(*after), rankingTestToJson(*before));
}

void TestLeaveOneOut::intervalsAndSeed()
{
    auto asked = options({"popular", "markov"});
    asked.replicates = 50;
    const auto run = [&] {
        return rankingTest(inOrder(walks()), test::itemsUpTo(30), asked, {});
    };
    const auto a = run();
    const auto b = run();
    QVERIFY(a.ok() && b.ok());
    QCOMPARE(rankingTestToJson(*a), rankingTestToJson(*b));
    const ScoredFigure &hits = a->rows[0].figures[0];
    QVERIFY(hits.interval && hits.interval->lower < *hits.value && hits.interval->upper > *hits.value);
    asked.seed = 2;
    QVERIFY(rankingTestToJson(*run()) != rankingTestToJson(*a));
}

void TestLeaveOneOut::refusals()
{
    const auto items = test::itemsUpTo(9);
    const auto run = [&](const EventTable &events, const Task &task = {}) {
        return rankingTest(events, items, options({"popular"}), task);
    };
    const auto none = run({});
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::NoEvents);
    const auto few = run(test::eventsOf({{1, 1, 1}, {1, 2, 2}, {2, 1, 1}}));
    QVERIFY(!few);
    QCOMPARE(few.error().code, ErrorCode::TooLittleData);
    QCOMPARE(few.error().where, std::string("test_users"));
    std::stop_source stopped;
    stopped.request_stop();
    const auto cancelled = run(inOrder(walks()), Task(stopped.get_token(), {}));
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    // one user, three times the same item: nothing is unseen, the item itself is found
    const auto same = run(test::eventsOf({{1, 1, 1}, {1, 2, 1}, {1, 3, 1}}));
    QVERIFY(same.ok());
    QCOMPARE(figure(same->rows[0], RankingMetric::HitRate), 1.0);
}

QTEST_GUILESS_MAIN(TestLeaveOneOut)
#include "tst_leave_one_out.moc"
