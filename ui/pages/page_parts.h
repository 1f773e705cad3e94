#pragma once

#include "ui/pages/page.h"

#include <QFrame>
#include <QScrollArea>

class QLabel;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace perennial {

class EmptyState;

/// A page's content, scrolling when it is higher than the window; never sideways.
class PageBody : public QScrollArea {
    Q_OBJECT

public:
    explicit PageBody(QWidget *parent = nullptr);
    QVBoxLayout *column() const noexcept { return m_column; }
    /// Cards side by side; `stretches` share the width.
    void addRow(const std::vector<std::pair<QWidget *, int>> &cards);

private:
    QVBoxLayout *m_column;
};

/// One line that something must be known or done, with at most two buttons. Hidden while empty.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);
    /// An empty text hides it; an empty button text shows no button.
    void setTexts(const QString &text, const QString &action, const QString &second = {});
    /// @param reason why the buttons do nothing; empty = they do.
    void setBlocked(const QString &reason);
    QString text() const;

Q_SIGNALS:
    void actionTriggered();
    void secondTriggered();

private:
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_second;
};

/// What keeps a page from showing figures of scored users, in the order to be dealt with.
enum class Lack { Nothing, Project, Events, Scores };
Lack lackOf(const ProjectSession &session);

/// A page that shows scored users: either its body, or in place of it what is missing and the one
/// action. A banner on top says when the scores are older than data or settings.
class ScoredPage : public Page {
    Q_OBJECT

public:
    explicit ScoredPage(const PageContext &context, QWidget *parent = nullptr);

    QList<QAction *> pageActions() const override;

protected:
    PageBody *body() const noexcept { return m_body; }
    /// Shows body or empty state; call first in `refresh`. @return true where there are scores.
    bool showBodyOrLack();
    /// In place of the body: the figures could not be read.
    void showReadError(const Error &error);
    void showBody();
    /// Why nothing can be written; empty where it can.
    QString readOnlyReason() const;
    /// What a lacking score costs this page: the "why" of its empty state.
    virtual QString whyScores() const = 0;

private:
    void runLackAction();

    QStackedLayout *m_stack;
    EmptyState *m_empty;
    class ErrorPanel *m_error;
    PageBody *m_body;
    Banner *m_outdated;
    QAction *m_score;
};

/// Why a project that is open read-only cannot be changed.
QString readOnlyText();

} // namespace perennial
