#include "core/base/rng.h"
#include "core/project/event_store.h"
#include "core/project/forget_store.h"
#include "core/project/user_data_store.h"
#include "core/project/weight_blob.h"
#include "core/tuning/quality_json.h"
#include "core/tuning/run_comparison.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

bool near(double a, double b, double tolerance = 1e-6) { return std::abs(a - b) <= tolerance; }

JudgedAnswers answersWith(std::vector<HeadAnswers> heads)
{
    JudgedAnswers answers;
    answers.cut = 100;
    answers.labelDays = 30;
    answers.user.resize(heads.front().predicted.size());
    std::iota(answers.user.begin(), answers.user.end(), std::int64_t{1});
    answers.heads = std::move(heads);
    return answers;
}

HeadAnswers chances(std::vector<float> p, std::vector<double> happened)
{
    return {"churn", AnswerKind::Chance, std::move(p), std::move(happened)};
}

std::vector<std::uint32_t> everybody(const JudgedAnswers &answers)
{
    std::vector<std::uint32_t> all(answers.user.size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

HeadJudge judgeOf(const JudgedAnswers &answers)
{
    return {answers, answers.heads.front(), everybody(answers)};
}

/// Chances drawn evenly, and what happens with them pushed towards 0 and 1 by `overconfidence`.
HeadAnswers drawnChances(std::size_t users, double overconfidence, std::uint64_t seed)
{
    Rng rng(seed);
    HeadAnswers head{"churn", AnswerKind::Chance, {}, {}};
    for (std::size_t k = 0; k < users; ++k) {
        const double p = rng.uniform();
        head.actual.push_back(rng.uniform() < p ? 1.0 : 0.0);
        head.predicted.push_back(static_cast<float>(
            std::clamp(p + overconfidence * (p - 0.5), 0.0, 1.0)));
    }
    return head;
}

/// Users 1 to `count`: what is said of others isn't kept.
void addUsers(ProjectFixture &fixture, int count)
{
    std::vector<PlainEvent> events;
    for (int user = 1; user <= count; ++user) {
        events.push_back({"u" + std::to_string(user), "a", EventKind::Purchase, kSecondsPerDay, 1, {}});
    }
    fixture.add(events);
}

std::int64_t storeRun(Project &project, const std::vector<WeightBlob> &answers,
                      const std::string &config = "{}", const std::string &metrics = "{}")
{
    RunRecord run;
    run.model = kBehaviorModel;
    run.config = config;
    run.until = 130;
    run.id = beginRun(project, run).value();
    run.state = RunState::Done;
    run.metrics = metrics;
    const Status finished =
        finishRun(project, run, {listBlob<float>("weight", {1.0F})}, answers);
    return finished ? run.id : -1;
}

const FigurePair &pairNamed(const HeadPair &head, std::string_view name)
{
    return *std::ranges::find(head.figures, name, &FigurePair::name);
}

} // namespace

class TestRunQuality : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ranksByHand();
    void chancesByHand();
    void amountsAreThoseOfBacktests();
    void weightIsRepetition();
    void limits();
    void intervalOfAShareAsPublished();
    void luckAloneAndOverconfidence();
    void everyFigureHasAnInterval();
    void groupsAndSmallOnes();
    void answersAreKept();
    void whatIsNotSoundIsDamaged();
    void anErasedUserIsTakenOut();
    void aRunBesideItself();
    void differencesArePaired();
    void refusedComparisons();
    void jsonAndBack();
};

void TestRunQuality::ranksByHand()
{
    const auto answers =
        answersWith({{"next_item", AnswerKind::Rank, {1.0F, 10.5F, -1.0F, 3.0F, 20.0F}, {}}});
    const HeadJudge judge = judgeOf(answers);
    QCOMPARE(judge.users().size(), std::size_t{4});
    const auto figures = judge.figures();
    QVERIFY(near(*figures[0], 0.5));
    QVERIFY(near(*figures[1], (1 + 0.5) / 4));
    QVERIFY(near(*figures[2], (1 + 1 / 10.5 + 1.0 / 3 + 0.05) / 4));
}

void TestRunQuality::chancesByHand()
{
    const auto answers = answersWith({chances({0.1F, 0.4F, 0.4F, 0.8F}, {0, 0, 1, 1})});
    const auto figures = judgeOf(answers).figures();
    QVERIFY(near(*figures[0], 3.5 / 4));
    QVERIFY(near(*figures[1],
                 -(std::log(0.9) + std::log(0.6) + std::log(0.4) + std::log(0.8)) / 4));
    QVERIFY(near(*figures[2], (0.01 + 0.16 + 0.36 + 0.04) / 4));
    QVERIFY(near(*figures[3], (0.1 + 0.2 + 0.2) / 4)); // three bins: equal chances share one
    QVERIFY(near(*figures[4], 1.7 / 2 - 1));
    const auto bins = judgeOf(answers).reliability(0.95);
    QCOMPARE(bins.size(), std::size_t{3});
    QCOMPARE(bins[1].users, 2);
    QVERIFY(near(bins[1].predicted, 0.4) && near(bins[1].observed, 0.5));
}

void TestRunQuality::amountsAreThoseOfBacktests()
{
    const std::vector<float> predicted{10, 0, 5, 7, 3, 8};
    const std::vector<double> actual{12, 0, 2, 9, -1, 4};
    const auto answers = answersWith({{"value", AnswerKind::Amount, predicted, actual}});
    const std::vector<double> wide(predicted.begin(), predicted.end());
    const MetricValues values = Judge(wide, actual).metrics();
    const auto figures = judgeOf(answers).figures();
    for (std::size_t f = 0; f < figures.size(); ++f) {
        QCOMPARE(figures[f], values[f]);
        QCOMPARE(figureNames(AnswerKind::Amount)[f], metricName(kMetrics[f]));
    }
    QCOMPARE(judgeOf(answers).deciles().size(), std::size_t{6});
}

void TestRunQuality::weightIsRepetition()
{
    const auto once = answersWith({drawnChances(60, 0.3, 3)});
    HeadAnswers repeated = chances({}, {});
    const HeadJudge judge = judgeOf(once); // sorted: weights go by users()
    std::vector<double> weight;
    for (const std::int64_t user : judge.users()) {
        weight.push_back(static_cast<double>(user % 3));
    }
    for (std::size_t k = 0; k < once.user.size(); ++k) {
        for (std::int64_t n = once.user[k] % 3; n > 0; --n) {
            repeated.predicted.push_back(once.heads[0].predicted[k]);
            repeated.actual.push_back(once.heads[0].actual[k]);
        }
    }
    const auto weighted = judge.figures(weight);
    const auto answers = answersWith({repeated});
    const auto plain = judgeOf(answers).figures();
    for (std::size_t f = 0; f < plain.size(); ++f) {
        QVERIFY(near(*weighted[f], *plain[f], 1e-12));
    }
}

void TestRunQuality::limits()
{
    const auto perfect = answersWith({chances({0, 0, 1, 1}, {0, 0, 1, 1})});
    const auto figures = judgeOf(perfect).figures();
    QVERIFY(near(*figures[0], 1) && near(*figures[1], 0) && near(*figures[2], 0) &&
            near(*figures[3], 0) && near(*figures[4], 0));
    const auto wrong = answersWith({chances({1, 1, 0, 0}, {0, 0, 1, 1})});
    const auto worst = judgeOf(wrong).figures();
    QVERIFY(near(*worst[0], 0) && near(*worst[2], 1) && near(*worst[3], 1));
    QVERIFY(std::isfinite(*worst[1]));
    // one class, one user, nobody
    const auto alike = answersWith({chances({0.2F, 0.3F}, {0, 0})});
    QVERIFY(!judgeOf(alike).figures()[0] && !judgeOf(alike).figures()[4]);
    const auto none = answersWith({chances({-1.0F, -1.0F}, {0, 0})});
    for (const auto &figure : judgeOf(none).figures()) {
        QVERIFY(!figure);
    }
    QVERIFY(judgeOf(none).reliability(0.95).empty());
    QVERIFY(!judgeOf(none).errorByChance(10, 0.95, 1));
    const auto one = answersWith({{"value", AnswerKind::Amount, {5.0F}, {7.0}}});
    QCOMPARE(*judgeOf(one).figures()[0], 2.0);
}

/// Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 95 %: .2553 to .3662.
void TestRunQuality::intervalOfAShareAsPublished()
{
    std::vector<double> happened(263, 0.0);
    std::fill_n(happened.begin(), 81, 1.0);
    const auto answers = answersWith({chances(std::vector<float>(263, 0.3F), happened)});
    const auto bins = judgeOf(answers).reliability(0.95);
    QCOMPARE(bins.size(), std::size_t{1});
    QVERIFY(near(bins[0].interval.lower, 0.2553, 5e-5));
    QVERIFY(near(bins[0].interval.upper, 0.3662, 5e-5));
}

void TestRunQuality::luckAloneAndOverconfidence()
{
    const auto errorOf = [](const JudgedAnswers &answers) {
        return *judgeOf(answers).figures()[3];
    };
    int within = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto sound = answersWith({drawnChances(400, 0, seed)});
        within += errorOf(sound) <= judgeOf(sound).errorByChance(200, 0.95, seed)->upper ? 1 : 0;
    }
    QVERIFY2(within >= 34, qPrintable(QString::number(within))); // 95 % of 40 is 38
    const auto loud = answersWith({drawnChances(20000, 0.6, 1)});
    QVERIFY(errorOf(loud) > judgeOf(loud).errorByChance(200, 0.95, 1)->upper);
    // E |said − p| of said = p + .6 (p − .5) clipped to [0, 1], p even in [0, 1]: clipped below 3/16
    // and above 13/16, .6 (5/16)² between them and (3/16)² past them: .09375. The sampling error is
    // that of a mean of happened or not, √(E p (1 − p) / n) = √(1/6 / 20 000) = .0029: three of it.
    QVERIFY(near(errorOf(loud), 0.09375, 0.0087));
}

void TestRunQuality::everyFigureHasAnInterval()
{
    HeadAnswers ranks{"next_item", AnswerKind::Rank, {}, {}};
    HeadAnswers amounts{"value", AnswerKind::Amount, {}, {}};
    Rng rng(4);
    for (int k = 0; k < 300; ++k) {
        ranks.predicted.push_back(static_cast<float>(1 + rng.below(40)));
        amounts.predicted.push_back(static_cast<float>(rng.exponential() * 10));
        amounts.actual.push_back(rng.exponential() * static_cast<double>(amounts.predicted.back()));
    }
    const auto answers = answersWith({ranks, drawnChances(300, 0.2, 2), amounts});
    const auto quality = runQuality(answers, {}, {});
    QVERIFY(quality.ok());
    QCOMPARE(quality->heads.size(), std::size_t{3});
    for (const HeadQuality &head : quality->heads) {
        for (const MeasuredFigure &figure : head.figures) {
            QVERIFY2(figure.value && figure.interval, figure.name.c_str());
            QVERIFY2(std::isfinite(*figure.value) &&
                         figure.interval->lower < figure.interval->upper,
                     figure.name.c_str());
        }
    }
    // Few users: a resample's ECE is larger than the ECE, and still the interval is around it.
    const auto few = answersWith({drawnChances(50, 0, 12)});
    const MeasuredFigure error = *runQuality(few, {}, {})->heads[0].figure("ece");
    QVERIFY(error.interval->lower < *error.value && error.interval->upper > *error.value);
    // The bootstrap's half width of a share is near its normal one.
    const MeasuredFigure &hits = *quality->heads[0].figure("hr10");
    const double half = (hits.interval->upper - hits.interval->lower) / 2;
    QVERIFY(near(half, 1.96 * std::sqrt(*hits.value * (1 - *hits.value) / 300), 0.012));
    const auto again = runQuality(answers, {}, {});
    QCOMPARE(toJson(*again).dump(), toJson(*quality).dump());
    QCOMPARE(runQuality(answers, {.replicates = -1}, {}).error().where, std::string("replicates"));
    QCOMPARE(runQuality(answers, {.level = std::nan("")}, {}).error().where, std::string("level"));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(runQuality(answers, {}, Task(stop.get_token(), {})).error().code, ErrorCode::Cancelled);
}

void TestRunQuality::groupsAndSmallOnes()
{
    const auto answers = answersWith({drawnChances(100, 0, 9)});
    UserGroups groups{"sign", {"few", "many", "nobody", ""}, {}};
    for (std::uint32_t k = 0; k < 100; ++k) {
        groups.of.push_back(k < 20 ? 0U : k < 90 ? 1U : 3U);
    }
    const auto result = groupQuality(answers, groups, {.replicates = 20}, {});
    QVERIFY(result.ok());
    QCOMPARE(result->size(), std::size_t{3});
    QVERIFY((*result)[0].isSmall && !(*result)[1].isSmall && (*result)[2].isSmall);
    QCOMPARE((*result)[1].users, 70);
    QCOMPARE((*result)[2].group, std::string());
    double sum = 0; // a mean over users is the groups' mean by their size
    for (const GroupQuality &group : *result) {
        sum += static_cast<double>(group.users) * *group.heads[0].figure("brier")->value;
    }
    QVERIFY(near(sum / 100, *judgeOf(answers).figures()[2], 1e-12));

    ProjectFixture fixture;
    fixture.add({{"a", "i", EventKind::Purchase, startOf(1), 5, {}},
                 {"b", "i", EventKind::View, startOf(95), 0, {}},
                 {"b", "i", EventKind::View, startOf(96), 0, {}},
                 {"c", "i", EventKind::View, startOf(150), 0, {}}});
    const auto three = answersWith({chances({0.5F, 0.5F, 0.5F}, {0, 1, 1})});
    const auto nameOf = [&](const char *by, std::size_t k) {
        const auto made = userGroups(fixture.project(), three, by, {});
        return made ? made->names[made->of[k]] : "error " + made.error().detail;
    };
    QCOMPARE(nameOf("newness", 0), std::string("returning"));
    QCOMPARE(nameOf("newness", 1), std::string("new"));
    QCOMPARE(nameOf("newness", 2), std::string()); // nothing known of him at the cut
    QCOMPARE(nameOf("history", 0), std::string("1"));
    QCOMPARE(nameOf("history", 1), std::string("2-4"));
    QCOMPARE(nameOf("stage", 1), std::string("acquired"));
    QCOMPARE(nameOf("stage", 2), std::string());
    const auto unknown = userGroups(fixture.project(), three, "shoe", {});
    QVERIFY(!unknown && unknown.error().where == "attribute");
    QCOMPARE(userGroupings(fixture.project())->size(), std::size_t{3});
}

void TestRunQuality::answersAreKept()
{
    ValidationSet set;
    set.split.cut = 100;
    set.split.labelDays = 30;
    for (std::int64_t user = 1; user <= 1000; ++user) {
        ValidationRow row;
        row.user = user;
        row.customer = user % 2 == 0;
        row.churned = user % 4 == 0;
        row.value = -0.1234;
        row.pChurn = 0.25;
        row.expectedValue = row.pPurchase = row.pClick = row.expectedReturnDays = std::nan("");
        row.pReturn.fill(std::nan(""));
        row.rank = user == 7 ? 2.5 : 0;
        set.rows.push_back(row);
    }
    const auto all = answersOf(set);
    QCOMPARE(all.user.size(), std::size_t{1000});
    QCOMPARE(all.heads.size(), std::size_t{2}); // neither value, which is off, nor new items
    const auto some = answersOf(set, 300);
    QVERIFY(some.user.size() > 240 && some.user.size() < 360);
    set.rows.resize(600); // others are gone: those kept are the same
    const auto fewer = answersOf(set, 180);
    for (const std::int64_t user : fewer.user) {
        QVERIFY(std::ranges::binary_search(some.user, user));
    }

    ProjectFixture fixture;
    addUsers(fixture, 1000);
    const std::int64_t run = storeRun(fixture.project(), toBlobs(all));
    const auto read = readAnswers(fixture.project(), run);
    QVERIFY(read.ok());
    QCOMPARE(read->user, all.user);
    QCOMPARE(read->cut, 100);
    QCOMPARE(read->heads.size(), all.heads.size());
    for (std::size_t h = 0; h < all.heads.size(); ++h) {
        QCOMPARE(read->heads[h].head, all.heads[h].head);
        QCOMPARE(read->heads[h].predicted, all.heads[h].predicted);
        QCOMPARE(read->heads[h].actual, all.heads[h].actual);
    }
    QCOMPARE(readWeights(fixture.project(), run)->size(), std::size_t{1});
    const std::int64_t old = storeRun(fixture.project(), {});
    QCOMPARE(readAnswers(fixture.project(), old).error().code, ErrorCode::NotTrained);
    QVERIFY(!qualityOfRun(*readRun(fixture.project(), old)));
}

void TestRunQuality::whatIsNotSoundIsDamaged()
{
    ProjectFixture fixture;
    addUsers(fixture, 3);
    const auto codeOf = [&](std::vector<WeightBlob> blobs) {
        const auto read = readAnswers(fixture.project(), storeRun(fixture.project(), blobs));
        return read ? ErrorCode::Internal : read.error().code;
    };
    const auto good = answersWith({chances({0.5F, 0.2F}, {0, 1})});
    QCOMPARE(codeOf(toBlobs(good)), ErrorCode::Internal);
    auto twice = good;
    twice.user = {1, 1};
    auto longer = good;
    longer.user.push_back(3);
    auto large = good;
    large.heads[0].predicted[0] = 1.5F;
    auto infinite = good;
    infinite.heads[0].predicted[0] = std::numeric_limits<float>::infinity();
    auto half = good;
    half.heads[0].actual[0] = 2;
    auto rank = answersWith({{"next_item", AnswerKind::Rank, {0.5F}, {}}});
    auto window = good;
    window.labelDays = 0;
    for (const JudgedAnswers &bad : {twice, longer, large, infinite, half, rank, window}) {
        QCOMPARE(codeOf(toBlobs(bad)), ErrorCode::Damaged);
    }
    auto missing = toBlobs(good);
    missing.pop_back();
    QCOMPARE(codeOf(missing), ErrorCode::Damaged);
    missing.erase(missing.begin());
    QCOMPARE(codeOf(missing), ErrorCode::Damaged);
}

void TestRunQuality::anErasedUserIsTakenOut()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(5, 100, true));
    const auto answers = answersWith({chances({0.1F, 0.2F, 0.3F, 0.4F, 0.5F}, {0, 1, 0, 1, 0}),
                                      {"value", AnswerKind::Amount, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}}});
    const std::int64_t run = storeRun(fixture.project(), toBlobs(answers));
    const auto user = findUserById(fixture.project(), 3);
    const auto told = readStoredAnswers(fixture.project(), 3);
    QVERIFY(told.ok());
    QCOMPARE(told->size(), std::size_t{4}); // a chance and an amount, and what came
    QCOMPARE(told->front().name, std::string("chance/churn/predicted"));
    QVERIFY(near(told->front().value, 0.3));
    QCOMPARE(told->back().value, 3.0);
    QVERIFY(eraseUser(fixture.project(), user->key, {}).ok());
    const auto read = readAnswers(fixture.project(), run);
    QVERIFY(read.ok());
    QCOMPARE(read->user, (std::vector<std::int64_t>{1, 2, 4, 5}));
    QCOMPARE(read->heads[0].predicted, (std::vector<float>{0.1F, 0.2F, 0.4F, 0.5F}));
    QCOMPARE(read->heads[1].actual, (std::vector<double>{1, 2, 4, 5}));
    QCOMPARE(read->labelDays, 30);
    QVERIFY(readWeights(fixture.project(), run).ok());
    QVERIFY(readStoredAnswers(fixture.project(), 3)->empty());
}

void TestRunQuality::aRunBesideItself()
{
    ProjectFixture fixture;
    addUsers(fixture, 200);
    const auto blobs = toBlobs(answersWith({drawnChances(200, 0.2, 5)}));
    const std::int64_t a = storeRun(fixture.project(), blobs, R"({"seed": 1, "layers": 2})");
    const std::int64_t b = storeRun(fixture.project(), blobs, R"({"seed": 2, "layers": 2, "l1": 0.5})");
    const auto comparison = compareRuns(fixture.project(), a, b, {}, {});
    QVERIFY(comparison.ok());
    QVERIFY(comparison->sameData);
    QCOMPARE(comparison->settings.size(), std::size_t{2});
    QCOMPARE(comparison->settings[0].key, std::string("seed"));
    QCOMPARE(comparison->settings[1].a, std::string("null"));
    QCOMPARE(comparison->heads.size(), std::size_t{1});
    for (const FigurePair &pair : comparison->heads[0].figures) {
        QCOMPARE(*pair.difference, 0.0);
        QVERIFY(pair.interval->lower == 0 && pair.interval->upper == 0);
        QVERIFY(pair.isNoise && !pair.isBetter && !pair.isWorse);
    }
}

/// B knows a little more of each user than A: by itself each figure is wide, the pair's is not.
void TestRunQuality::differencesArePaired()
{
    ProjectFixture fixture;
    addUsers(fixture, 500);
    auto better = answersWith({drawnChances(500, 0, 6), {"next_item", AnswerKind::Rank, {}, {}}});
    better.heads[1].predicted.assign(500, 3.0F);
    auto worse = better;
    for (std::size_t k = 0; k < 500; ++k) {
        float &p = worse.heads[0].predicted[k];
        p = 0.8F * p + 0.2F * (1.0F - static_cast<float>(worse.heads[0].actual[k]));
    }
    worse.heads.pop_back();
    worse.heads[0].predicted[0] = -1.0F; // judged by one alone
    worse.user.pop_back();               // known to one alone
    worse.heads[0].predicted.pop_back();
    worse.heads[0].actual.pop_back();
    const std::int64_t a = storeRun(fixture.project(), toBlobs(worse));
    const std::int64_t b = storeRun(fixture.project(), toBlobs(better));
    const auto comparison = compareRuns(fixture.project(), a, b, {}, {});
    QVERIFY(comparison.ok());
    QCOMPARE(comparison->onlyB, (std::vector<std::string>{"next_item"}));
    const HeadPair &head = comparison->heads[0];
    QCOMPARE(head.users, 498);
    for (const char *name : {"auc", "log_loss", "brier"}) {
        const FigurePair &pair = pairNamed(head, name);
        QVERIFY2(pair.isBetter && !pair.isNoise, name);
        QVERIFY2(near(*pair.difference, *pair.b - *pair.a, 1e-12), name);
    }
    QVERIFY(*pairNamed(head, "auc").difference > 0 && *pairNamed(head, "brier").difference < 0);
    const auto back = compareRuns(fixture.project(), b, a, {}, {});
    QVERIFY(pairNamed(back->heads[0], "auc").isWorse);
    const auto quality = runQuality(better, {}, {});
    const Interval alone = *quality->heads[0].figure("auc")->interval;
    const Interval paired = *pairNamed(head, "auc").interval;
    QVERIFY(paired.upper - paired.lower < alone.upper - alone.lower);
    const auto untold = compareRuns(fixture.project(), a, b, {.replicates = 0}, {});
    const FigurePair &pair = pairNamed(untold->heads[0], "auc");
    QVERIFY(!pair.interval && !pair.isNoise && !pair.isBetter);
}

void TestRunQuality::refusedComparisons()
{
    ProjectFixture fixture;
    addUsers(fixture, 9);
    const auto answers = answersWith({chances({0.5F, 0.2F}, {0, 1})});
    const std::int64_t run = storeRun(fixture.project(), toBlobs(answers));
    const auto errorOf = [&](const std::vector<WeightBlob> &blobs) {
        return compareRuns(fixture.project(), run, storeRun(fixture.project(), blobs), {}, {}).error();
    };
    auto later = answers;
    later.cut = 101;
    QCOMPARE(errorOf(toBlobs(later)).where, std::string("cut"));
    auto strangers = answers;
    strangers.user = {8, 9};
    QCOMPARE(errorOf(toBlobs(strangers)).where, std::string("users"));
    auto otherOutcome = answers;
    otherOutcome.heads[0].actual = {1, 0};
    QCOMPARE(errorOf(toBlobs(otherOutcome)).where, std::string("users"));
    QCOMPARE(errorOf({}).code, ErrorCode::NotTrained);
    QCOMPARE(compareRuns(fixture.project(), run, 999, {}, {}).error().code, ErrorCode::NotTrained);
}

void TestRunQuality::jsonAndBack()
{
    const auto answers = answersWith({drawnChances(50, 0, 8),
                                      {"value", AnswerKind::Amount, std::vector<float>(50, 2.0F),
                                       std::vector<double>(50, 3.0)}});
    const auto quality = runQuality(answers, {.replicates = 10}, {});
    const auto json = toJson(*quality);
    const auto read = qualityFromJson(json);
    QVERIFY(read.has_value());
    QCOMPARE(toJson(*read).dump(), json.dump());
    RunRecord run;
    run.metrics = nlohmann::ordered_json{{"comparison", {{"quality", json}}}}.dump();
    QCOMPARE(toJson(*qualityOfRun(run)).dump(), json.dump());
    for (const char *hostile :
         {"[]", "3", "{}", R"({"cut": 5})", R"({"cut": "2010-13-77"})", "null"}) {
        QVERIFY2(!qualityFromJson(nlohmann::ordered_json::parse(hostile)), hostile);
    }
    const auto odd = qualityFromJson(nlohmann::ordered_json::parse(
        R"({"cut": "2010-01-01", "options": [], "heads": [1, {"kind": "x"}, {"kind": "chance",
            "figures": {"auc": 3}, "reliability": [{"users": "a"}, 4], "ece_by_chance": 1}]})"));
    QVERIFY(odd && odd->heads.size() == 1 && !odd->heads[0].figure("auc")->value);
    for (const char *metrics : {"", "no json", "{}", R"({"comparison": 1})",
                                R"({"comparison": {"quality": []}})"}) {
        run.metrics = metrics;
        QVERIFY2(!qualityOfRun(run), metrics);
    }
}

QTEST_GUILESS_MAIN(TestRunQuality)
#include "tst_run_quality.moc"
