#include "core/behavior/model.h"
#include "core/behavior/score.h"
#include "core/behavior/train.h"
#include "core/project/database.h"
#include "core/project/run_store.h"
#include "core/recommend/recommend.h"
#include "tests/core/behavior/small_shop.h"
#include "tests/support/older_project.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kDays = 150;

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.epochs = 1;
    config.refitEpochs = 0;
    return config;
}

bool sound(const std::vector<BehaviorScore> &scores)
{
    return std::ranges::all_of(scores, [](const BehaviorScore &score) {
        return score.pChurn && *score.pChurn >= 0 && *score.pChurn <= 1 && score.expectedValue &&
               *score.expectedValue >= 0 && std::isfinite(*score.expectedValue);
    });
}

/// Scores that fall, no item twice; of the behaviour model's list also a cosine for each.
bool sound(const RecommendationList &list)
{
    std::set<std::int64_t> met;
    double before = 1;
    for (const Recommendation &one : list.items) {
        const bool cosine = one.cosine ? std::abs(*one.cosine) <= 1
                                       : list.source != RecommendationSource::Model;
        const bool chance = !one.probability || (*one.probability > 0 && *one.probability < 1);
        if (!(one.score > 0 && one.score <= before) || !cosine || !chance ||
            (one.value && !(*one.value >= 0 && std::isfinite(*one.value))) ||
            !met.insert(one.itemId).second) {
            return false;
        }
        before = one.score;
    }
    return !list.items.empty();
}

/// With what was bought lately, by `method`.
RecommendOptions askedOf(const char *method, int top = 10)
{
    RecommendOptions options;
    options.method = method;
    options.top = top;
    options.hidePurchasedDays = 0;
    return options;
}

PlainEvent bought(const std::string &user, const std::string &item, double day)
{
    return {user, item, EventKind::Purchase, static_cast<UtcSecond>(day * 86400), 5.0, {}};
}

} // namespace

class TestScoring : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsAreThoseOfASort();
    void oneUserAsAmongAll();
    void listsAloneAreTheModels();
    void blocksAreTheWhole();
    void bytesAndBack();
    void nobodyToScore();
    void newUsersAndItems();
    void newItemsByTheirContent();
    void allItemsNew();
    void everythingInOneSecond();
    void damagedWeights();
    void configOfAnotherNetwork();
    void runOfAnOlderSchema();

private:
    Project &project() { return m_fixture->project(); }
    void execute(const std::string &sql) { project().database().execute(sql); }
    BehaviorModel load() { return BehaviorModel::load(project(), 0, kDays, {}).value(); }

    std::optional<ProjectFixture> m_fixture;
    std::int64_t m_run = 0;
};

// Customers of 60 items that state no price: what they cost is known from what was paid.
void TestScoring::init()
{
    m_fixture.emplace();
    Rng rng(3);
    std::vector<PlainEvent> events = customerEvents(200, kDays, true);
    for (PlainEvent &event : events) {
        const std::uint32_t item = rng.below(60);
        event.item = "i" + std::to_string(item);
        event.amount = 1 + item;
    }
    m_fixture->add(events);
    const auto report = trainBehaviorModel(project(), smallConfig(), {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    m_run = report->run;
}

void TestScoring::listsAreThoseOfASort()
{
    const BehaviorModel model = load();
    std::vector<std::int64_t> users;
    std::vector<std::vector<std::int32_t>> hidden;
    Rng rng(7);
    for (std::int64_t user = 1; user <= 150; ++user) {
        users.push_back(user);
        hidden.emplace_back();
        for (std::int32_t position = 0; position < 60; ++position) {
            if (rng.uniform() < 0.2) {
                hidden.back().push_back(position);
            }
        }
    }
    const auto scores = model.itemScores(users);
    const auto lists = model.bestItems(users, 10, hidden);
    QVERIFY(scores.ok() && lists.ok());
    for (std::size_t u = 0; u < users.size(); ++u) {
        const auto &logs = (*scores)[u].logProbability;
        std::vector<std::int32_t> order;
        for (std::int32_t position = 0; position < 60; ++position) {
            if (!std::ranges::binary_search(hidden[u], position)) {
                order.push_back(position);
            }
        }
        std::ranges::stable_sort(order, [&](std::int32_t a, std::int32_t b) {
            return logs[static_cast<std::size_t>(a)] > logs[static_cast<std::size_t>(b)];
        });
        const auto &list = (*lists)[u];
        QCOMPARE(list.size(), std::size_t{10});
        for (std::size_t k = 0; k < list.size(); ++k) {
            const auto here = static_cast<std::size_t>(list[k].position);
            // Rounding may swap neighbours that are equal but for it.
            QVERIFY(std::abs(logs[here] - logs[static_cast<std::size_t>(order[k])]) < 1e-5F);
            QVERIFY(std::abs(list[k].logProbability - logs[here]) < 1e-5F);
            QVERIFY(std::abs(list[k].cosine - (*scores)[u].cosine[here]) < 1e-5F);
            QVERIFY(!std::ranges::binary_search(hidden[u], list[k].position));
        }
    }
    QCOMPARE(model.bestItems(users, 100, {})->front().size(), std::size_t{60});
    QVERIFY(model.bestItems(users, 0, {})->front().empty());
    QVERIFY(model.bestItems({}, 10, {})->empty());
    for (const std::int64_t stranger : {std::int64_t{0}, std::int64_t{201}, INT64_MAX}) {
        QCOMPARE(model.bestItems(std::span(&stranger, 1), 10, {}).error().code,
                 ErrorCode::UnknownUser);
        QCOMPARE(model.itemScores(std::span(&stranger, 1)).error().code, ErrorCode::UnknownUser);
    }
    QCOMPARE(model.bestItems(users, 10, std::span(hidden).first(3)).error().code,
             ErrorCode::InvalidArgument);
}

// Also what an item costs, which is known from everybody's purchases.
void TestScoring::oneUserAsAmongAll()
{
    RecommendOptions options;
    options.reasons = 0;
    std::int64_t compared = 0;
    const auto all = recommendAll(
        project(), options,
        [&](const RecommendationList &list) -> Status {
            if (list.user % 20 != 0) {
                return Done{};
            }
            const auto alone = recommendForUser(project(), list.user, options);
            if (!alone || alone->items.size() != list.items.size()) {
                return fail(ErrorCode::Internal, list.userKey);
            }
            for (std::size_t k = 0; k < list.items.size(); ++k) {
                if (std::abs(alone->items[k].score - list.items[k].score) > 1e-6) {
                    return fail(ErrorCode::Internal, list.userKey + " " + list.items[k].key);
                }
            }
            ++compared;
            return Done{};
        },
        {});
    QVERIFY2(all.ok(), all ? "" : all.error().detail.c_str());
    QCOMPARE(*all, 200);
    QCOMPARE(compared, 10);
}

/// Without chances and values, users read a part at a time: the same items in the same places.
void TestScoring::listsAloneAreTheModels()
{
    const auto listed = [&](bool values) {
        RecommendOptions options = askedOf("behavior", 5);
        options.hidePurchasedDays = 20;
        options.reasons = 0;
        options.values = values;
        std::vector<std::pair<std::int64_t, std::int64_t>> rows;
        const auto lists = recommendAll(
            project(), options,
            [&](const RecommendationList &list) -> Status {
                for (const Recommendation &one : list.items) {
                    rows.emplace_back(list.user, one.itemId);
                }
                return Done{};
            },
            {});
        return lists ? rows : decltype(rows)();
    };
    const auto whole = listed(true);
    QCOMPARE(whole.size(), std::size_t{200 * 5});
    QVERIFY(listed(false) == whole);
    RecommendOptions blend;
    blend.values = false;
    QCOMPARE(recommendAll(project(), blend, [](const auto &) { return Done{}; }, {}).error().code,
             ErrorCode::InvalidArgument);
}

void TestScoring::blocksAreTheWhole()
{
    const auto whole = scoreBehavior(project(), 0, kDays, {});
    QVERIFY(whole.ok() && sound(*whole));
    QCOMPARE(whole->size(), std::size_t{200});
    for (const std::int64_t size : {1L, 7L, 64L, 200L, 100000L}) {
        std::vector<ScoreBlock> blocks;
        const auto keep = [&](const ScoreBlock &block) -> Status {
            blocks.push_back(block);
            return Done{};
        };
        QVERIFY(scoreBehaviorBlocks(project(), 0, kDays, {size, 0}, keep, {}).ok());
        QCOMPARE(blocks.size(), static_cast<std::size_t>((200 + size - 1) / size));
        // Gone on with after any of them, the rest is the same to the bit.
        for (std::size_t done = 1; done <= blocks.size(); done += 1 + blocks.size() / 8) {
            std::vector<BehaviorScore> rest, expected;
            const auto gather = [&](const ScoreBlock &block) -> Status {
                rest.insert(rest.end(), block.scores.begin(), block.scores.end());
                return Done{};
            };
            QVERIFY(scoreBehaviorBlocks(project(), 0, kDays, {size, blocks[done - 1].users.last},
                                        gather, {}).ok());
            for (std::size_t k = done; k < blocks.size(); ++k) {
                expected.insert(expected.end(), blocks[k].scores.begin(), blocks[k].scores.end());
            }
            QVERIFY(rest == expected);
        }
        std::size_t k = 0;
        for (const ScoreBlock &block : blocks) {
            for (const BehaviorScore &score : block.scores) {
                QCOMPARE(score.user, (*whole)[k].user);
                QVERIFY(std::abs(*score.pChurn - *(*whole)[k].pChurn) < 1e-5);
                ++k;
            }
        }
    }
    // An error of who takes them, and a cancel, end it.
    const auto refuse = [](const ScoreBlock &) -> Status { return fail(ErrorCode::DiskFull); };
    QCOMPARE(scoreBehaviorBlocks(project(), 0, kDays, {7, 0}, refuse, {}).error().code,
             ErrorCode::DiskFull);
    std::stop_source stop;
    const auto once = [&](const ScoreBlock &) -> Status {
        stop.request_stop();
        return Done{};
    };
    QCOMPARE(scoreBehaviorBlocks(project(), 0, kDays, {7, 0}, once, Task(stop.get_token(), {}))
                 .error().code,
             ErrorCode::Cancelled);
    QCOMPARE(scoreBehaviorBlocks(project(), 0, kDays, {0, 0}, once, {}).error().code,
             ErrorCode::InvalidArgument);
}

void TestScoring::bytesAndBack()
{
    auto scores = *scoreBehavior(project(), 0, kDays, {});
    scores[3].pChurn.reset();
    scores[4].expectedValue.reset();
    scores[5] = {scores[5].user, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
    const auto bytes = bytesOf(scores);
    const auto back = scoresFrom(bytes);
    QVERIFY(back.ok() && *back == scores);
    QVERIFY(scoresFrom({})->empty());
    QCOMPARE(scoresFrom(std::span(bytes).first(bytes.size() - 1)).error().code, ErrorCode::Damaged);
}

void TestScoring::nobodyToScore()
{
    QCOMPARE(scoreBehavior(project(), 0, -400, {}).error().code, ErrorCode::NoEvents);
    QCOMPARE(scoreBehavior(project(), 999, kDays, {}).error().code, ErrorCode::NotTrained);
    QCOMPARE(BehaviorModel::loadFor(project(), 0, kDays, 0).error().code, ErrorCode::UnknownUser);
}

// What came after the training needs none: users, items, both, and a user with one event.
void TestScoring::newUsersAndItems()
{
    m_fixture->add({bought("new", "i1", 140), bought("new", "later1", 141),
                    bought("new", "later2", 142), bought("once", "later1", 145),
                    bought("c1", "later2", 146)});
    const auto scores = scoreBehavior(project(), 0, kDays, {});
    QVERIFY(scores.ok() && sound(*scores));
    QCOMPARE(scores->size(), std::size_t{202});
    for (const char *user : {"new", "once", "c1"}) {
        const auto list = recommendForUser(project(), user, askedOf("behavior", 1000));
        QVERIFY2(list.ok(), user);
        QVERIFY(list->source == RecommendationSource::Model);
        QCOMPARE(list->items.size(), std::size_t{62}); // the new ones among them
        QVERIFY(sound(*list));
        // and what ships
        const auto blend = recommendForUser(project(), user, askedOf("blend", 1000));
        QVERIFY2(blend.ok(), user);
        QVERIFY(blend->source == RecommendationSource::Blend);
        QVERIFY2(sound(*blend), user);
    }
}

void TestScoring::newItemsByTheirContent()
{
    // Everybody buys of one half of the shop only; two items come later, one of each half.
    ProjectFixture fixture;
    Rng rng(5);
    std::vector<PlainEvent> events;
    for (int user = 0; user < 300; ++user) {
        const int half = user % 2;
        for (double day = rng.uniform() * 20; day < 120; day += 1 + 8 * rng.uniform()) {
            events.push_back(bought("u" + std::to_string(user),
                                    "i" + std::to_string(2 * rng.below(15) + static_cast<std::uint32_t>(half)),
                                    day));
        }
    }
    fixture.add(events);
    fixture.project().database().execute(
        "UPDATE item SET category = iif(substr(key, 2) % 2 = 0, 'even', 'odd'), price = 50000");
    BehaviorConfig config = smallConfig();
    config.dimension = 32;
    config.epochs = 6;
    config.learningRate = 0.01;
    QVERIFY(trainBehaviorModel(fixture.project(), config, {}, {}).ok());
    fixture.add({bought("u0", "i100", 119.9), bought("u1", "i101", 119.9)});
    fixture.project().database().execute(
        "UPDATE item SET category = iif(substr(key, 2) % 2 = 0, 'even', 'odd'), price = 50000");
    const auto model = BehaviorModel::load(fixture.project(), 0, 120, {});
    QVERIFY(model.ok());
    std::vector<std::int64_t> users;
    for (std::int64_t user = 1; user <= 300; ++user) {
        users.push_back(user);
    }
    const auto scores = model->itemScores(users);
    QVERIFY(scores.ok());
    const auto positionOf = [&](const std::string &key) {
        const auto item = std::ranges::find(model->items(), key, &ItemRecord::key);
        return static_cast<std::size_t>(
            model->catalog().rowOfId[static_cast<std::size_t>(item->id)] - 1);
    };
    const std::size_t even = positionOf("i100"), odd = positionOf("i101");
    int right = 0;
    for (std::size_t u = 0; u < users.size(); ++u) {
        const auto &logs = (*scores)[u].logProbability;
        right += (u % 2 == 0) == (logs[even] > logs[odd]) ? 1 : 0;
    }
    QVERIFY2(right > 285, qPrintable(QString::number(right)));
}

// Another catalogue altogether: every item that the run knows is gone, those there are it never met.
void TestScoring::allItemsNew()
{
    execute("UPDATE item SET key = 'other ' || key");
    const auto scores = scoreBehavior(project(), 0, kDays, {});
    QVERIFY(scores.ok() && sound(*scores));
    QCOMPARE(scores->size(), std::size_t{200});
    for (const char *method : {"behavior", "blend"}) {
        const auto list = recommendForUser(project(), "c1", askedOf(method));
        QVERIFY2(list.ok() && sound(*list), method);
        QCOMPARE(list->items.size(), std::size_t{10});
        QVERIFY(list->items[0].key.starts_with("other "));
    }
}

void TestScoring::everythingInOneSecond()
{
    std::vector<PlainEvent> events;
    for (int k = 0; k < 80; ++k) {
        events.push_back(bought("burst", "i" + std::to_string(k % 60), 140));
    }
    m_fixture->add(events);
    const auto scores = scoreBehavior(project(), 0, kDays, {});
    QVERIFY(scores.ok() && sound(*scores));
    for (const char *method : {"behavior", "blend"}) {
        RecommendOptions unseen;
        unseen.method = method; // all were bought lately: nothing is left to list
        QVERIFY2(recommendForUser(project(), "burst", unseen).ok(), method);
        const auto again = recommendForUser(project(), "burst", askedOf(method));
        QVERIFY2(again.ok() && sound(*again), method);
    }
    // A project of nothing else has no past to learn from.
    ProjectFixture alone;
    alone.add(events);
    QCOMPARE(trainBehaviorModel(alone.project(), smallConfig(), {}, {}).error().code,
             ErrorCode::TooLittleData);
}

void TestScoring::damagedWeights()
{
    execute("UPDATE run_weight SET data = zeroblob(length(data)) WHERE name = 'item.own'");
    const auto scores = scoreBehavior(project(), 0, kDays, {});
    QCOMPARE(scores.error().code, ErrorCode::Damaged);
    QCOMPARE(scores.error().detail, std::string("item.own"));
    QCOMPARE(scores.error().where, "run " + std::to_string(m_run));
    QCOMPARE(recommendForUser(project(), "c1", {}).error().code, ErrorCode::Damaged);
}

void TestScoring::configOfAnotherNetwork()
{
    for (const char *change : {R"({"dimension": 32})", R"({"encoder": "gru"})", R"({"layers": 2})",
                               R"({"sequence_length": 40})"}) {
        auto json = nlohmann::json::parse(configToJson(smallConfig()));
        json.update(nlohmann::json::parse(change));
        Statement update(project().database(), "UPDATE model_run SET config = ?");
        update.bindAll(json.dump());
        update.run();
        QVERIFY2(scoreBehavior(project(), 0, kDays, {}).error().code == ErrorCode::Damaged, change);
    }
    execute("UPDATE model_run SET config = '{\"no_such_key\": 1}'");
    const auto unknown = scoreBehavior(project(), 0, kDays, {});
    QCOMPARE(unknown.error().code, ErrorCode::Damaged);
    QCOMPARE(unknown.error().detail, std::string("config"));
}

void TestScoring::runOfAnOlderSchema()
{
    const auto before = scoreBehavior(project(), 0, kDays, {});
    const auto path = project().path();
    m_fixture->close();
    {
        Database database(path, Database::Mode::ReadWrite);
        downgradeToVersion1(database);
    }
    const auto migrated = Project::open(path, Project::Access::ReadWrite);
    QVERIFY2(migrated.ok(), migrated ? "" : migrated.error().detail.c_str());
    const auto after = scoreBehavior(*migrated, 0, kDays, {});
    QVERIFY2(after.ok(), after ? "" : after.error().detail.c_str());
    QVERIFY(*after == *before);
}

QTEST_GUILESS_MAIN(TestScoring)
#include "tst_scoring.moc"
