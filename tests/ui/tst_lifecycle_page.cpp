#include "find_widgets.h"
#include "scored_fixture.h"

#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/lifecycle/cohort_charts.h"
#include "ui/pages/lifecycle/drivers_card.h"
#include "ui/pages/lifecycle/lifecycle_page.h"
#include "ui/pages/stage_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QSpinBox>

#include <cmath>

using namespace perennial;

namespace {

enum Sections { kStages_, kFlows, kTransitions, kCohorts };

double inBars(const ChartSpec &spec)
{
    double sum = 0;
    for (const CategoryBar &bar : std::get<CategoryBars>(spec.body).bars) {
        sum += bar.value;
    }
    return sum;
}

} // namespace

class TestLifecyclePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsMissing();
    void stagesAreThoseOfTheScores();
    void thresholdsAreCountedAtOnceAndKeptAsAStep();
    void everyMarkHasAsManyUsersAsItCounts();
    void everyCellOfTheTriangleHasItsUsers();
    void cohortsByAnAttribute();
    void bracketsThatAreNone();
    void driversNameTheirUsers();
    void everySectionFollowsTheSegment();
    void degenerateProjects_data();
    void degenerateProjects();
    void everyControlHasAName();

private:
    static std::int64_t shown(PageFixture &f, const LifecyclePage &page)
    {
        f.settle();
        return page.findChild<UserTableView *>()->model().totals().users;
    }
    static void open(PageFixture &f, LifecyclePage &page, int section)
    {
        f.show(page);
        page.showSection(section);
        f.settle();
    }
};

void TestLifecyclePage::saysWhatIsMissing()
{
    PageFixture f;
    LifecyclePage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    makeShop(f, 50);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("not been scored")));
    page.showSection(kCohorts);
    QVERIFY(page.answer().isEmpty());
}

void TestLifecyclePage::stagesAreThoseOfTheScores()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    LifecyclePage page(f.context);
    open(f, page, kStages_);
    ChartCard *stages = chart(page, QStringLiteral("Users by stage"));
    const auto &bars = std::get<CategoryBars>(stages->view().spec().body).bars;
    for (std::size_t k = 0; k < kStageCount; ++k) {
        QCOMPARE(bars[k].value, static_cast<double>(report.stages[k]));
        Q_EMIT stages->markClicked(0, static_cast<int>(k));
        QCOMPARE(shown(f, page), report.stages[k] > 0 ? report.stages[k] : 0);
    }
    const auto &history = std::get<StackedBars>(
        chart(page, QStringLiteral("Users by stage at the end"))->view().spec().body);
    for (std::size_t k = 0; k < kStageCount; ++k) {
        QCOMPARE(history.series[k].values.back(), static_cast<double>(report.stages[k]));
    }
    QVERIFY(!page.answer().isEmpty());
}

void TestLifecyclePage::thresholdsAreCountedAtOnceAndKeptAsAStep()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    LifecyclePage page(f.context);
    open(f, page, kStages_);
    ChartCard *stages = chart(page, QStringLiteral("Users by stage"));
    const auto dormant = static_cast<std::size_t>(Stage::Dormant);
    const auto count = [&](std::size_t stage) {
        return std::get<CategoryBars>(stages->view().spec().body).bars[stage].value;
    };
    auto *days = called<QSpinBox>(page, QStringLiteral("Dormant after days without activity"));
    days->setValue(1);
    QVERIFY(count(dormant) > static_cast<double>(report.stages[dormant]));
    QCOMPARE(inBars(stages->view().spec()), static_cast<double>(report.users));
    Q_EMIT stages->markClicked(0, static_cast<int>(dormant));
    QCOMPARE(static_cast<double>(shown(f, page)), count(dormant));
    QCOMPARE(f.session.settings().stages.dormantAfterDays, 30); // only tried

    press(page, QStringLiteral("Apply and score again"));
    QCOMPARE(f.session.settings().stages.dormantAfterDays, 1);
    QVERIFY(f.navigator.calls.contains(QStringLiteral("score")));
    score(f);
    f.show(page);
    QCOMPARE(static_cast<double>(readScoreReport(f.session.project())->stages[dormant]),
             count(dormant));
    f.navigator.undo.undo();
    QCOMPARE(f.session.settings().stages.dormantAfterDays, 30);
    f.settle();
    QCOMPARE(days->value(), 30);

    auto *churned = called<QSpinBox>(page, QStringLiteral("Churned after days without activity"));
    for (QCheckBox *box : page.findChildren<QCheckBox *>()) {
        box->setChecked(false);
    }
    churned->setValue(30);
    QVERIFY(visibleText(page).contains(QStringLiteral("must be more days than")));
    churned->setValue(31);
    QVERIFY(!visibleText(page).contains(QStringLiteral("must be more days than")));
    called<QSpinBox>(page, QStringLiteral("Active days needed"))->setValue(31);
    QVERIFY(visibleText(page).contains(QStringLiteral("nobody can be in: Active")));
}

void TestLifecyclePage::everyMarkHasAsManyUsersAsItCounts()
{
    PageFixture f;
    makeScoredShop(f, 200);
    LifecyclePage page(f.context);
    open(f, page, kStages_);
    ChartCard *history = chart(page, QStringLiteral("Users by stage at the end"));
    const auto blocks = std::get<StackedBars>(history->view().spec().body);
    for (std::size_t stage = 0; stage < kStageCount; ++stage) {
        const std::size_t end = blocks.at.size() / 2;
        Q_EMIT history->markClicked(static_cast<int>(stage), static_cast<int>(end));
        QCOMPARE(static_cast<double>(shown(f, page)), blocks.series[stage].values[end]);
    }
    open(f, page, kFlows);
    ChartCard *flows = chart(page, QStringLiteral("Users by activity"));
    const auto bars = std::get<StackedBars>(flows->view().spec().body);
    const std::size_t at = bars.at.size() - 3;
    for (std::size_t kind = 0; kind < 4; ++kind) {
        Q_EMIT flows->markClicked(static_cast<int>(kind), static_cast<int>(at));
        QCOMPARE(static_cast<double>(shown(f, page)), std::abs(bars.series[kind].values[at]));
    }
    open(f, page, kTransitions);
    called<QDateEdit>(page, QStringLiteral("First day"))
        ->setDate(called<QDateEdit>(page, QStringLiteral("Second day"))->date().addDays(-90));
    f.settle();
    ChartCard *moves = chart(page, QStringLiteral("Moves between stages"));
    const auto sankey = std::get<SankeyChart>(moves->view().spec().body);
    QCOMPARE(sankey.from.size(), std::size_t{kStageCount + 1});
    double all = 0;
    for (std::size_t from = 0; from < sankey.from.size(); ++from) {
        double row = 0;
        for (std::size_t to = 0; to < sankey.to.size(); ++to) {
            Q_EMIT moves->markClicked(static_cast<int>(from), static_cast<int>(to));
            QCOMPARE(static_cast<double>(shown(f, page)), sankey.flow[from][to]);
            row += sankey.flow[from][to];
        }
        Q_EMIT moves->markClicked(static_cast<int>(from), -1);
        QCOMPARE(static_cast<double>(shown(f, page)), row);
        all += row;
    }
    QCOMPARE(all, static_cast<double>(readScoreReport(f.session.project())->users));
    Q_EMIT moves->markClicked(-1, static_cast<int>(Stage::Churned));
    QCOMPARE(shown(f, page), readScoreReport(f.session.project())->stages[std::size_t(Stage::Churned)]);
}

void TestLifecyclePage::everyCellOfTheTriangleHasItsUsers()
{
    PageFixture f;
    makeScoredShop(f, 150);
    LifecyclePage page(f.context);
    open(f, page, kCohorts);
    press(page, QStringLiteral("Total"));
    ChartCard *triangle = chart(page, QStringLiteral("Retention"));
    const auto cells = std::get<HeatMap>(triangle->view().spec().body);
    QVERIFY(cells.values.size() > 6);
    for (std::size_t row = 0; row < cells.values.size(); row += 3) {
        for (std::size_t column = 0; column < cells.values[row].size(); column += 2) {
            Q_EMIT triangle->markClicked(static_cast<int>(row), static_cast<int>(column));
            QCOMPARE(static_cast<double>(shown(f, page)), cells.values[row][column]);
        }
    }
    press(page, QStringLiteral("Ordering"));
    const auto ordering = std::get<HeatMap>(triangle->view().spec().body);
    Q_EMIT triangle->markClicked(1, 1);
    QCOMPARE(static_cast<double>(shown(f, page)), ordering.values[1][1]);
    QVERIFY(!cells.immature.front().front());
    // the shop ends on a Tuesday: the last week is not complete, and says so
    called<QComboBox>(page, QStringLiteral("Period"))->setCurrentIndex(1);
    f.settle();
    const auto weeks = std::get<HeatMap>(triangle->view().spec().body);
    QVERIFY(weeks.immature.back().back());
    QVERIFY(weeks.notes.back().back().contains(QStringLiteral("complete on")));
}

void TestLifecyclePage::cohortsByAnAttribute()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 150);
    LifecyclePage page(f.context);
    open(f, page, kCohorts);
    auto *by = called<QComboBox>(page, QStringLiteral("Cohorts by"));
    QVERIFY(by->count() > 2);
    by->setCurrentIndex(by->findData(QStringLiteral("channel")));
    f.settle();
    QCOMPARE(by->currentData().toString(), QStringLiteral("channel"));
    press(page, QStringLiteral("Total"));
    ChartCard *triangle = chart(page, QStringLiteral("Retention"));
    const auto cells = std::get<HeatMap>(triangle->view().spec().body);
    QVERIFY(cells.rows.size() > 1 && static_cast<std::int64_t>(cells.rows.size()) < report.users);
    Q_EMIT triangle->markClicked(0, 2);
    QCOMPARE(static_cast<double>(shown(f, page)), cells.values[0][2]);
    for (QComboBox *box : {called<QComboBox>(page, QStringLiteral("Periods of")),
                           called<QComboBox>(page, QStringLiteral("Begun with")),
                           called<QComboBox>(page, QStringLiteral("Retention"))}) {
        box->setCurrentIndex(1);
        f.settle();
        QVERIFY(hasData(triangle->view().spec()));
        Q_EMIT triangle->markClicked(0, 1);
        QCOMPARE(static_cast<double>(shown(f, page)),
                 std::get<HeatMap>(triangle->view().spec().body).values[0][1]);
    }
}

void TestLifecyclePage::bracketsThatAreNone()
{
    PageFixture f;
    makeScoredShop(f, 60);
    LifecyclePage page(f.context);
    open(f, page, kCohorts);
    called<QComboBox>(page, QStringLiteral("Retention"))->setCurrentIndex(2);
    f.settle();
    ChartCard *triangle = chart(page, QStringLiteral("Retention"));
    QCOMPARE(std::get<HeatMap>(triangle->view().spec().body).columns.front(),
             QStringLiteral("1–3"));
    auto *brackets = called<QLineEdit>(page, QStringLiteral("Brackets of periods"));
    for (const QString &text : {QStringLiteral("4-2"), QStringLiteral("nonsense"), QString()}) {
        brackets->setText(text);
        Q_EMIT brackets->editingFinished();
        f.settle();
        QVERIFY(triangle->view().spec().empty.contains(QStringLiteral("1-3,4-7,8")));
        QVERIFY(!hasData(triangle->view().spec()));
    }
    brackets->setText(QStringLiteral("0, 2-5"));
    Q_EMIT brackets->editingFinished();
    f.settle();
    QVERIFY(hasData(triangle->view().spec()));
}

void TestLifecyclePage::driversNameTheirUsers()
{
    PageFixture f;
    makeScoredShop(f, 300);
    LifecyclePage page(f.context);
    open(f, page, kTransitions);
    called<QDateEdit>(page, QStringLiteral("First day"))
        ->setDate(called<QDateEdit>(page, QStringLiteral("Second day"))->date().addDays(-120));
    called<QComboBox>(page, QStringLiteral("Stage on the first day"))
        ->setCurrentIndex(static_cast<int>(Stage::Loyal));
    f.settle();
    auto *table = called<TableView>(page, QStringLiteral("What goes with moving"));
    QVERIFY(table->model()->rowCount() > 3);
    for (const int row : {0, 2}) {
        table->selectRow(row);
        Q_EMIT table->rowSelected(row);
        QCOMPARE(shown(f, page), table->tableModel()->cell(row, 1).toLongLong());
    }
    called<QComboBox>(page, QStringLiteral("What became of them"))->setCurrentIndex(0);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("no such move"))); // above loyal is nothing
}

void TestLifecyclePage::everySectionFollowsTheSegment()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    LifecyclePage page(f.context);
    f.session.setSegment(ruleOf(StageCondition{{Stage::Dormant}}));
    open(f, page, kStages_);
    const auto dormant = report.stages[std::size_t(Stage::Dormant)];
    QCOMPARE(inBars(chart(page, QStringLiteral("Users by stage"))->view().spec()),
             static_cast<double>(dormant));
    open(f, page, kTransitions);
    const auto sankey = std::get<SankeyChart>(
        chart(page, QStringLiteral("Moves between stages"))->view().spec().body);
    double all = 0;
    for (const auto &row : sankey.flow) {
        for (std::size_t to = 0; to < row.size(); ++to) {
            all += row[to];
            QVERIFY(row[to] == 0 || to == std::size_t(Stage::Dormant));
        }
    }
    QCOMPARE(all, static_cast<double>(dormant));
    // a segment of nobody
    f.session.setSegment(anyOf({}));
    for (int section = kStages_; section <= kCohorts; ++section) {
        open(f, page, section);
    }
    QCOMPARE(shown(f, page), 0);
}

void TestLifecyclePage::degenerateProjects_data()
{
    QTest::addColumn<int>("viewers");
    QTest::newRow("one user") << 1;
    QTest::newRow("nobody bought") << 12;
}

void TestLifecyclePage::degenerateProjects()
{
    QFETCH(int, viewers);
    PageFixture f;
    makeViewers(f, viewers);
    score(f);
    LifecyclePage page(f.context);
    for (int section = kStages_; section <= kCohorts; ++section) {
        open(f, page, section);
        page.grab();
        QCOMPARE(markupLabels(page), 0);
        QVERIFY(!visibleText(page).contains(QStringLiteral("nan")));
    }
    called<QComboBox>(page, QStringLiteral("Begun with"))->setCurrentIndex(1);
    f.settle();
    QVERIFY(chart(page, QStringLiteral("Retention"))
                ->view()
                .spec()
                .empty.contains(QStringLiteral("Nobody has ordered")));
}

void TestLifecyclePage::everyControlHasAName()
{
    PageFixture f;
    makeScoredShop(f, 60);
    LifecyclePage page(f.context);
    for (int section = kStages_; section <= kCohorts; ++section) {
        open(f, page, section);
        QCOMPARE(namelessControls(page), QStringList());
    }
}

QTEST_MAIN(TestLifecyclePage)
#include "tst_lifecycle_page.moc"
