#include "ui/models/rejected_rows_model.h"

#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QRegularExpression>

namespace perennial {

namespace {

constexpr std::int64_t kPageRows = 500;

/// One line of a table: what breaks lines is shown, not obeyed.
QString onOneLine(const std::string &raw)
{
    static const QRegularExpression breaks(QStringLiteral("\\r\\n|\\r|\\n"));
    return QString::fromStdString(raw).replace(breaks, QStringLiteral("⏎"));
}

} // namespace

RejectedRowsModel::RejectedRowsModel(ReadPage read, std::int64_t total, QObject *parent)
    : QAbstractTableModel(parent), m_read(std::move(read)), m_total(total)
{
    fetchMore({});
}

int RejectedRowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RejectedRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectedRowsModel::data(const QModelIndex &index, int role) const
{
    const RejectedRow &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() == Line) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Line:
        return countText(row.line);
    case Reason:
        return rejectReasonText(row.reason);
    case Where:
        return row.column.empty() ? kMissing : QString::fromStdString(row.column);
    case Raw:
        return onOneLine(row.raw);
    }
    return {};
}

QVariant RejectedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Line:
        return tr("Line");
    case Reason:
        return tr("Why");
    case Where:
        return tr("Column");
    case Raw:
        return tr("The row as it stands in the file");
    }
    return {};
}

bool RejectedRowsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_atEnd && static_cast<std::int64_t>(m_rows.size()) < m_total;
}

void RejectedRowsModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent)) {
        return;
    }
    const auto have = static_cast<std::int64_t>(m_rows.size());
    Result<std::vector<RejectedRow>> page = m_read(have, kPageRows);
    if (!page || page->empty()) {
        m_atEnd = true;
        if (!page) {
            m_error = page.error();
        }
        return;
    }
    const std::size_t first = m_rows.size();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + page->size()) - 1);
    for (RejectedRow &row : *page) {
        m_rows.push_back(std::move(row));
    }
    endInsertRows();
}

} // namespace perennial
