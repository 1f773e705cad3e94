#include "core/project/run_edits.h"
#include "tests/ui/page_bench.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/compare_section.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/curve_charts.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/models/paired_card.h"
#include "ui/pages/models/quality_charts.h"
#include "ui/pages/models/retrain_section.h"
#include "ui/pages/models/run_columns.h"
#include "ui/pages/models/run_details.h"
#include "ui/pages/models/run_rows.h"
#include "ui/pages/models/run_table.h"
#include "ui/theme/theme.h"
#include "ui/wording/format.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>

#include <algorithm>

using namespace perennial;
using namespace perennial::test;

namespace {

RunFigures made(std::int64_t id, const BehaviorConfig &config, RunState state = RunState::Done)
{
    RunFigures run;
    run.record.id = id;
    run.record.model = "behavior";
    run.record.state = state;
    run.record.config = configToJson(config);
    run.settings["encoder"] =
        '"' + std::string(kUserEncoderWords[static_cast<std::size_t>(config.encoder)]) + '"';
    run.settings["layers"] = std::to_string(config.layers);
    for (int epoch = 1; epoch <= 3; ++epoch) {
        run.epochs.push_back({epoch, "train_loss", 5.0 - epoch});
        run.epochs.push_back({epoch, "valid_loss", epoch == 2 ? 4.0 : 4.5});
        run.epochs.push_back({epoch, "train_wishes", 1.0}); // a head that is not known yet
        run.epochs.push_back({epoch, "valid_wishes", 1.0});
        run.epochs.push_back({epoch, "hr10", 0.1 * epoch});
        run.epochs.push_back({epoch, "wishes_auc", 0.5});
    }
    return withMeasures(std::move(run));
}

std::vector<const RunFigures *> pointers(const std::vector<RunFigures> &runs)
{
    std::vector<const RunFigures *> all;
    for (const RunFigures &run : runs) {
        all.push_back(&run);
    }
    return all;
}

/// Left for people to look at, where PERENNIAL_PICTURES names a folder.
void picture(QWidget &page, const char *name)
{
    const QString folder = qEnvironmentVariable("PERENNIAL_PICTURES");
    if (!folder.isEmpty()) {
        applyTheme(*qApp, ThemeMode::Dark);
        page.resize(1120, 2600);
        QCoreApplication::processEvents();
        page.grab().save(folder + QLatin1Char('/') + QLatin1String(name));
    }
}

bool hasColumn(const RunColumns &table, const QString &title)
{
    return std::ranges::any_of(table.columns,
                               [&](const TableColumn &column) { return column.title == title; });
}

} // namespace

class TestModelsRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bestAndLastAreTold();
    void onlySettingsThatDifferAreColumns();
    void settingsOfAnOldRunLeaveOffWhatItHadNot();
    void filters();
    void degenerateTables();
    void curvesOfEveryHead();
    void curvesOverEachOther();
    void reliabilityIsDrawnWithItsInterval();
    void differencesAreToldFromNoise();
    void figuresOfEveryHeadHaveWords();
    void onlyWhatIsSurelyBestIsBold();
    void detailsOfARun();
    void explainsAUser();
    void anAnswerIsOfTheRunThatStandsThere();
    void anotherProjectChoosesAnew();
    void comparesRuns();
    void aNewListKeepsWhatIsSelected();
    void aValueRunHasNoDetails();
    void retrainsAndReports();
    void everySectionIsAccessible();

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

void TestModelsRuns::initTestCase()
{
    m_shop = m_folder.filePath(QStringLiteral("shop.perennial"));
    QVERIFY(makeSample(m_shop, Sample::Trained, 250).ok());
    auto project = Project::open(m_shop.toStdString(), Project::Access::ReadWrite);
    QVERIFY(project.ok());
    BehaviorConfig other = tinyConfig();
    other.encoder = UserEncoder::Gru;
    other.layers = 2;
    QVERIFY(trainBehaviorModel(*project, other, {}, {}).ok());
}

void TestModelsRuns::bestAndLastAreTold()
{
    const RunFigures run = made(1, {}, RunState::Cancelled);
    QCOMPARE(run.bestEpoch, 2);
    QCOMPARE(run.lastEpoch, 3);
    QCOMPARE(*measuresIn(run, "hr10").best, 0.2);
    QVERIFY(std::abs(*measuresIn(run, "hr10").last - 0.3) < 1e-12);
    QVERIFY(!measuresIn(run, "nothing").best);
    QCOMPARE(bestAndLast(run, "hr10", 2).text, QStringLiteral("0.20 (+0.10)"));
    QCOMPARE(bestAndLast({}, "hr10", 2).text, kMissing);
}

void TestModelsRuns::onlySettingsThatDifferAreColumns()
{
    BehaviorConfig gru;
    gru.encoder = UserEncoder::Gru;
    const std::vector<RunFigures> runs{made(2, gru), made(1, {})};
    QCOMPARE(differingSettings(pointers(runs)), std::vector<std::string>{"encoder"});
    const RunColumns table = runColumnsOf(pointers(runs));
    QVERIFY(hasColumn(table, QStringLiteral("Encoder")));
    QVERIFY(!hasColumn(table, QStringLiteral("Layers")));
    QCOMPARE(table.rows.size(), std::size_t{2});
    QCOMPARE(table.rows.front().size(), table.columns.size());
    QCOMPARE(table.plain.rows.front().size(), table.plain.header.size());
    RunFigures old = made(3, {}); // of a program that did not know the setting
    old.settings["once"] = "1";
    RunFigures now = made(1, {});
    now.settings["click_weight"] = "0.0"; // it was off in the old one too
    std::vector<RunFigures> both{old, now};
    QCOMPARE(differingSettings(pointers(both)), std::vector<std::string>{"once"});
    both.back().settings["click_weight"] = "0.5"; // the default, which the old one had not
    QCOMPARE(differingSettings(pointers(both)), (std::vector<std::string>{"click_weight", "once"}));
    QCOMPARE(settingOf(old, "click_weight"), std::string("0.0"));
    QCOMPARE(defaultSettingOf("click_weight"), std::string("0.5"));
}

void TestModelsRuns::settingsOfAnOldRunLeaveOffWhatItHadNot()
{
    RunRecord run;
    run.config = R"({"until":"2010-06-30","horizon_days":77,"layers":2,"warm_run":3,)"
                 R"("warm_project":"/elsewhere.perennial"})";
    const auto config = settingsOf(run);
    QVERIFY(config.ok());
    QCOMPARE(config->layers, 2);
    QCOMPARE(config->clickWeight, 0.0);
    QCOMPARE(config->purchaseWeight, 0.0);
    QVERIFY(!config->until);
    QCOMPARE(config->horizonDays, 0);
    QVERIFY(config->warmProject.empty());
    QCOMPARE(config->warmRun, std::int64_t{0});
    run.config = R"({"warm_run":3})"; // of its own project
    QCOMPARE(settingsOf(run)->warmRun, std::int64_t{3});
    run.config = "nonsense";
    QVERIFY(!settingsOf(run).ok());
}

void TestModelsRuns::filters()
{
    BehaviorConfig gru;
    gru.encoder = UserEncoder::Gru;
    std::vector<RunFigures> runs{made(2, gru), made(1, {}, RunState::Cancelled)};
    runs[0].record.tags = "baseline";
    const RunColumns table = runColumnsOf(pointers(runs));
    const auto rows = [&](const char *filter) {
        return filteredRows(table, QString::fromLatin1(filter));
    };
    using Rows = std::vector<std::size_t>;
    QCOMPARE(rows(""), (Rows{0, 1}));
    QCOMPARE(rows("GRU"), (Rows{0}));
    QCOMPARE(rows("-cancelled"), (Rows{0}));
    QCOMPARE(rows("baseline gru"), (Rows{0}));
    QCOMPARE(rows("encoder=gru"), (Rows{0}));
    QCOMPARE(rows("hr@10>0.1"), (Rows{0, 1}));
    QCOMPARE(rows("hr@10>0.2"), (Rows{}));
    QCOMPARE(rows("run<=1"), (Rows{1}));
    QCOMPARE(rows("nothing"), (Rows{}));
}

void TestModelsRuns::degenerateTables()
{
    QVERIFY(runColumnsOf({}).rows.empty());
    QVERIFY(valueRunColumns({}).rows.empty());
    RunFigures bare;
    bare.record.model = "behavior";
    bare.record.config = "nonsense";
    bare.record.metrics = "{]";
    const std::vector<RunFigures> runs{bare};
    QCOMPARE(runColumnsOf(pointers(runs)).rows.size(), std::size_t{1});
    QCOMPARE(valueRunColumns(pointers(runs)).rows.size(), std::size_t{1});
    QVERIFY(curveCharts({}).empty());
    QVERIFY(curveCharts({{QStringLiteral("run 1"), {}, 0}}).empty());
}

void TestModelsRuns::curvesOfEveryHead()
{
    const auto charts = curveCharts({{QStringLiteral("run 1"), made(1, {}).epochs, 2}});
    QStringList titles;
    for (const CurveChart &chart : charts) {
        titles << chart.title;
        QVERIFY(hasData(chart.spec));
        QCOMPARE(*std::get<LineChart>(chart.spec.body).markX, 2.0);
    }
    QCOMPARE(titles, QStringList({QStringLiteral("Loss: all heads"), QStringLiteral("Loss: wishes"),
                                  QStringLiteral("Next item"), QStringLiteral("wishes auc")}));
    QCOMPARE(std::get<LineChart>(charts.front().spec.body).series.size(), std::size_t{2});
}

void TestModelsRuns::curvesOverEachOther()
{
    const auto charts = curveCharts({{QStringLiteral("run 1"), made(1, {}).epochs, 2},
                                     {QStringLiteral("run 2"), made(2, {}).epochs, 2}});
    for (const CurveChart &chart : charts) {
        const auto &lines = std::get<LineChart>(chart.spec.body);
        QCOMPARE(lines.series.size(), std::size_t{2});
        QCOMPARE(lines.series[1].name, QStringLiteral("run 2"));
        QVERIFY(lines.series[0].ink != lines.series[1].ink);
        QVERIFY(!lines.markX);
    }
}

void TestModelsRuns::reliabilityIsDrawnWithItsInterval()
{
    HeadQuality head;
    head.head = "churn";
    head.kind = AnswerKind::Chance;
    QVERIFY(!hasData(reliabilitySpec(head)));
    head.reliability = {{10, 0.1, 0.2, {0.05, 0.5}}, {10, 0.8, 0.7, {0.4, 0.9}}};
    const ChartSpec spec = reliabilitySpec(head);
    const auto &chart = std::get<LineChart>(spec.body);
    QVERIFY(chart.diagonal);
    QCOMPARE(chart.series.front().x, (std::vector<double>{0.1, 0.8}));
    QCOMPARE(chart.series.front().upper, (std::vector<double>{0.5, 0.9}));
    QVERIFY(!hasData(tenthsSpec(head, QStringLiteral("£"))));
    head.deciles = {{5, 20, 18}, {5, 2, 3}};
    const ChartSpec tenths = tenthsSpec(head, QStringLiteral("£"));
    QCOMPARE(std::get<LineChart>(tenths.body).series[1].y, (std::vector<double>{18, 3}));
}

void TestModelsRuns::differencesAreToldFromNoise()
{
    RunComparison comparison;
    comparison.a = 1;
    comparison.b = 2;
    HeadPair head;
    head.head = "churn";
    head.kind = AnswerKind::Chance;
    head.users = 50;
    head.figures = {{"auc", 0.7, 0.8, 0.1, Interval{0.05, 0.15}, false, true, false},
                    {"log_loss", 0.5, 0.49, -0.01, Interval{-0.04, 0.02}, true, false, false},
                    {"ece", {}, {}, {}, {}, false, false, false}};
    comparison.heads = {head};
    const auto rows = pairedRows(comparison);
    QCOMPARE(rows.size(), std::size_t{2}); // what neither measured is no row
    QCOMPARE(rows[0][1].toString(), QStringLiteral("Churn AUC"));
    QCOMPARE(rows[0][5].value<MarkedCell>().text, QStringLiteral("+0.1000 [+0.0500, +0.1500]"));
    QVERIFY(rows[0][6].toString().contains(QStringLiteral("better")));
    QVERIFY(rows[1][6].toString().contains(QStringLiteral("noise")));
    QVERIFY(pairedRows({}).empty());
}

void TestModelsRuns::figuresOfEveryHeadHaveWords()
{
    using Better = Measure::Better;
    QCOMPARE(measureOf("purchase_auc").text, QStringLiteral("P(order): AUC"));
    QVERIFY(measureOf("purchase_auc").better == Better::Higher);
    for (const char *name : {"purchase_log_loss", "click_ece", "return_30_brier"}) {
        QVERIFY2(measureOf(name).better == Better::Lower, name);
        QVERIFY2(!measureOf(name).text.contains(QLatin1Char('_')), name);
    }
    QVERIFY(measureOf("return_90_bias").better == Better::NearerZero);
    QCOMPARE(measureOf("return_ece_7").text, QStringLiteral("P(return within 7 days): ECE"));
    QCOMPARE(measureOf("return_ece_7").name, std::string("return_ece_7"));
    QVERIFY(measureOf("return_ece_7").better == Better::Lower);
    QCOMPARE(measureOf("return_concordance").text, QStringLiteral("Return time: concordance"));
    QCOMPARE(measureOf("wishes_auc").text, QStringLiteral("wishes auc")); // not known yet
    RunFigures run = made(1, {});
    HeadQuality click;
    click.head = "click";
    click.figures = {{"log_loss", 0.4, Interval{0.3, 0.5}}};
    run.quality = RunQuality();
    run.quality->heads = {click};
    run = withMeasures(std::move(run));
    const auto measures = measuresOf({&run});
    QVERIFY(std::ranges::any_of(
        measures, [](const Measure &measure) { return measure.name == "click_log_loss"; }));
    QVERIFY(std::ranges::none_of( // of no run
        measures, [](const Measure &measure) { return measure.name == "churn_auc"; }));
}

void TestModelsRuns::onlyWhatIsSurelyBestIsBold()
{
    const auto pair = [](std::int64_t run, bool better, bool worse) {
        RunComparison comparison;
        comparison.a = 1;
        comparison.b = run;
        HeadPair head;
        head.head = "churn";
        FigurePair figure;
        figure.name = "auc";
        figure.isBetter = better;
        figure.isWorse = worse;
        figure.isNoise = !better && !worse;
        head.figures = {figure};
        comparison.heads = {head};
        return comparison;
    };
    const std::vector<std::int64_t> two{1, 2}, three{1, 2, 3};
    QVERIFY(isSurelyBest({pair(2, true, false)}, two, 2, "churn_auc"));
    QVERIFY(!isSurelyBest({pair(2, false, false)}, two, 2, "churn_auc"));
    QVERIFY(isSurelyBest({pair(2, false, true)}, two, 1, "churn_auc"));
    QVERIFY(!isSurelyBest({pair(2, false, true)}, three, 1, "churn_auc")); // 3: not known
    QVERIFY(!isSurelyBest({pair(2, false, true), pair(3, false, false)}, three, 1, "churn_auc"));
    QVERIFY(!isSurelyBest({}, two, 2, "churn_auc"));
    QVERIFY(!isSurelyBest({pair(2, true, false)}, two, 2, "train_loss")); // nobody has compared it
}

void TestModelsRuns::detailsOfARun()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(2);
    auto *settings = called<TableView>(page, QStringLiteral("Settings of the run"));
    auto *measures = called<TableView>(page, QStringLiteral("Measures of the run"));
    QAbstractItemModelTester settingsTester(settings->model());
    QAbstractItemModelTester measuresTester(measures->model());
    QVERIFY(measures->model()->rowCount() >= 8);
    QCOMPARE(settings->model()->rowCount(), static_cast<int>(configFields().size()));
    QCOMPARE(settings->tableModel()->cell(0, 0).toString(), QStringLiteral("Encoder")); // changed
    const auto told = [&](const QString &text) {
        return std::ranges::any_of(page.findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    QVERIFY(told(QStringLiteral("P(no order): fitted by itself"))); // after the best epoch
    QVERIFY(told(QStringLiteral("value: fitted by itself")));
    auto *choice = called<QComboBox>(page, QStringLiteral("Run"));
    QCOMPARE(choice->count(), 2);
    choice->setCurrentIndex(1);
    Q_EMIT choice->activated(1);
    QVERIFY(called<TableView>(page, QStringLiteral("Comparison of models"))->isVisible());
    QVERIFY(settings->tableModel()->cell(0, 0).toString() != QStringLiteral("Encoder"));
}

void TestModelsRuns::explainsAUser()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(2);
    auto *user = called<QLineEdit>(page, QStringLiteral("User to explain"));
    auto *events = called<TableView>(page, QStringLiteral("Events behind the answers"));
    user->setText(QStringLiteral("nobody at all"));
    button(page, QStringLiteral("Explain"))->click();
    bench.settle();
    QVERIFY(!events->isVisible());
    user->setText(QStringLiteral("U-0000001"));
    button(page, QStringLiteral("Explain"))->click();
    bench.settle();
    QVERIFY(events->isVisible());
    QVERIFY(events->model()->rowCount() >= 1);
    picture(page, "explained.png");
    QAbstractItemModelTester tester(events->model());
    QVERIFY(
        called<TableView>(page, QStringLiteral("Features behind the answers"))->model()->rowCount() >
        10);
}

void TestModelsRuns::anAnswerIsOfTheRunThatStandsThere()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(2);
    auto *choice = called<QComboBox>(page, QStringLiteral("Run"));
    auto *events = called<TableView>(page, QStringLiteral("Events behind the answers"));
    called<QLineEdit>(page, QStringLiteral("User to explain"))->setText(QStringLiteral("U-0000001"));
    button(page, QStringLiteral("Explain"))->click();
    choice->setCurrentIndex(1);
    Q_EMIT choice->activated(1); // before the answer came
    bench.settle();
    QVERIFY(!events->isVisible());
    button(page, QStringLiteral("Explain"))->click();
    bench.settle();
    QVERIFY(events->isVisible());
    choice->setCurrentIndex(0);
    Q_EMIT choice->activated(0);
    QVERIFY(!events->isVisible());
    QCOMPARE(events->model()->rowCount(), 0);
}

void TestModelsRuns::anotherProjectChoosesAnew()
{
    const QString other = copyOfShop(QStringLiteral("other.perennial"));
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(2);
    auto *choice = called<QComboBox>(page, QStringLiteral("Run"));
    auto *events = called<TableView>(page, QStringLiteral("Events behind the answers"));
    auto *compare = page.findChild<CompareSection *>();
    const auto usual = compare->compared();
    compare->compare({usual.back(), usual.front()});
    choice->setCurrentIndex(1);
    Q_EMIT choice->activated(1);
    called<QLineEdit>(page, QStringLiteral("User to explain"))->setText(QStringLiteral("U-0000001"));
    button(page, QStringLiteral("Explain"))->click();
    bench.settle();
    QVERIFY(events->isVisible());
    QVERIFY(bench.open(other, Project::Access::ReadOnly)); // its runs have the same numbers
    page.refreshIfStale();
    bench.settle();
    QCOMPARE(compare->compared(), usual);
    QCOMPARE(choice->currentIndex(), 0);
    QVERIFY(!events->isVisible());
}

void TestModelsRuns::comparesRuns()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    auto *runs = called<TableView>(page, QStringLiteral("Runs"));
    auto *compare = button(page, QStringLiteral("Compare runs"));
    QVERIFY(!compare->isEnabled());
    runs->selectAll();
    QVERIFY(compare->isEnabled());
    compare->click();
    auto *settings = called<TableView>(page, QStringLiteral("Settings compared"));
    auto *measures = called<TableView>(page, QStringLiteral("Measures compared"));
    QVERIFY(settings->isVisible());
    QCOMPARE(settings->model()->rowCount(), 2); // encoder, layers
    QCOMPARE(measures->model()->columnCount(), 3);
    QCOMPARE(page.findChild<CompareSection *>()->compared().size(), std::size_t{2});
    const QVariant second = measures->tableModel()->cell(0, 2);
    QVERIFY(second.value<MarkedCell>().text.contains(QLatin1Char('(')));
    bench.settle();
    auto *paired = called<TableView>(page, QStringLiteral("Paired differences"));
    QVERIFY(paired->isVisible());
    QVERIFY(paired->model()->rowCount() > 5);
    QAbstractItemModelTester tester(paired->model());
    picture(page, "compared.png");
    // Bold are no more of the row than the paired comparison tells from noise.
    QStringList bold, sure;
    const TableModel *table = measures->tableModel();
    for (int row = 0; row < table->rowCount(); ++row) {
        for (int column = 1; column < 3; ++column) {
            if (table->cell(row, column).value<MarkedCell>().tone == MarkedCell::Tone::Strong) {
                bold << table->cell(row, 0).value<MarkedCell>().text;
            }
        }
    }
    const TableModel *pairs = paired->tableModel();
    for (int row = 0; row < pairs->rowCount(); ++row) {
        const QString verdict = pairs->cell(row, 6).toString();
        if (!verdict.isEmpty() && !verdict.contains(QStringLiteral("noise"))) {
            sure << pairs->cell(row, 1).toString();
        }
    }
    for (const QString &figure : bold) {
        QVERIFY2(sure.contains(figure), qPrintable(figure));
    }
    page.findChild<CompareSection *>()->compare({});
    QVERIFY(!settings->isVisible());
}

void TestModelsRuns::aNewListKeepsWhatIsSelected()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    auto *runs = called<TableView>(page, QStringLiteral("Runs"));
    runs->selectAll();
    QCOMPARE(runs->selectionModel()->selectedRows().size(), 2);
    bench.session.notifyDataChanged();
    bench.settle();
    QCOMPARE(runs->selectionModel()->selectedRows().size(), 2);
    QVERIFY(button(page, QStringLiteral("Compare runs"))->isEnabled());
}

void TestModelsRuns::aValueRunHasNoDetails()
{
    Bench bench;
    QVERIFY(bench.open(m_shop, Project::Access::ReadOnly));
    ModelsPage page(bench.context);
    bench.show(page);
    page.showSection(1);
    auto *runs = called<TableView>(page, QStringLiteral("Runs"));
    QSignalSpy opened(page.findChild<RunTable *>(), &RunTable::openAsked);
    runs->selectRow(0);
    Q_EMIT runs->rowActivated(0);
    QCOMPARE(opened.count(), 1);
    page.showSection(1);
    button(page, QStringLiteral("Value models"))->click();
    QVERIFY(runs->model()->rowCount() > 0);
    runs->selectRow(0);
    Q_EMIT runs->rowActivated(0);
    QCOMPARE(opened.count(), 1);
}

void TestModelsRuns::retrainsAndReports()
{
    const QString path = copyOfShop(QStringLiteral("retrained.perennial"));
    Bench bench;
    QVERIFY(bench.open(path));
    ProjectSettings settings = bench.session.settings();
    settings.horizonDays = 45;
    QVERIFY(bench.session.setSettings(settings).ok());
    ModelsPage page(bench.context);
    bench.show(page);
    const auto before = readChampion(bench.session.project(), "behavior")->id;
    page.showSection(4);
    button(page, QStringLiteral("Retrain now"))->click();
    bench.settle();
    bench.settle();
    QVERIFY2(bench.navigator.errors.isEmpty(),
             bench.navigator.errors.join(QLatin1Char(' ')).toUtf8().constData());
    const auto after = readChampion(bench.session.project(), "behavior");
    QVERIFY(after->id != before);
    const BehaviorConfig config = *configFromJson(after->config);
    QCOMPARE(config.encoder, UserEncoder::Gru);
    QCOMPARE(config.warmRun, before);
    QCOMPARE(config.horizonDays, 45); // the project's by now
    page.showSection(4);
    auto *measures = called<TableView>(page, QStringLiteral("Measures before and after"));
    QVERIFY(measures->isVisible());
    QVERIFY(measures->model()->rowCount() >= 5);
    picture(page, "retrained.png");
    QVERIFY(button(page, QStringLiteral("Accept run %1").arg(after->id))->isVisible());
    button(page, QStringLiteral("Keep run %1").arg(before))->click();
    bench.settle();
    QCOMPARE(readChampion(bench.session.project(), "behavior")->id, before);
    QVERIFY(measures->isVisible()); // the report is of these two still
    const auto third = trainBehaviorModel(bench.session.project(), tinyConfig(), {}, {});
    QVERIFY(third.ok());
    bench.session.notifyDataChanged();
    bench.settle();
    QVERIFY(!measures->isVisible());
    const QString beside = QStringLiteral("Run %1 beside run %2").arg(third->run).arg(before);
    QVERIFY(std::ranges::any_of(page.findChildren<QLabel *>(), [&](const QLabel *label) {
        return label->isVisible() && label->text().startsWith(beside);
    }));
    QVERIFY(button(page, QStringLiteral("Keep run %1").arg(before))->isVisible());
}

void TestModelsRuns::everySectionIsAccessible()
{
    Bench bench;
    QVERIFY(bench.open(m_shop));
    ModelsPage page(bench.context);
    bench.show(page);
    for (int section = 0; section < page.sections().size(); ++section) {
        page.showSection(section);
        QCOMPARE(unnamedControls(page).join(QLatin1Char(' ')), QString());
        QCOMPARE(richLabels(page).join(QLatin1Char(' ')), QString());
    }
}

QTEST_MAIN(TestModelsRuns)
#include "tst_models_runs.moc"
