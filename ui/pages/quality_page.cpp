#include "ui/pages/quality_page.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/pages.h"
#include "ui/pages/quality_charts.h"
#include "ui/pages/quality_tables.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/quality_words.h"

#include <QAction>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kRowHeight = 24, kAroundTable = 92; // title, header and margins of a table's card
constexpr int kChartHeight = 250, kTallChartHeight = 290;

QString levelMark(ReadyLevel level)
{
    switch (level) {
    case ReadyLevel::Pass:
        return QStringLiteral("✓ ");
    case ReadyLevel::Warn:
        return QStringLiteral("! ");
    case ReadyLevel::Fail:
        return QStringLiteral("✕ ");
    }
    return {};
}

/// As high as its rows, within limits: the page scrolls, a short table in it need not.
void fitRows(Card *card, const TableView *table, int least, int most)
{
    const int shown = std::clamp(table->model()->rowCount(), least, most);
    card->setFixedHeight(kAroundTable + kRowHeight * shown + (card->caption().isEmpty() ? 0 : 24));
}

QString sparsityText(const QualityReport &report)
{
    const Sparsity &s = report.profile.sparsity;
    const ColdStart &cold = report.profile.cold;
    const double money = cold.allMoney > 0
                             ? static_cast<double>(cold.money) / static_cast<double>(cold.allMoney)
                             : 0.0;
    return QualityPage::tr("%1 × %2: %3 of the pairs occur (%4\u00A0%).\n"
                           "Items that half of the users know at least: %5; users that half of the "
                           "items have at least: %6.\n"
                           "%7 of the users have fewer than 5 items, %8 of the items fewer than 5 "
                           "users.\n"
                           "Cold start: %9 with one event; ")
               .arg(usersText(s.users), itemsText(s.items), countText(s.pairs),
                    shortText(100 * s.density), shortText(s.medianItemsPerUser),
                    shortText(s.medianUsersPerItem), percentText(s.usersBelow5),
                    percentText(s.itemsBelow5), usersText(cold.usersWithOneEvent)) +
           QualityPage::tr("%2 of the money is in %1 with fewer than 5 buyers.\n%3")
               .arg(itemsText(cold.items), percentText(money), sparsityAdviceText(report.advice));
}

} // namespace

const QString QualityPage::kSwitchGroup = QStringLiteral("cleaning");
const QString QualityPage::kReportGroup = QStringLiteral("quality");

QualityPage::QualityPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_addRule = new QAction(tr("Add cleaning rule…"), this);
    connect(m_addRule, &QAction::triggered, this, &QualityPage::addRule);
    m_empty = new EmptyState;
    m_body = new PageBody;
    m_stack = new QStackedLayout(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (session().hasProject()) {
            navigator().importFile();
        } else {
            navigator().newProject();
        }
    });
    setUpReadiness();
    setUpFindings();
    setUpRules();
    setUpTotals();
    setUpCharts();
    m_body->column()->addStretch(1);
}

QString QualityPage::title() const
{
    return tr("Quality");
}

QString QualityPage::answer() const
{
    if (!m_report || m_report->profile.events == 0) {
        return {};
    }
    const auto open = std::ranges::count_if(m_report->findings, [](const QualityFinding &finding) {
        return finding.ignoredBecause.empty() && finding.activeRule == 0 &&
               finding.severity != QualityFinding::Severity::Info;
    });
    const auto ready = std::ranges::count_if(kReadyModels, [this](ReadyModel model) {
        return levelOf(m_report->readiness, model) != ReadyLevel::Fail;
    });
    return counted(open, tr("%2 of %3 models can be fitted; 1 finding to look at"),
                   tr("%2 of %3 models can be fitted; %1 findings to look at"))
        .arg(ready)
        .arg(kReadyModels.size());
}

QList<QAction *> QualityPage::pageActions() const
{
    return {m_addRule};
}

void QualityPage::setUpReadiness()
{
    auto *row = new KpiRow;
    for (std::size_t k = 0; k < kReadyModels.size(); ++k) {
        m_ready[k] = row->add(readyModelText(kReadyModels[k]));
    }
    m_body->column()->addWidget(row);
}

void QualityPage::setUpFindings()
{
    m_findingsCard = new Card(tr("Findings"));
    m_findingsCard->setDefinition(
        tr("What stands out in the data. Double-click a finding for its events: the table shows "
           "exactly as many as are counted here. Nothing is changed unless you switch a cleaning "
           "rule on; a finding that is fine can be ignored with a reason."));
    m_findings = new TableView(tr("Findings"), findingColumns());
    m_findings->setEmptyText(tr("Nothing stands out in the data."));
    m_findingsCard->body()->addWidget(m_findings);
    m_showRows = pushButton(tr("Show events…"));
    m_clean = pushButton(tr("Switch rule on"));
    m_ignore = pushButton(tr("Ignore…"));
    for (QPushButton *button : {m_showRows, m_clean, m_ignore}) {
        m_findingsCard->tools()->addWidget(button);
    }
    m_body->column()->addWidget(m_findingsCard);
    connect(m_findings, &TableView::rowSelected, this, &QualityPage::updateButtons);
    connect(m_findings, &TableView::rowActivated, this, &QualityPage::showFindingRows);
    connect(m_showRows, &QPushButton::clicked, this, &QualityPage::showFindingRows);
    connect(m_clean, &QPushButton::clicked, this, &QualityPage::cleanChosen);
    connect(m_ignore, &QPushButton::clicked, this, &QualityPage::ignoreChosen);
}

void QualityPage::setUpRules()
{
    m_rulesCard = new Card(tr("Cleaning rules"));
    m_rulesCard->setDefinition(tr(
        "A rule that is on keeps what it finds out of every figure, or caps its amount. Switched "
        "off, everything is as it was imported. Rules look at the imported events, so their order "
        "does not matter; new imports are cleaned too. Active rules are part of every report."));
    m_rules = new TableView(tr("Cleaning rules"), ruleColumns({}));
    m_rules->setEmptyText(tr("No cleaning rule yet: every stored event is in the figures."));
    m_rulesCard->body()->addWidget(m_rules);
    m_toggle = pushButton(tr("Switch on or off"));
    m_ruleRows = pushButton(tr("Show events…"));
    m_undo = pushButton(tr("Undo last switch"));
    for (QPushButton *button : {m_toggle, m_ruleRows, m_undo}) {
        m_rulesCard->tools()->addWidget(button);
    }
    m_body->column()->addWidget(m_rulesCard);
    connect(m_rules, &TableView::rowSelected, this, &QualityPage::updateButtons);
    connect(m_rules, &TableView::rowActivated, this, &QualityPage::toggleRule);
    connect(m_toggle, &QPushButton::clicked, this, &QualityPage::toggleRule);
    connect(m_undo, &QPushButton::clicked, this, &QualityPage::undoSwitch);
    connect(m_ruleRows, &QPushButton::clicked, this, [this] {
        if (const CleaningRuleRecord *record = chosenRule()) {
            showRows(record->rule, tr("Events of rule %1").arg(record->id),
                     ruleRow(*record)[2].toString());
        }
    });
}

void QualityPage::setUpTotals()
{
    m_totalsCard = new Card(tr("Control totals"));
    m_totalsCard->setDefinition(
        tr("Rows and money from the files to the figures: read = stored + duplicate + rejected + "
           "excluded + erased; stored = in the figures + set aside. An event that several rules "
           "find counts "
           "for the first of them."));
    m_totals = new TableView(tr("Control totals"), totalColumns({}));
    m_totals->setSortingEnabled(false);
    m_totalsCard->body()->addWidget(m_totals);
    m_body->column()->addWidget(m_totalsCard);
}

void QualityPage::setUpCharts()
{
    m_overTime = new ChartCard(tr("Events over time"));
    m_overTime->setDefinition(tr(
        "Gaps are days without events where the same weekdays around would have brought so many "
        "that chance leaves such a gap in fewer than one of 100 histories (Poisson with widened "
        "variance). A jump is four weeks with at least three times, or a third of, the events of "
        "the four before."));
    m_missingKinds = new ChartCard(tr("Missing values by kind of event"));
    m_missingKinds->setDefinition(tr(
        "Share of the events that should have a field but don't. Orders and amounts belong to "
        "purchases and refunds only; an amount of 0 counts as missing. Hatched: does not apply."));
    m_missingMonths = new ChartCard(tr("Missing values by month"));
    m_missingMonths->setDefinition(
        tr("The same by month, the last 36. Fields that no event has are left out."));
    m_weekHours = new ChartCard(tr("When events happen"));
    m_weekHours->setDefinition(
        tr("Events by weekday and hour of the day, UTC. A single bright hour "
           "at 0 means the files give days, not times."));
    m_density = new ChartCard(tr("Events per active user and month"));
    m_density->setDefinition(tr("Events of a month divided by the users with any event in it. "
                                "Hatched: no events."));
    m_sparsity = new Card(tr("Users × items"));
    m_sparsity->setDefinition(tr(
        "Distinct pairs of user and item over all events but refunds. Sparse tables want fewer "
        "dimensions, very sparse ones what is known of the items (Koren, Bell & Volinsky 2009)."));
    m_sparsityText = plainLabel();
    m_sparsityText->setWordWrap(true);
    m_sparsityText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sparsityText->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sparsity->body()->addWidget(m_sparsityText);
    m_overTime->setMinimumHeight(kTallChartHeight);
    for (ChartCard *card : {m_missingKinds, m_missingMonths, m_weekHours, m_density}) {
        card->setMinimumHeight(kChartHeight);
    }
    m_body->addRow({{m_overTime, 2}, {m_sparsity, 1}});
    m_body->addRow({{m_missingKinds, 1}, {m_missingMonths, 1}});
    m_body->addRow({{m_weekHours, 1}, {m_density, 1}});
}

void QualityPage::setBusy(bool busy)
{
    for (KpiCard *card : m_ready) {
        card->setBusy(busy);
    }
    for (Card *card : std::initializer_list<Card *>{m_findingsCard, m_rulesCard, m_totalsCard,
                                                    m_overTime, m_missingKinds, m_missingMonths,
                                                    m_weekHours, m_density, m_sparsity}) {
        card->setBusy(busy);
    }
}

void QualityPage::refresh()
{
    if (m_shownProject != session().path()) {
        m_shownProject = session().path();
        m_report.reset();
        m_lastSwitched = 0;
    }
    m_addRule->setEnabled(session().hasProject() && !session().readOnly());
    if (!session().hasProject()) {
        jobs().cancelGroup(kReportGroup);
        m_empty->setTexts(
            tr("No project is open."),
            tr("Here stands what its data are good for, and what is wrong with them."),
            tr("New project…"));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    setBusy(m_report != nullptr);
    runOnProject<std::shared_ptr<const QualityReport>>(
        session(), jobs(), tr("Quality of the data"), this,
        [](Project &project, const Task &task) { return assessQuality(project, task); },
        [this](Result<std::shared_ptr<const QualityReport>> report) {
            setBusy(false);
            if (report) {
                showReport(*std::move(report));
            } else if (report.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The quality of the data could not be read"),
                                      report.error());
            }
        },
        kReportGroup);
}

void QualityPage::showReport(std::shared_ptr<const QualityReport> report)
{
    m_report = std::move(report);
    if (m_report->profile.events == 0 && m_report->rules.empty()) {
        m_empty->setTexts(tr("No events yet."),
                          tr("Import events to see which models they are enough for, and what in "
                             "them needs a look."),
                          session().readOnly() ? QString() : tr("Import events…"));
        m_stack->setCurrentWidget(m_empty);
    } else {
        m_stack->setCurrentWidget(m_body);
        showReadiness();
        showTables();
        showCharts();
    }
    updateButtons();
    Q_EMIT headerChanged();
}

void QualityPage::showReadiness()
{
    for (std::size_t k = 0; k < kReadyModels.size(); ++k) {
        const ReadyLevel level = levelOf(m_report->readiness, kReadyModels[k]);
        QStringList checks;
        QString note;
        for (const ReadyCheck &check : m_report->readiness) {
            if (check.model != kReadyModels[k]) {
                continue;
            }
            checks << levelMark(check.level) + readyCheckText(check) + QStringLiteral(". ") +
                          readyFigureHelp(check.figure);
            if (check.level == level && note.isEmpty()) {
                note = readyCheckText(check);
            }
        }
        m_ready[k]->setValue(levelMark(level) + readyLevelText(level));
        m_ready[k]->setNote(note);
        m_ready[k]->setDefinition(checks.join(QStringLiteral("\n\n")));
    }
}

void QualityPage::showTables()
{
    const QString currency = QString::fromStdString(session().settings().currency);
    std::vector<TableModel::Row> findings, rules;
    std::ranges::transform(m_report->findings, std::back_inserter(findings), findingRow);
    std::ranges::transform(m_report->rules, std::back_inserter(rules), ruleRow);
    m_findings->setRows(std::move(findings));
    m_rules->tableModel()->setColumns(ruleColumns(currency));
    m_rules->setRows(std::move(rules));
    m_totals->tableModel()->setColumns(totalColumns(currency));
    m_totals->setRows(totalRows(m_report->totals, m_report->rules));
    m_totalsCard->setCaption(totalsCaption(m_report->totals));
    fitRows(m_findingsCard, m_findings, 3, 10);
    fitRows(m_rulesCard, m_rules, 2, 8);
    fitRows(m_totalsCard, m_totals, 5, 12);
}

void QualityPage::showCharts()
{
    m_overTime->setSpec(eventsOverTimeChart(*m_report));
    const QString strays = strayText(m_report->profile);
    QStringList captions{breaksCaption(m_report->breaks), strays};
    captions.removeAll(QString());
    m_overTime->setCaption(captions.join(QStringLiteral(" · ")));
    m_missingMonths->setCaption(strays);
    m_density->setCaption(strays);
    m_missingKinds->setSpec(missingByKindChart(m_report->profile));
    m_missingMonths->setSpec(missingByMonthChart(m_report->profile));
    m_weekHours->setSpec(weekHoursChart(m_report->profile));
    m_density->setSpec(densityByMonthChart(m_report->profile));
    m_sparsityText->setText(sparsityText(*m_report));
}

Page *makeQualityPage(const PageContext &context)
{
    return new QualityPage(context);
}

} // namespace perennial
