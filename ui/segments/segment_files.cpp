#include "ui/segments/segment_files.h"

#include "core/segment/segment_file.h"
#include "ui/widgets/save_dialog.h"
#include "ui/wording/segment_words.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SegmentFiles", text);
}

std::filesystem::path fsPath(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

void tell(QWidget *parent, const QString &title, const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, {}, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText); // a file's content may be in it
    box->setText(segmentErrorText(error));
    box->open();
}

bool mayReplace(QWidget *parent, const QString &title, const QString &name)
{
    QMessageBox box(QMessageBox::Question, title, {}, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    box.setText(tr("There is a segment “%1”. Replace it?").arg(name));
    const QAbstractButton *yes = box.addButton(tr("Replace"), QMessageBox::AcceptRole);
    box.exec();
    return box.clickedButton() == yes;
}

} // namespace

void exportSegmentFile(QWidget *parent, const QString &name, const SegmentRule &rule)
{
    const QString path =
        askSavePath(parent, tr("Export segment"), fileNameFor(name) + QStringLiteral(".json"),
                    QStringLiteral("json"), tr("Segments (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    if (const Status written = writeSegmentFile(fsPath(path), rule); !written) {
        tell(parent, tr("The segment could not be exported"), written.error());
    }
}

std::optional<ImportedSegment> importSegmentFile(QWidget *parent)
{
    const QString path = QFileDialog::getOpenFileName(
        parent, tr("Import segment"), {},
        tr("Segments (*.json)") + QLatin1String(";;") + tr("All files (*)"));
    return path.isEmpty() ? std::nullopt : importSegmentFile(parent, path);
}

std::optional<ImportedSegment> importSegmentFile(QWidget *parent, const QString &path)
{
    auto rule = readSegmentFile(fsPath(path));
    if (!rule) {
        tell(parent, tr("The segment could not be imported"), rule.error());
        return std::nullopt;
    }
    return ImportedSegment{QFileInfo(path).completeBaseName(), *std::move(rule)};
}

QString askSegmentName(QWidget *parent, const QString &title, const QString &offered,
                       const QStringList &taken)
{
    bool accepted = false;
    const QString name =
        QInputDialog::getText(parent, title, tr("Name"), QLineEdit::Normal, offered, &accepted)
            .trimmed();
    if (!accepted || name.isEmpty()) {
        return {};
    }
    return taken.contains(name) && !mayReplace(parent, title, name) ? QString() : name;
}

} // namespace perennial
