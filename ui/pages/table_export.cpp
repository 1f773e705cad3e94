#include "ui/pages/table_export.h"

#include "core/export/csv_writer.h"
#include "ui/widgets/save_dialog.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TableExport)
};

void writeCell(CsvWriter &writer, const QVariant &cell)
{
    switch (cell.metaType().id()) {
    case QMetaType::QString:
        writer.text(cell.toString().toStdString());
        break;
    case QMetaType::LongLong:
        writer.integer(cell.toLongLong());
        break;
    case QMetaType::Double:
        writer.number(cell.toDouble());
        break;
    default:
        writer.empty();
    }
}

void saveAsCsv(Card &card, const PageContext &context, const QString &file,
               const PlainTable &table)
{
    const QString path = askSavePath(card.window(), Words::tr("Save table"), file,
                                     QStringLiteral("csv"), QStringLiteral("CSV (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    if (const Status saved = writeCsv(table, path); !saved) {
        context.navigator.showError(Words::tr("The table could not be saved"), saved.error());
    }
}

} // namespace

PlainTable plainTable(const TableModel &model)
{
    PlainTable table;
    for (int column = 0; column < model.columnCount(); ++column) {
        table.header.push_back(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toStdString());
    }
    for (int row = 0; row < model.rowCount(); ++row) {
        TableModel::Row cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QVariant &cell = model.cell(row, column);
            const bool marked = cell.canConvert<MarkedCell>();
            cells.push_back(marked ? cell.value<MarkedCell>().value : cell);
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

Status writeCsv(const PlainTable &table, const QString &path)
{
    auto writer = CsvWriter::create(std::filesystem::path(path.toStdU16String()));
    if (!writer) {
        return writer.error();
    }
    const std::vector<std::string_view> names(table.header.begin(), table.header.end());
    writer->header(names);
    for (const TableModel::Row &row : table.rows) {
        for (const QVariant &cell : row) {
            writeCell(*writer, cell);
        }
        writer->endRow();
    }
    return writer->finish();
}

void addTableMenu(Card &card, TableView &view, const PageContext &context, const QString &file,
                  std::function<PlainTable()> table)
{
    card.menu()->addAction(Words::tr("Copy table"), &view, [&view] {
        QGuiApplication::clipboard()->setText(view.selectionAsTsv());
    });
    card.menu()->addAction(Words::tr("Save as CSV…"), &card,
                           [&card, context, file, table = std::move(table)] {
                               saveAsCsv(card, context, file, table());
                           });
}

} // namespace perennial
