#include "core/project/scenario_store.h"
#include "tests/ui/page_bench.h"
#include "ui/pages/lever_table.h"
#include "ui/pages/scenario_history.h"
#include "ui/pages/scenarios_page.h"
#include "ui/widgets/empty_state.h"

#include <QDoubleSpinBox>
#include <QSpinBox>

using namespace perennial;
using namespace perennial::test;

class TestScenariosPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leverTableRoundTrip();
    void sliderAndNumberAgree();
    void noProjectAndEmptyProject();
    void nullScenarioIsExactlyZero();
    void movingALeverChangesTheFigures();
    void impossibleScenarioSaysSo();
    void saveLoadDeleteAndUndo();
    void readOnlyKeepsItsHands();
    void historyRestoresWhatWas();
    void accessible();

private:
    QTemporaryDir m_folder;
    QString m_shop;
};

void TestScenariosPage::initTestCase()
{
    m_shop = m_folder.filePath(QStringLiteral("shop.perennial"));
    QVERIFY(makeSample(m_shop, Sample::Scored, 250).ok());
}

void TestScenariosPage::leverTableRoundTrip()
{
    LeverTable table;
    QVERIFY(table.levers().empty());
    const std::vector<LeverSpec> specs{
        {"retention", std::nullopt, {5, 1.5}, 0},
        {"frequency", Stage::Loyal, {-10, 0}, 2.5},
        {"frequency", Stage::Dormant, {12.5, 0}, 0}, // a second row of the same lever
        {"order_value", std::nullopt, {0, 0}, 1.25}};
    table.setLevers(specs);
    auto back = table.levers();
    QCOMPARE(back.size(), specs.size());
    for (const LeverSpec &spec : specs) {
        QVERIFY(std::find(back.begin(), back.end(), spec) != back.end());
    }
    table.setLevers({});
    QVERIFY(table.levers().empty());
}

void TestScenariosPage::sliderAndNumberAgree()
{
    LeverTable table;
    QSignalSpy changed(&table, &LeverTable::changed);
    auto *slider = called<QSlider>(table, QStringLiteral("Retention: effect, slider"));
    auto *number = called<QDoubleSpinBox>(table, QStringLiteral("Retention: effect"));
    QVERIFY(slider && number);
    slider->setValue(73);
    QCOMPARE(number->value(), 7.3);
    QCOMPARE(changed.count(), 1);
    number->setValue(-4.0);
    QCOMPARE(slider->value(), -40);
    number->setValue(90.0); // beyond the slider's reach
    QCOMPARE(number->value(), 90.0);
    QCOMPARE(table.levers().front().effect.mean, 90.0);
}

void TestScenariosPage::noProjectAndEmptyProject()
{
    Bench bench;
    ScenariosPage page(bench.context);
    bench.show(page);
    auto *empty = page.findChild<EmptyState *>();
    QVERIFY(empty && empty->isVisible());
    Q_EMIT empty->actionTriggered();
    QCOMPARE(bench.navigator.asked, QStringList{QStringLiteral("open")});

    const QString path = m_folder.filePath(QStringLiteral("empty.perennial"));
    QVERIFY(makeSample(path, Sample::Empty).ok());
    QVERIFY(bench.open(path));
    bench.settle();
    QVERIFY(empty->isVisible());
    Q_EMIT empty->actionTriggered();
    QCOMPARE(bench.navigator.asked.last(), QStringLiteral("import"));
}

void TestScenariosPage::nullScenarioIsExactlyZero()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ScenariosPage page(bench.context);
    bench.show(page);
    QVERIFY(page.result());
    const ScenarioOutcome &outcome = page.result()->scenarios.front();
    for (const Estimate &e : {outcome.delta.ltv, outcome.delta.revenue, outcome.delta.margin}) {
        QCOMPARE(e.value, 0.0);
        QCOMPARE(e.lower, 0.0);
        QCOMPARE(e.upper, 0.0);
    }
    QVERIFY(page.result()->baseline.future.ltv.value > 0);
}

void TestScenariosPage::movingALeverChangesTheFigures()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ScenariosPage page(bench.context);
    bench.show(page);
    auto *slider = called<QSlider>(page, QStringLiteral("Order value: effect, slider"));
    for (int value = 10; value <= 100; value += 10) {
        slider->setValue(value); // only the last of these is simulated
    }
    QTRY_VERIFY(page.result() && !page.result()->scenarios.front().scenario.levers.empty());
    bench.settle();
    const ScenarioOutcome &outcome = page.result()->scenarios.front();
    QCOMPARE(outcome.scenario.levers.front().effect.mean, 10.0);
    const double base = page.result()->baseline.future.ltv.value;
    QVERIFY(std::abs(outcome.delta.ltv.value - 0.1 * base) < 1e-6 * base);
    QVERIFY(page.answer().contains(QStringLiteral("if the assumed effect holds")));
}

void TestScenariosPage::impossibleScenarioSaysSo()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ScenariosPage page(bench.context);
    bench.show(page);
    page.findChild<LeverTable *>()->setLevers({{"retention", Stage::Loyal, {5, 0}, 0},
                                               {"retention", Stage::Loyal, {6, 0}, 0}});
    Q_EMIT page.findChild<LeverTable *>()->changed();
    QTRY_VERIFY(!page.result());
    bool said = false;
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        said = said || label->text().contains(QStringLiteral("pulled twice"));
    }
    QVERIFY(said);
}

void TestScenariosPage::saveLoadDeleteAndUndo()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ScenariosPage page(bench.context);
    bench.show(page);
    const auto saved = [&] { return *readScenarios(bench.session.project()); };
    called<QLineEdit>(page, QStringLiteral("Name"))->setText(QStringLiteral("<b>Summer</b>"));
    called<QDoubleSpinBox>(page, QStringLiteral("Order frequency: effect"))->setValue(8);
    button(page, QStringLiteral("Save"))->click();
    QTRY_COMPARE(saved().size(), std::size_t{1});
    bench.settle();
    QCOMPARE(saved().front().name, std::string("<b>Summer</b>"));
    QVERIFY(!saved().front().outcome.empty());
    const auto scenario = scenarioFromJson(saved().front().definition);
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->levers.front().effect.mean, 8.0);

    auto *table = called<QTableView>(page, QStringLiteral("Saved scenarios"));
    QCOMPARE(table->model()->rowCount(), 1);
    button(page, QStringLiteral("Reset"))->click();
    QCOMPARE(called<QDoubleSpinBox>(page, QStringLiteral("Order frequency: effect"))->value(), 0.0);
    table->selectRow(0);
    button(page, QStringLiteral("Load"))->click();
    QCOMPARE(called<QDoubleSpinBox>(page, QStringLiteral("Order frequency: effect"))->value(), 8.0);
    QCOMPARE(called<QLineEdit>(page, QStringLiteral("Name"))->text(),
             QStringLiteral("<b>Summer</b>"));

    table->selectRow(0);
    button(page, QStringLiteral("Delete"))->click();
    QVERIFY(saved().empty());
    auto *history = page.findChild<ScenarioHistory *>();
    history->undo();
    QCOMPARE(saved().size(), std::size_t{1});
    QVERIFY(!saved().front().outcome.empty());
    history->undo(); // the save
    QVERIFY(saved().empty());
    history->redo();
    QCOMPARE(saved().size(), std::size_t{1});
    history->undo();
    bench.settle();
    QVERIFY(bench.navigator.errors.isEmpty());
}

void TestScenariosPage::readOnlyKeepsItsHands()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ScenariosPage page(bench.context);
    bench.show(page);
    QVERIFY(page.result()); // looking is allowed
    QVERIFY(!button(page, QStringLiteral("Save"))->isEnabled());
    QVERIFY(button(page, QStringLiteral("Save"))->toolTip().contains(QStringLiteral("reading only")));
}

void TestScenariosPage::historyRestoresWhatWas()
{
    const QString path = m_folder.filePath(QStringLiteral("history.perennial"));
    auto project = Project::create(path.toStdString());
    QVERIFY(project.ok());
    ScenarioHistory history([&] { return &*project; });
    QVERIFY(history.change(QStringLiteral("a"), {{0, "A", "{}", "", 1}, {0, "B", "{}", "", 1}}).ok());
    QVERIFY(history.change(QStringLiteral("b"), {{0, "B", "{\"x\":1}", "", 2}}).ok());
    QCOMPARE(readScenarios(*project)->size(), std::size_t{1});
    history.undo();
    const auto back = *readScenarios(*project);
    QCOMPARE(back.size(), std::size_t{2});
    QCOMPARE(back[1].definition, std::string("{}"));
    history.undo();
    QVERIFY(readScenarios(*project)->empty());
}

void TestScenariosPage::accessible()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ScenariosPage page(bench.context);
    bench.show(page);
    QCOMPARE(unnamedControls(page).join(QLatin1Char(' ')), QString());
    QCOMPARE(richLabels(page).join(QLatin1Char(' ')), QString());
}

QTEST_MAIN(TestScenariosPage)
#include "tst_scenarios_page.moc"
