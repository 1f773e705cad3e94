#include "ui/models/mapping_model.h"

#include "ui/wording/import_words.h"

#include <algorithm>

namespace perennial {

namespace {

/// The first row that has a text in this column; the first row where none has.
const PreviewRow *exampleRow(const ImportPreview &preview, std::size_t column)
{
    for (const PreviewRow &row : preview.rows) {
        if (column < row.fields.size() && !row.fields[column].empty()) {
            return &row;
        }
    }
    return nullptr;
}

const PreviewValue *valueOf(const PreviewRow &row, Role role)
{
    const auto found = std::ranges::find(row.values, role, &PreviewValue::role);
    return found == row.values.end() ? nullptr : &*found;
}

/// Rows in which a role's text could not be read.
int unreadable(const ImportPreview &preview, Role role)
{
    int count = 0;
    for (const PreviewRow &row : preview.rows) {
        const PreviewValue *value = valueOf(row, role);
        count += value && !value->raw.empty() && value->parsed.empty() ? 1 : 0;
    }
    return count;
}

} // namespace

void MappingModel::setPreview(const ImportPreview &preview)
{
    const Contents contents = preview.recipe.contents.value_or(Contents::Events);
    const bool sameContents = contents == m_contents;
    m_contents = contents;
    QVector<Line> lines;
    for (std::size_t c = 0; c < preview.columns.size(); ++c) {
        lines.push_back(lineOf(preview, c));
    }
    const bool sameColumns =
        sameContents && std::ranges::equal(lines, m_lines, {}, &Line::name, &Line::name);
    if (sameColumns && !lines.isEmpty()) {
        m_lines = std::move(lines); // open editors and the keyboard's place stay
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

MappingModel::Line MappingModel::lineOf(const ImportPreview &preview, std::size_t index)
{
    const PreviewColumn &column = preview.columns[index];
    Line line;
    line.name = QString::fromStdString(column.name);
    line.role = column.role ? static_cast<int>(*column.role) : kNoRole;
    if (column.role) {
        line.type = roleTypeText(*column.role);
    } else if (column.attribute) {
        line.type = attributeTypeText(*column.attribute);
    }
    if (const PreviewRow *row = exampleRow(preview, index)) {
        line.example = QString::fromStdString(row->fields[index]);
        const PreviewValue *value = column.role ? valueOf(*row, *column.role) : nullptr;
        line.readAs = value              ? QString::fromStdString(value->parsed)
                      : column.band      ? QString::fromStdString(*column.band)
                      : column.attribute ? line.example.trimmed()
                                         : QString();
    }
    const int bad = column.role ? unreadable(preview, *column.role) : 0;
    if (bad > 0) {
        line.problems = tr("%1 of the first %n rows cannot be read", nullptr,
                           static_cast<int>(preview.rows.size()))
                            .arg(bad);
    }
    return line;
}

int MappingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int MappingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MappingModel::data(const QModelIndex &index, int role) const
{
    const Line &line = m_lines[index.row()];
    if (role == ContentsRole) {
        return static_cast<int>(m_contents);
    }
    if (role == Qt::EditRole && index.column() == Meaning) {
        return line.role;
    }
    if (role == Qt::ToolTipRole && index.column() == Meaning && line.role != kNoRole) {
        return roleHelp(static_cast<Role>(line.role));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Name:
        return line.name;
    case Meaning:
        return line.role != kNoRole        ? roleText(static_cast<Role>(line.role))
               : hasAttributes(m_contents) ? tr("an attribute")
                                           : tr("not used");
    case Type:
        return line.type.isEmpty() ? tr("–") : line.type;
    case Example:
        return line.example.isEmpty() ? tr("–") : line.example;
    case ReadAs:
        if (line.role == kNoRole) {
            return line.readAs.isEmpty() ? tr("–") : line.readAs;
        }
        return line.readAs.isEmpty() ? tr("cannot be read") : line.readAs;
    case Problems:
        return line.problems.isEmpty() ? tr("–") : line.problems;
    }
    return {};
}

bool MappingModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != Meaning) {
        return false;
    }
    Line &line = m_lines[index.row()];
    if (line.role == value.toInt()) {
        return false;
    }
    line.role = value.toInt();
    Q_EMIT dataChanged(index, index);
    Q_EMIT roleChosen(index.row(), line.role);
    return true;
}

QVariant MappingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Column");
    case Meaning:
        return tr("Meaning");
    case Type:
        return tr("Type");
    case Example:
        return tr("Example");
    case ReadAs:
        return tr("Read as");
    case Problems:
        return tr("Problems");
    }
    return {};
}

Qt::ItemFlags MappingModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.column() == Meaning ? usual | Qt::ItemIsEditable : usual;
}

} // namespace perennial
