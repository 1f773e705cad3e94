#include "find_widgets.h"
#include "scored_fixture.h"

#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/churn/churn_page.h"
#include "ui/pages/churn/risk_section.h"
#include "ui/pages/churn/survival_section.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include <cmath>

using namespace perennial;

namespace {

enum Sections { kRisk, kSurvival, kQuality, kContact };

} // namespace

class TestChurnPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsMissing();
    void everyBarHasItsUsers();
    void definitionsSayWhomTheyMean();
    void curvesLeadToThoseStillThere();
    void termsOfTheRegressionAreChosen();
    void methodsAreJudgedSideBySide();
    void thePlanFollowsItsTerms();
    void reasonsAddUpToTheRisk();
    void followsTheSegment();
    void degenerateProjects_data();
    void degenerateProjects();
    void everyControlHasAName();

private:
    static std::int64_t shown(PageFixture &f, const ChurnPage &page)
    {
        f.settle();
        return page.findChild<UserTableView *>()->model().totals().users;
    }
    static void open(PageFixture &f, ChurnPage &page, int section)
    {
        f.show(page);
        page.showSection(section);
        f.settle();
    }
};

void TestChurnPage::saysWhatIsMissing()
{
    PageFixture f;
    ChurnPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    makeShop(f, 50);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("not been scored")));
    page.showSection(kContact);
    QVERIFY(page.answer().isEmpty());
}

void TestChurnPage::everyBarHasItsUsers()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    ChurnPage page(f.context);
    open(f, page, kRisk);
    QCOMPARE(findKpi(page, QStringLiteral("Mean churn risk"))->value(),
             percentText(report.meanChurnRisk));
    ChartCard *risk = chart(page, QStringLiteral("Churn risk, next"));
    const auto bins = std::get<Histogram>(risk->view().spec().body).counts;
    for (std::size_t bar = 0; bar < bins.size(); bar += 3) {
        Q_EMIT risk->markClicked(0, static_cast<int>(bar));
        QCOMPARE(static_cast<double>(shown(f, page)), bins[bar]);
    }
    ChartCard *together = chart(page, QStringLiteral("Which definitions agree"));
    const auto sets = std::get<CategoryBars>(together->view().spec().body).bars;
    double all = 0;
    for (std::size_t bar = 0; bar < sets.size(); ++bar) {
        Q_EMIT together->markClicked(0, static_cast<int>(bar));
        QCOMPARE(static_cast<double>(shown(f, page)), sets[bar].value);
        all += sets[bar].value;
    }
    QCOMPARE(all, static_cast<double>(report.users));
    ChartCard *stages = chart(page, QStringLiteral("Churn risk by stage"));
    std::int64_t withRisk = 0;
    for (int stage = 0; stage < kStageCount; ++stage) {
        Q_EMIT stages->markClicked(0, stage);
        withRisk += shown(f, page);
    }
    const auto states = readUserStates(f.session.project());
    QCOMPARE(withRisk, std::ranges::count_if(*states, [](const UserState &state) {
                 return state.churnRisk.has_value();
             }));
}

void TestChurnPage::definitionsSayWhomTheyMean()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    ChurnPage page(f.context);
    open(f, page, kRisk);
    auto *table = called<TableView>(page, QStringLiteral("Four definitions of churn"));
    QCOMPARE(table->model()->rowCount(), 4);
    constexpr int kGone = 4;
    for (int row = 1; row < 4; ++row) {
        table->selectRow(row);
        Q_EMIT table->rowSelected(row);
        QCOMPARE(shown(f, page), table->tableModel()->cell(row, kGone).toLongLong());
    }
    QCOMPARE(table->tableModel()->cell(2, kGone).toLongLong(),
             report.stages[std::size_t(Stage::Churned)]);
    QVERIFY(!table->tableModel()->cell(0, kGone).isValid()); // no contracts
}

void TestChurnPage::curvesLeadToThoseStillThere()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    ChurnPage page(f.context);
    open(f, page, kSurvival);
    ChartCard *curves = chart(page, QStringLiteral("Survival of users"));
    Q_EMIT curves->markClicked(0, 0);
    const std::int64_t atFirst = shown(f, page);
    QVERIFY(atFirst > report.users / 2); // all who have been known until the first day anybody left
    auto *by = called<QComboBox>(page, QStringLiteral("Curves by"));
    by->setCurrentIndex(by->findData(QStringLiteral("channel")));
    f.settle();
    const auto lines = std::get<LineChart>(curves->view().spec().body).series;
    QVERIFY(lines.size() > 1);
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const std::size_t middle = lines[line].x.size() / 2;
        Q_EMIT curves->markClicked(static_cast<int>(line), static_cast<int>(middle));
        const std::int64_t users = shown(f, page);
        QVERIFY2(lines[line].notes[static_cast<qsizetype>(middle)].contains(
                     countText(users) + QStringLiteral(" at risk")),
                 qPrintable(lines[line].notes[static_cast<qsizetype>(middle)]));
    }
    QVERIFY(curves->caption().contains(QStringLiteral("Log-rank")));
    auto *atRisk = called<TableView>(page, QStringLiteral("Users at risk"));
    double churned = 0;
    for (int row = 1; row < atRisk->model()->rowCount(); ++row) {
        churned += atRisk->tableModel()->cell(row, 2).toDouble();
    }
    QCOMPARE(churned, atRisk->tableModel()->cell(0, 2).toDouble());
}

void TestChurnPage::termsOfTheRegressionAreChosen()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ChurnPage page(f.context);
    open(f, page, kSurvival);
    auto *table = called<TableView>(page, QStringLiteral("Cox regression"));
    const int before = table->model()->rowCount();
    QVERIFY(before > 0); // the first few by themselves
    auto *terms = called<QToolButton>(page, QStringLiteral("Terms of the regression"));
    for (int k = 0; k < 8; ++k) { // each refresh makes the actions anew
        QAction *checked = nullptr;
        for (QAction *action : terms->menu()->actions()) {
            checked = action->isChecked() ? action : checked;
        }
        if (!checked) {
            break;
        }
        checked->setChecked(false);
        f.settle();
    }
    QCOMPARE(table->model()->rowCount(), 0);
    terms->menu()->actions().first()->setChecked(true);
    f.settle();
    QVERIFY(table->model()->rowCount() > 0);
    QVERIFY(hasData(chart(page, QStringLiteral("What goes with leaving sooner"))->view().spec()));
}

void TestChurnPage::methodsAreJudgedSideBySide()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ProjectSettings settings = f.session.settings();
    settings.horizonDays = 90;
    QVERIFY(f.session.setSettings(settings).ok());
    score(f);
    ChurnPage page(f.context);
    open(f, page, kQuality);
    auto *table = called<TableView>(page, QStringLiteral("Methods of churn risk"));
    QVERIFY(table->model()->rowCount() >= 3);
    constexpr int kAuc = 3;
    for (int row = 0; row < 3; ++row) {
        const auto auc = table->tableModel()->cell(row, kAuc).value<MarkedCell>();
        QVERIFY2(auc.value.toDouble() > 0.55, qPrintable(auc.text));
    }
    QVERIFY(hasData(chart(page, QStringLiteral("Calibration"))->view().spec()));
    QVERIFY(hasData(chart(page, QStringLiteral("Gain,"))->view().spec()));
    const auto precision = std::get<LineChart>(
        chart(page, QStringLiteral("Precision and recall,"))->view().spec().body);
    QCOMPARE(precision.series.front().x.back(), 1.0); // all are reached, as many as left at all
    QCOMPARE(precision.series.front().y.back(), precision.series.back().y.front());
    auto *method = called<QComboBox>(page, QStringLiteral("Method shown below"));
    method->setCurrentIndex(2); // the naive rule gives no chances
    QVERIFY(!hasData(chart(page, QStringLiteral("Calibration"))->view().spec()));
    QVERIFY(hasData(chart(page, QStringLiteral("Gain,"))->view().spec()));
}

void TestChurnPage::thePlanFollowsItsTerms()
{
    PageFixture f;
    makeScoredShop(f, 200);
    ChurnPage page(f.context);
    open(f, page, kContact);
    auto *slider = called<QSlider>(page, QStringLiteral("Threshold"));
    const auto contacts = [&] { return findKpi(page, QStringLiteral("Contacts"))->value(); };
    slider->setValue(slider->maximum());
    slider->setValue(0);
    const auto states = readUserStates(f.session.project());
    const auto withRisk = std::ranges::count_if(
        *states, [](const UserState &state) { return state.churnRisk.has_value(); });
    QCOMPARE(contacts(), countText(withRisk));
    press(page, QStringLiteral("Show these users"));
    QCOMPARE(shown(f, page), withRisk);

    slider->setValue(slider->maximum() * 6 / 10);
    const auto above = std::ranges::count_if(*states, [](const UserState &state) {
        return state.churnRisk.value_or(0.0) >= 0.6;
    });
    QCOMPARE(contacts(), countText(above));
    press(page, QStringLiteral("Show these users"));
    QCOMPARE(shown(f, page), above);

    auto *cost = called<QDoubleSpinBox>(page, QStringLiteral("Cost of a contact"));
    cost->setValue(100'000.0);
    press(page, QStringLiteral("Best net"));
    QCOMPARE(contacts(), QStringLiteral("0"));
    cost->setValue(0.0);
    press(page, QStringLiteral("Best net"));
    QVERIFY(contacts() != QStringLiteral("0"));
    press(page, QStringLiteral("Most at stake first"));
    slider->setValue(slider->maximum() / 10);
    QVERIFY(visibleText(page).contains(QStringLiteral("Contact 10.0 % of the customers")));
    QVERIFY(hasData(chart(page, QStringLiteral("What contacting more"))->view().spec()));
}

void TestChurnPage::reasonsAddUpToTheRisk()
{
    PageFixture f;
    makeScoredShop(f, 300);
    ProjectSettings settings = f.session.settings();
    settings.horizonDays = 90;
    QVERIFY(f.session.setSettings(settings).ok());
    score(f);
    ChurnPage page(f.context);
    open(f, page, kRisk); // the first user by itself
    ChartCard *why = chart(page, QStringLiteral("Why"));
    const auto bars = std::get<CategoryBars>(why->view().spec().body).bars;
    QCOMPARE(bars.size(), std::size_t{7});
    for (std::size_t k = 1; k + 1 < bars.size(); ++k) {
        QCOMPARE(bars[k].from, bars[k - 1].value); // each goes on where the one before ended
    }
    QCOMPARE(bars.back().value, bars[bars.size() - 2].value);
    QCOMPARE(bars.back().valueText, percentText(1.0 / (1.0 + std::exp(-bars.back().value))));
    auto *table = called<TableView>(page, QStringLiteral("Reasons for the churn risk"));
    double sum = bars.front().value;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        sum += table->tableModel()->cell(row, 2).toDouble();
    }
    QVERIFY(std::abs(sum - bars.back().value) < 1e-6);
}

void TestChurnPage::followsTheSegment()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    ChurnPage page(f.context);
    f.session.setSegment(ruleOf(StageCondition{{Stage::Dormant}}));
    open(f, page, kRisk);
    const auto sets = std::get<CategoryBars>(
                          chart(page, QStringLiteral("Which definitions agree"))->view().spec().body)
                          .bars;
    double all = 0;
    for (const CategoryBar &bar : sets) {
        all += bar.value;
    }
    QCOMPARE(all, static_cast<double>(report.stages[std::size_t(Stage::Dormant)]));
    for (int section = kRisk; section <= kContact; ++section) {
        open(f, page, section);
    }
    f.session.setSegment(anyOf({})); // nobody
    for (int section = kRisk; section <= kContact; ++section) {
        open(f, page, section);
        page.grab();
    }
    QCOMPARE(shown(f, page), 0);
}

void TestChurnPage::degenerateProjects_data()
{
    QTest::addColumn<int>("viewers");
    QTest::newRow("one user") << 1;
    QTest::newRow("nobody bought") << 12;
}

void TestChurnPage::degenerateProjects()
{
    QFETCH(int, viewers);
    PageFixture f;
    makeViewers(f, viewers);
    score(f);
    ChurnPage page(f.context);
    for (int section = kRisk; section <= kContact; ++section) {
        open(f, page, section);
        page.grab();
        QCOMPARE(markupLabels(page), 0);
        QVERIFY(!visibleText(page).contains(QStringLiteral("nan")));
    }
    QVERIFY(page.answer().contains(QStringLiteral("at least one order")));
}

void TestChurnPage::everyControlHasAName()
{
    PageFixture f;
    makeScoredShop(f, 60);
    ChurnPage page(f.context);
    for (int section = kRisk; section <= kContact; ++section) {
        open(f, page, section);
        QCOMPARE(namelessControls(page), QStringList());
    }
}

QTEST_MAIN(TestChurnPage)
#include "tst_churn_page.moc"
