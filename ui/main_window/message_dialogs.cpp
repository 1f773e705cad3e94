#include "ui/main_window/message_dialogs.h"

#include "core/project/project.h"
#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("perennial", text);
}

} // namespace

void showErrorDialog(QWidget *parent, const QString &title, const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, {}, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(errorText(error));
    box->setInformativeText(errorAdvice(error.code));
    QPushButton *copy = box->addButton(tr("Copy details"), QMessageBox::ActionRole);
    copy->disconnect(); // the box would close
    QObject::connect(copy, &QPushButton::clicked, box, [details = errorDetails(error)] {
        QGuiApplication::clipboard()->setText(details);
    });
    box->open();
}

bool ask(QWidget *parent, const QString &title, const QString &question, const QString &verb)
{
    QMessageBox box(QMessageBox::Question, title, {}, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    box.setText(question);
    const QAbstractButton *yes = box.addButton(verb, QMessageBox::AcceptRole);
    box.exec();
    return box.clickedButton() == yes;
}

void showAboutDialog(QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("About Perennial"));
    auto *all = new QVBoxLayout(dialog);
    all->setSpacing(2 * kGap);
    QLabel *name =
        plainLabel(QStringLiteral("Perennial %1").arg(QCoreApplication::applicationVersion()));
    name->setFont(uiFont(TextSize::PageTitle));
    all->addWidget(name);
    QLabel *what = plainLabel(
        tr("A workbench for customer lifetime value. Everything stays on this machine.\n\n"
           "Built on Qt %1, Qt Charts, LibTorch, SQLite %2 and Eigen.\n"
           "Free software under the GNU General Public License, version 3 or later.")
            .arg(QString::fromLatin1(qVersion()), QString::fromStdString(sqliteVersion())));
    what->setWordWrap(true);
    what->setMinimumWidth(380);
    all->addWidget(what);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    all->addWidget(buttons);
    dialog->open();
}

} // namespace perennial
