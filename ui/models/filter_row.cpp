#include "ui/models/filter_row.h"

#include "ui/models/column_filter.h"
#include "ui/widgets/labels.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QStyle>

#include <algorithm>

namespace perennial {

FilterRow::FilterRow(QHeaderView *header, const std::vector<UserColumn> &columns, QWidget *parent)
    : QWidget(parent), m_header(header)
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!hasColumnFilter(columns[i])) {
            continue;
        }
        const Field field{columns[i], static_cast<int>(i), new QLineEdit(this)};
        field.edit->setAlignment(Qt::AlignRight);
        field.edit->setPlaceholderText(tr("filter"));
        connect(field.edit, &QLineEdit::textChanged, this, [this, field] {
            check(field);
            Q_EMIT changed();
        });
        m_fields.push_back(field);
        check(field);
    }
    setFixedHeight(m_fields.front().edit->sizeHint().height());
    connect(header, &QHeaderView::sectionResized, this, &FilterRow::place);
    connect(header, &QHeaderView::geometriesChanged, this, &FilterRow::place);
}

void FilterRow::check(const Field &field)
{
    const QString title =
        m_header->model()->headerData(field.section, Qt::Horizontal, Qt::DisplayRole).toString();
    const QString text = field.edit->text().trimmed();
    const bool wrong = !text.isEmpty() && !columnFilter(field.column, text);
    const QString forms = field.column == UserColumn::LastOrder
                              ? tr("Such as 2024-03-31, > 2024-03, 2023..2024")
                              : tr("Such as 10, > 100, <= 5, 10..20");
    field.edit->setProperty("invalid", wrong);
    field.edit->style()->unpolish(field.edit); // the sheet asks for the property
    field.edit->style()->polish(field.edit);
    field.edit->setAccessibleName(tr("Filter %1").arg(title));
    field.edit->setToolTip(
        plainToolTip(wrong ? tr("This is no filter, and filters nothing. %1").arg(forms) : forms));
    field.edit->setAccessibleDescription(wrong ? tr("This is no filter") : QString());
}

std::vector<ColumnRange> FilterRow::ranges() const
{
    std::vector<ColumnRange> ranges;
    for (const Field &field : m_fields) {
        if (const auto range = columnFilter(field.column, field.edit->text())) {
            ranges.push_back(*range);
        }
    }
    return ranges;
}

void FilterRow::clear()
{
    for (const Field &field : m_fields) {
        field.edit->clear();
    }
}

void FilterRow::place()
{
    for (const Field &field : m_fields) {
        const int left = m_header->mapTo(m_header->window(), QPoint()).x() -
                         mapTo(window(), QPoint()).x() +
                         m_header->sectionViewportPosition(field.section);
        field.edit->setVisible(!m_header->isSectionHidden(field.section));
        field.edit->setGeometry(left + 2, 0, std::max(8, m_header->sectionSize(field.section) - 4),
                                height());
    }
}

void FilterRow::resizeEvent(QResizeEvent *)
{
    place();
}

} // namespace perennial
