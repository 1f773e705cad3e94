#include "program.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace perennial::test;

class TestSegmentsVerb : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({"new", shop(), "--sample", "shop", "--users", "300", "--seed", "5"}).code, 0);
        write("loyal.json", R"({"stage":["loyal","converted"]})");
        write("others.json", R"({"all":[{"stage":["loyal","converted"],"not":true}]})");
        write("gone.json", R"({"campaign":"no such"})");
    }

    void nothingIsSavedAtFirst()
    {
        const Outcome outcome = run({"segments", shop(), "--json"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.json["segments"].toArray().empty());
        QVERIFY(outcome.json["scored"].isNull());
        QVERIFY(run({"segments", shop()}).out.contains("No segment"));
    }

    void importsAndListsBeforeAnyScore()
    {
        const Outcome imported =
            run({"segments", shop(), "--import", file("loyal.json"), "--json"});
        QCOMPARE(imported.code, 0);
        QCOMPARE(imported.json["name"].toString(), QStringLiteral("loyal"));
        QCOMPARE(
            run({"segments", shop(), "--import", file("others.json"), "--name", "the others"}).code,
            0);
        const Outcome outcome = run({"segments", shop(), "--json"});
        const QJsonObject first = outcome.json["segments"][0].toObject();
        QCOMPARE(first["name"].toString(), QStringLiteral("loyal"));
        QCOMPARE(first["rule"]["stage"][0].toString(), QStringLiteral("loyal"));
        QVERIFY(first["users"].isNull() && first["error"].isNull());
    }

    void countsAreThoseOfTheLifecycle()
    {
        QCOMPARE(run({"score", shop(), "--horizon", "90d"}).code, 0);
        QCOMPARE(run({"segments", shop(), "--import", file("gone.json")}).code, 0);
        const Outcome outcome = run({"segments", shop(), "--json"});
        QCOMPARE(outcome.code, 0);
        const QJsonObject stages = run({"lifecycle", shop(), "--json"}).json["stages"].toObject();
        const int wanted = stages["loyal"].toInt() + stages["converted"].toInt();
        const QJsonArray rows = outcome.json["segments"].toArray();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[1]["users"].toInt(), wanted);
        const int scored = outcome.json["scored"].toInt();
        QCOMPARE(rows[2]["users"].toInt(), scored - wanted);
        QCOMPARE(rows[1]["share"].toDouble(), double(wanted) / scored);
        QVERIFY(rows[1]["predicted_value"].toDouble() > 0);
        QVERIFY(rows[1]["mean_churn_risk"].toDouble() > 0);
        QVERIFY(rows[0]["users"].isNull()); // keeps the others from nothing
        QCOMPARE(rows[0]["error"]["code"].toString(), QStringLiteral("invalid_argument"));
        const QByteArray text = run({"segments", shop()}).out;
        QVERIFY(text.contains("the others") && text.contains(QByteArray::number(wanted)));
    }

    void writesUsersAndRule()
    {
        const Outcome users =
            run({"segments", shop(), "--users", "loyal", "--out", file("u.csv"), "--json"});
        QCOMPARE(users.code, 0);
        QFile csv(file("u.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n') - 1, users.json["rows"].toInt());
        QCOMPARE(users.json["rows"].toInt(),
                 run({"segments", shop(), "--json"}).json["segments"][1]["users"].toInt());
        QVERIFY(users.json["logged"].toBool());
        QCOMPARE(run({"segments", shop(), "--export", "the others", "--out", file("o.json")}).code,
                 0);
        QCOMPARE(run({"segments", shop(), "--import", file("o.json")}).code, 0);
        const QJsonArray rows = run({"segments", shop(), "--json"}).json["segments"].toArray();
        QCOMPARE(rows[2]["name"].toString(), QStringLiteral("o"));
        QCOMPARE(rows[2]["rule"], rows[3]["rule"]);
        QCOMPARE(run({"segments", shop(), "--remove", "o"}).code, 0);
        QCOMPARE(run({"segments", shop(), "--json"}).json["segments"].toArray().size(), 3);
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("where");
        write("broken.json", R"({"all":[{"stage":["lost"]}]})");
        write("no.json", "\x89PNG");
        const auto row = [](const char *name, const QStringList &arguments, int code,
                            const QString &where) {
            QTest::newRow(name) << arguments << code << where;
        };
        row("unknown", {"--remove", "none"}, 2, "--remove");
        row("unknown users", {"--users", "none", "--out", file("x.csv")}, 2, "--users");
        row("no out", {"--export", "loyal"}, 2, "--out");
        row("out alone", {"--out", file("x.csv")}, 2, "--out");
        row("name taken", {"--import", file("loyal.json")}, 2, "--name");
        row("no file", {"--import", file("none.json")}, 1, file("none.json"));
        row("broken", {"--import", file("broken.json")}, 3, file("broken.json") + " (all[0])");
        row("no JSON", {"--import", file("no.json")}, 3, file("no.json"));
        row("not writable", {"--export", "loyal", "--out", file("no/x.json")}, 1,
            file("no/x.json"));
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, where);
        const Outcome outcome = run(QStringList{"segments", shop(), "--json"} + arguments);
        QCOMPARE(outcome.code, code);
        QCOMPARE(outcome.json["error"]["where"].toString(), where);
        QCOMPARE(run({"segments", shop(), "--json"}).json["segments"].toArray().size(), 3);
    }

    void replacesWhenAsked()
    {
        QCOMPARE(run({"segments", shop(), "--import", file("others.json"), "--name", "loyal",
                      "--replace"})
                     .code,
                 0);
        const QJsonArray rows = run({"segments", shop(), "--json"}).json["segments"].toArray();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[1]["rule"], rows[2]["rule"]);
        QCOMPARE(
            run({"segments", shop(), "--import", file("loyal.json"), "--remove", "loyal"}).code,
            2); // one at a time
    }

private:
    QString shop() const { return file("shop.perennial"); }
    QString file(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    void write(const char *name, const QByteArray &text) const
    {
        QFile out(file(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSegmentsVerb)
#include "tst_segments_verb.moc"
