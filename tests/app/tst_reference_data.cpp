// The shared real data through the program's front door; skipped where the data is not there.
#include "tests/app/program.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace perennial::test;

namespace {

const QString kData = QStringLiteral(PERENNIAL_SHARED_DIR "/data/");

#define PERENNIAL_NEED(file)                                                                       \
    if (!QFileInfo::exists(kData + (file))) {                                                      \
        QSKIP("shared data is not here");                                                          \
    }

bool near(double value, double expected, double tolerance)
{
    if (std::abs(value - expected) <= tolerance) {
        return true;
    }
    qWarning("%.10g instead of %.10g (tolerance %.3g)", value, expected, tolerance);
    return false;
}

} // namespace

class TestReferenceData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cdnowSample();
    void cdnowMaster();
    void contracts();
    void onlineRetail();

private:
    static void verifyBalanced(const QJsonObject &json);
    static void verifyRecommenders(const QString &project);
};

void TestReferenceData::verifyBalanced(const QJsonObject &json)
{
    for (const char *side : {"rows", "amount"}) {
        const QJsonObject o = json[side].toObject();
        const double parts = o["stored"].toDouble() + o["duplicate"].toDouble() +
                             o["rejected"].toDouble() + o["excluded"].toDouble();
        QVERIFY(near(parts, o["read"].toDouble(), 1e-6));
    }
}

// shared/reference/value.md: control totals, BG/NBD, NBD and Gamma-Gamma on the 1/10 sample.
void TestReferenceData::cdnowSample()
{
    const QString file = QStringLiteral("cdnow/CDNOW_sample.txt");
    PERENNIAL_NEED(file)
    QTemporaryDir folder;
    const QString project = folder.filePath("c.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    const Outcome imported = run({"import", project, kData + file, "--as", "events", "--profile",
                                  "cdnow-sample", "--json"});
    QCOMPARE(imported.code, 0);
    verifyBalanced(imported.json);
    const QJsonObject rows = imported.json["rows"].toObject();
    QCOMPARE(rows["read"].toInt(), 6919);
    QCOMPARE(rows["stored"].toInt(), 6919);
    QVERIFY(near(imported.json["amount"].toObject()["stored"].toDouble(), 244091.94, 1e-6));

    const Outcome bg = run({"fit", project, "--model", "bg-nbd", "--until", "1997-09-30",
                            "--period", "week", "--json"});
    QCOMPARE(bg.code, 0);
    QCOMPARE(bg.json["status"].toString(), QString("converged"));
    QCOMPARE(bg.json["customers"].toInt(), 2357);
    const QJsonObject p = bg.json["parameters"].toObject();
    QVERIFY(near(p["r"].toDouble(), .2425945, 2e-5));
    QVERIFY(near(p["alpha"].toDouble(), 4.4136019, 3e-4));
    QVERIFY(near(p["a"].toDouble(), .7929199, 3e-4));
    QVERIFY(near(p["b"].toDouble(), 2.4258881, 1e-3));
    QVERIFY(near(bg.json["log_likelihood"].toDouble(), -9582.4292, 1e-3));

    const Outcome gg = run({"fit", project, "--model", "gamma-gamma", "--until", "1997-09-30",
                            "--json"});
    QCOMPARE(gg.code, 0);
    const QJsonObject q = gg.json["parameters"].toObject();
    QVERIFY(near(q["p"].toDouble(), 6.249349, 2e-2));
    QVERIFY(near(q["q"].toDouble(), 3.744256, 5e-3));
    QVERIFY(near(q["gamma"].toDouble(), 15.444307, 8e-2));
    QVERIFY(near(gg.json["log_likelihood"].toDouble(), -4055.9177, 1e-3));
}

void TestReferenceData::contracts()
{
    const QString file = QStringLiteral("sbg/sbg_fader_hardie.csv");
    PERENNIAL_NEED(file)
    const Outcome counts = run({"fit", "--table", kData + file, "--model", "sbg", "--survivors",
                                "highend", "--last-period", "7", "--discount", "0.1", "--json"});
    QCOMPARE(counts.code, 0);
    QCOMPARE(counts.json["status"].toString(), QString("converged"));
    QCOMPARE(counts.json["decisions"].toInt(), 7);
    const QJsonObject p = counts.json["parameters"].toObject();
    QVERIFY(near(p["alpha"].toDouble(), .668088, 2e-6));
    QVERIFY(near(p["beta"].toDouble(), 3.806096, 5e-6));
    QVERIFY(near(counts.json["log_likelihood"].toDouble(), -1611.1581, 1e-3));
    const QJsonArray forecast = counts.json["forecast"].toArray();
    QCOMPARE(forecast.size(), 13);
    QVERIFY(near(forecast[12].toObject()["survival"].toDouble(), .3780, 5e-5));
    QVERIFY(counts.json["discounted_lifetime"].toDouble() > 1);

    QTemporaryDir folder;
    QFile table(folder.filePath("t.csv"));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("year,alive\n0,100%\n1,63.1%\n2,46.8%\n3,38.2%\n4,32.6%\n5,28.9%\n6,26.2%\n"
                "7,24.1%\n");
    table.close();
    const Outcome shares = run({"fit", "--table", table.fileName(), "--model", "sbg",
                                "--customers", "1000", "--json"});
    QCOMPARE(shares.code, 0);
    QVERIFY(near(shares.json["log_likelihood"].toDouble(), -1680.2652, 1e-3));
}

void TestReferenceData::cdnowMaster()
{
    const QString file = QStringLiteral("cdnow/CDNOW_master.txt");
    PERENNIAL_NEED(file)
    QTemporaryDir folder;
    const QString project = folder.filePath("c.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    const Outcome imported = run({"import", project, kData + file, "--as", "events", "--profile",
                                  "cdnow-master", "--json"});
    QCOMPARE(imported.code, 0);
    verifyBalanced(imported.json);
    QCOMPARE(imported.json["rows"].toObject()["stored"].toInt(), 69659);
    QCOMPARE(imported.json["users"].toInt(), 23570);
    const Outcome again = run({"import", project, kData + file, "--as", "events", "--profile",
                               "cdnow-master", "--json"});
    QCOMPARE(again.code, 3);
    QCOMPARE(again.errorCode(), QString("already_imported"));
}

// shared/reference/online_retail.md §1 and §2.
void TestReferenceData::onlineRetail()
{
    const QString file = QStringLiteral("online_retail/online_retail_II_2009_2010.csv.gz");
    PERENNIAL_NEED(file)
    QTemporaryDir folder;
    const QString project = folder.filePath("o.perennial");
    QCOMPARE(run({"new", project}).code, 0);
    const Outcome imported = run({"import", project, kData + file, "--as", "events", "--profile",
                                  "online-retail-ii", "--json"});
    QCOMPARE(imported.code, 0);
    verifyBalanced(imported.json);
    const QJsonObject rows = imported.json["rows"].toObject();
    QCOMPARE(rows["read"].toInt(), 525461);
    QCOMPARE(rows["duplicate"].toInt(), 6865);
    QCOMPARE(rows["rejected"].toInt(), 107833);
    QCOMPARE(rows["excluded"].toInt(), 1794);
    QCOMPARE(rows["stored"].toInt(), 408969);
    QCOMPARE(imported.json["users"].toInt(), 4314);
    QCOMPARE(imported.json["items"].toInt(), 4022);
    const QJsonObject amount = imported.json["amount"].toObject();
    QVERIFY(near(amount["read"].toDouble(), 9539484.634, 1e-4));
    QVERIFY(near(amount["stored"].toDouble(), 8394774.564, 1e-4));

    // Every churn model sits on the no-churn boundary here: said, and the NBD reported.
    const Outcome fit = run({"fit", project, "--model", "bg-nbd", "--until", "2010-06-30",
                             "--json"});
    QCOMPARE(fit.code, 0);
    QCOMPARE(fit.json["status"].toString(), QString("boundary"));
    QCOMPARE(fit.json["customers"].toInt(), 2951);
    const QJsonObject p = fit.json["parameters"].toObject();
    QVERIFY(near(p["r"].toDouble(), .847986, 1e-4));
    QVERIFY(near(p["alpha"].toDouble(), 9.78337, 1e-3));
    QVERIFY(near(fit.json["log_likelihood"].toDouble(), -16048.4584, 1e-3));

    verifyRecommenders(project);
    const Outcome sound = run({"verify", project, "--json"});
    QCOMPARE(sound.code, 0);
    QVERIFY(sound.json["sound"].toBool());
}

// shared/reference/online_retail.md §3.
void TestReferenceData::verifyRecommenders(const QString &project)
{
    const Outcome judged = run({"evaluate", project, "--until", "2010-08-31", "--window", "61d",
                                "--bootstrap", "0", "--json"});
    QCOMPARE(judged.code, 0);
    const std::pair<const char *, int> counts[] = {
        {"users", 3299},          {"items", 3736},      {"candidates", 3091},
        {"pairs", 175061},        {"returning", 1554},  {"new_pairs", 37778},
        {"unreachable_pairs", 6888}, {"test_users", 1468}, {"relevant_pairs", 30890}};
    for (const auto &[name, count] : counts) {
        QCOMPARE(judged.json[name].toInt(), count);
    }
    QVERIFY(near(judged.json["value_of_all"].toDouble(), 381.12, 0.005));
    QVERIFY(near(judged.json["value_of_best"].toDouble(), 256.18, 0.005));
    struct Reference {
        const char *model;
        double hitRate, ndcg, value;
    };
    const Reference references[] = {
        {"popular", .3195, .0526, 11.38},         {"popular-30d", .3229, .0561, 11.46},
        {"popular-decayed", .3392, .0568, 12.14}, {"item-knn", .4946, .1118, 19.27},
        {"ease", .5143, .1183, 21.55},            {"markov", .4653, .1036, 20.42}};
    QJsonObject rows;
    for (const auto &row : judged.json["models"].toArray()) {
        rows[row.toObject()["model"].toString()] = row;
    }
    const QJsonObject blend = rows["blend"].toObject();
    for (const Reference &r : references) {
        const QJsonObject row = rows[r.model].toObject();
        QVERIFY2(near(row["hit_rate"].toDouble(), r.hitRate, 0.005), r.model);
        QVERIFY2(near(row["ndcg"].toDouble(), r.ndcg, 0.005), r.model);
        QVERIFY2(near(row["value"].toDouble() / r.value, 1, 0.01), r.model);
        for (const char *metric : {"hit_rate", "ndcg", "value"}) {
            QVERIFY2(blend[metric].toDouble() >= row[metric].toDouble(), r.model);
        }
    }
}

QTEST_GUILESS_MAIN(TestReferenceData)
#include "tst_reference_data.moc"
