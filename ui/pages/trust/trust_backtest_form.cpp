#include "ui/pages/trust/trust_backtest_form.h"

#include "core/forecast/forecaster.h"
#include "ui/widgets/calendar.h"
#include "ui/widgets/count_suffix.h"
#include "ui/widgets/labels.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kModelColumns = 6;
constexpr int kMostOrigins = 24;
constexpr int kMostDays = 3650;
} // namespace

BacktestForm::BacktestForm(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    setUpModels(column);
    setUpWindows(column);
    setUpProgress(column);
}

void BacktestForm::setUpModels(QVBoxLayout *column)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    for (const std::string_view name : forecasterNames()) {
        if ((*findForecaster(name))->isNaive()) {
            continue;
        }
        auto *check = new QCheckBox(forecasterText(std::string(name)));
        check->setChecked(true);
        check->setAccessibleName(tr("Judge %1").arg(check->text()));
        const int at = static_cast<int>(m_checks.size());
        grid->addWidget(check, at / kModelColumns, at % kModelColumns);
        m_checks.emplace_back(name, check);
    }
    grid->setColumnStretch(kModelColumns, 1);
    column->addLayout(grid);
}

void BacktestForm::setUpWindows(QVBoxLayout *column)
{
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
    setCountSuffix(*m_horizon, tr(" day"), tr(" days"));
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
    connect(m_automatic, &QCheckBox::toggled, this, &BacktestForm::showAutomaticCut);
    connect(m_horizon, &QSpinBox::valueChanged, this, &BacktestForm::showAutomaticCut);
    row->addStretch(1);
    m_start = pushButton(tr("Run backtest"), true);
    m_cancel = pushButton(tr("Cancel"));
    row->addWidget(m_start);
    row->addWidget(m_cancel);
    connect(m_start, &QPushButton::clicked, this, &BacktestForm::runRequested);
    connect(m_cancel, &QPushButton::clicked, this, &BacktestForm::cancelRequested);
    column->addLayout(row);
}

void BacktestForm::setUpProgress(QVBoxLayout *column)
{
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the backtest"));
    column->addWidget(m_progress);
    m_status = captionLabel();
    column->addWidget(m_status);
    m_progress->hide();
    m_status->hide();
    m_cancel->hide();
}

void BacktestForm::startAnew(const ProjectCounts &counts, int horizonDays)
{
    setStatus({});
    m_automatic->setChecked(true);
    setWindows(horizonDays, 1);
    if (counts.firstDay && counts.lastDay) {
        m_cut->setDateRange(toDate(*counts.firstDay), toDate(*counts.lastDay));
    }
    showAutomaticCut();
}

void BacktestForm::showAutomaticCut()
{
    m_cut->setDisabled(m_automatic->isChecked());
    if (m_automatic->isChecked()) {
        m_cut->setDate(m_cut->maximumDate().addDays(-m_horizon->value()));
    }
}

void BacktestForm::setWindows(int horizonDays, int origins)
{
    m_horizon->setValue(horizonDays);
    m_origins->setValue(origins);
}

BacktestOptions BacktestForm::chosen(BacktestOptions options) const
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
        options.until = toDay(m_cut->date());
    }
    return options;
}

void BacktestForm::setRunnable(bool runnable)
{
    m_start->setEnabled(runnable);
}

void BacktestForm::showProgress(const JobInfo *job)
{
    m_progress->setVisible(job != nullptr);
    m_cancel->setVisible(job != nullptr);
    m_start->setVisible(job == nullptr);
    if (!job) {
        return;
    }
    m_progress->setValue(static_cast<int>(job->fraction * 1000));
    const QString left = job->secondsLeft ? tr("%1 left").arg(durationText(*job->secondsLeft))
                                          : tr("estimating the time left");
    setStatus(tr("%1 · %2 · %3").arg(job->stage, percentText(job->fraction), left));
}

void BacktestForm::setStatus(const QString &text)
{
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

} // namespace perennial
