#include "ui/models/rejected_rows_model.h"

#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QRegularExpression>

namespace perennial {

namespace {

/// One line of a table: what breaks lines is shown, not obeyed.
QString onOneLine(const std::string &raw)
{
    static const QRegularExpression breaks(QStringLiteral("\\r\\n|\\r|\\n"));
    return QString::fromStdString(raw).replace(breaks, QStringLiteral("⏎"));
}

} // namespace

RejectedRowsModel::RejectedRowsModel(ReadPage read, std::int64_t total, QObject *parent)
    : PagedModel(total, parent), m_read(std::move(read))
{
    fetchMore({});
}

int RejectedRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectedRowsModel::data(const QModelIndex &index, int role) const
{
    const RejectedRow &rejected = row(index);
    if (role == Qt::TextAlignmentRole && index.column() == Line) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Line:
        return countText(rejected.line);
    case Reason:
        return rejectReasonText(rejected.reason);
    case Where:
        return rejected.column.empty() ? kMissing : QString::fromStdString(rejected.column);
    case Raw:
        return onOneLine(rejected.raw);
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

Result<std::vector<RejectedRow>> RejectedRowsModel::readPage(std::int64_t offset,
                                                             std::int64_t limit) const
{
    return m_read(offset, limit);
}

} // namespace perennial
