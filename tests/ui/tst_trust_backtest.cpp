#include "trust_fixture.h"

#include "ui/pages/trust/trust_backtest.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/wording/forecast_words.h"

#include <QFile>
#include <QPushButton>
#include <cmath>

using namespace perennial;

/// The judge: its runs, its table, the choice of the value model.
class TestTrustBacktest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsKeptAndShownAgain();
    void oneClickChoosesTheModel();
    void ordersAndDistributions();
    void aDamagedResultSaysSo();
    void readOnlyItIsShownButNotKept();
    void cancelledItSaysSo();
    void csvHasEveryFigure();
};

void TestTrustBacktest::aRunIsKeptAndShownAgain()
{
    PageFixture f;
    makeShop(f, 400);
    TrustPage page(f.context);
    f.show(page);
    QVERIFY(page.answer().contains(QStringLiteral("No method has been judged")));
    runBacktest(f, page, 90);
    const auto kept = *readSavedBacktest(f.session.project());
    QVERIFY(kept);
    QCOMPARE(kept->result->options.horizonDays, 90);
    QCOMPARE(page.answer(), backtestAnswer(*kept->result));
    TableView *shown = table(page, QStringLiteral("Backtest"));
    QVERIFY(shown->isVisible());
    QCOMPARE(shown->model()->rowCount(), 5); // two models and the naive rules
    QCOMPARE(shown->model()->index(0, 1).data(Qt::UserRole).toDouble(),
             *kept->result->rows[0].value[0].value);

    TrustPage again(f.context);
    f.show(again);
    QCOMPARE(again.answer(), page.answer());
    QCOMPARE(again.findChild<QSpinBox *>()->value(), 90);
}

void TestTrustBacktest::oneClickChoosesTheModel()
{
    PageFixture f;
    makeShop(f, 400);
    TrustPage page(f.context);
    f.show(page);
    runBacktest(f, page, 90);
    auto *card = page.findChild<BacktestCard *>();
    TableView *shown = table(page, QStringLiteral("Backtest"));
    shown->selectRow(4);
    QCOMPARE(card->row()->model, std::string("nbd"));
    QPushButton *use = nullptr;
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        use = button->text() == QStringLiteral("Use NBD for this project") ? button : use;
    }
    QVERIFY(use && use->isEnabled());
    use->click();
    f.settle();
    QCOMPARE(f.session.settings().valueModel, std::string("nbd"));
    QCOMPARE(readSettings(f.session.project())->valueModel, std::string("nbd"));
    QVERIFY(!use->isEnabled());
    QVERIFY(shown->model()->index(4, 0).data().toString().contains(QStringLiteral("in use")));
    QCOMPARE(card->row()->model, std::string("nbd")); // still selected
}

void TestTrustBacktest::ordersAndDistributions()
{
    PageFixture f;
    makeShop(f, 300);
    BacktestOptions options = *backtestOptionsOf(f.session.project());
    options.models = {"bg-nbd"};
    options.horizonDays = 60;
    options.replicates = 20;
    const auto saved = backtestProject(f.session.project(), options, Task());
    QVERIFY(saved.ok());
    for (const BacktestSide side :
         {BacktestSide::Value, BacktestSide::Orders, BacktestSide::Distribution}) {
        TableView view(QStringLiteral("t"), backtestColumns(side, QStringLiteral("$")));
        view.setRows(backtestRows(*saved->result, side, "bg-nbd"));
        QCOMPARE(view.model()->rowCount(), 4);
        for (int row = 0; row < 4; ++row) {
            for (int column = 0; column < view.model()->columnCount(); ++column) {
                const QString text = view.model()->index(row, column).data().toString();
                QVERIFY(!text.isEmpty() && !text.contains(QStringLiteral("nan")));
            }
        }
        // Sorted by the figure, not by its text.
        view.sortByColumn(1, Qt::AscendingOrder);
        double before = -HUGE_VAL;
        for (int row = 0; row < 4; ++row) {
            const QVariant value = view.model()->index(row, 1).data(Qt::UserRole);
            if (value.isValid()) {
                QVERIFY(value.toDouble() >= before);
                before = value.toDouble();
            }
        }
    }
    QVERIFY(figuresBeyondNaive(*saved->result) <= 6);
    BacktestResult without = *saved->result;
    for (BacktestRow &row : without.rows) {
        for (ScoredFigure &figure : row.value) {
            figure.fromBest.reset();
        }
    }
    QCOMPARE(figuresBeyondNaive(without), 0); // nobody can tell
}

void TestTrustBacktest::aDamagedResultSaysSo()
{
    PageFixture f;
    makeBuyers(f, 50, 4);
    RunRecord run;
    run.model = kBacktestModel;
    run.config = "{}";
    run.id = *beginRun(f.session.project(), run);
    run.state = RunState::Done;
    run.metrics = R"({"models": "many"})";
    QVERIFY(finishRun(f.session.project(), run, {}).ok());
    TrustPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("damaged")));
    runBacktest(f, page, 60); // and a new one takes its place
    QVERIFY((*readSavedBacktest(f.session.project())).has_value());
}

void TestTrustBacktest::readOnlyItIsShownButNotKept()
{
    PageFixture f;
    makeShop(f, 200);
    const QString path = f.session.path();
    f.session.close();
    f.settle();
    f.open(path, Project::Access::ReadOnly);
    TrustPage page(f.context);
    f.show(page);
    runBacktest(f, page, 60);
    QVERIFY(table(page, QStringLiteral("Backtest"))->isVisible());
    QVERIFY(visibleText(page).contains(QStringLiteral("Not kept")));
    QVERIFY(!(*readSavedBacktest(f.session.project())).has_value());
}

void TestTrustBacktest::cancelledItSaysSo()
{
    PageFixture f;
    makeShop(f, 400);
    TrustPage page(f.context);
    f.show(page);
    page.pageActions().front()->trigger();
    f.jobs.cancelGroup(BacktestCard::kGroup);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("Cancelled")));
    QVERIFY(page.pageActions().front()->isEnabled());
    QVERIFY(readRuns(f.session.project())->empty());
}

void TestTrustBacktest::csvHasEveryFigure()
{
    PageFixture f;
    makeShop(f, 200);
    BacktestOptions options = *backtestOptionsOf(f.session.project());
    options.models = {"bg-nbd"};
    options.horizonDays = 60;
    options.replicates = 10;
    const auto saved = backtestProject(f.session.project(), options, Task());
    QVERIFY(saved.ok());
    const PlainTable plain = backtestTable(*saved->result);
    QCOMPARE(plain.header.size(), std::size_t{4 + 2 * 6 * 4 + 9});
    for (const TableModel::Row &row : plain.rows) {
        QCOMPARE(row.size(), plain.header.size());
    }
    const QString path = f.file(QStringLiteral("backtest.csv"));
    QVERIFY(writeCsv(plain, path).ok());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 5);
    QVERIFY(!writeCsv(plain, f.file(QStringLiteral("no/such/folder.csv"))).ok());
}

QTEST_MAIN(TestTrustBacktest)
#include "tst_trust_backtest.moc"
