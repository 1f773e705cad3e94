#include "core/behavior/fold.h"
#include "core/tuning/folds.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <cmath>
#include <set>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 20;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 1;
    config.refitEpochs = 1;
    return config;
}

/// Losses of the epochs and what was judged, for one fold over events.
struct Told {
    std::vector<double> losses;
    std::vector<ValidationRow> rows;
    TrainReport report;
};
Told toldBy(const std::vector<PlainEvent> &events, const BehaviorConfig &config, const HoldOut &holdOut)
{
    ProjectFixture fixture;
    std::vector<PlainEvent> opening; // one user meets all items, so that their ids are the same always
    for (int item = 0; item < 12; ++item) {
        opening.push_back({"opener", "i" + std::to_string(item), EventKind::View, item, 0, {}});
    }
    fixture.add(opening);
    fixture.add(events);
    Told told;
    TrainHooks hooks;
    hooks.onEpoch = [&](const EpochReport &epoch) {
        told.losses.push_back(epoch.trainLoss);
        told.losses.push_back(epoch.validLoss);
    };
    auto outcome = trainFold(fixture.project(), config, holdOut, hooks, {});
    if (outcome) {
        told.rows = outcome->judged.rows;
        told.report = outcome->report;
    }
    return told;
}

/// Users' ids as the project gives them: in order of their first event, after the opener's.
std::int64_t idOf(const std::string &user) { return std::stoll(user.substr(1)) + 2; }

} // namespace

class TestFolds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsOfFolds();
    void everyUserIsInOneFold();
    void nothingOfHeldOutUsersIsLearned();
    void nothingOfTheJudgedWindowIsLearned();
    void overUsers();
    void overTime();
    void refusals();
};

void TestFolds::textsOfFolds()
{
    QCOMPARE(foldsFromText("users:5")->folds, 5);
    QCOMPARE(foldsFromText("time:3")->over, FoldsOver::Time);
    for (const char *wrong : {"", "users", "users:", "users:1", "users:51", "users:2x", "items:3",
                              ":3", "time:-2", "time:99999999999"}) {
        const auto read = foldsFromText(wrong);
        QVERIFY2(!read && read.error().where == "folds", wrong);
    }
}

void TestFolds::everyUserIsInOneFold()
{
    std::vector<int> sizes(4, 0);
    for (std::int64_t user = 1; user <= 4000; ++user) {
        int held = 0;
        for (int fold = 0; fold < 4; ++fold) {
            const bool in = isHeldOut({4, fold, 9, {}}, user);
            held += in ? 1 : 0;
            sizes[static_cast<std::size_t>(fold)] += in ? 1 : 0;
        }
        QCOMPARE(held, 1);
    }
    for (const int size : sizes) {
        QVERIFY(size > 900 && size < 1100);
    }
    QVERIFY(!isHeldOut({}, 1));
}

/// Whatever held-out users did, the losses of the training on the others are the same to the last bit.
void TestFolds::nothingOfHeldOutUsersIsLearned()
{
    const HoldOut holdOut{3, 1, 5, {}};
    std::vector<PlainEvent> events = customerEvents(150, 150, true);
    const Told before = toldBy(events, smallConfig(), holdOut);
    QVERIFY(!before.losses.empty() && !before.rows.empty());
    int changed = 0;
    for (PlainEvent &event : events) {
        if (isHeldOut(holdOut, idOf(event.user))) {
            event.amount *= 1000;
            event.item = "i" + std::to_string((std::stoi(event.item.substr(1)) + 5) % 12);
            ++changed;
        }
    }
    QVERIFY(changed > 100);
    const Told after = toldBy(events, smallConfig(), holdOut);
    QCOMPARE(after.losses, before.losses);
    QCOMPARE(after.rows.size(), before.rows.size());
    std::set<std::int64_t> judged;
    for (const ValidationRow &row : after.rows) {
        QVERIFY(isHeldOut(holdOut, row.user));
        judged.insert(row.user);
    }
    QCOMPARE(judged.size(), after.rows.size());
    QCOMPARE(after.report.run, 0);
}

/// What comes after the day trained to changes what is true, not what is predicted.
void TestFolds::nothingOfTheJudgedWindowIsLearned()
{
    BehaviorConfig config = smallConfig();
    config.until = 120;
    const HoldOut holdOut{0, 0, 1, Day{140}};
    std::vector<PlainEvent> events = customerEvents(120, 150, true);
    const Told before = toldBy(events, config, holdOut);
    for (PlainEvent &event : events) {
        if (dayOf(event.at) > 120) {
            event.amount *= 1000;
        }
    }
    const Told after = toldBy(events, config, holdOut);
    QVERIFY(!before.rows.empty());
    QCOMPARE(after.losses, before.losses);
    QCOMPARE(after.rows.size(), before.rows.size());
    double paidBefore = 0, paidAfter = 0;
    for (std::size_t k = 0; k < after.rows.size(); ++k) {
        QCOMPARE(after.rows[k].pChurn, before.rows[k].pChurn);
        QCOMPARE(after.rows[k].expectedValue, before.rows[k].expectedValue);
        paidBefore += before.rows[k].value;
        paidAfter += after.rows[k].value;
    }
    QVERIFY(paidBefore > 0 && std::abs(paidAfter / paidBefore - 1000) < 1);
}

void TestFolds::overUsers()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(200, 150, true));
    int told = 0;
    const auto result = crossValidate(fixture.project(), smallConfig(), {FoldsOver::Users, 3, 1},
                                      [&](const FoldRow &) { ++told; }, {});
    QVERIFY2(result.ok(), result ? "" : result.error().detail.c_str());
    QCOMPARE(told, 3);
    QCOMPARE(result->rows.size(), std::size_t{3});
    std::int64_t users = 0;
    double mean = 0;
    for (const FoldRow &row : result->rows) {
        QVERIFY(!row.error);
        QCOMPARE(row.cut, result->rows[0].cut);
        users += row.users;
        const auto churn = std::ranges::find(row.heads, "churn", &HeadQuality::head);
        QVERIFY(churn != row.heads.end());
        mean += *churn->figure("brier")->value / 3;
    }
    std::set<std::string> known;
    for (const PlainEvent &event : customerEvents(200, 150, true)) {
        if (dayOf(event.at) <= result->rows[0].cut) {
            known.insert(event.user);
        }
    }
    QCOMPARE(users, static_cast<std::int64_t>(known.size()));
    const auto head = std::ranges::find(result->heads, "churn", &FoldHead::head);
    const auto brier = std::ranges::find(head->figures, "brier", &FoldFigure::name);
    QCOMPARE(brier->folds, 3);
    QVERIFY(std::abs(brier->mean - mean) < 1e-12);
    QVERIFY(*brier->spread > 0 && brier->lowest <= brier->mean && brier->mean <= brier->highest);
    QVERIFY(readRuns(fixture.project())->empty());
    const auto again = crossValidate(fixture.project(), smallConfig(), {FoldsOver::Users, 3, 1}, {}, {});
    QCOMPARE(std::ranges::find(again->heads, "churn", &FoldHead::head)->figures[2].mean, brier->mean);
}

void TestFolds::overTime()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(200, 150, true));
    BehaviorConfig config = smallConfig();
    config.until = 139;
    const auto result = crossValidate(fixture.project(), config, {FoldsOver::Time, 3, 1}, {}, {});
    QVERIFY2(result.ok(), result ? "" : result.error().detail.c_str());
    QCOMPARE(result->horizonDays, 20);
    for (int k = 0; k < 3; ++k) {
        const FoldRow &row = result->rows[static_cast<std::size_t>(k)];
        QVERIFY(!row.error);
        QCOMPARE(row.labelDays, 20);
        QCOMPARE(row.cut, 139 - 20 * (3 - k)); // the last window ends at t₀
    }
    // Too short a history for so many windows of 60 days: shorter ones.
    config.horizonDays = 60;
    const auto shorter = crossValidate(fixture.project(), config, {FoldsOver::Time, 4, 1}, {}, {});
    QVERIFY(shorter.ok());
    QVERIFY(shorter->horizonDays >= 19 && shorter->horizonDays <= 20); // 140 days / 7
    QCOMPARE(shorter->rows[0].labelDays, shorter->horizonDays);
}

void TestFolds::refusals()
{
    ProjectFixture fixture;
    const auto errorOf = [&](BehaviorConfig config, FoldOptions options, const Task &task = {}) {
        const auto result = crossValidate(fixture.project(), config, options, {}, task);
        return result ? Error{} : result.error();
    };
    QCOMPARE(errorOf(smallConfig(), {FoldsOver::Time, 3, 1}).code, ErrorCode::NoEvents);
    fixture.add({{"a", "i", EventKind::Purchase, startOf(1), 5, {}},
                 {"a", "i", EventKind::Purchase, startOf(1), 5, {}}});
    QCOMPARE(errorOf(smallConfig(), {FoldsOver::Time, 3, 1}).code, ErrorCode::TooLittleData);
    QCOMPARE(errorOf(smallConfig(), {FoldsOver::Users, 2, 1}).code, ErrorCode::TooLittleData);
    QCOMPARE(errorOf(smallConfig(), {FoldsOver::Users, 1, 1}).where, std::string("folds"));
    BehaviorConfig warm = smallConfig();
    warm.warmRun = 1;
    QCOMPARE(errorOf(warm, {FoldsOver::Users, 2, 1}).where, std::string("warm_run"));
    fixture.add(customerEvents(100, 150, true));
    std::stop_source stop;
    const Task task(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 0.3) {
            stop.request_stop();
        }
    });
    QCOMPARE(errorOf(smallConfig(), {FoldsOver::Users, 3, 1}, task).code, ErrorCode::Cancelled);
    QVERIFY(readRuns(fixture.project())->empty());
}

QTEST_GUILESS_MAIN(TestFolds)
#include "tst_folds.moc"
