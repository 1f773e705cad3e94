#pragma once

#include "core/behavior/config.h"
#include "core/neural/runtime.h"
#include "ui/pages/models/config_editors.h"
#include "ui/pages/models/presets.h"

#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace perennial {

/// Why the device was taken, in a sentence.
QString deviceReasonText(const DeviceChoice &choice);

/// The settings of a training: a preset and every setting of configFields() in its group, each with
/// its range and what it does. What differs from the default is marked and can be taken back, what
/// has no effect is off, and what does not fit is said beside its field.
class BehaviorConfigForm : public QWidget {
    Q_OBJECT

public:
    explicit BehaviorConfigForm(QWidget *parent = nullptr);

    /// Settings without effect are at their defaults in it.
    BehaviorConfig config() const;
    void setConfig(const BehaviorConfig &config);
    /// The runs whose weights a training can start from.
    void setRuns(const std::vector<RunChoice> &runs);
    /// Those of another project beside them; the newest is chosen.
    void offerRunsOf(const std::string &project, std::vector<RunChoice> runs);
    bool isValid() const noexcept { return m_valid; }

Q_SIGNALS:
    void changed();
    void otherProjectAsked(); ///< whose runs are to be offered

private:
    /// A field, and how it is shown, so that a step of one spin box touches that field alone.
    struct Row {
        ConfigField field;
        FieldEditor editor;
        QLabel *label, *note;
        QToolButton *reset;
        struct Look {
            bool applies, changed;
            bool operator==(const Look &) const = default;
        };
        std::optional<Look> look = {}; ///< none yet
    };
    /// What stands below a field.
    struct Note {
        std::string key;
        QString text;
        bool isProblem;
    };
    struct Group {
        ConfigGroup group;
        QToolButton *header;
        QWidget *body;
        QGridLayout *grid;
    };

    void setUpPreset(QVBoxLayout *column);
    void setUpGroup(QVBoxLayout *column, ConfigGroup group);
    void addRow(const ConfigField &field, QGridLayout *grid);
    void applyPreset(int index);
    void reset(const Row &row);
    void edited();
    void showPreset(const BehaviorConfig &now);
    void showRow(Row &row, const BehaviorConfig &now, const BehaviorConfig &asTyped);
    void showGroups(const BehaviorConfig &now);
    BehaviorConfig typed() const;
    void check(const BehaviorConfig &now);
    std::vector<Note> notesOn(const BehaviorConfig &now) const;
    void showNote(const Row &row, const Note *note);

    BehaviorConfig m_base; ///< what the form has no field for
    void showRuns();

    std::vector<RunChoice> m_runs, m_otherRuns;
    bool m_runsKnown = false;
    std::vector<Row> m_rows;
    std::vector<Group> m_groups;
    QComboBox *m_preset = nullptr;
    QLabel *m_presetHelp = nullptr;
    bool m_filling = false;
    bool m_valid = true;
};

} // namespace perennial
