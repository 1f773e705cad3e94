#include "program.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace perennial::test;

class TestLifecycleVerb : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({"new", shop(), "--sample", "shop", "--users", "400", "--seed", "3"}).code, 0);
    }

    void flowsHaveTheirNetAndQuickRatio()
    {
        const Outcome outcome = run({"lifecycle", shop(), "--period", "month", "--json"});
        QCOMPARE(outcome.code, 0);
        int active = 0;
        for (const QJsonValue &row : outcome.json["flows"].toArray()) {
            const int fresh = row["new"].toInt();
            const int back = row["resurrected"].toInt();
            const int dormant = row["dormant"].toInt();
            QCOMPARE(row["net"].toInt(), fresh + back - dormant);
            active += row["net"].toInt();
            QCOMPARE(row["active"].toInt(), active);
            QCOMPARE(row["quick_ratio"].isNull(), dormant == 0);
            if (dormant > 0) {
                QCOMPARE(row["quick_ratio"].toDouble(), double(fresh + back) / dormant);
            }
        }
    }

    void transitionsAgreeWithBothLadders()
    {
        const Outcome now = run({"lifecycle", shop(), "--json"});
        const QString at = now.json["at"].toString();
        const Outcome outcome = run({"lifecycle", shop(), "--from", "2026-05-01", "--json"});
        QCOMPARE(outcome.code, 0);
        const QJsonObject moves = outcome.json["transitions"].toObject();
        QCOMPARE(moves["from"].toString(), QStringLiteral("2026-05-01"));
        QCOMPARE(moves["to"].toString(), at);
        QHash<QString, int> after;
        int known = 0;
        for (const QJsonValue &row : moves["matrix"].toArray()) {
            int users = 0;
            for (const QJsonValue &cell : row["to"].toArray()) {
                users += cell["users"].toInt();
                after[cell["stage"].toString()] += cell["users"].toInt();
                if (row["users"].toInt() > 0) {
                    const QJsonArray interval = cell["interval"].toArray();
                    QVERIFY(interval[0].toDouble() <= cell["mean"].toDouble());
                    QVERIFY(cell["mean"].toDouble() <= interval[1].toDouble());
                } else {
                    QVERIFY(cell["share"].isNull() && cell["interval"].isNull());
                }
            }
            QCOMPARE(users, row["users"].toInt());
            known += users;
        }
        QCOMPARE(known, moves["users"].toInt());
        const QJsonObject fresh = moves["new_between"].toObject();
        const QJsonObject stages = outcome.json["stages"].toObject();
        for (auto stage = stages.begin(); stage != stages.end(); ++stage) {
            QCOMPARE(after[stage.key()] + fresh[stage.key()].toInt(), stage->toInt());
        }
        for (const char *test : {"independence", "second_order", "stationarity"}) {
            QVERIFY(moves["tests"][QLatin1String(test)]["df"].toInt() > 0);
        }
        const QJsonArray history = outcome.json["history"].toArray();
        QCOMPARE(history.last()["on"].toString(), at);
        QCOMPARE(history.last()["stages"].toObject(), stages);
    }

    void retentionOfEachKind()
    {
        const Outcome exact = run({"lifecycle", shop(), "--period", "month", "--json"});
        const QJsonObject retention = exact.json["retention"].toObject();
        QCOMPARE(retention["anchor"].toString(), QStringLiteral("first_event"));
        QCOMPARE(retention["kind"].toString(), QStringLiteral("exact"));
        int users = retention["older_users"].toInt();
        for (const QJsonValue &cohort : retention["cohorts"].toArray()) {
            users += cohort["users"].toInt();
            const QJsonObject first = cohort["cells"][0].toObject();
            QCOMPARE(first["active"].toInt(), first["users"].toInt());
            QVERIFY(first["complete_on"].toString() > cohort["cohort"].toString());
        }
        QCOMPARE(users, 400);
        const QJsonArray youngest = retention["cohorts"].toArray().last()["cells"].toArray();
        QVERIFY(!youngest.last()["mature"].toBool() ||
                exact.json["flows"].toArray().last()["complete"].toBool());

        const Outcome brackets =
            run({"lifecycle", shop(), "--cohorts", "first-purchase", "--clock", "24h",
                 "--cohort-period", "day", "--retention", "1-3,4-7", "--by", "channel", "--json"});
        QCOMPARE(brackets.code, 0);
        const QJsonObject byChannel = brackets.json["retention"].toObject();
        QCOMPARE(byChannel["columns"].toArray().size(), 2);
        QCOMPARE(byChannel["columns"][1]["to"].toInt(), 7);
        QCOMPARE(byChannel["by"].toString(), QStringLiteral("channel"));
        QCOMPARE(byChannel["clock"].toString(), QStringLiteral("24h"));
        QVERIFY(byChannel["cohorts"].toArray().size() > 1);
        QVERIFY(byChannel["curve"][0]["active_share"].toDouble() > 0);

        const Outcome unbounded = run({"lifecycle", shop(), "--cohort-period", "quarter",
                                       "--retention", "unbounded", "--json"});
        double before = 1.0;
        for (const QJsonValue &cell :
             unbounded.json["retention"]["cohorts"][0]["cells"].toArray()) {
            QVERIFY(cell["active"].toDouble() <= before * cell["users"].toDouble());
            before = cell["active"].toDouble() / cell["users"].toDouble();
        }
    }

    void driversOfAStage()
    {
        const Outcome outcome = run(
            {"lifecycle", shop(), "--from", "2026-04-01", "--drivers", "dormant", "--json"});
        QCOMPARE(outcome.code, 0);
        const QJsonObject drivers = outcome.json["drivers"].toObject();
        QCOMPARE(drivers["stage"].toString(), QStringLiteral("dormant"));
        double p = 0;
        for (const QJsonValue &row : drivers["features"].toArray()) {
            QVERIFY(row["adjusted_p"].toDouble() >= p);
            p = row["adjusted_p"].toDouble();
            QVERIFY(row["above"].isNull() != row["value"].isNull());
        }
        QVERIFY(p > 0);
        QVERIFY(run({"lifecycle", shop(), "--json"}).json["drivers"].isNull());
    }

    void theTextSaysItToo()
    {
        const Outcome outcome =
            run({"lifecycle", shop(), "--from", "2026-04-01", "--drivers", "dormant"});
        QCOMPARE(outcome.code, 0);
        for (const char *word : {"quick ratio", "2026-04-01", "by cohort", "not over yet"}) {
            QVERIFY2(outcome.out.contains(word), word);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("where");
        const QString at = run({"lifecycle", shop(), "--json"}).json["at"].toString();
        QTest::newRow("from the end") << QStringList{"--from", at} << "--from";
        QTest::newRow("from later") << QStringList{"--from", "2199-01-01"} << "--from";
        QTest::newRow("no date") << QStringList{"--from", "yesterday"} << "--from";
        QTest::newRow("brackets fall") << QStringList{"--retention", "4-7,1-3"} << "--retention";
        QTest::newRow("no brackets") << QStringList{"--retention", "1-3,"} << "--retention";
        QTest::newRow("negative") << QStringList{"--retention=-1-3"} << "--retention";
        QTest::newRow("a word") << QStringList{"--retention", "weekly"} << "--retention";
        QTest::newRow("attribute") << QStringList{"--by", "shoe size"} << "--by";
        QTest::newRow("period") << QStringList{"--cohort-period", "year"} << "--cohort-period";
        QTest::newRow("anchor") << QStringList{"--cohorts", "birth"} << "--cohorts";
        QTest::newRow("stage") << QStringList{"--drivers", "happy"} << "--drivers";
        QTest::newRow("none below") << QStringList{"--drivers", "churned"} << "--drivers";
    }

    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, where);
        const Outcome outcome =
            run(QStringList{"lifecycle", shop(), "--json"} + arguments);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.errorCode(), QStringLiteral("invalid_argument"));
        QCOMPARE(outcome.json["error"]["where"].toString(), where);
    }

private:
    QString shop() const { return m_folder.filePath(QStringLiteral("shop.perennial")); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestLifecycleVerb)
#include "tst_lifecycle_verb.moc"
