#pragma once

#include <QFrame>
#include <QList>

class QAction;
class QHBoxLayout;
class QLabel;

namespace perennial {

class ElidedLabel;
class Page;

/// Title · one-line answer · actions of the page shown.
class HeaderBar : public QFrame {
    Q_OBJECT

public:
    explicit HeaderBar(QWidget *parent = nullptr);
    void showPage(const Page &page);

private:
    void showActions(const QList<QAction *> &actions);

    QLabel *m_title = nullptr;
    ElidedLabel *m_answer = nullptr;
    QHBoxLayout *m_actions = nullptr;
    QList<QAction *> m_shown;
};

} // namespace perennial
