#pragma once

#include "core/project/segment_store.h"
#include "ui/models/project_session.h"

#include <QObject>

#include <optional>

class QUndoStack;

namespace perennial {

/// A saved segment by its name: what a step of the undo stack takes from and puts back.
struct NamedSegment {
    std::string name;
    std::string definition; ///< segmentJson
    bool operator==(const NamedSegment &) const = default;
};

/// Changes the users shown and the saved segments: each call is one step of the undo stack, or none
/// where nothing changes or can be.
class SegmentEdits : public QObject {
    Q_OBJECT

public:
    /// Both have to outlive it. Another project clears the stack.
    SegmentEdits(ProjectSession &session, QUndoStack &undo, QObject *parent = nullptr);

    /// Shows these users only.
    void choose(const SegmentRule &rule);
    /// Keeps them under a name, in place of the segment that has it.
    void save(const QString &name, const SegmentRule &rule);
    void remove(const QString &name);
    /// Says so with `failed` where another segment has the name.
    void rename(const QString &from, const QString &to);
    /// Saves it again under a name of its own: "best (2)". @return the name; empty where it is not
    /// there.
    QString duplicate(const QString &name);

    std::vector<SegmentRecord> saved() const; ///< by name; none without a project
    std::optional<SegmentRecord> find(const QString &name) const;

Q_SIGNALS:
    void savedChanged(); ///< by a call here, an undo or a redo
    void failed(const QString &title, const perennial::Error &error);

private:
    friend class SavedSegmentStep;
    using State = std::optional<NamedSegment>;
    void push(const QString &what, State from, State to);
    /// Makes `to` of what is `from`. @error as the store.
    Status write(const State &from, const State &to);

    ProjectSession &m_session;
    QUndoStack &m_undo;
};

/// "best (2)": the first such name that none of them has.
QString freeSegmentName(const QString &name, const std::vector<SegmentRecord> &taken);

} // namespace perennial
