#pragma once

#include "core/project/run_edits.h"
#include "ui/pages/page.h"

#include <QUndoStack>

#include <deque>
#include <optional>

namespace perennial {

/// What was changed in the runs of the open project, to be undone: notes, tags, runs that were
/// taken out, the champion. Every change is a job of its own, as the file may be large and the
/// worker of a training may be writing; they are made in the order they were asked for. Another
/// project forgets them all.
class RunHistory : public QUndoStack {
    Q_OBJECT

public:
    explicit RunHistory(const PageContext &context, QObject *parent = nullptr);

    /// What is not given stays as it is in the file by then.
    void setNote(std::int64_t run, const std::optional<QString> &note,
                 const std::optional<QString> &tags);
    void remove(const RunRecord &run);
    /// @param from the champion it takes the place of; 0 = none.
    void setChampion(std::int64_t run, std::int64_t from);
    bool isBusy() const noexcept { return m_busy > 0; }

Q_SIGNALS:
    void busyChanged();
    void championChanged(qint64 run); ///< by setChampion, undo or redo

private:
    friend class RunStep;
    using Work = std::function<Status(Project &)>;
    /// @param then what becomes of the history once it is done; nothing where it failed.
    void write(const QString &title, Work work, std::function<void()> then = {});
    void startNext();

    struct Change {
        QString path, title;
        Work work;
        std::function<void()> then;
    };
    std::deque<Change> m_waiting;

    PageContext m_context;
    int m_busy = 0; ///< changes that wait or are being made
};

} // namespace perennial
