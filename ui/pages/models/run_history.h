#pragma once

#include "core/project/run_edits.h"
#include "ui/pages/page.h"

#include <QUndoStack>

namespace perennial {

/// What was changed in the runs of the open project, to be undone: notes, tags, runs that were
/// taken out, the champion. Every change is a job of its own, as the file may be large and the
/// worker of a training may be writing; another project forgets them all.
class RunHistory : public QUndoStack {
    Q_OBJECT

public:
    explicit RunHistory(const PageContext &context, QObject *parent = nullptr);

    void setNote(const RunRecord &run, const QString &note, const QString &tags);
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

    PageContext m_context;
    int m_busy = 0;
};

} // namespace perennial
