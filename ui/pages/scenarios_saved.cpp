// What is saved: the lower half of the Scenarios page.
#include "ui/pages/scenarios_page.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/scenario_history.h"
#include "ui/report/pdf_file.h"
#include "ui/report/scenario_figures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/error_text.h"
#include "ui/widgets/save_dialog.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>

#include <algorithm>

namespace perennial {

namespace {

constexpr qint64 kLargestPlan = 4 * 1024 * 1024; // bytes of a file of scenarios

QVariant boundOf(const std::optional<double> &value)
{
    return value ? QVariant(*value) : QVariant();
}

TableModel::Row rowOf(const ScenarioRecord &record, const QString &dataNow)
{
    const report::ScenarioFigures f = report::figuresOf(record);
    TableModel::Row row{QString::fromStdString(record.name), report::evidenceText(f.evidence)};
    if (!f.ran) {
        row.resize(9);
    } else {
        const TableModel::Row figures{f.ltv.value,          boundOf(f.ltv.lower),
                                      boundOf(f.ltv.upper), f.revenue.value,
                                      f.margin.value,       f.cost,
                                      f.roi ? QVariant(f.roi->value) : QVariant()};
        row.insert(row.end(), figures.begin(), figures.end());
    }
    row.push_back(f.pRoiPositive ? QVariant(*f.pRoiPositive) : QVariant());
    row.push_back(!f.ran ? QVariant()
                  : QString::fromStdString(f.dataHash) == dataNow
                      ? QVariant(ScenariosPage::tr("data of now"))
                      : QVariant(ScenariosPage::tr("older data")));
    row.push_back(static_cast<qint64>(record.savedAt));
    return row;
}

Result<std::string> readText(const QString &path)
{
    QFile file(path);
    if (!file.exists()) {
        return fail(ErrorCode::FileMissing, {}, path.toStdString());
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::NotReadable, file.errorString().toStdString(), path.toStdString());
    }
    if (file.size() > kLargestPlan) {
        return fail(ErrorCode::BadData, "too large", path.toStdString());
    }
    return file.readAll().toStdString();
}

} // namespace

Card *ScenariosPage::setUpSaved()
{
    auto *card = new Card(tr("Saved scenarios"), this);
    card->setDefinition(tr("Each with the figures of its last run. “Run all again” values all of them "
                           "on the data of now, with the same draws."));
    m_load = pushButton(tr("Load"), false, this);
    m_rename = pushButton(tr("Rename…"), false, this);
    m_remove = pushButton(tr("Delete"), false, this);
    m_runAll = pushButton(tr("Run all again"), false, this);
    for (QPushButton *button : {m_load, m_rename, m_remove, m_runAll}) {
        card->tools()->addWidget(button);
    }
    using Kind = TableColumn::Kind;
    m_savedTable = new TableView(tr("Saved scenarios"),
                                 {{tr("Scenario"), Kind::Text, 0},
                                  {tr("Effect from"), Kind::Text, 0},
                                  {tr("Δ value"), Kind::Number, 0},
                                  {tr("5 %"), Kind::Number, 0},
                                  {tr("95 %"), Kind::Number, 0},
                                  {tr("Δ revenue"), Kind::Number, 0},
                                  {tr("Δ margin"), Kind::Number, 0},
                                  {tr("Cost"), Kind::Number, 0},
                                  {tr("ROI"), Kind::Percent, 1},
                                  {tr("P(ROI > 0)"), Kind::Percent, 1},
                                  {tr("Run on"), Kind::Text, 0},
                                  {tr("Saved, UTC"), Kind::Time, 0}},
                                 this);
    m_savedTable->setEmptyText(
        tr("Nothing is saved yet. Move a lever and press Save: saved scenarios are compared here, on "
           "the same baseline and draws."));
    m_savedTable->setMinimumHeight(150);
    m_savedChart = new ChartCard(tr("Saved scenarios: difference in predicted value"), this);
    m_savedChart->setMinimumHeight(180);
    auto *row = new QHBoxLayout;
    row->setSpacing(kCardGap);
    row->addWidget(m_savedTable, 3);
    card->body()->addLayout(row);
    card->body()->addWidget(m_savedChart);
    connect(m_load, &QPushButton::clicked, this, &ScenariosPage::loadSelected);
    connect(m_rename, &QPushButton::clicked, this, &ScenariosPage::renameSelected);
    connect(m_remove, &QPushButton::clicked, this, &ScenariosPage::removeSelected);
    connect(m_runAll, &QPushButton::clicked, this, &ScenariosPage::runAllSaved);
    connect(m_savedTable, &TableView::rowSelected, this, &ScenariosPage::updateActions);
    connect(m_savedTable, &TableView::rowActivated, this, &ScenariosPage::loadSelected);
    return card;
}

void ScenariosPage::readSaved()
{
    m_saved.clear();
    if (session().hasProject()) {
        auto saved = readScenarios(session().project());
        if (saved) {
            m_saved = std::move(*saved);
        }
    }
    std::vector<TableModel::Row> rows;
    for (const ScenarioRecord &record : m_saved) {
        rows.push_back(rowOf(record, session().dataHash()));
    }
    m_savedTable->setRows(std::move(rows));
    const auto figures = report::figuresOf(m_saved);
    const bool any = std::any_of(figures.begin(), figures.end(), [](const auto &f) { return f.ran; });
    m_savedChart->setVisible(any);
    m_savedChart->setSpec(report::scenarioForest(
        figures, tr("Δ value, %1").arg(currencySign(QString::fromStdString(
                     session().settings().currency)))));
    updateActions();
}

const ScenarioRecord *ScenariosPage::selected() const
{
    const int row = m_savedTable->selectedRow();
    return row >= 0 && row < static_cast<int>(m_saved.size())
               ? &m_saved[static_cast<std::size_t>(row)]
               : nullptr;
}

void ScenariosPage::report(const Status &status, const QString &title)
{
    if (!status) {
        navigator().showError(title, status.error());
    }
}

void ScenariosPage::save()
{
    if (!m_saveAction->isEnabled()) {
        return;
    }
    m_saveWhenDone = true;
    if (outcomeIsCurrent()) {
        storeOutcome();
    } else if (!jobs().groupRunning(QStringLiteral("scenario"))) {
        simulate();
    }
}

void ScenariosPage::storeOutcome()
{
    m_saveWhenDone = false;
    SimulationResult result = *m_result;
    result.scenarios.front().scenario = edited();
    const QString name = QString::fromStdString(result.scenarios.front().scenario.name);
    auto before = readScenarios(session().project());
    if (!before) {
        return report(before.error(), tr("The scenario could not be saved"));
    }
    const Status saved = saveOutcomes(session().project(), result);
    auto after = readScenarios(session().project());
    if (!saved || !after) {
        return report(saved ? Status(after.error()) : saved, tr("The scenario could not be saved"));
    }
    m_history->note(tr("Save scenario"), std::move(*before), std::move(*after));
    navigator().showMessage(tr("Scenario “%1” saved.").arg(name));
}

void ScenariosPage::loadSelected()
{
    const ScenarioRecord *record = selected();
    if (!record) {
        return;
    }
    const auto scenario = scenarioFromJson(record->definition);
    if (!scenario) {
        return report(scenario.error(), tr("The scenario could not be loaded"));
    }
    load(*scenario);
}

void ScenariosPage::renameSelected()
{
    const ScenarioRecord *record = selected();
    if (!record) {
        return;
    }
    const QString old = QString::fromStdString(record->name);
    const std::int64_t id = record->id;
    bool given = false;
    const QString name = QInputDialog::getText(this, tr("Rename scenario"), tr("New name"),
                                               QLineEdit::Normal, old, &given)
                             .trimmed()
                             .left(120);
    if (!given || name.isEmpty() || name == old) {
        return;
    }
    const bool taken = std::any_of(m_saved.begin(), m_saved.end(), [&](const ScenarioRecord &r) {
        return r.name == name.toStdString();
    });
    if (taken) {
        return report(fail(ErrorCode::AlreadyExists, name.toStdString()),
                      tr("There is a scenario of this name already"));
    }
    std::vector<ScenarioRecord> wanted = m_saved;
    for (ScenarioRecord &r : wanted) {
        if (r.id != id) {
            continue;
        }
        r.name = name.toStdString();
        if (auto scenario = scenarioFromJson(r.definition)) {
            scenario->name = r.name;
            r.definition = scenarioToJson(*scenario);
        }
    }
    report(m_history->change(tr("Rename scenario"), std::move(wanted)),
           tr("The scenario could not be renamed"));
}

void ScenariosPage::removeSelected()
{
    const ScenarioRecord *record = selected();
    if (!record) {
        return;
    }
    const std::int64_t id = record->id;
    const QString name = QString::fromStdString(record->name);
    std::vector<ScenarioRecord> wanted = m_saved;
    std::erase_if(wanted, [&](const ScenarioRecord &r) { return r.id == id; });
    const Status removed = m_history->change(tr("Delete scenario"), std::move(wanted));
    report(removed, tr("The scenario could not be deleted"));
    if (removed) {
        navigator().showMessage(tr("Scenario “%1” deleted. Undo brings it back.").arg(name));
    }
}

void ScenariosPage::runAllSaved()
{
    ScenarioPlan plan;
    plan.draws = m_draws->value();
    plan.seed = static_cast<std::uint64_t>(m_seed->value());
    for (const ScenarioRecord &record : m_saved) {
        if (auto scenario = scenarioFromJson(record.definition)) {
            plan.scenarios.push_back(std::move(*scenario));
        }
    }
    using Outcome = std::shared_ptr<const SimulationResult>;
    runOnProject<Outcome>(
        session(), jobs(), tr("Run all saved scenarios"), this,
        [plan](Project &project, const Task &task) { return simulateScenarios(project, plan, task); },
        [this](Result<Outcome> outcome) {
            if (!outcome) {
                if (outcome.error().code != ErrorCode::Cancelled) {
                    report(outcome.error(), tr("The scenarios could not be run"));
                }
                return;
            }
            const auto before = m_saved;
            const Status saved = saveOutcomes(session().project(), **outcome);
            readSaved();
            if (saved) {
                m_history->note(tr("Run all scenarios again"), before, m_saved);
            }
            report(saved, tr("The outcomes could not be saved"));
        },
        QStringLiteral("scenario_all"), JobVisibility::Listed);
}

void ScenariosPage::importJson()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import scenarios"), {},
                                                      tr("Scenarios (*.json);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    const auto text = readText(path);
    if (!text) {
        return report(text.error(), tr("The file could not be read"));
    }
    auto plan = planFromJson(*text);
    if (!plan) {
        return report(plan.error(), tr("This is no file of scenarios"));
    }
    m_draws->setValue(plan->draws);
    m_seed->setValue(static_cast<int>(std::min<std::uint64_t>(plan->seed, 0x7fffffff)));
    if (plan->scenarios.size() == 1) {
        load(plan->scenarios.front());
        return;
    }
    std::vector<ScenarioRecord> wanted = m_saved;
    for (const Scenario &scenario : plan->scenarios) {
        std::erase_if(wanted, [&](const ScenarioRecord &r) { return r.name == scenario.name; });
        ScenarioRecord record;
        record.name = scenario.name;
        record.definition = scenarioToJson(scenario);
        wanted.push_back(std::move(record));
    }
    const Status stored = m_history->change(tr("Import scenarios"), std::move(wanted));
    report(stored, tr("The scenarios could not be saved"));
    if (stored) {
        runAllSaved();
    }
}

void ScenariosPage::exportJson()
{
    Scenario scenario = edited();
    const QString path =
        askSavePath(this, tr("Export scenario"), QStringLiteral("scenario.json"),
                    QStringLiteral("json"), tr("Scenarios (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    const QByteArray json = QByteArray::fromStdString(scenarioToJson(scenario)) + '\n';
    const Status written = report::writeWhole(path.toStdString(), json);
    report(written, tr("The scenario could not be exported"));
    if (written) {
        navigator().showMessage(tr("Written: %1").arg(path));
    }
}

void ScenariosPage::updateActions()
{
    const bool usable = session().hasProject() && m_stack->currentIndex() == 1;
    const bool readOnly = session().readOnly();
    const bool writable = usable && !readOnly;
    const QString locked = readOnly ? tr("The project is open for reading only: another window or a "
                                         "read-only folder holds it.")
                                    : QString();
    const bool named = !m_name->text().trimmed().isEmpty();
    m_saveAction->setEnabled(writable && named);
    m_save->setEnabled(writable && named);
    m_save->setToolTip(!locked.isEmpty() ? locked
                       : named           ? QString()
                                         : tr("Give the scenario a name first."));
    m_importAction->setEnabled(usable);
    m_exportAction->setEnabled(usable && named);
    const ScenarioRecord *record = selected();
    m_load->setEnabled(record != nullptr);
    for (QPushButton *button : {m_rename, m_remove}) {
        button->setEnabled(record != nullptr && writable);
        button->setToolTip(locked);
    }
    m_runAll->setEnabled(writable && !m_saved.empty());
    m_runAll->setToolTip(locked);
    Q_EMIT headerChanged();
}

} // namespace perennial
