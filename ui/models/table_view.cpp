#include "ui/models/table_view.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace perennial {

namespace {

constexpr int kRowHeight = 24;

/// Tabs and line ends would break the rows of the clipboard's table.
QString cellText(const QModelIndex &index)
{
    QString text = index.data(Qt::DisplayRole).toString();
    for (const QChar c : {QLatin1Char('\t'), QLatin1Char('\n'), QLatin1Char('\r')}) {
        text.replace(c, QLatin1Char(' '));
    }
    return text;
}

} // namespace

TableView::TableView(const QString &accessibleName, QWidget *parent) : QTableView(parent)
{
    setUp(accessibleName);
}

TableView::TableView(const QString &accessibleName, std::vector<TableColumn> columns,
                     QWidget *parent)
    : QTableView(parent)
{
    setUp(accessibleName);
    m_table = new TableModel(std::move(columns), this);
    setModel(m_table);
    setSortingEnabled(true);
    horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
}

void TableView::setUp(const QString &accessibleName)
{
    setAccessibleName(accessibleName);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(std::max(kRowHeight, fontMetrics().height() + 6));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setFont(uiFont(TextSize::Caption));
    auto *copy = new QAction(tr("Copy"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &TableView::copySelection);
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        Q_EMIT rowActivated(m_table ? m_table->sourceRow(index.row()) : index.row());
    });
}

void TableView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    if (selectionModel()) {
        connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
                [this] { Q_EMIT rowSelected(selectedRow()); });
    }
}

void TableView::setRows(std::vector<TableModel::Row> rows)
{
    const int kept = selectedRow();
    const QVariant key =
        m_table && kept >= 0 && m_table->columnCount() > 0 ? m_table->cell(kept, 0) : QVariant();
    m_table->setRows(std::move(rows));
    const QHeaderView *header = horizontalHeader();
    if (header->sortIndicatorSection() >= 0) {
        m_table->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    }
    // numbers stay beside their neighbours; a last column of text takes the room that is left
    const bool textLast = m_table->lastColumnIsText();
    horizontalHeader()->setStretchLastSection(textLast);
    resizeColumnsToContents();
    for (int c = 0; c < m_table->columnCount() - (textLast ? 1 : 0); ++c) {
        setColumnWidth(c, std::min(columnWidth(c) + 12, 260));
    }
    if (key.isValid()) {
        for (int r = 0; r < m_table->rowCount(); ++r) {
            if (m_table->cell(r, 0) == key) {
                selectRow(r);
                break;
            }
        }
    }
}

int TableView::selectedRow() const
{
    if (!selectionModel() || !selectionModel()->hasSelection()) {
        return -1;
    }
    QModelIndex current = currentIndex();
    if (!selectionModel()->isSelected(current)) {
        current = selectionModel()->selection().first().topLeft();
    }
    return m_table ? m_table->sourceRow(current.row()) : current.row();
}

void TableView::selectRow(int source)
{
    for (int r = 0; model() && r < model()->rowCount(); ++r) {
        if ((m_table ? m_table->sourceRow(r) : r) == source) {
            QTableView::selectRow(r);
            return;
        }
    }
}

QString TableView::selectionAsTsv() const
{
    if (!model()) {
        return {};
    }
    QStringList lines;
    QList<int> columns;
    for (int c = 0; c < model()->columnCount(); ++c) {
        const int logical = horizontalHeader()->logicalIndex(c);
        if (!isColumnHidden(logical)) {
            columns.push_back(logical);
        }
    }
    QStringList cells;
    for (const int c : columns) {
        cells.push_back(model()->headerData(c, Qt::Horizontal).toString());
    }
    lines.push_back(cells.join(QLatin1Char('\t')));
    const auto addRow = [&](int row) {
        cells.clear();
        for (const int c : columns) {
            cells.push_back(cellText(model()->index(row, c)));
        }
        lines.push_back(cells.join(QLatin1Char('\t')));
    };
    if (selectionModel()->hasSelection()) {
        QList<int> rows;
        for (const QItemSelectionRange &range : selectionModel()->selection()) {
            for (int r = range.top(); r <= range.bottom(); ++r) {
                rows.push_back(r);
            }
        }
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        for (const int r : rows) {
            addRow(r);
        }
    } else {
        for (int r = 0; r < model()->rowCount(); ++r) {
            addRow(r);
        }
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void TableView::copySelection()
{
    QGuiApplication::clipboard()->setText(selectionAsTsv());
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        currentIndex().isValid()) {
        Q_EMIT rowActivated(m_table ? m_table->sourceRow(currentIndex().row())
                                    : currentIndex().row());
        return;
    }
    if (event->key() == Qt::Key_Escape && selectionModel() && selectionModel()->hasSelection()) {
        clearSelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace perennial
