#include "core/project/run_edits.h"
#include "tests/ui/page_bench.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/compare_section.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/folds_section.h"
#include "ui/pages/models/group_card.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/models/quality_charts.h"
#include "ui/pages/models/run_details.h"
#include "ui/pages/models/training_panel.h"
#include "ui/wording/format.h"

#include <QAbstractItemModelTester>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

GroupQuality group(const std::string &name, std::int64_t users, std::optional<double> hr10)
{
    HeadQuality head;
    head.head = "next_item";
    head.users = users;
    head.figures = {{"hr10", hr10, Interval{0.1, 0.3}}, {"mrr", 0.05, {}}};
    return {name, users, users < 30, {head}};
}

FoldRow fold(int number, double hr10)
{
    FoldRow row;
    row.fold = number;
    row.cut = 14'000;
    row.users = 10;
    row.seconds = 2;
    HeadQuality head;
    head.head = "next_item";
    head.figures = {{"hr10", hr10, {}}};
    row.heads = {head};
    return row;
}

QString shown(const QVariant &cell)
{
    return cell.canConvert<MarkedCell>() ? cell.value<MarkedCell>().text : cell.toString();
}

} // namespace

class TestModelsGroups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oneRunHasAColumnPerHead();
    void severalRunsStandSideBySide();
    void nothingToShow();
    void groupsAreThoseOfTheCommandLine();
    void comparedRunsByGroup();
    void chartsOfQualityAreWideAndInTheirUnits();
    void anAttributeThatIsGone();
    void foldsAsTables();
    void crossValidatesAndStoresNothing();
    void cancelledFolds();
    void anotherProjectForgetsTheFolds();
    void startsFromAnotherProject();
    void everyControlHasAName();

private:
    QString copyOfShop(const QString &name)
    {
        const QString path = m_folder.filePath(name);
        QFile::copy(m_shop, path);
        return path;
    }
    QTemporaryDir m_folder;
    QString m_shop; ///< with two runs
};

void TestModelsGroups::initTestCase()
{
    m_shop = m_folder.filePath(QStringLiteral("shop.perennial"));
    QVERIFY(makeSample(m_shop, Sample::Trained, 250).ok());
    auto project = Project::open(m_shop.toStdString(), Project::Access::ReadWrite);
    BehaviorConfig other = tinyConfig();
    other.encoder = UserEncoder::Gru;
    QVERIFY(project.ok() && trainAndCompare(*project, other, {}, {}).ok());
}

void TestModelsGroups::oneRunHasAColumnPerHead()
{
    GroupComparison groups;
    groups.by = "history";
    groups.runs.push_back({3, std::vector{group("2-4", 80, 0.2), group("", 4, {})}});
    const auto columns = groupColumns(groups, {});
    QCOMPARE(columns.size(), std::size_t{3});
    QCOMPARE(columns[0].title, QStringLiteral("Events so far"));
    QCOMPARE(columns[2].title, QStringLiteral("HR@10"));
    const auto rows = groupRows(groups, {});
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(shown(rows[0][0]), QStringLiteral("2–4 events"));
    QCOMPARE(rows[0][1].toLongLong(), qint64{80});
    QCOMPARE(shown(rows[0][2]), QStringLiteral("0.2000 [0.1000, 0.3000]"));
    QCOMPARE(shown(rows[1][0]), QStringLiteral("⚠ not known")); // few, and said so
    QVERIFY(!rows[1][2].isValid());
}

void TestModelsGroups::severalRunsStandSideBySide()
{
    GroupComparison groups;
    groups.by = "channel";
    groups.runs.push_back({1, std::vector{group("ads", 80, 0.2)}});
    groups.runs.push_back({2, std::vector{group("ads", 70, 0.3), group("<b>", 40, 0.1)}});
    groups.runs.push_back({5, fail(ErrorCode::NotTrained, "answers", "5")});
    QCOMPARE(groupColumns(groups, "next_item/hr10").size(), std::size_t{5});
    const auto rows = groupRows(groups, "next_item/hr10");
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(shown(rows[0][3]), QStringLiteral("0.3000 [0.1000, 0.3000]"));
    QCOMPARE(shown(rows[1][0]), QStringLiteral("<b>")); // data, as they stand
    QVERIFY(!rows[1][2].isValid() && !rows[1][4].isValid());
    QCOMPARE(shown(groupRows(groups, "next_item/mrr")[0][2]), QStringLiteral("0.0500"));
    QVERIFY(!groupRows(groups, "nonsense")[0][2].isValid());
}

void TestModelsGroups::nothingToShow()
{
    QVERIFY(groupRows({}, {}).empty());
    QVERIFY(foldRows({}).empty());
    QVERIFY(foldMeanRows({}).empty());
    GroupComparison nan;
    nan.by = "stage";
    nan.runs.push_back(
        {1, std::vector{group("loyal", 80, std::numeric_limits<double>::quiet_NaN())}});
    QVERIFY(shown(groupRows(nan, {})[0][2]).startsWith(kMissing));
    QCOMPARE(shown(groupRows(nan, {})[0][0]), QStringLiteral("Loyal"));
}

void TestModelsGroups::groupsAreThoseOfTheCommandLine()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(2);
    bench.settle();
    auto *card = page.findChild<RunDetails *>()->findChild<GroupCard *>();
    const auto *table = card->findChild<TableView *>();
    const auto used = readChampion(bench.session.project(), "behavior")->id;
    const auto answers = readAnswers(bench.session.project(), used);
    const auto expected = [&](const std::string &by) {
        const auto groups = userGroups(bench.session.project(), *answers, by, {});
        return *groupQuality(*answers, *groups, {}, {});
    };
    const auto stages = expected("stage");
    QCOMPARE(table->model()->rowCount(), static_cast<int>(stages.size()));
    const MeasuredFigure *hr10 = stages.front().heads.front().figure("hr10");
    QVERIFY(hr10 && hr10->value);
    QVERIFY(shown(table->tableModel()->cell(0, 2)).startsWith(fullText(*hr10->value, 4)));
    auto *by = called<QComboBox>(*card, QStringLiteral("Groups by"));
    by->setCurrentIndex(by->findData(QStringLiteral("history")));
    Q_EMIT by->activated(by->currentIndex());
    bench.settle();
    QCOMPARE(table->model()->rowCount(), static_cast<int>(expected("history").size()));
    QCOMPARE(by->currentData().toString(), QStringLiteral("history"));
    QAbstractItemModelTester tester(table->model());
}

void TestModelsGroups::comparedRunsByGroup()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(3);
    bench.settle();
    auto *card = page.findChild<CompareSection *>()->findChild<GroupCard *>();
    const auto *table = card->findChild<TableView *>();
    QCOMPARE(table->model()->columnCount(), 4); // group, users, two runs
    auto *figure = called<QComboBox>(*card, QStringLiteral("Figure of the groups"));
    QVERIFY(figure->isVisible());
    const QString before = shown(table->tableModel()->cell(0, 2));
    figure->setCurrentIndex(figure->findData(QStringLiteral("value/mae")));
    Q_EMIT figure->activated(figure->currentIndex());
    QVERIFY(shown(table->tableModel()->cell(0, 2)) != before);
}

void TestModelsGroups::chartsOfQualityAreWideAndInTheirUnits()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(2);
    bench.settle();
    QStringList units;
    int charts = 0;
    for (ChartCard *card : page.findChild<QualityCharts *>()->findChildren<ChartCard *>()) {
        QVERIFY2(card->width() >= 300, qPrintable(card->title()));
        ++charts;
        const auto &y = std::get<LineChart>(card->view().spec().body).y.title;
        if (card->title().startsWith(QStringLiteral("Predicted and actual"))) {
            units << y.section(QStringLiteral(", "), 1);
        }
    }
    QVERIFY(charts > 4); // more than stand side by side
    QCOMPARE(units, QStringList({QStringLiteral("$"), QStringLiteral("days")}));
}

void TestModelsGroups::anAttributeThatIsGone()
{
    const auto project = Project::open(m_shop.toStdString(), Project::Access::ReadOnly);
    const auto used = readChampion(*project, "behavior")->id;
    const auto groups = readGroups(*project, {used, 99}, "shoe size", {});
    QVERIFY(groups.ok());
    QCOMPARE(groups->by, std::string("stage"));
    QVERIFY(groups->runs[0].groups.ok());
    QCOMPARE(groups->runs[1].groups.error().code, ErrorCode::NotTrained);
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = readGroups(*project, {used}, "stage", Task(stop.get_token(), {}));
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
}

void TestModelsGroups::foldsAsTables()
{
    FoldRow failed;
    failed.fold = 2;
    failed.error = fail(ErrorCode::TooLittleData, "1", "users");
    const std::vector<FoldRow> rows{fold(1, 0.25), failed};
    const auto columns = foldColumns(rows);
    QCOMPARE(columns.size(), std::size_t{8});
    const auto cells = foldRows(rows);
    QCOMPARE(cells[0][6].toDouble(), 0.25);
    QVERIFY(!cells[1][6].isValid());
    QVERIFY(!cells[1][7].toString().isEmpty()); // why not
    FoldsResult result;
    result.heads = {{"next_item", AnswerKind::Rank, {{"hr10", 2, 0.25, 0.05, 0.2, 0.3},
                                                     {"mrr", 0, 0, {}, 0, 0}}}};
    const auto means = foldMeanRows(result);
    QCOMPARE(means.size(), std::size_t{1}); // what no fold has is no row
    QCOMPARE(shown(means[0][1]), QStringLiteral("0.2500"));
    QCOMPARE(shown(means[0][2]), QStringLiteral("0.0500"));
}

void TestModelsGroups::crossValidatesAndStoresNothing()
{
    Bench bench;
    QVERIFY(bench.open(copyOfShop(QStringLiteral("folds.perennial"))));
    ModelsPage page(bench.context);
    bench.show(page);
    BehaviorConfig config = tinyConfig();
    config.epochs = 1;
    config.warmRun = 1; // has seen what the folds hold out: they begin at random
    page.findChild<BehaviorConfigForm *>()->setConfig(config);
    const auto before = readRuns(bench.session.project())->size();
    page.showSection(5);
    called<QSpinBox>(page, QStringLiteral("Number of folds"))->setValue(2);
    button(page, QStringLiteral("Cross-validate"))->click();
    auto *section = page.findChild<FoldsSection *>();
    QVERIFY(section->isRunning() && !section->canStart());
    QVERIFY(button(page, QStringLiteral("Cancel the folds"))->isVisible());
    bench.settle();
    QCOMPARE(called<TableView>(page, QStringLiteral("Folds"))->model()->rowCount(), 2);
    QVERIFY(called<TableView>(page, QStringLiteral("Figures over folds"))->model()->rowCount() > 5);
    QCOMPARE(readRuns(bench.session.project())->size(), before);
    QVERIFY(section->canStart());
    config.warmRun = 0;
    FoldOptions options;
    options.folds = 2;
    const auto result = crossValidate(bench.session.project(), config, options, {}, {});
    QVERIFY(result.ok()); // the same numbers without the window
    QCOMPARE(shown(called<TableView>(page, QStringLiteral("Figures over folds"))
                       ->tableModel()
                       ->cell(0, 1)),
             fullText(result->heads.front().figures.front().mean, 4));
}

void TestModelsGroups::cancelledFolds()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    BehaviorConfig config = tinyConfig();
    config.epochs = 5000;
    config.patience = 5000;
    page.findChild<BehaviorConfigForm *>()->setConfig(config);
    page.showSection(5);
    button(page, QStringLiteral("Cross-validate"))->click();
    button(page, QStringLiteral("Cancel the folds"))->click();
    bench.settle();
    QVERIFY(!page.findChild<FoldsSection *>()->isRunning());
    QVERIFY(!button(page, QStringLiteral("Cancel the folds"))->isVisible());
    QVERIFY(bench.navigator.errors.isEmpty());
}

void TestModelsGroups::anotherProjectForgetsTheFolds()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    BehaviorConfig config = tinyConfig();
    config.epochs = 1;
    page.findChild<BehaviorConfigForm *>()->setConfig(config);
    called<QSpinBox>(page, QStringLiteral("Number of folds"))->setValue(2);
    page.showSection(5);
    page.findChild<FoldsSection *>()->start();
    bench.settle();
    QCOMPARE(called<TableView>(page, QStringLiteral("Folds"))->model()->rowCount(), 2);
    QVERIFY(bench.open(copyOfShop(QStringLiteral("second.perennial"))));
    bench.settle();
    QCOMPARE(called<TableView>(page, QStringLiteral("Folds"))->model()->rowCount(), 0);
}

void TestModelsGroups::startsFromAnotherProject()
{
    Bench bench;
    QVERIFY(bench.open(copyOfShop(QStringLiteral("new.perennial"))));
    ModelsPage page(bench.context);
    bench.show(page);
    auto *form = page.findChild<BehaviorConfigForm *>();
    form->setConfig(tinyConfig());
    page.findChild<TrainingPanel *>()->offerRunsOf(m_folder.filePath(QStringLiteral("none")));
    bench.settle();
    QCOMPARE(bench.navigator.errors.size(), 1); // said; the form is as it was
    QCOMPARE(form->config(), tinyConfig());
    page.findChild<TrainingPanel *>()->offerRunsOf(m_shop);
    bench.settle();
    QCOMPARE(QString::fromStdString(form->config().warmProject), m_shop);
    QCOMPARE(form->config().warmRun, readRuns(bench.session.project())->front().id);
    button(page, QStringLiteral("Start training"))->click();
    bench.settle();
    bench.settle();
    QCOMPARE(bench.navigator.errors.size(), 1);
    const auto newest = readRuns(bench.session.project())->front();
    const auto config = configOfRun(newest.config);
    QCOMPARE(QString::fromStdString(config->warmProject), m_shop);
    page.showSection(2);
    auto *choice = called<QComboBox>(page, QStringLiteral("Run"));
    choice->setCurrentIndex(0); // the newest
    Q_EMIT choice->activated(0);
    const auto *settings = called<TableView>(page, QStringLiteral("Settings of the run"));
    QStringList values;
    for (int row = 0; row < settings->model()->rowCount(); ++row) {
        values << settings->model()->index(row, 1).data().toString();
    }
    QVERIFY(values.join(QLatin1Char('\n')).contains(QStringLiteral("of shop.perennial")));
}

void TestModelsGroups::everyControlHasAName()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    for (int section = 0; section < page.sections().size(); ++section) {
        page.showSection(section);
        bench.settle();
    }
    QCOMPARE(unnamedControls(page).join(QLatin1Char(' ')), QString());
    QCOMPARE(richLabels(page).join(QLatin1Char(' ')), QString());
}

QTEST_MAIN(TestModelsGroups)
#include "tst_models_groups.moc"
