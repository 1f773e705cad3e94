#include "core/project/run_store.h"
#include "tests/ui/page_bench.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/curve_grid.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/models/training_job.h"
#include "ui/widgets/empty_state.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

using namespace perennial;
using namespace perennial::test;

class TestModelsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noProjectAndEmptyProject();
    void untrainedProject();
    void trainsWithLiveCurves();
    void cancelLeavesTheChampion();
    void pauseWaitsForTheEpochAndResumes();
    void pauseNowStopsAtOnce();
    void rollsBackTheChampion();
    void notesAndDeletingAreUndone();
    void whatIsBeingTypedOutlivesANewList();
    void theChampionIsNotDeletedUnasked();
    void settingsOfARunGoIntoTheForm();
    void readOnlyKeepsItsHands();
    void accessible();

private:
    QAbstractButton *startButton(const ModelsPage &page)
    {
        return button(page, QStringLiteral("Start training"));
    }
    bool curvesShown(const ModelsPage &page)
    {
        const auto *card = page.findChild<CurveGrid *>()->findChild<ChartCard *>();
        return card && hasData(const_cast<ChartCard *>(card)->view().spec());
    }
    /// Of the first curve of a chart that is shown; 0 where there is none of that title.
    std::size_t pointsOf(const ModelsPage &page, const QString &title)
    {
        for (ChartCard *card : page.findChild<CurveGrid *>()->findChildren<ChartCard *>()) {
            const auto *chart = std::get_if<LineChart>(&card->view().spec().body);
            if (card->isVisible() && card->title() == title && chart && !chart->series.empty()) {
                return chart->series.front().x.size();
            }
        }
        return 0;
    }
    TableView *runTable(const ModelsPage &page)
    {
        return called<TableView>(page, QStringLiteral("Runs"));
    }
    /// Which of these buttons can be pressed for one run of the table or another.
    QStringList enabledFor(const ModelsPage &page, const QStringList &buttons)
    {
        QStringList enabled;
        for (int row = 0; row < runTable(page)->model()->rowCount(); ++row) {
            runTable(page)->selectRow(row);
            for (const QString &text : buttons) {
                if (button(page, text)->isEnabled() && !enabled.contains(text)) {
                    enabled << text;
                }
            }
        }
        enabled.sort();
        return enabled;
    }
    /// Row of a run in the table of behaviour runs.
    int rowOf(const ModelsPage &page, std::int64_t run)
    {
        const TableModel *model = runTable(page)->tableModel();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->cell(row, 0).toLongLong() == run) {
                return row;
            }
        }
        return -1;
    }
    BehaviorConfig longConfig()
    {
        BehaviorConfig config = tinyConfig();
        config.epochs = 5000;
        config.patience = 1000;
        return config;
    }
    QTemporaryDir m_folder;
    QString m_shop;
};

void TestModelsPage::initTestCase()
{
    m_shop = m_folder.filePath(QStringLiteral("shop.perennial"));
    QVERIFY(makeSample(m_shop, Sample::Scored, 250).ok());
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
    QCOMPARE(runTable(page)->model()->rowCount(), 0);
    page.showSection(1);
    button(page, QStringLiteral("Value models"))->click();
    QVERIFY(runTable(page)->model()->rowCount() >= 1); // the fits of the scoring
    QAbstractItemModelTester tester(runTable(page)->model());
    QVERIFY(startButton(page)->isEnabled());
    QVERIFY(!curvesShown(page));
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
    std::vector<std::size_t> drawn; // points of the loss as each epoch comes
    auto *job = page.findChild<TrainingJob *>();
    connect(job, &TrainingJob::epochDone, &page, [&] {
        QVERIFY(job->isRunning());
        drawn.push_back(pointsOf(page, QStringLiteral("Loss: all heads")));
    });
    startButton(page)->click();
    QVERIFY(!startButton(page)->isVisible());
    QVERIFY(button(page, QStringLiteral("Cancel"))->isVisible());
    QVERIFY(!form->isEnabled());
    bench.settle();
    bench.settle();
    QVERIFY(bench.navigator.errors.isEmpty());
    QCOMPARE(drawn, (std::vector<std::size_t>{0, 1, 2}));
    for (const char *title : {"Loss: all heads", "Loss: next item", "Loss: churn", "Loss: value",
                              "Loss: click", "Loss: return time", "Next item",
                              "Churn: AUC and log loss", "Value: Spearman and bias"}) {
        QVERIFY2(pointsOf(page, QLatin1String(title)) == 2, title);
    }
    QVERIFY(startButton(page)->isEnabled());
    QVERIFY(page.answer().contains(QStringLiteral("in use")));
    QCOMPARE(runTable(page)->model()->rowCount(), 1);
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
    page.findChild<BehaviorConfigForm *>()->setConfig(longConfig());
    startButton(page)->click();
    QTRY_VERIFY_WITH_TIMEOUT(curvesShown(page), 20000); // an epoch came through
    button(page, QStringLiteral("Cancel"))->click();
    bench.settle();
    const auto after = readChampion(bench.session.project(), "behavior");
    QVERIFY(after.ok());
    QCOMPARE(after->id, before->id);
    const auto runs = readRuns(bench.session.project());
    QCOMPARE(runs->front().state, RunState::Cancelled);
    QVERIFY(bench.navigator.errors.isEmpty());
}

void TestModelsPage::pauseWaitsForTheEpochAndResumes()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    BehaviorConfig config = tinyConfig();
    config.epochs = 40;
    config.patience = 40;
    page.findChild<BehaviorConfigForm *>()->setConfig(config);
    startButton(page)->click();
    button(page, QStringLiteral("Pause"))->click(); // before the first epoch has ended
    bench.settle();
    const auto paused = readRuns(bench.session.project())->front();
    QCOMPARE(paused.state, RunState::Cancelled);
    const auto epochs = *readEpochs(bench.session.project(), paused.id);
    QVERIFY(!epochs.empty()); // it waited
    QVERIFY(epochs.back().epoch < 40);
    auto *resume = button(page, QStringLiteral("Resume run %1").arg(paused.id));
    QVERIFY(resume && resume->isVisible());
    resume->click();
    QVERIFY(curvesShown(page)); // of the epochs before
    bench.settle();
    bench.settle();
    QVERIFY(bench.navigator.errors.isEmpty());
    QCOMPARE(readRun(bench.session.project(), paused.id)->state, RunState::Done);
    QCOMPARE(readEpochs(bench.session.project(), paused.id)->back().epoch, 40);
}

void TestModelsPage::pauseNowStopsAtOnce()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    page.findChild<BehaviorConfigForm *>()->setConfig(longConfig());
    startButton(page)->click();
    // stopped while it still reads the events it would leave no run
    const auto hasBegun = [&] {
        const auto runs = readRuns(bench.session.project());
        return !runs->empty() && runs->front().state == RunState::Running;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasBegun(), 20000);
    button(page, QStringLiteral("Pause"))->click();
    button(page, QStringLiteral("Pause now"))->click();
    bench.settle();
    QVERIFY(startButton(page)->isVisible());
    QVERIFY(bench.navigator.errors.isEmpty());
    const auto runs = readRuns(bench.session.project());
    QCOMPARE(runs->front().state, RunState::Cancelled);
    QVERIFY(button(page, QStringLiteral("Resume run %1").arg(runs->front().id))->isVisible());
}

void TestModelsPage::rollsBackTheChampion()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    QVERIFY(trainBehaviorModel(bench.session.project(), tinyConfig(), {}, {}).ok());
    const auto newest = readChampion(bench.session.project(), "behavior")->id;
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    std::int64_t older = 0;
    for (const RunRecord &run : *readRuns(bench.session.project())) {
        older = run.model == "behavior" && run.state == RunState::Done && !run.champion ? run.id
                                                                                        : older;
    }
    QVERIFY(older > 0);
    auto *make = button(page, QStringLiteral("Make champion"));
    QVERIFY(!make->isEnabled());
    runTable(page)->selectRow(rowOf(page, older));
    QVERIFY(make->isEnabled());
    make->click();
    bench.settle();
    QCOMPARE(readChampion(bench.session.project(), "behavior")->id, older);
    auto *back = button(page, QStringLiteral("Roll back to run %1").arg(newest));
    QVERIFY(back && back->isEnabled());
    back->click();
    bench.settle();
    QCOMPARE(readChampion(bench.session.project(), "behavior")->id, newest);
    button(page, QStringLiteral("Undo"))->click();
    bench.settle();
    QCOMPARE(readChampion(bench.session.project(), "behavior")->id, older);
}

void TestModelsPage::notesAndDeletingAreUndone()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    Project &project = bench.session.project();
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    std::int64_t run = 0;
    for (const RunRecord &record : *readRuns(project)) {
        run = record.model == "behavior" && !record.champion ? record.id : run;
    }
    runTable(page)->selectRow(rowOf(page, run));
    auto *note = called<QLineEdit>(page, QStringLiteral("Note"));
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("<i>too short</i>"));
    QTest::keyClick(note, Qt::Key_Return);
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string("<i>too short</i>"));
    QCOMPARE(note->text(), QStringLiteral("<i>too short</i>")); // still selected
    const int rows = runTable(page)->model()->rowCount();
    button(page, QStringLiteral("Delete"))->click();
    bench.settle();
    QVERIFY(!readRun(project, run).ok());
    QCOMPARE(runTable(page)->model()->rowCount(), rows - 1);
    auto *undo = button(page, QStringLiteral("Undo"));
    undo->click();
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string("<i>too short</i>"));
    undo->click();
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string());
    button(page, QStringLiteral("Redo"))->click();
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string("<i>too short</i>"));
}

void TestModelsPage::whatIsBeingTypedOutlivesANewList()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    Project &project = bench.session.project();
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    const auto run = readChampion(project, "behavior")->id;
    runTable(page)->selectRow(rowOf(page, run));
    auto *note = called<QLineEdit>(page, QStringLiteral("Note"));
    auto *tags = called<QLineEdit>(page, QStringLiteral("Tags"));
    const auto type = [](QLineEdit *edit, const char *text) {
        edit->selectAll();
        QTest::keyClicks(edit, QLatin1String(text));
    };
    type(note, "one");
    bench.session.notifyDataChanged(); // as any job that ends does
    bench.settle();
    QCOMPARE(note->text(), QStringLiteral("one"));
    QTest::keyClick(note, Qt::Key_Return);
    type(tags, "half a t"); // while the note is being written
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string("one"));
    QCOMPARE(tags->text(), QStringLiteral("half a t"));
    type(note, "two");
    QTest::keyClick(note, Qt::Key_Return);
    type(note, "three"); // before the list knows of the second
    QTest::keyClick(note, Qt::Key_Return);
    bench.settle();
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string("three"));
    QCOMPARE(readRun(project, run)->tags, std::string("half a t"));
    button(page, QStringLiteral("Undo"))->click();
    bench.settle();
    QCOMPARE(readRun(project, run)->note, std::string("two"));
}

void TestModelsPage::theChampionIsNotDeletedUnasked()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    const Project &project = bench.session.project();
    const auto champion = readChampion(project, "behavior")->id;
    const auto ask = [&] {
        runTable(page)->selectRow(rowOf(page, champion));
        button(page, QStringLiteral("Delete"))->click();
        bench.settle();
        return page.findChild<QMessageBox *>();
    };
    auto *box = ask();
    QVERIFY(box && box->text().contains(QStringLiteral("Run %1 ").arg(champion)));
    QVERIFY(readRun(project, champion).ok()); // not before the answer
    QCOMPARE(static_cast<QAbstractButton *>(box->defaultButton()),
             box->button(QMessageBox::Cancel));
    box->reject();
    bench.settle();
    QCOMPARE(readChampion(project, "behavior")->id, champion);
    QVERIFY(rowOf(page, champion) >= 0);
    box = ask();
    button(*box, QStringLiteral("Delete"))->click();
    bench.settle();
    bench.settle();
    QVERIFY(!readRun(project, champion).ok());
    QCOMPARE(rowOf(page, champion), -1);
    button(page, QStringLiteral("Undo"))->click();
    bench.settle();
    bench.settle();
    QCOMPARE(readChampion(project, "behavior")->id, champion);
}

void TestModelsPage::settingsOfARunGoIntoTheForm()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    const auto champion = readChampion(bench.session.project(), "behavior");
    runTable(page)->selectRow(rowOf(page, champion->id));
    const BehaviorConfig before = page.findChild<BehaviorConfigForm *>()->config();
    button(page, QStringLiteral("Use its settings"))->click();
    BehaviorConfig expected = *configFromJson(champion->config);
    QVERIFY(expected.horizonDays > 0);
    expected.until.reset();
    expected.horizonDays = 0; // the project's
    QVERIFY(expected != before);
    QCOMPARE(page.findChild<BehaviorConfigForm *>()->config(), expected);
}

void TestModelsPage::readOnlyKeepsItsHands()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    QVERIFY(!startButton(page)->isEnabled());
    QVERIFY(startButton(page)->toolTip().contains(QStringLiteral("read-only")));
    page.showSection(1);
    const QStringList writing{QStringLiteral("Make champion"), QStringLiteral("Delete"),
                              QStringLiteral("Resume"), QStringLiteral("Undo")};
    QCOMPARE(enabledFor(page, writing), QStringList());
    QVERIFY(!called<QLineEdit>(page, QStringLiteral("Note"))->isEnabled());
    Bench writer;
    QVERIFY(writer.open(m_shop));
    ModelsPage writable(writer.context);
    writer.show(writable);
    QCOMPARE(enabledFor(writable, writing), // there are runs that each of them is for
             QStringList({QStringLiteral("Delete"), QStringLiteral("Make champion"),
                          QStringLiteral("Resume")}));
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
