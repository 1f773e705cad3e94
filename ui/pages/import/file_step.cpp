#include "ui/pages/import/file_step.h"

#include "ui/error_text.h"
#include "ui/theme/theme.h"
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

namespace perennial {

namespace {

constexpr int kDropHeight = 140;

/// The one local file that is being dragged; empty for anything else.
QString draggedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

ImportFileStep::ImportFileStep(QWidget *parent) : QWidget(parent)
{
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);

    auto *drop = new QFrame;
    drop->setProperty("role", "card");
    drop->setMinimumHeight(kDropHeight);
    auto *inside = new QVBoxLayout(drop);
    inside->setAlignment(Qt::AlignCenter);
    auto *what = plainLabel(tr("Drop a file here"));
    what->setFont(uiFont(TextSize::CardTitle));
    what->setAlignment(Qt::AlignCenter);
    auto *why = captionLabel(tr("CSV, or CSV packed with gzip: events (order lines, views, carts, "
                                "refunds, …), users, items or campaigns. Nothing leaves this "
                                "machine."));
    why->setAlignment(Qt::AlignCenter);
    inside->addWidget(what);
    inside->addWidget(why);
    column->addWidget(drop);

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_path = new QLineEdit;
    m_path->setAccessibleName(tr("File to import"));
    m_path->setPlaceholderText(tr("Path of the file"));
    auto *label = new QLabel(tr("&File"));
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_path);
    auto *choose = pushButton(tr("Bro&wse…"));
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    column->addLayout(row);

    m_found = plainLabel();
    m_found->setWordWrap(true);
    m_found->setAccessibleName(tr("What the file is"));
    column->addWidget(m_found);
    column->addStretch(1);

    connect(choose, &QPushButton::clicked, this, &ImportFileStep::browse);
    connect(m_path, &QLineEdit::editingFinished, this, [this] {
        if (!path().isEmpty()) {
            Q_EMIT pathChosen(path());
        }
    });
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
    m_found->setText(tr("Looking at the file…"));
}

void ImportFileStep::showFound(const ImportPreview &preview, const QStringList &own)
{
    QStringList parts{bytesText(preview.bytes)};
    if (preview.gzip) {
        parts << tr("gzip");
    }
    parts << tr("%n columns", nullptr, static_cast<int>(preview.columns.size()));
    if (preview.recipe.encoding) {
        parts << QString::fromStdString(*preview.recipe.encoding);
    } else if (!preview.encodings.empty()) {
        parts << tr("perhaps %1").arg(QString::fromStdString(preview.encodings.front()));
    }
    if (preview.recipe.delimiter) {
        parts << tr("separated by %1").arg(delimiterText(*preview.recipe.delimiter));
    }
    parts << (preview.recipe.headerRows.value_or(0) > 0 ? tr("with a header row")
                                                        : tr("without a header row"));
    if (!preview.suggestedProfile.empty()) {
        const QString name = QString::fromStdString(preview.suggestedProfile);
        parts << (own.contains(name) ? tr("recognised as %1, a profile of yours").arg(name)
                                     : tr("recognised as %1").arg(name));
    }
    m_found->setText(parts.join(QStringLiteral(" · ")));
}

void ImportFileStep::showError(const Error &error)
{
    const QString advice = errorAdvice(error.code);
    m_found->setText(tr("✕ %1").arg(errorText(error)) +
                     (advice.isEmpty() ? QString() : QLatin1Char('\n') + advice));
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
