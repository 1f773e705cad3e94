#include "ui/widgets/card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QWhatsThis>

namespace perennial {

namespace {

constexpr int kHeadHeight = 24;

} // namespace

Card::Card(const QString &title, QWidget *parent) : QFrame(parent)
{
    setProperty("role", "card");
    setAccessibleName(title);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(12, 8, 12, 12);
    all->setSpacing(kGap);

    auto *head = new QHBoxLayout;
    head->setSpacing(kGap);
    m_title = new ElidedLabel(title);
    m_title->setFont(uiFont(TextSize::CardTitle));
    m_title->setMinimumHeight(kHeadHeight); // with or without buttons beside it
    head->addWidget(m_title, 1);
    m_tools = new QHBoxLayout;
    m_tools->setSpacing(kGap);
    head->addLayout(m_tools);
    m_help = iconButton(QStringLiteral(":/icons/help.svg"), tr("What is this?"));
    connect(m_help, &QToolButton::clicked, this, &Card::showDefinition);
    m_help->hide();
    head->addWidget(m_help);
    m_menuButton = iconButton(QStringLiteral(":/icons/more.svg"), tr("Menu of %1").arg(title));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->hide();
    head->addWidget(m_menuButton);
    all->addLayout(head);

    m_body = new QVBoxLayout;
    m_body->setSpacing(2 * kGap);
    all->addLayout(m_body, 1);

    m_caption = captionLabel();
    m_caption->hide();
    all->addWidget(m_caption);
}

QString Card::title() const
{
    return m_title->fullText();
}

void Card::setTitle(const QString &title)
{
    m_title->setFullText(title);
    setAccessibleName(title);
    m_menuButton->setAccessibleName(tr("Menu of %1").arg(title));
}

void Card::setDefinition(const QString &definition)
{
    m_definition = definition;
    m_help->setVisible(!definition.isEmpty());
    m_help->setAccessibleDescription(definition);
    setAccessibleDescription(definition);
}

void Card::setCaption(const QString &caption)
{
    m_caption->setText(caption);
    m_caption->setVisible(!caption.isEmpty());
}

QString Card::caption() const
{
    return m_caption->text();
}

QMenu *Card::menu()
{
    if (!m_menu) {
        m_menu = new QMenu(this);
        m_menuButton->setMenu(m_menu);
        m_menuButton->show();
    }
    return m_menu;
}

void Card::setBusy(bool busy)
{
    setProperty("busy", busy);
    setCursor(busy ? Qt::BusyCursor : Qt::ArrowCursor);
}

void Card::showDefinition()
{
    QWhatsThis::showText(m_help->mapToGlobal(QPoint(0, m_help->height())),
                         plainToolTip(m_definition), m_help);
}

} // namespace perennial
