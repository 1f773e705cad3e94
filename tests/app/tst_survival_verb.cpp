#include "program.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace perennial::test;

namespace {

const QString kData = QStringLiteral(PERENNIAL_SHARED_DIR "/data/survival/");

#define PERENNIAL_NEED(file)                                                                       \
    if (!QFileInfo::exists(kData + QStringLiteral(file))) {                                        \
        QSKIP("shared data is not here");                                                          \
    }

bool near(const QJsonValue &value, double expected, double tolerance)
{
    if (value.isDouble() && std::abs(value.toDouble() - expected) <= tolerance) {
        return true;
    }
    qWarning("%.10g instead of %.10g (tolerance %.3g)", value.toDouble(), expected, tolerance);
    return false;
}

/// S at one of the curve's times.
QJsonValue survivalAt(const QJsonValue &curve, double time)
{
    for (const QJsonValue &step : curve.toArray()) {
        if (step["t"].toDouble() == time) {
            return step["s"];
        }
    }
    return {};
}

Outcome ofTable(const QString &file, const QString &duration, const QString &event,
                const QStringList &more = {})
{
    return run(QStringList{"survival", "--table", file, "--duration", duration, "--event", event,
                           "--json"} +
               more);
}

} // namespace

class TestSurvivalVerb : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({"new", shop(), "--sample", "shop", "--users", "400", "--seed", "3"}).code, 0);
    }

    void rossi()
    {
        PERENNIAL_NEED("rossi.csv");
        const Outcome outcome = ofTable(kData + "rossi.csv", "week", "arrest",
                                        {"--cox", "fin,age,race,wexp,mar,paro,prio"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.json["rows"]["used"].toInt(), 432);
        QCOMPARE(outcome.json["events"].toInt(), 114);
        for (const auto &[t, s] : {std::pair(10, .965278), std::pair(20, .907407),
                                   std::pair(30, .861111), std::pair(40, .803241),
                                   std::pair(52, .736111)}) {
            QVERIFY(near(survivalAt(outcome.json["km"], t), s, 6e-7));
        }
        QVERIFY(outcome.json["median"].isNull() && outcome.json["logrank"].isNull());
        const QJsonObject cox = outcome.json["cox"].toObject();
        QCOMPARE(cox["status"].toString(), QStringLiteral("converged"));
        QCOMPARE(cox["ties"].toString(), QStringLiteral("efron"));
        QVERIFY(near(cox["log_likelihood"], -658.747659, 6e-7));
        QVERIFY(near(cox["null_log_likelihood"], -675.380632, 6e-7));
        QVERIFY(near(cox["likelihood_ratio"]["chi2"], 33.266, 6e-4));
        QVERIFY(near(cox["concordance"], .640329, 6e-7));
        const QJsonArray terms = cox["terms"].toArray();
        QCOMPARE(terms.size(), 7);
        QCOMPARE(terms[0]["name"].toString(), QStringLiteral("fin"));
        QVERIFY(near(terms[0]["coef"], -.3794222, 6e-8));
        QVERIFY(near(terms[0]["se"], .1913795, 6e-8));
        QVERIFY(near(terms[0]["hazard_ratio"], .684256681, 6e-8));
        QVERIFY(near(terms[0]["interval"][1], .995684064, 6e-8));
        QVERIFY(near(terms[6]["p"], .0014042, 6e-8));
        QVERIFY(near(cox["proportionality"]["global"]["chi2"], 17.69441525, 6e-7));
        const Outcome breslow =
            ofTable(kData + "rossi.csv", "1", "2",
                    {"--cox", "3,4,5,6,7,8,9", "--ties", "breslow", "--transform", "identity"});
        QVERIFY(near(breslow.json["cox"]["log_likelihood"], -659.120606, 6e-7));
        QCOMPARE(breslow.json["cox"]["proportionality"]["transform"].toString(),
                 QStringLiteral("identity"));
        const Outcome strata = ofTable(kData + "rossi.csv", "week", "arrest",
                                       {"--cox", "fin,age,prio", "--strata", "race,wexp"});
        QVERIFY(near(strata.json["cox"]["log_likelihood"], -543.8208193, 6e-8));
        QCOMPARE(strata.json["cox"]["strata"].toInt(), 4);
    }

    void waltons()
    {
        PERENNIAL_NEED("waltons_dataset.csv");
        const Outcome outcome =
            ofTable(kData + "waltons_dataset.csv", "T", "E", {"--by", "group"});
        QCOMPARE(outcome.json["median"].toDouble(), 56.0);
        QCOMPARE(outcome.json["median_interval"].toArray(), (QJsonArray{53.0, 58.0}));
        QVERIFY(near(outcome.json["logrank"]["chi2"], 122.2491, 6e-5));
        const QJsonArray groups = outcome.json["groups"].toArray();
        QCOMPARE(groups.size(), 2);
        QCOMPARE(groups[0]["value"].toString(), QStringLiteral("control"));
        QCOMPARE(groups[0]["median"].toDouble(), 58.0);
        QCOMPARE(groups[1]["median"].toDouble(), 26.0);
        QCOMPARE(groups[0]["rows"].toInt() + groups[1]["rows"].toInt(), 163);
        QVERIFY(near(groups[0]["expected"].toDouble() + groups[1]["expected"].toDouble(), 156,
                     1e-9));
    }

    void telco()
    {
        PERENNIAL_NEED("telco_customer_churn.csv");
        const Outcome outcome =
            ofTable(kData + "telco_customer_churn.csv", "tenure", "Churn",
                    {"--by", "Contract", "--cox", "Contract,MonthlyCharges,TotalCharges"});
        QCOMPARE(outcome.code, 0);
        for (const auto &[t, s] : {std::pair(1, .9460), std::pair(6, .8848), std::pair(12, .8432),
                                   std::pair(24, .7887), std::pair(36, .7485),
                                   std::pair(48, .7088), std::pair(60, .6644),
                                   std::pair(72, .5928)}) {
            QVERIFY(near(survivalAt(outcome.json["km"], t), s, 6e-5));
        }
        QVERIFY(near(outcome.json["logrank"]["chi2"], 2352.87, 6e-3));
        QCOMPARE(outcome.json["groups"][0]["median"].toDouble(), 35.0);
        const QJsonObject cox = outcome.json["cox"].toObject();
        QCOMPARE(cox["left_out"].toInt(), 11); // TotalCharges of the newest are blank
        QCOMPARE(cox["terms"][0]["name"].toString(), QStringLiteral("Contract=One year"));
        QCOMPARE(cox["terms"][0]["baseline"].toString(), QStringLiteral("Month-to-month"));
        QCOMPARE(cox["terms"].toArray().size(), 4);
        QCOMPARE(cox["proportionality"]["columns"][0]["df"].toInt(), 2);
    }

    void linesThatCannotBeUsedAreNamed()
    {
        const QString file = table("bad.csv", "days,left,plan\n3,yes,a\n4,maybe,a\n-1,no,b\n"
                                              "x,no,b\n7,FALSE,b\n8,True,a,9\n,1,a\n9,0,\n5,1,b\n");
        const Outcome outcome = ofTable(file, "days", "left", {"--by", "plan"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.json["rows"].toObject(),
                 (QJsonObject{{"read", 9}, {"used", 4}, {"rejected", 5}}));
        QHash<QString, int> first;
        for (const QJsonValue &lines : outcome.json["rejected"].toArray()) {
            first[lines["reason"].toString()] = lines["first_line"].toInt();
            QCOMPARE(lines["rows"].toInt(), 1);
        }
        QCOMPARE(first, (QHash<QString, int>{{"bad_event", 3},
                                             {"negative_duration", 4},
                                             {"bad_duration", 5},
                                             {"wrong_column_count", 7},
                                             {"missing_duration", 8}}));
        QCOMPARE(outcome.json["groups"].toArray().size(), 3); // a, b and not known
        const Outcome none = ofTable(table("none.csv", "days,left\nx,1\ny,0\n"), "days", "left");
        QCOMPARE(none.code, 3);
        QCOMPARE(none.errorCode(), QStringLiteral("nothing_usable"));
        QCOMPARE(ofTable(table("empty.csv", ""), "1", "2").code, 3);
    }

    void degenerateTables()
    {
        const Outcome one = ofTable(table("one.csv", "days,left\n12,1\n"), "days", "left");
        QCOMPARE(one.code, 0);
        QCOMPARE(one.json["median"].toDouble(), 12.0);
        QString text = QStringLiteral("days,left,x,c,all\n");
        for (int i = 1; i <= 60; ++i) { // who has x never leaves
            text += QStringLiteral("%1,%2,%3,5,1\n").arg(1 + i % 7).arg(i % 2).arg((i + 1) % 2);
        }
        const QString file = table("separated.csv", text);
        const Outcome separated = ofTable(file, "days", "left", {"--cox", "x,c"});
        QCOMPARE(separated.code, 0);
        const QJsonObject cox = separated.json["cox"].toObject();
        QCOMPARE(cox["status"].toString(), QStringLiteral("monotone_likelihood"));
        QCOMPARE(cox["terms"][0]["state"].toString(), QStringLiteral("infinite"));
        QCOMPARE(cox["terms"][0]["sign"].toInt(), -1);
        QVERIFY(cox["terms"][0]["coef"].isNull() && cox["wald"].isNull());
        QVERIFY(cox["proportionality"].isNull());
        QCOMPARE(cox["terms"][1]["state"].toString(), QStringLiteral("constant"));
        const Outcome everybody = ofTable(file, "days", "all", {"--by", "x"});
        QCOMPARE(everybody.json["km"].toArray().last()["s"].toDouble(), 0.0);
        const Outcome nobody =
            ofTable(table("nobody.csv", "d,e,x\n1,0,2\n2,0,3\n"), "d", "e", {"--cox", "x"});
        QCOMPARE(nobody.code, 3);
        QCOMPARE(nobody.errorCode(), QStringLiteral("too_little_data"));
    }

    void aProjectsUsers()
    {
        const Outcome lifecycle = run({"lifecycle", shop(), "--json"});
        const Outcome outcome =
            run({"survival", shop(), "--by", "channel", "--cox", "channel", "--json"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.json["at"], lifecycle.json["at"]);
        QCOMPARE(outcome.json["churned_after_days"], lifecycle.json["churned_after_days"]);
        QCOMPARE(outcome.json["churned_after_source"], lifecycle.json["churned_after_source"]);
        // Who is churned now has been silent for long enough; others were, and came back.
        const int churned = lifecycle.json["stages"]["churned"].toInt();
        const int returned = outcome.json["returned"].toInt();
        const int events = outcome.json["events"].toInt();
        QVERIFY(events >= churned && events <= churned + returned);
        int rows = 0;
        for (const QJsonValue &group : outcome.json["groups"].toArray()) {
            rows += group["rows"].toInt();
        }
        QCOMPARE(rows, outcome.json["rows"]["used"].toInt());
        QVERIFY(outcome.json["cox"]["terms"].toArray().size() + 1 >=
                outcome.json["groups"].toArray().size() - 1);
        double before = 1.0;
        for (const QJsonValue &step : outcome.json["km"].toArray()) {
            QVERIFY(step["s"].toDouble() <= before);
            before = step["s"].toDouble();
        }
        for (const char *by : {"stage", "cohort"}) {
            const Outcome other = run({"survival", shop(), "--by", by, "--json"});
            QCOMPARE(other.code, 0);
            QVERIFY(other.json["groups"].toArray().size() > 1);
        }
    }

    void theTextSaysItToo()
    {
        const Outcome project = run({"survival", shop(), "--by", "channel", "--cox", "channel"});
        QCOMPARE(project.code, 0);
        for (const char *word : {"churned", "median", "log-rank", "hazard ratio", "compared with",
                                 "concordance"}) {
            QVERIFY2(project.out.contains(word), word);
        }
        const Outcome lines =
            run({"survival", "--table", table("t.csv", "d,e\n1,1\n2,x\n"), "--duration", "d",
                 "--event", "e"});
        QVERIFY(lines.out.contains("1 of 2 lines used"));
        QVERIFY(lines.out.contains("bad_event"));
    }

    void helpDocumentsTheJson()
    {
        const Outcome help = run({"survival", "--help"});
        for (const char *key : {"km", "median_interval", "at_risk", "groups", "logrank",
                                "proportionality", "log_likelihood", "concordance", "rejected"}) {
            QVERIFY2(help.out.contains(key), key);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        const QString file = table("good.csv", "d,e,x\n1,1,2\n2,0,3\n3,1,1\n");
        const QStringList whole{"--table", file, "--duration", "d", "--event", "e"};
        const QString invalid = QStringLiteral("invalid_argument");
        const QString column = QStringLiteral("unknown_column");
        QTest::newRow("nothing") << QStringList{} << invalid;
        QTest::newRow("both") << QStringList{shop()} + whole << invalid;
        QTest::newRow("no duration") << QStringList{"--table", file, "--event", "e"} << invalid;
        QTest::newRow("no event") << QStringList{"--table", file, "--duration", "d"} << invalid;
        QTest::newRow("duration") << QStringList{"--table", file, "--duration", "q", "--event", "e"}
                                  << column;
        QTest::newRow("by") << whole + QStringList{"--by", "q"} << column;
        QTest::newRow("cox") << whole + QStringList{"--cox", "x,q"} << column;
        QTest::newRow("number") << whole + QStringList{"--cox", "4"} << column;
        QTest::newRow("hole") << whole + QStringList{"--cox", "x,,e"} << invalid;
        QTest::newRow("ties") << whole + QStringList{"--ties", "exact"} << invalid;
        QTest::newRow("transform") << whole + QStringList{"--transform", "sqrt"} << invalid;
        QTest::newRow("decimal") << whole + QStringList{"--decimal", "10"} << invalid;
        QTest::newRow("attribute") << QStringList{shop(), "--by", "shoe size"} << invalid;
        QTest::newRow("of a table") << QStringList{shop(), "--duration", "d"} << invalid;
        QTest::newRow("day") << QStringList{shop(), "--at", "soon"} << invalid;
    }

    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, code);
        const Outcome outcome = run(QStringList{"survival", "--json"} + arguments);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.errorCode(), code);
    }

private:
    QString shop() const { return m_folder.filePath(QStringLiteral("shop.perennial")); }
    QString table(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(text.toUtf8());
        }
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSurvivalVerb)
#include "tst_survival_verb.moc"
