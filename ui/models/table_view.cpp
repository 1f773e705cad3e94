#include "ui/models/table_view.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMetaMethod>
#include <QPainter>
#include <QScrollBar>
#include <QResizeEvent>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

constexpr int kRowHeight = 24;
constexpr int kWidestColumn = 260;
constexpr int kRowsMeasured = 50; ///< for the columns' widths: a thousand would be felt
constexpr int kCellPadding = 6;

/// Tabs and line ends would break the rows of the clipboard's table.
QString cellText(const QModelIndex &index)
{
    QString text = index.data(Qt::DisplayRole).toString();
    for (const QChar c : {QLatin1Char('\t'), QLatin1Char('\n'), QLatin1Char('\r')}) {
        text.replace(c, QLatin1Char(' '));
    }
    if (text.startsWith(u'−')) {
        text[0] = u'-'; // else a spreadsheet takes the number for a word
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
    horizontalHeader()->setResizeContentsPrecision(kRowsMeasured);
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
    horizontalHeader()->setStretchLastSection(false);
    resizeColumnsToContents();
    m_natural.clear();
    m_cut.clear();
    for (int c = 0; c < m_table->columnCount(); ++c) {
        const int asked = columnWidth(c) + 12;
        m_natural.push_back(std::min(asked, kWidestColumn));
        if (asked > kWidestColumn) {
            m_cut.push_back(c);
        }
    }
    shareRoom();
    if (key.isValid()) {
        for (int r = 0; r < m_table->rowCount(); ++r) {
            if (m_table->cell(r, 0) == key) {
                selectRow(r);
                break;
            }
        }
    }
}

// What room is left goes, in equal parts, to the columns that were cut; else to those of text; to
// numbers only where there is neither.
void TableView::shareRoom()
{
    const int columns = static_cast<int>(m_natural.size());
    std::vector<int> takers = m_cut;
    for (int c = 0; c < columns && m_cut.empty(); ++c) {
        if (m_table->isText(c)) {
            takers.push_back(c);
        }
    }
    if (takers.empty()) {
        takers.resize(m_natural.size());
        std::iota(takers.begin(), takers.end(), 0);
    }
    const int needed = std::accumulate(m_natural.begin(), m_natural.end(), 0);
    int room = std::max(viewport()->width() - needed, 0);
    std::vector<int> widths = m_natural;
    for (std::size_t k = 0; k < takers.size(); ++k) {
        const int share = room / static_cast<int>(takers.size() - k);
        widths[static_cast<std::size_t>(takers[k])] += share;
        room -= share;
    }
    cutForFewPixels(widths, needed - viewport()->width());
    for (int c = 0; c < columns; ++c) {
        setColumnWidth(c, widths[static_cast<std::size_t>(c)]);
    }
    applyHeight();
}

/// A scroll bar for a few pixels helps nobody: the widest text is cut instead, and says all of it
/// on hover.
void TableView::cutForFewPixels(std::vector<int> &widths, int over) const
{
    int *widest = nullptr;
    for (std::size_t c = 0; c < widths.size(); ++c) {
        if (m_table->isText(static_cast<int>(c)) && (!widest || widths[c] > *widest)) {
            widest = &widths[c];
        }
    }
    if (over > 0 && widest && over <= *widest / 3) {
        *widest -= over;
    }
}

void TableView::fitHeight(int most)
{
    m_mostRows = most;
    applyHeight();
}

void TableView::applyHeight()
{
    if (m_mostRows == 0 || !model()) {
        return;
    }
    const int filled = model()->rowCount();
    const int rows = filled == 0 ? 2 : std::min(filled, m_mostRows); // two: room for the empty text
    const bool wide = horizontalHeader()->length() > viewport()->width();
    setFixedHeight(horizontalHeader()->sizeHint().height() +
                   rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth() +
                   (wide ? horizontalScrollBar()->sizeHint().height() : 0));
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        shareRoom();
    }
}

void TableView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void TableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || (model() && model()->rowCount() > 0)) {
        return;
    }
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12),
                     Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextWordWrap, m_emptyText);
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QTableView::viewportEvent(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    const QString text = index.data(Qt::DisplayRole).toString();
    const bool cut =
        fontMetrics().horizontalAdvance(text) + kCellPadding > visualRect(index).width();
    if (!cut || !index.data(Qt::ToolTipRole).toString().isEmpty()) {
        return QTableView::viewportEvent(event);
    }
    QToolTip::showText(help->globalPos(), plainToolTip(text), this);
    return true;
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
        // Where nothing is opened by it, it is the window's default button's.
        static const QMetaMethod opened = QMetaMethod::fromSignal(&TableView::rowActivated);
        event->setAccepted(isSignalConnected(opened));
        return;
    }
    if (event->key() == Qt::Key_Escape && selectionModel() && selectionModel()->hasSelection()) {
        clearSelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace perennial
