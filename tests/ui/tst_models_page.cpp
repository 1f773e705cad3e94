#include "core/project/run_store.h"
#include "tests/ui/page_bench.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/behavior_config_form.h"
#include "ui/pages/models_page.h"
#include "ui/widgets/empty_state.h"

#include <QAbstractItemModelTester>
#include <QSpinBox>

using namespace perennial;
using namespace perennial::test;

class TestModelsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void formRoundTripAndPresets();
    void formSaysWhatDoesNotFit();
    void deviceReasonIsShown();
    void noProjectAndEmptyProject();
    void untrainedProject();
    void trainsWithLiveCurves();
    void cancelLeavesTheChampion();
    void rollsBackTheChampion();
    void readOnlyKeepsItsHands();
    void accessible();

private:
    QAbstractButton *startButton(const ModelsPage &page)
    {
        return button(page, QStringLiteral("Start training"));
    }
    QTemporaryDir m_folder;
    QString m_shop;
};

void TestModelsPage::initTestCase()
{
    m_shop = m_folder.filePath(QStringLiteral("shop.perennial"));
    QVERIFY(makeSample(m_shop, Sample::Scored, 250).ok());
}

void TestModelsPage::formRoundTripAndPresets()
{
    BehaviorConfigForm form;
    QCOMPARE(form.config(), presetConfig(TrainingPreset::Balanced));
    for (const auto preset :
         {TrainingPreset::Quick, TrainingPreset::Balanced, TrainingPreset::Thorough}) {
        const BehaviorConfig config = presetConfig(preset);
        QVERIFY(checkConfig(config).ok());
        form.setConfig(config);
        QCOMPARE(form.config(), config);
        QCOMPARE(named<QComboBox>(form, QStringLiteral("Preset"))->currentIndex(),
                 static_cast<int>(preset));
    }
    BehaviorConfig own;
    own.seed = 77;
    own.dropout = 0.25;
    own.learningRate = 0.00123;
    own.horizonDays = 90;
    form.setConfig(own);
    QCOMPARE(form.config(), own);
    QCOMPARE(named<QComboBox>(form, QStringLiteral("Preset"))->currentText(),
             QStringLiteral("Custom"));
}

void TestModelsPage::formSaysWhatDoesNotFit()
{
    BehaviorConfigForm form;
    BehaviorConfig config;
    config.dimension = 50;
    config.heads = 3;
    form.setConfig(config);
    QVERIFY(!form.isValid());
    config.heads = 5;
    form.setConfig(config);
    QVERIFY(form.isValid());
}

void TestModelsPage::deviceReasonIsShown()
{
    BehaviorConfigForm form;
    const auto choice = chooseDevice("auto");
    QVERIFY(choice.ok());
    bool shown = false;
    for (const QLabel *label : form.findChildren<QLabel *>()) {
        shown = shown || label->text() == deviceReasonText(*choice);
    }
    QVERIFY(shown);
    QVERIFY(!deviceReasonText(*choice).isEmpty());
}

void TestModelsPage::noProjectAndEmptyProject()
{
    Bench bench;
    ModelsPage page(bench.context);
    bench.show(page);
    auto *empty = page.findChild<EmptyState *>();
    QVERIFY(empty && empty->isVisible());
    const QString path = m_folder.filePath(QStringLiteral("empty.perennial"));
    QVERIFY(makeSample(path, Sample::Empty).ok());
    QVERIFY(bench.open(path));
    bench.settle();
    QVERIFY(empty->isVisible());
    Q_EMIT empty->actionTriggered();
    QCOMPARE(bench.navigator.asked, QStringList{QStringLiteral("import")});
}

void TestModelsPage::untrainedProject()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    auto *runs = named<QTableView>(page, QStringLiteral("Runs"));
    QVERIFY(runs->model()->rowCount() >= 1); // the fits of the scoring
    QAbstractItemModelTester tester(runs->model());
    QVERIFY(startButton(page)->isEnabled());
    QVERIFY(page.answer().contains(QStringLiteral("No behaviour model")));
}

void TestModelsPage::trainsWithLiveCurves()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    auto *form = page.findChild<BehaviorConfigForm *>();
    form->setConfig(tinyConfig());
    int updates = 0;
    auto *loss = page.findChildren<ChartCard *>().first();
    connect(&bench.jobs, &JobRunner::jobsChanged, &page, [&] {
        updates += hasData(loss->view().spec()) ? 1 : 0;
    });
    startButton(page)->click();
    QVERIFY(!startButton(page)->isEnabled());
    QVERIFY(button(page, QStringLiteral("Cancel"))->isVisible());
    QVERIFY(!form->isEnabled());
    bench.settle();
    bench.settle();
    QVERIFY(bench.navigator.errors.isEmpty());
    QVERIFY(hasData(loss->view().spec()));
    QVERIFY(updates > 0);
    QVERIFY(startButton(page)->isEnabled());
    QVERIFY(page.answer().contains(QStringLiteral("in use")));
    auto *table = named<QTableView>(page, QStringLiteral("Comparison of models"));
    QVERIFY(table->isVisible());
    QVERIFY(table->model()->rowCount() >= 3); // behaviour, popularity, BG/NBD
    auto *score = button(page, QStringLiteral("Score all users with it"));
    QVERIFY(score->isVisible());
    score->click();
    QCOMPARE(bench.navigator.asked, QStringList{QStringLiteral("score")});
}

void TestModelsPage::cancelLeavesTheChampion()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    const auto before = readChampion(bench.session.project(), "behavior");
    QVERIFY(before.ok()); // of the test above
    BehaviorConfig config = tinyConfig();
    config.epochs = 5000;
    config.patience = 1000;
    page.findChild<BehaviorConfigForm *>()->setConfig(config);
    startButton(page)->click();
    auto *loss = page.findChildren<ChartCard *>().first();
    QTRY_VERIFY_WITH_TIMEOUT(hasData(loss->view().spec()), 20000); // an epoch came through
    button(page, QStringLiteral("Cancel"))->click();
    bench.settle();
    const auto after = readChampion(bench.session.project(), "behavior");
    QVERIFY(after.ok());
    QCOMPARE(after->id, before->id);
    const auto runs = readRuns(bench.session.project());
    QCOMPARE(runs->front().state, RunState::Cancelled);
    QVERIFY(bench.navigator.errors.isEmpty());
}

void TestModelsPage::rollsBackTheChampion()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    QVERIFY(trainBehaviorModel(bench.session.project(), tinyConfig(), {}, {}).ok());
    ModelsPage page(bench.context);
    bench.show(page);
    const auto runs = *readRuns(bench.session.project());
    std::int64_t older = 0;
    int row = -1;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i].model == "behavior" && runs[i].state == RunState::Done && !runs[i].champion) {
            older = runs[i].id;
            row = static_cast<int>(i);
        }
    }
    QVERIFY(older > 0);
    auto *table = named<QTableView>(page, QStringLiteral("Runs"));
    auto *make = button(page, QStringLiteral("Make champion"));
    QVERIFY(!make->isEnabled());
    table->selectRow(row);
    QVERIFY(make->isEnabled());
    make->click();
    bench.settle();
    QCOMPARE(readChampion(bench.session.project(), "behavior")->id, older);
}

void TestModelsPage::readOnlyKeepsItsHands()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    QVERIFY(!startButton(page)->isEnabled());
    QVERIFY(startButton(page)->toolTip().contains(QStringLiteral("reading only")));
    QVERIFY(!button(page, QStringLiteral("Make champion"))->isEnabled());
}

void TestModelsPage::accessible()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    QCOMPARE(unnamedControls(page).join(QLatin1Char(' ')), QString());
    QCOMPARE(richLabels(page).join(QLatin1Char(' ')), QString());
}

QTEST_MAIN(TestModelsPage)
#include "tst_models_page.moc"
