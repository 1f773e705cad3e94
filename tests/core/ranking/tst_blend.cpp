#include "purchases.h"

#include "core/base/rng.h"
#include "core/ranking/rankers.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace perennial;
using test::Bought;
using test::historyOf;

namespace {

bool near(double a, double b, double tolerance = 1e-6) { return std::abs(a - b) <= tolerance; }

constexpr std::size_t kItems = 60;

/// Users who each take three items. A member knows each of them with a chance of its own, and is
/// wrong about as many others.
BlendCases cases(const std::vector<double> &knows, int users, std::uint64_t seed)
{
    std::vector<std::string> names;
    for (std::size_t c = 0; c < knows.size(); ++c) {
        names.push_back("m" + std::to_string(c));
    }
    BlendCases made(names, kItems);
    Rng rng(seed);
    for (int u = 1; u <= users; ++u) {
        std::vector<std::int32_t> taken;
        while (taken.size() < 3) {
            const auto item = static_cast<std::int32_t>(rng.below(kItems));
            if (std::find(taken.begin(), taken.end(), item) == taken.end()) {
                taken.push_back(item);
            }
        }
        std::sort(taken.begin(), taken.end());
        std::vector<RelevantItem> relevant;
        for (const std::int32_t item : taken) {
            relevant.push_back({item, 1});
        }
        std::vector<std::vector<float>> scores;
        for (const double share : knows) {
            std::vector<float> row(kItems);
            for (float &score : row) {
                score = static_cast<float>(rng.uniform());
            }
            for (const std::int32_t item : taken) {
                if (rng.uniform() < share) {
                    row[static_cast<std::size_t>(item)] += 0.6F;
                }
            }
            scores.push_back(std::move(row));
        }
        made.addUser(u, {}, std::move(relevant));
        made.setScores(std::move(scores));
    }
    return made;
}

std::vector<Bought> tastes(std::uint64_t seed)
{
    Rng rng(seed);
    std::vector<Bought> rows;
    for (std::int32_t user = 1; user <= 200; ++user) {
        const auto taste = static_cast<std::int32_t>(rng.below(4));
        for (int k = 0; k < 6; ++k) {
            const auto item = 1 + taste * 10 + static_cast<std::int32_t>(rng.below(10));
            rows.push_back({user, static_cast<Day>(rng.below(200)), item});
        }
    }
    return rows;
}

} // namespace

class TestBlend : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scaledByTheLargest();
    void onePoolAsTheWholeList();
    void twoThatKnowDifferentThingsAreBlended();
    void noiseIsLeftOut();
    void whatAMemberAddsByHand();
    void nothingToFitOn();
    void onlySomeUsers();
    void sameTwiceAndCancelled();
    void pullsAddUpToTheScore_data();
    void pullsAddUpToTheScore();
    void easeWithinItsMemory();
};

void TestBlend::scaledByTheLargest()
{
    std::vector<float> scores{1, -2, 4, 8};
    QCOMPARE(scaleScores(scores, 3), 4.0F); // the last is no candidate
    QVERIFY(scores == (std::vector<float>{0.25F, -0.5F, 1, 2}));
    std::vector<float> silent{0, -1};
    QCOMPARE(scaleScores(silent, 2), 0.0F);
    QVERIFY(silent == (std::vector<float>{0, 0}));
    QCOMPARE(scaleScores({}, 0), 0.0F);
}

/// A small pool gives the same lists as all candidates where members agree on what is best.
void TestBlend::onePoolAsTheWholeList()
{
    BlendCases small({"a", "b"}, 6, 2), whole({"a", "b"}, 6);
    for (BlendCases *made : {&small, &whole}) {
        made->addUser(1, {4}, {{1, 1}});
        made->setScores({{0, 9, 3, 1, 100, 0}, {0, 8, 1, 9, 100, 0}}); // 4 is masked
    }
    const std::vector<double> both{1, 1};
    QCOMPARE(small.list(0, both, 2), (std::vector<std::int32_t>{1, 3}));
    QCOMPARE(whole.list(0, both, 2), small.list(0, both, 2));
    QCOMPARE(whole.list(0, std::vector<double>{1, 0}, 6).size(), std::size_t{5});
    // ties go to the lower number
    BlendCases tied({"a"}, 4);
    tied.addUser(1, {}, {{0, 1}});
    tied.setScores({{2, 2, 3, 2}});
    QCOMPARE(tied.list(0, std::vector<double>{1}, 4), (std::vector<std::int32_t>{2, 0, 1, 3}));
}

void TestBlend::twoThatKnowDifferentThingsAreBlended()
{
    const auto fit = fitBlendWeights(cases({0.5, 0.5}, 400, 1), {}, {});
    QVERIFY(fit.ok());
    QCOMPARE(fit->users, 400);
    double bestAlone = 0;
    for (const BlendMember &member : fit->members) {
        QVERIFY(member.weight > 0);
        QVERIFY(member.adds > 0.02);
        QVERIFY(member.interval && member.interval->lower > 0);
        QVERIFY(member.interval->contains(member.adds));
        bestAlone = std::max(bestAlone, member.alone);
    }
    QVERIFY(fit->ndcg > bestAlone);
}

void TestBlend::noiseIsLeftOut()
{
    // one that knows, and three that know nothing: their luck on a few users is no reason
    int moved = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto fit = fitBlendWeights(cases({0, 0.9, 0, 0}, 60, seed),
                                         {.errorsAbove = 2, .replicates = 100}, {});
        QCOMPARE(fit->bestMember, std::string("m1"));
        QVERIFY(fit->members[1].weight > 0 && fit->members[1].adds > 0.1);
        for (const std::size_t c : {0U, 2U, 3U}) {
            moved += fit->members[c].weight > 0.1 ? 1 : 0;
            // what is left out is tried, and adds nothing that can be told from noise
            QVERIFY(fit->members[c].weight > 0 || fit->members[c].interval->lower < 0.01);
        }
    }
    QVERIFY(moved <= 2);
}

/// One user; "a" puts what he takes second, "b" first.
void TestBlend::whatAMemberAddsByHand()
{
    BlendCases made({"a", "b"}, 3);
    made.addUser(7, {}, {{2, 1}});
    made.setScores({{1, 0, 0.9F}, {0, 0, 1}});
    const auto fit = fitBlendWeights(made, {.replicates = 0}, {});
    QCOMPARE(fit->bestMember, std::string("b"));
    QVERIFY(near(fit->members[0].alone, 1 / std::log2(3)) && near(fit->members[1].alone, 1));
    QVERIFY(fit->members[0].weight == 0 && fit->members[1].weight == 1);
    QVERIFY(near(fit->members[0].adds, 0)); // with a weight of .1 the list stays
    // without "b" nothing has a weight: the list is 0, 1, 2 by number
    QVERIFY(near(fit->members[1].adds, 1 - 1 / std::log2(4)));
    QVERIFY(!fit->members[1].interval);
}

void TestBlend::nothingToFitOn()
{
    const auto fit = fitBlendWeights(BlendCases({"a", "b"}, 5), {}, {});
    QCOMPARE(fit->users, 0);
    QVERIFY(fit->members[0].weight == 0 && fit->members[1].weight == 1);
}

void TestBlend::onlySomeUsers()
{
    BlendCases made({"a", "b"}, 3);
    for (const int user : {1, 2}) { // "a" is right about the first, "b" about the second
        made.addUser(user, {}, {{2, 1}});
        made.setScores(user == 1 ? std::vector<std::vector<float>>{{0, 0, 1}, {1, 0, 0}}
                                 : std::vector<std::vector<float>>{{1, 0, 0}, {0, 0, 1}});
    }
    const std::vector<std::size_t> first{0}, second{1};
    QCOMPARE(fitBlendWeights(made, {}, {}, first)->bestMember, std::string("a"));
    QCOMPARE(fitBlendWeights(made, {}, {}, second)->bestMember, std::string("b"));
    QCOMPARE(fitBlendWeights(made, {}, {}, first)->users, 1);
    const auto none = fitBlendWeights(made, {}, {}, std::vector<std::size_t>{}); // is not all
    QCOMPARE(none->users, 0);
    QVERIFY(none->weights() == (std::vector<double>{0, 1}));
}

void TestBlend::sameTwiceAndCancelled()
{
    const BlendCases made = cases({0.3, 0.5, 0.1}, 100, 3);
    const auto a = fitBlendWeights(made, {}, {}), b = fitBlendWeights(made, {}, {});
    QVERIFY(a->weights() == b->weights());
    QCOMPARE(a->ndcg, b->ndcg);
    QCOMPARE(a->members[0].interval->lower, b->members[0].interval->lower);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(fitBlendWeights(made, {}, Task(stop.get_token(), {})).error().code,
             ErrorCode::Cancelled);
}

void TestBlend::pullsAddUpToTheScore_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"item-knn", "markov", "ease", "ease-300"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void TestBlend::pullsAddUpToTheScore()
{
    QFETCH(QString, name);
    const ItemHistory h = historyOf(tastes(2));
    const auto fitted = (*findRanker(name.toStdString()))->fit(h, 200, {});
    QVERIFY(fitted.ok());
    std::vector<float> scores(h.items());
    int spoken = 0;
    for (std::size_t k = 0; k < 20; ++k) {
        const ItemRows rows = rowsOf(h, k);
        (*fitted)->score(rows, 200, scores);
        for (std::size_t i = 0; i < h.items(); ++i) {
            double sum = 0;
            for (const ItemPull &pull : (*fitted)->pulls(rows, 200, static_cast<std::int32_t>(i))) {
                QVERIFY(std::count(rows.item.begin(), rows.item.end(), pull.item) > 0);
                sum += double{pull.amount};
            }
            QVERIFY(near(sum, double{scores[i]}, 1e-5));
            spoken += sum != 0 ? 1 : 0;
        }
    }
    QVERIFY(spoken > 100);
    QVERIFY((*fitted)->pulls({}, 200, 0).empty());
    // what is the same for everybody has no such reasons
    const auto popular = (*findRanker("popular"))->fit(h, 200, {});
    QVERIFY((*popular)->pulls(rowsOf(h, 0), 200, 0).empty());
}

/// Where not all items fit, the most bought ones have the weights they have among themselves.
void TestBlend::easeWithinItsMemory()
{
    const ItemHistory h = historyOf(tastes(2));
    const EaseOptions limited{.lambda = 20, .halfLife = {}, .memoryBytes = 12 * 20 * 20 + 11};
    const auto some = easeRanker("e", limited)->fit(h, 200, {});
    QVERIFY(some.ok());
    const double n = static_cast<double>(h.items());
    const std::vector<RankerNote> said{
        {"items_capped", 20}, {"items_whole", n}, {"bytes_whole", 12 * n * n}};
    QVERIFY((*some)->notes() == said);
    std::vector<float> scores(h.items());
    (*some)->score(rowsOf(h, 0), 200, scores);
    QVERIFY(std::all_of(scores.begin() + 20, scores.end(), [](float s) { return s == 0.0F; }));
    QVERIFY(std::any_of(scores.begin(), scores.begin() + 20, [](float s) { return s != 0.0F; }));
    QVERIFY((*easeRanker("e", {.lambda = 20})->fit(h, 200, {}))->notes().empty());
    // not even one item: said, not tried
    for (const std::int64_t bytes : {std::int64_t{11}, std::int64_t{0}, std::int64_t{-5}}) {
        QCOMPARE(easeRanker("e", {.lambda = 20, .halfLife = {}, .memoryBytes = bytes})
                     ->fit(h, 200, {}).error().code,
                 ErrorCode::OutOfMemory);
    }
}

QTEST_GUILESS_MAIN(TestBlend)
#include "tst_blend.moc"
