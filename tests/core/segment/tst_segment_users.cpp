#include "core/base/rng.h"
#include "core/segment/segment_choice.h"
#include "tests/core/segment/segment_shop.h"

#include <QtTest>

#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

using Shop = SegmentShop;

SegmentRule stages(std::vector<Stage> all) { return ruleOf(StageCondition{std::move(all)}); }

} // namespace

class TestSegmentUsers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conditions()
    {
        Shop shop;
        QCOMPARE(shop.of(StageCondition{{Stage::Loyal, Stage::Converted}}), std::string("abe"));
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::Orders, {1, 2}, false}), std::string("be"));
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::ChurnRisk, {0.5, {}}, false}),
                 std::string("bcdf")); // e's is no number
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::ChurnRisk, {0.6, {}}, true}), std::string("de"));
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::DaysSinceOrder, {{}, 30}, false}),
                 std::string("ae"));
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::DaysSinceActivity, {3, 5}, false}),
                 std::string("de"));
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::Ltv, {5, {}}, false}),
                 std::string("abe")); // at a margin of a half: 17, 5, 0, 3, 5, 0
        QCOMPARE(shop.of(FigureCondition{SegmentFigure::PredictedValue, {0, {}}, false}),
                 std::string("abd"));
        QCOMPARE(shop.of(CampaignCondition{"spring"}), std::string("bd"));
        QCOMPARE(shop.of(UsersCondition{{"f", "a", "nobody"}}), std::string("af"));
        QCOMPARE(shop.of(UsersCondition{}), std::string());
    }

    void attributes()
    {
        Shop shop;
        QCOMPARE(shop.of(AttributeCondition{"channel", {"ads"}, {}, false}), std::string("ac"));
        QCOMPARE(shop.of(AttributeCondition{"channel", {"search"}, {}, true}), std::string("bdef"));
        QCOMPARE(shop.of(AttributeCondition{"channel", {}, {}, true}), std::string("def"));
        QCOMPARE(shop.of(AttributeCondition{"tier", {"gold", "ads"}, {}, false}), std::string("af"));
        QCOMPARE(shop.of(AttributeCondition{"age", {}, {18, 40.5}, false}), std::string("ad"));
        QCOMPARE(shop.of(AttributeCondition{"age", {"40.5"}, {}, false}), std::string("b"));
        QCOMPARE(shop.of(AttributeCondition{"tier", {}, {0, 1}, false}), std::string());
    }

    void behaviour()
    {
        Shop shop;
        const auto bought = [](std::optional<int> days, std::int64_t least,
                               std::optional<std::int64_t> most = {}) {
            return BehaviorCondition{EventKind::Purchase, days, {}, least, most};
        };
        QCOMPARE(shop.of(bought({}, 1)), std::string("abe"));
        QCOMPARE(shop.of(bought({}, 2)), std::string("a")); // what comes after the snapshot counts not
        QCOMPARE(shop.of(bought({}, 0, 0)), std::string("cdf"));
        QCOMPARE(shop.of(bought(30, 1)), std::string("ae")); // 29 days ago, not 30
        QCOMPARE(shop.of(bought(31, 1)), std::string("abe"));
        QCOMPARE(shop.of(bought(1, 1)), std::string("a"));
        QCOMPARE(shop.of(bought(std::numeric_limits<int>::max(), 1)), std::string("abe"));
        QCOMPARE(shop.of(BehaviorCondition{EventKind::View, {}, {}, 1, {}}), std::string("bcd"));
        QCOMPARE(shop.of(BehaviorCondition{EventKind::View, {}, "crockery", 1, {}}), std::string());
    }

    void cohorts()
    {
        Shop shop;
        using Anchor = CohortCondition::Anchor;
        QCOMPARE(shop.of(CohortCondition{Anchor::FirstEvent, kSnapshot - 90, kSnapshot - 60}),
                 std::string("bcd"));
        QCOMPARE(shop.of(CohortCondition{Anchor::FirstOrder, kSnapshot - 100, kSnapshot - 29}),
                 std::string("ab"));
    }

    void percentilesKeepTiesTogether()
    {
        Shop shop;
        // of five: .1 stands at 10, the three of .5 at 50, .9 at 90
        const auto between = [&](double from, double to) {
            return shop.of(PercentileCondition{SegmentFigure::ChurnRisk, from, to});
        };
        QCOMPARE(between(0, 10), std::string("a"));
        QCOMPARE(between(50, 100), std::string("bcdf"));
        QCOMPARE(between(50.1, 100), std::string("d"));
        QCOMPARE(between(10.1, 49.9), std::string());
        QCOMPARE(between(0, 100), std::string("abcdf"));
    }

    void groups()
    {
        Shop shop;
        const SegmentRule ads = ruleOf(AttributeCondition{"channel", {"ads"}, {}, false});
        const SegmentRule loyal = stages({Stage::Loyal});
        QCOMPARE(shop.of(allOf({})), std::string("abcdef"));
        QCOMPARE(shop.of(anyOf({})), std::string());
        QCOMPARE(shop.of(negation(allOf({}))), std::string());
        QCOMPARE(shop.of(allOf({ads, loyal})), std::string("a"));
        QCOMPARE(shop.of(anyOf({stages({Stage::Churned}), loyal})), std::string("af"));
        QCOMPARE(shop.of(allOf({ads, negation(loyal)})), std::string("c"));
        QCOMPARE(shop.of(negation(anyOf({ads, allOf({loyal, ads})}))), std::string("bdef"));
    }

    void partsAreCountedByThemselves()
    {
        Shop shop;
        const SegmentRule rule =
            allOf({anyOf({stages({Stage::Loyal}), stages({Stage::Converted})}),
                   negation(ruleOf(CampaignCondition{"spring"}))});
        const SegmentUsers found = checked(usersOfSegment(shop.project(), rule, {}));
        QCOMPARE(found.byPart, (std::vector<std::int64_t>{2, 3, 1, 2, 4}));
        QCOMPARE(found.scored, std::int64_t{6});
        QCOMPARE(*found.users, (std::vector<std::int64_t>{1, 5}));
    }

    /// Read once and kept for all segments of a scoring: the same users, and where they stand.
    void aShelfOfRowsChangesNothing()
    {
        Shop shop;
        const auto shelf = std::make_shared<StatesShelf>();
        const auto ids = [](const UserStates &states) {
            std::vector<std::int64_t> users;
            for (const UserState &state : *states) {
                users.push_back(state.user);
            }
            return users;
        };
        for (const SegmentRule &rule :
             {allOf({}), anyOf({}), stages({Stage::Loyal, Stage::Churned}), stages({Stage::Active}),
              ruleOf(AttributeCondition{"channel", {"ads"}, {}, false})}) {
            const Segment kept = segmentOf(rule, shelf), read = segmentOf(rule);
            const auto mine = checked(readStatesOf(shop.project(), *kept, {}));
            QCOMPARE(ids(mine), ids(checked(readStatesOf(shop.project(), *read, {}))));
            const UserIds users = checked(kept->users(shop.project(), {}));
            QCOMPARE(ids(mine), users ? *users : (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
            for (const UserState &state : *mine) {
                QCOMPARE(state.stage, checked(readUserState(shop.project(), state.user)).stage);
            }
        }
        const auto all = checked(shelf->all(shop.project(), {}));
        QCOMPARE(checked(readStatesOf(shop.project(), *segmentOf(allOf({}), shelf), {})), all);
    }

    void setsObeyTheirLaws()
    {
        Shop shop;
        Rng rng(3);
        const auto some = [&] {
            std::vector<Stage> all{static_cast<Stage>(rng.below(kStageCount))};
            return anyOf({stages(all), ruleOf(FigureCondition{SegmentFigure::Orders,
                                                              {static_cast<double>(rng.below(3)), {}},
                                                              false})});
        };
        for (int k = 0; k < 50; ++k) {
            const SegmentRule a = some(), b = some();
            QCOMPARE(shop.of(negation(allOf({a, b}))), shop.of(anyOf({negation(a), negation(b)})));
            const auto size = [&](const SegmentRule &rule) { return shop.of(rule).size(); };
            QCOMPARE(size(a) + size(b), size(anyOf({a, b})) + size(allOf({a, b})));
            QCOMPARE(size(a) + size(negation(a)), std::size_t{6});
        }
    }

    void whatCantBeToldIsAnError()
    {
        Shop shop;
        const auto errorOf = [&](SegmentRule::Condition condition) {
            return usersOfSegment(shop.project(), ruleOf(std::move(condition)), {}).error();
        };
        QCOMPARE(errorOf(AttributeCondition{"shoe", {"7"}, {}, false}).where, std::string("attribute"));
        QCOMPARE(errorOf(AttributeCondition{"mail", {"a@shop"}, {}, false}).detail,
                 std::string("personal: mail"));
        QCOMPARE(errorOf(CampaignCondition{"autumn"}).detail, std::string("autumn"));
        QCOMPARE(errorOf(StageCondition{}).code, ErrorCode::InvalidArgument);
        ProjectFixture unscored;
        QCOMPARE(usersOfSegment(unscored.project(), allOf({}), {}).error().code, ErrorCode::NotScored);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(usersOfSegment(shop.project(), ruleOf(UsersCondition{}),
                                Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSegmentUsers)
#include "tst_segment_users.moc"
