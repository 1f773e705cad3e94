#include "value_page_fixture.h"

#include "ui/models/table_view.h"
#include "ui/pages/truth_card.h"
#include "ui/pages/value/alive_card.h"
#include "ui/pages/value/check_section.h"
#include "ui/pages/value/distribution_section.h"
#include "ui/pages/value/group_section.h"
#include "ui/pages/value/matrix_section.h"
#include "ui/pages/value/value_charts.h"
#include "ui/pages/value/what_if_section.h"
#include "ui/widgets/choice_bar.h"

#include <QPushButton>
#include <QSlider>

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
    void aWaterfallEndsAtTheGroup();
    void slidersAreAWhatIf();
    void sectionsAreReadWhenLookedAt();
    void trackingMarksTheEndOfTheFit();
    void aUsersHistoryIsShown();
    void nothingIsMadeOfAPlainUser();
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
    QCOMPARE(findKpi(page, QStringLiteral("Predicted, next 180 days"))->value(),
             shortMoneyText(*report.predictedValue, currency));
    QCOMPARE(findKpi(page, QStringLiteral("Customers"))->value(), countText(report.customers));
    QCOMPARE(findKpi(page, QStringLiteral("Orders, next 180 days"))->value(),
             shortText(*report.expectedOrders));
    const UserTableTotals totals = page.findChild<UserTableView *>()->model().totals();
    QCOMPARE(totals.users, report.users);
    QVERIFY(std::abs(totals.predictedValue - *report.predictedValue) < 1e-6);
}

void TestValuePage::distributionsAndTenthsAddUp()
{
    PageFixture f;
    makeScoredShop(f, 200);
    const auto figures = readValueFigures(f.session.project(), everybody(), Task());
    QVERIFY(figures.ok());
    for (const ValueDistribution *values :
         {&figures->of(ValueKind::Realised), &figures->of(ValueKind::Predicted),
          &figures->of(ValueKind::Ltv)}) {
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
    withTruth.showSection(kModel);
    sample.settle();
    auto *card = withTruth.findChild<TruthCard *>();
    QVERIFY(card->isVisibleTo(&withTruth));
    QCOMPARE(findKpi(*card, QStringLiteral("Bias"))->value(),
             signedPercentText(report.truth->bias));

    PageFixture real;
    makeViewers(real, 5);
    score(real);
    ValuePage without(real.context);
    real.show(without);
    without.showSection(kModel);
    real.settle();
    QVERIFY(!without.findChild<TruthCard *>()->isVisibleTo(&without));
}

void TestValuePage::withoutRepeatBuyersItSaysSo()
{
    PageFixture f;
    makeViewers(f, 5);
    score(f);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kModel);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("No value model could be fitted")));
    for (const int section :
         {kMatrix, kCohorts, kCheck, kWhatIf}) { // a sentence in place of each chart
        page.showSection(section);
        f.settle();
        for (ChartCard *card : page.findChildren<ChartCard *>()) {
            if (card->isVisible()) {
                QVERIFY(!hasData(card->view().spec()));
                QVERIFY(!card->view().spec().empty.isEmpty());
            }
        }
    }
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
    fit.reportedModel = "nbd";
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

void TestValuePage::aWaterfallEndsAtTheGroup()
{
    PageFixture f;
    makeScoredShop(f, 300);
    const auto figures =
        readGroupFigures(f.session.project(), {Grouping::Of::Channel, {}}, everybody(), Task());
    for (std::size_t g = 0; g < figures->groups.groups.size(); ++g) {
        const ChartSpec spec = driverChart(*figures, g);
        const auto &bars = std::get<CategoryBars>(spec.body).bars;
        QCOMPARE(bars.size(), kValueFactors + 2);
        for (std::size_t i = 1; i + 1 < bars.size(); ++i) {
            QCOMPARE(bars[i].from, bars[i - 1].value);
        }
        QVERIFY(std::abs(bars[bars.size() - 2].value - bars.back().value) < 1e-9);
    }
}

void TestValuePage::slidersAreAWhatIf()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    const auto runs = readRuns(f.session.project());
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kWhatIf);
    f.settle();
    const QString fitted =
        shortMoneyText(*report.predictedValue, QString::fromStdString(report.label.currency));
    QVERIFY(visibleText(page).contains(QStringLiteral("next 180 days: ") + fitted));
    QVERIFY(visibleText(page).contains(QStringLiteral("nothing is saved")));
    const auto *section = page.findChild<WhatIfSection *>();
    const auto sliders = section->findChildren<QSlider *>();
    const auto figures = readModelFigures(f.session.project(), Task());
    QCOMPARE(static_cast<std::size_t>(sliders.size()), parameterRows(*figures).size());
    const auto moved = [&] {
        const ChartSpec &spec =
            findChart(page, QStringLiteral("Repeat orders, what if"))->view().spec();
        const auto &series = std::get<LineChart>(spec.body).series;
        return series[0].y != series[1].y;
    };
    QVERIFY(!moved());
    for (const int position : {40, 100, -100, 25}) { // the newest wins
        sliders.front()->setValue(position);
    }
    f.settle();
    QVERIFY(moved());
    QVERIFY(!visibleText(page).contains(QStringLiteral("next 180 days: ") + fitted));
    section->findChild<QPushButton *>()->click();
    f.settle();
    QVERIFY(!moved());
    QCOMPARE(sliders.front()->value(), 0);
    QVERIFY(visibleText(page).contains(QStringLiteral("next 180 days: ") + fitted));
    QCOMPARE(readRuns(f.session.project())->size(), runs->size());
}

void TestValuePage::sectionsAreReadWhenLookedAt()
{
    PageFixture f;
    makeScoredShop(f, 120);
    ValuePage page(f.context);
    f.show(page);
    const auto *check = page.findChild<CheckSection *>();
    const auto drawn = [check] {
        return std::ranges::count_if(check->findChildren<ChartCard *>(),
                                     [](ChartCard *card) { return hasData(card->view().spec()); });
    };
    QCOMPARE(drawn(), 0);
    page.showSection(kCheck);
    f.settle();
    QCOMPARE(drawn(), 4);
    QCOMPARE(page.sections().size(), 7);
}

void TestValuePage::trackingMarksTheEndOfTheFit()
{
    PageFixture f;
    makeScoredShop(f, 200);
    const auto figures = readCheckFigures(f.session.project(), Task());
    const ChartSpec spec = cumulativeTrackingChart(figures->tracking);
    const auto &chart = std::get<LineChart>(spec.body);
    QCOMPARE(*chart.markX, static_cast<double>(figures->holdout.split.cut));
    QCOMPARE(chart.series.size(), std::size_t{3});
    QVERIFY(!chart.series[0].predicted && chart.series[1].predicted);
    QCOMPARE(chart.series[0].x.back(), *chart.markX);
    QCOMPARE(chart.series[1].x.front(), *chart.markX);
    const ChartSpec byPeriod = periodTrackingChart(figures->tracking);
    const auto &observed = std::get<LineChart>(byPeriod.body).series[2];
    QCOMPARE(std::accumulate(observed.y.begin(), observed.y.end(), 0.0),
             figures->tracking.actual.back());
}

void TestValuePage::aUsersHistoryIsShown()
{
    PageFixture f;
    makeScoredShop(f, 200);
    ValuePage page(f.context);
    f.show(page);
    auto *card = page.findChild<AliveCard *>();
    const auto first = page.findChild<UserTableView *>()->selectedKey();
    QVERIFY(!first.isEmpty() && card->title().contains(first)); // the table's first by itself
    const auto states = readUserStates(f.session.project());
    const auto most = std::ranges::max_element(*states, {}, &UserState::orders);
    card->showUser(most->user, QStringLiteral("<b>U</b>"));
    f.settle();
    const auto &chart = std::get<LineChart>(card->view().spec().body);
    QCOMPARE(static_cast<std::int32_t>(chart.series[1].x.size()), most->orders);
    QVERIFY(std::abs(chart.series[0].y.back() - *most->pAlive) < 1e-9); // today's is the score's
    QCOMPARE(chart.series[0].x.back(), static_cast<double>(f.session.label()->snapshot));
    QVERIFY(card->title().contains(QStringLiteral("<b>U</b>")));
    QCOMPARE(markupLabels(page), 0);
}

void TestValuePage::nothingIsMadeOfAPlainUser()
{
    PageFixture f;
    makeScoredShop(f, 120);
    ValuePage page(f.context);
    f.show(page);
    const auto states = readUserStates(f.session.project());
    const auto none = std::ranges::find(*states, 0, &UserState::orders);
    QVERIFY(none != states->end());
    auto *card = page.findChild<AliveCard *>();
    card->showUser(none->user, QStringLiteral("nobody"));
    f.settle();
    QVERIFY(!hasData(card->view().spec()));
    QVERIFY(card->view().spec().empty.contains(QStringLiteral("not ordered")));

    UserHistory withoutChurn; // the NBD: a line at 100 % would say nothing
    withoutChurn.path = {{1, 2}, {1.0, 1.0}};
    withoutChurn.orders = {1};
    withoutChurn.hasDropout = false;
    const ChartSpec spec = userHistoryChart(withoutChurn);
    QVERIFY(!hasData(spec) && spec.empty.contains(QStringLiteral("no customers leaving")));
}

QTEST_MAIN(TestValuePage)
#include "tst_value_page.moc"
