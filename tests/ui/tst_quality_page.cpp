#include "page_fixture.h"

#include "ui/charts/chart_card.h"
#include "ui/models/event_rows_model.h"
#include "ui/models/table_view.h"
#include "ui/pages/event_rows_dialog.h"
#include "ui/pages/quality_page.h"
#include "ui/pages/rule_dialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace perennial;

namespace {

constexpr int kEvents = 600;

/// A shop of 30 users, with a test account whose key is hostile, and an exact copy.
void addEvents(PageFixture &f)
{
    f.create();
    Project &project = f.session.project();
    SourceRecord source;
    source.name = "shop";
    const auto id = beginSource(project, source);
    auto writer = EventWriter::open(project, *id);
    QVERIFY(writer->begin().ok());
    ImportChunk chunk;
    for (int k = 0; k < kEvents + 3; ++k) {
        EventRow row;
        const int n = k == kEvents ? 0 : k; // the first once more
        const std::string user = n > kEvents ? "test_<b>x</b>" : "u" + std::to_string(n % 30);
        row.user = *writer->code(Dictionary::User, user);
        row.item = *writer->code(Dictionary::Item, "i" + std::to_string(n % 11));
        row.order = *writer->code(Dictionary::Order, "o" + std::to_string(n));
        row.kind = EventKind::Purchase;
        row.at = 1'300'000'000 + n * 9'973LL;
        row.amount = (10 + n % 5) * kMoneyUnit;
        QVERIFY(writer->add(row).ok());
        chunk.totals.read.rows += 1;
        chunk.totals.read.amount += row.amount;
    }
    chunk.totals.stored = chunk.totals.read;
    QVERIFY(logChunk(project, *id, chunk).ok());
    QVERIFY(writer->commit().ok());
    QVERIFY(buildEventIndexes(project).ok());
    QVERIFY(finishSource(project, *id).ok());
    f.session.notifyDataChanged();
    f.settle();
}

QPushButton *button(const QWidget &page, const QString &text, int which = 0)
{
    for (QPushButton *candidate : page.findChildren<QPushButton *>()) {
        if (candidate->text() == text && which-- == 0) {
            return candidate;
        }
    }
    return nullptr;
}

TableView *table(const QWidget &page, const QString &name)
{
    for (TableView *view : page.findChildren<TableView *>()) {
        if (view->accessibleName().startsWith(name)) {
            return view;
        }
    }
    return nullptr;
}

int rowWith(const TableView &view, int column, const QString &text)
{
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        if (view.model()->index(row, column).data().toString().contains(text)) {
            return row;
        }
    }
    return -1;
}

QString cell(const TableView &view, int row, int column)
{
    return view.model()->index(row, column).data().toString();
}

} // namespace

class TestQualityPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutProjectOrEventsItOffersTheFirstStep();
    void readinessFindingsAndTotalsAreShown();
    void aRuleIsSwitchedOnAndUndone();
    void aFindingShowsExactlyItsRows();
    void anIgnoredFindingIsHeededAgain();
    void aRuleIsMadeOnlyAfterItsEffect();
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

void TestQualityPage::anIgnoredFindingIsHeededAgain()
{
    PageFixture f;
    addEvents(f);
    QVERIFY(ignoreFinding(f.session.project(), "test_users", "our <i>staff</i> buys too").ok());
    QualityPage page(f.context);
    f.show(page);
    TableView *findings = table(page, QStringLiteral("Findings"));
    const int row = rowWith(*findings, 1, QStringLiteral("Test users"));
    QVERIFY(cell(*findings, row, 0).contains(QStringLiteral("ignored")));
    QVERIFY(cell(*findings, row, 4).contains(QStringLiteral("our <i>staff</i> buys too")));
    findings->setCurrentIndex(findings->model()->index(row, 0));
    QTest::mouseClick(button(page, QStringLiteral("Heed again")), Qt::LeftButton);
    f.settle();
    const int now = rowWith(*findings, 1, QStringLiteral("Test users"));
    QVERIFY(!cell(*findings, now, 0).contains(QStringLiteral("ignored")));
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
