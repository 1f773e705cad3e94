#include "ui/main_window/header_bar.h"

#include "ui/pages/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace perennial {

HeaderBar::HeaderBar(QWidget *parent) : QFrame(parent)
{
    setProperty("role", "header");
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(12);
    m_title = plainLabel();
    m_title->setFont(uiFont(TextSize::PageTitle));
    row->addWidget(m_title);
    m_answer = new ElidedLabel;
    m_answer->setProperty("role", "answer");
    row->addWidget(m_answer, 1);
    m_actions = new QHBoxLayout;
    m_actions->setSpacing(kGap);
    row->addLayout(m_actions);
    setMinimumHeight(48);
}

void HeaderBar::showPage(const Page &page)
{
    m_title->setText(page.title());
    m_answer->setFullText(page.answer());
    const QList<QAction *> actions = page.pageActions();
    if (actions != m_shown) {
        showActions(actions);
    }
}

void HeaderBar::showActions(const QList<QAction *> &actions)
{
    m_shown = actions;
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        item->widget()->hide(); // deleted later, and not to be seen until then
        item->widget()->deleteLater();
        delete item;
    }
    for (QAction *action : actions) {
        auto *button = new QToolButton;
        button->setProperty("role", "action");
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text().remove(QLatin1Char('&')));
        m_actions->addWidget(button);
    }
}

} // namespace perennial
