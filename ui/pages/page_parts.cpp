#include "ui/pages/page_parts.h"

#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyle>
#include <QVBoxLayout>

namespace perennial {

PageBody::PageBody(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    content->setProperty("role", "page");
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(kCardGap, kCardGap, kCardGap, kCardGap);
    m_column->setSpacing(kCardGap);
    setWidget(content);
}

void PageBody::addRow(const std::vector<std::pair<QWidget *, int>> &cards)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(kCardGap);
    for (const auto &[card, stretch] : cards) {
        // Equal minimum widths let the stretches alone decide, whatever a chart would like.
        QSizePolicy policy = card->sizePolicy();
        policy.setHorizontalPolicy(QSizePolicy::Ignored);
        card->setSizePolicy(policy);
        row->addWidget(card, stretch);
    }
    m_column->addLayout(row);
}

Banner::Banner(QWidget *parent) : QFrame(parent)
{
    setProperty("role", "card");
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(2 * kGap);
    auto *icon = new QLabel(this);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(side, side));
    icon->setAccessibleName(tr("Warning"));
    row->addWidget(icon);
    m_text = plainLabel({}, this);
    m_text->setWordWrap(true);
    row->addWidget(m_text, 1);
    m_second = pushButton({}, false, this);
    row->addWidget(m_second);
    m_action = pushButton({}, false, this);
    row->addWidget(m_action);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_second, &QPushButton::clicked, this, &Banner::secondTriggered);
    hide();
}

void Banner::setTexts(const QString &text, const QString &action, const QString &second)
{
    m_text->setText(text);
    setAccessibleName(text);
    for (const auto &[button, words] : {std::pair(m_action, action), std::pair(m_second, second)}) {
        button->setText(words);
        button->setAccessibleName(words);
        button->setVisible(!words.isEmpty());
    }
    setVisible(!text.isEmpty());
}

void Banner::setBlocked(const QString &reason)
{
    for (QPushButton *button : {m_action, m_second}) {
        button->setEnabled(reason.isEmpty());
        button->setToolTip(reason);
    }
}

QString Banner::text() const
{
    return m_text->text();
}

QString readOnlyText()
{
    return Banner::tr("This project is open read-only: another window or program is writing to "
                      "it, or the file cannot be written.");
}

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

ScoredPage::ScoredPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_stack = new QStackedLayout(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_empty = new EmptyState(this);
    m_error = new ErrorPanel(this);
    m_body = new PageBody(this);
    m_outdated = new Banner;
    m_body->column()->addWidget(m_outdated);
    for (QWidget *part : std::initializer_list<QWidget *>{m_empty, m_error, m_body}) {
        m_stack->addWidget(part);
    }
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
    return true;
}

void ScoredPage::showBody()
{
    m_stack->setCurrentWidget(m_body);
}

void ScoredPage::showReadError(const Error &error)
{
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
