#include "find_widgets.h"
#include "trust_fixture.h"

#include "ui/charts/chart_card.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/trust/trust_calibration.h"
#include "ui/pages/trust/trust_charts.h"

#include <QComboBox>

using namespace perennial;

namespace {

constexpr int kCalibration = 1; ///< section

/// A scored shop with a backtest, its section Calibration in view.
void showCalibration(PageFixture &f, TrustPage &page)
{
    f.show(page, {1280, 1300});
    runBacktest(f, page, 90);
    page.showSection(kCalibration);
    f.settle();
}

qint64 usersShown(const QWidget &page)
{
    return page.findChild<UserTableView *>()->model().totals().users;
}

qint64 usersAfterClick(PageFixture &f, const QWidget &page, ChartCard &card, int index)
{
    Q_EMIT card.markClicked(0, index);
    f.settle();
    return usersShown(page);
}

} // namespace

/// A bar, a point or a group of the page Trust leads to exactly its customers.
class TestTrustClicks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenthsLeadToTheirCustomers();
    void chancesLeadToTheirCustomers();
    void groupsLeadToTheirCustomers();
    void anotherMethodLetsThemGo();
    void theSegmentOfOtherPagesDoesNotMatter();
    void withoutScoresItSaysSo();
};

void TestTrustClicks::tenthsLeadToTheirCustomers()
{
    PageFixture f;
    makeScoredShop(f, 400);
    TrustPage page(f.context);
    showCalibration(f, page);
    const auto kept = *readSavedBacktest(f.session.project());
    const BacktestRow &row = kept->result->rows[*kept->result->winner];
    ChartCard *card = chart(page, QStringLiteral("Predicted and actual"));
    QCOMPARE(row.deciles.size(), std::size_t{10});
    for (std::size_t d = 0; d < row.deciles.size(); ++d) {
        QCOMPARE(static_cast<double>(usersAfterClick(f, page, *card, static_cast<int>(d))),
                 row.deciles[d].customers);
        QVERIFY(card->view().selected());
    }
    usersAfterClick(f, page, *card, 9); // the same bar again
    QVERIFY(!card->view().selected());
    QCOMPARE(usersShown(page), 400);
}

void TestTrustClicks::chancesLeadToTheirCustomers()
{
    PageFixture f;
    makeScoredShop(f, 400);
    TrustPage page(f.context);
    showCalibration(f, page);
    // A method with a distribution has chances.
    TableView *methods = table(page, QStringLiteral("Backtest"));
    for (int r = 0; r < methods->model()->rowCount(); ++r) {
        if (methods->model()->index(r, 0).data().toString().contains(QStringLiteral("BG/NBD"))) {
            methods->selectRow(r);
        }
    }
    f.settle();
    const ChurnBins bins = page.findChild<CalibrationCard *>()->churn();
    ChartCard *card = chart(page, QStringLiteral("Chance of no order"));
    const auto line = std::get<LineChart>(card->view().spec().body).series.front();
    QVERIFY(line.x.size() > 1);
    for (std::size_t i = 0; i < line.x.size(); ++i) {
        const auto bin = churnBinOfPoint(bins, static_cast<int>(i));
        QVERIFY(bin && bins[*bin].predicted == line.x[i]);
        QCOMPARE(usersAfterClick(f, page, *card, static_cast<int>(i)),
                 static_cast<qint64>(bins[*bin].customers));
    }
    QVERIFY(!churnBinOfPoint(bins, static_cast<int>(line.x.size())));
    QVERIFY(!churnBinOfPoint(ChurnBins{}, 0));
}

void TestTrustClicks::groupsLeadToTheirCustomers()
{
    PageFixture f;
    makeScoredShop(f, 400);
    TrustPage page(f.context);
    showCalibration(f, page);
    TableView *groups = table(page, QStringLiteral("Calibration by group"));
    QComboBox *by = nullptr;
    for (QComboBox *box : page.findChildren<QComboBox *>()) {
        by = box->accessibleName() == QStringLiteral("Group customers by") ? box : by;
    }
    for (int choice = 0; choice < by->count(); ++choice) {
        by->setCurrentIndex(choice);
        f.settle();
        QCOMPARE(usersShown(page), 400); // nobody is chosen yet
        for (int row = 0; row < groups->model()->rowCount(); ++row) {
            groups->scrollTo(groups->model()->index(row, 0));
            QTest::mouseClick(groups->viewport(), Qt::LeftButton, {},
                              groups->visualRect(groups->model()->index(row, 0)).center());
            f.settle();
            QCOMPARE(usersShown(page),
                     groups->model()->index(row, 1).data(Qt::UserRole).toLongLong());
        }
        QTest::keyClick(groups, Qt::Key_Escape);
        f.settle();
        QCOMPARE(usersShown(page), 400);
        QTest::keyClick(groups, Qt::Key_Return);
        f.settle();
        QVERIFY(page.findChild<UserTableView *>()->selection());
    }
}

void TestTrustClicks::anotherMethodLetsThemGo()
{
    PageFixture f;
    makeScoredShop(f, 400);
    TrustPage page(f.context);
    showCalibration(f, page);
    QVERIFY(usersAfterClick(f, page, *chart(page, QStringLiteral("Predicted and actual")), 0) <
            400);
    table(page, QStringLiteral("Backtest"))->selectRow(0);
    f.settle();
    QVERIFY(!page.findChild<UserTableView *>()->selection());
    QCOMPARE(usersShown(page), 400);
}

void TestTrustClicks::theSegmentOfOtherPagesDoesNotMatter()
{
    PageFixture f;
    makeScoredShop(f, 400);
    f.session.setSegment(ruleOf(StageCondition{{Stage::Churned}}));
    TrustPage page(f.context);
    showCalibration(f, page);
    QCOMPARE(usersShown(page), 400);
    const auto kept = *readSavedBacktest(f.session.project());
    QCOMPARE(static_cast<double>(
                 usersAfterClick(f, page, *chart(page, QStringLiteral("Predicted and actual")), 0)),
             kept->result->rows[*kept->result->winner].deciles[0].customers);
}

void TestTrustClicks::withoutScoresItSaysSo()
{
    PageFixture f;
    makeShop(f, 300);
    TrustPage page(f.context);
    showCalibration(f, page);
    QVERIFY(visibleText(page).contains(QStringLiteral("have not been scored yet")));
    QVERIFY(!page.findChild<UserTableView *>()->isVisible());
    Q_EMIT chart(page, QStringLiteral("Predicted and actual"))->markClicked(0, 0);
    f.settle();
    score(f);
    QVERIFY(page.findChild<UserTableView *>()->isVisible());
    QCOMPARE(usersShown(page), 300);
}

QTEST_MAIN(TestTrustClicks)
#include "tst_trust_clicks.moc"
