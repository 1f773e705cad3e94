#include "tests/ui/test_projects.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace perennial;
using test::Scores;

namespace {

constexpr int kManyUsers = 20'000;

} // namespace

class tst_Tables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void smallTableSortsByValueMissingLast()
    {
        TableModel model(
            {{QStringLiteral("Name")}, {QStringLiteral("Orders"), TableColumn::Kind::Count}});
        const QAbstractItemModelTester tester(&model);
        model.setRows({{QStringLiteral("a"), qint64{9}},
                       {QStringLiteral("b"), QVariant()},
                       {QStringLiteral("c"), qint64{10}}});
        const auto names = [&model] {
            QString all;
            for (int r = 0; r < model.rowCount(); ++r) {
                all += model.index(r, 0).data().toString();
            }
            return all;
        };
        model.sort(1, Qt::AscendingOrder);
        QCOMPARE(names(), QStringLiteral("acb"));
        model.sort(1, Qt::DescendingOrder);
        QCOMPARE(names(), QStringLiteral("cab"));
        QCOMPARE(model.sourceRow(0), 2);
        QCOMPARE(model.index(2, 1).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.sourceRow(3), -1);
    }

    void selectionSurvivesSortingAndNewRows()
    {
        TableView view(QStringLiteral("t"), {{QStringLiteral("Name")}});
        view.setRows({{QStringLiteral("b")}, {QStringLiteral("a")}});
        view.selectRow(0);
        view.sortByColumn(0, Qt::AscendingOrder);
        QCOMPARE(view.selectedRow(), 0);
        view.setRows({{QStringLiteral("c")}, {QStringLiteral("b")}});
        QCOMPARE(view.selectedRow(), 1);
        QCOMPARE(view.selectionAsTsv(), QStringLiteral("Name\nb\n"));
    }

    void tsvKeepsRowsApart()
    {
        TableView view(QStringLiteral("t"), {{QStringLiteral("A")}, {QStringLiteral("B")}});
        view.setRows({{QStringLiteral("one\ttwo"), QStringLiteral("three\nfour")}});
        QCOMPARE(view.selectionAsTsv(), QStringLiteral("A\tB\none two\tthree four\n"));
    }

    void numbersStayNumbersInASpreadsheet()
    {
        TableView view(QStringLiteral("t"), {{QStringLiteral("A"), TableColumn::Kind::Number, 1}});
        view.setRows({{-1.5}});
        QCOMPARE(view.model()->index(0, 0).data().toString(), QStringLiteral("−1.5"));
        QCOMPARE(view.selectionAsTsv(), QStringLiteral("A\n-1.5\n"));
    }

    void columnsFillTheTable()
    {
        using Kind = TableColumn::Kind;
        TableView view(QStringLiteral("t"), {{QStringLiteral("Name"), Kind::Text, 0},
                                             {QStringLiteral("N"), Kind::Count, 0},
                                             {QStringLiteral("Note"), Kind::Text, 0}});
        view.resize(700, 200);
        view.show();
        view.setRows({{QStringLiteral("a"), 1, QString(400, QLatin1Char('x'))}});
        const auto width = [&] { return view.horizontalHeader()->length(); };
        QCOMPARE(width(), view.viewport()->width());
        QVERIFY(view.columnWidth(2) > 260); // the one that was cut takes the room
        view.resize(900, 200);
        QCOMPARE(width(), view.viewport()->width());
        view.setRows({{QStringLiteral("a"), 1, QStringLiteral("b")}});
        QCOMPARE(width(), view.viewport()->width());
        QVERIFY(std::abs(view.columnWidth(0) - view.columnWidth(2)) < 60);
        view.resize(120, 200); // too narrow: scrolls, nothing is squeezed
        QVERIFY(width() > view.viewport()->width());
    }

    void usersPageInWithoutBeingLoaded()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, kManyUsers, Scores::Full).ok());
        JobRunner jobs;
        ProjectSession session(jobs);
        session.open(path);
        jobs.waitUntilIdle();
        QVERIFY(session.hasProject());
        UserTableView view(session, jobs);
        const QAbstractItemModelTester tester(&view.model());
        view.resize(900, 400);
        view.show();
        view.refresh();
        settle(jobs);
        UserTableModel &model = view.model();
        QCOMPARE(model.rowCount(), kManyUsers);
        QVERIFY(model.row(0));               // shown
        QVERIFY(!model.row(kManyUsers - 1)); // not asked for
        QCOMPARE(model.index(kManyUsers - 1, 0).data().toString(), QStringLiteral("…"));
        settle(jobs);
        QVERIFY(model.row(kManyUsers - 1));

        // what comes first is the most valuable, whatever column came before
        const double best = *model.row(0)->state.predictedValue;
        QVERIFY(best >= *model.row(1)->state.predictedValue);
        model.sort(0, Qt::AscendingOrder);
        settle(jobs);
        QCOMPARE(model.index(0, 0).data(UserTableModel::kUserKeyRole).toString(),
                 QStringLiteral("user-0"));

        // scrolling from end to end asks for what is seen only
        auto *table = view.findChild<TableView *>();
        for (int row = 0; row < kManyUsers; row += 1000) {
            table->scrollTo(model.index(row, 0), QAbstractItemView::PositionAtTop);
            view.grab();
        }
        settle(jobs);
        QVERIFY(model.row(table->rowAt(1)));
    }

    void searchAndSegmentFilter()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 700, Scores::Full).ok());
        JobRunner jobs;
        ProjectSession session(jobs);
        session.open(path);
        jobs.waitUntilIdle();
        UserTableView view(session, jobs);
        view.show();
        view.refresh();
        settle(jobs);
        QCOMPARE(view.model().rowCount(), 700);
        session.setSegment(ruleOf(StageCondition{{Stage::Loyal}}));
        settle(jobs);
        QCOMPARE(view.model().rowCount(), 100);
        QCOMPARE(view.model().totals().users, 100);
        auto *search = view.findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("user-11"));
        QTest::keyClick(search, Qt::Key_Return);
        settle(jobs);
        QVERIFY(view.model().rowCount() > 0 && view.model().rowCount() < 100);
        QTest::keyClicks(search, QStringLiteral("'; DROP TABLE users; --"));
        QTest::keyClick(search, Qt::Key_Return);
        settle(jobs);
        QCOMPARE(view.model().rowCount(), 0);
        session.close();
        settle(jobs);
        QCOMPARE(view.model().rowCount(), 0);
    }

    void selectingAUserTellsWhich()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 5, Scores::Full).ok());
        JobRunner jobs;
        ProjectSession session(jobs);
        session.open(path);
        jobs.waitUntilIdle();
        UserTableView view(session, jobs);
        view.show();
        view.refresh();
        settle(jobs);
        QSignalSpy selected(&view, &UserTableView::userSelected);
        view.findChild<TableView *>()->QTableView::selectRow(1);
        QCOMPARE(selected.size(), 1);
        QVERIFY(selected[0][0].toLongLong() > 0);
        QCOMPARE(view.selectedKey(), selected[0][1].toString());
    }

private:
    /// Until nothing runs and nothing more is asked for.
    static void settle(JobRunner &jobs)
    {
        for (int quiet = 0; quiet < 3;) {
            quiet = jobs.runningCount() == 0 ? quiet + 1 : 0;
            jobs.waitUntilIdle();
            QCoreApplication::processEvents();
        }
    }
};

QTEST_MAIN(tst_Tables)
#include "tst_tables.moc"
