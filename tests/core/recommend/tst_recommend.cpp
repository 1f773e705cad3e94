#include "core/recommend/recommend.h"
#include "core/behavior/train.h"
#include "core/project/event_store.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.epochs = 1;
    return config;
}

std::vector<PlainEvent> threeBuyers()
{
    const auto bought = [](const char *user, const char *item, int day) {
        return PlainEvent{user, item, EventKind::Purchase, day * 86400, 5.0, {}};
    };
    return {bought("a", "x", 0),  bought("a", "x", 1),  bought("a", "x", 2), // one buyer, thrice
            bought("a", "y", 3),  bought("b", "y", 4),  bought("b", "z", 40),
            bought("c", "z", 41), bought("c", "w", 42), {"c", "x", EventKind::View, 43 * 86400, 0, {}}};
}

} // namespace

class TestRecommend : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void popularityCountsBuyersNotPurchases()
    {
        ProjectFixture fixture;
        QCOMPARE(popularItems(fixture.project(), {}).error().code, ErrorCode::NoEvents);
        fixture.add(threeBuyers());
        const auto popular = popularItems(fixture.project(), {});
        QVERIFY(popular.ok());
        std::vector<std::string> keys;
        for (const Recommendation &one : *popular) {
            keys.push_back(one.key);
        }
        QCOMPARE(keys, (std::vector<std::string>{"y", "z", "x", "w"})); // ties by item id
        QCOMPARE((*popular)[0].score, 2.0 / 6);
        const auto early = popularItems(fixture.project(), {10, 10, 0});
        QCOMPARE(early->size(), std::size_t{2});
        QCOMPARE((*early)[0].key, std::string("y"));
        const auto recent = popularItems(fixture.project(), {1, 43, 30});
        QCOMPARE(recent->size(), std::size_t{1});
        QCOMPARE((*recent)[0].key, std::string("z"));
        QCOMPARE(popularItems(fixture.project(), {0, {}, 0}).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(popularItems(fixture.project(), {10, {}, -1}).error().code,
                 ErrorCode::InvalidArgument);
    }

    void viewsCountWhereNobodyBought()
    {
        ProjectFixture fixture;
        fixture.add({{"a", "x", EventKind::View, 0, 0, {}},
                     {"b", "x", EventKind::Click, 86400, 0, {}},
                     {"b", "y", EventKind::Refund, 86400, -3, {}}});
        const auto popular = popularItems(fixture.project(), {});
        QCOMPARE(popular->size(), std::size_t{1});
        QCOMPARE((*popular)[0].key, std::string("x"));
    }

    void listsKeepTheirPromises()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(150, 150, true));
        RecommendOptions options;
        options.method = "behavior";
        QCOMPARE(recommendForUser(fixture.project(), "c1", options).error().code,
                 ErrorCode::NotTrained);
        const auto report = trainBehaviorModel(fixture.project(), smallConfig(), {}, {});
        QVERIFY(report.ok());
        options.top = 1000;
        options.hidePurchasedDays = 0;
        const auto all = recommendForUser(fixture.project(), "c1", options);
        QVERIFY(all.ok());
        QCOMPARE(all->items.size(), std::size_t{12});
        double sum = 0;
        for (std::size_t k = 0; k < all->items.size(); ++k) {
            sum += all->items[k].score;
            QVERIFY(k == 0 || all->items[k].score <= all->items[k - 1].score);
            QVERIFY(all->items[k].because.size() <= 3);
            for (const RecommendationReason &reason : all->items[k].because) {
                QVERIFY(reason.share > 0 && reason.share <= 1);
            }
        }
        QVERIFY(std::abs(sum - 1.0) < 1e-4); // probabilities over all items
        // what was bought lately is left out
        const UserRecord user = *findUser(fixture.project(), "c1");
        options.hidePurchasedDays = 100000;
        const auto rest = recommendForUser(fixture.project(), user.id, options);
        std::set<std::string> bought;
        for (const UserEvent &event : *readUserEvents(fixture.project(), user.id, 1000)) {
            bought.insert(event.item);
        }
        QCOMPARE(rest->items.size() + bought.size(), std::size_t{12});
        for (const Recommendation &one : rest->items) {
            QVERIFY(!bought.contains(one.key));
        }
        // before a user's first event nothing is known of him: what is popular then
        options.at = 0;
        options.top = 5;
        const auto early = recommendForUser(fixture.project(), "c1", options);
        if (early.ok()) {
            QVERIFY(early->source == RecommendationSource::Popular);
        } else {
            QCOMPARE(early.error().code, ErrorCode::NoEvents); // nobody did anything that early
        }
    }

    void wrongOptionsAreRefused()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(60, 120, true));
        QVERIFY(trainBehaviorModel(fixture.project(), smallConfig(), {}, {}).ok());
        const auto codeOf = [&](const RecommendOptions &options) {
            const auto list = recommendForUser(fixture.project(), "c1", options);
            return list ? ErrorCode::Internal : list.error().code;
        };
        RecommendOptions options;
        options.top = 0;
        QCOMPARE(codeOf(options), ErrorCode::InvalidArgument);
        options.top = 1001;
        QCOMPARE(codeOf(options), ErrorCode::InvalidArgument);
        options = {};
        options.reasons = -1;
        QCOMPARE(codeOf(options), ErrorCode::InvalidArgument);
        options = {};
        options.run = 999;
        QCOMPARE(codeOf(options), ErrorCode::NotTrained);
        QCOMPARE(recommendForUser(fixture.project(), "nobody", {}).error().code,
                 ErrorCode::UnknownUser);
        QCOMPARE(recommendForUser(fixture.project(), std::int64_t{-5}, {}).error().code,
                 ErrorCode::UnknownUser);
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled =
            recommendAll(fixture.project(), {},
                         [](const RecommendationList &) -> Status { return Done{}; },
                         Task(stop.get_token(), {}));
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRecommend)
#include "tst_recommend.moc"
