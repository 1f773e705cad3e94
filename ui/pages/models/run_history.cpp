#include "ui/pages/models/run_history.h"

#include <QUndoCommand>

#include <memory>

namespace perennial {

/// A change with the way back. The first redo is of the history's own making, once the change is in
/// the file.
class RunStep : public QUndoCommand {
public:
    using Work = RunHistory::Work;

    RunStep(RunHistory &history, const QString &what, Work forth, Work back,
            std::function<void(bool)> told)
        : QUndoCommand(what), m_history(history), m_forth(std::move(forth)),
          m_back(std::move(back)), m_told(std::move(told))
    {
    }

    void redo() override
    {
        if (m_isDone) {
            m_history.write(text(), m_forth, [told = m_told] { told(true); });
        }
        m_isDone = true;
    }
    void undo() override
    {
        m_history.write(text(), m_back, [told = m_told] { told(false); });
    }

private:
    RunHistory &m_history;
    Work m_forth, m_back;
    std::function<void(bool)> m_told;
    bool m_isDone = false;
};

RunHistory::RunHistory(const PageContext &context, QObject *parent)
    : QUndoStack(parent), m_context(context)
{
    constexpr int kSteps = 50; // a run taken out is held with its weights
    setUndoLimit(kSteps);
    connect(&context.session, &ProjectSession::projectChanged, this, &QUndoStack::clear);
}

void RunHistory::write(const QString &title, Work work, std::function<void()> then)
{
    m_waiting.push_back({m_context.session.path(), title, std::move(work), std::move(then)});
    ++m_busy;
    Q_EMIT busyChanged();
    if (m_busy == 1) {
        startNext();
    }
}

void RunHistory::startNext()
{
    const QString here = m_context.session.path();
    m_busy -= static_cast<int>(
        std::erase_if(m_waiting, [&](const Change &change) { return change.path != here; }));
    if (m_waiting.empty()) {
        Q_EMIT busyChanged();
        return;
    }
    Change change = std::move(m_waiting.front());
    m_waiting.pop_front();
    runOnProject<Done>(
        m_context.session, m_context.jobs, change.title, this,
        [work = std::move(change.work)](Project &project, const Task &) -> Result<Done> {
            const Status status = work(project);
            return status ? Result<Done>(Done{}) : Result<Done>(status.error());
        },
        [this, path = change.path, title = change.title,
         then = std::move(change.then)](Result<Done> result) {
            --m_busy;
            if (path == m_context.session.path()) {
                if (!result) {
                    clear(); // what it says of the file may be wrong now
                    m_context.navigator.showError(tr("“%1” did not succeed").arg(title),
                                                  result.error());
                } else if (then) {
                    then();
                }
                m_context.session.notifyDataChanged();
            }
            startNext();
        },
        QString());
}

void RunHistory::setNote(std::int64_t run, const std::optional<QString> &note,
                         const std::optional<QString> &tags)
{
    const auto before = std::make_shared<RunRecord>();
    const Work forth = [=](Project &project) -> Status {
        auto record = readRun(project, run);
        if (!record) {
            return record.error();
        }
        *before = std::move(*record);
        return setRunNote(project, run, note ? note->toStdString() : before->note,
                          tags ? tags->toStdString() : before->tags);
    };
    const Work back = [before](Project &project) {
        return setRunNote(project, before->id, before->note, before->tags);
    };
    const QString what = tr("Note of run %1").arg(run);
    write(what, forth,
          [this, what, forth, back] { push(new RunStep(*this, what, forth, back, [](bool) {})); });
}

void RunHistory::remove(const RunRecord &run)
{
    const std::int64_t id = run.id;
    const auto kept = std::make_shared<std::optional<RemovedRun>>();
    const Work forth = [id, kept](Project &project) -> Status {
        auto removed = removeRun(project, id);
        if (!removed) {
            return removed.error();
        }
        *kept = std::move(*removed);
        return Done{};
    };
    const Work back = [kept](Project &project) { return restoreRun(project, **kept); };
    const QString what = tr("Delete run %1").arg(id);
    write(what, forth,
          [this, what, forth, back] { push(new RunStep(*this, what, forth, back, [](bool) {})); });
}

void RunHistory::setChampion(std::int64_t run, std::int64_t from)
{
    const auto writer = [](std::int64_t id) {
        return [id](Project &project) { return perennial::setChampion(project, id); };
    };
    const Work forth = writer(run);
    const QString what = tr("Use run %1").arg(run);
    write(what, forth, [=, this] {
        if (from > 0) {
            push(new RunStep(*this, what, forth, writer(from), [=, this](bool again) {
                Q_EMIT championChanged(again ? run : from);
            }));
        }
        Q_EMIT championChanged(run);
    });
}

} // namespace perennial
