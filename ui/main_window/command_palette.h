#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace perennial {

/// Every action of the program in one searchable list (Ctrl+Shift+P).
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    explicit CommandPalette(const QList<QAction *> &actions, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void run();

    QList<QAction *> m_actions;
    QLineEdit *m_text = nullptr;
    QListWidget *m_list = nullptr;
};

/// Do the words of `typed` begin words of `name`, or its letters occur in order? Higher is better,
/// 0 = no.
int matchScore(const QString &typed, const QString &name);

} // namespace perennial
