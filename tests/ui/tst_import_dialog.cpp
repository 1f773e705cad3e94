#include "import_dialog_fixture.h"

#include "core/project/event_store.h"
#include "core/project/user_naming.h"
#include "ui/models/rejected_rows_model.h"
#include "ui/models/table_view.h"
#include "ui/wording/format.h"

#include <QAbstractItemModelTester>
#include <QDir>

using namespace perennial;

class TestImportDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStrangeFileIsMappedAndImported();
    void aKnownFileIsRecognised();
    void lettersThatReadInManyWaysStayAQuestion();
    void whatAFileHoldsSuggestsRolesAnew();
    void whatCannotBeReadIsSaidInTheFirstStep_data();
    void whatCannotBeReadIsSaidInTheFirstStep();
    void headersAreNeverMarkup();
    void pseudonymsThroughTheDialog();
    void idsStayIds();
    void aFileWithoutUsersNeedsNoKey();
    void rejectedRowsPage();
};

void TestImportDialog::aStrangeFileIsMappedAndImported()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(60) + "u1;never;sku-1;1,00\n");
    f.openFor(QStringLiteral("shop.csv"));
    QAbstractItemModelTester tester(f.mapping());
    f.button(QStringLiteral("Next"))->click();
    QCOMPARE(f.mapping()->rowCount(), 4);
    f.choose(0, Role::User);
    f.choose(1, Role::At);
    f.choose(2, Role::Item);
    f.choose(3, Role::Amount);
    f.pick(QStringLiteral("Dates"), QStringLiteral("dd.mm.yyyy"));
    f.pick(QStringLiteral("Decimal mark"), QStringLiteral(","));
    f.pick(QStringLiteral("Kind of event"), QString()); // from a column, but none is one
    QVERIFY(!f.button(QStringLiteral("Next"))->isEnabled());
    f.pick(QStringLiteral("Kind of event"), QStringLiteral("purchase"));
    QVERIFY2(f.button(QStringLiteral("Next"))->isEnabled(), qPrintable(visibleText(*f.dialog)));
    QCOMPARE(f.mapping()->index(3, MappingModel::ReadAs).data().toString(), QStringLiteral("0.5"));
    f.button(QStringLiteral("Next"))->click();

    f.button(QStringLiteral("Check the whole file"))->click();
    f.settle();
    QVERIFY2(visibleText(*f.dialog).contains(QStringLiteral("61 rows read = 60 stored")),
             qPrintable(visibleText(*f.dialog)));
    QCOMPARE(f.session.counts().events, 0);

    f.button(QStringLiteral("Import"))->click();
    f.settle();
    QVERIFY2(visibleText(*f.dialog).contains(QStringLiteral("60 rows were imported")),
             qPrintable(visibleText(*f.dialog)));
    QCOMPARE(f.session.counts().events, 60);
    QCOMPARE(f.session.counts().users, 7);
    QVERIFY(f.button(QStringLiteral("Show rejected rows…"))->isVisible());
    QVERIFY2(f.navigator.calls.isEmpty(), qPrintable(f.navigator.calls.join(QLatin1Char('\n'))));
}

void TestImportDialog::aKnownFileIsRecognised()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("r.csv"),
                "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
                "489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n");
    f.openFor(QStringLiteral("r.csv"));
    f.button(QStringLiteral("Next"))->click();
    QCOMPARE(f.box(QStringLiteral("Profile"))->currentData().toString(),
             QStringLiteral("online-retail-ii"));
    QVERIFY(f.button(QStringLiteral("Next"))->isEnabled());
    f.choose(7, Role::Channel); // changed: no longer the profile
    QCOMPARE(f.box(QStringLiteral("Profile"))->currentData().toString(), QString());
    QCOMPARE(f.mapping()->index(7, MappingModel::Meaning).data(Qt::EditRole).toInt(),
             static_cast<int>(Role::Channel));
    QCOMPARE(f.mapping()->index(0, MappingModel::Meaning).data(Qt::EditRole).toInt(),
             static_cast<int>(Role::Order));
}

// Nobody has said which encoding it is by saying what a column means.
void TestImportDialog::lettersThatReadInManyWaysStayAQuestion()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("w.csv"), "nom;quand;quoi\nAndr\xE9;2024-01-01;view\n"
                                         "Zo\xEB;2024-01-02;view\n");
    f.openFor(QStringLiteral("w.csv"));
    f.button(QStringLiteral("Next"))->click();
    const auto encoding = [&f] {
        return f.box(QStringLiteral("Encoding"))->currentData().toString();
    };
    QCOMPARE(encoding(), QString());
    for (const auto &[column, role] :
         {std::pair(0, Role::User), std::pair(1, Role::At), std::pair(2, Role::Kind)}) {
        f.choose(column, role);
        QCOMPARE(encoding(), QString());
        QCOMPARE(f.meaning(column), static_cast<int>(role));
        QVERIFY(!f.button(QStringLiteral("Next"))->isEnabled());
        QVERIFY2(visibleText(*f.dialog).contains(QStringLiteral("✕ ")),
                 qPrintable(visibleText(*f.dialog)));
    }
    // Nor by how numbers are written, nor by taking a meaning back.
    f.pick(QStringLiteral("Decimal mark"), QStringLiteral("."));
    f.choose(1, Role::Item);
    QCOMPARE(f.meaning(1), static_cast<int>(Role::Item));
    f.choose(1, Role::At);
    QCOMPARE(f.meaning(1), static_cast<int>(Role::At));
    QCOMPARE(encoding(), QString());
    QVERIFY(!f.button(QStringLiteral("Next"))->isEnabled());
    f.pick(QStringLiteral("Encoding"), QStringLiteral("windows-1252"));
    QCOMPARE(encoding(), QStringLiteral("windows-1252"));
    for (const auto &[column, role] :
         {std::pair(0, Role::User), std::pair(1, Role::At), std::pair(2, Role::Kind)}) {
        f.choose(column, role);
    }
    QCOMPARE(encoding(), QStringLiteral("windows-1252"));
    QVERIFY2(f.button(QStringLiteral("Next"))->isEnabled(), qPrintable(visibleText(*f.dialog)));
    f.button(QStringLiteral("Next"))->click();
    f.import();
    QCOMPARE(f.session.counts().items, 0); // a column's earlier meaning is gone
    QVERIFY(findUser(f.session.project(), "Andr\u00E9").ok());
}

void TestImportDialog::whatAFileHoldsSuggestsRolesAnew()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("crm.csv"),
                "Customer ID,Country,signup,age\nann,Norway,2024-01-01,34\n"
                "bob,Chile,2024-02-01,40\n");
    f.openFor(QStringLiteral("crm.csv"));
    f.button(QStringLiteral("Next"))->click();
    QCOMPARE(f.meaning(0), static_cast<int>(Role::User));
    QCOMPARE(f.meaning(1), static_cast<int>(Role::Place));
    QCOMPARE(f.meaning(2), MappingModel::kNoRole);
    f.pick(QStringLiteral("The file holds"), static_cast<int>(Contents::Users));
    QCOMPARE(f.meaning(0), static_cast<int>(Role::User));
    QCOMPARE(f.meaning(1), static_cast<int>(Role::Region));
    QCOMPARE(f.meaning(2), static_cast<int>(Role::Signup));
    QCOMPARE(f.meaning(3), MappingModel::kNoRole);
    QVERIFY2(f.button(QStringLiteral("Next"))->isEnabled(), qPrintable(visibleText(*f.dialog)));
    // And back: roles that events don't have are gone.
    f.pick(QStringLiteral("The file holds"), static_cast<int>(Contents::Events));
    QCOMPARE(f.meaning(1), static_cast<int>(Role::Place));
    QCOMPARE(f.meaning(2), MappingModel::kNoRole);
    f.pick(QStringLiteral("The file holds"), static_cast<int>(Contents::Users));
    f.button(QStringLiteral("Next"))->click();
    f.import();
    QCOMPARE(f.session.counts().users, 2);
    QCOMPARE(findUser(f.session.project(), "bob")->region, std::string("Chile"));
}

void TestImportDialog::whatCannotBeReadIsSaidInTheFirstStep_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("exists");
    QTest::newRow("missing") << QByteArray() << false;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("not gzip after all") << QByteArray("\x1f\x8b\x08nonsense", 11) << true;
}

void TestImportDialog::whatCannotBeReadIsSaidInTheFirstStep()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, exists);
    DialogFixture f;
    if (exists) {
        f.writeFile(QStringLiteral("bad.csv"), content);
    }
    f.openFor(QStringLiteral("bad.csv"));
    QVERIFY(!f.button(QStringLiteral("Next"))->isEnabled());
    QVERIFY2(visibleText(*f.dialog).contains(QStringLiteral("✕ ")),
             qPrintable(visibleText(*f.dialog)));
}

void TestImportDialog::headersAreNeverMarkup()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("<i>a.csv"),
                "<b>user</b>,<img src=x>,kind\n<u>ada</u>,2024-01-01,view\n");
    f.openFor(QStringLiteral("<i>a.csv"));
    f.button(QStringLiteral("Next"))->click();
    f.choose(0, Role::User);
    f.choose(1, Role::At);
    f.choose(2, Role::Kind);
    f.button(QStringLiteral("Next"))->click();
    QVERIFY(visibleText(*f.dialog).contains(QStringLiteral("<i>a.csv")));
    QCOMPARE(markupLabels(*f.dialog), 0);
    QCOMPARE(namelessControls(*f.dialog), QStringList());
}

void TestImportDialog::pseudonymsThroughTheDialog()
{
    const QByteArray first = "user,at,kind\nada-77,2024-01-01,view\nbob-88,sometime,view\n";
    DialogFixture f;
    f.writeFile(QStringLiteral("a.csv"), first);
    f.writeFile(QStringLiteral("b.csv"), "user,at,kind\nada-77,2024-02-01,view\n");
    f.openFor(QStringLiteral("a.csv"));
    f.goToCheck();
    QVERIFY(f.pseudonyms()->isEnabled() && !f.pseudonyms()->isChecked());
    f.pseudonyms()->setChecked(true);
    QVERIFY(f.button(QStringLiteral("Import"))->isEnabled());
    f.type(QStringLiteral("Passphrase"), QStringLiteral("open sesame"));
    QVERIFY(!f.button(QStringLiteral("Import"))->isEnabled());
    f.type(QStringLiteral("Once more"), QStringLiteral("open barley"));
    QVERIFY(!f.button(QStringLiteral("Import"))->isEnabled());
    QVERIFY(visibleText(*f.dialog).contains(QStringLiteral("not the same")));
    f.type(QStringLiteral("Once more"), QStringLiteral("open sesame"));
    QCOMPARE(namelessControls(*f.dialog), QStringList());

    f.button(QStringLiteral("Check the whole file"))->click();
    f.settle();
    QVERIFY2(visibleText(*f.dialog).contains(QStringLiteral("2 rows read = 1 stored")),
             qPrintable(visibleText(*f.dialog)));
    QVERIFY(!QFile::exists(f.file(QStringLiteral("data")))); // a check makes no key

    f.import();
    const QString keys = f.file(QStringLiteral("data/perennial/keys"));
    QCOMPARE(QDir(keys).entryList(QDir::Files).size(), 1);
    QVERIFY2(visibleText(*f.dialog).contains(keys), qPrintable(visibleText(*f.dialog)));
    const auto fingerprint = pseudonymFingerprint(f.session.project());
    QVERIFY(fingerprint && *fingerprint);
    QVERIFY(!findUser(f.session.project(), "ada-77").ok());
    for (const RejectedRow &row : *readRejected(f.session.project(), 1, 0, 10)) {
        QCOMPARE(row.raw, std::string());
    }

    f.openAgainFor(QStringLiteral("b.csv"));
    f.goToCheck();
    QVERIFY(!f.pseudonyms()->isEnabled() && f.pseudonyms()->isChecked());
    f.type(QStringLiteral("Passphrase"), QStringLiteral("open barley"));
    f.import();
    QVERIFY2(visibleText(*f.dialog).contains(errorText(fail(ErrorCode::WrongPassphrase))),
             qPrintable(visibleText(*f.dialog)));
    f.button(QStringLiteral("Back"))->click();
    f.type(QStringLiteral("Passphrase"), QStringLiteral("open sesame"));
    f.import();
    QCOMPARE(f.session.counts().events, 2);
    QCOMPARE(f.session.counts().users, 1); // one and the same
}

void TestImportDialog::idsStayIds()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("a.csv"), "user,at,kind\nada,2024-01-01,view\n");
    f.writeFile(QStringLiteral("b.csv"), "user,at,kind\nada,2024-02-01,view\n");
    f.openFor(QStringLiteral("a.csv"));
    f.goToCheck();
    f.import();
    QCOMPARE(f.session.counts().events, 1);
    f.openAgainFor(QStringLiteral("b.csv"));
    f.goToCheck();
    QVERIFY(!f.pseudonyms()->isEnabled() && !f.pseudonyms()->isChecked());
    QVERIFY(visibleText(*f.dialog).contains(QStringLiteral("under their own ids")));
    f.import();
    QCOMPARE(f.session.counts().events, 2);
}

void TestImportDialog::aFileWithoutUsersNeedsNoKey()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("items.csv"), "item,price\nlamp,3\n");
    f.openFor(QStringLiteral("items.csv"));
    f.button(QStringLiteral("Next"))->click();
    f.pick(QStringLiteral("The file holds"), static_cast<int>(Contents::Items));
    f.button(QStringLiteral("Next"))->click();
    f.settle();
    QVERIFY(!f.pseudonyms()->isEnabled() && !f.pseudonyms()->isChecked());
    QVERIFY(visibleText(*f.dialog).contains(QStringLiteral("names no users")));
    f.import();
    QCOMPARE(f.session.counts().items, 1);
}

void TestImportDialog::rejectedRowsPage()
{
    int reads = 0;
    RejectedRowsModel model(
        [&](std::int64_t offset, std::int64_t limit) -> Result<std::vector<RejectedRow>> {
            ++reads;
            std::vector<RejectedRow> rows;
            for (std::int64_t i = offset; i < std::min<std::int64_t>(1200, offset + limit); ++i) {
                rows.push_back({i + 2, "bad_date", "", "a\nb"});
            }
            return rows;
        },
        1200);
    QVERIFY(model.rowCount() < 1200);
    QAbstractItemModelTester tester(&model); // it fetches as well
    while (model.canFetchMore({})) {
        model.fetchMore({});
    }
    QCOMPARE(model.rowCount(), 1200);
    QVERIFY(reads >= 3);
    QCOMPARE(model.index(1199, RejectedRowsModel::Line).data().toString(), countText(1201));
    QVERIFY(!model.index(0, RejectedRowsModel::Raw).data().toString().contains(QLatin1Char('\n')));
    QCOMPARE(model.index(0, RejectedRowsModel::Where).data().toString(), QStringLiteral("–"));
}

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
