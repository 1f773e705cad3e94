#include "ui/widgets/save_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace perennial {

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
    const QFileInfo wanted(suggested);
    QFileDialog dialog(parent, title, wanted.isAbsolute() ? wanted.path() : QString(), filter);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(ending);
    dialog.selectFile(wanted.fileName());
    const bool isAccepted = dialog.exec() == QDialog::Accepted;
    return isAccepted && !dialog.selectedFiles().isEmpty() ? dialog.selectedFiles().first()
                                                           : QString();
}

} // namespace perennial
