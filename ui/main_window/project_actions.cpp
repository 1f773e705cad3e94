#include "ui/main_window/project_actions.h"

#include "core/sample/sample_shop.h"
#include "core/scoring/score_users.h"
#include "ui/main_window/message_dialogs.h"
#include "ui/models/recent_projects.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QWidget>

#include <algorithm>

namespace perennial {

namespace {

constexpr auto kEnding = ".perennial";

} // namespace

ProjectActions::ProjectActions(ProjectSession &session, JobRunner &jobs, QWidget *window)
    : QObject(window), m_session(session), m_jobs(jobs), m_window(window)
{
    connect(&session, &ProjectSession::openFailed, this, &ProjectActions::handleOpenFailure);
    connect(&session, &ProjectSession::projectChanged, this, [this] {
        if (m_session.hasProject() && m_scoreOnceOpen) {
            scoreUsers();
        }
        m_scoreOnceOpen = false;
    });
}

QString ProjectActions::samplePath()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    folder.mkpath(QStringLiteral("."));
    return folder.filePath(QStringLiteral("sample-shop") + QLatin1String(kEnding));
}

bool ProjectActions::stopJobs()
{
    const auto &all = m_jobs.jobs();
    const bool some = std::any_of(all.begin(), all.end(), [](const JobInfo &job) {
        return job.visibility == JobVisibility::Listed &&
               (job.state == JobState::Running || job.state == JobState::Waiting);
    });
    if (some &&
        !ask(m_window, tr("Jobs are running"),
             tr("Jobs are still running on this project. What they have not finished is lost; "
                "the project stays as it was before them."),
             tr("Cancel the jobs"))) {
        return false;
    }
    m_jobs.cancelAll();
    return true;
}

void ProjectActions::newProject()
{
    QString path = QFileDialog::getSaveFileName(
        m_window, tr("New project"), {}, tr("Perennial project (*%1)").arg(QLatin1String(kEnding)),
        nullptr, QFileDialog::DontConfirmOverwrite);
    if (path.isEmpty()) {
        return;
    }
    if (!path.endsWith(QLatin1String(kEnding))) {
        path += QLatin1String(kEnding);
    }
    if (stopJobs()) {
        m_session.create(path);
    }
}

void ProjectActions::openProject(const QString &given)
{
    const QString path = given.isEmpty()
                             ? QFileDialog::getOpenFileName(
                                   m_window, tr("Open project"), {},
                                   tr("Perennial project (*%1)").arg(QLatin1String(kEnding)))
                             : given;
    if (path.isEmpty() || QFileInfo(path) == QFileInfo(m_session.path())) {
        return; // it is open already
    }
    if (stopJobs()) {
        m_session.open(path);
    }
}

void ProjectActions::openSample()
{
    const QString path = samplePath();
    if (QFileInfo::exists(path)) {
        openProject(path);
    } else if (stopJobs()) {
        makeSample(path);
    }
}

void ProjectActions::makeSample(const QString &path)
{
    m_jobs.start<SampleShopReport>(
        tr("Make the sample shop"),
        [path](const Task &task) {
            return createSampleShop(std::filesystem::path(path.toStdU16String()), {}, task);
        },
        this,
        [this, path](Result<SampleShopReport> report) {
            if (report) {
                m_scoreOnceOpen = true;
                m_session.open(path);
            } else if (report.error().code != ErrorCode::Cancelled) {
                showErrorDialog(m_window, tr("Open sample"), report.error());
            }
        },
        QStringLiteral("sample"));
}

void ProjectActions::closeProject()
{
    if (m_session.hasProject() && stopJobs()) {
        m_session.close();
    }
}

void ProjectActions::handleOpenFailure(const QString &path, const Error &error)
{
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    if (error.code == ErrorCode::Locked) {
        const QString holder = QString::fromStdString(error.detail);
        const QString question =
            tr("%1 is open in another window or program%2. It can be opened read-only: all pages "
               "work, nothing is changed.")
                .arg(path, holder.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(holder));
        if (ask(m_window, tr("Open project"), question, tr("Open read-only"))) {
            m_session.open(path, Project::Access::ReadOnly);
        }
        return;
    }
    showErrorDialog(m_window, tr("Open project"), error);
}

void ProjectActions::scoreUsers()
{
    if (!m_session.hasProject()) {
        return;
    }
    if (m_session.readOnly()) {
        showErrorDialog(m_window, tr("Score users"),
                        fail(ErrorCode::ReadOnly, {}, m_session.path().toStdString()));
        return;
    }
    runOnProject<ScoreReport>(
        m_session, m_jobs, tr("Score users"), this,
        [](Project &project, const Task &task) {
            return perennial::scoreUsers(project, ScoreOptions{}, task);
        },
        [this](Result<ScoreReport> report) {
            if (report) {
                m_session.notifyDataChanged();
            } else if (report.error().code != ErrorCode::Cancelled) {
                showErrorDialog(m_window, tr("Score users"), report.error());
            }
        },
        QStringLiteral("score"), JobVisibility::Listed);
}

} // namespace perennial
