#include "program.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace perennial::test;

class TestChurnVerb : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({"new", shop(), "--sample", "shop", "--users", "1200", "--seed", "3"}).code,
                 0);
        m_all = run({"churn", shop(), "--horizon", "90d", "--bootstrap", "20", "--cost", "2",
                     "--save-rate", "0.1", "--json"});
        QVERIFY2(m_all.code == 0, m_all.err.constData());
    }

    void tellsEveryMethodAndItsTrial()
    {
        const QJsonObject json = m_all.json;
        QCOMPARE(json["horizon_days"].toInt(), 90);
        QCOMPARE(json["at"].toString(), QStringLiteral("2026-06-30"));
        QCOMPARE(json["users"], json["customers"]);
        QVERIFY(json["segment_users"].isNull() && json["user"].isNull());
        QStringList names;
        for (const QJsonValue &method : json["methods"].toArray()) {
            names << method["method"].toString();
            QVERIFY(method["problem"].isNull());
        }
        QCOMPARE(names, (QStringList{"bg-nbd", "boosted-trees", "recency"}));
        const QJsonObject trial = json["trial"].toObject();
        QCOMPARE(trial["cut"].toString(), QStringLiteral("2026-04-01"));
        QCOMPARE(trial["until"].toString(), QStringLiteral("2026-06-30"));
        for (const QJsonValue &method : trial["methods"].toArray()) {
            const QJsonObject auc = method["figures"]["auc"].toObject();
            QVERIFY(auc["value"].toDouble() > 0.6);
            QVERIFY(auc["interval"][0].toDouble() < auc["value"].toDouble());
            QVERIFY(method["figures"]["c_index"]["value"].toDouble() > 0.5);
            const QJsonArray gains = method["gains"].toArray();
            QCOMPARE(gains.last()["gain"].toDouble(), 1.0);
            QCOMPARE(gains.last()["churned"].toInt(), trial["churned"].toInt());
            const bool isProbability = method["is_probability"].toBool();
            QCOMPARE(method["calibration"].toArray().isEmpty(), !isProbability);
            QCOMPARE(method["figures"].toObject().contains("brier"), isProbability);
            if (isProbability) {
                QVERIFY(std::abs(method["figures"]["brier"]["value"].toDouble() -
                                 method["figures"]["ipcw_brier"]["value"].toDouble()) < 1e-12);
            }
        }
        QCOMPARE(json["chosen_by"].toString(), QStringLiteral("trial"));
        QVERIFY(json["behavior"].isNull()); // nothing is trained
    }

    void thePlanAddsUp()
    {
        const QJsonObject plan = m_all.json["plan"].toObject();
        QVERIFY(plan["asked_is_best"].toBool());
        QCOMPARE(plan["asked"], plan["best"]);
        double best = 0;
        for (const QJsonValue &point : plan["curve"].toArray()) {
            const double saved = 0.1 * point["at_stake"].toDouble();
            QVERIFY(std::abs(point["saved"].toDouble() - saved) < 1e-6);
            QVERIFY(std::abs(point["cost"].toDouble() - 2 * point["contacted"].toInt()) < 1e-6);
            QVERIFY(std::abs(point["net"].toDouble() - saved + point["cost"].toDouble()) < 1e-6);
            best = std::max(best, point["net"].toDouble());
        }
        QVERIFY(plan["best"]["net"].toDouble() >= best - 1e-9);
        QCOMPARE(plan["curve"].toArray().last()["contacted"].toInt(), m_all.json["users"].toInt());
    }

    void contactsThresholdAndBudget()
    {
        const auto asked = [&](const QStringList &how) {
            QStringList arguments{"churn",  shop(), "--horizon",   "90d", "--bootstrap", "0",
                                  "--cost", "2",    "--save-rate", "0.1", "--json"};
            const Outcome outcome = run(arguments + how);
            return outcome.json["plan"]["asked"].toObject();
        };
        const QJsonObject many = asked({"--threshold", "0.5"});
        QVERIFY(many["contacted"].toInt() > 0 && many["threshold"].toDouble() >= 0.5);
        QVERIFY(many["leavers"].toDouble() >= 0.5 * many["contacted"].toInt());
        const QJsonObject few = asked({"--contacts", "50"});
        QVERIFY(few["contacted"].toInt() <= 50 && few["contacted"].toInt() > 0);
        const QJsonObject paid = asked({"--budget", "100"});
        QCOMPARE(paid["contacted"], few["contacted"]);
        const QJsonObject stake = asked({"--contacts", "50", "--order", "stake"});
        QVERIFY(stake["at_stake"].toDouble() > few["at_stake"].toDouble());
    }

    void reasonsOfAUserAndTheFile()
    {
        const QString out = m_folder.filePath("contacts.csv");
        const Outcome outcome = run({"churn", shop(), "--horizon", "90d", "--bootstrap", "0",
                                     "--cost", "1", "--save-rate", "0.2", "--contacts", "40",
                                     "--method", "boosted-trees", "--out", out, "--json"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(outcome.json["chosen_by"].toString(), QStringLiteral("asked"));
        QCOMPARE(outcome.json["written"]["rows"], outcome.json["customers"]);
        QVERIFY(outcome.json["written"]["logged"].toBool());
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines[0].trimmed(), QByteArray("user,risk,value_if_kept,at_stake,contact"));
        int contacted = 0;
        double before = 1;
        for (qsizetype k = 1; k + 1 < lines.size(); ++k) {
            const QList<QByteArray> cells = lines[k].trimmed().split(',');
            QVERIFY(cells[1].toDouble() <= before);
            before = cells[1].toDouble();
            contacted += cells[4] == "1" ? 1 : 0;
        }
        QCOMPARE(contacted, outcome.json["plan"]["asked"]["contacted"].toInt());

        const QByteArray key = lines[1].split(',')[0];
        const Outcome told = run({"churn", shop(), "--horizon", "90d", "--bootstrap", "0", "--user",
                                  QString::fromUtf8(key), "--json"});
        QVERIFY(told.json["plan"].isNull());
        const QJsonObject user = told.json["user"].toObject();
        QCOMPARE(user["user"].toString(), QString::fromUtf8(key));
        const QJsonObject reasons = user["reasons"].toObject();
        double sum = reasons["base"].toDouble(), inGroups = sum;
        for (const QJsonValue &feature : reasons["features"].toArray()) {
            sum += feature["contribution"].toDouble();
        }
        for (const QJsonValue &group : reasons["groups"].toObject()) {
            inGroups += group.toDouble();
        }
        QVERIFY(std::abs(1 / (1 + std::exp(-sum)) - reasons["risk"].toDouble()) < 1e-9);
        QVERIFY(std::abs(sum - inGroups) < 1e-9);
        QCOMPARE(user["risks"]["boosted-trees"], reasons["risk"]);
        QCOMPARE(reasons["risk"].toDouble(), lines[1].split(',')[1].toDouble());
    }

    void ofASegmentOnly()
    {
        const QString rule = m_folder.filePath("rule.json");
        write(rule, R"({"figure":"orders","from":2})");
        const QStringList arguments{"churn",  shop(), "--horizon",   "90d", "--bootstrap", "0",
                                    "--cost", "2",    "--save-rate", "0.1", "--segment",   rule,
                                    "--json"};
        QCOMPARE(run(arguments).errorCode(), QStringLiteral("not_scored"));
        QCOMPARE(run({"score", shop()}).code, 0);
        const Outcome outcome = run(arguments);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const int users = outcome.json["users"].toInt();
        QVERIFY(users > 0 && users < outcome.json["customers"].toInt());
        QCOMPARE(outcome.json["segment_users"].toInt(), users); // who has two orders is a customer
        QVERIFY(outcome.json["trial"]["users"].toInt() <= users);
        QCOMPARE(outcome.json["plan"]["curve"].toArray().last()["contacted"].toInt(), users);
        write(rule, R"({"figure":"shoe size"})");
        QCOMPARE(run(arguments).code, 2);
    }

    void theTextSaysItToo()
    {
        const Outcome outcome = run({"churn", shop(), "--horizon", "90d", "--bootstrap", "20",
                                     "--cost", "2", "--save-rate", "0.1", "--threshold", "0.5"});
        QCOMPARE(outcome.code, 0);
        for (const char *word :
             {"no order in the 90 days", "AUC", "lift", "would leave", "best:", "luck only"}) {
            QVERIFY2(outcome.out.contains(word), word);
        }
    }

    void noRoomForATrialIsSaid()
    {
        const Outcome outcome = run({"churn", shop(), "--horizon", "3y", "--json"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(outcome.json["trial"].isNull());
        QCOMPARE(outcome.json["trial_problem"]["code"].toString(), QStringLiteral("no_purchases"));
        QCOMPARE(outcome.json["methods"][1]["problem"]["where"].toString(),
                 QStringLiteral("history"));
        QCOMPARE(outcome.json["method"].toString(), QStringLiteral("bg-nbd"));
        QCOMPARE(outcome.json["chosen_by"].toString(), QStringLiteral("default"));
    }

    void emptyProject()
    {
        const QString path = m_folder.filePath("empty.perennial");
        QCOMPARE(run({"new", path}).code, 0);
        const Outcome outcome = run({"churn", path, "--json"});
        QCOMPARE(outcome.code, 3);
        QCOMPARE(outcome.errorCode(), QStringLiteral("no_events"));
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("where");
        const QStringList terms{"--cost", "2", "--save-rate", "0.1"};
        QTest::newRow("cost alone") << QStringList{"--cost", "2"} << "--cost, --save-rate";
        QTest::newRow("rate") << QStringList{"--cost", "2", "--save-rate", "1.5"} << "--save-rate";
        QTest::newRow("rate nan") << QStringList{"--cost", "2", "--save-rate", "nan"}
                                  << "--save-rate";
        QTest::newRow("cost") << QStringList{"--cost=-2", "--save-rate", "0.1"} << "--cost";
        QTest::newRow("no terms") << QStringList{"--threshold", "0.5"} << "--threshold";
        QTest::newRow("method") << (terms + QStringList{"--method", "tea-leaves"}) << "--method";
        QTest::newRow("ranks only") << (terms + QStringList{"--method", "recency"}) << "--method";
        QTest::newRow("no date") << QStringList{"--cut", "yesterday"} << "--cut";
    }

    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, where);
        const Outcome outcome =
            run(QStringList{"churn", shop(), "--horizon", "90d", "--bootstrap", "0", "--json"} +
                arguments);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.errorCode(), QStringLiteral("invalid_argument"));
        QCOMPARE(outcome.json["error"]["where"].toString(), where);
    }

    void windowsThatAreNotOver()
    {
        const Outcome outcome =
            run({"churn", shop(), "--horizon", "90d", "--cut", "2026-06-01", "--json"});
        QCOMPARE(outcome.code, 3);
        QCOMPARE(outcome.errorCode(), QStringLiteral("window_past_data"));
        QCOMPARE(run({"churn", shop(), "--user", "nobody", "--json"}).errorCode(),
                 QStringLiteral("unknown_user"));
        QVERIFY(run({"churn", "--help"}).out.contains("break_even_save_rate"));
    }

private:
    QString shop() const { return m_folder.filePath(QStringLiteral("shop.perennial")); }
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QTemporaryDir m_folder;
    Outcome m_all;
};

QTEST_GUILESS_MAIN(TestChurnVerb)
#include "tst_churn_verb.moc"
