#include "core/behavior/advice.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>

using namespace perennial;
using namespace perennial::test;

namespace {

bool says(const ConfigAdvice &advice, std::string_view code)
{
    return std::ranges::find(advice.reasons, code, &ConfigAdvice::Reason::code) !=
           advice.reasons.end();
}

DataDensity dense()
{
    DataDensity density;
    density.users = 1000;
    density.items = 100;
    density.events = 20000;
    return density;
}

} // namespace

class TestAdvice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void densityIsCounted()
    {
        ProjectFixture fixture;
        const auto on = [](const char *user, const char *item, EventKind kind, int day) {
            return PlainEvent{user, item, kind, UtcSecond{day} * 86400, 1.0, {}};
        };
        fixture.add({on("a", "x", EventKind::View, 1), on("a", "x", EventKind::Purchase, 2),
                     on("a", "y", EventKind::View, 9), on("b", "x", EventKind::Cart, 3),
                     on("b", "", EventKind::View, 3), on("c", "x", EventKind::Refund, 3),
                     on("b", "z", EventKind::View, 4)});
        auto items = *readItems(fixture.project());
        std::ranges::for_each(items, [](ItemRecord &item) {
            item.name = item.key == "x" ? "an x" : "";
            item.category = item.key == "z" ? "zeds" : "";
        });
        const auto events = *readEvents(fixture.project(), std::nullopt, {});
        const DataDensity density = measureDensity(events, items, 4);
        QCOMPARE(density.events, std::int64_t{4}); // neither what came later nor the refund
        QCOMPARE(density.users, std::int64_t{2});
        QCOMPARE(density.items, std::int64_t{2});
        QCOMPARE(density.namedItems, std::int64_t{1});
        QCOMPARE(density.describedItems, std::int64_t{2});
        QCOMPARE(density.perItem(), 2.0);
        const DataDensity none = measureDensity({}, {}, 4);
        QCOMPARE(none.perItem() + none.perUser(), 0.0);
        QVERIFY(says(suggestConfig(none, {}), "no_items"));
    }

    void denseDataNeedNoAdvice()
    {
        const ConfigAdvice advice = suggestConfig(dense(), {});
        QVERIFY(advice.reasons.empty());
        QVERIFY(advice.config == BehaviorConfig{});
    }

    void everyAdviceIsAConfig()
    {
        for (const std::int64_t items : {0, 1, 2, 50, 100000}) {
            for (const std::int64_t events : {0, 10, 1000, 100000}) {
                for (const std::int64_t named : {std::int64_t{0}, items}) {
                    DataDensity density{1000, items, events, named, named};
                    BehaviorConfig from;
                    from.crossAttention = true;
                    const ConfigAdvice advice = suggestConfig(density, from);
                    QVERIFY(checkConfig(advice.config).ok());
                    QCOMPARE(advice.config == from, advice.reasons.empty());
                }
            }
        }
    }

    void sparseDataGetContentOrAStart()
    {
        DataDensity sparse = dense();
        sparse.items = 20000;
        BehaviorConfig random;
        random.itemStart = ItemStart::Random;
        const ConfigAdvice start = suggestConfig(sparse, random);
        QVERIFY(says(start, "sparse_start") && !says(start, "sparse_content"));
        QVERIFY(start.config.itemStart == ItemStart::Svd && !start.config.itemContentOnly);
        QVERIFY(suggestConfig(sparse, {}).reasons.empty()); // is how they start
        sparse.describedItems = sparse.namedItems = sparse.items;
        const ConfigAdvice content = suggestConfig(sparse, {});
        QVERIFY(says(content, "sparse_content") && content.config.itemContentOnly);
        QVERIFY(content.config.textBuckets > 0);
        QCOMPARE(std::ranges::find(content.reasons, std::string("sparse_content"),
                                   &ConfigAdvice::Reason::code)->detail,
                 std::string("1"));
    }

    void singleEventsLeaveFeatures()
    {
        DataDensity single = dense();
        single.users = 19000;
        const ConfigAdvice advice = suggestConfig(single, {});
        QVERIFY(says(advice, "single_events"));
        QVERIFY(advice.config.encoder == UserEncoder::Features);
    }
};

QTEST_GUILESS_MAIN(TestAdvice)
#include "tst_advice.moc"
