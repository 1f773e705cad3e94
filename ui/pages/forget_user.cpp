#include "ui/pages/forget_user.h"

#include "ui/models/user_table_view.h"
#include "ui/pages/page_parts.h"
#include "ui/wording/counts.h"
#include "ui/wording/privacy_words.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace perennial {

namespace {

const QString kGroup = QStringLiteral("forget");

} // namespace

ForgetUser::ForgetUser(const PageContext &context, UserTableView *table)
    : QObject(table), m_context(context), m_table(table),
      m_action(new QAction(tr("Erase user…"), this))
{
    table->addUserAction(m_action);
    connect(m_action, &QAction::triggered, this, &ForgetUser::begin);
    connect(table, &UserTableView::userSelected, this, &ForgetUser::updateAction);
    connect(&context.session, &ProjectSession::projectChanged, this, &ForgetUser::updateAction);
    updateAction();
}

void ForgetUser::updateAction()
{
    const bool readOnly = m_context.session.readOnly();
    m_action->setEnabled(!readOnly && m_table->selectedUser() != 0);
    m_action->setToolTip(readOnly ? readOnlyText() : QString());
}

/// Title of a job that may be reading or writing this user right now; empty where there is none.
QString ForgetUser::blockedBy() const
{
    const std::vector<JobInfo> &jobs = m_context.jobs.jobs();
    const auto found = std::ranges::find_if(jobs, [](const JobInfo &job) {
        return job.visibility == JobVisibility::Listed &&
               (job.state == JobState::Running || job.state == JobState::Waiting);
    });
    return found == jobs.end() ? QString() : found->title;
}

void ForgetUser::begin()
{
    const std::string key = m_table->selectedKey().toStdString();
    if (key.empty() || !m_context.session.hasProject()) {
        return;
    }
    if (const QString job = blockedBy(); !job.isEmpty()) {
        m_context.navigator.showMessage(
            tr("“%1” is running: erase users when it has ended.").arg(job));
        return;
    }
    runOnProject<UserTraces>(
        m_context.session, m_context.jobs, tr("Count a user's data"), this,
        [key](Project &project, const Task &task) { return tracesOfUser(project, key, task); },
        [this, key](Result<UserTraces> traces) {
            if (traces) {
                askFor(key, *traces);
            } else if (traces.error().code != ErrorCode::Cancelled) {
                m_context.navigator.showError(tr("The user could not be erased"), traces.error());
            }
        },
        kGroup);
}

void ForgetUser::askFor(const std::string &key, const UserTraces &traces)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Erase user"), {}, QMessageBox::Cancel,
                                m_table->window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Erase user %1 from this project for good?").arg(QString::fromStdString(key)));
    QStringList lines{tracesText(traces)};
    if (traces.runs > 0) {
        lines << counted(traces.runs,
                         tr("1 model run has learned from this user and will be due to be trained "
                            "again."),
                         tr("%1 model runs have learned from this user and will be due to be "
                            "trained again."));
    }
    lines << tr("This can't be undone. Copies, exports and reports made before keep the user.");
    box->setInformativeText(lines.join(QStringLiteral("\n\n")));
    const QPushButton *yes = box->addButton(tr("Erase"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this, key] { erase(key); });
    box->open();
}

void ForgetUser::erase(const std::string &key)
{
    runOnProject<ForgetReport>(
        m_context.session, m_context.jobs, tr("Erase a user"), this,
        [key](Project &project, const Task &task) { return forgetUser(project, key, task); },
        [this](Result<ForgetReport> report) {
            if (report) {
                tell(*report);
                m_context.session.notifyDataChanged();
            } else if (report.error().code != ErrorCode::Cancelled) {
                m_context.navigator.showError(tr("The user could not be erased"), report.error());
            }
        },
        kGroup, JobVisibility::Listed);
}

void ForgetUser::tell(const ForgetReport &report)
{
    const QStringList left = forgetWarnings(report);
    if (left.isEmpty()) {
        m_context.navigator.showMessage(tr("The user is erased."));
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Information, tr("The user is erased"), {},
                                QMessageBox::Close, m_table->window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("The user is erased."));
    box->setInformativeText(left.join(QStringLiteral("\n\n")));
    box->open();
}

} // namespace perennial
