#include "purchases.h"

#include "core/base/rng.h"
#include "core/ranking/rankers.h"

#include <QTest>

#include <cmath>

using namespace perennial;
using test::Bought;
using test::historyOf;

namespace {

bool near(double a, double b, double tolerance = 1e-6) { return std::abs(a - b) <= tolerance; }

/// Scores of a user's rows, by project id.
class Scores {
public:
    Scores(const Ranker &ranker, const ItemHistory &history, std::size_t user, Day at)
        : m_history(history), m_scores(history.items())
    {
        const auto fitted = ranker.fit(history, at, {});
        if (!fitted) {
            qFatal("not fitted");
        }
        (*fitted)->score(rowsOf(history, user), at, m_scores);
        notes = (*fitted)->notes();
    }
    double of(std::size_t id) const
    {
        return m_scores[static_cast<std::size_t>(m_history.numberOf[id])];
    }
    std::vector<RankerNote> notes;

private:
    const ItemHistory &m_history;
    std::vector<float> m_scores;
};

const std::vector<Bought> kFew{{1, 10, 1}, {1, 20, 2}, {2, 10, 1}, {2, 10, 2},
                               {2, 40, 3}, {3, 50, 2}, {3, 60, 3}};

std::vector<Bought> randomShop(std::uint64_t seed)
{
    Rng rng(seed);
    std::vector<Bought> rows;
    for (std::int32_t user = 1; user <= 300; ++user) {
        const auto taste = static_cast<std::int32_t>(rng.uniform() * 4);
        const int orders = 2 + static_cast<int>(rng.uniform() * 6);
        for (int k = 0; k < orders; ++k) {
            const bool own = rng.uniform() < 0.8;
            const double place = rng.uniform() * rng.uniform();
            const auto item = own ? 1 + taste * 10 + static_cast<std::int32_t>(place * 10)
                                  : 1 + static_cast<std::int32_t>(rng.uniform() * 40);
            rows.push_back({user, static_cast<Day>(rng.uniform() * 200), item});
        }
    }
    return rows;
}

} // namespace

class TestRankers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itemsAreNumberedByBuyersThenKey();
    void popularityByHand();
    void itemKnnByHand();
    void easeByHand();
    void easeSolvesItsProblem();
    void markovByHand();
    void blendIsNoWorseOnItsValidation();
    void nothingToLearnFrom();
    void cancelledMidway();
};

void TestRankers::itemsAreNumberedByBuyersThenKey()
{
    const ItemHistory h = historyOf(kFew);
    QCOMPARE(h.itemId, (std::vector<std::int64_t>{2, 1, 3})); // 3 buyers; 2 each: key "i" < "iii"
    QCOMPARE(h.buyers, (std::vector<std::int32_t>{3, 2, 2}));
    QCOMPARE(h.candidates, std::size_t{3});
    QCOMPARE(historyOf(kFew, 3).candidates, std::size_t{1});
    // Twice on one day and on another: one row a day, one item in the profile, the last day.
    const ItemHistory twice = historyOf({{1, 5, 1}, {1, 5, 1}, {1, 9, 1}});
    QCOMPARE(twice.item.size(), std::size_t{2});
    const auto profile = profileOf(rowsOf(twice, 0));
    QCOMPARE(profile.size(), std::size_t{1});
    QCOMPARE(profile[0].last, Day{9});
    QCOMPARE(basketsOf(rowsOf(twice, 0)).size(), std::size_t{2});
    // As it was before: what came later is not in it.
    const ItemHistory before = historyUpTo(h, 20);
    QCOMPARE(before.itemId, (std::vector<std::int64_t>{1, 2})); // 2 buyers each: "i" < "ii"
    QCOMPARE(before.users(), std::size_t{2});
}

void TestRankers::popularityByHand()
{
    const ItemHistory h = historyOf(kFew);
    const Scores all(*popularityRanker("p", {}), h, 0, 60);
    QVERIFY(near(all.of(2), 3) && near(all.of(1), 2) && near(all.of(3), 2));
    // Days 31 … 60: only C by users 2 and 3, B by user 3.
    const Scores recent(*popularityRanker("p", {.lastDays = 30, .halfLifeDays = {}}), h, 0, 60);
    QVERIFY(near(recent.of(1), 0) && near(recent.of(2), 1) && near(recent.of(3), 2));
    const Scores decayed(*popularityRanker("p", {.lastDays = {}, .halfLifeDays = 10.0}), h, 0, 60);
    QVERIFY(near(decayed.of(3), 1 + 0.25));
    QVERIFY(near(decayed.of(1), 2 * std::exp2(-5)));
}

void TestRankers::itemKnnByHand()
{
    const ItemHistory h = historyOf(kFew);
    // Buyers of both: AB 2, AC 1, BC 2.
    const double ab = 2 / (std::sqrt(6.0) + 1), ac = 1 / (2.0 + 1);
    const ItemKnnOptions two{.neighbours = 2, .shrink = 1, .halfLife = {}};
    const Scores first(*itemKnnRanker("k", two), h, 0, 60); // has A and B
    QVERIFY(near(first.of(3), ab + ac)); // s(B, C) = s(A, B)
    QVERIFY(near(first.of(1), ab));
    // One neighbour: A speaks for B; B for A, which ties with C and has the lower number.
    const ItemKnnOptions one{.neighbours = 1, .shrink = 1, .halfLife = {}};
    const Scores nearest(*itemKnnRanker("k", one), h, 0, 60);
    QVERIFY(near(nearest.of(3), 0) && near(nearest.of(1), ab) && near(nearest.of(2), ab));
    // A bought 50 days ago, B 40: half-lives of 10 days.
    const ItemKnnOptions aged{.neighbours = 2, .shrink = 1, .halfLife = 10.0};
    const Scores old(*itemKnnRanker("k", aged), h, 0, 60);
    QVERIFY(near(old.of(3), ab / 16 + ac / 32));
    // Items that are no candidates are nobody's neighbours.
    const ItemHistory strict = historyOf(kFew, 3);
    const Scores only(*itemKnnRanker("k", two), strict, 0, 60);
    QVERIFY(near(only.of(3), 0) && near(only.of(2), ab));
}

void TestRankers::easeByHand()
{
    // Items A, B; users {A, B}, {A}, {B}: XᵀX + I = [[3, 1], [1, 3]], its inverse 1/8 [[3, −1], [−1, 3]],
    // so B_AB = (1/8) / (3/8).
    const ItemHistory h = historyOf({{1, 1, 1}, {1, 1, 2}, {2, 1, 1}, {3, 1, 2}});
    const EaseOptions options{.lambda = 1, .halfLife = {}};
    const Scores second(*easeRanker("e", options), h, 1, 1);
    QVERIFY(near(second.of(2), 1.0 / 3) && near(second.of(1), 0));
    const EaseOptions aged{.lambda = 1, .halfLife = 1.0};
    QVERIFY(near(Scores(*easeRanker("e", aged), h, 1, 3).of(2), 1.0 / 12));
    // Only the most bought one gets weights, and it says so.
    const EaseOptions capped{.lambda = 1, .halfLife = {}, .memoryBytes = 12};
    const Scores one(*easeRanker("e", capped), h, 1, 1);
    QVERIFY(near(one.of(2), 0));
    const std::vector<RankerNote> said{
        {"items_capped", 1}, {"items_whole", 2}, {"bytes_whole", 48}};
    QVERIFY(one.notes == said);
}

/// The optimum: every off-diagonal entry of XᵀX (B − 1) + λB is 0 (Steck 2019, eq. 6–8).
void TestRankers::easeSolvesItsProblem()
{
    const ItemHistory h = historyOf(randomShop(3));
    constexpr double kLambda = 20;
    const auto fitted = easeRanker("e", {.lambda = kLambda, .halfLife = {}})->fit(h, 200, {});
    QVERIFY(fitted.ok());
    const std::size_t n = h.items();
    std::vector<std::vector<float>> b(n, std::vector<float>(n));
    for (std::size_t i = 0; i < n; ++i) { // a profile of item i alone gives row i of B
        const std::vector<std::int32_t> item{static_cast<std::int32_t>(i)};
        const std::vector<Day> day{200};
        (*fitted)->score({item, day}, 200, b[i]);
        QCOMPARE(b[i][i], 0.0F);
    }
    std::vector<std::vector<double>> gram(n, std::vector<double>(n, 0));
    for (std::size_t k = 0; k < h.users(); ++k) {
        const auto profile = profileOf(rowsOf(h, k));
        for (const auto &p : profile) {
            for (const auto &q : profile) {
                gram[static_cast<std::size_t>(p.item)][static_cast<std::size_t>(q.item)] += 1;
            }
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            double gradient = kLambda * b[i][j] - gram[i][j];
            for (std::size_t l = 0; l < n; ++l) {
                gradient += gram[i][l] * b[l][j];
            }
            QVERIFY(i == j || std::abs(gradient) < 2e-3);
        }
    }
}

void TestRankers::markovByHand()
{
    // {A}, {B}, {A, C}: A → B 1, A → C .7 + .3, B → C 1 (A is not new), C → A .3.
    const ItemHistory h =
        historyOf({{1, 1, 1}, {1, 2, 2}, {1, 3, 1}, {1, 3, 3}, {2, 1, 2}, {2, 2, 1}});
    // User 2: {B}, {A}: B → A 1. Baskets: A 3, B 2, C 1. Columns: A 1.3, B 1, C 2.
    const Scores second(*markovRanker("m", {}), h, 1, 3);
    const double ab = 1 / (std::sqrt(3.0 * 1) + 5), ac = 1 / (std::sqrt(3.0 * 2) + 5);
    const double bc = 1 / (std::sqrt(2.0 * 2) + 5), ba = 1 / (std::sqrt(2.0 * 1.3) + 5);
    QVERIFY(near(second.of(2), ab));
    QVERIFY(near(second.of(3), ac + 0.7 * bc));
    QVERIFY(near(second.of(1), 0.7 * ba));
}

void TestRankers::blendIsNoWorseOnItsValidation()
{
    const ItemHistory h = historyOf(randomShop(5), 3);
    const auto popular = popularityRanker("popular", {});
    const auto ease = easeRanker("ease", {.lambda = 20, .halfLife = {}});
    const auto blend = blendRanker("blend", {popular.get(), ease.get()}, {.windowDays = 60});
    const Scores scores(*blend, h, 0, 199);
    const auto noted = [&](const std::string &code) {
        return std::any_of(scores.notes.begin(), scores.notes.end(),
                           [&](const RankerNote &note) { return note.code == code; });
    };
    QVERIFY(noted("weight_ease") && noted("adds_ease"));
    for (const RankerNote &note : scores.notes) { // nothing in it makes it worse
        QVERIFY(!note.code.starts_with("adds_") || note.figure >= 0);
    }
    // The same twice.
    QVERIFY(Scores(*blend, h, 0, 199).notes == scores.notes);
    // Too short a past to fit weights on: the last component alone, and it says so.
    const auto blind = blendRanker("blend", {popular.get(), ease.get()}, {.windowDays = 5000});
    const Scores alone(*blind, h, 0, 199);
    QCOMPARE(alone.notes.front().code, std::string("weights_unknown"));
}

void TestRankers::nothingToLearnFrom()
{
    const ItemHistory empty = historyOf({});
    QCOMPARE(empty.users(), std::size_t{0});
    QCOMPARE((*findRanker("ease"))->fit(empty, 10, {}).error().code, ErrorCode::TooLittleData);
    for (const std::string_view name : rankerNames()) {
        // One user with one item: nothing to say, and no number that is not finite.
        const ItemHistory one = historyOf({{1, 5, 1}});
        const auto fitted = (*findRanker(name))->fit(one, 10, {});
        QVERIFY2(fitted.ok(), name.data());
        std::vector<float> scores(1, NAN);
        (*fitted)->score(rowsOf(one, 0), 10, scores);
        QVERIFY2(std::isfinite(scores[0]), name.data());
        (*fitted)->score({}, 10, scores); // a user without a purchase
        QVERIFY2(std::isfinite(scores[0]), name.data());
    }
    QCOMPARE(findRanker("nothing").error().code, ErrorCode::UnknownModel);
}

void TestRankers::cancelledMidway()
{
    std::stop_source stop;
    stop.request_stop();
    const Task task(stop.get_token(), {});
    const ItemHistory h = historyOf(randomShop(1));
    for (const std::string_view name : rankerNames()) {
        const auto fitted = (*findRanker(name))->fit(h, 200, task);
        QVERIFY2(!fitted && fitted.error().code == ErrorCode::Cancelled, name.data());
    }
}

QTEST_GUILESS_MAIN(TestRankers)
#include "tst_rankers.moc"
