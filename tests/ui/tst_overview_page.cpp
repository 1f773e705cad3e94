#include "find_widgets.h"
#include "scored_fixture.h"

#include "core/lifecycle/lifecycle.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/recommendation_panel.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QComboBox>
#include <QPushButton>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

double histogramSum(const ChartSpec &spec)
{
    const auto &histogram = std::get<Histogram>(spec.body);
    return std::accumulate(histogram.counts.begin(), histogram.counts.end(),
                           histogram.zeroCount.value_or(0.0));
}

} // namespace

class TestOverviewPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsMissing();
    void figuresAreTheCoresAndAddUp();
    void aStageBarFiltersThePage();
    void aMarkHasAsManyUsersAsTheTableShows();
    void flowsFollowTheSegment();
    void saysWhatChangedSinceTheSnapshotBefore();
    void flowsKeepTheirIdentity();
    void recommendationsOfferTheTraining();
    void anotherOrderLearnsNothingAgain();
    void withoutOrdersNothingIsPredicted();
    void readOnlySaysWhyItCannotScore();
    void closingWhileItReadsShowsNothingOfIt();
    void everyControlHasAName();
};

void TestOverviewPage::saysWhatIsMissing()
{
    PageFixture f;
    OverviewPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    f.create();
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("no events yet")));
    f.session.close();
    makeShop(f, 50);
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("not been scored")));
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Score users")) {
            button->click();
        }
    }
    QCOMPARE(f.navigator.calls, QStringList{QStringLiteral("score")});
}

void TestOverviewPage::figuresAreTheCoresAndAddUp()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    OverviewPage page(f.context);
    f.show(page);
    QCOMPARE(findKpi(page, QStringLiteral("Users"))->value(), countText(report.users));
    QCOMPARE(findKpi(page, QStringLiteral("Realised value"))->value(),
             shortMoneyText(report.realised, QString::fromStdString(report.label.currency)));
    QCOMPARE(findKpi(page, QStringLiteral("Predicted, next 180 days"))->value(),
             shortMoneyText(*report.predictedValue,
                            QString::fromStdString(report.label.currency)));
    QCOMPARE(findKpi(page, QStringLiteral("Value at risk"))->value(),
             shortMoneyText(*report.valueAtRisk, QString::fromStdString(report.label.currency)));

    const auto *table = page.findChild<UserTableView *>();
    const auto users = const_cast<UserTableView *>(table)->model().totals().users;
    QCOMPARE(users, report.users);
    const auto &bars = std::get<CategoryBars>(
        chart(page, QStringLiteral("Users by stage"))->view().spec().body);
    double inBars = 0;
    for (const CategoryBar &bar : bars.bars) {
        inBars += bar.value;
    }
    QCOMPARE(inBars, static_cast<double>(users));
    QCOMPARE(histogramSum(chart(page, QStringLiteral("Predicted value"))->view().spec()),
             static_cast<double>(users));
    const auto states = readUserStates(f.session.project());
    const auto withRisk = std::ranges::count_if(
        *states, [](const UserState &state) { return state.churnRisk.has_value(); });
    QCOMPARE(histogramSum(chart(page, QStringLiteral("Churn risk"))->view().spec()),
             static_cast<double>(withRisk));
    QVERIFY(!page.answer().isEmpty());
}

void TestOverviewPage::aStageBarFiltersThePage()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    OverviewPage page(f.context);
    f.show(page);
    ChartCard *stages = chart(page, QStringLiteral("Users by stage"));
    const auto fullest = std::ranges::max_element(report.stages) - report.stages.begin();
    Q_EMIT stages->markClicked(0, static_cast<int>(fullest));
    f.settle();
    QCOMPARE(stageIn(f.session.segment()->rule()),
             std::optional<Stage>(kStages[std::size_t(fullest)]));
    const std::int64_t expected = report.stages[std::size_t(fullest)];
    QCOMPARE(page.findChild<UserTableView *>()->model().totals().users, expected);
    QCOMPARE(findKpi(page, QStringLiteral("Users"))->value(), countText(expected));
    QCOMPARE(histogramSum(chart(page, QStringLiteral("Predicted value"))->view().spec()),
             static_cast<double>(expected));
    Q_EMIT stages->markClicked(0, static_cast<int>(fullest)); // again: everybody
    f.settle();
    QVERIFY(f.session.segment()->isEverybody());
    QCOMPARE(findKpi(page, QStringLiteral("Users"))->value(), countText(report.users));
}

void TestOverviewPage::aMarkHasAsManyUsersAsTheTableShows()
{
    PageFixture f;
    const ScoreReport report = makeScoredShop(f, 200);
    OverviewPage page(f.context);
    f.show(page);
    const auto shown = [&] { return page.findChild<UserTableView *>()->model().totals().users; };
    ChartCard *risk = chart(page, QStringLiteral("Churn risk"));
    const auto bins = std::get<Histogram>(risk->view().spec().body).counts;
    double all = 0;
    for (std::size_t bar = 0; bar < bins.size(); ++bar) {
        Q_EMIT risk->markClicked(0, static_cast<int>(bar));
        f.settle();
        QCOMPARE(static_cast<double>(shown()), bins[bar]);
        all += static_cast<double>(shown());
    }
    QVERIFY(all > 0);
    Q_EMIT risk->selectionCleared();
    f.settle();
    QCOMPARE(shown(), report.users);

    ChartCard *flows = chart(page, QStringLiteral("Users by activity"));
    const auto bars = std::get<StackedBars>(flows->view().spec().body);
    const int middle = static_cast<int>(bars.at.size() / 2);
    for (int kind = 0; kind < 4; ++kind) {
        Q_EMIT flows->markClicked(kind, middle);
        f.settle();
        QCOMPARE(static_cast<double>(shown()),
                 std::abs(bars.series[std::size_t(kind)].values[std::size_t(middle)]));
    }
}

void TestOverviewPage::flowsFollowTheSegment()
{
    PageFixture f;
    makeScoredShop(f, 200);
    OverviewPage page(f.context);
    f.show(page);
    const auto activeEver = [&] {
        const auto &bars = std::get<StackedBars>(
            chart(page, QStringLiteral("Users by activity"))->view().spec().body);
        return std::accumulate(bars.series[0].values.begin(), bars.series[0].values.end(), 0.0);
    };
    const double everybody = activeEver();
    f.session.setSegment(ruleOf(StageCondition{{Stage::Churned}}));
    f.show(page);
    const auto churned = readStatesOf(f.session.project(), *f.session.segment(), Task());
    QCOMPARE(activeEver(), static_cast<double>((*churned)->size()));
    QVERIFY(activeEver() < everybody);
}

void TestOverviewPage::saysWhatChangedSinceTheSnapshotBefore()
{
    PageFixture f;
    makeShop(f, 200);
    const Day last = *f.session.counts().lastDay;
    ScoreOptions earlier;
    earlier.until = last - 60;
    const auto before = scoreUsers(f.session.project(), earlier, Task());
    QVERIFY(before.ok());
    const ScoreReport now = score(f);
    OverviewPage page(f.context);
    f.show(page);
    const auto rows = changeRows(*before, now);
    QCOMPARE(rows[0][1].toString(), countText(before->users));
    QCOMPARE(rows[0][2].toString(), countText(now.users));
    QVERIFY(now.users > before->users);
    QVERIFY(visibleText(page).contains(
        QStringLiteral("What changed since %1").arg(dayText(last - 60))));
    QVERIFY(visibleText(page).contains(QStringLiteral("since %1").arg(dayText(last - 60))));
    const auto reports = readScoreReports(f.session.project(), 10);
    QCOMPARE(reports->size(), std::size_t{2});
    QCOMPARE((*reports)[0].stages, now.stages);
    QCOMPARE((*reports)[1].label.snapshot, last - 60);
    QCOMPARE((*reports)[1].predictedValue, before->predictedValue);

    // what can't be compared is left out
    ScoreReport other = *before;
    other.label.horizonDays = 90;
    QCOMPARE(changeRows(other, now).size(), std::size_t{2 + kStageCount});
    other.label.currency = "XXX";
    QCOMPARE(changeRows(other, now).size(), std::size_t{1 + kStageCount});

    // other thresholds make the scores old
    QVERIFY(!f.session.scoresOutdated());
    ProjectSettings settings = f.session.settings();
    settings.snapshot.reset();
    settings.stages.loyalOrders = 5;
    QVERIFY(f.session.setSettings(settings).ok());
    QVERIFY(f.session.scoresOutdated());
}

void TestOverviewPage::flowsKeepTheirIdentity()
{
    PageFixture f;
    makeScoredShop(f, 200);
    OverviewPage page(f.context);
    f.show(page);
    const auto &bars = std::get<StackedBars>(
        chart(page, QStringLiteral("Users by activity"))->view().spec().body);
    QVERIFY(bars.at.size() > 50);
    for (std::size_t i = 1; i < bars.at.size(); ++i) {
        const auto active = [&](std::size_t k) {
            return bars.series[0].values[k] + bars.series[1].values[k] + bars.series[2].values[k];
        };
        if (i + static_cast<std::size_t>(bars.immatureLast) < bars.at.size()) {
            QCOMPARE(active(i), active(i - 1) + bars.net[i]);
        } else {
            QVERIFY(std::isnan(bars.net[i]));
        }
        QVERIFY(bars.series[3].values[i] <= 0.0);
    }
    QVERIFY(!hasData(flowsChart({}, Period::Week)));
}

void TestOverviewPage::recommendationsOfferTheTraining()
{
    PageFixture f;
    makeScoredShop(f, 60);
    OverviewPage page(f.context);
    f.show(page);
    auto *table = page.findChild<UserTableView *>();
    QVERIFY(table->selectedUser() > 0); // the first by itself
    page.findChild<RecommendationPanel *>()->showUser(table->selectedUser(),
                                                      QStringLiteral("<b>u</b>"));
    f.settle();
    // without a network the simple recommenders blend, and say so
    QVERIFY(visibleText(page).contains(QStringLiteral("No behaviour model is trained")));
    QVERIFY(visibleText(page).contains(QStringLiteral("By blend of simple recommenders")));
    auto *method = page.findChild<RecommendationPanel *>()->findChild<QComboBox *>();
    method->setCurrentIndex(method->findData(QStringLiteral("behavior")));
    Q_EMIT method->activated(method->currentIndex());
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("No behaviour model has been trained")));
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Train a model…")) {
            button->click();
        }
    }
    QCOMPARE(f.navigator.calls, QStringList{QStringLiteral("show models")});
    QCOMPARE(markupLabels(page), 0);
}

void TestOverviewPage::anotherOrderLearnsNothingAgain()
{
    PageFixture f;
    makeScoredShop(f, 200);
    OverviewPage page(f.context);
    f.show(page);
    auto *panel = page.findChild<RecommendationPanel *>();
    const auto choices = panel->findChildren<QComboBox *>();
    const auto order = std::ranges::find(choices, QStringLiteral("Order of the list"),
                                         &QWidget::accessibleName);
    const auto *list = panel->findChild<TableView *>();
    constexpr int kValue = 3, kScore = 4, kMembers = 5;
    const auto number = [&](int row, int column) {
        return list->tableModel()->cell(row, column).toDouble();
    };
    QCOMPARE(list->model()->rowCount(), 10);
    for (int row = 1; row < 10; ++row) {
        QVERIFY(number(row, kScore) <= number(row - 1, kScore));
    }
    (*order)->setCurrentIndex(1);
    Q_EMIT(*order)->activated(1);
    QVERIFY(!f.jobs.groupRunning(QStringLiteral("overview-recommender")));
    QVERIFY(f.jobs.groupRunning(QStringLiteral("overview-recommend")));
    f.settle();
    for (int row = 1; row < 10; ++row) {
        QVERIFY(number(row, kValue) <= number(row - 1, kValue));
    }
    // what stands below the list says what its columns say
    const QString below = panel->findChild<Card *>()->caption();
    QVERIFY(below.contains(QStringLiteral("the best of them by value")));
    QVERIFY(below.contains(QStringLiteral("Score %1, made of: %2.")
                               .arg(fullText(number(0, kScore), 3),
                                    list->tableModel()->cell(0, kMembers).toString())));
    QVERIFY(below.contains(QStringLiteral("Value $%1 = ").arg(fullText(number(0, kValue), 2))));
}

void TestOverviewPage::withoutOrdersNothingIsPredicted()
{
    PageFixture f;
    makeViewers(f, 20);
    score(f);
    OverviewPage page(f.context);
    f.show(page);
    QCOMPARE(findKpi(page, QStringLiteral("Users"))->value(), QStringLiteral("20"));
    QCOMPARE(findKpi(page, QStringLiteral("Value at risk"))->value(), QStringLiteral("–"));
    QCOMPARE(histogramSum(chart(page, QStringLiteral("Predicted value"))->view().spec()), 20.0);
    QVERIFY(visibleText(page).contains(QStringLiteral("Nobody has ordered yet")));
}

void TestOverviewPage::readOnlySaysWhyItCannotScore()
{
    PageFixture f;
    makeShop(f, 50);
    const QString path = f.session.path();
    f.session.close();
    f.open(path, Project::Access::ReadOnly);
    OverviewPage page(f.context);
    f.show(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("read-only")));
    QVERIFY(!page.pageActions().front()->isEnabled());
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        QVERIFY(!button->isVisible() || button->text() != QStringLiteral("Score users"));
    }
}

void TestOverviewPage::closingWhileItReadsShowsNothingOfIt()
{
    PageFixture f;
    makeScoredShop(f, 60);
    OverviewPage page(f.context);
    page.resize(1100, 600);
    page.show();
    f.session.close(); // before any of its jobs has come back
    f.settle();
    QVERIFY(visibleText(page).contains(QStringLiteral("No project is open")));
    QVERIFY(page.answer().isEmpty());
}

void TestOverviewPage::everyControlHasAName()
{
    PageFixture f;
    makeScoredShop(f, 60);
    OverviewPage page(f.context);
    f.show(page);
    QCOMPARE(namelessControls(page), QStringList());
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overview_page.moc"
