#include "ui/pages/trust/trust_backtest.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/widgets/labels.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kModelColumns = 6;
constexpr int kMostOrigins = 24;
constexpr int kMostDays = 3650;
const QDate kEpoch(1970, 1, 1);

/// As high as its rows: the page scrolls, the table in it need not.
void fitHeight(TableView &table)
{
    const int rows = table.model()->rowCount();
    table.setFixedHeight(table.horizontalHeader()->sizeHint().height() + 20 +
                         rows * table.verticalHeader()->defaultSectionSize());
}

} // namespace

const QString BacktestCard::kGroup = QStringLiteral("backtest");

BacktestCard::BacktestCard(const PageContext &context, QWidget *parent)
    : Card(tr("Backtest: who is right about customers not seen"), parent), m_context(context)
{
    QStringList help{
        tr("Every method is fitted on what was known up to a day (the cut) and judged on the window "
           "after it, all on the same customers. Values are net revenue, before margin, not "
           "discounted. With several windows, figures are means over them.")};
    for (const Metric metric : kMetrics) {
        help << metricHelp(metric);
    }
    help << tr("Intervals: 95 %, from drawing customers again with the same weights for all methods. "
               "Methods with a distribution are judged by it too: CRPS, the log score of the orders "
               "that came, and how many customers lie inside their 90 % interval (randomised: "
               "exactly 90 % for a true model; Czado, Gneiting & Held 2009). The drawn total's 90 % take "
               "the model as true; by other windows: the 90 % that the errors of the other windows' "
               "totals give, from three windows on.");
    setDefinition(help.join(QStringLiteral("\n\n")));
    setUpChoices();
    setUpProgress();
    setUpTable();
    connect(&m_context.jobs, &JobRunner::jobsChanged, this, &BacktestCard::showProgress);
}

void BacktestCard::setUpChoices()
{
    m_run = new QAction(tr("Run backtest"), this);
    connect(m_run, &QAction::triggered, this, &BacktestCard::run);
    m_models = new QGridLayout;
    m_models->setHorizontalSpacing(16);
    m_models->setVerticalSpacing(4);
    body()->addLayout(m_models);
    setUpModels();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    const auto labelled = [&](const QString &text, QWidget *field) {
        auto *label = plainLabel(text);
        label->setBuddy(field);
        field->setAccessibleName(text);
        row->addWidget(label);
        row->addWidget(field);
    };
    m_horizon = new QSpinBox;
    m_horizon->setRange(1, kMostDays);
    m_horizon->setSuffix(tr(" days"));
    labelled(tr("Horizon"), m_horizon);
    m_origins = new QSpinBox;
    m_origins->setRange(1, kMostOrigins);
    m_origins->setToolTip(tr("Windows one horizon apart, back from the newest cut"));
    labelled(tr("Windows"), m_origins);
    m_automatic = new QCheckBox(tr("Newest cut automatic"));
    m_automatic->setChecked(true);
    m_automatic->setToolTip(tr("The last day with an event, less the horizon"));
    row->addWidget(m_automatic);
    m_cut = new QDateEdit;
    m_cut->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_cut->setCalendarPopup(true);
    m_cut->setEnabled(false);
    m_cut->setAccessibleName(tr("Newest cut"));
    row->addWidget(m_cut);
    connect(m_automatic, &QCheckBox::toggled, m_cut, &QWidget::setDisabled);
    row->addStretch(1);
    m_start = pushButton(tr("Run backtest"), true);
    m_cancel = pushButton(tr("Cancel"));
    row->addWidget(m_start);
    row->addWidget(m_cancel);
    connect(m_start, &QPushButton::clicked, this, &BacktestCard::run);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_context.jobs.cancel(m_job); });
    body()->addLayout(row);
}

void BacktestCard::setUpModels()
{
    for (const std::string_view name : forecasterNames()) {
        if ((*findForecaster(name))->isNaive()) {
            continue;
        }
        auto *check = new QCheckBox(forecasterText(std::string(name)));
        check->setChecked(true);
        check->setAccessibleName(tr("Judge %1").arg(check->text()));
        const int at = static_cast<int>(m_checks.size());
        m_models->addWidget(check, at / kModelColumns, at % kModelColumns);
        m_checks.emplace_back(name, check);
    }
    m_models->setColumnStretch(kModelColumns, 1);
}

void BacktestCard::setUpProgress()
{
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the backtest"));
    body()->addWidget(m_progress);
    m_status = captionLabel();
    body()->addWidget(m_status);
    m_progress->hide();
    m_status->hide();
    m_cancel->hide();
}

void BacktestCard::setStatus(const QString &text)
{
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

void BacktestCard::setUpTable()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_verdict = plainLabel();
    m_verdict->setWordWrap(true);
    row->addWidget(m_verdict, 1);
    m_use = pushButton(tr("Use for this project"));
    row->addWidget(m_use);
    m_side = new QComboBox;
    m_side->addItems({tr("Net value"), tr("Order days"), tr("Drawn futures")});
    m_side->setAccessibleName(tr("What the table shows"));
    row->addWidget(m_side);
    body()->addLayout(row);
    m_table = new TableView(tr("Backtest"), backtestColumns(BacktestSide::Value, {}));
    body()->addWidget(m_table);
    m_remarks = captionLabel();
    body()->addWidget(m_remarks);
    addTableMenu(*this, *m_table, m_context, QStringLiteral("backtest.csv"), [this] {
        return m_backtest ? backtestTable(*m_backtest->result) : PlainTable{};
    });
    connect(m_side, &QComboBox::currentIndexChanged, this, &BacktestCard::showTable);
    connect(m_table, &TableView::rowSelected, this, &BacktestCard::showRow);
    connect(m_use, &QPushButton::clicked, this, &BacktestCard::useRow);
}

void BacktestCard::refresh()
{
    if (!m_context.session.hasProject()) {
        adopt(std::nullopt);
        return;
    }
    const QString path = m_context.session.path();
    const ProjectCounts &counts = m_context.session.counts();
    const bool another = m_shownPath != path;
    if (another) {
        m_shownPath = path;
        setStatus({});
        m_automatic->setChecked(true);
        m_origins->setValue(1);
        m_horizon->setValue(m_context.session.settings().horizonDays);
        if (counts.firstDay && counts.lastDay) {
            m_cut->setDateRange(kEpoch.addDays(*counts.firstDay), kEpoch.addDays(*counts.lastDay));
            m_cut->setDate(kEpoch.addDays(*counts.lastDay - m_horizon->value()));
        }
    }
    updateRun();
    auto kept = readSavedBacktest(m_context.session.project());
    if (!kept) {
        setStatus(errorText(kept.error()));
        adopt(std::nullopt);
    } else if (*kept || another || !m_backtest || m_backtest->run.id != 0) {
        if (another && *kept) {
            m_horizon->setValue((*kept)->result->options.horizonDays);
            m_origins->setValue((*kept)->result->options.origins);
        }
        adopt(*std::move(kept));
    } else {
        showTable(); // of a project that is open read-only: kept nowhere else
    }
}

void BacktestCard::updateRun()
{
    const bool running = m_context.jobs.groupRunning(kGroup);
    m_run->setEnabled(!running && m_context.session.counts().usersWithPurchase > 0);
    m_start->setEnabled(m_run->isEnabled());
}

BacktestOptions BacktestCard::chosenOptions(BacktestOptions options) const
{
    options.models.clear();
    for (const auto &[name, check] : m_checks) {
        if (check->isChecked()) {
            options.models.push_back(name);
        }
    }
    options.horizonDays = m_horizon->value();
    options.origins = m_origins->value();
    options.until.reset();
    if (!m_automatic->isChecked()) {
        options.until = static_cast<Day>(kEpoch.daysTo(m_cut->date()));
    }
    return options;
}

void BacktestCard::run()
{
    if (!m_run->isEnabled()) {
        return;
    }
    m_job = runOnProject<SavedBacktest>(
        m_context.session, m_context.jobs, tr("Backtest"), this,
        [chosen = chosenOptions({})](Project &project, const Task &task) -> Result<SavedBacktest> {
            auto options = backtestOptionsOf(project);
            if (!options) {
                return options.error();
            }
            options->models = chosen.models;
            options->horizonDays = chosen.horizonDays;
            options->origins = chosen.origins;
            options->until = chosen.until;
            return backtestProject(project, *options, task);
        },
        [this, path = m_shownPath](Result<SavedBacktest> result) {
            finished(path, std::move(result));
        },
        kGroup, JobVisibility::Listed);
    updateRun();
    showProgress();
}

void BacktestCard::finished(const QString &path, Result<SavedBacktest> result)
{
    m_job = 0;
    showProgress();
    updateRun();
    if (path != m_context.session.path()) {
        return;
    }
    if (result) {
        setStatus(result->run.id == 0 ? tr("Not kept: %1").arg(readOnlyText())
                                              : QString());
        adopt(std::optional(*std::move(result)));
    } else if (result.error().code == ErrorCode::Cancelled) {
        setStatus(tr("Cancelled; nothing was kept of it."));
    } else if (result.error().code == ErrorCode::WindowPastData) {
        setStatus(tr("The data do not reach so far: the windows asked for need data up to or "
                             "from %1. A shorter horizon or fewer windows fit.")
                              .arg(QString::fromStdString(result.error().detail)));
    } else {
        setStatus(errorText(result.error()));
    }
}

void BacktestCard::adopt(std::optional<SavedBacktest> backtest)
{
    m_backtest = std::move(backtest);
    showTable();
    Q_EMIT backtestChanged();
}

void BacktestCard::showProgress()
{
    const auto &all = m_context.jobs.jobs();
    const auto job = std::ranges::find(all, m_job, &JobInfo::id);
    const bool running = m_job != 0 && job != all.end() &&
                         (job->state == JobState::Running || job->state == JobState::Waiting);
    m_progress->setVisible(running);
    m_cancel->setVisible(running);
    m_start->setVisible(!running);
    if (!running) {
        return;
    }
    m_progress->setValue(static_cast<int>(job->fraction * 1000));
    const QString left = job->secondsLeft ? tr("%1 left").arg(durationText(*job->secondsLeft))
                                          : tr("estimating the time left");
    setStatus(tr("%1 · %2 · %3").arg(job->stage, percentText(job->fraction), left));
}

const BacktestRow *BacktestCard::row() const
{
    if (!m_backtest) {
        return nullptr;
    }
    const BacktestResult &result = *m_backtest->result;
    const int selected = m_table->selectedRow();
    if (selected >= 0 && selected < static_cast<int>(result.rows.size())) {
        return &result.rows[static_cast<std::size_t>(selected)];
    }
    if (result.winner) {
        return &result.rows[*result.winner];
    }
    return result.rows.empty() ? nullptr : &result.rows.front();
}

void BacktestCard::showTable()
{
    const bool shown = m_backtest.has_value();
    for (QWidget *part : std::initializer_list<QWidget *>{m_table, m_use, m_side, m_remarks}) {
        part->setVisible(shown);
    }
    if (!shown) {
        m_verdict->setText(tr("No backtest yet. Run one to see which method is right about what "
                              "customers did after a day, knowing only what came before it."));
        setCaption({});
        return;
    }
    const BacktestResult &result = *m_backtest->result;
    const auto side = static_cast<BacktestSide>(m_side->currentIndex());
    const int selected = m_table->selectedRow();
    const ProjectSettings &settings = m_context.session.settings();
    const QString sign = currencySign(QString::fromStdString(settings.currency));
    m_table->tableModel()->setColumns(backtestColumns(side, sign));
    m_table->setRows(backtestRows(result, side, settings.valueModel));
    m_table->selectRow(selected);
    fitHeight(*m_table);
    m_verdict->setText(result.winner ? tr("Best in the mean rank over the six figures of value: %1.")
                                           .arg(forecasterText(result.rows[*result.winner].model))
                                     : tr("No method could be judged."));
    QString when = m_backtest->run.finishedAt > 0
                       ? tr("Run on %1 (UTC).").arg(timeText(m_backtest->run.finishedAt))
                       : QString();
    if (m_backtest->run.dataHash != m_context.session.dataHash().toStdString()) {
        when += tr(" The data have changed since.");
    }
    setCaption(tr("%1 %2 ● best, ≈ its difference from the best is noise; grey: naive rules.")
                   .arg(backtestScopeText(result), when));
    showRow();
}

void BacktestCard::showRow()
{
    const BacktestRow *shown = row();
    if (!shown) {
        return;
    }
    QStringList lines;
    for (const BacktestRow &other : m_backtest->result->rows) {
        if (other.error) {
            lines << tr("✕ %1: %2").arg(forecasterText(other.model), errorText(*other.error));
        }
    }
    const QStringList notes = forecastNoteTexts(*shown);
    if (!notes.isEmpty()) {
        lines << tr("%1: %2").arg(forecasterText(shown->model), notes.join(QLatin1Char(' ')));
    }
    m_remarks->setText(lines.join(QLatin1Char('\n')));
    m_remarks->setVisible(!lines.isEmpty());
    showUse();
    Q_EMIT rowChanged();
}

void BacktestCard::showUse()
{
    const BacktestRow *chosen = row();
    const bool used = chosen->model == m_context.session.settings().valueModel;
    const bool readOnly = m_context.session.readOnly();
    m_use->setText(used ? tr("%1 is in use").arg(forecasterText(chosen->model))
                        : tr("Use %1 for this project").arg(forecasterText(chosen->model)));
    m_use->setAccessibleName(m_use->text());
    m_use->setEnabled(!used && !readOnly && !chosen->error);
    m_use->setToolTip(readOnly        ? readOnlyText()
                      : chosen->error ? errorText(*chosen->error)
                                      : tr("Makes it the project's value model: the next scoring "
                                           "predicts with it."));
}

void BacktestCard::useRow()
{
    const BacktestRow *chosen = row();
    if (!chosen) {
        return;
    }
    const QString name = forecasterText(chosen->model);
    ProjectSettings settings = m_context.session.settings();
    settings.valueModel = chosen->model;
    if (const Status set = m_context.session.setSettings(settings); !set) {
        m_context.navigator.showError(tr("The value model could not be set"), set.error());
        return;
    }
    m_context.navigator.showMessage(
        tr("%1 is the project's value model now. Score the users again to see it everywhere.")
            .arg(name));
}

} // namespace perennial
