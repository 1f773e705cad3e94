#include "core/ingest/own_profiles.h"
#include "core/ingest/preview.h"
#include "tests/core/ingest/import_fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace perennial;

class TestOwnProfiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void savedOneIsOfferedForTheSameHeader();
    void savedOneReadsAsTheFileWasRead();
    void newestComesFirst();
    void namesThatAreNone_data();
    void namesThatAreNone();
    void namesForFiles();
    void whatIsNoProfileIsLeftOut();
    void listsWithoutEndAreRefused();
    void removedIsGone();
    void folderThatCantBeMade();
    void foldersAreForTheOwnerAlone();

private:
    QString folder() const { return m_home.path() + "/perennial/profiles/"; }
    static ImportProfile profile(const std::string &name);
    QTemporaryDir m_home;
};

void TestOwnProfiles::init()
{
    QDir(m_home.path()).removeRecursively();
    QDir().mkpath(m_home.path());
    qputenv("XDG_DATA_HOME", m_home.path().toUtf8());
}

ImportProfile TestOwnProfiles::profile(const std::string &name)
{
    ImportProfile made;
    made.name = name;
    made.header = {"who", "when", "what", "total"};
    made.recipe.headerRows = 1;
    made.recipe.columns = {{Role::User, "who"}, {Role::At, "when"}, {Role::Amount, "total"}};
    made.recipe.constants = {{Role::Kind, "purchase"}};
    made.recipe.decimalMark = ',';
    made.recipe.timeZone = "Europe/Berlin";
    return made;
}

void TestOwnProfiles::savedOneIsOfferedForTheSameHeader()
{
    VERIFY_OK(saveOwnProfile(profile("till")));
    const auto file = [this](const char *text) {
        QFile csv(m_home.path() + "/next.csv");
        static_cast<void>(csv.open(QIODevice::WriteOnly));
        csv.write(text);
        csv.close();
        ImportOptions options;
        options.path = csv.fileName().toStdString();
        return previewImport(options)->suggestedProfile;
    };
    QCOMPARE(file("Who, when ,what,TOTAL\na,2024-01-01,x,\"1,5\"\n"), std::string("till"));
    QCOMPARE(file("who,when,what\na,2024-01-01,x\n"), std::string());
    QCOMPARE(file("when,who,what,total\n2024-01-01,a,x,1\n"), std::string());
    // One's own goes over a shipped one.
    ImportProfile own = profile("mine");
    own.header = {"customer_id", "date", "number_of_cds", "dollar_value"};
    QCOMPARE(profileForHeader(own.header)->name, std::string("cdnow-master"));
    VERIFY_OK(saveOwnProfile(own));
    QCOMPARE(profileForHeader(own.header)->name, std::string("mine"));
}

void TestOwnProfiles::savedOneReadsAsTheFileWasRead()
{
    ImportProfile saved = profile("till");
    saved.recipe.missing = {"NA"};
    saved.recipe.rules = CleaningRules{true, {"POST"}, {"GIFT_"}, "C"};
    VERIFY_OK(saveOwnProfile(saved));
    const auto found = findProfile("till");
    VERIFY_OK(found);
    QVERIFY(found->recipe == saved.recipe);
    QVERIFY(found->header == saved.header);
    // Saved once more under this name, it is the new one.
    saved.recipe.timeZone = "UTC";
    VERIFY_OK(saveOwnProfile(saved));
    QVERIFY(findProfile("till")->recipe == saved.recipe);
    QCOMPARE(ownProfiles().size(), std::size_t{1});
    // Its file is a profile file like any other.
    const auto file = findProfile((folder() + "till.json").toStdString());
    VERIFY_OK(file);
    QVERIFY(file->recipe == saved.recipe);
}

void TestOwnProfiles::newestComesFirst()
{
    VERIFY_OK(saveOwnProfile(profile("a")));
    VERIFY_OK(saveOwnProfile(profile("b")));
    QFile older(folder() + "b.json");
    QVERIFY(older.open(QIODevice::ReadWrite));
    QVERIFY(older.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000),
                              QFileDevice::FileModificationTime));
    older.close();
    QCOMPARE(ownProfiles().front().name, std::string("a"));
    QCOMPARE(profileForHeader(profile("a").header)->name, std::string("a"));
}

void TestOwnProfiles::namesThatAreNone_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"", "../up", "a/b", ".hidden", "-x", " a", "a\n", "generic",
                             "online-retail-ii", "a:b", "\xC3"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
    QTest::newRow("long") << QString(101, 'x');
}

void TestOwnProfiles::namesThatAreNone()
{
    QFETCH(const QString, name);
    const Status saved = saveOwnProfile(profile(name.toLatin1().toStdString()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!QDir(folder()).exists() || QDir(folder()).isEmpty());
    QVERIFY(!removeOwnProfile(name.toLatin1().toStdString()));
}

void TestOwnProfiles::namesForFiles()
{
    QCOMPARE(profileNameFor("/data/orders 2024.csv.gz"), std::string("orders 2024"));
    QCOMPARE(profileNameFor("Till.TSV"), std::string("Till"));
    QCOMPARE(profileNameFor("generic.csv"), std::string("own-generic"));
    for (const char *path : {".csv", "", "..", "a:b.csv", "\xFF.csv", "-.csv"}) {
        QVERIFY2(checkProfileName(profileNameFor(path)), path);
    }
    QVERIFY(checkProfileName(profileNameFor(std::string(300, 'x') + ".csv")));
}

void TestOwnProfiles::whatIsNoProfileIsLeftOut()
{
    VERIFY_OK(saveOwnProfile(profile("till")));
    for (const auto &[name, text] :
         {std::pair{"cut.json", "{\"map\": "}, {"list.json", "[]"}, {"empty.json", ""},
          {"odd.json", "{\"columns\": 3}"}, {"unknown.json", "{\"run\": \"rm\"}"},
          {"note.txt", "{}"}, {"generic.json", "{}"}, {"cdnow-master.json", "{}"}}) {
        QFile file(folder() + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QVERIFY(QDir().mkpath(folder() + "folder.json"));
    const auto all = ownProfiles();
    QCOMPARE(all.size(), std::size_t{1});
    QCOMPARE(all.front().name, std::string("till"));
    QCOMPARE(findProfile((folder() + "odd.json").toStdString()).error().code,
             ErrorCode::BadConfiguration);
    QCOMPARE(findProfile("generic")->recipe.columns.size(),
             builtInProfiles().front().recipe.columns.size());
}

void TestOwnProfiles::listsWithoutEndAreRefused()
{
    VERIFY_OK(saveOwnProfile(profile("till")));
    const QByteArray deep = QByteArray(300'000, '[') + QByteArray(300'000, ']');
    for (const char *key : {"missing", "columns", "other"}) {
        QFile file(folder() + "deep.json");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"" + QByteArray(key) + "\": [" + deep + "]}");
        file.close();
        QCOMPARE(findProfile((folder() + "deep.json").toStdString()).error().code,
                 ErrorCode::BadConfiguration);
        QCOMPARE(ownProfiles().size(), std::size_t{1});
    }
}

void TestOwnProfiles::removedIsGone()
{
    VERIFY_OK(saveOwnProfile(profile("till")));
    VERIFY_OK(removeOwnProfile("till"));
    QCOMPARE(findProfile("till").error().code, ErrorCode::UnknownProfile);
    QCOMPARE(removeOwnProfile("till").error().code, ErrorCode::UnknownProfile);
}

void TestOwnProfiles::foldersAreForTheOwnerAlone()
{
    qputenv("XDG_DATA_HOME", (m_home.path() + "/not/there yet").toUtf8());
    VERIFY_OK(saveOwnProfile(profile("till")));
    constexpr auto kOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                             QFileDevice::ExeGroup | QFileDevice::ReadOther |
                             QFileDevice::WriteOther | QFileDevice::ExeOther;
    for (const char *made : {"/not", "/not/there yet", "/not/there yet/perennial",
                             "/not/there yet/perennial/profiles"}) {
        QVERIFY2(!(QFile::permissions(m_home.path() + made) & kOthers), made);
    }
}

void TestOwnProfiles::folderThatCantBeMade()
{
    QFile file(m_home.path() + "/perennial");
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!saveOwnProfile(profile("till")));
    QVERIFY(ownProfiles().empty());
}

QTEST_GUILESS_MAIN(TestOwnProfiles)
#include "tst_own_profiles.moc"
