#include "ui/widgets/fact_lines.h"

#include "ui/widgets/labels.h"

#include <QGridLayout>

namespace perennial {

FactLines::FactLines(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
}

void FactLines::add(const QString &name, const QString &value)
{
    const int row = static_cast<int>(m_texts.size());
    QLabel *key = captionLabel(name);
    key->setWordWrap(false);
    m_grid->addWidget(key, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
    m_grid->addWidget(new ElidedLabel(value), row, 1);
    m_texts << (name.isEmpty() ? value : QStringLiteral("%1: %2").arg(name, value));
}

void FactLines::clear()
{
    m_texts.clear();
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace perennial
