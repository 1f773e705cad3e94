#include "import_dialog_fixture.h"

#include "ui/models/table_view.h"
#include "ui/pages/import/remember_box.h"

#include <QMessageBox>
#include <QSet>

using namespace perennial;

class TestImportKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void focusAloneSaysNothing();
    void escapeAsksWhereSomethingIsLost();
    void enterIsNext();
    void everyControlIsReached();
};

void TestImportKeys::focusAloneSaysNothing()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("r.csv"),
                "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
                "489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n");
    f.openFor(QStringLiteral("r.csv"));
    f.button(QStringLiteral("Next"))->click();
    for (QLineEdit *field : f.dialog->findChildren<QLineEdit *>()) {
        Q_EMIT field->editingFinished();
    }
    f.settle();
    QCOMPARE(f.box(QStringLiteral("Profile"))->currentData().toString(),
             QStringLiteral("online-retail-ii"));
}

void TestImportKeys::escapeAsksWhereSomethingIsLost()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(20));
    f.openFor(QStringLiteral("shop.csv"));
    QTest::keyClick(f.dialog, Qt::Key_Escape);
    QVERIFY(!f.dialog->isVisible()); // nothing was said yet
    f.openAgainFor(QStringLiteral("shop.csv"));
    f.answerShop();
    QTest::keyClick(f.dialog, Qt::Key_Escape);
    auto *box = f.dialog->findChild<QMessageBox *>();
    QVERIFY(box && f.dialog->isVisible());
    QTest::keyClick(box, Qt::Key_Escape); // goes on
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(f.dialog->isVisible());
    f.import();
    QTest::keyClick(f.dialog, Qt::Key_Escape); // it is all in
    QVERIFY(!f.dialog->isVisible());
}

void TestImportKeys::enterIsNext()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("a.csv"), "user,at,kind\nada,2024-01-01,view\n");
    f.openFor(QStringLiteral("a.csv"));
    f.dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f.dialog));
    const auto pressIn = [&f](QWidget *widget) {
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_Return);
        f.settle();
    };
    pressIn(f.dialog->findChild<TableView *>()); // the first rows
    QVERIFY(f.mapping()->rowCount() == 3 && f.box(QStringLiteral("Profile"))->isVisible());
    pressIn(f.box(QStringLiteral("Meaning of column user")));
    QVERIFY(f.button(QStringLiteral("Import"))->isVisible());
    pressIn(f.dialog->findChild<RememberBox *>()->findChild<QLineEdit *>());
    SEES(f, "1 row was imported");
}

void TestImportKeys::everyControlIsReached()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(20));
    f.openFor(QStringLiteral("shop.csv"));
    f.dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f.dialog));
    for (int step = 0; step < 3; ++step) {
        QSet<const QWidget *> reached;
        for (int presses = 0; presses < 120; ++presses) {
            QTest::keyClick(f.dialog->focusWidget() ? f.dialog->focusWidget() : f.dialog,
                            Qt::Key_Tab);
            reached.insert(f.dialog->focusWidget());
        }
        for (const QWidget *widget : f.dialog->findChildren<QWidget *>()) {
            const bool control = widget->inherits("QAbstractButton") ||
                                 widget->inherits("QComboBox") || widget->inherits("QTableView") ||
                                 widget->inherits("QAbstractSpinBox");
            if (control && widget->isVisible() && widget->isEnabled() &&
                widget->focusPolicy() != Qt::NoFocus) {
                QVERIFY2(reached.contains(widget), qPrintable(widget->accessibleName()));
            }
        }
        if (step == 0) {
            f.answerShop();
            f.button(QStringLiteral("Back"))->click();
        } else if (step == 1) {
            f.button(QStringLiteral("Next"))->click();
        }
    }
}

QTEST_MAIN(TestImportKeys)
#include "tst_import_keys.moc"
