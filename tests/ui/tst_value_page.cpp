#include "scored_fixture.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/truth_card.h"
#include "ui/pages/value/alive_card.h"
#include "ui/pages/value/check_section.h"
#include "ui/pages/value/cohort_section.h"
#include "ui/pages/value/distribution_section.h"
#include "ui/pages/value/group_section.h"
#include "ui/pages/value/matrix_section.h"
#include "ui/pages/value/value_charts.h"
#include "ui/pages/value/value_page.h"

#include "ui/pages/value/what_if_section.h"
#include "ui/widgets/choice_bar.h"

#include <QComboBox>
#include <QPushButton>
#include <QSlider>

#include <numeric>

using namespace perennial;

namespace {

/// Sections of the page, in order.
enum Section { kDistribution, kMatrix, kCohorts, kGroups, kModel, kCheck, kWhatIf };

/// The visible chart whose title begins so; null where there is none.
ChartCard *findChart(const QWidget &page, const QString &title)
{
    for (ChartCard *card : page.findChildren<ChartCard *>()) {
        if (card->isVisible() && card->title().startsWith(title)) {
            return card;
        }
    }
    return nullptr;
}

qint64 usersAfterClick(PageFixture &f, ValuePage &page, ChartCard &card, int series, int index)
{
    Q_EMIT card.markClicked(series, index);
    f.settle();
    return page.findChild<UserTableView *>()->model().totals().users;
}

} // namespace

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
    void barsLeadToTheirUsers_data();
    void barsLeadToTheirUsers();
    void barsOfASegmentLeadToItsUsers();
    void pointsOfTheCurveLeadToTheBest();
    void cellsLeadToTheirUsers();
    void repeatOrdersLeadToTheirCustomers();
    void tenthsLeadToTheirCustomers();
    void cohortsLeadToTheirUsers();
    void groupsLeadToTheirUsers();
    void aWaterfallEndsAtTheGroup();
    void slidersAreAWhatIf();
    void usersAreLetGo();
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
    const auto figures = readValueFigures(f.session.project(), std::nullopt, Task());
    QVERIFY(figures.ok());
    for (const ValueDistribution *values : {&figures->of(ValueKind::Realised), &figures->of(ValueKind::Predicted),
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
    for (const int section : {kMatrix, kCohorts, kCheck, kWhatIf}) { // a sentence in place of each chart
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

void TestValuePage::barsLeadToTheirUsers_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("realised") << 0;
    QTest::newRow("predicted") << 1;
    QTest::newRow("ltv") << 2;
}

void TestValuePage::barsLeadToTheirUsers()
{
    QFETCH(int, kind);
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.findChild<DistributionSection *>()->findChild<ChoiceBar *>()->setCurrent(kind);
    ChartCard *card = page.findChild<DistributionSection *>()->findChildren<ChartCard *>().front();
    const auto chart = std::get<Histogram>(card->view().spec().body);
    qint64 sum = usersAfterClick(f, page, *card, 0, -1);
    QCOMPARE(static_cast<double>(sum), *chart.zeroCount);
    for (std::size_t i = 0; i < chart.counts.size(); ++i) {
        const qint64 users = usersAfterClick(f, page, *card, 0, static_cast<int>(i));
        QCOMPARE(static_cast<double>(users), chart.counts[i]);
        sum += users;
    }
    QCOMPARE(sum, 300);
}

void TestValuePage::barsOfASegmentLeadToItsUsers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    f.session.setSegment(Stage::Churned);
    ValuePage page(f.context);
    f.show(page);
    ChartCard *card = findChart(page, QStringLiteral("Realised value"));
    const auto chart = std::get<Histogram>(card->view().spec().body);
    QVERIFY(chart.counts.size() > 1);
    QCOMPARE(static_cast<double>(usersAfterClick(f, page, *card, 0, 1)), chart.counts[1]);
    QVERIFY(page.findChild<UserTableView *>()->selection());
    f.session.setSegment(std::nullopt); // the bars mean others from now on
    f.settle();
    QVERIFY(!page.findChild<UserTableView *>()->selection());
    QCOMPARE(page.findChild<UserTableView *>()->model().totals().users, 300);
}

void TestValuePage::pointsOfTheCurveLeadToTheBest()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    ChartCard *card = findChart(page, QStringLiteral("Concentration"));
    const auto chart = std::get<LineChart>(card->view().spec().body);
    for (const int series : {0, 1}) {
        const double users = static_cast<double>(series == 0 ? report.users : report.customers);
        for (const std::size_t point : {std::size_t{1}, std::size_t{10}, std::size_t{50}}) {
            const double share = chart.series[static_cast<std::size_t>(series)].x[point];
            QCOMPARE(usersAfterClick(f, page, *card, series, static_cast<int>(point)),
                     std::llround(share * users));
        }
    }
    QVERIFY(card->view().selected());
}

void TestValuePage::cellsLeadToTheirUsers()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kMatrix);
    f.settle();
    ChartCard *card = findChart(page, QStringLiteral("Expected orders by"));
    const auto figures = readMatrixFigures(f.session.project(), std::nullopt, Task());
    qint64 sum = 0;
    for (std::size_t row = 0; row < figures->grid.users.size(); ++row) {
        for (std::size_t column = 0; column < figures->grid.users[row].size(); ++column) {
            const qint64 users = usersAfterClick(f, page, *card, static_cast<int>(row),
                                                 static_cast<int>(column));
            QCOMPARE(users, figures->grid.users[row][column]);
            sum += users;
        }
    }
    QCOMPARE(sum, report.customers);
}

void TestValuePage::repeatOrdersLeadToTheirCustomers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kModel);
    f.settle();
    ChartCard *card = findChart(page, QStringLiteral("Repeat orders"));
    const auto chart = std::get<StackedBars>(card->view().spec().body);
    for (std::size_t i = 0; i < chart.net.size(); ++i) {
        QCOMPARE(static_cast<double>(usersAfterClick(f, page, *card, 0, static_cast<int>(i))),
                 chart.net[i]);
    }
}

void TestValuePage::tenthsLeadToTheirCustomers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kCheck);
    f.settle();
    const auto figures = readCheckFigures(f.session.project(), Task());
    QVERIFY(figures.ok());
    for (const QString &title : {QStringLiteral("Tenths"), QStringLiteral("Calibration")}) {
        ChartCard *card = findChart(page, title);
        for (const std::size_t group : {std::size_t{0}, std::size_t{4}, std::size_t{9}}) {
            QCOMPARE(usersAfterClick(f, page, *card, 0, static_cast<int>(group)),
                     static_cast<qint64>(figures->holdout.orders[group].users.size()));
        }
    }
}

void TestValuePage::cohortsLeadToTheirUsers()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kCohorts);
    f.settle();
    auto *section = page.findChild<CohortSection *>();
    section->findChild<ChoiceBar *>()->setCurrent(2); // years: few enough that none is left out
    f.settle();
    const auto figures = readCohortFigures(f.session.project(), CohortSpan::Year, Task());
    QVERIFY(figures.ok() && figures->predicted);
    ChartCard *card = findChart(page, QStringLiteral("Value of cohorts"));
    const auto &chart = std::get<LineChart>(card->view().spec().body);
    QCOMPARE(chart.series.size(), 2 * figures->cohorts.size());
    qint64 sum = 0;
    for (std::size_t c = 0; c < figures->cohorts.size(); ++c) {
        const int series = static_cast<int>(2 * c);
        QVERIFY(!chart.series[2 * c].predicted && chart.series[2 * c + 1].predicted);
        const qint64 users = usersAfterClick(f, page, *card, series, 0);
        QCOMPARE(users, static_cast<qint64>(figures->cohorts[c].users.size()));
        sum += users;
    }
    QCOMPARE(sum, report.customers);
}

void TestValuePage::groupsLeadToTheirUsers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kGroups);
    f.settle();
    auto *section = page.findChild<GroupSection *>();
    auto *choice = section->findChild<QComboBox *>();
    const auto groupings = readGroupings(f.session.project(), std::nullopt);
    QCOMPARE(choice->count(), static_cast<int>(groupings->size()));
    QVERIFY(choice->count() >= 7); // a sample shop knows all but attributes of a file
    for (int i = 0; i < choice->count(); ++i) {
        choice->setCurrentIndex(i);
        Q_EMIT choice->activated(i);
        f.settle();
        const auto figures = readGroupFigures(
            f.session.project(), (*groupings)[static_cast<std::size_t>(i)], std::nullopt, Task());
        ChartCard *card = findChart(page, QStringLiteral("Predicted value"));
        QVERIFY(hasData(card->view().spec()) && figures->known);
        qint64 sum = 0;
        for (std::size_t g = 0; g < figures->groups.groups.size(); ++g) {
            const qint64 users = usersAfterClick(f, page, *card, 0, static_cast<int>(g));
            QCOMPARE(users, static_cast<qint64>(figures->groups.groups[g].users.size()));
            sum += users;
        }
        QCOMPARE(sum, 300);
    }
}

void TestValuePage::aWaterfallEndsAtTheGroup()
{
    PageFixture f;
    makeScoredShop(f, 300);
    const auto figures =
        readGroupFigures(f.session.project(), {Grouping::Of::Channel, {}}, std::nullopt, Task());
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
    const QString fitted = shortMoneyText(*report.predictedValue,
                                          QString::fromStdString(report.label.currency));
    QVERIFY(visibleText(page).contains(QStringLiteral("next 180 days: ") + fitted));
    QVERIFY(visibleText(page).contains(QStringLiteral("nothing is saved")));
    const auto *section = page.findChild<WhatIfSection *>();
    const auto sliders = section->findChildren<QSlider *>();
    const auto figures = readModelFigures(f.session.project(), Task());
    QCOMPARE(static_cast<std::size_t>(sliders.size()), parameterRows(*figures).size());
    const auto moved = [&] {
        const ChartSpec &spec = findChart(page, QStringLiteral("Repeat orders, what if"))->view().spec();
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

void TestValuePage::usersAreLetGo()
{
    PageFixture f;
    makeScoredShop(f, 120);
    ValuePage page(f.context);
    f.show(page);
    auto *table = page.findChild<UserTableView *>();
    ChartCard *card = findChart(page, QStringLiteral("Realised value"));
    const auto outlined = [card] { return card->view().selected().has_value(); };
    for (const auto &release : std::vector<std::function<void()>>{
             [card] { Q_EMIT card->markClicked(0, -1); }, // the same bar again
             [card] { Q_EMIT card->selectionCleared(); },
             [table] {
                 for (QPushButton *chip : table->findChildren<QPushButton *>()) {
                     if (chip->isVisible()) {
                         chip->click();
                     }
                 }
             },
             [&page] { page.findChild<DistributionSection *>()->findChild<ChoiceBar *>()->setCurrent(1); }}) {
        Q_EMIT card->markClicked(0, -1);
        f.settle();
        QVERIFY(table->selection() && outlined());
        QVERIFY(table->model().totals().users < 120);
        release();
        f.settle();
        QVERIFY(!table->selection() && !outlined());
        QCOMPARE(table->model().totals().users, 120);
    }
}

void TestValuePage::sectionsAreReadWhenLookedAt()
{
    PageFixture f;
    makeScoredShop(f, 120);
    ValuePage page(f.context);
    f.show(page);
    const auto *check = page.findChild<CheckSection *>();
    const auto drawn = [check] {
        return std::ranges::count_if(check->findChildren<ChartCard *>(), [](ChartCard *card) {
            return hasData(card->view().spec());
        });
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
    const auto states = readUserStates(f.session.project(), std::nullopt);
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
    const auto states = readUserStates(f.session.project(), std::nullopt);
    const auto none = std::ranges::find(*states, 0, &UserState::orders);
    QVERIFY(none != states->end());
    auto *card = page.findChild<AliveCard *>();
    card->showUser(none->user, QStringLiteral("nobody"));
    f.settle();
    QVERIFY(!hasData(card->view().spec()));
    QVERIFY(card->view().spec().empty.contains(QStringLiteral("not ordered")));
}

QTEST_MAIN(TestValuePage)
#include "tst_value_page.moc"
