#include "value_page_fixture.h"

#include "ui/pages/value/check_section.h"
#include "ui/pages/value/cohort_section.h"
#include "ui/pages/value/distribution_section.h"
#include "ui/pages/value/group_section.h"
#include "ui/pages/value/matrix_section.h"
#include "ui/widgets/choice_bar.h"

#include <QComboBox>
#include <QPushButton>

#include <cmath>
#include <functional>

using namespace perennial;

namespace {

/// Months that not everybody has lived through are said to be so: in the legend, on hover, in the
/// data table.
bool hasImmatureMarks(ChartCard &card, const CohortFigures &figures)
{
    card.view().grab();
    const ChartSpec &spec = card.view().spec();
    const auto &chart = std::get<LineChart>(spec.body);
    std::size_t immature = 0;
    for (const CohortCurve &cohort : figures.cohorts) {
        immature += cohort.realised.size() - 1 - static_cast<std::size_t>(cohort.completeMonths);
    }
    const auto says = [](const QString &text) {
        return text.contains(QStringLiteral("not complete yet")) &&
               text.contains(QStringLiteral("complete on "));
    };
    const auto hovers = std::ranges::count_if(card.view().marks().marks,
                                              [&](const ChartMark &mark) { return says(mark.text); });
    const auto rows = std::ranges::count_if(chartTable(spec).rows, [](const QStringList &row) {
        return row.last() == QStringLiteral("not complete yet") && !row.first().isEmpty();
    });
    return immature > 0 && hovers == static_cast<std::ptrdiff_t>(immature) && rows == hovers &&
           !chart.solidMeans.isEmpty() && !chart.immatureMeans.isEmpty() &&
           !chart.predictedMeans.isEmpty();
}

} // namespace

/// A mark that stands for users leads to exactly them in the page's table.
class TestValueClicks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void barsLeadToTheirUsers_data();
    void barsLeadToTheirUsers();
    void barsOfASegmentLeadToItsUsers();
    void pointsOfTheCurveLeadToTheBest();
    void cellsLeadToTheirUsers();
    void repeatOrdersLeadToTheirCustomers();
    void tenthsLeadToTheirCustomers();
    void cohortsLeadToTheirUsers();
    void groupsLeadToTheirUsers();
    void usersAreLetGo();
};

void TestValueClicks::barsLeadToTheirUsers_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("realised") << 0;
    QTest::newRow("predicted") << 1;
    QTest::newRow("ltv") << 2;
}

void TestValueClicks::barsLeadToTheirUsers()
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

void TestValueClicks::barsOfASegmentLeadToItsUsers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    f.session.setSegment(ruleOf(StageCondition{{Stage::Churned}}));
    ValuePage page(f.context);
    f.show(page);
    ChartCard *card = findChart(page, QStringLiteral("Realised value"));
    const auto chart = std::get<Histogram>(card->view().spec().body);
    QVERIFY(chart.counts.size() > 1);
    QCOMPARE(static_cast<double>(usersAfterClick(f, page, *card, 0, 1)), chart.counts[1]);
    QVERIFY(page.findChild<UserTableView *>()->selection());
    f.session.setSegment(allOf({})); // the bars mean others from now on
    f.settle();
    QVERIFY(!page.findChild<UserTableView *>()->selection());
    QCOMPARE(page.findChild<UserTableView *>()->model().totals().users, 300);
}

void TestValueClicks::pointsOfTheCurveLeadToTheBest()
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

void TestValueClicks::cellsLeadToTheirUsers()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 300);
    ValuePage page(f.context);
    f.show(page);
    page.showSection(kMatrix);
    f.settle();
    ChartCard *card = findChart(page, QStringLiteral("Expected orders by"));
    const auto figures = readMatrixFigures(f.session.project(), everybody(), Task());
    qint64 sum = 0;
    for (std::size_t row = 0; row < figures->grid.users.size(); ++row) {
        for (std::size_t column = 0; column < figures->grid.users[row].size(); ++column) {
            const qint64 users =
                usersAfterClick(f, page, *card, static_cast<int>(row), static_cast<int>(column));
            QCOMPARE(users, figures->grid.users[row][column]);
            sum += users;
        }
    }
    QCOMPARE(sum, report.customers);
}

void TestValueClicks::repeatOrdersLeadToTheirCustomers()
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
    page.showSection(kWhatIf);
    f.settle();
    ChartCard *whatIf = findChart(page, QStringLiteral("Repeat orders, what if"));
    for (std::size_t i = 0; i < chart.net.size(); ++i) {
        QCOMPARE(static_cast<double>(usersAfterClick(f, page, *whatIf, 2, static_cast<int>(i))),
                 chart.net[i]);
    }
}

void TestValueClicks::tenthsLeadToTheirCustomers()
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

void TestValueClicks::cohortsLeadToTheirUsers()
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
    QVERIFY(hasImmatureMarks(*card, *figures));
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

void TestValueClicks::groupsLeadToTheirUsers()
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
            f.session.project(), (*groupings)[static_cast<std::size_t>(i)], everybody(), Task());
        ChartCard *card = findChart(page, QStringLiteral("Predicted value"));
        QVERIFY(hasData(card->view().spec()) && figures->known);
        qint64 sum = 0;
        for (std::size_t g = 0; g < figures->groups.groups.size(); ++g) {
            const qint64 users = usersAfterClick(f, page, *card, 0, static_cast<int>(g));
            QCOMPARE(users, static_cast<qint64>(figures->groups.groups[g].users.size()));
            sum += users;
        }
        QCOMPARE(sum, 300);
        // A step of the waterfall is the group's; its first bar is everybody's.
        QCOMPARE(usersAfterClick(f, page, *card, 0, 0),
                 static_cast<qint64>(figures->groups.groups[0].users.size()));
        ChartCard *drivers = findChart(page, QStringLiteral("Why "));
        if (hasData(drivers->view().spec())) {
            QCOMPARE(usersAfterClick(f, page, *drivers, 0, 2),
                     static_cast<qint64>(figures->groups.groups[0].users.size()));
            QCOMPARE(usersAfterClick(f, page, *drivers, 0, 0), 300);
        }
    }
}

void TestValueClicks::usersAreLetGo()
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
             [&page] {
                 page.findChild<DistributionSection *>()->findChild<ChoiceBar *>()->setCurrent(1);
             }}) {
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

QTEST_MAIN(TestValueClicks)
#include "tst_value_clicks.moc"
