#include "ui/pages/scored_page.h"

#include "ui/models/user_table_view.h"
#include "ui/pages/forget_user.h"
#include "ui/pages/score_notes.h"
#include "ui/pages/selection_actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace perennial {

Lack lackOf(const ProjectSession &session)
{
    if (!session.hasProject()) {
        return Lack::Project;
    }
    if (session.counts().events == 0 && session.counts().users == 0) {
        return Lack::Events;
    }
    return session.label() ? Lack::Nothing : Lack::Scores;
}

UserTableView *addUserTable(const PageContext &context, Card *card)
{
    auto *table = new UserTableView(context.session, context.jobs);
    card->body()->addWidget(table);
    new ForgetUser(context, table);
    table->setSelectionMenu([context, table](QMenu *menu, const UserSelection &selection) {
        addSelectionActions(menu, context, selection, table);
    });
    QObject::connect(table, &UserTableView::exportFailed, card, [context](const Error &error) {
        context.navigator.showError(ScoredPage::tr("The users could not be exported"), error);
    });
    return table;
}

ScoredPage::ScoredPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_stack = new QStackedLayout(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_empty = new EmptyState(this);
    m_error = new ErrorPanel(this);
    m_body = new PageBody(this);
    m_outdated = new Banner;
    m_notes = new Banner;
    m_body->column()->addWidget(m_outdated);
    m_body->column()->addWidget(m_notes);
    for (QWidget *part : std::initializer_list<QWidget *>{m_empty, m_error, m_body}) {
        m_stack->addWidget(part);
    }
    m_empty->setTexts(tr("Nothing to show yet."), {}, {});
    m_score = new QAction(tr("Score users"), this);
    connect(m_score, &QAction::triggered, this, [this] { navigator().scoreUsers(); });
    connect(m_empty, &EmptyState::actionTriggered, this, &ScoredPage::runLackAction);
    connect(m_outdated, &Banner::actionTriggered, m_score, &QAction::trigger);
}

QList<QAction *> ScoredPage::pageActions() const
{
    return {m_score};
}

QString ScoredPage::readOnlyReason() const
{
    return session().readOnly() ? readOnlyText() : QString();
}

bool ScoredPage::showBodyOrLack()
{
    const Lack lack = lackOf(session());
    const QString blocked = readOnlyReason();
    m_score->setEnabled(blocked.isEmpty() && (lack == Lack::Nothing || lack == Lack::Scores));
    m_score->setToolTip(blocked.isEmpty() ? tr("Stage, value and churn risk of every user anew")
                                          : blocked);
    switch (lack) {
    case Lack::Project:
        m_empty->setTexts(tr("No project is open."),
                          tr("A project holds the events, models and results that this page shows."),
                          tr("Open a project…"));
        break;
    case Lack::Events:
        m_empty->setTexts(tr("This project has no events yet."),
                          tr("Everything here is computed from what users did: orders, views, "
                             "refunds."),
                          tr("Import events…"));
        break;
    case Lack::Scores:
        m_empty->setTexts(tr("The users have not been scored yet."),
                          blocked.isEmpty() ? whyScores() : whyScores() + QLatin1Char(' ') + blocked,
                          blocked.isEmpty() ? tr("Score users") : QString());
        break;
    case Lack::Nothing:
        break;
    }
    if (lack != Lack::Nothing) {
        m_stack->setCurrentWidget(m_empty);
        return false;
    }
    m_outdated->setTexts(session().scoresOutdated()
                             ? tr("Data or settings have changed since the users were scored on %1 "
                                  "(UTC): these figures are of before.")
                                   .arg(timeText(session().label()->computedAt))
                             : QString(),
                         tr("Score again"));
    m_outdated->setBlocked(blocked);
    m_notes->setTexts(scoreNotesText(session().project()), {});
    return true;
}

void ScoredPage::showBody()
{
    m_stack->setCurrentWidget(m_body);
}

void ScoredPage::showReadError(const Error &error)
{
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    m_error->setError(error);
    m_stack->setCurrentWidget(m_error);
}

void ScoredPage::runLackAction()
{
    switch (lackOf(session())) {
    case Lack::Project:
        navigator().openProject();
        break;
    case Lack::Events:
        navigator().importFile();
        break;
    case Lack::Scores:
    case Lack::Nothing:
        navigator().scoreUsers();
        break;
    }
}

} // namespace perennial
