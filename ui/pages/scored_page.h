#pragma once

#include "ui/pages/page_parts.h"

class QStackedLayout;

namespace perennial {

class Card;
class EmptyState;
class ErrorPanel;
class UserTableView;

/// What keeps a page from showing figures of scored users, in the order to be dealt with.
enum class Lack { Nothing, Project, Events, Scores };
Lack lackOf(const ProjectSession &session);

/// Reads what is made of the scored users in a quiet job. What comes in when the scores are gone
/// (another project), or after `owner`, is dropped.
template <class T>
void readScored(const PageContext &context, QObject *owner, const QString &what,
                const QString &group, std::function<Result<T>(Project &, const Task &)> work,
                std::function<void(Result<T>)> done)
{
    runOnProject<T>(
        context.session, context.jobs, what, owner, std::move(work),
        [&session = context.session, done = std::move(done)](Result<T> result) {
            if (lackOf(session) == Lack::Nothing) {
                done(std::move(result));
            }
        },
        group);
}

/// The table of users in a card; export failures are said by the window.
UserTableView *addUserTable(const PageContext &context, Card *card);

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
    template <class T>
    void readScored(const QString &what, const QString &group,
                    std::function<Result<T>(Project &, const Task &)> work,
                    std::function<void(Result<T>)> done)
    {
        perennial::readScored<T>(context(), this, what, group, std::move(work), std::move(done));
    }
    UserTableView *addUsers(Card *card) { return addUserTable(context(), card); }
    /// In place of the body: the figures could not be read. A cancel shows nothing.
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
    ErrorPanel *m_error;
    PageBody *m_body;
    Banner *m_outdated;
    Banner *m_notes;
    QAction *m_score;
};

} // namespace perennial
