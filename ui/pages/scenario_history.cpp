#include "ui/pages/scenario_history.h"

#include <algorithm>

namespace perennial {

class ScenarioStep : public QUndoCommand {
public:
    ScenarioStep(ScenarioHistory &history, const QString &what, std::vector<ScenarioRecord> before,
                 std::vector<ScenarioRecord> after)
        : QUndoCommand(what), m_history(history), m_before(std::move(before)),
          m_after(std::move(after))
    {
    }
    void undo() override { put(m_before); }
    void redo() override
    {
        if (m_fresh) {
            m_fresh = false; // written before it was pushed
            return;
        }
        put(m_after);
    }

private:
    void put(const std::vector<ScenarioRecord> &wanted)
    {
        const Status status = m_history.write(wanted);
        if (!status) {
            Q_EMIT m_history.failed(status.error());
        }
        Q_EMIT m_history.stored();
    }

    ScenarioHistory &m_history;
    std::vector<ScenarioRecord> m_before, m_after;
    bool m_fresh = true;
};

ScenarioHistory::ScenarioHistory(Target target, QObject *parent)
    : QUndoStack(parent), m_target(std::move(target))
{
}

Status ScenarioHistory::change(const QString &what, std::vector<ScenarioRecord> wanted)
{
    Project *project = m_target();
    if (!project) {
        return fail(ErrorCode::ReadOnly);
    }
    auto before = readScenarios(*project);
    if (!before) {
        return before.error();
    }
    const Status status = write(wanted);
    if (!status) {
        return status;
    }
    note(what, std::move(*before), std::move(wanted));
    return Done{};
}

void ScenarioHistory::note(const QString &what, std::vector<ScenarioRecord> before,
                           std::vector<ScenarioRecord> after)
{
    push(new ScenarioStep(*this, what, std::move(before), std::move(after)));
    Q_EMIT stored();
}

Status ScenarioHistory::write(const std::vector<ScenarioRecord> &wanted)
{
    Project *project = m_target();
    if (!project || project->readOnly()) {
        return fail(ErrorCode::ReadOnly);
    }
    const auto saved = readScenarios(*project);
    if (!saved) {
        return saved.error();
    }
    for (const ScenarioRecord &record : *saved) {
        const bool stays = std::any_of(wanted.begin(), wanted.end(), [&](const ScenarioRecord &w) {
            return w.name == record.name;
        });
        const Status status = stays ? Status(Done{}) : removeScenario(*project, record.id);
        if (!status) {
            return status;
        }
    }
    for (const ScenarioRecord &record : wanted) {
        const auto same = std::find_if(saved->begin(), saved->end(), [&](const ScenarioRecord &s) {
            return s.name == record.name && s.definition == record.definition &&
                   s.outcome == record.outcome;
        });
        if (same != saved->end()) {
            continue;
        }
        const auto id = saveScenario(*project, record);
        if (!id) {
            return id.error();
        }
    }
    return Done{};
}

} // namespace perennial
