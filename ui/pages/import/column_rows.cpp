#include "ui/pages/import/column_rows.h"

#include "ui/models/kept_as.h"
#include "ui/models/mapping_model.h"
#include "ui/models/recipe_edit.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ImportColumns)
};

QVariant count(std::int64_t rows)
{
    return QVariant::fromValue<qint64>(rows);
}

/// Rows that stay out because of a column; -1 = because they are wrong as such.
QVariant outOf(const ImportReport *report, int column)
{
    if (!report) {
        return {};
    }
    const auto found = report->outByColumn.find(column);
    return count(found == report->outByColumn.end() ? 0 : found->second);
}

QString meaningOf(const ImportPreview &preview, std::size_t index)
{
    const PreviewColumn &column = preview.columns[index];
    if (column.role) {
        return roleText(*column.role);
    }
    if (column.attribute) {
        return Words::tr("attribute");
    }
    return ruleOf(preview, index).drop ? Words::tr("left out") : Words::tr("not used");
}

QString typeOf(const ImportPreview &preview, std::size_t index)
{
    const PreviewColumn &column = preview.columns[index];
    const AttributeRule rule = ruleOf(preview, index);
    QString type = columnType(column);
    if (rule.band && column.attribute) {
        type = keptAsText(keptAs(rule), column.found);
    }
    return rule.personal && !type.isEmpty() ? Words::tr("%1, personal").arg(type) : type;
}

TableModel::Row rowOf(const ImportPreview &preview, std::size_t index, int out,
                      const ImportReport *report)
{
    const bool used = !columnType(preview.columns[index]).isEmpty();
    const QString type = typeOf(preview, index);
    const ColumnExample example = exampleOf(preview, index);
    const auto shown = [](const QString &text) { return text.isEmpty() ? QVariant() : text; };
    return {QString::fromStdString(preview.columns[index].name),
            meaningOf(preview, index),
            shown(type),
            shown(example.raw),
            used ? QVariant(readAsText(example)) : QVariant(),
            used ? count(out) : QVariant(),
            used ? outOf(report, static_cast<int>(index)) : QVariant()};
}

/// What used columns come before: their roles' order, then attributes, then the rest.
int placeOf(const PreviewColumn &column)
{
    const std::vector<Role> &roles = allRoles();
    const auto found = column.role ? std::ranges::find(roles, *column.role) : roles.end();
    return static_cast<int>(found - roles.begin()) +
           (column.role || column.attribute ? 0 : 1); // roles.end() is an attribute's
}

void addConstants(const ImportPreview &preview, std::vector<TableModel::Row> &rows)
{
    for (const auto &[role, value] : preview.recipe.constants) {
        const QString raw = QString::fromStdString(value);
        const auto kind = role == Role::Kind ? eventKindFromName(value) : std::nullopt;
        rows.push_back({Words::tr("(every row)"), roleText(role), roleTypeText(role), raw,
                        kind ? eventKindText(*kind).toLower() : raw, QVariant(), QVariant()});
    }
}

} // namespace

ColumnTable columnTable(const ImportPreview &preview, const ImportReport *report)
{
    ColumnTable table;
    const int looked = static_cast<int>(preview.rows.size());
    table.stretched = {3, 4};
    table.columns = {{Words::tr("Column"), TableColumn::Kind::Text},
                     {Words::tr("Meaning"), TableColumn::Kind::Text},
                     {Words::tr("Type"), TableColumn::Kind::Text},
                     {Words::tr("Example"), TableColumn::Kind::Text},
                     {Words::tr("Read as"), TableColumn::Kind::Text},
                     {Words::tr("Out of first %n", nullptr, looked), TableColumn::Kind::Count},
                     {Words::tr("Out of all"), TableColumn::Kind::Count}};
    std::vector<std::size_t> order(preview.columns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t k) { return placeOf(preview.columns[k]); });
    const std::vector<int> out = rowsOut(preview);
    bool constants = false;
    for (const std::size_t k : order) {
        if (columnType(preview.columns[k]).isEmpty() && !constants) {
            addConstants(preview, table.rows);
            constants = true;
        }
        table.rows.push_back(rowOf(preview, k, out[k], report));
    }
    if (!constants) {
        addConstants(preview, table.rows);
    }
    const QVariant broken = outOf(report, -1);
    if (out.back() > 0 || broken.toLongLong() > 0) {
        table.rows.push_back({Words::tr("(the row itself)"), Words::tr("its form"), QVariant(),
                              QVariant(), QVariant(), count(out.back()), broken});
    }
    return table;
}

} // namespace perennial
