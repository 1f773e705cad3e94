#include "quality_fixture.h"

#include "core/project/quality_store.h"
#include "ui/pages/quality_page.h"

#include <QInputDialog>

#include <atomic>
#include <thread>

using namespace perennial;

class TestQualityIgnored : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anIgnoredFindingIsHeededAgain();
    void ignoringOutlivesARefresh();
    void nothingIsIgnoredWhileARuleIsSwitched();
};

void TestQualityIgnored::anIgnoredFindingIsHeededAgain()
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

// The answer comes when the page shows another report than the one that was asked about.
void TestQualityIgnored::ignoringOutlivesARefresh()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    TableView *findings = table(page, QStringLiteral("Findings"));
    choose(*findings, QStringLiteral("Test users"));
    QTest::mouseClick(button(page, QStringLiteral("Ignore…")), Qt::LeftButton);
    auto *dialog = page.findChild<QInputDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->labelText().contains(QStringLiteral("Test users")));
    f.session.notifyDataChanged();
    f.settle();
    choose(*findings, QStringLiteral("Exact copies"));
    dialog->setTextValue(QStringLiteral("staff"));
    int assessments = 0;
    connect(&f.jobs, &JobRunner::jobsChanged, this,
            [&] { assessments += f.jobs.groupRunning(QualityPage::kReportGroup) ? 1 : 0; });
    dialog->accept();
    f.settle();
    QCOMPARE(assessments, 0); // only what is ignored was read again
    const int row = rowWith(*findings, 1, QStringLiteral("Test users"));
    QVERIFY(cell(*findings, row, 0).contains(QStringLiteral("ignored")));
    QVERIFY(cell(*findings, row, 4).contains(QStringLiteral("staff")));
    QVERIFY(!cell(*findings, rowWith(*findings, 1, QStringLiteral("Exact copies")), 0)
                 .contains(QStringLiteral("ignored")));
    QCOMPARE(readIgnoredFindings(f.session.project())->size(), std::size_t{1});
}

void TestQualityIgnored::nothingIsIgnoredWhileARuleIsSwitched()
{
    PageFixture f;
    addEvents(f);
    QualityPage page(f.context);
    f.show(page);
    choose(*table(page, QStringLiteral("Findings")), QStringLiteral("Test users"));
    QTest::mouseClick(button(page, QStringLiteral("Ignore…")), Qt::LeftButton);
    auto *dialog = page.findChild<QInputDialog *>();
    QVERIFY(dialog != nullptr);
    std::atomic<bool> go = false;
    bool done = false;
    f.jobs.start<int>(
        QStringLiteral("switch"),
        [&go](const Task &task) -> Result<int> {
            while (!go && !task.cancelled()) {
                std::this_thread::yield();
            }
            return task.cancelled() ? Result<int>(fail(ErrorCode::Cancelled)) : Result<int>(1);
        },
        &page, [&done](Result<int> result) { done = result.ok(); }, QualityPage::kSwitchGroup);
    dialog->setTextValue(QStringLiteral("staff"));
    dialog->accept();
    QVERIFY(f.jobs.groupRunning(QualityPage::kSwitchGroup));
    go = true;
    f.settle();
    QVERIFY(done); // and was not cancelled
    QVERIFY(readIgnoredFindings(f.session.project())->empty());
}

QTEST_MAIN(TestQualityIgnored)
#include "tst_quality_ignored.moc"
