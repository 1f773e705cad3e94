#pragma once

#include "core/base/result.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace perennial {

/// In place of content: what is missing, why it matters, the one button.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    /// An empty `action` shows no button.
    void setTexts(const QString &what, const QString &why, const QString &action);

Q_SIGNALS:
    void actionTriggered();

private:
    QLabel *m_what = nullptr;
    QLabel *m_why = nullptr;
    QPushButton *m_action = nullptr;
};

/// In place of content after a failure: what happened, where, what to do, "Copy details".
class ErrorPanel : public QWidget {
    Q_OBJECT

public:
    explicit ErrorPanel(QWidget *parent = nullptr);
    void setError(const Error &error);

private:
    QLabel *m_text = nullptr;
    QLabel *m_advice = nullptr;
    QString m_details;
};

} // namespace perennial
