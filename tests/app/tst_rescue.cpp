#include "tests/app/program.h"
#include "tests/support/older_project.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace perennial::test;

/// What the command line does when two want the same project, and when a project is damaged.
class TestRescue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void secondImportIsRefusedWhileTheFirstLives();
    void verifyNamesTheLinesOfADamagedChunk();
    void salvageGetsTheRestOut();
    void salvageRefusals();
    void olderProjectsAreReadAfterAnUpgrade();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &content) const;
    QByteArray read(const QString &name) const;
    static QByteArray makeLog(int rows);
    static QStringList importing(const QString &project, const QString &file);

    QTemporaryDir m_folder;
};

void TestRescue::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray TestRescue::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray TestRescue::makeLog(int rows)
{
    QByteArray log = "user,at,kind,item,amount\n";
    for (int k = 0; k < rows; ++k) {
        log += "u" + QByteArray::number(k % 700) + ",2024-01-" + QByteArray::number(10 + k % 20) +
               ",purchase,i" + QByteArray::number(k % 50) + "," + QByteArray::number(1 + k % 90) +
               ".75\n";
    }
    return log;
}

QStringList TestRescue::importing(const QString &project, const QString &file)
{
    return {"import", project, file, "--as", "events", "--json"};
}

void TestRescue::initTestCase()
{
    write("log.csv", makeLog(40'000));
    write("small.csv", makeLog(9));
    write("large.csv", makeLog(400'000));
}

void TestRescue::secondImportIsRefusedWhileTheFirstLives()
{
    const QString project = path("shared.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    QProcess first;
    first.start(QStringLiteral(PERENNIAL_PROGRAM), importing(project, path("large.csv")));
    // It has the project when it says what it does; then it stands still, alive.
    first.setReadChannel(QProcess::StandardError);
    QByteArray said;
    while (!said.contains("hashing") && first.waitForReadyRead(-1)) {
        said += first.readAllStandardError();
    }
    QVERIFY(said.contains("hashing"));
    const auto pid = static_cast<pid_t>(first.processId());
    QCOMPARE(kill(pid, SIGSTOP), 0);

    const Outcome second = run(importing(project, path("small.csv")));
    const Outcome reader = run({"verify", project, "--json"});
    QCOMPARE(kill(pid, SIGCONT), 0);
    QVERIFY(first.waitForFinished(-1));
    QCOMPARE(first.exitCode(), 0);

    QCOMPARE(second.code, 1);
    QCOMPARE(second.errorCode(), "locked");
    QVERIFY(second.err.contains("pid " + QByteArray::number(pid)));
    QCOMPARE(reader.code, 0); // who only reads is not in the way

    // The first is whole, and after it the second comes in.
    QVERIFY(run({"verify", project, "--json"}).json["sound"].toBool());
    const Outcome after = run(importing(project, path("small.csv")));
    QCOMPARE(after.code, 0);
    QCOMPARE(after.json["rows"].toObject()["stored"].toInt(), 9);
    const Outcome again = run(importing(project, path("large.csv")));
    QCOMPARE(again.errorCode(), "already_imported");
}

void TestRescue::verifyNamesTheLinesOfADamagedChunk()
{
    const QString project = path("damaged.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    QCOMPARE(run(importing(project, path("log.csv"))).code, 0);
    QByteArray bytes = read("damaged.perennial");
    // The key of a user, in the table and in the index over it.
    QCOMPARE(bytes.count("u690"), 2);
    write("damaged.perennial", bytes.replace("u690", "u69!"));
    const Outcome verified = run({"verify", project, "--json"});
    QCOMPARE(verified.code, 3);
    QVERIFY(!verified.json["sound"].toBool());
    QJsonObject chunk;
    for (const auto &value : verified.json["findings"].toArray()) {
        const QJsonObject finding = value.toObject();
        if (finding["check"] == "chunks") {
            QCOMPARE(finding["level"].toString(), "damage");
            chunk = finding["chunk"].toObject();
        }
    }
    QCOMPARE(chunk["name"].toString(), "log.csv");
    QCOMPARE(chunk["number"].toInt(), 1);
    QCOMPARE(chunk["part"].toString(), "user");
    QCOMPARE(chunk["last_line"].toInt(), 40'001);
    QCOMPARE(run({"verify", project}).code, 3);
}

void TestRescue::salvageGetsTheRestOut()
{
    const QString project = path("torn.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    QCOMPARE(run(importing(project, path("log.csv"))).code, 0);
    const QByteArray bytes = read("torn.perennial");
    write("torn.perennial", QByteArray(4096, '\0') + bytes.mid(4096));
    QCOMPARE(run({"lifecycle", project, "--json"}).errorCode(), "not_a_project");

    const Outcome salvaged = run({"salvage", project, path("rescued.perennial"), "--json"});
    QCOMPARE(salvaged.code, 0);
    QVERIFY(salvaged.json["sound"].toBool());
    QVERIFY(!salvaged.json["header_readable"].toBool());
    for (const auto &value : salvaged.json["tables"].toArray()) {
        const QJsonObject table = value.toObject();
        if (table["table"] == "event") {
            QCOMPARE(table["kept"].toInt(), 40'000);
            QCOMPARE(table["expected"].toInt(), 40'000);
        }
    }
    QCOMPARE(run({"verify", path("rescued.perennial")}).code, 0);
    const Outcome figures = run({"lifecycle", path("rescued.perennial"), "--json"});
    QCOMPARE(figures.code, 0);
    double users = 0;
    for (const auto &count : figures.json["stages"].toObject()) {
        users += count.toDouble();
    }
    QCOMPARE(users, 700.0);
    QVERIFY(run({"salvage", project, path("for people.perennial")}).out.contains("40,000"));
}

void TestRescue::salvageRefusals()
{
    const QString project = path("fine.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    QCOMPARE(run({"salvage", project}).code, 2);
    QCOMPARE(run({"salvage", project, project, "--json"}).errorCode(), "already_exists");
    QCOMPARE(run({"salvage", path("none"), path("x.perennial"), "--json"}).errorCode(),
             "file_missing");
    const Outcome text = run({"salvage", path("log.csv"), path("x.perennial"), "--json"});
    QCOMPARE(text.code, 3);
    QCOMPARE(text.errorCode(), "not_a_project");
    QVERIFY(!QFile::exists(path("x.perennial")));
    // An empty project comes out empty.
    const Outcome empty = run({"salvage", project, path("y.perennial"), "--json"});
    QCOMPARE(empty.code, 0);
    QVERIFY(empty.json["complete"].toBool());
}

void TestRescue::olderProjectsAreReadAfterAnUpgrade()
{
    const QString project = path("older.perennial");
    QCOMPARE(run({"new", project, "--sample", "shop", "--users", "60"}).code, 0);
    {
        perennial::Database database(project.toStdString(), perennial::Database::Mode::ReadWrite);
        perennial::downgradeToVersion1(database);
    }
    // A verb that only reads.
    const auto lifecycle = run({"lifecycle", project, "--json"});
    QVERIFY2(lifecycle.code == 0, lifecycle.err);
    QVERIFY(QFile::exists(project + ".v1.backup"));
}

QTEST_GUILESS_MAIN(TestRescue)
#include "tst_rescue.moc"
