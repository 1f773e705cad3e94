#include "core/project/entity_writer.h"
#include "tests/support/checked.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/test_projects.h"
#include "ui/segments/condition_editor.h"
#include "ui/segments/number_field.h"
#include "ui/segments/part_editor.h"
#include "ui/segments/rule_tree_model.h"
#include "ui/segments/segment_builder.h"
#include "ui/segments/segment_files.h"
#include "ui/segments/values_field.h"
#include "ui/wording/segment_words.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <limits>

using namespace perennial;
using perennial::test::checked;

namespace {

SegmentRule loyal()
{
    return ruleOf(StageCondition{{Stage::Loyal}});
}
SegmentRule buyers()
{
    return ruleOf(FigureCondition{SegmentFigure::Orders, {2, {}}, false});
}

/// One condition of each kind, in the order of the editors.
std::vector<SegmentRule::Condition> oneOfEach()
{
    return {StageCondition{{Stage::Acquired, Stage::Churned}},
            FigureCondition{SegmentFigure::ChurnRisk, {0.123456789, 0.7}, true},
            PercentileCondition{SegmentFigure::Ltv, 12.345, 99.99},
            AttributeCondition{"tier", {"gold", "not there"}, {}, true},
            BehaviorCondition{EventKind::View, 30, "tea", 2, 7},
            CohortCondition{CohortCondition::Anchor::FirstOrder, 19723, 19754},
            CampaignCondition{"spring"},
            UsersCondition{{"user-1", "user-2"}}};
}

/// A scored project of 70 users, some of them described and addressed.
struct Bench : PageFixture {
    explicit Bench(int users = 70, test::Scores scores = test::Scores::Full)
    {
        const QString path = file(QStringLiteral("b.perennial"));
        if (!test::makeProject(path, users, scores).ok()) {
            qFatal("no test project");
        }
        if (users > 9) {
            describe(path);
        }
        open(path);
    }
    static void describe(const QString &path)
    {
        auto project = checked(Project::open(path.toStdString(), Project::Access::ReadWrite));
        SourceRecord source;
        source.name = source.hash = "users.csv";
        source.contents = Contents::Users;
        auto writer = checked(EntityWriter::open(project, source));
        const auto tier =
            checked(writer.attribute(Entity::User, "tier", AttributeType::Text, false));
        const auto joined =
            checked(writer.attribute(Entity::User, "joined", AttributeType::Date, false));
        const auto mail =
            checked(writer.attribute(Entity::User, "mail", AttributeType::Text, true));
        for (int k = 0; k < 9; ++k) {
            const auto user = checked(writer.code(Entity::User, "user-" + std::to_string(k)));
            checked(writer.set(Entity::User, user, tier, std::string(k < 4 ? "gold" : "tin")));
            checked(writer.set(Entity::User, user, joined, Day{19000 + k}));
            checked(writer.set(Entity::User, user, mail, std::string("a@b")));
        }
        checked(writer.commit());
        source.name = source.hash = "shown.csv";
        source.contents = Contents::Exposures;
        auto shown = checked(EntityWriter::open(project, source));
        const auto campaign = checked(shown.code(Entity::Campaign, "spring"));
        checked(shown.addExposure(campaign, checked(shown.code(Entity::User, "user-3")), 0));
        checked(shown.commit());
    }

    std::unique_ptr<SegmentBuilder> build(const SegmentRule &rule)
    {
        auto builder =
            std::make_unique<SegmentBuilder>(session, jobs, rule, QStringLiteral("Take"));
        builder->show();
        settle();
        return builder;
    }
};

QTreeView *treeOf(const SegmentBuilder &builder)
{
    return builder.findChild<QTreeView *>();
}
QString countOf(SegmentBuilder &builder, int row = -1)
{
    const QModelIndex root = treeOf(builder)->model()->index(0, 0);
    const QModelIndex at = row < 0 ? root : treeOf(builder)->model()->index(row, 0, root);
    return at.siblingAtColumn(RuleTreeModel::Users).data().toString();
}
template <class T>
T *named(const QWidget &parent, const QString &name)
{
    for (T *widget : parent.findChildren<T *>()) {
        if (widget->accessibleName() == name && widget->isVisible()) {
            return widget;
        }
    }
    return nullptr;
}
QPushButton *takeOf(const SegmentBuilder &builder)
{
    return named<QPushButton>(builder, QStringLiteral("Take"));
}

} // namespace

class TestSegmentBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editorsGiveBackWhatTheyShow()
    {
        const auto conditions = oneOfEach();
        const auto editors = makeConditionEditors();
        QCOMPARE(editors.size(), conditions.size());
        for (const bool offered : {false, true}) {
            for (std::size_t k = 0; k < editors.size(); ++k) {
                QSignalSpy changes(editors[k], &ConditionEditor::changed);
                if (offered) {
                    SegmentOffer offer;
                    offer.attributes = {{"tier", AttributeType::Text, 2, {{"gold", 2}}, 1, {}, {}}};
                    offer.campaigns = {{"autumn", 3}};
                    offer.categories = {"mugs"};
                    editors[k]->setOffer(offer);
                }
                QVERIFY(editors[k]->edits(conditions[k]));
                editors[k]->setCondition(conditions[k]);
                QVERIFY2(editors[k]->condition() == conditions[k], qPrintable(editors[k]->kind()));
                QVERIFY(changes.empty());
            }
        }
        qDeleteAll(editors);
    }

    void numbersAsTyped()
    {
        NumberField field(QStringLiteral("n"));
        const auto typed = [&](const char *text) {
            field.setText(QLatin1String(text));
            return field.value();
        };
        QVERIFY(!typed("  "));
        QCOMPARE(*typed("12.5"), 12.5);
        QCOMPARE(*typed("-3e2"), -300.0);
        QVERIFY(std::isnan(*typed("many")));
        QVERIFY(field.property("invalid").toBool());
        field.setKind(NumberField::Kind::Percent);
        field.setValue(0.5);
        QCOMPARE(field.text(), QStringLiteral("50"));
        QCOMPARE(*typed("7"), 0.07);
        field.setValue(1.0 / 3);
        QCOMPARE(*field.value(), 1.0 / 3); // to the last digit, while it is not touched
        field.setKind(NumberField::Kind::Number);
        QCOMPARE(*field.value(), 1.0 / 3);
        QVERIFY(field.text().startsWith(QStringLiteral("0.333")));
        field.setKind(NumberField::Kind::Date);
        QCOMPARE(*typed("2024-01-01"), 19723.0);
        QVERIFY(std::isnan(*typed("2024-02-30")));
    }

    void theTreeIsAModel()
    {
        RuleTreeModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        const SegmentRule rule =
            allOf({loyal(), anyOf({buyers(), negation(loyal())}), ruleOf(UsersCondition{})});
        model.setRule(rule);
        QCOMPARE(model.rule(), rule);
        const QModelIndex group = model.index(1, 0, model.root());
        QVERIFY(model.isGroup(group) && model.isAny(group));
        const QModelIndex added = model.add(group, loyal());
        QCOMPARE(added.parent(), group);
        QCOMPARE(model.rowCount(group), 3);
        model.setNegated(group, true);
        model.setAny(group, false);
        QCOMPARE(group.data().toString(), QStringLiteral("Not all of these"));
        model.wrap(model.index(0, 0, model.root()));
        QCOMPARE(model.rule().parts()->front(), allOf({loyal()}));
        model.remove(model.index(1, 0, model.root()));
        QCOMPARE(model.rule(), allOf({allOf({loyal()}), ruleOf(UsersCondition{})}));
        model.remove(model.root()); // stays
        QCOMPARE(model.rule().parts()->size(), std::size_t{2});
        model.setRule(loyal());
        model.add(model.root(), buyers()); // a condition alone gets a group around it
        QCOMPARE(model.rule(), allOf({loyal(), buyers()}));
    }

    void eachWrongRowSaysSo()
    {
        RuleTreeModel model;
        model.setRule(allOf({ruleOf(StageCondition{}), loyal(),
                             ruleOf(BehaviorCondition{EventKind::View, 0, {}, 1, {}})}));
        const auto problem = [&](int row) {
            return model.index(row, 0, model.root()).data(RuleTreeModel::kProblemRole).toString();
        };
        QVERIFY(problem(0).contains(QStringLiteral("stage")));
        QVERIFY(problem(1).isEmpty());
        QVERIFY(problem(2).contains(QStringLiteral("days")));
        QCOMPARE(model.firstProblem(), problem(0));
        model.setCondition(model.index(0, 0, model.root()), StageCondition{{Stage::Loyal}});
        QCOMPARE(model.firstProblem(), problem(2));
    }

    void countsAreThoseOfTheCore()
    {
        Bench b;
        const SegmentRule rule =
            allOf({loyal(), anyOf({buyers(), ruleOf(CampaignCondition{"spring"})})});
        auto builder = b.build(rule);
        const SegmentUsers found = checked(usersOfSegment(b.session.project(), rule, {}));
        QTRY_COMPARE(countOf(*builder), QString::number(found.byPart[0]));
        QCOMPARE(countOf(*builder, 0), QString::number(found.byPart[1]));
        QCOMPARE(countOf(*builder, 1), QString::number(found.byPart[2]));
        QVERIFY(
            visibleText(*builder).contains(QStringLiteral("%1 users · ").arg(found.users->size())));
        QVERIFY(visibleText(*builder).contains(segmentText(rule)));
        // another rule: other counts
        builder->choosePart(0);
        named<QCheckBox>(*builder, QStringLiteral("not"))->click();
        QCOMPARE(builder->rule().parts()->front(), negation(loyal()));
        const SegmentUsers others =
            checked(usersOfSegment(b.session.project(), builder->rule(), {}));
        QVERIFY(others.byPart[0] != found.byPart[0]);
        QTRY_COMPARE(countOf(*builder), QString::number(others.byPart[0]));
    }

    void okNeedsARuleThatSaysSomething()
    {
        Bench b;
        auto builder = b.build(allOf({}));
        QVERIFY(builder->canBeTaken());
        builder->addCondition();
        QVERIFY(!builder->canBeTaken());
        QVERIFY(visibleText(*builder).contains(QStringLiteral("no stage is named")));
        named<QCheckBox>(*builder, QStringLiteral("Loyal"))->click();
        QVERIFY(builder->canBeTaken());
        QSignalSpy taken(builder.get(), &SegmentBuilder::taken);
        takeOf(*builder)->click();
        QCOMPARE(taken.size(), 1);
        QCOMPARE(qvariant_cast<SegmentRule>(taken[0][0]), allOf({loyal()}));
        QVERIFY(!builder->isVisible());
    }

    void whatTheProjectLacksIsRefused()
    {
        Bench b;
        auto builder = b.build(ruleOf(AttributeCondition{"shoe", {"7"}, {}, false}));
        QTRY_VERIFY(!builder->canBeTaken());
        QVERIFY(visibleText(*builder).contains(QStringLiteral("no user attribute “shoe”")));
        auto personal = b.build(ruleOf(AttributeCondition{"mail", {"a@b"}, {}, false}));
        QTRY_VERIFY(!personal->canBeTaken());
        QVERIFY(visibleText(*personal).contains(QStringLiteral("personal")));
    }

    void offersTheProjectsOwnValues()
    {
        Bench b;
        auto builder = b.build(ruleOf(AttributeCondition{"tier", {"gold"}, {}, false}));
        auto *names = named<QComboBox>(*builder, QStringLiteral("Attribute"));
        QVERIFY(names->findText(QStringLiteral("joined")) >= 0);
        QVERIFY(names->findText(QStringLiteral("mail")) < 0); // personal
        auto *values = named<QListWidget>(*builder, QStringLiteral("Values"));
        QCOMPARE(values->count(), 2);
        QCOMPARE(values->item(0)->text(), QStringLiteral("gold   (4)"));
        QCOMPARE(values->item(0)->checkState(), Qt::Checked);
        values->item(1)->setCheckState(Qt::Checked);
        auto *line = named<QLineEdit>(*builder, QStringLiteral("Find or add a value"));
        QTest::keyClicks(line, QStringLiteral("lead"));
        QVERIFY(!values->item(0)->isHidden()); // chosen ones stay in sight
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(builder->isVisible()); // Enter there adds and does not take the rule
        const auto condition = std::get<AttributeCondition>(*builder->rule().condition());
        QCOMPARE(condition.values, (std::vector<std::string>{"gold", "tin", "lead"}));
        QTRY_COMPARE(countOf(*builder), QStringLiteral("9"));
        // dates lie between days
        names->setCurrentText(QStringLiteral("joined"));
        named<QComboBox>(*builder, QStringLiteral("What is asked of it"))->setCurrentIndex(1);
        QTest::keyClicks(named<NumberField>(*builder, QStringLiteral("At least")),
                         QStringLiteral("2022-01-10")); // day 19002
        QTRY_COMPARE(countOf(*builder), QStringLiteral("7"));
    }

    void groupsAreMadeAndTakenApart()
    {
        Bench b;
        auto builder = b.build(allOf({loyal()}));
        builder->addGroup(); // with a condition in it, which is chosen
        named<QCheckBox>(*builder, QStringLiteral("Churned"))->click();
        builder->addCondition();
        named<QCheckBox>(*builder, QStringLiteral("Dormant"))->click();
        QCOMPARE(builder->rule(),
                 allOf({loyal(), anyOf({ruleOf(StageCondition{{Stage::Churned}}),
                                        ruleOf(StageCondition{{Stage::Dormant}})})}));
        builder->removePart();
        auto *any =
            named<QComboBox>(*builder, QStringLiteral("How many of the parts have to hold"));
        QVERIFY(any); // the group is chosen now
        any->setCurrentIndex(0);
        QCOMPARE(builder->rule(),
                 allOf({loyal(), allOf({ruleOf(StageCondition{{Stage::Churned}})})}));
        builder->removePart();
        builder->removePart(); // the whole stays
        QCOMPARE(builder->rule(), allOf({loyal()}));
    }

    void everyKindCanBeChosen()
    {
        Bench b;
        auto builder = b.build(allOf({loyal()}));
        builder->choosePart(0);
        auto *kinds = named<QComboBox>(*builder, QStringLiteral("Kind of condition"));
        QCOMPARE(kinds->count(), 8);
        for (int kind = 7; kind >= 0; --kind) {
            kinds->setCurrentIndex(kind);
            b.settle();
            const auto &content = *builder->rule().parts()->front().condition();
            QCOMPARE(static_cast<int>(content.index()), kind);
            QCOMPARE(namelessControls(*builder), QStringList());
            QCOMPARE(markupLabels(*builder), 0);
        }
    }

    void keyboardReachesAll()
    {
        Bench b;
        auto builder = b.build(allOf({loyal()}));
        builder->activateWindow();
        builder->choosePart(0);
        treeOf(*builder)->setFocus();
        QStringList seen;
        for (int k = 0; k < 40; ++k) {
            QTest::keyClick(builder->focusWidget() ? builder->focusWidget() : builder.get(),
                            Qt::Key_Tab);
            if (const QWidget *at = builder->focusWidget()) {
                seen << at->accessibleName();
            }
        }
        for (const char *name : {"Kind of condition", "not", "Acquired", "Churned", "Take",
                                 "Add condition", "Parts of the rule"}) {
            QVERIFY2(seen.contains(QLatin1String(name)), name);
        }
        QVERIFY(seen.indexOf(QStringLiteral("Kind of condition")) <
                seen.indexOf(QStringLiteral("Acquired")));
        QTest::keyClick(builder.get(), Qt::Key_Escape);
        QVERIFY(!builder->isVisible());
    }

    void namesAreAskedFor()
    {
        Bench b;
        auto builder = b.build(allOf({loyal()}));
        builder->askForName({QStringLiteral("best")});
        QVERIFY(!builder->canBeTaken());
        auto *line = named<QLineEdit>(*builder, QStringLiteral("Name of the segment"));
        line->setText(QStringLiteral("best"));
        QVERIFY(builder->canBeTaken());
        QVERIFY(visibleText(*builder).contains(QStringLiteral("replaces")));
        QCOMPARE(builder->name(), QStringLiteral("best"));
    }

    void degenerateProjects_data()
    {
        QTest::addColumn<int>("users");
        QTest::addColumn<test::Scores>("scores");
        QTest::newRow("no users") << 0 << test::Scores::Full;
        QTest::newRow("not scored") << 20 << test::Scores::None;
        QTest::newRow("one user") << 1 << test::Scores::Full;
        QTest::newRow("no numbers") << 20 << test::Scores::NotFinite;
    }
    void degenerateProjects()
    {
        QFETCH(int, users);
        QFETCH(test::Scores, scores);
        Bench b(users, scores);
        for (const SegmentRule::Condition &condition : oneOfEach()) {
            auto builder = b.build(allOf({ruleOf(condition)}));
            builder->choosePart(0);
            b.settle();
            QVERIFY(!visibleText(*builder).contains(QStringLiteral("nan")));
        }
    }

    void aThousandParts()
    {
        Bench b;
        std::vector<SegmentRule> parts;
        for (int k = 0; k < kMostSegmentParts - 1; ++k) {
            parts.push_back(k % 2 == 0 ? loyal() : buyers());
        }
        auto builder = b.build(allOf(parts));
        QTRY_COMPARE(countOf(*builder, 998),
                     QString::number(
                         checked(usersOfSegment(b.session.project(), loyal(), {})).users->size()));
        QVERIFY(builder->canBeTaken());
        builder->addCondition(); // one too many
        QVERIFY(!builder->canBeTaken());
        QVERIFY(builder->height() <= 700); // its words did not push the window apart
    }

    void closesWithItsProject()
    {
        Bench b;
        auto builder = b.build(allOf({loyal()}));
        b.session.close();
        b.settle();
        QVERIFY(!builder->isVisible());
    }

    void hostileFilesAreAnswered()
    {
        Bench b;
        QWidget parent;
        b.writeFile(QStringLiteral("s.json"), R"({"all":[{"stage":["lost"]}]})");
        QVERIFY(!importSegmentFile(&parent, b.file(QStringLiteral("s.json"))));
        const auto *box = parent.findChild<QMessageBox *>();
        QVERIFY(box && box->textFormat() == Qt::PlainText);
        QVERIFY(box->text().contains(b.file(QStringLiteral("s.json")))); // where
        QVERIFY(box->text().contains(QStringLiteral("all[0]")));
        QVERIFY(box->text().contains(QStringLiteral("acquired"))); // what to do
        b.writeFile(QStringLiteral("g.json"), R"({"campaign":"<b>x</b>"})");
        const auto good = importSegmentFile(&parent, b.file(QStringLiteral("g.json")));
        QCOMPARE(good->rule, ruleOf(CampaignCondition{"<b>x</b>"}));
        QCOMPARE(good->name, QStringLiteral("g"));
    }

    void negationsReadWell()
    {
        const auto bought = [](std::optional<int> days, std::int64_t least,
                               std::optional<std::int64_t> most = {}) {
            return ruleOf(BehaviorCondition{EventKind::Purchase, days, {}, least, most});
        };
        QCOMPARE(segmentPartText(negation(bought({}, 1))), QStringLiteral("no Purchase"));
        QCOMPARE(segmentPartText(negation(bought(30, 1))),
                 QStringLiteral("no Purchase in the last 30 days"));
        QCOMPARE(segmentPartText(bought(1, 0, 0)), QStringLiteral("no Purchase in the last 1 day"));
        QCOMPARE(segmentPartText(negation(bought({}, 0, 0))), QStringLiteral("≥ 1 × Purchase"));
        QCOMPARE(segmentPartText(negation(bought({}, 3))), QStringLiteral("< 3 × Purchase"));
        QCOMPARE(segmentPartText(negation(bought({}, 2, 3))), QStringLiteral("not 2–3 × Purchase"));
        QCOMPARE(segmentPartText(bought({}, 2, 2)), QStringLiteral("2 × Purchase"));
        QCOMPARE(segmentPartText(negation(ruleOf(CampaignCondition{"%1"}))),
                 QStringLiteral("not in campaign %1"));
    }

    void everyProblemHasWords()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const std::vector<SegmentRule> wrong{
            ruleOf(StageCondition{}),
            ruleOf(FigureCondition{SegmentFigure::Ltv, {nan, {}}, false}),
            ruleOf(AttributeCondition{"", {"a"}, {}, false}),
            ruleOf(AttributeCondition{"a", {}, {}, false}),
            ruleOf(BehaviorCondition{EventKind::View, 0, {}, 1, {}}),
            ruleOf(BehaviorCondition{EventKind::View, {}, {}, 2, 1}),
            ruleOf(CohortCondition{}),
            ruleOf(CampaignCondition{})};
        for (const SegmentRule &rule : wrong) {
            const Error error = checkSegment(rule).error();
            const QString text = segmentProblemText(error.detail);
            QVERIFY2(!text.contains(QStringLiteral("what belongs there")), qPrintable(text));
            QCOMPARE(segmentErrorText(error), text);
        }
        QVERIFY(segmentProblemText("colour").contains(QStringLiteral("“colour”")));
    }
};

QTEST_MAIN(TestSegmentBuilder)
#include "tst_segment_builder.moc"
