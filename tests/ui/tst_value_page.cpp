#include "scored_fixture.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/truth_card.h"
#include "ui/pages/value/value_charts.h"
#include "ui/pages/value/value_page.h"

#include <QPushButton>

#include <numeric>

using namespace perennial;

class TestValuePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void totalsAreTheCores();
    void distributionsAndTenthsAddUp();
    void theModelRetellsThePast();
    void theTruthShowsOnSamplesOnly();
    void withoutRepeatBuyersItSaysSo();
    void settingsStandOnThePage();
    void boundariesAreExplained_data();
    void boundariesAreExplained();
    void closingWhileItReadsShowsNothingOfIt();
    void everyControlHasAName();
};

void TestValuePage::totalsAreTheCores()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    ValuePage page(f.context);
    f.show(page);
    const QString currency = QString::fromStdString(report.label.currency);
    QCOMPARE(findKpi(page, QStringLiteral("Realised value"))->value(),
             shortMoneyText(report.realised, currency));
    QCOMPARE(findKpi(page, QStringLiteral("Predicted value, next 180 days"))->value(),
             shortMoneyText(*report.predictedValue, currency));
    QCOMPARE(findKpi(page, QStringLiteral("Customers"))->value(), countText(report.customers));
    QCOMPARE(findKpi(page, QStringLiteral("Expected orders, next 180 days"))->value(),
             shortText(*report.expectedOrders));
    const UserTableTotals totals = page.findChild<UserTableView *>()->model().totals();
    QCOMPARE(totals.users, report.users);
    QVERIFY(std::abs(totals.predictedValue - *report.predictedValue) < 1e-6);
}

void TestValuePage::distributionsAndTenthsAddUp()
{
    PageFixture f;
    makeScoredShop(f, 200);
    const auto figures = readValueFigures(f.session.project(), std::nullopt, Task());
    QVERIFY(figures.ok());
    for (const ValueDistribution *values : {&figures->realised, &figures->predicted}) {
        std::int64_t users = values->none + values->negative + values->zero;
        for (const FigureBin &bin : values->bins) {
            users += bin.users;
        }
        QCOMPARE(users, figures->users);
    }
    double share = 0;
    for (const TableModel::Row &row : decileRows(*figures)) {
        share += row[5].toDouble();
    }
    QVERIFY(std::abs(share - 1.0) < 1e-9);
    const ChartSpec spec = concentrationChart(figures->realisedShares, figures->predictedShares);
    const auto &lines = std::get<LineChart>(spec.body);
    QCOMPARE(lines.series.size(), std::size_t{2});
    for (const LineSeries &line : lines.series) {
        QVERIFY(std::ranges::is_sorted(line.x) && std::ranges::is_sorted(line.y));
        QCOMPARE(line.y.back(), 1.0);
    }
}

void TestValuePage::theModelRetellsThePast()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    const auto figures = readModelFigures(f.session.project(), Task());
    QVERIFY(figures.ok());
    const double actual = std::accumulate(figures->actual.begin(), figures->actual.end(), 0.0);
    const double expected =
        std::accumulate(figures->expected.begin(), figures->expected.end(), 0.0);
    QCOMPARE(actual, static_cast<double>(report.customers));
    QVERIFY(std::abs(expected - actual) < 1e-6 * actual);
    QCOMPARE(figures->frequency.run.id, report.label.valueRun);
    QVERIFY(figures->frequency.fit.parameters.size() >= 2);
    const auto rows = parameterRows(*figures);
    QCOMPARE(rows.size(),
             figures->frequency.fit.parameters.size() +
                 (figures->spend ? figures->spend->fit.parameters.size() : std::size_t{0}));
    QVERIFY(hasData(repeatOrdersChart(*figures)));
}

void TestValuePage::theTruthShowsOnSamplesOnly()
{
    PageFixture sample;
    const ScoreReport report = makeScoredShop(sample, 200);
    QVERIFY(report.truth);
    ValuePage withTruth(sample.context);
    sample.show(withTruth);
    auto *card = withTruth.findChild<TruthCard *>();
    QVERIFY(card->isVisibleTo(&withTruth));
    QCOMPARE(findKpi(*card, QStringLiteral("Bias"))->value(),
             signedPercentText(report.truth->bias));

    PageFixture real;
    makeViewers(real, 5);
    score(real);
    ValuePage without(real.context);
    real.show(without);
    QVERIFY(!without.findChild<TruthCard *>()->isVisibleTo(&without));
}

void TestValuePage::withoutRepeatBuyersItSaysSo()
{
    PageFixture f;
    makeViewers(f, 5);
    score(f);
    ValuePage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No value model could be fitted")));
    QCOMPARE(findKpi(page, QStringLiteral("Top 10 % of users"))->value(), QStringLiteral("–"));
    QCOMPARE(findKpi(page, QStringLiteral("Customers"))->value(), QStringLiteral("0"));
    QCOMPARE(markupLabels(page), 0);
}

void TestValuePage::settingsStandOnThePage()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ValuePage page(f.context);
    f.show(page);
    const QString text = visibleText(page);
    QVERIFY(text.contains(QStringLiteral("horizon 180 days")));
    QVERIFY(text.contains(QStringLiteral("margin 40.0 %")));
    QVERIFY(text.contains(QStringLiteral("discount 10.0 % per year")));

    ProjectSettings changed = f.session.settings();
    changed.horizonDays = 90;
    QVERIFY(f.session.setSettings(changed).ok());
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("these figures are of before")));
    QVERIFY(visibleText(page).contains(QStringLiteral("horizon 180 days"))); // still the scores'
}

void TestValuePage::boundariesAreExplained_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("word");
    QTest::newRow("no churn") << "no_churn" << "NBD";
    QTest::newRow("infinite mean") << "infinite_mean" << "no finite mean";
    QTest::newRow("other") << "at_limit" << "edge";
}

void TestValuePage::boundariesAreExplained()
{
    QFETCH(QString, reason);
    QFETCH(QString, word);
    ModelFit fit;
    fit.status = FitStatus::Boundary;
    fit.reason = reason.toStdString();
    QVERIFY(fitStatusText(fit).contains(word));
    fit.status = FitStatus::Converged;
    QVERIFY(fitStatusText(fit).contains(QStringLiteral("converged")));
}

void TestValuePage::closingWhileItReadsShowsNothingOfIt()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ValuePage page(f.context);
    page.resize(1100, 600);
    page.show();
    f.session.close(); // before any of its jobs has come back
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    QVERIFY(page.answer().isEmpty());
}

void TestValuePage::everyControlHasAName()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ValuePage page(f.context);
    f.show(page);
    QCOMPARE(namelessControls(page), QStringList());
}

QTEST_MAIN(TestValuePage)
#include "tst_value_page.moc"
