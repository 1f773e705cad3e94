#include "ui/models/table_model.h"

#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

const MarkedCell *markedCell(const QVariant &cell)
{
    return cell.metaType() == QMetaType::fromType<MarkedCell>()
               ? static_cast<const MarkedCell *>(cell.constData())
               : nullptr;
}

/// What a cell sorts by.
const QVariant &rawValue(const QVariant &cell)
{
    const MarkedCell *marked = markedCell(cell);
    return marked ? marked->value : cell;
}

bool isMissing(const QVariant &value)
{
    return !value.isValid() || value.isNull() ||
           (value.metaType().id() == QMetaType::Double && !std::isfinite(value.toDouble()));
}

QString shown(const QVariant &value, const TableColumn &column)
{
    if (const MarkedCell *marked = markedCell(value)) {
        return marked->text.isEmpty() ? kMissing : marked->text;
    }
    if (isMissing(value)) {
        return kMissing;
    }
    switch (column.kind) {
    case TableColumn::Kind::Text: {
        const QString text = value.toString();
        return text.isEmpty() ? kMissing : text;
    }
    case TableColumn::Kind::Count:
        return countText(value.toLongLong());
    case TableColumn::Kind::Number:
        return fullText(value.toDouble(), column.decimals);
    case TableColumn::Kind::Percent:
        return percentText(value.toDouble());
    case TableColumn::Kind::Date:
        return dayText(static_cast<Day>(value.toLongLong()));
    case TableColumn::Kind::Time:
        return timeText(value.toLongLong());
    }
    return {};
}

QVariant look(const MarkedCell &cell, int role)
{
    if (role == Qt::FontRole && cell.tone == MarkedCell::Tone::Strong) {
        QFont font = QGuiApplication::font();
        font.setBold(true);
        return font;
    }
    if (role == Qt::ForegroundRole && cell.tone == MarkedCell::Tone::Quiet) {
        return QGuiApplication::palette().brush(QPalette::PlaceholderText);
    }
    return role == Qt::ToolTipRole && !cell.tip.isEmpty() ? QVariant(plainToolTip(cell.tip))
                                                          : QVariant();
}

bool lessThan(const QVariant &a, const QVariant &b, TableColumn::Kind kind)
{
    return kind == TableColumn::Kind::Text
               ? QString::localeAwareCompare(a.toString(), b.toString()) < 0
               : a.toDouble() < b.toDouble();
}

} // namespace

TableModel::TableModel(std::vector<TableColumn> columns, QObject *parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns))
{
}

void TableModel::setColumns(std::vector<TableColumn> columns)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_rows.clear();
    m_order.clear();
    endResetModel();
}

void TableModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    for (Row &row : m_rows) {
        row.resize(m_columns.size());
    }
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    endResetModel();
}

int TableModel::sourceRow(int row) const
{
    return row >= 0 && row < rowCount() ? m_order[static_cast<std::size_t>(row)] : -1;
}

const QVariant &TableModel::cell(int sourceRow, int column) const
{
    return m_rows.at(static_cast<std::size_t>(sourceRow)).at(static_cast<std::size_t>(column));
}

bool TableModel::isText(int column) const
{
    return m_columns[static_cast<std::size_t>(column)].kind == TableColumn::Kind::Text;
}

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const TableColumn &column = m_columns[static_cast<std::size_t>(index.column())];
    const QVariant &value = cell(sourceRow(index.row()), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown(value, column);
    case Qt::UserRole:
        return rawValue(value);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter |
            (column.kind == TableColumn::Kind::Text ? Qt::AlignLeft : Qt::AlignRight)));
    default: {
        const MarkedCell *marked = markedCell(value);
        return marked ? look(*marked, role) : QVariant();
    }
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    const TableColumn &column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) {
        return column.title;
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter |
            (column.kind == TableColumn::Kind::Text ? Qt::AlignLeft : Qt::AlignRight)));
    }
    return {};
}

void TableModel::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged();
    const std::vector<int> before = m_order;
    std::iota(m_order.begin(), m_order.end(), 0);
    if (column >= 0 && column < columnCount()) {
        const TableColumn::Kind kind = m_columns[static_cast<std::size_t>(column)].kind;
        std::stable_sort(m_order.begin(), m_order.end(), [&](int x, int y) {
            const QVariant &a = rawValue(cell(x, column)), &b = rawValue(cell(y, column));
            if (isMissing(a) || isMissing(b)) {
                return !isMissing(a) && isMissing(b); // missing last either way
            }
            return order == Qt::AscendingOrder ? lessThan(a, b, kind) : lessThan(b, a, kind);
        });
    }
    std::vector<int> shownAt(m_order.size());
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        shownAt[static_cast<std::size_t>(m_order[i])] = static_cast<int>(i);
    }
    for (const QModelIndex &old : persistentIndexList()) {
        const int source = before[static_cast<std::size_t>(old.row())];
        changePersistentIndex(old, index(shownAt[static_cast<std::size_t>(source)], old.column()));
    }
    Q_EMIT layoutChanged();
}

} // namespace perennial
