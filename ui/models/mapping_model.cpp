#include "ui/models/mapping_model.h"

#include "core/base/text.h"
#include "ui/models/kept_as.h"
#include "ui/models/recipe_edit.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <algorithm>

namespace perennial {

namespace {

bool standsForNothing(const ImportPreview &preview, const std::string &text)
{
    const std::string_view value = trimmed(text);
    return value.empty() ||
           std::ranges::find(preview.recipe.missing, value) != preview.recipe.missing.end();
}

const PreviewValue *valueOf(const PreviewRow &row, Role role)
{
    const auto found = std::ranges::find(row.values, role, &PreviewValue::role);
    return found == row.values.end() ? nullptr : &*found;
}

} // namespace

const PreviewRow *exampleRow(const ImportPreview &preview, std::size_t column)
{
    for (const PreviewRow &row : preview.rows) {
        if (column < row.fields.size() && !standsForNothing(preview, row.fields[column])) {
            return &row;
        }
    }
    return nullptr;
}

ColumnExample exampleOf(const ImportPreview &preview, std::size_t index)
{
    const PreviewRow *row = exampleRow(preview, index);
    if (!row) {
        return {};
    }
    const PreviewColumn &column = preview.columns[index];
    const PreviewValue *value = column.role ? valueOf(*row, *column.role) : nullptr;
    return {QString::fromStdString(row->fields[index]),
            value          ? std::optional(QString::fromStdString(value->parsed))
            : column.value ? std::optional(QString::fromStdString(*column.value))
                           : std::nullopt};
}

QString columnType(const PreviewColumn &column)
{
    return column.role        ? roleTypeText(*column.role)
           : column.attribute ? attributeTypeText(*column.attribute)
                              : QString();
}

QString readAsText(const ColumnExample &example)
{
    return !example.readAs             ? kMissing
           : example.readAs->isEmpty() ? MappingModel::tr("✕ cannot be read")
                                       : *example.readAs;
}

std::vector<int> rowsOut(const ImportPreview &preview)
{
    std::vector<int> out(preview.columns.size() + 1, 0);
    for (const PreviewRow &row : preview.rows) {
        const bool known = row.column >= 0 && row.column < static_cast<int>(out.size());
        if (!row.reason.empty()) {
            ++out[known ? static_cast<std::size_t>(row.column) : out.size() - 1];
        }
    }
    return out;
}

void MappingModel::setPreview(const ImportPreview &preview)
{
    const Contents contents = preview.recipe.contents.value_or(Contents::Events);
    const bool sameContents = contents == m_contents;
    m_contents = contents;
    const std::vector<int> out = rowsOut(preview);
    QVector<Line> lines;
    for (std::size_t c = 0; c < preview.columns.size(); ++c) {
        lines.push_back(lineOf(preview, c));
        if (out[c] > 0) {
            lines.back().problems =
                tr("%1 of the first %n rows", nullptr, static_cast<int>(preview.rows.size()))
                    .arg(countText(out[c]));
        }
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
    line.type = columnType(column);
    line.rule = ruleOf(preview, index);
    line.found = column.found;
    const Contents contents = preview.recipe.contents.value_or(Contents::Events);
    line.ruled = hasAttributes(contents) && (!column.role || isOptional(*column.role, contents));
    line.example = exampleOf(preview, index);
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
    switch (role) {
    case ContentsRole:
        return static_cast<int>(m_contents);
    case FoundRole:
        return line.role != kNoRole ? kNoRole : line.found ? static_cast<int>(*line.found) : 0;
    case Qt::EditRole:
        return editValue(line, index.column());
    case Qt::CheckStateRole:
        return index.column() == Personal && line.ruled
                   ? QVariant(line.rule.personal ? Qt::Checked : Qt::Unchecked)
                   : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(tip(line, index.column()));
    case Qt::AccessibleTextRole:
    case Qt::DisplayRole:
        return text(line, index.column());
    default:
        return {};
    }
}

QVariant MappingModel::editValue(const Line &line, int column) const
{
    return column == Meaning  ? QVariant(line.role)
           : column == KeptAs ? QVariant(keptAs(line.rule))
                              : QVariant();
}

QString MappingModel::tip(const Line &line, int column) const
{
    switch (column) {
    case Meaning:
        return line.role != kNoRole ? roleHelp(static_cast<Role>(line.role)) : QString();
    case KeptAs:
        return line.ruled ? keptAsHelp(keptAs(line.rule)) : QString();
    case Personal:
        return tr("Says who somebody is: its values are marked as personal.");
    default:
        return {};
    }
}

QString MappingModel::text(const Line &line, int column) const
{
    const auto orDash = [](const QString &text) { return text.isEmpty() ? kMissing : text; };
    switch (column) {
    case Name:
        return line.name;
    case Meaning:
        return line.role != kNoRole        ? roleText(static_cast<Role>(line.role))
               : hasAttributes(m_contents) ? tr("an attribute")
                                           : tr("not used");
    case KeptAs:
        return line.ruled ? keptAsText(keptAs(line.rule), line.found) : kMissing;
    case Personal:
        return line.ruled ? QString() : kMissing;
    case Type:
        return orDash(line.type);
    case Example:
        return orDash(line.example.raw);
    case ReadAs:
        return readAsText(line.example);
    case Problems:
        return orDash(line.problems);
    }
    return {};
}

bool MappingModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    Line &line = m_lines[index.row()];
    if (role == Qt::EditRole && index.column() == Meaning) {
        return chooseRole(index, value.toInt());
    }
    if (role == Qt::EditRole && index.column() == KeptAs && line.ruled) {
        return chooseKept(index, value.toString());
    }
    if (role == Qt::CheckStateRole && index.column() == Personal && line.ruled) {
        line.rule.personal = value.toInt() == Qt::Checked;
        Q_EMIT dataChanged(index, index);
        Q_EMIT ruleChosen(index.row(), line.rule);
        return true;
    }
    return false;
}

bool MappingModel::chooseRole(const QModelIndex &index, int role)
{
    Line &line = m_lines[index.row()];
    if (line.role == role) {
        return false;
    }
    line.role = role;
    Q_EMIT dataChanged(index, index);
    Q_EMIT roleChosen(index.row(), role);
    return true;
}

bool MappingModel::chooseKept(const QModelIndex &index, const QString &choice)
{
    Line &line = m_lines[index.row()];
    if (choice == QLatin1String(kOtherWidth)) {
        Q_EMIT dataChanged(index, index); // the box shows again what still holds
        Q_EMIT widthWanted(index.row());
        return true;
    }
    const bool known = choice.isEmpty() || choice == QLatin1String("drop") || line.role == kNoRole;
    if (!known || keptAs(line.rule) == choice) {
        return false;
    }
    line.rule = withKeptAs(line.rule, choice);
    Q_EMIT dataChanged(index, index);
    Q_EMIT ruleChosen(index.row(), line.rule);
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
    case KeptAs:
        return tr("Kept as");
    case Personal:
        return tr("Personal");
    case Type:
        return tr("Type");
    case Example:
        return tr("Example");
    case ReadAs:
        return tr("Read as");
    case Problems:
        return tr("Rows that stay out");
    }
    return {};
}

Qt::ItemFlags MappingModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    const bool ruled = m_lines[index.row()].ruled;
    if (index.column() == Meaning || (index.column() == KeptAs && ruled)) {
        return usual | Qt::ItemIsEditable;
    }
    return index.column() == Personal && ruled ? usual | Qt::ItemIsUserCheckable : usual;
}

} // namespace perennial
