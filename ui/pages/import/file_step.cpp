#include "ui/pages/import/file_step.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kDropHeight = 96;
constexpr std::size_t kMostRows = 50, kMostColumns = 60; ///< to recognise a file by

/// The one local file that is being dragged; empty for anything else.
QString draggedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

/// "7.0 MB · gzip · 8 columns · UTF-8 · separator: comma , · with a header row".
QString layoutText(const ImportPreview &preview)
{
    QStringList parts{bytesText(preview.bytes)};
    if (preview.gzip) {
        parts << ImportFileStep::tr("gzip");
    }
    parts << ImportFileStep::tr("%n columns", nullptr, static_cast<int>(preview.columns.size()));
    if (preview.recipe.encoding) {
        parts << QString::fromStdString(*preview.recipe.encoding);
    } else if (!preview.encodings.empty()) {
        parts << ImportFileStep::tr("perhaps %1")
                     .arg(QString::fromStdString(preview.encodings.front()));
    }
    if (preview.recipe.delimiter) {
        parts << ImportFileStep::tr("separator: %1").arg(delimiterText(*preview.recipe.delimiter));
    }
    parts << (preview.recipe.headerRows.value_or(0) > 0
                  ? ImportFileStep::tr("with a header row")
                  : ImportFileStep::tr("without a header row"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ImportFileStep::ImportFileStep(QWidget *parent) : QWidget(parent)
{
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    setUpDrop(column);
    setUpPath(column);
    m_found = plainLabel();
    m_found->setWordWrap(true);
    m_found->setAccessibleName(tr("What the file is"));
    column->addWidget(m_found);
    setUpRows(column);
}

void ImportFileStep::setUpDrop(QVBoxLayout *column)
{
    m_drop = new QFrame;
    m_drop->setProperty("role", "card");
    m_drop->setMinimumHeight(kDropHeight);
    auto *inside = new QVBoxLayout(m_drop);
    auto *what = plainLabel(tr("Drop a file here"));
    what->setFont(uiFont(TextSize::CardTitle));
    what->setAlignment(Qt::AlignCenter);
    auto *why = captionLabel(tr("CSV, or CSV packed with gzip: events (order lines, views, carts, "
                                "refunds, …), users, items or campaigns. Nothing leaves this "
                                "machine."));
    why->setAlignment(Qt::AlignCenter);
    inside->addStretch(1);
    inside->addWidget(what);
    inside->addWidget(why);
    inside->addStretch(1);
    column->addWidget(m_drop, 1);
}

void ImportFileStep::setUpPath(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_path = new QLineEdit;
    m_path->setAccessibleName(tr("File to import"));
    m_path->setPlaceholderText(tr("Path of the file"));
    auto *label = plainLabel(tr("&File"));
    label->setBuddy(m_path);
    auto *choose = pushButton(tr("Bro&wse…"));
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    column->addLayout(row);
    connect(choose, &QPushButton::clicked, this, &ImportFileStep::browse);
    connect(m_path, &QLineEdit::editingFinished, this, [this] {
        if (!path().isEmpty()) {
            Q_EMIT pathChosen(path());
        }
    });
}

void ImportFileStep::setUpRows(QVBoxLayout *column)
{
    m_card = new Card(tr("First rows"));
    m_rows = new TableView(tr("First rows of the file"), std::vector<TableColumn>{});
    m_rows->setSortingEnabled(false);
    m_card->body()->addWidget(m_rows);
    m_card->hide();
    column->addWidget(m_card, 5);
}

void ImportFileStep::setPath(const QString &path)
{
    m_path->setText(path);
}

QString ImportFileStep::path() const
{
    return m_path->text().trimmed();
}

void ImportFileStep::showReading()
{
    m_found->setText(path().isEmpty() ? QString() : tr("Looking at the file…"));
    m_card->hide();
}

void ImportFileStep::showFound(const ImportPreview &preview, const QStringList &own)
{
    const QString name = QString::fromStdString(preview.suggestedProfile);
    if (name.isEmpty()) {
        m_found->setText(
            tr("No profile is known for this file: the next step asks what its columns "
               "mean."));
    } else {
        m_found->setText(own.contains(name) ? tr("✓ Recognised as %1, a profile of yours").arg(name)
                                            : tr("✓ Recognised as %1").arg(name));
    }
    m_card->setCaption(layoutText(preview));
    showRows(preview);
    m_card->show();
}

/// The rows as they stand, whatever they mean.
void ImportFileStep::showRows(const ImportPreview &preview)
{
    std::vector<TableColumn> columns{{tr("Line"), TableColumn::Kind::Count}};
    const std::size_t width = std::min(preview.columns.size(), kMostColumns);
    for (std::size_t c = 0; c < width; ++c) {
        columns.push_back(
            {QString::fromStdString(preview.columns[c].name), TableColumn::Kind::Text});
    }
    std::vector<TableModel::Row> rows;
    for (const PreviewRow &row : preview.rows) {
        if (rows.size() == kMostRows) {
            break;
        }
        TableModel::Row cells{QVariant::fromValue<qint64>(row.line)};
        for (std::size_t c = 0; c < width; ++c) {
            cells.push_back(c < row.fields.size() ? QVariant(QString::fromStdString(row.fields[c]))
                                                  : QVariant());
        }
        rows.push_back(std::move(cells));
    }
    m_rows->tableModel()->setColumns(std::move(columns));
    m_rows->setRows(std::move(rows));
}

void ImportFileStep::showError(const Error &error)
{
    Error shown = error;
    shown.where.clear(); // stands above
    const QString advice = errorAdvice(error.code);
    m_found->setText(tr("✕ %1").arg(errorText(shown)) +
                     (advice.isEmpty() ? QString() : QLatin1Char('\n') + advice));
    m_card->hide();
}

void ImportFileStep::browse()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("File of events to import"), path(),
        tr("Event files (*.csv *.csv.gz *.txt *.tsv *.gz);;All files (*)"));
    if (!file.isEmpty()) {
        setPath(file);
        Q_EMIT pathChosen(file);
    }
}

void ImportFileStep::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedFile(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void ImportFileStep::dropEvent(QDropEvent *event)
{
    const QString file = draggedFile(event->mimeData());
    if (!file.isEmpty()) {
        event->acceptProposedAction();
        setPath(file);
        Q_EMIT pathChosen(file);
    }
}

} // namespace perennial
