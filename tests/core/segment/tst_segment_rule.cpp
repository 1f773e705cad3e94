#include "core/base/rng.h"
#include "core/segment/segment_rule.h"

#include <QtTest>

#include <limits>

using namespace perennial;

namespace {

SegmentRule::Condition someCondition(Rng &rng)
{
    const double from = rng.uniform() * 100 - 50;
    switch (rng.below(8)) {
    case 0: return StageCondition{{Stage::Loyal, static_cast<Stage>(rng.below(kStageCount))}};
    case 1:
        return FigureCondition{static_cast<SegmentFigure>(rng.below(kSegmentFigureCount)),
                               {from, rng.below(2) == 0 ? std::optional(from + 1) : std::nullopt},
                               rng.below(2) == 0};
    case 2: return PercentileCondition{SegmentFigure::Ltv, 10 + rng.uniform(), 90.5};
    case 3:
        return rng.below(2) == 0
                   ? AttributeCondition{"città \"x\"", {"a", "ä\n", ""}, {}, rng.below(2) == 0}
                   : AttributeCondition{"age", {}, {from, std::nullopt}, false};
    case 4:
        return BehaviorCondition{EventKind::Click, static_cast<int>(1 + rng.below(90)), "tea",
                                 static_cast<std::int64_t>(rng.below(3)), 7};
    case 5: return CohortCondition{CohortCondition::Anchor::FirstOrder, 10000, 10031};
    case 6: return CampaignCondition{"Type A / 7"};
    default: return UsersCondition{{"u1", "u2"}};
    }
}

SegmentRule someRule(Rng &rng, int depth)
{
    SegmentRule rule;
    if (depth == 0 || rng.below(3) == 0) {
        rule = ruleOf(someCondition(rng));
    } else {
        std::vector<SegmentRule> parts;
        for (std::uint32_t k = rng.below(4); k > 0; --k) {
            parts.push_back(someRule(rng, depth - 1));
        }
        rule = rng.below(2) == 0 ? allOf(std::move(parts)) : anyOf(std::move(parts));
    }
    return rng.below(3) == 0 ? negation(std::move(rule)) : rule;
}

} // namespace

class TestSegmentRule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonGivesTheRuleBack()
    {
        Rng rng(5);
        for (int k = 0; k < 500; ++k) {
            const SegmentRule rule = someRule(rng, 4);
            QVERIFY(checkSegment(rule).ok());
            const auto read = segmentFromJson(segmentJson(rule));
            QVERIFY2(read.ok(), segmentJson(rule).c_str());
            QVERIFY(*read == rule);
        }
    }

    void listsOfParts()
    {
        const SegmentRule two = ruleOf(StageCondition{{Stage::Loyal, Stage::Active}});
        const SegmentRule ads = ruleOf(CampaignCondition{"ads"});
        QCOMPARE(withPart(allOf({}), two), allOf({two}));
        QCOMPARE(withPart(allOf({two}), two), allOf({two}));
        QCOMPARE(withPart(allOf({two}), ads), allOf({two, ads}));
        QCOMPARE(stagesIn(allOf({ads, two})), (std::vector<Stage>{Stage::Loyal, Stage::Active}));
        QVERIFY(!stageIn(allOf({ads, two})));
        QVERIFY(stagesIn(allOf({two, two})).empty());
        QVERIFY(stagesIn(allOf({negation(two)})).empty());
        QVERIFY(stagesIn(allOf({ads})).empty());
        QCOMPARE(withStage(allOf({ads, two}), Stage::Churned),
                 allOf({ruleOf(StageCondition{{Stage::Churned}}), ads}));
        QCOMPARE(*stageIn(withStage(allOf({two}), Stage::Churned)), Stage::Churned);
    }

    void jsonIsAsDocumented()
    {
        QCOMPARE(segmentJson(allOf({ruleOf(StageCondition{{Stage::Loyal}}),
                                    negation(ruleOf(CampaignCondition{"spring"}))})),
                 std::string(R"({"all":[{"stage":["loyal"]},{"campaign":"spring","not":true}]})"));
        const auto dates = segmentFromJson(
            R"({"attribute":"signup","from":"2024-01-01","to":"2024-02-01"})");
        QVERIFY(dates.ok());
        QCOMPARE(*std::get<AttributeCondition>(*dates->condition()).range.from, 19723.0);
        const auto once = segmentFromJson(R"({"events":"purchase"})");
        QCOMPARE(std::get<BehaviorCondition>(*once->condition()).atLeast, std::int64_t{1});
    }

    void badJsonIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const char *json, const char *detail,
                            const char *where = "") {
            QTest::newRow(name) << QByteArray(json) << QString(detail) << QString(where);
        };
        row("nothing", "", "json");
        row("half", R"({"all":[)", "json");
        row("a list", "[]", "object");
        row("empty object", "{}", "condition");
        row("unknown condition", R"({"colour":"red"})", "condition");
        row("unknown field", R"({"stage":["loyal"],"since":3})", "since");
        row("two conditions", R"({"stage":["loyal"],"campaign":"a"})", "campaign");
        row("two groups", R"({"all":[],"any":[]})", "all");
        row("group and condition", R"({"all":[],"campaign":"a"})", "all");
        row("group of none", R"({"all":3})", "all");
        row("part that is none", R"({"all":[{"any":[7]}]})", "object", "all[0].any[0]");
        row("unknown stage", R"({"stage":["loyal","lost"]})", "stages");
        row("no stage", R"({"stage":[]})", "stages");
        row("stage as text", R"({"stage":"loyal"})", "stage");
        row("unknown figure", R"({"figure":"luck","from":1})", "figure");
        row("no range", R"({"figure":"orders"})", "range");
        row("backwards", R"({"figure":"orders","from":3,"to":3})", "range");
        row("endless", R"({"figure":"orders","from":1e999})", "json");
        row("number as text", R"({"figure":"orders","from":"many"})", "from");
        row("percentile", R"({"percentile":"ltv","from":-1})", "range", "");
        row("percentile 2", R"({"all":[{"percentile":"ltv","to":101}]})", "range", "all[0]");
        row("attribute without a name", R"({"attribute":"","is":["a"]})", "name");
        row("attribute without a value", R"({"attribute":"a"})", "values");
        row("attribute by both", R"({"attribute":"a","is":["a"],"from":1})", "values");
        row("kind", R"({"events":"sneeze"})", "events");
        row("days", R"({"events":"view","days":0})", "days");
        row("half a day", R"({"events":"view","days":0.5})", "days");
        row("negative", R"({"events":"view","at_least":-1})", "count");
        row("most below least", R"({"events":"view","at_least":3,"at_most":2})", "count");
        row("too large", R"({"events":"view","at_least":18446744073709551615})", "at_least");
        row("cohort", R"({"cohort":"first_event","from":"2024-02-30","to":"2024-03-01"})", "from");
        row("empty cohort", R"({"cohort":"first_order","from":"2024-03-01","to":"2024-03-01"})",
            "range");
        row("not", R"({"stage":["loyal"],"not":1})", "not");
        row("not of a group", R"({"all":[],"not":"no"})", "not");
    }
    void badJsonIsRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, detail);
        QFETCH(QString, where);
        const auto read = segmentFromJson(json.toStdString());
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().detail), detail);
        QCOMPARE(QString::fromStdString(read.error().where), where);
    }

    void hostileSizesAreRefused()
    {
        std::string deep;
        for (int k = 0; k < 100'000; ++k) {
            deep += R"({"all":[)";
        }
        QCOMPARE(segmentFromJson(deep).error().code, ErrorCode::BadData);
        const auto nested = [](int depth) {
            SegmentRule rule = ruleOf(CampaignCondition{"a"});
            for (int k = 1; k < depth; ++k) {
                rule = allOf({std::move(rule)});
            }
            return rule;
        };
        QVERIFY(segmentFromJson(segmentJson(nested(kDeepestSegment))).ok());
        QCOMPARE(checkSegment(nested(kDeepestSegment + 1)).error().detail, std::string("depth"));
        QVERIFY(!segmentFromJson(segmentJson(nested(kDeepestSegment + 1))));
        const std::vector<SegmentRule> many(kMostSegmentParts, ruleOf(CampaignCondition{"a"}));
        QCOMPARE(checkSegment(allOf(many)).error().detail, std::string("parts"));
    }

    void namesThatAreNoTextAreRefused()
    {
        QVERIFY(!checkSegment(ruleOf(CampaignCondition{"a\xff"})));
        QVERIFY(!checkSegment(ruleOf(UsersCondition{{"\xc0\x80"}})));
        QVERIFY(!checkSegment(ruleOf(AttributeCondition{"a", {"\xff"}, {}, false})));
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(!checkSegment(ruleOf(FigureCondition{SegmentFigure::Ltv, {nan, {}}, false})));
        QVERIFY(!checkSegment(ruleOf(PercentileCondition{SegmentFigure::Ltv, nan, 100})));
        QVERIFY(!segmentFromJson("{\"campaign\":\"\xff\"}"));
    }
};

QTEST_GUILESS_MAIN(TestSegmentRule)
#include "tst_segment_rule.moc"
