#include "ui/main_window/job_panel.h"

#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

bool isLive(const JobInfo &job)
{
    return job.state == JobState::Running || job.state == JobState::Waiting;
}

QProgressBar *thinBar(const QString &name)
{
    auto *bar = new QProgressBar;
    bar->setRange(0, 1000);
    bar->setTextVisible(false);
    bar->setFixedWidth(120);
    bar->setAccessibleName(name);
    return bar;
}

} // namespace

QString jobText(const JobInfo &job)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("perennial", text); };
    QStringList parts{job.title};
    switch (job.state) {
    case JobState::Waiting:
        parts << tr("waiting");
        break;
    case JobState::Running:
        if (!job.stage.isEmpty()) {
            parts << job.stage;
        }
        parts << QStringLiteral("%1 %").arg(static_cast<int>(job.fraction * 100));
        if (job.secondsLeft) {
            parts << tr("%1 left").arg(durationText(*job.secondsLeft));
        }
        break;
    case JobState::Done:
        parts << tr("done in %1").arg(durationText(job.seconds));
        break;
    case JobState::Cancelled:
        parts << tr("cancelled");
        break;
    case JobState::Failed:
        parts << tr("failed") << (job.error ? errorText(*job.error) : QString());
        break;
    }
    return parts.join(QStringLiteral(" · "));
}

JobLine::JobLine(JobRunner &jobs, JobId id, QWidget *parent) : QWidget(parent), m_jobs(jobs)
{
    m_job.id = id;
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_text = new ElidedLabel;
    row->addWidget(m_text, 1);
    m_bar = thinBar(tr("Progress"));
    row->addWidget(m_bar);
    m_button = iconButton(QStringLiteral(":/icons/close.svg"), tr("Cancel job"));
    m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(m_button, &QToolButton::clicked, this, &JobLine::act);
    row->addWidget(m_button);
}

void JobLine::show(const JobInfo &job)
{
    m_job = job;
    m_text->setFullText(jobText(job));
    m_bar->setVisible(isLive(job));
    m_bar->setValue(static_cast<int>(job.fraction * 1000));
    m_button->setVisible(isLive(job) || job.state == JobState::Failed);
    m_button->setText(isLive(job) ? tr("Cancel") : tr("Copy details"));
    m_button->setToolTip({});
    m_button->setAccessibleName(QStringLiteral("%1: %2").arg(m_button->text(), job.title));
}

void JobLine::act()
{
    if (isLive(m_job)) {
        m_jobs.cancel(m_job.id);
    } else if (m_job.error) {
        QGuiApplication::clipboard()->setText(errorDetails(*m_job.error));
    }
}

JobPanel::JobPanel(JobRunner &jobs, QWidget *parent) : QFrame(parent), m_jobs(jobs)
{
    setProperty("role", "jobPanel");
    setAccessibleName(tr("Jobs"));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(12, 8, 12, 8);
    auto *head = new QHBoxLayout;
    QLabel *title = plainLabel(tr("Jobs"));
    title->setFont(uiFont(TextSize::CardTitle));
    head->addWidget(title, 1);
    auto *clear = pushButton(tr("Clear finished"));
    connect(clear, &QPushButton::clicked, &m_jobs, &JobRunner::clearFinished);
    head->addWidget(clear);
    auto *close = iconButton(QStringLiteral(":/icons/close.svg"), tr("Close job panel"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    head->addWidget(close);
    all->addLayout(head);
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Jobs"));
    scroll->setWidgetResizable(true);
    auto *list = new QWidget;
    m_lines = new QVBoxLayout(list);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_none = captionLabel(tr("Nothing is running, and nothing has run in this session."));
    m_lines->addWidget(m_none);
    m_lines->addStretch(1);
    scroll->setWidget(list);
    all->addWidget(scroll, 1);
    setFixedHeight(176);
    connect(&jobs, &JobRunner::jobsChanged, this, &JobPanel::update);
    update();
}

void JobPanel::update()
{
    std::map<JobId, JobLine *> kept;
    for (const JobInfo &job : m_jobs.jobs()) {
        if (job.visibility != JobVisibility::Listed) {
            continue;
        }
        JobLine *&line = m_byId[job.id];
        if (!line) {
            line = new JobLine(m_jobs, job.id);
            m_lines->insertWidget(0, line); // newest first
        }
        line->show(job);
        kept[job.id] = line;
    }
    for (const auto &[id, line] : m_byId) {
        if (!kept.contains(id)) {
            line->hide();
            line->deleteLater();
        }
    }
    m_byId = std::move(kept);
    m_none->setVisible(m_byId.empty());
}

JobStatus::JobStatus(JobRunner &jobs, QWidget *parent) : QWidget(parent), m_jobs(jobs)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 0, 0);
    row->setSpacing(2 * kGap);
    m_open = iconButton(QStringLiteral(":/icons/jobs.svg"), tr("Show jobs"));
    m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_open, &QToolButton::clicked, this, &JobStatus::panelToggled);
    row->addWidget(m_open);
    m_bar = thinBar(tr("Progress of the job"));
    row->addWidget(m_bar);
    m_cancel = iconButton(QStringLiteral(":/icons/close.svg"), tr("Cancel job"));
    connect(m_cancel, &QToolButton::clicked, this, [this] { m_jobs.cancel(m_job); });
    row->addWidget(m_cancel);
    connect(&jobs, &JobRunner::jobsChanged, this, &JobStatus::update);
    update();
}

void JobStatus::update()
{
    const auto &all = m_jobs.jobs();
    const auto job = std::find_if(all.rbegin(), all.rend(), [](const JobInfo &j) {
        return j.visibility == JobVisibility::Listed && isLive(j);
    });
    const bool running = job != all.rend();
    m_bar->setVisible(running);
    m_cancel->setVisible(running);
    m_job = running ? job->id : 0;
    QString text = tr("No jobs");
    if (running) {
        text = jobText(*job);
        m_bar->setValue(static_cast<int>(job->fraction * 1000));
    } else {
        const auto last = std::find_if(all.rbegin(), all.rend(), [](const JobInfo &j) {
            return j.visibility == JobVisibility::Listed;
        });
        if (last != all.rend()) {
            text = jobText(*last);
        }
    }
    constexpr int kMostWidth = 560;
    m_open->setText(m_open->fontMetrics().elidedText(text, Qt::ElideRight, kMostWidth));
    m_open->setAccessibleName(tr("Jobs: %1").arg(text));
}

} // namespace perennial
