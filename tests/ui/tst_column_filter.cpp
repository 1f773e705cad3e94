#include "tests/ui/test_projects.h"
#include "ui/models/column_filter.h"
#include "ui/models/filter_row.h"
#include "ui/models/user_table_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace perennial;
using test::Scores;

namespace {

constexpr int kUsers = 400;

const UserColumn kNumber = UserColumn::Realised, kCount = UserColumn::Orders,
                 kShare = UserColumn::PAlive, kDate = UserColumn::LastOrder;

bool holds(const ColumnRange &range, double value)
{
    return (!range.from || value >= *range.from) && (!range.to || value < *range.to);
}

} // namespace

class TestColumnFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void whatIsTypedIsMeant_data();
    void whatIsTypedIsMeant();
    void whatIsNoFilterIsNone_data();
    void whatIsNoFilterIsNone();
    void theTableIsFiltered();
};

void TestColumnFilter::whatIsTypedIsMeant_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("in");
    QTest::addColumn<double>("out");
    const auto row = [](UserColumn column, const char *text, double in, double out) {
        QTest::newRow(text) << static_cast<int>(column) << QString::fromUtf8(text) << in << out;
    };
    const auto day = [](int y, int m, int d) {
        return static_cast<double>(dayFromCivil({y, m, d}));
    };
    row(kNumber, "> 100", 100.01, 100.0);
    row(kNumber, ">= 100", 100.0, 99.99);
    row(kNumber, "<100", 99.99, 100.0);
    row(kNumber, "≤ 100", 100.0, 100.01);
    row(kNumber, "10.5", 10.504, 10.51);
    row(kNumber, "-3..4", -3.0, 4.01);
    row(kNumber, "1e3 .. 2e3", 2000.0, 999.9);
    row(kCount, "3", 3, 4);
    row(kCount, ">3", 4, 3);
    row(kCount, "<= 3", 3, 4);
    row(kCount, "2..5", 5, 6);
    row(kShare, "> 50 %", 0.501, 0.5);
    row(kShare, "12.3", 0.1234, 0.1236);
    row(kDate, "2024-03-31", day(2024, 3, 31), day(2024, 4, 1));
    row(kDate, "2024-03", day(2024, 3, 31), day(2024, 4, 1));
    row(kDate, "2024", day(2024, 12, 31), day(2025, 1, 1));
    row(kDate, "> 2024-12", day(2025, 1, 1), day(2024, 12, 31));
    row(kDate, "<= 2024-12", day(2024, 12, 31), day(2025, 1, 1));
    row(kDate, "2023..2024-02", day(2024, 2, 29), day(2024, 3, 1));
}

void TestColumnFilter::whatIsTypedIsMeant()
{
    QFETCH(int, column);
    QFETCH(QString, text);
    QFETCH(double, in);
    QFETCH(double, out);
    const auto range = columnFilter(static_cast<UserColumn>(column), text);
    QVERIFY(range);
    QVERIFY(!range->orMissing);
    QVERIFY(holds(*range, in));
    QVERIFY(!holds(*range, out));
}

void TestColumnFilter::whatIsNoFilterIsNone_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "  ", "abc", ">", "..", "1..", "..5", "> x", "nan", "inf", "1e999",
                             "' OR 1", "= 5", "5 6x", "<>5"}) {
        QTest::addRow("number %s", text) << static_cast<int>(kNumber) << QString::fromUtf8(text);
    }
    for (const char *text : {"2024-13", "2024-02-30", "24", "0000", "99999-01-01", "> yesterday"}) {
        QTest::addRow("date %s", text) << static_cast<int>(kDate) << QString::fromUtf8(text);
    }
    QTest::newRow("key") << static_cast<int>(UserColumn::Key) << QStringLiteral("5");
    QTest::newRow("stage") << static_cast<int>(UserColumn::Stage) << QStringLiteral("5");
}

void TestColumnFilter::whatIsNoFilterIsNone()
{
    QFETCH(int, column);
    QFETCH(QString, text);
    QVERIFY(!columnFilter(static_cast<UserColumn>(column), text));
}

void TestColumnFilter::theTableIsFiltered()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("p.perennial"));
    QVERIFY(test::makeProject(path, kUsers, Scores::Full).ok());
    JobRunner jobs;
    ProjectSession session(jobs);
    session.open(path);
    jobs.waitUntilIdle();
    UserTableView view(session, jobs);
    view.resize(900, 400);
    view.show();
    view.refresh();
    jobs.waitUntilIdle();
    QCOMPARE(view.model().totals().users, kUsers);

    auto *row = view.findChild<FilterRow *>();
    QVERIFY(!row->isVisible());
    QToolButton *toggle = nullptr;
    for (QToolButton *button : view.findChildren<QToolButton *>()) {
        toggle = button->isCheckable() ? button : toggle;
    }
    toggle->click();
    QVERIFY(row->isVisible());
    QLineEdit *realised = nullptr;
    for (QLineEdit *edit : row->findChildren<QLineEdit *>()) {
        QVERIFY(!edit->accessibleName().isEmpty());
        realised = edit->accessibleName().contains(QStringLiteral("Realised")) ? edit : realised;
    }
    const auto states = readUserStates(session.project());
    double middle = 0;
    for (const UserState &state : *states) {
        middle += state.realised / kUsers;
    }
    const auto type = [&](const QString &text) {
        realised->setText(text);
        QTest::keyClick(view.findChild<QLineEdit *>(), Qt::Key_Return); // no wait for the delay
        jobs.waitUntilIdle();
    };
    type(QStringLiteral("> %1").arg(middle, 0, 'f', 3));
    const double typed = QString::number(middle, 'f', 3).toDouble();
    QCOMPARE(view.model().totals().users, std::ranges::count_if(*states, [&](const UserState &s) {
                 return s.realised > typed;
             }));
    QVERIFY(view.model().totals().users > 0 && view.model().totals().users < kUsers);
    type(QStringLiteral("nonsense"));
    QVERIFY(realised->property("invalid").toBool());
    QCOMPARE(view.model().totals().users, kUsers);
    type(QStringLiteral("< -1e9"));
    QCOMPARE(view.model().totals().users, 0);
    toggle->click(); // what can't be seen does not filter
    QTest::keyClick(view.findChild<QLineEdit *>(), Qt::Key_Return);
    jobs.waitUntilIdle();
    QCOMPARE(view.model().totals().users, kUsers);
}

QTEST_MAIN(TestColumnFilter)
#include "tst_column_filter.moc"
