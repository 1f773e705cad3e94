#pragma once

#include "core/project/cleaning_store.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace perennial {

/// Makes a cleaning rule: its kind, its definition, what it would do, why. Nothing is switched
/// before its effect has been shown.
class RuleDialog : public QDialog {
    Q_OBJECT

public:
    using Shown = std::function<void(const Result<CleaningEffect> &)>;
    /// Starts finding out what a rule would do, on a worker; calls back on this thread.
    using Preview = std::function<void(const CleaningRule &, Shown)>;

    explicit RuleDialog(Preview preview, QWidget *parent = nullptr);
    /// Begins with this rule.
    void setRule(const CleaningRule &rule);

Q_SIGNALS:
    void ruleWanted(const perennial::CleaningRule &rule, const QString &reason);

private:
    void setUpForm();
    void chooseKind(int index);
    void showPreview();
    void showEffect(const CleaningRule &rule, const Result<CleaningEffect> &effect);
    void forgetEffect();

    Preview m_preview;
    QComboBox *m_kind;
    QLabel *m_help;
    QPlainTextEdit *m_definition;
    QLineEdit *m_reason;
    QLabel *m_effect;
    QPushButton *m_look, *m_switchOn;
    std::optional<CleaningRule> m_shown; ///< whose effect is shown
};

} // namespace perennial
