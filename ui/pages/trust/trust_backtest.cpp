#include "ui/pages/trust/trust_backtest.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/trust/trust_backtest_form.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/widgets/labels.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

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
    m_run = new QAction(tr("Run backtest"), this);
    connect(m_run, &QAction::triggered, this, &BacktestCard::run);
    m_form = new BacktestForm;
    body()->addWidget(m_form);
    connect(m_form, &BacktestForm::runRequested, this, &BacktestCard::run);
    connect(m_form, &BacktestForm::cancelRequested, this,
            [this] { m_context.jobs.cancel(m_job); });
    setUpTable();
    connect(&m_context.jobs, &JobRunner::jobsChanged, this, &BacktestCard::showProgress);
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
    const bool another = m_shownPath != path;
    if (another) {
        m_shownPath = path;
        m_form->startAnew(m_context.session.counts(), m_context.session.settings().horizonDays);
    }
    updateRun();
    auto kept = readSavedBacktest(m_context.session.project());
    if (!kept) {
        m_form->setStatus(errorText(kept.error()));
        adopt(std::nullopt);
    } else if (*kept || another || !m_backtest || m_backtest->run.id != 0) {
        if (another && *kept) {
            m_form->setWindows((*kept)->result->options.horizonDays,
                               (*kept)->result->options.origins);
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
    m_form->setRunnable(m_run->isEnabled());
}

void BacktestCard::run()
{
    if (!m_run->isEnabled()) {
        return;
    }
    m_job = runOnProject<SavedBacktest>(
        m_context.session, m_context.jobs, tr("Backtest"), this,
        [chosen = m_form->chosen({})](Project &project, const Task &task) -> Result<SavedBacktest> {
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
        m_form->setStatus(result->run.id == 0 ? tr("Not kept: %1").arg(readOnlyText())
                                              : QString());
        adopt(std::optional(*std::move(result)));
    } else if (result.error().code == ErrorCode::Cancelled) {
        m_form->setStatus(tr("Cancelled; nothing was kept of it."));
    } else if (result.error().code == ErrorCode::WindowPastData) {
        m_form->setStatus(tr("The data do not reach so far: the windows asked for need data up to or "
                             "from %1. A shorter horizon or fewer windows fit.")
                              .arg(QString::fromStdString(result.error().detail)));
    } else {
        m_form->setStatus(errorText(result.error()));
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
    m_form->showProgress(running ? &*job : nullptr);
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
    m_table->fitHeight();
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
                   .arg(backtestScopeText(result, QString::fromStdString(settings.currency)), when));
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
            lines << tr("✕ %1: %2").arg(forecasterText(other.model), forecastErrorText(other));
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
                      : chosen->error ? forecastErrorText(*chosen)
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
