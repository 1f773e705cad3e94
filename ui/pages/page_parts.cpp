#include "ui/pages/page_parts.h"

#include "ui/theme/theme.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
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
    m_column->setContentsMargins(0, 0, kCardGap, 0); // between the cards and the scroll bar
    m_column->setSpacing(kCardGap);
    setWidget(content);
}

void addCardRow(QVBoxLayout *column, const std::vector<std::pair<QWidget *, int>> &cards)
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
    column->addLayout(row);
}

PageSections::PageSections(const QStringList &names, QVBoxLayout *column, QObject *parent)
    : QObject(parent), m_names(names), m_column(column),
      m_choice(new ChoiceBar(tr("Part of the page"), names))
{
    auto *row = new QHBoxLayout;
    row->addWidget(m_choice);
    row->addStretch(1);
    column->addLayout(row);
    connect(m_choice, &ChoiceBar::chosen, this, [this](int index) {
        for (std::size_t i = 0; i < m_sections.size(); ++i) {
            m_sections[i]->setVisible(static_cast<int>(i) == index);
        }
        Q_EMIT shown(index);
    });
}

void PageSections::add(QWidget *section)
{
    section->setVisible(static_cast<int>(m_sections.size()) == m_choice->current());
    m_sections.push_back(section);
    m_column->addWidget(section);
}

QVBoxLayout *PageSections::addColumn()
{
    auto *section = new QWidget;
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    add(section);
    return column;
}

int PageSections::current() const
{
    return m_choice->current();
}

void PageSections::show(int index)
{
    m_choice->setCurrent(index);
}

Banner::Banner(QWidget *parent) : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // room left over is the content's
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
    setTexts({}, {});
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_second, &QPushButton::clicked, this, &Banner::secondTriggered);
}

void Banner::setTexts(const QString &text, const QString &action, const QString &second)
{
    m_text->setText(text);
    setAccessibleName(text);
    for (const auto &[button, words] : {std::pair(m_action, action), std::pair(m_second, second)}) {
        button->setText(words);
        button->setAccessibleName(words.isEmpty() ? tr("Nothing to do") : words);
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

} // namespace perennial
