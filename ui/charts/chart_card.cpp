#include "ui/charts/chart_card.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/save_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMenu>
#include <QMessageBox>
#include <QVBoxLayout>

namespace perennial {

ChartCard::ChartCard(const QString &title, QWidget *parent) : Card(title, parent)
{
    m_view = new ChartView;
    m_view->setAccessibleName(title);
    body()->addWidget(m_view, 1);
    connect(m_view, &ChartView::markClicked, this, &ChartCard::markClicked);
    connect(m_view, &ChartView::marksBrushed, this, &ChartCard::marksBrushed);
    connect(m_view, &ChartView::selectionCleared, this, &ChartCard::selectionCleared);
    setUpMenu();
}

void ChartCard::setUpMenu()
{
    menu()->addAction(tr("Copy image"), this, &ChartCard::copyImage);
    menu()->addSeparator();
    menu()->addAction(tr("Save as PNG…"), this, [this] { save(QStringLiteral("png")); });
    menu()->addAction(tr("Save as SVG…"), this, [this] { save(QStringLiteral("svg")); });
    menu()->addAction(tr("Save as PDF…"), this, [this] { save(QStringLiteral("pdf")); });
    menu()->addAction(tr("Save as CSV…"), this, [this] { save(QStringLiteral("csv")); });
    menu()->addSeparator();
    menu()->addAction(tr("Show data table"), this, &ChartCard::showTable);
    menu()->addAction(tr("Full size"), this, &ChartCard::showFullSize);
}

void ChartCard::setSpec(ChartSpec spec)
{
    m_view->setAccessibleName(title());
    m_view->setSpec(std::move(spec));
}

void ChartCard::setBusy(bool busy)
{
    Card::setBusy(busy);
    m_view->setBusy(busy);
}

ChartPicture ChartCard::picture() const
{
    ChartPicture picture;
    picture.title = title();
    picture.caption = caption();
    picture.spec = m_view->spec();
    return picture;
}

void ChartCard::copyImage()
{
    QApplication::clipboard()->setImage(chartImage(picture()));
}

void ChartCard::save(const QString &ending)
{
    const QString path = askSavePath(window(), tr("Save chart"),
                                     QStringLiteral("%1.%2").arg(fileNameFor(title()), ending),
                                     ending,
                                     QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending));
    if (path.isEmpty()) {
        return;
    }
    if (const Status saved = exportChart(picture(), path); !saved) {
        QMessageBox box(QMessageBox::Warning, tr("Save chart"), {}, QMessageBox::Ok, window());
        box.setTextFormat(Qt::PlainText);
        box.setText(errorText(saved.error()));
        box.exec();
    }
}

void ChartCard::showTable()
{
    const ChartTable table = chartTable(m_view->spec());
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title());
    dialog->resize(640, 480);
    auto *all = new QVBoxLayout(dialog);
    std::vector<TableColumn> columns;
    for (const QString &name : table.header) {
        columns.push_back({name});
    }
    auto *view = new TableView(title(), std::move(columns));
    std::vector<TableModel::Row> rows;
    for (const QStringList &row : table.rows) {
        rows.emplace_back(row.begin(), row.end());
    }
    view->setRows(std::move(rows));
    all->addWidget(view);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    all->addWidget(buttons);
    dialog->show();
}

void ChartCard::showFullSize()
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title());
    dialog->resize(window()->size() * 0.9);
    auto *all = new QVBoxLayout(dialog);
    auto *view = new ChartView;
    view->setAccessibleName(title());
    view->setSpec(m_view->spec());
    all->addWidget(view, 1);
    if (!caption().isEmpty()) {
        all->addWidget(captionLabel(caption()));
    }
    dialog->show();
}

} // namespace perennial
