#include "ui/widgets/save_dialog.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SaveDialog)
};

/// "July v1.2" has no ending yet.
QString withEnding(const QString &path, const QString &ending)
{
    const QString dotted = QLatin1Char('.') + ending;
    return path.endsWith(dotted, Qt::CaseInsensitive) ? path : path + dotted;
}

bool mayReplace(QWidget *parent, const QString &title, const QString &name)
{
    QMessageBox box(QMessageBox::Warning, title,
                    Words::tr("%1 is there already. Replace it?").arg(name),
                    QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    const QAbstractButton *replace = box.addButton(Words::tr("Replace"), QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == replace;
}

} // namespace

QString fileNameFor(const QString &name)
{
    QString file = name;
    for (const QChar c : QStringLiteral("/\\:*?\"<>|")) {
        file.replace(c, QLatin1Char('-'));
    }
    return file;
}

QString askSavePath(QWidget *parent, const QString &title, const QString &suggested,
                    const QString &ending, const QString &filter)
{
    for (QFileInfo wanted(suggested);;) { // a dialog shown again would keep the file it had selected
        QFileDialog dialog(parent, title, wanted.isAbsolute() ? wanted.path() : QString(), filter);
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setOption(QFileDialog::DontConfirmOverwrite); // asked below, of the whole name
        dialog.selectFile(wanted.fileName());
        if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
            return {};
        }
        wanted.setFile(withEnding(dialog.selectedFiles().first(), ending));
        if (!wanted.exists() || mayReplace(parent, title, wanted.fileName())) {
            return wanted.filePath();
        }
    }
}

} // namespace perennial
