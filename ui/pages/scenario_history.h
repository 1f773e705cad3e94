#pragma once

#include "core/project/project.h"
#include "core/project/scenario_store.h"

#include <QString>
#include <QUndoStack>

#include <functional>
#include <vector>

namespace perennial {

/// Changes of the saved scenarios that can be undone: each step is the list before and after.
class ScenarioHistory : public QUndoStack {
    Q_OBJECT

public:
    /// @param write gives the project to write to, null where there is none to write to.
    using Target = std::function<Project *()>;
    explicit ScenarioHistory(Target target, QObject *parent = nullptr);

    /// Makes `wanted` what is saved, as one step. @error ReadOnly, as the store.
    Status change(const QString &what, std::vector<ScenarioRecord> wanted);
    /// A step that somebody else has written already.
    void note(const QString &what, std::vector<ScenarioRecord> before,
              std::vector<ScenarioRecord> after);

Q_SIGNALS:
    void stored();                             ///< what is saved has changed
    void failed(const perennial::Error &error); ///< an undo or redo could not be written

private:
    friend class ScenarioStep;
    Status write(const std::vector<ScenarioRecord> &wanted);

    Target m_target;
};

} // namespace perennial
