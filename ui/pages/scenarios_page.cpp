#include "ui/pages/scenarios_page.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/lever_table.h"
#include "ui/pages/pages.h"
#include "ui/pages/scenario_history.h"
#include "ui/report/scenario_figures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <limits>

namespace perennial {

namespace {

const QString kGroup = QStringLiteral("scenario");
constexpr int kSettleMilliseconds = 200;

QString currencyOf(const ProjectSession &session)
{
    return currencySign(QString::fromStdString(session.settings().currency));
}

report::FigureRange rangeOf(const Estimate &e) { return {e.value, e.lower, e.upper}; }

bool sameEffects(const Scenario &a, const Scenario &b)
{
    return a.levers == b.levers;
}

} // namespace

Page *makeScenariosPage(const PageContext &context)
{
    return new ScenariosPage(context);
}

ScenariosPage::ScenariosPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_history = new ScenarioHistory(
        [this] { return session().hasProject() ? &session().project() : nullptr; }, this);
    setUpActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(setUpContent());
    layout->addWidget(m_stack);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMilliseconds);
    connect(&m_settle, &QTimer::timeout, this, &ScenariosPage::simulate);
    connect(m_history, &ScenarioHistory::stored, this, &ScenariosPage::readSaved);
    connect(m_history, &ScenarioHistory::failed, this, [this](const Error &error) {
        navigator().showError(tr("The change could not be stored"), error);
    });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (session().hasProject()) {
            navigator().importFile();
        } else {
            navigator().openProject();
        }
    });
}

QString ScenariosPage::title() const { return tr("Scenarios"); }

QString ScenariosPage::answer() const
{
    if (!m_result || m_result->scenarios.empty()) {
        return {};
    }
    const ScenarioOutcome &outcome = m_result->scenarios.front();
    if (outcome.scenario.levers.empty()) {
        return tr("Nothing is changed: the scenario is the baseline.");
    }
    return tr("Δ value %1 in the next %2, if the assumed effect holds.")
        .arg(currencyOf(session()) + report::rangeWords(rangeOf(outcome.delta.ltv)),
             daysText(m_result->horizonDays));
}

QList<QAction *> ScenariosPage::pageActions() const
{
    return {m_saveAction, m_importAction, m_exportAction, m_undoAction, m_redoAction};
}

bool ScenariosPage::showEmptyState()
{
    if (!session().hasProject()) {
        m_empty->setTexts(tr("No project is open."),
                          tr("Scenarios change the future of a project's customers."),
                          tr("Open a project…"));
        return true;
    }
    if (session().counts().usersWithPurchase == 0) {
        m_empty->setTexts(tr("Nobody in this project has bought anything yet."),
                          tr("A scenario changes orders to come, and those are predicted from orders "
                             "made."),
                          session().readOnly() ? QString() : tr("Import events…"));
        return true;
    }
    return false;
}

void ScenariosPage::refresh()
{
    if (m_projectPath != session().path()) {
        m_projectPath = session().path();
        m_history->clear();
        m_result.reset();
        m_saveWhenDone = false;
    }
    jobs().cancelGroup(kGroup);
    if (showEmptyState()) {
        m_result.reset();
        m_stack->setCurrentIndex(0);
        updateActions();
        return;
    }
    m_stack->setCurrentIndex(1);
    m_levers->setCurrency(currencyOf(session()));
    readSaved();
    simulate();
}

Scenario ScenariosPage::edited() const
{
    Scenario scenario;
    scenario.name = m_name->text().trimmed().toStdString();
    scenario.evidence = static_cast<Evidence>(m_evidence->currentData().toInt());
    scenario.levers = m_levers->levers();
    return scenario;
}

void ScenariosPage::load(const Scenario &scenario)
{
    m_name->setText(scenario.name.empty() ? tr("New scenario")
                                          : QString::fromStdString(scenario.name));
    m_evidence->setCurrentIndex(m_evidence->findData(static_cast<int>(scenario.evidence)));
    m_levers->setLevers(scenario.levers);
    editedChanged();
}

void ScenariosPage::editedChanged()
{
    m_settle.start();
    updateActions();
}

void ScenariosPage::simulate()
{
    m_settle.stop();
    if (!session().hasProject() || m_stack->currentIndex() == 0) {
        return;
    }
    Scenario scenario = edited();
    scenario.name = scenario.name.empty() ? "scenario" : scenario.name;
    const Status sound = checkScenario(scenario);
    if (!sound) {
        jobs().cancelGroup(kGroup);
        m_saveWhenDone = false;
        clearFigures(sound.error().where.find("lever") != std::string::npos
                         ? tr("A lever is pulled twice on the same users, or beyond what is possible.")
                         : errorText(sound.error()));
        return;
    }
    ScenarioPlan plan;
    plan.scenarios = {scenario};
    plan.draws = m_draws->value();
    plan.seed = static_cast<std::uint64_t>(m_seed->value());
    for (KpiCard *card : {m_deltaValue, m_deltaRevenue, m_deltaMargin, m_cost, m_roi, m_chance}) {
        card->setBusy(true);
    }
    m_chart->setBusy(true);
    using Outcome = std::shared_ptr<const SimulationResult>;
    runOnProject<Outcome>(
        session(), jobs(), tr("Scenario"), this,
        [plan](Project &project, const Task &task) { return simulateScenarios(project, plan, task); },
        [this](Result<Outcome> outcome) { showOutcome(outcome); }, kGroup);
}

void ScenariosPage::showOutcome(const Result<std::shared_ptr<const SimulationResult>> &result)
{
    for (KpiCard *card : {m_deltaValue, m_deltaRevenue, m_deltaMargin, m_cost, m_roi, m_chance}) {
        card->setBusy(false);
    }
    m_chart->setBusy(false);
    if (!result) {
        m_saveWhenDone = false;
        if (result.error().code != ErrorCode::Cancelled) {
            clearFigures(errorText(result.error()));
        }
        return;
    }
    m_result = *result;
    showFigures(*m_result);
    if (m_saveWhenDone && outcomeIsCurrent()) {
        storeOutcome();
    }
    updateActions();
}

void ScenariosPage::clearFigures(const QString &why)
{
    m_result.reset();
    for (KpiCard *card : {m_deltaValue, m_deltaRevenue, m_deltaMargin, m_cost, m_roi, m_chance}) {
        card->setValue(kMissing);
        card->setNote({});
    }
    m_chart->setSpec({std::monostate{}, why, {}});
    m_table->setRows({});
    m_problem->setText(why);
    m_problem->setVisible(!why.isEmpty());
    updateActions();
}

void ScenariosPage::showFigures(const SimulationResult &result)
{
    const ScenarioOutcome &outcome = result.scenarios.front();
    const QString sign = currencyOf(session());
    const auto show = [&](KpiCard *card, const Estimate &e) {
        card->setValue(sign + shortText(e.value), fullMoneyText(e.value, QString::fromStdString(
                                                                             result.currency)));
        card->setNote(tr("90 %: %1 to %2").arg(shortText(e.lower), shortText(e.upper)));
    };
    show(m_deltaValue, outcome.delta.ltv);
    show(m_deltaRevenue, outcome.delta.revenue);
    show(m_deltaMargin, outcome.delta.margin);
    m_cost->setValue(sign + shortText(outcome.cost));
    m_cost->setNote(outcome.breakEvenCostPerUser
                        ? tr("breaks even at %1 per user")
                              .arg(sign + shortText(*outcome.breakEvenCostPerUser))
                        : tr("paid at t₀"));
    m_roi->setValue(outcome.roi ? signedPercentText(outcome.roi->value) : kMissing);
    m_roi->setNote(outcome.roi ? tr("90 %: %1 to %2").arg(signedPercentText(outcome.roi->lower),
                                                          signedPercentText(outcome.roi->upper))
                               : tr("no cost, no return on it"));
    m_chance->setValue(percentText(outcome.pRoiPositive));
    m_chance->setNote(outcome.pRoiPositive ? tr("of %1 draws").arg(countText(result.draws))
                                           : tr("needs a cost"));

    ForestPlot forest;
    forest.x.title = tr("Difference, %1").arg(sign);
    const auto row = [&](const QString &label, const Estimate &e, int ink) {
        forest.rows.push_back({label, e.value, e.lower, e.upper, seriesInk(ink), {}});
    };
    row(tr("Δ value"), outcome.delta.ltv, 0);
    row(tr("Δ revenue"), outcome.delta.revenue, 1);
    row(tr("Δ margin"), outcome.delta.margin, 2);
    m_chart->setSpec({forest, {}, {}});
    m_chart->setCaption(tr("Next %1, 90 % intervals from %2 draws, seed %3.")
                            .arg(daysText(result.horizonDays), countText(result.draws))
                            .arg(result.seed));
    const auto line = [](const QString &name, const Estimate &base, const Estimate &delta) {
        return TableModel::Row{name,        base.value,  base.value + delta.value,
                               delta.value, delta.lower, delta.upper};
    };
    const FutureFigures &base = result.baseline.future;
    const FutureFigures &delta = outcome.delta;
    m_table->setRows({line(tr("Predicted value, %1").arg(sign), base.ltv, delta.ltv),
                      line(tr("Revenue, %1").arg(sign), base.revenue, delta.revenue),
                      line(tr("Margin, %1").arg(sign), base.margin, delta.margin),
                      line(tr("Orders"), base.orders, delta.orders)});
    QStringList words;
    if (!outcome.scenario.levers.empty() && outcome.scenario.evidence != Evidence::Experiment) {
        words.append(tr("Assumption: the effect does not come from an experiment."));
    }
    if (result.modelStatus == "boundary") {
        words.append(tr("The value model sees no dropout here: a retention lever moves nothing."));
    }
    for (const LeverOutcome &lever : outcome.levers) {
        words.append(tr("%1: %2, %3 of them customers.")
                         .arg(leverText(lever.lever), usersText(lever.users),
                              countText(lever.customers)));
    }
    m_problem->setText(words.join(QLatin1Char(' ')));
    m_problem->setVisible(!words.isEmpty());
    Q_EMIT headerChanged();
}

bool ScenariosPage::outcomeIsCurrent() const
{
    return m_result && !m_result->scenarios.empty() && !m_settle.isActive() &&
           !jobs().groupRunning(kGroup) && m_result->draws == m_draws->value() &&
           m_result->seed == static_cast<std::uint64_t>(m_seed->value()) &&
           sameEffects(m_result->scenarios.front().scenario, edited());
}

} // namespace perennial
