#include "ui/segments/segment_edits.h"

#include <QUndoStack>

#include <algorithm>

namespace perennial {

namespace {

class ShownStep : public QUndoCommand {
public:
    ShownStep(ProjectSession &session, SegmentRule to)
        : m_session(session), m_from(session.segment()->rule()), m_to(std::move(to))
    {
        setText(SegmentEdits::tr("Filter"));
    }
    void undo() override { m_session.setSegment(m_from); }
    void redo() override { m_session.setSegment(m_to); }

private:
    ProjectSession &m_session;
    SegmentRule m_from, m_to;
};

} // namespace

class SavedSegmentStep : public QUndoCommand {
public:
    using State = std::optional<NamedSegment>;
    SavedSegmentStep(SegmentEdits &edits, const QString &what, State from, State to)
        : QUndoCommand(what), m_edits(edits), m_from(std::move(from)), m_to(std::move(to))
    {
    }
    void undo() override { write(m_to, m_from); }
    void redo() override { write(m_from, m_to); }

private:
    void write(const State &from, const State &to)
    {
        if (const Status written = m_edits.write(from, to); !written) {
            Q_EMIT m_edits.failed(SegmentEdits::tr("The segment could not be kept"),
                                  written.error());
        }
        Q_EMIT m_edits.savedChanged();
    }

    SegmentEdits &m_edits;
    State m_from, m_to;
};

SegmentEdits::SegmentEdits(ProjectSession &session, QUndoStack &undo, QObject *parent)
    : QObject(parent), m_session(session), m_undo(undo)
{
    connect(&session, &ProjectSession::projectChanged, this, [this] { m_undo.clear(); });
}

std::vector<SegmentRecord> SegmentEdits::saved() const
{
    if (!m_session.hasProject()) {
        return {};
    }
    auto all = readSegments(m_session.project());
    return all ? *std::move(all) : std::vector<SegmentRecord>();
}

std::optional<SegmentRecord> SegmentEdits::find(const QString &name) const
{
    const std::vector<SegmentRecord> all = saved();
    const auto found = std::ranges::find(all, name.toStdString(), &SegmentRecord::name);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void SegmentEdits::choose(const SegmentRule &rule)
{
    SegmentRule list = asList(rule);
    if (list != m_session.segment()->rule()) {
        m_undo.push(new ShownStep(m_session, std::move(list)));
    }
}

void SegmentEdits::save(const QString &name, const SegmentRule &rule)
{
    const auto before = find(name);
    const NamedSegment to{name.toStdString(), segmentJson(rule)};
    push(tr("Save segment"),
         before ? State(NamedSegment{before->name, before->definition}) : std::nullopt, to);
}

void SegmentEdits::remove(const QString &name)
{
    if (const auto there = find(name)) {
        push(tr("Remove segment"), NamedSegment{there->name, there->definition}, std::nullopt);
    }
}

void SegmentEdits::rename(const QString &from, const QString &to)
{
    const auto there = find(from);
    if (!there || from == to) {
        return;
    }
    if (find(to)) {
        Q_EMIT failed(tr("The segment could not be renamed"),
                      fail(ErrorCode::InvalidArgument,
                           tr("another segment has the name %1").arg(to).toStdString()));
        return;
    }
    push(tr("Rename segment"), NamedSegment{there->name, there->definition},
         NamedSegment{to.toStdString(), there->definition});
}

QString SegmentEdits::duplicate(const QString &name)
{
    const auto there = find(name);
    if (!there) {
        return {};
    }
    const QString copy = freeSegmentName(name, saved());
    push(tr("Duplicate segment"), std::nullopt,
         NamedSegment{copy.toStdString(), there->definition});
    return copy;
}

void SegmentEdits::push(const QString &what, State from, State to)
{
    if (from == to) {
        return;
    }
    if (!m_session.hasProject() || m_session.readOnly()) {
        Q_EMIT failed(tr("The segment could not be kept"),
                      fail(ErrorCode::ReadOnly, {}, m_session.path().toStdString()));
        return;
    }
    m_undo.push(new SavedSegmentStep(*this, what, std::move(from), std::move(to)));
}

Status SegmentEdits::write(const State &from, const State &to)
{
    if (!m_session.hasProject()) {
        return fail(ErrorCode::FileMissing);
    }
    // By name: what was deleted and brought back has another id than before.
    const auto known = find(QString::fromStdString((from ? from : to)->name));
    if (!to) {
        return known ? removeSegment(m_session.project(), known->id) : Status(Done{});
    }
    const auto written =
        saveSegment(m_session.project(), {known ? known->id : 0, to->name, to->definition, 0});
    return written ? Status(Done{}) : Status(written.error());
}

QString freeSegmentName(const QString &name, const std::vector<SegmentRecord> &taken)
{
    for (int number = 2;; ++number) {
        QString free = QStringLiteral("%1 (%2)").arg(name, QString::number(number));
        if (std::ranges::find(taken, free.toStdString(), &SegmentRecord::name) == taken.end()) {
            return free;
        }
    }
}

} // namespace perennial
