#include "core/neural/runtime.h"
#include "core/project/audit.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/pages.h"
#include "ui/pages/privacy_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fact_lines.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QFile>
#include <QGridLayout>
#include <QGuiApplication>
#include <QScrollArea>
#include <QSysInfo>
#include <QThread>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr std::int64_t kAuditLines = 200;

/// "MemAvailable:  123 kB" of /proc/meminfo in bytes; 0 where the system has no such file.
qint64 memoryLine(const QByteArray &name)
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name)) {
            return line.mid(name.size()).trimmed().split(' ').first().toLongLong() * 1024;
        }
    }
    return 0;
}

QString processorName()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith("model name")) {
                return QString::fromUtf8(line.mid(line.indexOf(':') + 1).trimmed());
            }
        }
    }
    return QSysInfo::currentCpuArchitecture();
}

struct SystemFacts {
    RuntimeInfo runtime;
    std::optional<DeviceChoice> device;
    std::vector<AuditLine> audit;
    std::optional<PrivacyFacts> privacy; ///< nothing without a project
};

/// Versions, device and its reason, memory, jobs, the project's privacy and audit log.
class SystemPage : public Page {
    Q_OBJECT

public:
    explicit SystemPage(const PageContext &context) : Page(context)
    {
        auto *all = new QGridLayout(this);
        all->setContentsMargins(0, 0, 0, 0);
        all->setSpacing(kCardGap);
        setUpProgram();
        setUpMachine();
        setUpTables();
        m_privacy = new PrivacyCard;
        all->addWidget(m_program, 0, 0, 1, 2);
        all->addWidget(m_machine, 0, 2, 1, 2);
        all->addWidget(m_privacy, 0, 4, 1, 2);
        all->addWidget(m_jobsCard, 1, 0, 1, 3);
        all->addWidget(m_auditCard, 1, 3, 1, 3);
        all->setRowStretch(1, 1);
        for (int column = 0; column < 6; ++column) {
            all->setColumnStretch(column, 1);
        }
        auto *copy = new QAction(tr("Copy system report"), this);
        connect(copy, &QAction::triggered, this, [this] {
            QGuiApplication::clipboard()->setText(m_report.join(QLatin1Char('\n')));
        });
        m_actions = {copy};
        connect(&jobs(), &JobRunner::jobsChanged, this, &SystemPage::showJobs);
    }

    QString title() const override { return tr("System"); }
    QString answer() const override { return m_answer; }
    QList<QAction *> pageActions() const override { return m_actions; }

protected:
    void refresh() override
    {
        auto work = [](const RuntimeInfo &runtime, std::vector<AuditLine> audit,
                       std::optional<PrivacyFacts> privacy) {
            SystemFacts facts{runtime, std::nullopt, std::move(audit), std::move(privacy)};
            if (auto choice = chooseDevice("auto")) {
                facts.device = *choice;
            }
            return facts;
        };
        auto done = [this](Result<SystemFacts> facts) {
            if (facts) {
                show(*facts);
            }
        };
        if (!session().hasProject()) {
            jobs().start<SystemFacts>(
                tr("System"),
                [work](const Task &) -> Result<SystemFacts> { return work(runtimeInfo(), {}, {}); },
                this, done, QStringLiteral("system"), JobVisibility::Quiet);
        } else {
            runOnProject<SystemFacts>(
                session(), jobs(), tr("System"), this,
                [work](Project &project, const Task &) -> Result<SystemFacts> {
                    auto audit = readAudit(project, kAuditLines);
                    if (!audit) {
                        return audit.error();
                    }
                    auto privacy = readPrivacyFacts(project);
                    if (!privacy) {
                        return privacy.error();
                    }
                    return work(runtimeInfo(), *std::move(audit), *std::move(privacy));
                },
                done, QStringLiteral("system"));
        }
        showJobs();
    }

private:
    void setUpProgram()
    {
        m_program = new Card(tr("Program"));
        m_programLines = new FactLines;
        m_program->body()->addWidget(m_programLines);
        m_blasWarning = plainLabel();
        m_blasWarning->setWordWrap(true);
        m_blasWarning->hide();
        m_program->body()->addWidget(m_blasWarning);
        m_program->body()->addStretch(1);
    }

    void setUpMachine()
    {
        m_machine = new Card(tr("Device"));
        m_machine->setDefinition(
            tr("Training takes the graphics card where the LibTorch in use offers one (CUDA), else "
               "the processor. Without OpenBLAS encoders other than attention train at half the "
               "speed."));
        m_machineLines = new FactLines;
        m_machine->body()->addWidget(m_machineLines);
        m_machine->body()->addStretch(1);
    }

    void setUpTables()
    {
        m_jobsCard = new Card(tr("Jobs of this session"));
        m_jobTable = new TableView(tr("Jobs"), {{tr("Job")},
                                                {tr("State")},
                                                {tr("Seconds"), TableColumn::Kind::Number, 1},
                                                {tr("Message")}});
        m_jobTable->setEmptyText(
            tr("Imports, trainings and other long work of this session stand here."));
        m_jobsCard->body()->addWidget(m_jobTable);
        m_auditCard = new Card(tr("Log of this project"));
        m_auditCard->setDefinition(tr(
            "Every change of the project, newest first. Each line holds a hash of itself and the "
            "line before, so that a changed or missing line is found by Verify."));
        m_auditTable = new TableView(tr("Log"), {{tr("Time (UTC)"), TableColumn::Kind::Time},
                                                 {tr("Action")},
                                                 {tr("Details")},
                                                 {tr("Hash")}});
        m_auditCard->body()->addWidget(m_auditTable);
    }

    void show(const SystemFacts &facts)
    {
        m_programLines->clear();
        m_machineLines->clear();
        const RuntimeInfo &r = facts.runtime;
        m_programLines->add(tr("Perennial"), QCoreApplication::applicationVersion());
        m_programLines->add(tr("Qt"), QString::fromLatin1(qVersion()));
        m_programLines->add(tr("LibTorch"), QString::fromStdString(r.torchVersion));
        m_programLines->add(tr("SQLite"), QString::fromStdString(sqliteVersion()));
        const QString blas = r.blasConfig.empty() ? QString::fromStdString(r.blasLibrary)
                                                  : QString::fromStdString(r.blasConfig);
        m_programLines->add(tr("BLAS"), blas.isEmpty() ? tr("none found") : blas);
        m_blasWarning->setVisible(!r.isOpenBlas);
        m_blasWarning->setText(
            tr("⚠ This is not OpenBLAS: encoders other than attention train at half the "
               "speed. Install libopenblas0-pthread."));

        const QString device =
            facts.device ? QString::fromStdString(facts.device->device) : QStringLiteral("cpu");
        m_machineLines->add(tr("Device"), device);
        m_machineLines->add(tr("Why"), reasonText(facts));
        m_machineLines->add(tr("Processor"), processorName());
        m_machineLines->add(tr("Threads"),
                            tr("%1 of the machine, %2 for training")
                    .arg(QThread::idealThreadCount())
                    .arg(r.threads));
        if (const qint64 total = memoryLine("MemTotal:"); total > 0) {
            m_machineLines->add(
                tr("Memory"),
                tr("%1, %2 free").arg(bytesText(total), bytesText(memoryLine("MemAvailable:"))));
        }
        m_machineLines->add(tr("System"), QSysInfo::prettyProductName());
        m_answer = r.isOpenBlas ? tr("Training runs on %1, with OpenBLAS.").arg(device)
                                : tr("Training runs on %1, without OpenBLAS: slowly.").arg(device);
        std::vector<TableModel::Row> rows;
        for (const AuditLine &line : facts.audit) {
            rows.push_back({qint64{line.at}, QString::fromStdString(line.action),
                            auditText(line.detail),
                            QString::fromStdString(line.hash).left(8)});
        }
        m_auditTable->setRows(std::move(rows));
        m_privacy->show(facts.privacy);
        m_report = m_programLines->texts() + m_machineLines->texts() + m_privacy->lines();
        m_auditCard->setCaption(session().hasProject() ? QString() : tr("No project is open."));
        Q_EMIT headerChanged();
    }

    static QString reasonText(const SystemFacts &facts)
    {
        if (!facts.device) {
            return kMissing;
        }
        switch (facts.device->reason) {
        case DeviceReason::CudaFound:
            return tr("CUDA found: %1").arg(QString::fromStdString(facts.device->name));
        case DeviceReason::LibraryWithoutCuda:
            return tr("this LibTorch was built without CUDA");
        case DeviceReason::NoCudaDevice:
            return tr("LibTorch found no CUDA device");
        case DeviceReason::Asked:
            return tr("as asked");
        }
        return {};
    }

    void showJobs()
    {
        if (!isVisible()) {
            return;
        }
        std::vector<TableModel::Row> rows;
        for (auto job = jobs().jobs().rbegin(); job != jobs().jobs().rend(); ++job) {
            if (job->visibility == JobVisibility::Listed) {
                rows.push_back({job->title, stateText(job->state), job->seconds,
                                job->error ? errorText(*job->error) : job->stage});
            }
        }
        m_jobTable->setRows(std::move(rows));
    }

    static QString stateText(JobState state)
    {
        switch (state) {
        case JobState::Waiting:
            return tr("Waiting");
        case JobState::Running:
            return tr("Running");
        case JobState::Done:
            return tr("Done");
        case JobState::Failed:
            return tr("Failed");
        case JobState::Cancelled:
            return tr("Cancelled");
        }
        return {};
    }

    Card *m_program = nullptr, *m_machine = nullptr, *m_jobsCard = nullptr, *m_auditCard = nullptr;
    PrivacyCard *m_privacy = nullptr;
    FactLines *m_programLines = nullptr, *m_machineLines = nullptr;
    QLabel *m_blasWarning = nullptr;
    TableView *m_jobTable = nullptr, *m_auditTable = nullptr;
    QList<QAction *> m_actions;
    QStringList m_report;
    QString m_answer;
};

} // namespace

Page *makeSystemPage(const PageContext &context)
{
    return new SystemPage(context);
}

} // namespace perennial

#include "system_page.moc"
