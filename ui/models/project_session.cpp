#include "ui/models/project_session.h"

#include "core/churn/churn_shelf.h"
#include "core/lifecycle/lifecycle_shelf.h"
#include "core/scoring/score_users.h"

#include <QCoreApplication>

#include <cmath>

namespace perennial {

struct ProjectSession::Snapshot {
    std::optional<Project> project; ///< for the UI thread
    ProjectSettings settings;
    ProjectCounts counts;
    std::optional<UserStateLabel> label;
    QString dataHash;
};

namespace {

std::filesystem::path fsPath(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

} // namespace

ProjectSession::ProjectSession(JobRunner &jobs, QObject *parent) : QObject(parent), m_jobs(jobs) {}
ProjectSession::~ProjectSession() = default;

Result<ProjectSession::Snapshot> ProjectSession::readAll(Project project)
{
    Snapshot snapshot;
    auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    auto label = readUserStateLabel(project);
    if (!label && label.error().code != ErrorCode::NotScored) {
        return label.error();
    }
    auto hash = perennial::dataHash(project);
    if (!hash) {
        return hash.error();
    }
    snapshot.settings = *std::move(settings);
    snapshot.counts = *std::move(counts);
    if (label) {
        snapshot.label = *std::move(label);
    }
    snapshot.dataHash = QString::fromStdString(*hash);
    snapshot.project = std::move(project);
    return snapshot;
}

void ProjectSession::adopt(Snapshot snapshot)
{
    if (snapshot.project) {
        m_project = std::move(snapshot.project);
    }
    m_settings = std::move(snapshot.settings);
    m_counts = std::move(snapshot.counts);
    m_label = std::move(snapshot.label);
    m_dataHash = std::move(snapshot.dataHash);
    m_shelf = m_label ? std::make_shared<LifecycleShelf>(m_label->snapshot) : nullptr;
    m_churnShelf = m_label ? std::make_shared<ChurnShelf>(m_label->snapshot, m_label->horizonDays)
                           : nullptr;
    m_states = std::make_shared<StatesShelf>();
    m_segment = segmentOf(m_segment->rule(), m_states); // other users may meet it now
}

void ProjectSession::open(const QString &path, Project::Access access)
{
    m_jobs.start<std::shared_ptr<Snapshot>>(
        tr("Open project"),
        [path, access](const Task &) -> Result<std::shared_ptr<Snapshot>> {
            auto project = Project::open(fsPath(path), access);
            if (!project) {
                return project.error();
            }
            auto snapshot = readAll(*std::move(project));
            if (!snapshot) {
                return snapshot.error();
            }
            return std::make_shared<Snapshot>(*std::move(snapshot));
        },
        this,
        [this, path](Result<std::shared_ptr<Snapshot>> result) {
            if (!result) {
                Q_EMIT openFailed(path, result.error());
                return;
            }
            m_jobs.abandonAll(); // they read the project that was open before
            m_segment = everybody();
            adopt(std::move(**result));
            Q_EMIT projectChanged();
        },
        QStringLiteral("session.open"), JobVisibility::Quiet);
}

void ProjectSession::create(const QString &path)
{
    if (auto made = Project::create(fsPath(path)); !made) {
        Q_EMIT openFailed(path, made.error());
        return;
    }
    open(path);
}

void ProjectSession::close()
{
    if (!m_project) {
        return;
    }
    m_jobs.abandonAll();
    m_project.reset();
    m_settings = {};
    m_counts = {};
    m_label.reset();
    m_states.reset();
    m_shelf.reset();
    m_churnShelf.reset();
    m_dataHash.clear();
    m_segment = everybody();
    Q_EMIT projectChanged();
}

QString ProjectSession::path() const
{
    return m_project ? QString::fromStdU16String(m_project->path().u16string()) : QString();
}

QString ProjectSession::name() const
{
    return m_project ? QString::fromStdString(m_project->name()) : QString();
}

Result<Project> ProjectSession::connectForWorker() const
{
    return m_project ? m_project->connect() : Result<Project>(fail(ErrorCode::FileMissing));
}

Status ProjectSession::setSettings(const ProjectSettings &settings)
{
    if (!m_project) {
        return fail(ErrorCode::FileMissing);
    }
    if (settings == m_settings) {
        return Done{};
    }
    if (auto written = writeSettings(*m_project, settings); !written) {
        return written;
    }
    m_settings = settings;
    Q_EMIT settingsChanged();
    return Done{};
}

std::optional<Day> ProjectSession::snapshot() const noexcept
{
    return m_settings.snapshot ? m_settings.snapshot : m_counts.lastDay;
}

bool ProjectSession::scoresOutdated() const
{
    if (!m_label) {
        return false;
    }
    const auto differs = [](double a, double b) { return std::abs(a - b) > 1e-12; };
    return m_label->dataHash != m_dataHash.toStdString() ||
           m_label->horizonDays != m_settings.horizonDays ||
           differs(m_label->margin, m_settings.margin) ||
           differs(m_label->discountPerYear, m_settings.discountPerYear) ||
           m_label->snapshot != snapshot() ||
           scoredThresholds(*m_label).value_or(m_settings.stages) != m_settings.stages;
}

void ProjectSession::setSegment(const SegmentRule &rule)
{
    if (asList(rule) != m_segment->rule()) {
        m_segment = segmentOf(rule, m_states);
        Q_EMIT segmentChanged();
    }
}

void ProjectSession::notifyDataChanged()
{
    auto connection = connectForWorker();
    if (!connection) {
        return;
    }
    auto held = std::make_shared<std::optional<Project>>(*std::move(connection));
    m_jobs.start<std::shared_ptr<Snapshot>>(
        tr("Read project"),
        [held](const Task &) -> Result<std::shared_ptr<Snapshot>> {
            auto snapshot = readAll(std::move(**held));
            held->reset();
            if (!snapshot) {
                return snapshot.error();
            }
            snapshot->project.reset(); // the session keeps its own connection
            return std::make_shared<Snapshot>(*std::move(snapshot));
        },
        this,
        [this](Result<std::shared_ptr<Snapshot>> result) {
            if (result && m_project) {
                adopt(std::move(**result));
                Q_EMIT dataChanged();
            }
        },
        QStringLiteral("session.read"), JobVisibility::Quiet);
}

} // namespace perennial
