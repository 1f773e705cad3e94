#include "scored_fixture.h"

#include "core/forecast/saved_backtest.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/trust/trust_backtest.h"
#include "ui/pages/trust/trust_charts.h"
#include "ui/pages/trust/trust_page.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/pages/truth_card.h"
#include "ui/wording/forecast_words.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>

using namespace perennial;

namespace {

/// A project of purchases: `orders` of each user, a month apart.
void makeBuyers(PageFixture &f, int users, int orders)
{
    f.create();
    Project &project = f.session.project();
    SourceRecord source;
    source.name = "orders";
    source.mapping = "{}";
    const auto id = beginSource(project, source);
    QVERIFY(id.ok());
    {
        auto writer = EventWriter::open(project, *id);
        QVERIFY(writer.ok() && writer->begin().ok());
        for (int i = 0; i < users; ++i) {
            EventRow row;
            row.user = *writer->code(Dictionary::User, "<b>buyer</b> " + std::to_string(i));
            row.item = *writer->code(Dictionary::Item, "item");
            row.amount = moneyFromUnits(10.0);
            for (int k = 0; k < orders; ++k) {
                row.at = startOf(19'000 + i % 400 + 30 * k);
                QVERIFY(writer->add(row).ok());
            }
        }
        QVERIFY(writer->commit().ok());
    }
    QVERIFY(finishSource(project, *id).ok());
    QVERIFY(buildEventIndexes(project).ok());
    f.session.notifyDataChanged();
    f.settle();
}

/// Judges only quick methods.
void chooseModels(const QWidget &page, const QStringList &kept)
{
    for (QCheckBox *check : page.findChildren<QCheckBox *>()) {
        if (check->accessibleName().startsWith(QStringLiteral("Judge "))) {
            check->setChecked(kept.contains(check->text()));
        }
    }
}

void runBacktest(PageFixture &f, TrustPage &page, int horizon)
{
    chooseModels(page, {QStringLiteral("BG/NBD"), QStringLiteral("NBD")});
    page.findChild<QSpinBox *>()->setValue(horizon);
    page.pageActions().front()->trigger();
    f.settle();
}

TableView *table(const QWidget &page, const QString &name)
{
    for (TableView *view : page.findChildren<TableView *>()) {
        if (view->accessibleName() == name) {
            return view;
        }
    }
    return nullptr;
}

} // namespace

class TestTrustPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsKeptAndShownAgain();
    void oneClickChoosesTheModel();
    void groupsAddUpToAll();
    void ordersAndDistributions();
    void aDamagedResultSaysSo();
    void readOnlyItIsShownButNotKept();
    void cancelledItSaysSo();
    void driftAppearsWithASecondFit();
    void theTruthShowsOnSamplesOnly();
    void degenerate_data();
    void degenerate();
    void emptyStates();
    void everyControlHasAName();
    void csvHasEveryFigure();
};

void TestTrustPage::aRunIsKeptAndShownAgain()
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

void TestTrustPage::oneClickChoosesTheModel()
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

void TestTrustPage::ordersAndDistributions()
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

void TestTrustPage::aDamagedResultSaysSo()
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

void TestTrustPage::readOnlyItIsShownButNotKept()
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

void TestTrustPage::cancelledItSaysSo()
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

void TestTrustPage::csvHasEveryFigure()
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

QTEST_MAIN(TestTrustPage)
#include "tst_trust_page.moc"
