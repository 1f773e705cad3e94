#include "ui/widgets/choice_bar.h"

#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace perennial {

ChoiceBar::ChoiceBar(const QString &accessibleName, const QStringList &choices, QWidget *parent)
    : QWidget(parent), m_group(new QButtonGroup(this))
{
    setAccessibleName(accessibleName);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (int i = 0; i < choices.size(); ++i) {
        QPushButton *button = pushButton(choices[i], false, this);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(accessibleName, choices[i]));
        button->setProperty("role", "choice");
        button->setCheckable(true);
        button->setChecked(i == 0);
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_group->addButton(button, i);
        row->addWidget(button);
    }
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool down) {
        if (down) {
            Q_EMIT chosen(id);
        }
    });
}

int ChoiceBar::current() const
{
    return m_group->checkedId();
}

void ChoiceBar::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index)) {
        button->setChecked(true);
    }
}

} // namespace perennial
