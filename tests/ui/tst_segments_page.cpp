#include "core/project/scenario_store.h"
#include "core/scenario/scenario.h"
#include "core/segment/segment_users.h"
#include "tests/support/checked.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/test_projects.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/pages.h"
#include "ui/pages/segments/saved_segments.h"
#include "ui/pages/segments/segments_page.h"
#include "ui/segments/segment_builder.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/empty_state.h"
#include "ui/wording/format.h"

#include <QApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>

using namespace perennial;
using perennial::test::checked;

namespace {

SegmentRule loyal()
{
    return ruleOf(StageCondition{{Stage::Loyal}});
}
SegmentRule buyers()
{
    return ruleOf(FigureCondition{SegmentFigure::Orders, {3, {}}, false});
}
SegmentRule risky()
{
    return ruleOf(FigureCondition{SegmentFigure::ChurnRisk, {0.5, {}}, false});
}

struct Bench : PageFixture {
    std::unique_ptr<SegmentsPage> page;

    explicit Bench(int users = 70, test::Scores scores = test::Scores::Full,
                   Project::Access access = Project::Access::ReadWrite,
                   const std::vector<std::pair<QString, SegmentRule>> &saved = {})
    {
        const QString path = file(QStringLiteral("s.perennial"));
        if (!test::makeProject(path, users, scores).ok()) {
            qFatal("no test project");
        }
        {
            auto project = checked(Project::open(path.toStdString(), Project::Access::ReadWrite));
            for (const auto &[name, rule] : saved) {
                checked(saveSegment(project, {0, name.toStdString(), segmentJson(rule), 0}));
            }
        }
        open(path, access);
        page.reset(static_cast<SegmentsPage *>(makeSegmentsPage(context)));
        show(*page);
    }

    SegmentEdits &edits() { return navigator.segmentEdits(); }
    TableView *table() const
    {
        for (TableView *one : page->findChildren<TableView *>()) {
            if (one->accessibleName() == QLatin1String("Saved segments")) {
                return one;
            }
        }
        return nullptr;
    }
    QStringList column(int of) const
    {
        QStringList cells;
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            cells << table()->model()->index(row, of).data().toString();
        }
        return cells;
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : page->findChildren<QPushButton *>()) {
            if (one->text() == text && one->isVisible()) {
                return one;
            }
        }
        return nullptr;
    }
    ChartCard *card(bool heat) const
    {
        for (ChartCard *one : page->findChildren<ChartCard *>()) {
            if (one->title().startsWith(QLatin1String("Overlap")) == heat) {
                return one;
            }
        }
        return nullptr;
    }
    UserTableView *users() const { return page->findChild<UserTableView *>(); }
    qint64 counted(const SegmentRule &rule)
    {
        return std::ssize(*checked(usersOfSegment(session.project(), rule, {})).users);
    }
    qint64 tableUsers()
    {
        settle();
        return users()->model().totals().users;
    }
};

/// Answers the next question for a text.
void typeInDialog(const QString &text)
{
    QTimer::singleShot(0, [text] {
        auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        dialog->setTextValue(text);
        dialog->accept();
    });
}

const std::vector<std::pair<QString, SegmentRule>> kThree{{QStringLiteral("best"), loyal()},
                                                          {QStringLiteral("buyers"), buyers()},
                                                          {QStringLiteral("leaving"), risky()}};

} // namespace

class TestSegmentsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingSavedHelps()
    {
        Bench b;
        QVERIFY(visibleText(*b.page).contains(QStringLiteral("No segment is saved yet.")));
        QVERIFY(!b.table()->isVisible());
        b.button(QStringLiteral("New segment…"))->click();
        auto *builder = b.page->findChild<SegmentBuilder *>();
        QVERIFY(builder && builder->isVisible());
        QVERIFY(!builder->canBeTaken());
    }

    void listsWhatEachComesTo()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite, kThree);
        QCOMPARE(b.column(0), (QStringList{"best", "buyers", "leaving"}));
        QCOMPARE(b.column(1)[0], QStringLiteral("stage = Loyal"));
        double predicted = 0, risk = 0;
        const auto ids = checked(usersOfSegment(b.session.project(), loyal(), {})).users;
        for (const UserState &state : checked(readUserStates(b.session.project(), ids))) {
            predicted += *state.predictedValue;
            risk += *state.churnRisk;
        }
        QCOMPARE(b.column(2)[0], QString::number(ids->size()));
        QCOMPARE(b.column(4)[0], fullText(predicted, 0));
        QCOMPARE(b.column(5)[0], percentText(risk / static_cast<double>(ids->size())));
        QCOMPARE(b.column(2)[1], QString::number(b.counted(buyers())));
        QVERIFY(b.page->answer().startsWith(QStringLiteral("3 saved segments")));
        QCOMPARE(namelessControls(*b.page), QStringList());
        QCOMPARE(markupLabels(*b.page), 0);
    }

    void aRowShowsItsUsers()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite, kThree);
        QCOMPARE(b.tableUsers(), b.counted(loyal())); // the first is chosen by itself
        b.table()->selectRow(1);
        QCOMPARE(b.tableUsers(), b.counted(buyers()));
        QVERIFY(b.users()->selection()->text == QStringLiteral("buyers"));
        b.button(QStringLiteral("Show its users"))->click();
        QCOMPARE(b.session.segment()->rule(), allOf({buyers()}));
        QCOMPARE(b.tableUsers(), b.counted(buyers()));
        QVERIFY(visibleText(*b.page).contains(QStringLiteral("every page and report shows")));
    }

    void cellsOfTheOverlapLeadToTheirUsers()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite, kThree);
        b.settle();
        const auto *heat = std::get_if<HeatMap>(&b.card(true)->view().spec().body);
        QVERIFY(heat);
        for (int row = 0; row < 3; ++row) {
            for (int column = 0; column < 3; ++column) {
                const SegmentRule both = allOf({kThree[static_cast<std::size_t>(row)].second,
                                                kThree[static_cast<std::size_t>(column)].second});
                const double cell =
                    heat->values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
                QCOMPARE(cell, static_cast<double>(b.counted(both)));
                Q_EMIT b.card(true)->markClicked(row, column);
                QCOMPARE(b.tableUsers(), static_cast<qint64>(cell));
                QVERIFY(b.card(true)->view().selected() == std::pair(row, column));
            }
        }
        b.page->findChild<ChoiceBar *>()->setCurrent(2);
        const auto *jaccard = std::get_if<HeatMap>(&b.card(true)->view().spec().body);
        QCOMPARE(jaccard->values[0][0], 1.0);
        const double both = static_cast<double>(b.counted(allOf({loyal(), buyers()})));
        QCOMPARE(jaccard->values[0][1],
                 both / static_cast<double>(b.counted(anyOf({loyal(), buyers()}))));
    }

    void sizeOverTimeEndsAtTheTablesCount()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite, kThree);
        b.table()->selectRow(1);
        b.settle();
        QVERIFY(b.card(false)->title().contains(QStringLiteral("ends of months")));
        const auto *lines = std::get_if<LineChart>(&b.card(false)->view().spec().body);
        QVERIFY(lines);
        QCOMPARE(lines->series[0].y.back(), static_cast<double>(b.counted(buyers())));
        b.table()->selectRow(2); // by a model's figure
        b.settle();
        QVERIFY(b.card(false)->title().contains(QStringLiteral("active in each month")));
        QVERIFY(b.card(false)->caption().contains(QStringLiteral("Churn risk")));
    }

    void everyChangeCanBeUndone()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite, kThree);
        const auto state = [&] {
            b.settle();
            QString all;
            for (const SegmentRecord &one : b.edits().saved()) {
                all += QString::fromStdString(one.name + "=" + one.definition + ";");
            }
            return all;
        };
        QStringList states{state()};
        const auto step = [&] {
            states << state();
            QVERIFY(states.back() != states[states.size() - 2]);
            QCOMPARE(b.navigator.undo.count(), states.size() - 1);
        };
        b.button(QStringLiteral("Duplicate"))->click();
        step();
        QCOMPARE(b.column(0)[1], QStringLiteral("best (2)"));
        typeInDialog(QStringLiteral("champions"));
        b.button(QStringLiteral("Rename…"))->click();
        step();
        QCOMPARE(b.table()->model()->index(b.table()->currentIndex().row(), 0).data().toString(),
                 QStringLiteral("champions"));
        b.button(QStringLiteral("Edit…"))->click();
        auto *builder = b.page->findChild<SegmentBuilder *>();
        Q_EMIT builder->taken(allOf({loyal(), risky()}));
        builder->close();
        step();
        b.button(QStringLiteral("Delete"))->click();
        step();
        QVERIFY(!b.column(0).contains(QStringLiteral("champions")));
        b.page->newSegment();
        b.settle();
        builder = nullptr;
        for (SegmentBuilder *one : b.page->findChildren<SegmentBuilder *>()) {
            builder = one->isVisible() ? one : builder;
        }
        QVERIFY(builder);
        for (QLineEdit *line : builder->findChildren<QLineEdit *>()) {
            if (line->accessibleName() == QLatin1String("Name of the segment")) {
                line->setText(QStringLiteral("fresh"));
            }
        }
        Q_EMIT builder->taken(risky());
        builder->close();
        step();
        for (qsizetype k = states.size() - 1; k > 0; --k) {
            b.navigator.undo.undo();
            QCOMPARE(state(), states[k - 1]);
            QCOMPARE(b.column(0).size(), std::ssize(b.edits().saved()));
        }
        for (qsizetype k = 1; k < states.size(); ++k) {
            b.navigator.undo.redo();
            QCOMPARE(state(), states[k]);
        }
    }

    void aTakenNameIsRefused()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite, kThree);
        QStringList said;
        connect(&b.edits(), &SegmentEdits::failed, this,
                [&](const QString &, const Error &error) { said << errorText(error); });
        b.edits().rename(QStringLiteral("best"), QStringLiteral("buyers"));
        QCOMPARE(said.size(), 1);
        QVERIFY(said[0].contains(QStringLiteral("buyers")));
        QCOMPARE(b.navigator.undo.count(), 0);
        b.edits().rename(QStringLiteral("none"), QStringLiteral("x"));
        QVERIFY(b.edits().duplicate(QStringLiteral("none")).isEmpty());
        QCOMPARE(b.navigator.undo.count(), 0);
        QCOMPARE(freeSegmentName(QStringLiteral("a %1"), {{0, "a %1 (2)", "", 0}}),
                 QStringLiteral("a %1 (3)"));
    }

    void usedByIsFound()
    {
        const std::vector<SavedSegment> all = [] {
            std::vector<SegmentRecord> records;
            for (const auto &[name, rule] : std::vector<std::pair<const char *, SegmentRule>>{
                     {"best", loyal()},
                     {"both", allOf({loyal(), buyers()})},
                     {"either", anyOf({allOf({loyal(), buyers()}), risky()})}}) {
                records.push_back({0, name, segmentJson(rule), 0});
            }
            records.push_back({0, "broken", "{", 0});
            return savedSegments(records);
        }();
        ScenarioRecord scenario;
        scenario.name = "keep";
        Scenario content;
        content.name = "keep";
        content.levers.push_back({"retention", Stage::Loyal, {10, 0}, 0});
        scenario.definition = scenarioToJson(content);
        const auto uses = [&](std::size_t k, const SegmentRule &shown) {
            return segmentUses(all[k], all, asList(shown), {scenario}).join(QLatin1Char('\n'));
        };
        QVERIFY(uses(0, allOf({})).contains(QStringLiteral("“keep”")));
        QVERIFY(uses(0, loyal()).contains(QStringLiteral("every page")));
        QVERIFY(uses(0, allOf({loyal(), risky()})).contains(QStringLiteral("part of it")));
        QVERIFY(!uses(1, allOf({loyal(), risky()})).contains(QStringLiteral("filter")));
        QVERIFY(uses(1, allOf({})).contains(QStringLiteral("“either”")));
        QVERIFY(!uses(1, allOf({})).contains(QStringLiteral("“keep”")));
        QVERIFY(uses(2, allOf({})).isEmpty());
        QVERIFY(uses(3, allOf({})).isEmpty());
    }

    void brokenRulesAreShown()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadWrite,
                {{QStringLiteral("gone"), ruleOf(CampaignCondition{"autumn"})},
                 {QStringLiteral("good"), loyal()}});
        QVERIFY(b.column(1)[0].contains(QStringLiteral("no campaign “autumn”")));
        QCOMPARE(b.column(2)[0], kMissing);
        QCOMPARE(b.column(2)[1], QString::number(b.counted(loyal())));
        QVERIFY(b.page->answer().contains(QStringLiteral("good")));
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
        Bench b(users, scores, Project::Access::ReadWrite, kThree);
        b.settle();
        const QString text = visibleText(*b.page);
        QVERIFY(!text.contains(QStringLiteral("nan")) && !text.contains(QStringLiteral("inf")));
        b.page->newSegment(); // stands it
        b.page->editSelected();
    }

    void readOnlyOffersNothingNew()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadOnly);
        QVERIFY(visibleText(*b.page).contains(QStringLiteral("No segment is saved yet.")));
        QVERIFY(visibleText(*b.page).contains(QStringLiteral("read-only")));
        QVERIFY(!b.button(QStringLiteral("New segment…")));
    }

    void readOnlySaysWhy()
    {
        Bench b(70, test::Scores::Full, Project::Access::ReadOnly, kThree);
        QVERIFY(!b.button(QStringLiteral("Delete"))->isEnabled());
        QVERIFY(
            b.button(QStringLiteral("Delete"))->toolTip().contains(QStringLiteral("read-only")));
        QVERIFY(b.button(QStringLiteral("Export…"))->isEnabled());
        int failures = 0;
        connect(&b.edits(), &SegmentEdits::failed, this, [&] { ++failures; });
        b.edits().remove(QStringLiteral("best"));
        QCOMPARE(failures, 1);
        QCOMPARE(b.navigator.undo.count(), 0);
    }
};

QTEST_MAIN(TestSegmentsPage)
#include "tst_segments_page.moc"
