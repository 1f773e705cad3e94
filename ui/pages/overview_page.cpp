#include "ui/pages/pages.h"

#include "core/scenario/simulate.h"
#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/recommendation_panel.h"
#include "ui/pages/scored_section.h"
#include "ui/pages/value/distribution_section.h"
#include "ui/widgets/kpi_card.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kFiguresGroup = QStringLiteral("overview-figures");
const QString kFlowsGroup = QStringLiteral("overview-flows");
const QString kIntervalGroup = QStringLiteral("overview-interval");

constexpr int kChartHeight = 250;
constexpr int kTableHeight = 560;
constexpr int kIntervalDraws = 200;

} // namespace

OverviewPage::OverviewPage(const PageContext &context, QWidget *parent)
    : ScoredPage(context, parent)
{
    setUpKpis();
    setUpCharts();
    setUpChoices();
    setUpUsers();
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

QString OverviewPage::answer() const
{
    return m_answer;
}

QString OverviewPage::whyScores() const
{
    return tr("Scoring finds every user's stage, value and churn risk, which everything on this "
              "page is made of.");
}

void OverviewPage::setUpKpis()
{
    auto *row = new KpiRow;
    m_users = row->add(tr("Users"));
    m_users->setDefinition(tr("Users known at the snapshot date: with an event, or signed up, by "
                              "then."));
    m_active = row->add(tr("Active users"));
    m_active->setDefinition(tr("Users who are neither dormant nor churned at the snapshot date. "
                               "Below: against the scoring before, of an earlier snapshot date."));
    m_realised = row->add(tr("Realised value"));
    m_realised->setDefinition(tr("Net revenue up to the snapshot date: purchases less refunds, "
                                 "before margin and discount."));
    m_predicted = row->add(tr("Predicted"));
    m_atRisk = row->add(tr("Value at risk"));
    body()->column()->addWidget(row);
}

void OverviewPage::setUpCharts()
{
    m_flows = new ChartCard(tr("Users by activity"));
    m_flows->setDefinition(
        tr("Per period: new = first activity ever; current = active in the period before as well; "
           "resurrected = active earlier, but not in the period before; dormant (below zero) = "
           "active in the period before, not in this one. Active = active before + new + "
           "resurrected − dormant, exactly. Click a block to see its users."));
    m_stages = new ChartCard(tr("Users by stage"));
    QString ladder;
    for (const Stage stage : kStages) {
        ladder += stageText(stage) + QStringLiteral(": ") + stageDefinition(stage) +
                  QLatin1Char('\n');
    }
    m_stages->setDefinition(ladder + tr("Click a bar to see only its users, or drag over several; Esc "
                                        "shows all."));
    m_churn = new ChartCard(tr("Churn risk, users"));
    m_value = new ChartCard(tr("Predicted value"));
    for (ChartCard *card : {m_flows, m_stages, m_churn, m_value}) {
        card->setMinimumHeight(kChartHeight);
    }
    body()->addRow({{m_flows, 2}, {m_stages, 1}});
    m_changes = new Card(tr("What changed"));
    m_changes->setDefinition(tr("All users, then and now, each as they were scored at its snapshot "
                                "date. Predictions are compared where horizon, margin and discount "
                                "are the same, risks where they come from the same model."));
    using Kind = TableColumn::Kind;
    m_changeTable = new TableView(tr("What changed since the snapshot before"),
                                  std::vector<TableColumn>{{tr("Figure"), Kind::Text},
                                                           {tr("Then"), Kind::Text},
                                                           {tr("Now"), Kind::Text},
                                                           {tr("Change"), Kind::Text}});
    m_changeTable->setSortingEnabled(false);
    m_changes->body()->addWidget(m_changeTable);
    body()->addRow({{m_churn, 1}, {m_value, 1}, {m_changes, 1}});
    connect(m_stages, &ChartCard::markClicked, this, [this](int, int index) {
        const Stage stage = kStages[static_cast<std::size_t>(index)];
        const SegmentRule &shown = session().segment()->rule();
        navigator().chooseSegment(
            withStage(shown, stageIn(shown) == stage ? std::nullopt : std::optional(stage)));
    });
    m_stages->view().setBrushable(true);
    connect(m_stages, &ChartCard::marksBrushed, this,
            [this](const std::vector<std::pair<int, int>> &marks) {
                StageCondition stages;
                for (const auto &mark : marks) {
                    stages.stages.push_back(kStages[static_cast<std::size_t>(mark.second)]);
                }
                const SegmentRule others = withStage(session().segment()->rule(), {});
                navigator().chooseSegment(withPart(others, ruleOf(std::move(stages))));
            });
    connect(m_stages, &ChartCard::selectionCleared, this,
            [this] { navigator().chooseSegment(withStage(session().segment()->rule(), {})); });
}

void OverviewPage::setUpChoices()
{
    m_chooser = new UserChooser(context(), this);
    m_chooser->byMarks(m_flows, [this](int series, int index) {
        return m_flowsShown ? usersOfFlow(lifecycleAccess(session()), *m_flowsShown, series, index)
                            : UsersBehind(std::nullopt);
    });
    m_chooser->byMarks(m_churn, [this](int, int bar) {
        return m_figures ? usersOfRiskBar(m_figures->risk, bar) : std::nullopt;
    });
    m_chooser->byMarks(m_value, [this](int, int bar) {
        return m_figures ? usersOfBar(m_figures->predictedValues, ValueKind::Predicted, bar,
                                      QString::fromStdString(m_figures->label.currency))
                         : std::nullopt;
    });
    connect(m_chooser, &UserChooser::chosen, this, &OverviewPage::chooseUsers);
    connect(m_chooser, &UserChooser::released, this, &OverviewPage::releaseUsers);
}

void OverviewPage::chooseUsers(const UserSelection &users)
{
    m_chooser->clearMarks();
    m_table->setSelection(users);
    navigator().showMessage(tr("The table shows: %1").arg(users.text));
}

void OverviewPage::releaseUsers()
{
    m_chooser->clearMarks();
    m_table->setSelection(std::nullopt);
}

void OverviewPage::setUpUsers()
{
    auto *card = new Card(tr("Users"));
    card->setDefinition(tr("One row per user of the segment. Realised value is of the past, "
                           "predicted value of the horizon; LTV is both together."));
    m_table = addUsers(card);
    m_table->selectFirstByItself();
    m_recommendations = new RecommendationPanel(context());
    card->setMinimumHeight(kTableHeight);
    body()->addRow({{card, 11}, {m_recommendations, 9}});
    connect(m_table, &UserTableView::userSelected, m_recommendations,
            &RecommendationPanel::showUser);
    connect(m_table, &UserTableView::selectionReleased, this, &OverviewPage::releaseUsers);
}

void OverviewPage::refresh()
{
    releaseUsers(); // the marks may mean others from now on
    if (!showBodyOrLack()) {
        m_answer.clear();
        return;
    }
    setBusy(true);
    readFigures();
    readFlows();
    readInterval();
    m_table->refresh();
    m_recommendations->refresh();
}

void OverviewPage::setBusy(bool busy)
{
    for (KpiCard *card : {m_users, m_active, m_realised, m_predicted, m_atRisk}) {
        card->setBusy(busy);
    }
    for (ChartCard *card : {m_stages, m_churn, m_value}) {
        card->setBusy(busy);
    }
}

void OverviewPage::readFigures()
{
    readScored<OverviewFigures>(
        title(), kFiguresGroup,
        [segment = session().segment()](Project &project, const Task &task) {
            return readOverviewFigures(project, segment, task);
        },
        [this](Result<OverviewFigures> figures) {
            setBusy(false);
            if (figures) {
                m_figures = *std::move(figures);
                showFigures(*m_figures);
            } else {
                m_figures.reset();
                showReadError(figures.error());
            }
        });
}

void OverviewPage::readFlows()
{
    m_flows->setBusy(true);
    readScored<FlowsFigures>(
        tr("Users by activity"), kFlowsGroup,
        [access = lifecycleAccess(session())](Project &project, const Task &task) {
            return readFlowsFigures(project, access, task);
        },
        [this](Result<FlowsFigures> flows) {
            m_flows->setBusy(false);
            if (flows) {
                m_flowsShown = *std::move(flows);
                showFlows();
            } else if (flows.error().code != ErrorCode::Cancelled) {
                m_flowsShown.reset();
                m_flows->setSpec(sentence(errorText(flows.error())));
            }
        });
}

void OverviewPage::readInterval()
{
    m_predicted->setNote({});
    const std::optional<UserStateLabel> &label = session().label();
    if (!session().segment()->isEverybody() || session().scoresOutdated() || label->valueRun == 0) {
        jobs().cancelGroup(kIntervalGroup);
        return;
    }
    ScenarioPlan baseline;
    baseline.until = label->snapshot;
    baseline.horizonDays = label->horizonDays;
    baseline.draws = kIntervalDraws;
    Scenario nothing; // without a lever: the null scenario
    nothing.name = "baseline";
    baseline.scenarios.push_back(nothing);
    readScored<std::shared_ptr<const SimulationResult>>(
        tr("Interval of the predicted value"), kIntervalGroup,
        [baseline](Project &project, const Task &task) {
            return simulateScenarios(project, baseline, task, 1);
        },
        [this](Result<std::shared_ptr<const SimulationResult>> result) {
            if (result) {
                const Estimate &ltv = (*result)->baseline.future.ltv;
                m_predicted->setNote(tr("90 % interval %1 – %2")
                                         .arg(shortText(ltv.lower), shortText(ltv.upper)));
            }
        });
}

void OverviewPage::showFigures(const OverviewFigures &figures)
{
    showBody();
    showKpis(figures);
    showCharts(figures);
    showChanges(figures);
    const QString currency = QString::fromStdString(figures.label.currency);
    const double share = figures.users > 0 ? static_cast<double>(figures.active) /
                                                 static_cast<double>(figures.users)
                                           : 0.0;
    m_answer = figures.predictedUsers > 0
                   ? tr("Active: %1 of %2; expected of the next %3: %4")
                         .arg(percentText(share), usersText(figures.users),
                              daysText(figures.label.horizonDays),
                              shortMoneyText(figures.predicted, currency))
                   : tr("Active: %1 of %2; nothing can be predicted without orders")
                         .arg(percentText(share), usersText(figures.users));
    Q_EMIT headerChanged();
}

void OverviewPage::showKpis(const OverviewFigures &figures)
{
    const QString currency = QString::fromStdString(figures.label.currency);
    const QString horizon = daysText(figures.label.horizonDays);
    const auto money = [&](KpiCard *card, double value) {
        card->setValue(shortMoneyText(value, currency), fullMoneyText(value, currency));
    };
    m_users->setValue(shortText(static_cast<double>(figures.users)), countText(figures.users));
    const std::optional<ScoreReport> &before = figures.before;
    const auto beforeOf = [&](auto value) {
        return before ? std::optional(static_cast<double>(value(*before))) : std::nullopt;
    };
    const auto noteOf = [&](KpiCard *card, double now, std::optional<double> then,
                            const QString &otherwise) {
        const QString since = sinceText(now, then);
        card->setNote(since.isEmpty() ? otherwise : since);
    };
    noteOf(m_users, static_cast<double>(figures.users),
           beforeOf([](const ScoreReport &r) { return r.users; }),
           tr("on %1").arg(dayText(figures.label.snapshot)));
    m_active->setValue(shortText(static_cast<double>(figures.active)), countText(figures.active));
    noteOf(m_active, static_cast<double>(figures.active),
           beforeOf([](const ScoreReport &r) { return activeUsers(r.stages); }),
           tr("%1 of all").arg(percentText(figures.users > 0
                                               ? static_cast<double>(figures.active) /
                                                     static_cast<double>(figures.users)
                                               : 0.0)));
    money(m_realised, figures.realised);
    noteOf(m_realised, figures.realised, beforeOf([](const ScoreReport &r) { return r.realised; }),
           tr("net, up to %1").arg(dayText(figures.label.snapshot)));

    m_predicted->setTitle(tr("Predicted, next %1").arg(horizon));
    m_predicted->setDefinition(
        tr("Expected net revenue of the next %1 × margin %2, discounted by %3 per year to %4, "
           "by the value models (BG/NBD × Gamma-Gamma). The interval is of the models' parameters "
           "(90 %): it does not contain the chance in what individuals do.")
            .arg(horizon)
            .arg(percentText(figures.label.margin), percentText(figures.label.discountPerYear),
                 dayText(figures.label.snapshot)));
    m_atRisk->setDefinition(tr("Predicted value of the users whose churn risk is 50 % or more."));
    if (figures.predictedUsers > 0) {
        money(m_predicted, figures.predicted);
        money(m_atRisk, figures.atRisk.predicted);
        m_atRisk->setNote(tr("%1 at ≥ 50 % risk").arg(usersText(figures.atRisk.users)));
    } else {
        m_predicted->setValue(kMissing, tr("Nobody has ordered on two days yet"));
        m_atRisk->setValue(kMissing);
        m_atRisk->setNote({});
    }
}

/// "+3.2 % since 2026-05-01"; empty where nothing can be compared: of a segment only today is known.
QString OverviewPage::sinceText(double now, std::optional<double> before) const
{
    if (!before || *before <= 0 || !session().segment()->isEverybody()) {
        return {};
    }
    return tr("%1 since %2").arg(signedPercentText(now / *before - 1.0),
                                 dayText(m_figures->before->label.snapshot));
}

void OverviewPage::showChanges(const OverviewFigures &figures)
{
    if (!figures.before || !figures.now) {
        m_changes->setTitle(tr("What changed"));
        m_changeTable->setRows({});
        m_changeTable->setEmptyText(tr("Shown from the second snapshot on: import newer events and "
                                       "score again."));
        m_changes->setCaption({});
        return;
    }
    m_changes->setTitle(tr("What changed since %1").arg(dayText(figures.before->label.snapshot)));
    m_changeTable->setRows(changeRows(*figures.before, *figures.now));
    m_changes->setCaption(session().segment()->isEverybody()
                              ? QString()
                              : tr("All users, whatever the segment."));
}

void OverviewPage::showCharts(const OverviewFigures &figures)
{
    const QString currency = currencySign(QString::fromStdString(figures.label.currency));
    const QString horizon = daysText(figures.label.horizonDays);
    m_stages->setSpec(stagesChart(figures.stages));
    m_stages->setCaption(tr("On %1; churned after %2 of silence.")
                             .arg(dayText(figures.label.snapshot),
                                  daysText(figures.label.churnedAfterDays)));
    std::vector<MarkId> shown;
    for (const Stage stage : stagesIn(session().segment()->rule())) {
        shown.emplace_back(0, static_cast<int>(stage));
    }
    m_stages->view().setSelected(std::move(shown));

    m_churn->setTitle(tr("Churn risk, next %1").arg(horizon));
    m_churn->setDefinition(tr("Users by the probability that they do not order in the next "
                              "%1. Source: %2, at %3. Not the same as the stage “churned”, which is "
                              "a silence in the past. Click a bar to see its users.")
                               .arg(horizon)
                               .arg(modelText(figures.label.churnSource),
                                    dayText(figures.label.snapshot)));
    m_churn->setSpec(churnRiskChart(figures.risk));
    m_churn->setCaption(figures.risk.none > 0
                            ? tr("Source: %1. Without a risk, as they never ordered: %2.")
                                  .arg(modelText(figures.label.churnSource),
                                       usersText(figures.risk.none))
                            : tr("Source: %1.").arg(modelText(figures.label.churnSource)));

    m_value->setTitle(tr("Predicted value, next %1, %2")
                          .arg(horizon)
                          .arg(currency));
    m_value->setDefinition(tr("Users by predicted value (margin-weighted, discounted) of the %2 "
                              "after %1; what they brought before is not in it. Logarithmic classes; "
                              "who is worth nothing has a bar of their own.")
                               .arg(dayText(figures.label.snapshot))
                               .arg(horizon));
    m_value->setSpec(valueChart(figures.predictedValues,
                                tr("Predicted per user, %1").arg(currency), true));
    m_value->setCaption(zeroBarCaption(figures.predictedValues));
}

void OverviewPage::showFlows()
{
    m_flows->setTitle(tr("Users by activity, per %1").arg(periodText(m_flowsShown->period)));
    m_flows->setSpec(flowsChart(m_flowsShown->rows, m_flowsShown->period));
    m_flows->setCaption(flowsCaption(*m_flowsShown));
}

Page *makeOverviewPage(const PageContext &context)
{
    return new OverviewPage(context);
}

} // namespace perennial
