#include "core/tuning/compare.h"
#include "core/recommend/recommend.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

using namespace perennial;
using namespace perennial::test;

namespace {

const ComparedModel *find(const Comparison &comparison, const std::string &name)
{
    const auto found =
        std::find_if(comparison.models.begin(), comparison.models.end(),
                     [&](const ComparedModel &model) { return model.name == name; });
    return found == comparison.models.end() ? nullptr : &*found;
}

/// Users of four tastes, ten items each: all look at items of theirs every other day and buy one now
/// and then. Recommenders that learn from purchases see a few of them, the network every look.
std::vector<PlainEvent> tasteEvents(int users, int days)
{
    Rng rng(17);
    std::vector<PlainEvent> events;
    for (int user = 0; user < users; ++user) {
        for (double at = 20 * rng.uniform(); at < days; at += 2 * rng.exponential()) {
            const int item = 10 * (user % 4) + static_cast<int>(rng.below(10));
            events.push_back({"u" + std::to_string(user), "i" + std::to_string(item),
                              rng.uniform() < 0.03 ? EventKind::Purchase : EventKind::View,
                              static_cast<UtcSecond>(at * 86400), 5.0, {}});
        }
    }
    return events;
}

double weightOf(const BlendRecipe &recipe, const std::string &name)
{
    const auto &members = recipe.weights.members;
    const auto found = std::ranges::find(members, name, &BlendMember::name);
    return found == members.end() ? -1.0 : found->weight;
}

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 2;
    config.refitEpochs = 0;
    return config;
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsOfTheSameUsers()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(400, 200, true));
        const auto outcome = trainAndCompare(fixture.project(), smallConfig(), {}, {});
        QVERIFY2(outcome.ok(), outcome ? "" : outcome.error().detail.c_str());
        const Comparison &comparison = outcome->comparison;
        const ComparedModel *behavior = find(comparison, "behavior");
        QVERIFY(behavior != nullptr);
        for (const char *name : {"popular_all", "popular_30d", "item-knn", "markov", "ease", "blend", "bg-nbd",
                                 "past_spend"}) {
            QVERIFY2(find(comparison, name) != nullptr, name);
        }
        QCOMPARE(*behavior->hr10, *outcome->report.metrics.hr10);
        QCOMPARE(*behavior->churnAuc, *outcome->report.metrics.churnAuc);
        QCOMPARE(*behavior->valueMae, *outcome->report.metrics.valueMae);
        QCOMPARE(comparison.rankedUsers, outcome->report.metrics.rankedUsers);
        QCOMPARE(comparison.valueUsers, outcome->report.metrics.valueUsers);
        QVERIFY(*find(comparison, "bg-nbd")->churnAuc > 0.6);
        QVERIFY(!find(comparison, "popular_all")->churnAuc);
        // 12 items bought at random: the ten most popular hold about ten twelfths of what comes
        QVERIFY(std::abs(*find(comparison, "popular_all")->hr10 - 10.0 / 12) < 0.12);
        QVERIFY(*find(comparison, "ease")->hr10 > 0.5 && *find(comparison, "ease")->hr10 <= 1);
        // the winner is the one with the largest figure, whoever it is
        double best = 0;
        for (const ComparedModel &model : comparison.models) {
            best = std::max(best, model.churnAuc.value_or(0));
        }
        QCOMPARE(*find(comparison, comparison.bestChurn)->churnAuc, best);
        const auto stored = comparisonOfRun(*readRun(fixture.project(), outcome->report.run));
        QVERIFY(stored.ok());
        QCOMPARE(stored->models.size(), comparison.models.size());
        QCOMPARE(*find(*stored, "past_spend")->valueMae, *find(comparison, "past_spend")->valueMae);
        QCOMPARE(stored->bestValue, comparison.bestValue);
        QCOMPARE(stored->split.cut, comparison.split.cut);
    }

    /// What the run keeps of its blend is what recommends.
    void theBlendIsKeptAndShips()
    {
        ProjectFixture fixture;
        fixture.add(tasteEvents(240, 120));
        BehaviorConfig config = smallConfig();
        config.epochs = 6;
        config.learningRate = 0.01;
        config.batchSize = 8;
        const auto outcome = trainAndCompare(fixture.project(), config, {}, {});
        QVERIFY(outcome.ok());
        const Comparison &comparison = outcome->comparison;
        QVERIFY(comparison.blend.has_value());
        QCOMPARE(comparison.blend->cut, comparison.split.cut);
        QCOMPARE(comparison.blend->weights.members.back().name, std::string("behavior"));
        QVERIFY(comparison.blend->purchases);
        const auto stored = comparisonOfRun(*readRun(fixture.project(), outcome->report.run));
        QCOMPARE(blendRecipeToJson(*stored->blend), blendRecipeToJson(*comparison.blend));
        QVERIFY(weightOf(*comparison.blend, "behavior") > 0);
        // the next item is any of a taste's ten: Σ 1 / (10 log₂(1 + rank)) = .454 at best, and what is
        // popular comes to a fifth of it; cross-fitted, the blend finds the taste too
        QVERIFY(*find(comparison, "blend")->ndcg10 > 0.4);
        const auto recommender = Recommender::load(fixture.project(), {}, {});
        QVERIFY(recommender.ok());
        QCOMPARE(recommender->facts().run, outcome->report.run);
        QCOMPARE(blendRecipeToJson(recommender->facts().recipe),
                 blendRecipeToJson(*comparison.blend));
        const UserRecord user = *findUser(fixture.project(), "u3");
        const auto list = recommender->forUser(fixture.project(), user);
        QVERIFY(list.ok() && list->source == RecommendationSource::Blend);
        QCOMPARE(list->run, outcome->report.run);
        // everybody at once gives the same list
        const auto keysOf = [](const RecommendationList &of) {
            std::vector<std::string> keys;
            for (const Recommendation &one : of.items) {
                keys.push_back(one.key);
            }
            return keys;
        };
        std::vector<std::vector<std::string>> ofUser;
        const auto all = recommender->forAll(
            fixture.project(),
            [&](const RecommendationList &one) -> Status {
                if (one.userKey == "u3") {
                    ofUser.push_back(keysOf(one));
                }
                return Done{};
            },
            {});
        QVERIFY(all.ok());
        QCOMPARE(ofUser.size(), std::size_t{1});
        QCOMPARE(ofUser.front(), keysOf(*list));
        // chances are of shares as the recipe knows them, whatever the list hides
        QCOMPARE(recommender->facts().recipe.hidePurchasedDays, 30);
        const auto chancesBy = [&](int hidePurchasedDays) {
            RecommendOptions options;
            options.reasons = 0;
            options.hidePurchasedDays = hidePurchasedDays;
            std::map<std::pair<std::int64_t, std::int64_t>, double> chances;
            const auto lists = Recommender::load(fixture.project(), options, {});
            const auto done = lists->forAll(fixture.project(), [&](const auto &one) -> Status {
                for (const Recommendation &item : one.items) {
                    chances[{one.user, item.itemId}] = item.probability.value_or(-1);
                }
                return Done{};
            }, {});
            return done.ok() ? chances : decltype(chances){};
        };
        const auto hidden = chancesBy(30), shown = chancesBy(0), moreHidden = chancesBy(90);
        QVERIFY(!hidden.empty() && !moreHidden.empty());
        std::size_t onlyShown = 0;
        for (const auto &[pair, chance] : shown) {
            QVERIFY(chance > 0 && chance < 1);
            const auto same = hidden.find(pair);
            onlyShown += same == hidden.end() ? 1 : 0;
            QVERIFY(same == hidden.end() || same->second == chance);
        }
        QVERIFY(onlyShown > 0);
        for (const auto &[pair, chance] : moreHidden) {
            const auto same = hidden.find(pair);
            QVERIFY(same == hidden.end() || same->second == chance);
        }
        // asked for a day that the run has seen the days after, that is said
        const auto later = [](const Recommender &of) -> std::optional<double> {
            const auto &notes = of.facts().notes;
            const auto found = std::ranges::find(notes, "knows_later", &RankerNote::code);
            return found == notes.end() ? std::nullopt : std::optional(found->figure);
        };
        QVERIFY(!later(*recommender));
        RecommendOptions before;
        before.at = outcome->report.split.until - 5;
        const auto early = Recommender::load(fixture.project(), before, {});
        QVERIFY(early.ok());
        QCOMPARE(later(*early), std::optional(5.0));
        // a run without a blend has no part in it, which is said
        QVERIFY(trainBehaviorModel(fixture.project(), smallConfig(), {}, {}).ok());
        const auto bare = Recommender::load(fixture.project(), {}, {});
        QVERIFY(bare.ok());
        QCOMPARE(bare->facts().notes.front().code, std::string("behavior_not_weighed"));
    }

    /// A ring of items is told by the last one alone, and two epochs teach a network little:
    /// Markov takes it all, and no list is said to be of the run.
    void aRunOfNoWeightHasNoPart()
    {
        ProjectFixture fixture;
        fixture.add(ringEvents(250, 90, 0.2, EventKind::Purchase));
        const auto outcome = trainAndCompare(fixture.project(), smallConfig(), {}, {});
        QVERIFY(outcome.ok() && outcome->comparison.blend);
        const Comparison &comparison = outcome->comparison;
        QVERIFY(weightOf(*comparison.blend, "markov") > 0);
        QCOMPARE(weightOf(*comparison.blend, "behavior"), 0.0);
        QVERIFY(*find(comparison, "blend")->ndcg10 > 0.5);
        QVERIFY(!outcome->report.churnTrained); // all come back: the run says no chances either
        const auto list = recommendForUser(fixture.project(), "u3", {});
        QVERIFY(list.ok() && list->source == RecommendationSource::Blend);
        QCOMPARE(list->run, std::int64_t{0});
    }

    void aBaselineThatWinsIsNamed()
    {
        ProjectFixture fixture; // items at random: there is nothing to learn
        fixture.add(ringEvents(80, 60, 1.0, EventKind::View));
        BehaviorConfig config = smallConfig();
        config.epochs = 1;
        const auto outcome = trainAndCompare(fixture.project(), config, {}, {});
        QVERIFY(outcome.ok());
        double best = 0;
        for (const ComparedModel &model : outcome->comparison.models) {
            best = std::max(best, model.ndcg10.value_or(0));
        }
        QCOMPARE(*find(outcome->comparison, outcome->comparison.bestNextItem)->ndcg10, best);
        QVERIFY(outcome->comparison.bestChurn.empty());
        QVERIFY(find(outcome->comparison, "bg-nbd") == nullptr);
    }

    void runsWithoutOneSaySo()
    {
        RunRecord run;
        run.metrics = "{}";
        QCOMPARE(comparisonOfRun(run).error().code, ErrorCode::NotTrained);
        run.metrics = "no json";
        QCOMPARE(comparisonOfRun(run).error().code, ErrorCode::Damaged);
        run.metrics = R"({"comparison": {"models": [1, {"model": 3}], "split": []}})";
        QVERIFY(comparisonOfRun(run).ok());
    }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
