#include "core/base/rng.h"
#include "core/recommend/blend_recipe.h"
#include "core/recommend/buy_chance.h"
#include "core/recommend/item_worth.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace perennial;

namespace {

bool near(double a, double b, double tolerance = 1e-9) { return std::abs(a - b) <= tolerance; }

/// One purchase of an item.
struct Sale {
    std::int32_t item = 0;
    double amount = 0;
    float pieces = 1;
};

EventTable salesOf(const std::vector<Sale> &sales)
{
    EventTable t;
    t.offsets = {0, 0, static_cast<std::int64_t>(sales.size())};
    for (const Sale &sale : sales) {
        t.user.push_back(1);
        t.item.push_back(sale.item);
        t.kind.push_back(EventKind::Purchase);
        t.at.push_back(0);
        t.quantity.push_back(sale.pieces);
        t.amount.push_back(moneyFromUnits(sale.amount));
        for (auto *column : {&t.order, &t.device, &t.place, &t.channel}) {
            column->push_back(0);
        }
    }
    return t;
}

ItemRecord item(std::int64_t id, const char *category, std::optional<double> price)
{
    ItemRecord record;
    record.id = id;
    record.key = std::to_string(id);
    record.category = category;
    record.price = price ? std::optional(moneyFromUnits(*price)) : std::nullopt;
    return record;
}

BlendRecipe anyRecipe()
{
    BlendRecipe recipe;
    recipe.cut = 100;
    recipe.until = 160;
    recipe.hidePurchasedDays = 20;
    recipe.weights.users = 12;
    recipe.weights.ndcg = 0.25;
    recipe.weights.bestMember = "ease";
    recipe.weights.members = {{"popular", 0, -0.01, {}, 0.1},
                              {"ease", 1, 0.2, Interval{0.1, 0.3}, 0.2}};
    recipe.userChance.deviation.fill(1);
    recipe.userChance.model.coefficients.assign(kSummarySize + 1, 0.5);
    recipe.itemChance.model.coefficients = {1, 2, 3, 4, 5};
    recipe.itemChance.knots = {{-3, -2.5}, {-1, -0.5}};
    recipe.calibration = CalibrationError{0.01, Interval{0.005, 0.02}, 0.1, 0.11, 500};
    return recipe;
}

} // namespace

class TestChances : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carriedAtAConstantRate();
    void calibrationByHand();
    void calibratedOnWhatItWasDrawnFrom();
    void neitherTooHighNorTooLow();
    void bentWhereTheLineIsWrong();
    void userChanceFromHistories();
    void worthByHand();
    void marginByCost();
    void recipeComesBackAsItWas();
    void brokenRecipesAreNone();
};

void TestChances::carriedAtAConstantRate()
{
    QCOMPARE(carriedChance(0.3, 60, 60), 0.3);
    QVERIFY(near(carriedChance(0.3, 30, 60), 1 - 0.7 * 0.7));
    QVERIFY(near(carriedChance(0.51, 60, 30), 0.3));
    QCOMPARE(carriedChance(0, 30, 60), 0.0);
    QVERIFY(carriedChance(1, 30, 3000) <= 1 && carriedChance(1, 30, 3000) > 0.999);
    QCOMPARE(carriedChance(0.4, 0, 60), 0.4);  // no window: nothing to carry by
    QVERIFY(carriedChance(1e-15, 1, 365) > 0); // small ones do not vanish
}

/// Two bins: .2 said and none of two happens, .8 said and one of two.
void TestChances::calibrationByHand()
{
    const std::vector<double> said{0.2, 0.8, 0.2, 0.8};
    const std::vector<bool> happened{false, true, false, false};
    const std::vector<std::int64_t> users{1, 2, 3, 4};
    const auto error = calibrationError(said, happened, users, 2, 0, 1);
    QVERIFY(near(error->error, 0.5 * 0.2 + 0.5 * 0.3));
    QVERIFY(near(error->predicted, 0.5) && near(error->happened, 0.25));
    QCOMPARE(error->cases, 4);
    QVERIFY(!error->interval);
    QVERIFY(!calibrationError({}, {}, {}, 10, 10, 1));
    // one bin: the difference of the means
    QVERIFY(near(calibrationError(said, happened, users, 1, 0, 1)->error, 0.25));
    const auto drawn = calibrationError(said, happened, users, 2, 200, 1);
    QVERIFY(drawn->interval && drawn->interval->lower <= drawn->interval->upper);
    QCOMPARE(calibrationError(said, happened, users, 2, 200, 1)->interval->upper,
             drawn->interval->upper);
}

/// Pairs drawn from a known chance: what is fitted on one half is calibrated on the other.
void TestChances::calibratedOnWhatItWasDrawnFrom()
{
    Rng rng(3);
    const ItemChance truth{{{-1, 0.9, 0.7, 1.5, 0.2}}, {}};
    std::vector<ItemCase> cases;
    std::vector<bool> bought;
    std::vector<std::int64_t> users;
    for (int k = 0; k < 40000; ++k) {
        cases.push_back({0.02 + 0.9 * rng.uniform(), std::exp(-6 * rng.uniform()),
                         rng.uniform() < 0.2});
        bought.push_back(rng.uniform() < truth.probability(cases.back()));
        users.push_back(k / 10);
    }
    const std::size_t half = cases.size() / 2;
    const ItemChance found =
        fitItemChance(std::span(cases).first(half), {bought.begin(), bought.begin() + 20000},
                      std::vector<double>(half, 1.0));
    QVERIFY(found.fitted());
    std::vector<double> said;
    double mean = 0, square = 0;
    for (std::size_t k = half; k < cases.size(); ++k) {
        said.push_back(found.probability(cases[k]));
        const double off = said.back() - truth.probability(cases[k]);
        // one twentieth of 2 200 purchases: a rate of .6 of 180 cases has the error .036, and the
        // largest of twenty such is about twice that
        QVERIFY(std::abs(off) < 0.12);
        mean += off / static_cast<double>(half);
        square += off * off / static_cast<double>(half);
    }
    QVERIFY(near(mean, 0, 0.0066)); // thrice √(.11 × .89 / 20 000)
    QVERIFY(square < 0.0004); // most cases are in bins of a low rate, known to .01
    const auto error = calibrationError(said, {bought.begin() + 20000, bought.end()},
                                        std::span(users).subspan(half), 10, 100, 1);
    QVERIFY(error->error < 0.01);
    // what is twice too sure is seen
    for (double &p : said) {
        p = std::min(0.99, 2 * p);
    }
    QVERIFY(calibrationError(said, {bought.begin() + 20000, bought.end()},
                             std::span(users).subspan(half), 10, 0, 1)->error > 0.05);
    // nobody bought: not fitted
    QVERIFY(!fitItemChance(cases, std::vector<bool>(cases.size(), false),
                           std::vector<double>(cases.size(), 1.0)).fitted());
    // ends of the scale stay finite
    for (const double share : {0.0, 1.0, std::numeric_limits<double>::min()}) {
        for (const double user : {0.0, 1.0}) {
            const double p = found.probability({user, share, true});
            QVERIFY(p > 0 && p < 1);
        }
    }
}

/// Of many small pasts with the same truth, a logistic one: what is said on fresh cases is right on
/// average, among all of them and among those that hardly anybody buys.
void TestChances::neitherTooHighNorTooLow()
{
    const ItemChance truth{{{-1, 0.9, 0.7, 1.5, 0.2}}, {}};
    const auto draw = [](Rng &rng) {
        return ItemCase{0.02 + 0.9 * rng.uniform(), std::exp(-6 * rng.uniform()),
                        rng.uniform() < 0.2};
    };
    double said = 0, right = 0, saidOfLow = 0, rightOfLow = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Rng rng(seed);
        std::vector<ItemCase> cases;
        std::vector<bool> bought;
        for (int k = 0; k < 1500; ++k) {
            cases.push_back(draw(rng));
            bought.push_back(rng.uniform() < truth.probability(cases.back()));
        }
        const ItemChance found = fitItemChance(cases, bought, std::vector<double>(1500, 1.0));
        for (int k = 0; k < 5000; ++k) {
            const ItemCase one = draw(rng);
            const double p = truth.probability(one);
            said += found.probability(one);
            right += p;
            saidOfLow += p < 0.1 ? found.probability(one) : 0.0;
            rightOfLow += p < 0.1 ? p : 0.0;
        }
    }
    // 60 000 cases, of which .11 bought and .02 with a chance below .1: thrice √(1 / purchases)
    QVERIFY2(near(said / right, 1, 0.037), qPrintable(QString::number(said / right)));
    QVERIFY2(near(saidOfLow / rightOfLow, 1, 0.087),
             qPrintable(QString::number(saidOfLow / rightOfLow)));
}

/// A chance that no logistic line in log share can follow: the second step does, in the same order.
void TestChances::bentWhereTheLineIsWrong()
{
    Rng rng(6);
    const auto truth = [](double share) { return share > 0.2 ? 0.5 : 0.02 + 0.1 * share; };
    std::vector<ItemCase> cases;
    std::vector<bool> bought;
    std::vector<std::int64_t> users;
    for (int k = 0; k < 40000; ++k) {
        cases.push_back({0.5, std::exp(-5 * rng.uniform()), false});
        bought.push_back(rng.uniform() < truth(cases.back().share));
        users.push_back(k);
    }
    const std::vector<double> once(cases.size(), 1.0);
    const ItemChance bent = fitItemChance(cases, bought, once);
    ItemChance straight = bent;
    straight.knots.clear();
    QVERIFY(bent.knots.size() > 3);
    const auto errorOf = [&](const ItemChance &chance) {
        std::vector<double> said;
        for (const ItemCase &one : cases) {
            said.push_back(chance.probability(one));
        }
        return calibrationError(said, bought, users, 20, 0, 1)->error;
    };
    QVERIFY(errorOf(straight) > 0.03 && errorOf(bent) < 0.015);
    double before = 0;
    for (double share = 0.001; share < 1; share *= 1.1) {
        const double p = bent.probability({0.5, share, false});
        QVERIFY(p >= before && p < 1);
        before = p;
    }
    // two knots by hand: halfway between them in log-odds, and past them
    ItemChance two;
    two.model.coefficients = {0, 1, 0, 0, 0}; // the log-odds of the user's chance
    two.knots = {{-1, -2}, {1, 0}};
    const auto oddsAt = [&](double odds) {
        const double p = two.probability({1 / (1 + std::exp(-odds)), 1, false});
        return std::log(p / (1 - p));
    };
    QVERIFY(near(oddsAt(0), -1) && near(oddsAt(-1), -2));
    QVERIFY(near(oddsAt(-3), -4) && near(oddsAt(2), 1));
}

void TestChances::userChanceFromHistories()
{
    Rng rng(8);
    std::vector<HistorySummary> summaries;
    std::vector<bool> bought;
    for (int k = 0; k < 3000; ++k) {
        HistorySummary one{};
        one[3] = static_cast<float>(rng.uniform() * 5); // the others are constant
        bought.push_back(rng.uniform() < 1 / (1 + std::exp(double{one[3]} - 2)));
        summaries.push_back(one);
    }
    const UserChance chance = fitUserChance(summaries, bought);
    HistorySummary recent{}, old{};
    recent[3] = 0.5F;
    old[3] = 4.5F;
    QVERIFY(near(chance.probability(recent), 1 / (1 + std::exp(-1.5)), 0.06));
    QVERIFY(near(chance.probability(old), 1 / (1 + std::exp(2.5)), 0.06));
    QVERIFY(!fitUserChance({}, {}).fitted());
}

void TestChances::worthByHand()
{
    std::vector<Sale> sales;
    for (int k = 0; k < 5; ++k) {
        sales.push_back({1, 10.0 + k, 2}); // five purchases: their mean, 12, not the price
        sales.push_back({1, 0, 0});
    }
    sales.push_back({2, 100, 1}); // one purchase: the price counts
    sales.push_back({3, 40, 1});  // one purchase and no price
    const std::vector<ItemRecord> items{item(1, "a", 3),  item(2, "a", 8), item(3, "", {}),
                                        item(4, "a", {}), item(5, "z", {})};
    const auto worth = itemWorths(salesOf(sales), items, 10, 0.4, {});
    QVERIFY(near(worth[1]->revenue, 6) && worth[1]->source == WorthSource::Paid);
    QVERIFY(near(worth[2]->revenue, 8) && worth[2]->source == WorthSource::Price);
    QVERIFY(near(worth[3]->revenue, 40) && worth[3]->source == WorthSource::Paid);
    QVERIFY(near(worth[4]->revenue, 7) && worth[4]->source == WorthSource::Category);
    QVERIFY(near(worth[5]->revenue, 18) && worth[5]->source == WorthSource::All);
    QVERIFY(near(worth[5]->margin, 0.4));
    // before anything was sold, and with nothing known at all
    QVERIFY(itemWorths(salesOf(sales), items, -1, 0.4, {})[1]->source == WorthSource::Price);
    QVERIFY(!itemWorths(salesOf({}), {item(1, "a", {})}, 10, 1, {})[1]);
    QCOMPARE(itemWorths(salesOf({}), {}, 10, 1, {}).size(), std::size_t{1});
}

void TestChances::marginByCost()
{
    const std::vector<ItemRecord> items{item(1, "", 10), item(2, "", {}), item(3, "", 10)};
    const std::vector<std::optional<double>> cost{{}, 4.0, 3.0};
    const auto worth = itemWorths(salesOf({{2, 12, 2}}), items, 10, 0.5, cost);
    QVERIFY(near(worth[1]->margin, 0.6));
    QVERIFY(near(worth[2]->margin, 0.5)); // 1 − 3 / 6 a piece
    QVERIFY(near(worth[3]->margin, 0.5)); // the project's
    const std::vector<std::optional<double>> dear{{}, 15.0};
    QVERIFY(near(itemWorths(salesOf({}), items, 10, 0.5, dear)[1]->margin, -0.5)); // sold at a loss
}

void TestChances::recipeComesBackAsItWas()
{
    const BlendRecipe recipe = anyRecipe();
    const std::string json = blendRecipeToJson(recipe);
    const auto again = blendRecipeFromJson(json);
    QVERIFY(again);
    QCOMPARE(blendRecipeToJson(*again), json);
    QCOMPARE(again->windowDays(), 60);
    QCOMPARE(again->hidePurchasedDays, 20);
    std::string old = json; // kept before the days were
    const std::string days = "\"hide_purchased_days\":20,";
    QVERIFY(old.find(days) != std::string::npos);
    old.erase(old.find(days), days.size());
    QCOMPARE(blendRecipeFromJson(old)->hidePurchasedDays, 30);
    QVERIFY(again->weights.weights() == recipe.weights.weights());
    QVERIFY(again->weights.members[1].interval && !again->weights.members[0].interval);
    BlendRecipe bare = recipe;
    bare.calibration.reset();
    bare.itemChance = {};
    QVERIFY(!blendRecipeFromJson(blendRecipeToJson(bare))->itemChance.fitted());
}

void TestChances::brokenRecipesAreNone()
{
    for (const char *text : {"", "null", "[]", "{}", "{\"cut\": 3}", "no json"}) {
        QVERIFY(!blendRecipeFromJson(text));
    }
    const auto broken = [](auto change) {
        BlendRecipe recipe = anyRecipe();
        change(recipe);
        return !blendRecipeFromJson(blendRecipeToJson(recipe));
    };
    QVERIFY(broken([](BlendRecipe &r) { r.weights.members[1].weight = 0; })); // nobody counts
    QVERIFY(broken([](BlendRecipe &r) { r.weights.members[0].weight = -1; }));
    QVERIFY(broken([](BlendRecipe &r) { r.hidePurchasedDays = -1; }));
    QVERIFY(broken([](BlendRecipe &r) { r.weights.members[0].weight = std::nan(""); }));
    QVERIFY(broken([](BlendRecipe &r) { r.until = r.cut; }));
    QVERIFY(broken([](BlendRecipe &r) { r.userChance.deviation[4] = 0; }));
    QVERIFY(broken([](BlendRecipe &r) { r.itemChance.model.coefficients = {1, 2}; }));
    QVERIFY(broken([](BlendRecipe &r) { r.itemChance.knots[1].from = -4; }));
    QVERIFY(broken([](BlendRecipe &r) { r.itemChance.knots[1].to = -4; }));
    QVERIFY(broken([](BlendRecipe &r) { r.userChance.model.coefficients = {1, 2}; }));
}

QTEST_GUILESS_MAIN(TestChances)
#include "tst_chances.moc"
