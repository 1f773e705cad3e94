#include "find_widgets.h"
#include "value_page_fixture.h"

#include "ui/models/table_view.h"
#include "ui/pages/value/check_section.h"
#include "ui/pages/value/value_figures.h"
#include "ui/pages/value/what_if_section.h"

#include <QHeaderView>

#include <cmath>

using namespace perennial;

namespace {

QPoint cellAt(const TableView &table, int row, int column)
{
    return table.visualRect(table.model()->index(row, column)).center();
}

/// Users in the page's table once a cell was clicked.
qint64 usersAfterClick(PageFixture &f, ValuePage &page, TableView &table, int row, int column)
{
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, cellAt(table, row, column));
    f.settle();
    return page.findChild<UserTableView *>()->model().totals().users;
}

} // namespace

/// A row of a table leads to its users, by mouse and keyboard, and so do the points of tracking.
class TestValueRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void percentilesLeadToWhoIsWorthAsMuch();
    void tenthsLeadToTheirUsers();
    void keysDoWhatClicksDo();
    void severalRowsAreForCopying();
    void cohortRowsAreOutlinedAndLetGo();
    void trackedPointsLeadToWhoOrderedAgain();
    void whatIfTracksTheSame();
};

void TestValueRows::percentilesLeadToWhoIsWorthAsMuch()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 900});
    TableView *table = called<TableView>(page, QStringLiteral("Percentiles of value"));
    const auto figures = readValueFigures(f.session.project(), everybody(), Task());
    const auto states = readUserStates(f.session.project());
    for (std::size_t k = 0; k < kValueKinds.size(); ++k) {
        for (std::size_t q = 0; q < kQuantileShares.size(); ++q) {
            const double from = figures->quantiles[k][q];
            const auto worth = std::ranges::count_if(*states, [&](const UserState &state) {
                const double realised = state.realised;
                const auto predicted = state.predictedValue;
                return k == 0   ? realised >= from
                       : k == 1 ? predicted && *predicted >= from
                                : figures->label.margin * realised + predicted.value_or(0.0) >= from;
            });
            QCOMPARE(usersAfterClick(f, page, *table, static_cast<int>(q), static_cast<int>(k) + 1),
                     static_cast<qint64>(worth));
            QCOMPARE(table->selectedRow(), static_cast<int>(q));
        }
    }
}

void TestValueRows::tenthsLeadToTheirUsers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 1300});
    TableView *table = called<TableView>(page, QStringLiteral("Tenths of users by value"));
    const auto figures = readValueFigures(f.session.project(), everybody(), Task());
    for (const auto &[column, shares] : {std::pair{2, &figures->realisedShares},
                                         std::pair{4, &figures->predictedShares}}) {
        for (const std::size_t row : {std::size_t{0}, std::size_t{3}, std::size_t{9}}) {
            const Decile &decile = shares->deciles[row];
            QCOMPARE(usersAfterClick(f, page, *table, static_cast<int>(row), column), decile.users);
            const auto &totals = page.findChild<UserTableView *>()->model().totals();
            if (decile.total > 0) {
                const double total = column == 2 ? totals.realised : totals.predictedValue;
                QVERIFY(std::abs(total - decile.total) < 1e-6 * decile.total);
            }
        }
    }
}

void TestValueRows::keysDoWhatClicksDo()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 900});
    auto *users = page.findChild<UserTableView *>();
    TableView *table = called<TableView>(page, QStringLiteral("Percentiles of value"));
    QVERIFY(usersAfterClick(f, page, *table, 4, 1) < 300);
    const auto chosen = users->selection();
    QTest::keyClick(table, Qt::Key_Down); // the next row
    f.settle();
    QVERIFY(users->selection() && users->selection() != chosen);
    QTest::keyClick(table, Qt::Key_Up);
    f.settle();
    QCOMPARE(users->selection(), chosen);
    QTest::keyClick(table, Qt::Key_Escape);
    f.settle();
    QVERIFY(!users->selection());
    QCOMPARE(table->selectedRow(), -1);
    QTest::keyClick(table, Qt::Key_Return); // the current row again
    f.settle();
    QCOMPARE(users->selection(), chosen);
    QCOMPARE(table->selectedRow(), 4);
}

void TestValueRows::severalRowsAreForCopying()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 900});
    TableView *table = called<TableView>(page, QStringLiteral("Percentiles of value"));
    usersAfterClick(f, page, *table, 1, 1);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ShiftModifier, cellAt(*table, 3, 1));
    f.settle();
    QCOMPARE(table->selectionModel()->selectedRows().size(), 3);
}

void TestValueRows::cohortRowsAreOutlinedAndLetGo()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 900});
    page.showSection(kCohorts);
    f.settle();
    auto *users = page.findChild<UserTableView *>();
    TableView *table = called<TableView>(page, QStringLiteral("Cohorts"));
    const qint64 cohort = table->model()->index(1, 1).data(Qt::UserRole).toLongLong();
    QCOMPARE(usersAfterClick(f, page, *table, 1, 0), cohort);
    ChartCard *card = findChart(page, QStringLiteral("Value of cohorts"));
    Q_EMIT card->markClicked(0, 0); // one choice at a time
    f.settle();
    QVERIFY(card->view().selected() && table->selectedRow() == -1);
    QCOMPARE(usersAfterClick(f, page, *table, 1, 0), cohort);
    QVERIFY(!card->view().selected() && table->selectedRow() == 1);
    f.session.notifyDataChanged(); // the rows may mean others from now on
    f.settle();
    QVERIFY(!users->selection() && table->selectedRow() == -1);
}

void TestValueRows::trackedPointsLeadToWhoOrderedAgain()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 900});
    page.showSection(kCheck);
    f.settle();
    const auto figures = readCheckFigures(f.session.project(), Task());
    const RepeatTracking &tracking = figures->tracking;
    ChartCard *soFar = findChart(page, QStringLiteral("Repeat orders so far"));
    ChartCard *periods = findChart(page, QStringLiteral("Repeat orders per period"));
    const auto count = [&](ChartCard &card, std::size_t period) {
        Q_EMIT card.markClicked(2, static_cast<int>(period));
        f.settle();
        return static_cast<double>(page.findChild<UserTableView *>()->model().totals().users);
    };
    double before = 0;
    for (std::size_t i = 0; i < tracking.actual.size(); i += 5) {
        const double orders = tracking.actual[i] - (i > 0 ? tracking.actual[i - 1] : 0.0);
        const double buyers = count(*periods, i);
        QVERIFY(buyers <= orders && (buyers > 0) == (orders > 0)); // nobody orders twice a day
        const double all = count(*soFar, i);
        QVERIFY(all >= before && all <= tracking.actual[i] && (all > 0) == (tracking.actual[i] > 0));
        before = all;
    }
    // An expectation is of all customers tracked.
    QCOMPARE(perennial::usersAfterClick(f, page, *soFar, 1, 0),
             static_cast<qint64>(figures->holdout.fitted->customers.size()));
}

void TestValueRows::whatIfTracksTheSame()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page, {1280, 900});
    page.showSection(kWhatIf);
    f.settle();
    ChartCard *card = findChart(page, QStringLiteral("Repeat orders per period, what if"));
    const auto chart = std::get<LineChart>(card->view().spec().body);
    QCOMPARE(perennial::usersAfterClick(f, page, *card, 1, 0), report.customers);
    const auto last = chart.series[2].x.size() - 1;
    const qint64 buyers = perennial::usersAfterClick(f, page, *card, 2, static_cast<int>(last));
    QVERIFY(static_cast<double>(buyers) <= chart.series[2].y[last]);
}

QTEST_MAIN(TestValueRows)
#include "tst_value_rows.moc"
