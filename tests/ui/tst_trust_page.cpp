#include "trust_fixture.h"

#include "core/value/parameter_drift.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/trust/trust_charts.h"
#include "ui/pages/truth_card.h"

#include <QComboBox>

using namespace perennial;

/// The page as a whole, and what is on it beside the backtest.
class TestTrustPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsAddUpToAll();
    void driftAppearsWithASecondFit();
    void theTruthShowsOnSamplesOnly();
    void degenerate_data();
    void degenerate();
    void emptyStates();
    void everyControlHasAName();
};

void TestTrustPage::groupsAddUpToAll()
{
    PageFixture f;
    makeShop(f, 400);
    TrustPage page(f.context);
    f.show(page);
    runBacktest(f, page, 90);
    page.showSection(1);
    f.settle();
    TableView *groups = table(page, QStringLiteral("Calibration by group"));
    auto *by = page.findChildren<QComboBox *>().back();
    for (QComboBox *box : page.findChildren<QComboBox *>()) {
        by = box->accessibleName() == QStringLiteral("Group customers by") ? box : by;
    }
    QCOMPARE(by->count(), 5); // cohort, orders, channel, region, device
    for (int choice = 0; choice < by->count(); ++choice) {
        by->setCurrentIndex(choice);
        f.settle();
        QCOMPARE(by->currentIndex(), choice);
        QVERIFY(groups->model()->rowCount() >= 3);
        qint64 customers = 0;
        for (int row = 1; row < groups->model()->rowCount(); ++row) {
            customers += groups->model()->index(row, 1).data(Qt::UserRole).toLongLong();
        }
        QCOMPARE(customers, groups->model()->index(0, 1).data(Qt::UserRole).toLongLong());
    }
    const auto charts = page.findChildren<ChartCard *>();
    for (ChartCard *chart : charts) {
        if (chart->isVisible()) {
            QVERIFY2(hasData(chart->view().spec()), qPrintable(chart->title()));
        }
    }
}

void TestTrustPage::driftAppearsWithASecondFit()
{
    PageFixture f;
    makeShop(f, 400);
    TrustPage page(f.context);
    f.show(page);
    page.showSection(2);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("No fit is kept yet")));
    const Day last = *f.session.snapshot();
    int rows = 0;
    for (const int back : {120, 60, 0}) {
        ValueOptions options = valueOptionsFrom(f.session.settings());
        options.until = last - back;
        const auto value = fitValueModel(f.session.project(), options, Task());
        QVERIFY(value.ok());
        QVERIFY(saveFitRun(f.session.project(), (*value)->spend, last - back, options).ok());
        rows = static_cast<int>((*value)->spend.parameters.size());
        f.session.notifyDataChanged();
        f.settle();
    }
    TableView *drift = table(page, QStringLiteral("Drift of parameters"));
    QVERIFY(drift->isVisible());
    QCOMPARE(drift->model()->rowCount(), rows);
    const auto fits = readFitHistory(f.session.project(), "gamma-gamma");
    QCOMPARE(fits->size(), std::size_t{3});
    QVERIFY(hasData(driftChart(*fits)));
}

void TestTrustPage::theTruthShowsOnSamplesOnly()
{
    PageFixture f;
    makeScoredShop(f, 200);
    TrustPage page(f.context);
    f.show(page);
    page.showSection(2);
    f.settle();
    QVERIFY(page.findChild<TruthCard *>()->isVisible());

    PageFixture real;
    makeBuyers(real, 20, 3);
    TrustPage without(real.context);
    real.show(without);
    without.showSection(2);
    QVERIFY(!without.findChild<TruthCard *>()->isVisible());
}

void TestTrustPage::degenerate_data()
{
    QTest::addColumn<int>("users");
    QTest::addColumn<int>("orders");
    QTest::newRow("nobody bought twice") << 60 << 1;
    QTest::newRow("one customer") << 1 << 6;
    QTest::newRow("one order") << 1 << 1;
    QTest::newRow("all alike") << 400 << 5;
}

void TestTrustPage::degenerate()
{
    QFETCH(int, users);
    QFETCH(int, orders);
    PageFixture f;
    makeBuyers(f, users, orders);
    TrustPage page(f.context);
    f.show(page);
    runBacktest(f, page, 30);
    for (int section = 0; section < page.sections().size(); ++section) {
        page.showSection(section);
        f.settle();
        QVERIFY(!visibleText(page).contains(QStringLiteral("nan")));
        QVERIFY(!visibleText(page).contains(QStringLiteral("inf ")));
        QCOMPARE(markupLabels(page), 0);
    }
    page.showSection(0);
    if (users * orders > 1) {
        QVERIFY(table(page, QStringLiteral("Backtest"))->isVisible());
    } else {
        QVERIFY(visibleText(page).contains(QStringLiteral("do not reach so far")));
    }
    if (orders == 1 && users > 1) {
        QVERIFY(visibleText(page).contains(QStringLiteral("✕ BG/NBD")));
    }
}

void TestTrustPage::emptyStates()
{
    PageFixture f;
    TrustPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open.")));
    makeViewers(f, 5);
    QVERIFY(visibleText(page).contains(QStringLiteral("Nobody in this project has bought")));
    QVERIFY(!page.pageActions().front()->isEnabled());
    QVERIFY(page.answer().isEmpty());
}

void TestTrustPage::everyControlHasAName()
{
    PageFixture f;
    makeShop(f, 200);
    TrustPage page(f.context);
    f.show(page);
    runBacktest(f, page, 60);
    for (int section = 0; section < page.sections().size(); ++section) {
        page.showSection(section);
        f.settle();
        QCOMPARE(namelessControls(page), QStringList());
        QCOMPARE(markupLabels(page), 0);
    }
}

QTEST_MAIN(TestTrustPage)
#include "tst_trust_page.moc"
