#include "ui/widgets/save_dialog.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace perennial;

namespace {

/// Somebody who answers what is asked, one thing after another: a name for the dialog, a button's text
/// for the question.
class Person {
public:
    explicit Person(QStringList answers) : m_answers(std::move(answers))
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { answer(); });
        m_timer.start(0);
    }
    QStringList asked; ///< texts of the questions

private:
    void answer()
    {
        QWidget *top = QApplication::activeModalWidget();
        if (auto *box = qobject_cast<QMessageBox *>(top)) {
            asked << box->text();
            const QString button = m_answers.isEmpty() ? QString() : m_answers.takeFirst();
            for (QAbstractButton *one : box->buttons()) {
                if (one->text().remove(QLatin1Char('&')) == button) {
                    one->click();
                    return;
                }
            }
            box->reject();
        } else if (auto *dialog = qobject_cast<QFileDialog *>(top)) {
            if (m_answers.isEmpty()) {
                dialog->reject();
                return;
            }
            auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
            name->setFocus(); // as a person has it: else the dialog goes by what its list has selected
            name->selectAll();
            QTest::keyClicks(name, m_answers.takeFirst());
            QMetaObject::invokeMethod(dialog, "accept");
        }
    }

    QStringList m_answers;
    QTimer m_timer;
};

QString ask(const QTemporaryDir &dir)
{
    return askSavePath(nullptr, QStringLiteral("Save chart"), dir.filePath(QStringLiteral("a.png")),
                       QStringLiteral("png"), QStringLiteral("PNG (*.png)"));
}

} // namespace

class TestSaveDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }

    void theEndingIsAdded()
    {
        const QTemporaryDir dir;
        for (const auto &[typed, saved] : {std::pair("b", "b.png"), std::pair("b.png", "b.png"),
                                           std::pair("b.PNG", "b.PNG"),
                                           std::pair("July v1.2", "July v1.2.png")}) {
            Person person({QString::fromLatin1(typed)});
            QCOMPARE(ask(dir), dir.filePath(QString::fromLatin1(saved)));
            QVERIFY(person.asked.isEmpty());
        }
    }

    /// Also where the name that was typed is not there, but that with its ending is.
    void nothingIsReplacedUnasked()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("b.png")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const char *typed : {"b", "b.png"}) {
            const QString name = QString::fromLatin1(typed);
            {
                Person person({name, QStringLiteral("Replace")});
                QCOMPARE(ask(dir), file.fileName());
                QCOMPARE(person.asked.size(), 1);
                QVERIFY(person.asked.first().contains(QStringLiteral("b.png")));
            }
            {
                Person person({name, QStringLiteral("Cancel"), name, QStringLiteral("Replace")});
                QCOMPARE(ask(dir), file.fileName());
                QCOMPARE(person.asked.size(), 2); // he may think again
            }
            Person person({name, QStringLiteral("Cancel")});
            QCOMPARE(ask(dir), QString());
        }
    }

    void namesThatFilesCanHave()
    {
        QCOMPARE(fileNameFor(QStringLiteral("a/b: \"c\" <d>?*|\\")),
                 QStringLiteral("a-b- -c- -d-----"));
    }
};

QTEST_MAIN(TestSaveDialog)
#include "tst_save_dialog.moc"
