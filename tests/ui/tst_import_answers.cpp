#include "import_dialog_fixture.h"

#include "core/ingest/own_profiles.h"
#include "core/project/attribute_store.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/kind_words_dialog.h"
#include "ui/pages/import/remember_box.h"

#include <QInputDialog>

using namespace perennial;

namespace {

QCheckBox *rememberCheck(const DialogFixture &f)
{
    return f.dialog->findChild<RememberBox *>()->findChild<QCheckBox *>();
}

void nameProfile(const DialogFixture &f, const char *name)
{
    f.dialog->findChild<RememberBox *>()->findChild<QLineEdit *>()->setText(
        QString::fromUtf8(name));
}

std::vector<std::string> ownNames()
{
    std::vector<std::string> names;
    for (const ImportProfile &profile : ownProfiles()) {
        names.push_back(profile.name);
    }
    return names;
}

/// A table's texts, cells and rows parted by bars and line ends.
QString tableText(const DialogFixture &f, const QString &name)
{
    for (const TableView *table : f.dialog->findChildren<TableView *>()) {
        if (table->accessibleName() == name) {
            return table->selectionAsTsv().replace(QLatin1Char('\t'), QLatin1Char('|'));
        }
    }
    return {};
}

QString checkTable(const DialogFixture &f)
{
    return tableText(f, QStringLiteral("Columns and what becomes of them"));
}

const QByteArray kPeople = "user,age,joined,note\n"
                           "ada,34,2021-03-04,a\n"
                           "bob,41,2022-11-30,b\n"
                           "cyd,n/a,2023-01-15,c\n";

} // namespace

class TestImportAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rememberedAndRecognised();
    void namesThatCannotBe();
    void aFailedSaveIsTold();
    void aTakenNameIsNotTakenAgain();
    void withoutAHeaderItIsAskedFor();
    void removedAndBroughtBack();
    void columnsAreKeptAsChosen();
    void bandsOfAnotherWidth();
    void rowsOutByColumn();
    void wordsOfKinds();
    void anotherFile();
};

void TestImportAnswers::rememberedAndRecognised()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(60));
    f.writeFile(QStringLiteral("later.csv"), shop(80));
    f.openFor(QStringLiteral("shop.csv"));
    SEES(f, "No profile is known");
    f.answerShop();
    QVERIFY(rememberCheck(f)->isChecked());
    QVERIFY(ownNames().empty()); // not before the import
    f.import();
    SEES(f, "60 rows were imported");
    SEES(f, "Saved as profile shop");
    QCOMPARE(ownNames(), std::vector<std::string>{"shop"});

    f.openAgainFor(QStringLiteral("later.csv"));
    SEES(f, "Recognised as shop, a profile of yours");
    f.button(QStringLiteral("Next"))->click();
    QCOMPARE(f.box(QStringLiteral("Profile"))->currentText(), QStringLiteral("shop (yours)"));
    QVERIFY(f.box(QStringLiteral("Profile"))->findText(QStringLiteral("cdnow-master (shipped)")) >=
            0);
    f.button(QStringLiteral("Next"))->click();
    QVERIFY(!rememberCheck(f)->isChecked()); // it has these answers
    f.button(QStringLiteral("Back"))->click();
    f.choose(2, Role::Category);
    f.button(QStringLiteral("Next"))->click();
    QVERIFY(rememberCheck(f)->isChecked());
    SEES(f, "Takes the place of your profile");
    f.import();
    SEES(f, "Saved as profile shop");
    QCOMPARE(ownProfiles().size(), std::size_t{1});
    QVERIFY(ownProfiles().front().recipe.columns.contains(Role::Category));
}

void TestImportAnswers::namesThatCannotBe()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(20));
    f.openFor(QStringLiteral("shop.csv"));
    f.answerShop();
    for (const auto &[name, why] :
         {std::pair("cdnow-master", "comes with"), std::pair("a/b", "cannot have this name"),
          std::pair("  ", "Give it a name"), std::pair("<b>x", "cannot have this name")}) {
        nameProfile(f, name);
        QVERIFY2(visibleText(*f.dialog).contains(QString::fromLatin1(why)), name);
        QVERIFY(f.button(QStringLiteral("Import"))->isEnabled());
    }
    f.import();
    SEES(f, "20 rows were imported");
    QVERIFY(!visibleText(*f.dialog).contains(QStringLiteral("profile")));
    QVERIFY(ownNames().empty());
}

void TestImportAnswers::aFailedSaveIsTold()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(20));
    f.writeFile(QStringLiteral("data"), "a file where the folder would be");
    f.openFor(QStringLiteral("shop.csv"));
    f.answerShop();
    f.import();
    SEES(f, "✓ 20 rows were imported");
    SEES(f, "could not be saved as profile shop");
    QCOMPARE(f.session.counts().events, 20);
}

void TestImportAnswers::aTakenNameIsNotTakenAgain()
{
    DialogFixture f;
    QVERIFY(saveOwnProfile({"shop", {"other", "header"}, 0, false, {}}).ok());
    f.writeFile(QStringLiteral("shop.csv"), shop(20));
    f.openFor(QStringLiteral("shop.csv"));
    f.answerShop();
    f.import();
    SEES(f, "Saved as profile shop-2");
    QCOMPARE(ownNames().size(), std::size_t{2});
}

void TestImportAnswers::withoutAHeaderItIsAskedFor()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("plain.csv"), "17,20240102,12.50\n18,20240103,7.00\n");
    f.openFor(QStringLiteral("plain.csv"));
    f.button(QStringLiteral("Next"))->click();
    SEES(f, "No column has the meaning “User” yet");
    f.choose(0, Role::User);
    f.choose(1, Role::At);
    f.choose(2, Role::Amount);
    f.pick(QStringLiteral("Kind of event"), QStringLiteral("purchase"));
    f.button(QStringLiteral("Next"))->click();
    QVERIFY(!rememberCheck(f)->isChecked());
    rememberCheck(f)->setChecked(true);
    SEES(f, "no header to recognise the next one by");
    f.import();
    SEES(f, "2 rows were imported");
    QCOMPARE(ownNames(), std::vector<std::string>{"plain"});
}

void TestImportAnswers::removedAndBroughtBack()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("shop.csv"), shop(20));
    f.openFor(QStringLiteral("shop.csv"));
    f.button(QStringLiteral("Next"))->click();
    QVERIFY(!f.button(QStringLiteral("Remove"))->isVisible()); // no own one is chosen
    f.button(QStringLiteral("Back"))->click();
    f.answerShop();
    f.import();
    f.openAgainFor(QStringLiteral("shop.csv"));
    f.button(QStringLiteral("Next"))->click();
    f.button(QStringLiteral("Remove"))->click();
    f.settle();
    QVERIFY(ownNames().empty());
    SEES(f, "shop was removed");
    QCOMPARE(f.box(QStringLiteral("Profile"))->currentData().toString(), QString());
    QVERIFY(f.button(QStringLiteral("Next"))->isEnabled()); // read as before
    f.button(QStringLiteral("Bring back"))->click();
    f.settle();
    QCOMPARE(ownNames(), std::vector<std::string>{"shop"});
    QCOMPARE(f.box(QStringLiteral("Profile"))->currentData().toString(), QStringLiteral("shop"));
    QVERIFY(!visibleText(*f.dialog).contains(QStringLiteral("was removed")));
}

void TestImportAnswers::columnsAreKeptAsChosen()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("people.csv"), kPeople);
    f.openFor(QStringLiteral("people.csv"));
    f.button(QStringLiteral("Next"))->click();
    f.pick(QStringLiteral("The file holds"), static_cast<int>(Contents::Users));
    f.choose(0, Role::User);
    f.choose(2, Role::Signup);
    const auto text = [&f](int row, MappingModel::Column column) {
        return f.mapping()->index(row, column).data().toString();
    };
    QCOMPARE(text(1, MappingModel::KeptAs), QStringLiteral("as it is (text)"));
    f.keep(1, QStringLiteral("band:10"));
    QCOMPARE(text(1, MappingModel::ReadAs), QStringLiteral("30-39"));
    QCOMPARE(text(1, MappingModel::Problems), QStringLiteral("1 of the first 3 rows"));
    f.markPersonal(1);
    f.keep(3, QStringLiteral("drop"));
    QCOMPARE(text(3, MappingModel::ReadAs), QStringLiteral("–"));
    f.markPersonal(2); // a role's column that is not needed
    f.keep(2, QStringLiteral("band:10"));
    QCOMPARE(text(2, MappingModel::KeptAs), QStringLiteral("as it is")); // no role has bands
    QVERIFY(!(f.mapping()->flags(f.mapping()->index(0, MappingModel::Personal)) &
              Qt::ItemIsUserCheckable)); // who it is stays
    f.button(QStringLiteral("Next"))->click();
    QVERIFY2(
        checkTable(f).contains(QStringLiteral("age|attribute|bands of 10, personal|34|30-39|1|–")),
        qPrintable(checkTable(f)));
    QVERIFY(checkTable(f).contains(QStringLiteral("note|left out|–|a|–|–|–")));
    f.import();
    const auto attributes = readAttributes(f.session.project(), Entity::User);
    QVERIFY(attributes.ok());
    QCOMPARE(attributes->size(), std::size_t{2}); // signup and age
    for (const Attribute &attribute : *attributes) {
        QVERIFY(attribute.personal);
        QVERIFY(attribute.name != "note");
    }
    QCOMPARE(ownProfiles().front().recipe.attributes.size(), std::size_t{3});
}

void TestImportAnswers::bandsOfAnotherWidth()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("people.csv"), "user,age\nada,34\nbob,41\n");
    f.openFor(QStringLiteral("people.csv"));
    f.button(QStringLiteral("Next"))->click();
    f.pick(QStringLiteral("The file holds"), static_cast<int>(Contents::Users));
    f.choose(0, Role::User);
    f.keep(1, QStringLiteral("band:?"));
    auto *ask = f.dialog->findChild<QInputDialog *>();
    QVERIFY(ask);
    ask->setIntValue(25);
    ask->accept();
    f.settle();
    QCOMPARE(f.mapping()->index(1, MappingModel::KeptAs).data().toString(),
             QStringLiteral("bands of 25"));
    QCOMPARE(f.mapping()->index(1, MappingModel::ReadAs).data().toString(),
             QStringLiteral("25-49"));
    f.choose(1, Role::Region); // what has a role has no bands
    QCOMPARE(f.mapping()->index(1, MappingModel::KeptAs).data(Qt::EditRole).toString(), QString());
    QVERIFY(f.button(QStringLiteral("Next"))->isEnabled());
}

void TestImportAnswers::rowsOutByColumn()
{
    DialogFixture f;
    QByteArray text = "user,at,kind,amount\n";
    for (int i = 0; i < 300; ++i) {
        text += i < 250 ? "u,2024-01-02,purchase,1.50\n" : "u,never,purchase,1.50\n";
    }
    f.writeFile(QStringLiteral("a.csv"), text + "u,2024-01-02,dance,1\nu,2024-01-02\n");
    f.openFor(QStringLiteral("a.csv"));
    f.goToCheck();
    QVERIFY(checkTable(f).contains(QStringLiteral("Out of first 200|Out of all")));
    QVERIFY2(checkTable(f).contains(QStringLiteral("at|Date and time|date and time|2024-01-02|"
                                                   "2024-01-02T00:00:00Z|0|–")),
             qPrintable(checkTable(f)));
    f.button(QStringLiteral("Check the whole file"))->click();
    f.settle();
    const QString after = checkTable(f);
    QVERIFY2(after.contains(QStringLiteral("2024-01-02T00:00:00Z|0|50")), qPrintable(after));
    QVERIFY2(
        after.contains(QStringLiteral("kind|Kind of event|kind of event|purchase|purchase|0|1")),
        qPrintable(after));
    QVERIFY2(after.contains(QStringLiteral("(the row itself)")), qPrintable(after));
}

// Words that no list of synonyms knows are told, and can be said.
void TestImportAnswers::wordsOfKinds()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("kinds.csv"), "user,at,kind,amount\na,2024-01-01,Kauf,5\n"
                                             "b,2024-01-02,Kauf,6\nc,2024-01-03,Retoure,2\n"
                                             "d,2024-01-04,view,\ne,2024-01-05,<b>Gabe</b>,1\n");
    f.openFor(QStringLiteral("kinds.csv"));
    f.button(QStringLiteral("Next"))->click();
    SEES(f, "Kauf, <b>Gabe</b>, Retoure");
    f.button(QStringLiteral("Say what they are…"))->click();
    auto *ask = f.dialog->findChild<KindWordsDialog *>();
    QVERIFY(ask);
    const auto choose = [&ask](const QString &word, EventKind kind) {
        for (QComboBox *box : ask->findChildren<QComboBox *>()) {
            if (box->accessibleName() == QStringLiteral("Kind of event of %1").arg(word)) {
                box->setCurrentIndex(box->findData(static_cast<int>(kind)));
                return;
            }
        }
        QFAIL(qPrintable(word));
    };
    QCOMPARE(ask->findChildren<QComboBox *>().size(), 4);
    if (const QString folder = qEnvironmentVariable("PERENNIAL_PICTURES"); !folder.isEmpty()) {
        ask->grab().save(folder + QStringLiteral("/state-kind-words.png"));
        f.dialog->grab().save(folder + QStringLiteral("/state-unknown-words.png"));
    }
    choose(QStringLiteral("Kauf"), EventKind::Purchase);
    choose(QStringLiteral("Retoure"), EventKind::Refund);
    ask->accept();
    f.settle();
    QVERIFY(!visibleText(*f.dialog).contains(QStringLiteral("Kauf, ")));
    SEES(f, "<b>Gabe</b>");
    // Those that are known can be said otherwise.
    QComboBox *kind = f.box(QStringLiteral("Kind of event"));
    kind->setCurrentIndex(kind->findText(QStringLiteral("from a column: its words…")));
    Q_EMIT kind->activated(kind->currentIndex());
    QCOMPARE(kind->currentText(), QStringLiteral("from a column"));
    ask = f.dialog->findChildren<KindWordsDialog *>().last();
    choose(QStringLiteral("view"), EventKind::Click);
    ask->accept();
    f.settle();
    f.button(QStringLiteral("Next"))->click();
    f.import();
    SEES(f, "4 rows were imported");
    QCOMPARE(f.session.counts().refunds, 1);
    QCOMPARE(f.session.counts().gross, 110000);
}

void TestImportAnswers::anotherFile()
{
    DialogFixture f;
    f.writeFile(QStringLiteral("a.csv"), "user,at,kind\nada,2024-01-01,view\n");
    f.openFor(QStringLiteral("a.csv"));
    f.goToCheck();
    f.import();
    f.button(QStringLiteral("Import another file…"))->click();
    f.settle();
    QVERIFY(f.button(QStringLiteral("Next"))->isVisible());
    QVERIFY(!f.button(QStringLiteral("Next"))->isEnabled());
    f.dialog->setFile(f.file(QStringLiteral("a.csv")));
    f.settle();
    QVERIFY(f.button(QStringLiteral("Next"))->isEnabled());
}

QTEST_MAIN(TestImportAnswers)
#include "tst_import_answers.moc"
