#pragma once

#include "core/project/settings.h"

#include <QWidget>

#include <functional>
#include <memory>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QUndoStack;

namespace perennial {

class StageForm;

/// The project settings as a form: what is typed is checked at once and named in words beside the
/// field; "Apply" saves it as one step that can be undone.
class SettingsForm : public QWidget {
    Q_OBJECT

public:
    using Save = std::function<Status(const ProjectSettings &)>;

    explicit SettingsForm(Save save, QWidget *parent = nullptr);
    ~SettingsForm() override;

    /// Shows what is stored. What was typed and not applied is kept only where nothing was stored
    /// in between. @param firstEventDay, lastEventDay of the data, empty where there is none.
    void setSettings(const ProjectSettings &settings, std::optional<Day> firstEventDay,
                     std::optional<Day> lastEventDay);
    /// @param reason why nothing can be changed; empty = it can.
    void setReadOnly(const QString &reason);
    /// Forgets the steps of another project.
    void clearHistory();

    ProjectSettings edited() const;
    bool isModified() const;

Q_SIGNALS:
    void saved();

private:
    void setUpValueFields(QFormLayout *form);
    void setUpButtons();
    void showSettings(const ProjectSettings &settings);
    void check();
    void apply();
    bool saveStep(const ProjectSettings &settings);

    Save m_save;
    ProjectSettings m_stored;
    std::optional<Day> m_firstEventDay, m_lastEventDay;
    QString m_readOnlyReason;
    QString m_saveProblem; ///< of the last attempt to save
    /// Not a child: emptied at its end it speaks to the form, which a QWidget's end no longer is.
    std::unique_ptr<QUndoStack> m_history;

    QComboBox *m_currency;
    QDoubleSpinBox *m_margin;
    QDoubleSpinBox *m_discount;
    QSpinBox *m_horizon;
    QCheckBox *m_snapshotIsLast;
    QDateEdit *m_snapshot;
    QComboBox *m_period;
    QCheckBox *m_firstPurchase;
    StageForm *m_stages;
    QLabel *m_problem;
    QPushButton *m_apply;
    QPushButton *m_discard;
    QPushButton *m_undo;
    QPushButton *m_redo;
};

} // namespace perennial
