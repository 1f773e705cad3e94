#include "quality_fixture.h"

#include "core/project/database.h"
#include "core/project/forget_store.h"
#include "ui/charts/chart_card.h"
#include "ui/models/event_rows_model.h"
#include "ui/pages/event_rows_dialog.h"
#include "ui/pages/quality_page.h"
#include "ui/pages/rule_dialog.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

using namespace perennial;

class TestQualityPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); } // heights are the theme's
    void withoutProjectOrEventsItOffersTheFirstStep();
    void readinessFindingsAndTotalsAreShown();
    void aRuleIsSwitchedOnAndUndone();
    void aFindingShowsExactlyItsRows();
    void aRuleIsMadeOnlyAfterItsEffect();
    void aRuleSwitchedOnAgainKeepsItsReason();
    void shortTablesNeedNoScrollBar();
    void eventsFarOutsideAreNamed();
    void readOnlyBlocksEveryChange();
    void everyControlHasANameAndNothingIsMarkup();
};

void TestQualityPage::withoutProjectOrEventsItOffersTheFirstStep()
{
    PageFixture f;
    QualityPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    f.create();
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("No events yet")));
    QTest::mouseClick(button(page, QStringLiteral("Import events…")), Qt::LeftButton);
    QCOMPARE(f.navigator.calls.last(), QStringLiteral("import"));
}

void TestQualityPage::readinessFindingsAndTotalsAreShown()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    const KpiCard *orders = findKpi(page, QStringLiteral("Orders to come (BG/NBD)"));
    QVERIFY(orders != nullptr);
    QVERIFY(orders->value().contains(QStringLiteral("not yet"))); // 31 customers
    const TableView *findings = table(page, QStringLiteral("Findings"));
    const int copies = rowWith(*findings, 1, QStringLiteral("Exact copies"));
    const int tests = rowWith(*findings, 1, QStringLiteral("Test users"));
    QVERIFY(copies >= 0 && tests >= 0);
    QCOMPARE(cell(*findings, copies, 2), QStringLiteral("1"));
    QCOMPARE(cell(*findings, tests, 2), QStringLiteral("2"));
    const TableView *totals = table(page, QStringLiteral("Control totals"));
    QCOMPARE(totals->model()->rowCount(), 5);
    QCOMPARE(cell(*totals, 4, 3), QStringLiteral("603"));
    QVERIFY(page.answer().contains(QStringLiteral("findings to look at")));
    for (ChartCard *card : page.findChildren<ChartCard *>()) {
        QVERIFY2(hasData(card->view().spec()), qPrintable(card->title()));
    }
}

void TestQualityPage::aRuleIsSwitchedOnAndUndone()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    const QString hash = f.session.dataHash();
    TableView *findings = table(page, QStringLiteral("Findings"));
    TableView *totals = table(page, QStringLiteral("Control totals"));
    TableView *rules = table(page, QStringLiteral("Cleaning rules"));
    QCOMPARE(rules->model()->rowCount(), 0);
    findings->setCurrentIndex(
        findings->model()->index(rowWith(*findings, 1, QStringLiteral("Test users")), 0));
    QTest::mouseClick(button(page, QStringLiteral("Switch rule on")), Qt::LeftButton);
    f.settle();
    QCOMPARE(f.session.counts().events, kEvents + 1);
    QVERIFY(f.session.dataHash() != hash);
    QCOMPARE(rules->model()->rowCount(), 1);
    QVERIFY(cell(*rules, 0, 0).contains(QStringLiteral("on")));
    QCOMPARE(totals->model()->rowCount(), 6);
    QCOMPARE(cell(*totals, 5, 3), QStringLiteral("601"));
    QVERIFY(cell(*findings, rowWith(*findings, 1, QStringLiteral("Test users")), 0)
                .contains(QStringLiteral("taken care of")));
    QTest::mouseClick(button(page, QStringLiteral("Undo last switch")), Qt::LeftButton);
    f.settle();
    QCOMPARE(f.session.counts().events, kEvents + 3);
    QCOMPARE(f.session.dataHash(), hash);
    QVERIFY(cell(*rules, 0, 0).contains(QStringLiteral("off")));
    rules->setCurrentIndex(rules->model()->index(0, 0));
    QTest::mouseClick(button(page, QStringLiteral("Switch on")), Qt::LeftButton);
    f.settle();
    QCOMPARE(f.session.counts().events, kEvents + 1);
}

void TestQualityPage::aFindingShowsExactlyItsRows()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    TableView *findings = table(page, QStringLiteral("Findings"));
    const int row = rowWith(*findings, 1, QStringLiteral("Test users"));
    Q_EMIT findings->activated(findings->model()->index(row, 0));
    Q_EMIT findings->doubleClicked(findings->model()->index(row, 0));
    findings->setCurrentIndex(findings->model()->index(row, 0));
    QTest::mouseClick(button(page, QStringLiteral("Show events…")), Qt::LeftButton);
    f.settle();
    const auto dialogs = page.findChildren<EventRowsDialog *>();
    QVERIFY(!dialogs.isEmpty());
    auto *model = dialogs.last()->findChild<EventRowsModel *>();
    QVERIFY(model != nullptr);
    const QAbstractItemModelTester tester(model);
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->index(0, EventRowsModel::User).data().toString(),
             QStringLiteral("test_<b>x</b>"));
    QCOMPARE(markupLabels(*dialogs.last()), 0);
}

void TestQualityPage::aRuleSwitchedOnAgainKeepsItsReason()
{
    PageFixture f;
    addEvents(f);
    Project &project = f.session.project();
    const auto id = addCleaningRule(project, TestUsersRule{usualTestUsers()}, "staff", Task());
    QVERIFY(id.ok() && switchCleaningRule(project, *id, false, Task()).ok());
    QualityPage page(f.context);
    f.show(page);
    choose(*table(page, QStringLiteral("Findings")), QStringLiteral("Test users"));
    QTest::mouseClick(button(page, QStringLiteral("Switch rule on")), Qt::LeftButton);
    f.settle();
    const auto rules = readCleaningRules(project);
    QVERIFY(rules->front().active);
    QCOMPARE(rules->front().reason, std::string("staff"));
}

// Also with the line of erased users, which is there only after one was erased.
void TestQualityPage::shortTablesNeedNoScrollBar()
{
    PageFixture f;
    addEvents(f);
    Project &project = f.session.project();
    QVERIFY(addCleaningRule(project, TestUsersRule{usualTestUsers()}, {}, Task()).ok());
    QVERIFY(addCleaningRule(project, DuplicateRule{}, {}, Task()).ok());
    QVERIFY(addCleaningRule(project, ZeroPriceRule{}, {}, Task()).ok());
    QualityPage page(f.context);
    f.show(page);
    const TableView *totals = table(page, QStringLiteral("Control totals"));
    const auto allShown = [&] {
        QCoreApplication::sendPostedEvents();
        return std::ranges::all_of(page.findChildren<TableView *>(), [](const TableView *view) {
            return view->verticalScrollBar()->maximum() == 0;
        });
    };
    const auto spare = [&] {
        return totals->viewport()->height() - totals->verticalHeader()->length();
    };
    QCOMPARE(totals->model()->rowCount(), 8);
    QVERIFY(allShown());
    const int before = spare();
    QVERIFY(before >= 0);
    QVERIFY(eraseUser(project, "u3", Task()).ok());
    f.session.notifyDataChanged();
    f.settle();
    QCOMPARE(totals->model()->rowCount(), 9);
    QVERIFY(allShown());
    QCOMPARE(spare(), before); // the card has grown by the line
}

void TestQualityPage::eventsFarOutsideAreNamed()
{
    PageFixture f;
    addEvents(f);
    f.session.project().database().execute("UPDATE event SET at = 7226582400 WHERE id = 5");
    f.session.notifyDataChanged();
    QualityPage page(f.context);
    f.show(page);
    int named = 0;
    for (ChartCard *card : page.findChildren<ChartCard *>()) {
        QVERIFY2(hasData(card->view().spec()), qPrintable(card->title()));
        named += card->caption().contains(QStringLiteral("1 event far after all others")) ? 1 : 0;
    }
    QCOMPARE(named, 3); // the charts over time
}

void TestQualityPage::aRuleIsMadeOnlyAfterItsEffect()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    page.pageActions().front()->trigger();
    auto *dialog = page.findChild<RuleDialog *>();
    QVERIFY(dialog != nullptr);
    QPushButton *on = button(*dialog, QStringLiteral("Switch on"));
    auto *definition = dialog->findChild<QPlainTextEdit *>();
    QVERIFY(!on->isEnabled());
    definition->setPlainText(QStringLiteral("{\"kind\": \"amount_quantile\", \"upper\": 7}"));
    QTest::mouseClick(button(*dialog, QStringLiteral("Show effect")), Qt::LeftButton);
    f.settle();
    QVERIFY(!on->isEnabled());
    definition->setPlainText(QStringLiteral("{\"kind\": \"amount_quantile\", \"upper\": 0.5}"));
    QTest::mouseClick(button(*dialog, QStringLiteral("Show effect")), Qt::LeftButton);
    f.settle();
    QVERIFY(on->isEnabled());
    definition->appendPlainText(QStringLiteral(" ")); // another text: look again
    QVERIFY(!on->isEnabled());
    QTest::mouseClick(button(*dialog, QStringLiteral("Show effect")), Qt::LeftButton);
    f.settle();
    const Money before = f.session.counts().gross;
    QTest::mouseClick(on, Qt::LeftButton);
    f.settle();
    QCOMPARE(f.session.counts().events, kEvents + 3);
    QVERIFY(f.session.counts().gross < before);
}

void TestQualityPage::readOnlyBlocksEveryChange()
{
    PageFixture f;
    addEvents(f);
    const QString path = f.session.path();
    f.open(path, Project::Access::ReadOnly);
    QualityPage page(f.context);
    f.show(page);
    TableView *findings = table(page, QStringLiteral("Findings"));
    findings->setCurrentIndex(findings->model()->index(0, 0));
    QVERIFY(button(page, QStringLiteral("Show events…"))->isEnabled());
    for (const char *text : {"Switch rule on", "Ignore…", "Undo last switch", "Switch on"}) {
        QVERIFY2(!button(page, QString::fromUtf8(text))->isEnabled(), text);
    }
    QVERIFY(!page.pageActions().front()->isEnabled());
}

void TestQualityPage::everyControlHasANameAndNothingIsMarkup()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    QCOMPARE(namelessControls(page), QStringList());
    QCOMPARE(markupLabels(page), 0);
}

QTEST_MAIN(TestQualityPage)
#include "tst_quality_page.moc"
