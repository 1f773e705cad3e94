#include "tests/ui/page_bench.h"
#include "ui/pages/report_preview.h"
#include "ui/pages/reports_page.h"
#include "ui/widgets/empty_state.h"

#include <QCheckBox>
#include <QFile>

using namespace perennial;
using namespace perennial::test;

class TestReportsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noProject();
    void previewsEveryState_data();
    void previewsEveryState();
    void choicesChangeThePages();
    void nothingChosen();
    void exportsWhatIsShown();
    void badPathIsSaid();
    void followsTheSegment();
    void accessible();

private:
    QTemporaryDir m_folder;
    QString m_shop;
};

void TestReportsPage::initTestCase()
{
    m_shop = m_folder.filePath(QStringLiteral("shop.perennial"));
    QVERIFY(makeSample(m_shop, Sample::Trained, 250).ok());
    QVERIFY(makeSample(m_folder.filePath(QStringLiteral("empty.perennial")), Sample::Empty).ok());
    QVERIFY(makeSample(m_folder.filePath(QStringLiteral("raw.perennial")), Sample::Unscored, 60).ok());
}

void TestReportsPage::noProject()
{
    Bench bench;
    ReportsPage page(bench.context);
    bench.show(page);
    QVERIFY(page.findChild<EmptyState *>()->isVisible());
    QVERIFY(!page.pageActions().first()->isEnabled());
}

void TestReportsPage::previewsEveryState_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("leastPages");
    QTest::addRow("empty") << "empty.perennial" << 2;
    QTest::addRow("not scored") << "raw.perennial" << 2;
    QTest::addRow("trained") << "shop.perennial" << 9;
}

void TestReportsPage::previewsEveryState()
{
    QFETCH(QString, file);
    QFETCH(int, leastPages);
    Bench bench;
    QVERIFY(bench.open(m_folder.filePath(file)));
    ReportsPage page(bench.context);
    bench.show(page);
    auto *preview = page.findChild<ReportPreview *>();
    QTRY_VERIFY(preview->pages() >= leastPages);
    QTRY_VERIFY(preview->isComplete());
    QVERIFY(!page.answer().isEmpty());
}

void TestReportsPage::choicesChangeThePages()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ReportsPage page(bench.context);
    bench.show(page);
    auto *preview = page.findChild<ReportPreview *>();
    const int all = preview->pages();
    auto *sections = called<QCheckBox>(page, QStringLiteral("Section: Definitions"));
    QVERIFY(sections && sections->isChecked());
    sections->click();
    QCOMPARE(called<QComboBox>(page, QStringLiteral("Template"))->currentText(),
             QStringLiteral("Custom"));
    QTRY_VERIFY(preview->pages() < all);
}

void TestReportsPage::nothingChosen()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ReportsPage page(bench.context);
    bench.show(page);
    for (QCheckBox *box : page.findChildren<QCheckBox *>()) {
        box->setChecked(false);
    }
    QTRY_COMPARE(page.findChild<ReportPreview *>()->pages(), 0);
    QVERIFY(!button(page, QStringLiteral("Export PDF…"))->isEnabled());
}

void TestReportsPage::exportsWhatIsShown()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly)); // a report writes no project
    ReportsPage page(bench.context);
    bench.show(page);
    const QString path = m_folder.filePath(QStringLiteral("out.pdf"));
    page.exportPdf(path);
    QTRY_VERIFY(QFile::exists(path));
    bench.settle();
    auto *outputs = called<QTableView>(page, QStringLiteral("Files written in this session"));
    QTRY_COMPARE(outputs->model()->rowCount(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.read(5) == "%PDF-");
    QVERIFY(bench.navigator.errors.isEmpty());
    QVERIFY(button(page, QStringLiteral("Export PDF…"))->isEnabled());
}

void TestReportsPage::badPathIsSaid()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ReportsPage page(bench.context);
    bench.show(page);
    page.exportPdf(m_folder.path());
    QCOMPARE(bench.navigator.errors.size(), 1);
    QCOMPARE(bench.navigator.lastError.code, ErrorCode::IsDirectory);
}

void TestReportsPage::followsTheSegment()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ReportsPage page(bench.context);
    QVERIFY(page.usesSegment());
    bench.show(page);
    bench.session.setSegment(ruleOf(StageCondition{{Stage::Loyal}}));
    bench.settle();
    QTRY_VERIFY(page.findChild<ReportPreview *>()->isComplete());
    QVERIFY(page.findChild<ReportPreview *>()->pages() > 0);
}

void TestReportsPage::accessible()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ReportsPage page(bench.context);
    bench.show(page);
    QCOMPARE(unnamedControls(page).join(QLatin1Char(' ')), QString());
    QCOMPARE(richLabels(page).join(QLatin1Char(' ')), QString());
}

QTEST_MAIN(TestReportsPage)
#include "tst_reports_page.moc"
