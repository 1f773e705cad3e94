#include "ui/pages/churn/quality_section.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/churn/churn_charts.h"
#include "ui/wording/churn_words.h"
#include "ui/wording/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kTrialGroup = QStringLiteral("churn-trial");
constexpr int kChartHeight = 320;
/// As the columns of the table from the fourth on.
constexpr std::array<std::string_view, 8> kFigures{
    "auc", "average_precision", "brier", "ipcw_brier", "log_loss", "ece", "bias", "c_index"};
/// In a project of more users the figures come first, and what chance could do to them after.
constexpr std::int64_t kFewUsers = 50'000;

QVariant figureCell(const TrialMethod &method, std::string_view name)
{
    const TrialFigure *figure = method.figure(name);
    if (!figure || !figure->figure.value) {
        return {};
    }
    const ScoredFigure &of = figure->figure;
    const QString interval =
        of.interval ? QStringLiteral("%1 %2").arg(fullText(*of.value, 4),
                                                  boundsText(of.interval->lower,
                                                             of.interval->upper, 4))
                    : fullText(*of.value, 4);
    const auto tone = of.isBest      ? MarkedCell::Tone::Strong
                      : of.isWorse() ? MarkedCell::Tone::Quiet
                                     : MarkedCell::Tone::Plain;
    return QVariant::fromValue(MarkedCell{fullText(*of.value, 4), *of.value, tone, interval});
}

} // namespace

std::vector<std::pair<const RiskTrial *, const TrialMethod *>> TrialFigures::methods() const
{
    std::vector<std::pair<const RiskTrial *, const TrialMethod *>> all;
    for (const RiskTrial *of : {trial.get(), behavior.get()}) {
        for (std::size_t k = 0; of && k < of->methods.size(); ++k) {
            all.emplace_back(of, &of->methods[k]);
        }
    }
    return all;
}

Result<std::shared_ptr<const TrialFigures>> readTrialFigures(const Project &project,
                                                             const Segment &segment,
                                                             ChurnShelf &shelf, int replicates,
                                                             const Task &task)
{
    const auto within = segment->users(project, task);
    if (!within) {
        return within.error();
    }
    TrialOptions asked;
    asked.within = *within;
    asked.replicates = replicates;
    const auto trial = shelf.trial(project, asked, task.part(0.0, 0.9));
    if (!trial) {
        return trial.error();
    }
    const auto behavior = behaviorTrial(project, asked, task.part(0.9, 1.0));
    if (!behavior) {
        return behavior.error();
    }
    return std::make_shared<const TrialFigures>(TrialFigures{*trial, *behavior});
}

QualitySection::QualitySection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    setUpTable();
    setUpCharts();
    addRow({{m_table, 1}});
    addRow({{m_calibration, 1}, {m_gain, 1}});
    addRow({{m_precision, 1}, {m_gains, 1}});
}

void QualitySection::setUpCharts()
{
    m_calibration = makeChart(
        tr("Calibration"),
        tr("Customers in ten classes of like risk, of one mass: the mean risk against the share "
           "that ordered nothing, with 95 % intervals (Wilson). On the diagonal the risks are "
           "right."));
    m_gain = makeChart(
        tr("Gain"),
        tr("Who is contacted first, by risk: which share of all who left is among the first so "
           "many of the customers. The diagonal is a random choice. Customers of equal risk are "
           "never parted."));
    m_precision = makeChart(
        tr("Precision and recall"),
        tr("Who is contacted first, by risk. Recall: which share of all who left is among them. "
           "Precision: which share of them left. The level line is a random choice: the share of "
           "all customers that left. The area below is the average precision. Customers of equal "
           "risk are never parted."));
    for (ChartCard *card : {m_calibration, m_gain, m_precision}) {
        card->setMinimumHeight(kChartHeight);
    }
    m_gains = new Card(tr("Gain and lift"));
    m_gains->setDefinition(tr("Customers from the highest risk on, up to each tenth of them. Gain: "
                              "share of all who left that is among them. Lift: gain over share of "
                              "customers, 1 = no better than a random choice."));
    using Kind = TableColumn::Kind;
    m_gainTable = new TableView(tr("Gain and lift"),
                                std::vector<TableColumn>{{tr("Risk from"), Kind::Percent},
                                                         {tr("Customers"), Kind::Count},
                                                         {tr("Of them left"), Kind::Count},
                                                         {tr("Share of customers"), Kind::Percent},
                                                         {tr("Gain"), Kind::Percent},
                                                         {tr("Lift"), Kind::Number, 2}});
    m_gainTable->setSortingEnabled(false);
    m_gains->body()->addWidget(m_gainTable);
}

void QualitySection::setUpTable()
{
    m_table = new Card(tr("Methods of churn risk"));
    m_table->setDefinition(
        tr("Each method learns from what was known at a day one horizon before the snapshot and "
           "is judged on what came until then; nobody sees what came after that day. AUC: chance "
           "that one who left had the higher risk. Average precision: of the users from the "
           "highest risk on. Brier: mean squared error; IPCW Brier (Graf et al. 1999): the same with "
           "customers weighed for those who were censored before the window's end. ECE: mean distance of risk and rate over "
           "ten classes. Bias: sum of risks over those who left, less 1. C-index (Harrell): the "
           "same as AUC for the days to the next order. Bold: best; grey: worse by more than "
           "chance, by a paired bootstrap over users. The behaviour model is judged on its own "
           "window. On hover, 95 % intervals."));
    using Kind = TableColumn::Kind;
    m_methods = new TableView(tr("Methods of churn risk"),
                              std::vector<TableColumn>{{tr("Method"), Kind::Text},
                                                       {tr("Judged on"), Kind::Text},
                                                       {tr("Customers"), Kind::Count},
                                                       {tr("AUC"), Kind::Number, 4},
                                                       {tr("Avg. precision"), Kind::Number, 4},
                                                       {tr("Brier"), Kind::Number, 4},
                                                       {tr("IPCW Brier"), Kind::Number, 4},
                                                       {tr("Log loss"), Kind::Number, 4},
                                                       {tr("ECE"), Kind::Number, 4},
                                                       {tr("Bias"), Kind::Number, 4},
                                                       {tr("C-index"), Kind::Number, 4}});
    m_methods->setSortingEnabled(false);
    m_table->body()->addWidget(m_methods);
    m_choice = new QComboBox;
    m_choice->setAccessibleName(tr("Method shown below"));
    m_table->tools()->addWidget(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &QualitySection::showMethod);
    connect(m_methods, &TableView::rowSelected, this, [this](int row) {
        if (row >= 0) {
            m_choice->setCurrentIndex(row);
        }
    });
}

void QualitySection::refresh()
{
    const std::vector<Card *> all{m_table, m_calibration, m_gain, m_precision, m_gains};
    readTrial(all, session().counts().users > kFewUsers ? 0 : TrialOptions().replicates);
}

void QualitySection::readTrial(const std::vector<Card *> &cards, int replicates)
{
    using Figures = std::shared_ptr<const TrialFigures>;
    readFor<Figures>(
        cards, tr("Methods of churn risk"), kTrialGroup,
        [segment = session().segment(), shelf = session().churnShelf(),
         replicates](Project &project, const Task &task) {
            return readTrialFigures(project, segment, *shelf, replicates, task);
        },
        [this, replicates](Figures figures) {
            m_figures = std::move(figures);
            show();
            if (replicates == 0) {
                m_table->setCaption(m_table->caption() + QLatin1Char(' ') +
                                    tr("Intervals are being computed."));
                readTrial({m_table}, TrialOptions().replicates);
            }
        },
        [this](const Error &error) { showLack(error); });
}

void QualitySection::show()
{
    std::vector<TableModel::Row> rows;
    QStringList names, problems;
    for (const auto &[trial, method] : m_figures->methods()) {
        names << riskMethodText(method->name);
        TableModel::Row row{names.last(),
                            tr("%1 after %2").arg(daysText(trial->windowDays), dayText(trial->cut)),
                            QVariant::fromValue<qint64>(trial->users)};
        for (const std::string_view figure : kFigures) {
            row.push_back(figureCell(*method, figure));
        }
        rows.push_back(std::move(row));
        if (method->problem) {
            problems << tr("%1: %2").arg(names.last(), riskProblemText(*method->problem));
        }
    }
    m_methods->setRows(std::move(rows));
    m_methods->fitHeight();
    const RiskTrial &trial = *m_figures->trial;
    const double share = trial.users > 0 ? static_cast<double>(trial.churned) /
                                               static_cast<double>(trial.users)
                                         : 0.0;
    QStringList caption{tr("%1 of %2 left (%3).")
                            .arg(countText(trial.churned), customersText(trial.users),
                                 percentText(share))};
    if (!problems.isEmpty()) {
        caption << problems.join(QStringLiteral("; "));
    }
    m_table->setCaption(caption.join(QLatin1Char(' ')));
    const QSignalBlocker quiet(m_choice);
    const QString before = m_choice->currentText();
    m_choice->clear();
    m_choice->addItems(names);
    m_choice->setCurrentIndex(std::max(0, m_choice->findText(before)));
    showMethod();
}

void QualitySection::showMethod()
{
    const auto methods = m_figures
                             ? m_figures->methods()
                             : std::vector<std::pair<const RiskTrial *, const TrialMethod *>>();
    const auto k = static_cast<std::size_t>(std::max(0, m_choice->currentIndex()));
    if (k >= methods.size()) {
        return;
    }
    const TrialMethod &method = *methods[k].second;
    const QString name = riskMethodText(method.name);
    m_calibration->setTitle(tr("Calibration, %1").arg(name));
    m_calibration->setSpec(riskCalibrationChart(method));
    m_gain->setTitle(tr("Gain, %1").arg(name));
    m_gain->setSpec(riskGainChart(method));
    m_precision->setTitle(tr("Precision and recall, %1").arg(name));
    m_precision->setSpec(riskPrecisionChart(method));
    std::vector<TableModel::Row> rows;
    for (const GainRow &gain : method.gains) {
        rows.push_back({method.isProbability ? QVariant(gain.score) : QVariant(),
                        QVariant::fromValue<qint64>(gain.targeted),
                        QVariant::fromValue<qint64>(gain.hit), gain.share, gain.gain, gain.lift});
    }
    m_gains->setTitle(tr("Gain and lift, %1").arg(name));
    m_gainTable->setRows(std::move(rows));
    m_gainTable->fitHeight();
}

void QualitySection::showLack(const Error &error)
{
    m_figures.reset();
    m_methods->setRows({});
    m_methods->setEmptyText(tr("Nothing can be judged: %1").arg(riskProblemText(error)));
    m_table->setCaption({});
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (ChartCard *card : {m_calibration, m_gain, m_precision}) {
        card->setSpec(sentence({}));
    }
    m_gainTable->setRows({});
}

} // namespace perennial
