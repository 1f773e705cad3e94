#include "tests/app/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <sys/file.h>
#include <sys/stat.h>

using namespace perennial::test;

namespace {

const char *const kEvents = "user,at,kind,item,amount,order\n"
                            "anna-7f3a9c,2024-01-01,purchase,i1,10,order-anna-1\n"
                            "bert-1d2e8b,2024-01-02,purchase,i1,20,order-bert-1\n"
                            "anna-7f3a9c,2024-01-03,view,i2,,\n"
                            "anna-7f3a9c,someday,purchase,i2,5,order-anna-2\n";

} // namespace

// Pseudonyms, forgetting, handing out and the log, as the command line has them.
class TestPrivacyVerbs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pseudonymsThroughTheirLife();
    void sealedKeys();
    void keyMistakes();
    void forgetErases();
    void compactingAlone();
    void handsOut();
    void theLogIsListedAndChecked();
    void readOnlyProjectsAreExportedUnlogged();
    void wrongUsage();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray bytes(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    Outcome import(const QStringList &more, const QString &file = "events.csv") const
    {
        return run(QStringList{"import", path("p.perennial"), path(file), "--as", "events",
                               "--json"} +
                   more);
    }
    QStringList actions() const
    {
        QStringList names;
        const auto lines = run({"audit", path("p.perennial"), "--json"}).json["lines"].toArray();
        for (const QJsonValue &line : lines) {
            names << line.toObject()["action"].toString();
        }
        return names;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPrivacyVerbs::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", path("data").toUtf8());
    qunsetenv("PERENNIAL_PASSPHRASE");
    QCOMPARE(run({"new", path("p.perennial")}).code, 0);
    write("events.csv", kEvents);
    write("more.csv", "user,at,kind,item\nanna-7f3a9c,2024-02-01,view,i1\n");
}

void TestPrivacyVerbs::pseudonymsThroughTheirLife()
{
    const Outcome first = import({"--pseudonyms"});
    QCOMPARE(first.code, 0);
    const QJsonObject key = first.json["pseudonyms"].toObject();
    QVERIFY(key["created"].toBool());
    QVERIFY(!key["sealed"].toBool());
    const QString file = key["key_file"].toString();
    QVERIFY(file.startsWith(path("data/perennial/keys/")));
    struct stat status {};
    QCOMPARE(stat(file.toUtf8().constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t{0600});
    QVERIFY(!bytes("p.perennial").contains("anna-7f3a9c"));
    QCOMPARE(first.json["first_rejected"].toArray()[0].toObject()["raw"].toString(), QString());

    const Outcome second = import({"--pseudonyms"}, "more.csv");
    QCOMPARE(second.code, 0);
    QVERIFY(!second.json["pseudonyms"].toObject()["created"].toBool());
    QCOMPARE(second.json["pseudonyms"].toObject()["fingerprint"], key["fingerprint"]);

    // A person is found by the id only with the key.
    const QStringList ask{"export", path("p.perennial"), "--user", "anna-7f3a9c", "--out",
                          path("anna.json"), "--json"};
    QCOMPARE(run(ask).errorCode(), QString("unknown_user"));
    const Outcome found = run(ask + QStringList{"--real-id"});
    QCOMPARE(found.code, 0);
    QCOMPARE(found.json["events"].toInt(), 3);
    QVERIFY(!bytes("anna.json").contains("anna-7f3a9c"));
    const Outcome forgotten =
        run({"forget", path("p.perennial"), "--user", "anna-7f3a9c", "--real-id", "--json"});
    QCOMPARE(forgotten.code, 0);
    QCOMPARE(forgotten.json["erased"].toObject()["events"].toInt(), 3);
}

void TestPrivacyVerbs::sealedKeys()
{
    write("phrase", "open sesame\n");
    write("wrong", "open barley\n");
    const QStringList key{"--pseudonyms", "--key", path("k.key")};
    const Outcome sealed = import(key + QStringList{"--passphrase-file", path("phrase")});
    QCOMPARE(sealed.code, 0);
    QVERIFY(sealed.json["pseudonyms"].toObject()["sealed"].toBool());
    QCOMPARE(import(key, "more.csv").errorCode(), QString("passphrase_needed"));
    const QStringList wrong{"--passphrase-file", path("wrong")};
    QCOMPARE(import(key + wrong, "more.csv").errorCode(), QString("wrong_passphrase"));
    qputenv("PERENNIAL_PASSPHRASE", "open sesame");
    QCOMPARE(import(key, "more.csv").code, 0);
    qunsetenv("PERENNIAL_PASSPHRASE");
}

void TestPrivacyVerbs::keyMistakes()
{
    QCOMPARE(import({"--pseudonyms", "--key", path("p.perennial")}).errorCode(),
             QString("invalid_argument"));
    QCOMPARE(import({"--pseudonyms", "--dry-run"}).code, 0);
    QVERIFY(!QDir(path("data")).exists());
    QCOMPARE(import({"--pseudonyms", "--key", path("k.key")}).code, 0);
    QCOMPARE(import({}, "more.csv").errorCode(), QString("pseudonyms_needed"));
    QCOMPARE(import({"--pseudonyms", "--key", path("none.key")}, "more.csv").errorCode(),
             QString("file_missing"));
    chmod(path("k.key").toUtf8().constData(), 0644);
    QCOMPARE(import({"--pseudonyms", "--key", path("k.key")}, "more.csv").errorCode(),
             QString("unsafe_key_file"));
    write("other.key", QByteArray(32, 'k'));
    chmod(path("other.key").toUtf8().constData(), 0600);
    const Outcome other = import({"--pseudonyms", "--key", path("other.key")}, "more.csv");
    QCOMPARE(other.errorCode(), QString("wrong_key"));
    QCOMPARE(other.code, 2);
    write("short.key", QByteArray(16, 'k'));
    chmod(path("short.key").toUtf8().constData(), 0600);
    QCOMPARE(import({"--pseudonyms", "--key", path("short.key")}, "more.csv").errorCode(),
             QString("bad_key_file"));
    QVERIFY(run({"verify", path("p.perennial"), "--json"}).json["sound"].toBool());
}

void TestPrivacyVerbs::forgetErases()
{
    QCOMPARE(import({}).code, 0);
    write("p.perennial.v1.backup", "a copy");
    const QStringList forget{"forget", path("p.perennial"), "--user", "anna-7f3a9c", "--json"};
    const Outcome dry = run(forget + QStringList{"--dry-run"});
    QCOMPARE(dry.code, 0);
    QCOMPARE(dry.json["erased"].toObject()["events"].toInt(), 2);
    QVERIFY(bytes("p.perennial").contains("anna-7f3a9c"));
    const Outcome done = run(forget);
    QCOMPARE(done.code, 0);
    QCOMPARE(done.json["erased"], dry.json["erased"]);
    QVERIFY(done.json["compacted"].toBool());
    QVERIFY(done.json["log_emptied"].toBool());
    QCOMPARE(done.json["backups"].toArray()[0].toString(), path("p.perennial.v1.backup"));
    for (const char *text : {"anna-7f3a9c", "order-anna-1", "order-anna-2"}) {
        QVERIFY2(!bytes("p.perennial").contains(text), text);
        QVERIFY2(!bytes("p.perennial-wal").contains(text), text);
    }
    const Outcome again = run(forget);
    QCOMPARE(again.errorCode(), QString("unknown_user"));
    QCOMPARE(again.code, 2);
    QVERIFY(run({"verify", path("p.perennial"), "--json"}).json["sound"].toBool());
    QCOMPARE(run({"export", path("p.perennial"), "sources", "--out", path("s.csv")}).code, 0);
    QVERIFY(bytes("s.csv").contains("rows_erased"));
    QVERIFY(!run({"audit", path("p.perennial")}).out.contains("anna"));
}

// What forget could not finish can be finished; nobody is erased by it.
void TestPrivacyVerbs::compactingAlone()
{
    QCOMPARE(import({}).code, 0);
    const QStringList compact{"forget", path("p.perennial"), "--compact", "--json"};
    const Outcome done = run(compact);
    QCOMPARE(done.code, 0);
    QVERIFY(done.json["compacted"].toBool());
    QVERIFY(done.json["log_emptied"].toBool());
    QVERIFY(bytes("p.perennial").contains("anna-7f3a9c"));
    QCOMPARE(actions(), QStringList{"import"});
    QCOMPARE(run(compact + QStringList{"--user", "anna-7f3a9c"}).code, 2);
    QCOMPARE(run(compact + QStringList{"--dry-run"}).code, 2);
    QVERIFY(run({"forget", "--help"}).out.contains("--compact"));
    QFile lock(path("p.perennial.lock"));
    QVERIFY(lock.open(QIODevice::ReadWrite));
    QCOMPARE(flock(lock.handle(), LOCK_EX | LOCK_NB), 0);
    QVERIFY(run(compact).code != 0);
}

void TestPrivacyVerbs::handsOut()
{
    QCOMPARE(import({}).code, 0);
    const Outcome done = run({"export", path("p.perennial"), "--user", "anna-7f3a9c", "--out",
                              path("anna.json"), "--json"});
    QCOMPARE(done.code, 0);
    QVERIFY(done.json["logged"].toBool());
    const QJsonObject data = QJsonDocument::fromJson(bytes("anna.json")).object();
    QCOMPARE(done.json["bytes"].toInt(), bytes("anna.json").size());
    QCOMPARE(data["user"].toObject()["key"].toString(), QString("anna-7f3a9c"));
    QCOMPARE(data["events"].toArray().size(), 2);
    const QJsonObject event = data["events"].toArray()[0].toObject();
    QCOMPARE(event["at"].toString(), QString("2024-01-01T00:00:00Z"));
    QCOMPARE(event["kind"].toString(), QString("purchase"));
    QCOMPARE(event["order"].toString(), QString("order-anna-1"));
    QCOMPARE(event["amount"].toDouble(), 10.0);
    QCOMPARE(data["rejected_rows"].toArray().size(), 1);
    QCOMPARE(data["sources"].toArray()[0].toObject()["name"].toString(), QString("events.csv"));
    QVERIFY(!bytes("anna.json").contains("bert"));
    QCOMPARE(run({"export", path("p.perennial"), "--user", "nobody", "--out", path("n.json"),
                  "--json"})
                 .errorCode(),
             QString("unknown_user"));
    QVERIFY(!QFile::exists(path("n.json")));
    QVERIFY(!run({"audit", path("p.perennial")}).out.contains("anna"));
}

void TestPrivacyVerbs::theLogIsListedAndChecked()
{
    QCOMPARE(import({}).code, 0);
    for (const char *table : {"users", "events", "items"}) {
        run({"export", path("p.perennial"), table, "--out", path("t.csv")});
    }
    // Not scored: no users left the project; items are the shop's.
    QCOMPARE(actions(), (QStringList{"export", "import"}));
    const Outcome all = run({"audit", path("p.perennial"), "--json"});
    QCOMPARE(all.code, 0);
    QVERIFY(all.json["holds"].toBool());
    QCOMPARE(all.json["line_count"].toInt(), 2);
    const QJsonArray lines = all.json["lines"].toArray();
    QCOMPARE(lines[0].toObject()["hash"], all.json["head"]);
    QCOMPARE(lines[0].toObject()["detail"].toObject()["table"].toString(), QString("events"));
    QCOMPARE(run({"audit", path("p.perennial"), "--limit", "1", "--json"})
                 .json["lines"]
                 .toArray()
                 .size(),
             1);
    const QString earlier = lines[1].toObject()["hash"].toString();
    QVERIFY(run({"audit", path("p.perennial"), "--expect", earlier, "--json"})
                .json["expected"]
                .toBool());
    const Outcome other = run({"audit", path("p.perennial"), "--expect", "abc", "--json"});
    QCOMPARE(other.code, 3);
    QVERIFY(!other.json["holds"].toBool());
}

void TestPrivacyVerbs::readOnlyProjectsAreExportedUnlogged()
{
    QCOMPARE(import({}).code, 0);
    // Root writes everywhere; who holds the lock is another way to be read-only.
    QFile lock(path("p.perennial.lock"));
    QVERIFY(lock.open(QIODevice::ReadWrite));
    QCOMPARE(flock(lock.handle(), LOCK_EX | LOCK_NB), 0);
    const Outcome done = run({"export", path("p.perennial"), "events", "--out", path("e.csv"),
                              "--json"});
    QCOMPARE(done.code, 0);
    QVERIFY(!done.json["logged"].toBool());
    QCOMPARE(done.json["rows"].toInt(), 3);
    QVERIFY(run({"export", path("p.perennial"), "events", "--out", path("e.csv")})
                .out.contains("no line"));
    QCOMPARE(actions(), QStringList{"import"});
}

void TestPrivacyVerbs::wrongUsage()
{
    const QString project = path("p.perennial");
    QCOMPARE(run({"export", project, "--out", path("x"), "--json"}).code, 2);
    QCOMPARE(run({"export", project, "users", "--user", "a", "--out", path("x"), "--json"}).code,
             2);
    QCOMPARE(run({"export", project, "--user", "a", "--key", "k", "--out", path("x")}).code, 2);
    QCOMPARE(run({"forget", project, "--json"}).code, 2);
    QCOMPARE(import({"--key", path("k.key")}).code, 2);
    QCOMPARE(run({"forget", project, "--user", "a", "--real-id", "--json"}).errorCode(),
             QString("not_pseudonymised"));
    QCOMPARE(run({"audit", path("none.perennial"), "--json"}).errorCode(), QString("file_missing"));
}

QTEST_GUILESS_MAIN(TestPrivacyVerbs)
#include "tst_privacy_verbs.moc"
