#include "tests/app/program.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace perennial::test;

namespace {

/// The verbs that the program's help lists.
QStringList verbsIn(const QByteArray &help)
{
    QStringList verbs;
    bool listed = false;
    for (const QByteArray &line : help.split('\n')) {
        listed = line.startsWith("Subcommands:") || (listed && !line.trimmed().isEmpty());
        if (listed && line.startsWith("  ") && line.size() > 2 && line[2] != ' ') {
            verbs << QString::fromUtf8(line.trimmed().split(' ').front());
        }
    }
    return verbs;
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void versionNamesWhatItRunsOn();
    void badInput_data();
    void badInput();
    void badInputLeavesASoundProject();
    void windowWithoutDisplaySaysSo();
    void mainJobInARow();
    void cleaningIsUndone();
    void aProfileThatCantBeSavedTakesNothingBack();
    void sameSeedSameShop();
    void everyVerbDocumentsItsJson(); ///< last: of all that the tests above were told

private:
    /// Notes which keys a verb's JSON has.
    Outcome run(const QStringList &arguments, const QString &folder = {});
    void write(const QString &name, const QByteArray &content);
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    std::map<QString, QSet<QString>> m_told; ///< verb → keys
};

Outcome TestCommandLine::run(const QStringList &arguments, const QString &folder)
{
    const Outcome outcome = perennial::test::run(arguments, folder);
    if (outcome.code == 0 && !outcome.json.isEmpty()) {
        const QStringList keys = outcome.json.keys();
        m_told[arguments.front()].unite(QSet<QString>(keys.begin(), keys.end()));
    }
    return outcome;
}

void TestCommandLine::write(const QString &name, const QByteArray &content)
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

void TestCommandLine::initTestCase()
{
    QCOMPARE(run({"new", path("shop.perennial"), "--sample", "shop", "--users", "400", "--seed",
                  "1", "--json"})
                 .code,
             0);
    QCOMPARE(run({"new", path("empty.perennial")}).code, 0);
    write("not.perennial", "hello");
    write("empty.csv", "");
    write("one.csv", "only\n1\n2\n");
    write("bad.csv", "user,at,amount\na,notadate,x\nb,,1.2.3\n");
    write("counts.csv", "year,left\n0,1000\n1,631\n2,468\n");
    write("good.csv", "user,at,kind,item,amount\na,2024-01-01,view,x,\na,2024-01-02,view,y,\n");
    write("half.json", R"({"name": "Half)");
    write("lever.json", R"({"name": "x", "levers": [{"lever": "teleport", "effect": 5}]})");
}

void TestCommandLine::versionNamesWhatItRunsOn()
{
    const Outcome version = run({"--version"});
    QCOMPARE(version.code, 0);
    for (const char *word : {"Perennial", "Qt 6", "LibTorch", "BLAS", "SQLite", "Device"}) {
        QVERIFY2(version.out.contains(word), word);
    }
}

void TestCommandLine::badInput_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("error");
    const QString shop = path("shop.perennial");
    const QString empty = path("empty.perennial");
    const auto row = [](const char *name, const QStringList &arguments, int code,
                        const char *error) {
        QTest::newRow(name) << arguments << code << QString::fromLatin1(error);
    };
    row("unknown verb", {"teleport", "x"}, 2, "");
    row("no project given", {"fit"}, 2, "");
    row("missing project", {"lifecycle", path("none.perennial"), "--json"}, 1, "file_missing");
    row("a directory", {"lifecycle", m_folder.path(), "--json"}, 1, "is_directory");
    row("not a project", {"lifecycle", path("not.perennial"), "--json"}, 3, "not_a_project");
    row("existing project", {"new", shop, "--json"}, 1, "already_exists");
    row("folder that is not there", {"new", path("no/where.perennial"), "--json"}, 1,
        "not_writable");
    row("missing file", {"import", empty, path("none.csv"), "--as", "events", "--json"}, 1,
        "file_missing");
    row("file is a directory", {"import", empty, m_folder.path(), "--as", "events", "--json"}, 1,
        "is_directory");
    row("empty file", {"import", empty, path("empty.csv"), "--as", "events", "--json"}, 3,
        "empty_file");
    row("one column", {"import", empty, path("one.csv"), "--as", "events", "--json"}, -1, "");
    row("unknown profile",
        {"import", empty, path("good.csv"), "--as", "events", "--profile", "nope", "--json"}, 2,
        "unknown_profile");
    row("unknown column",
        {"import", empty, path("good.csv"), "--as", "events", "--map", "user=who", "--map",
         "at=at", "--json"},
        2, "unknown_column");
    row("nothing parses",
        {"import", empty, path("bad.csv"), "--as", "events", "--map", "user=user", "--map",
         "at=at", "--map", "amount=amount", "--set", "kind=purchase", "--json"},
        3, "nothing_usable");
    row("no events to fit", {"fit", empty, "--model", "bg-nbd", "--json"}, 3, "");
    row("no events to train", {"train", empty, "--json"}, 3, "no_events");
    row("no run to resume", {"train", shop, "--resume", "99", "--json"}, 1, "not_trained");
    row("nothing to judge recommenders by",
        {"evaluate", shop, "--until", "2025-01-02", "--min-buyers", "1000", "--json"}, 3,
        "too_little_data");
    row("evaluate an unknown recommender",
        {"evaluate", shop, "--models", "oracle", "--json"}, 2, "unknown_model");
    row("evaluate by no protocol", {"evaluate", shop, "--protocol", "random", "--json"}, 2,
        "invalid_argument");
    row("window of leave-one-out",
        {"evaluate", shop, "--protocol", "leave-one-out", "--window", "9d", "--json"}, 2,
        "invalid_argument");
    row("evaluate no run", {"evaluate", shop, "--run", "99", "--json"}, 1, "not_trained");
    row("judge no run", {"judge", shop, "99", "--json"}, 1, "not_trained");
    row("compare no runs", {"compare", shop, "98", "99", "--json"}, 1, "not_trained");
    row("folds of nonsense", {"train", shop, "--folds", "users:1", "--json"}, 2, "invalid_argument");
    row("folds from a run that saw them", {"train", shop, "--folds", "users:2", "--warm", "1", "--json"},
        2, "invalid_argument");
    row("warm from no run", {"train", shop, "--warm-from", "other.perennial", "--json"}, 2,
        "invalid_argument");
    row("warm from no project", {"train", shop, "--warm-from", "none.perennial:1", "--json"}, 1,
        "file_missing");
    row("resume by another config", {"train", shop, "--resume", "1", "--seed", "2"}, 2, "");
    row("unknown model", {"fit", shop, "--model", "crystal-ball", "--json"}, 2, "unknown_model");
    row("no table of contracts", {"fit", "--table", path("none.csv"), "--model", "sbg", "--json"}, 1,
        "file_missing");
    row("empty table of contracts",
        {"fit", "--table", path("empty.csv"), "--model", "sbg", "--json"}, 3, "empty_file");
    row("table and project", {"fit", shop, "--table", path("good.csv"), "--model", "sbg"}, 2, "");
    row("table for another model",
        {"fit", "--table", path("good.csv"), "--model", "bg-nbd", "--json"}, 2, "unknown_model");
    row("table without periods", {"fit", "--table", path("good.csv"), "--model", "sbg", "--json"},
        3, "bad_data");
    row("customers taken for per cent",
        {"fit", "--table", path("counts.csv"), "--model", "sbg", "--customers", "1000", "--json"},
        3, "bad_data");
    row("column that is not there",
        {"fit", "--table", path("good.csv"), "--model", "sbg", "--survivors", "who", "--json"}, 2,
        "unknown_column");
    row("discount of nonsense",
        {"fit", "--table", path("good.csv"), "--model", "sbg", "--discount", "-1", "--json"}, 2,
        "invalid_argument");
    row("horizon of zero", {"score", shop, "--horizon", "0d", "--out", path("u.csv"), "--json"}, 2,
        "horizon_not_positive");
    row("horizon of words",
        {"score", shop, "--horizon", "soon", "--out", path("u.csv"), "--json"}, 2,
        "invalid_argument");
    row("date of words", {"fit", shop, "--model", "bg-nbd", "--until", "later", "--json"}, 2,
        "invalid_argument");
    for (const char *wrong : {"guess", "profile:50", "bootstrap:", "bootstrap:18", "bootstrap:9e9"}) {
        row(wrong, {"fit", shop, "--model", "nbd", "--intervals", wrong, "--json"}, 2,
            "invalid_argument");
    }
    row("intervals of groups",
        {"fit", shop, "--model", "nbd", "--by", "channel", "--intervals", "wald"}, 2, "");
    row("no such attribute", {"fit", shop, "--model", "nbd", "--by", "shoe_size", "--json"}, 2,
        "invalid_argument");
    row("groups of a spend model",
        {"fit", shop, "--model", "gamma-gamma", "--by", "channel", "--json"}, 2,
        "invalid_argument");
    row("backtest past the data",
        {"backtest", shop, "--until", "2026-06-01", "--horizon", "60d", "--json"}, 3,
        "window_past_data");
    row("backtest of an unknown model", {"backtest", shop, "--models", "crystal-ball", "--json"}, 2,
        "unknown_model");
    row("backtest to use an unknown model",
        {"backtest", shop, "--use", "crystal-ball", "--json"}, 2, "unknown_model");
    row("nothing trained", {"recommend", shop, "--user", "nobody", "--json"}, -1, "");
    row("recommend by nobody known",
        {"recommend", shop, "--all", "--method", "oracle", "--json"}, 2, "unknown_model");
    row("recommend in no order", {"recommend", shop, "--all", "--order", "luck", "--json"}, 2,
        "invalid_argument");
    row("lists alone of the blend", {"recommend", shop, "--all", "--lists-only", "--json"}, 2,
        "invalid_argument");
    row("no such option", {"recommend", shop, "--everybody", "--json"}, 2, "invalid_argument");
    row("no project named", {"recommend", "--json"}, 2, "invalid_argument");
    row("no such verb", {"levitate", "now", "--json"}, 2, "invalid_argument");
    row("unknown table", {"export", shop, "secrets", "--out", path("x.csv"), "--json"}, 2,
        "unknown_table");
    row("broken scenario", {"simulate", shop, path("half.json"), "--json"}, -1, "");
    row("unknown lever", {"simulate", shop, path("lever.json"), "--json"}, -1, "");
    row("missing scenario", {"simulate", shop, path("none.json"), "--json"}, 1, "file_missing");
    row("unknown cleaning rule", {"clean", empty, "--on", "teleport", "--json"}, 2,
        "bad_configuration");
    row("rule of nonsense", {"clean", empty, "--on", "amount_outlier:cutoff=x", "--json"}, 2,
        "bad_configuration");
    row("rule that is not there", {"clean", empty, "--off", "7", "--json"}, 2, "invalid_argument");
    row("rule id of words", {"clean", empty, "--off", "all", "--json"}, 2, "invalid_argument");
    row("ignoring without a reason", {"quality", empty, "--ignore", "gap", "--json"}, 2,
        "invalid_argument");
    row("report into a folder that is not there",
        {"report", shop, "--out", path("no/r.pdf"), "--json"}, 1, "not_writable");
}

void TestCommandLine::badInput()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, error);
    const Outcome outcome = run(arguments);
    if (code >= 0) {
        QCOMPARE(outcome.code, code);
    } else {
        QVERIFY(outcome.code > 0 && outcome.code < 128);
    }
    if (!error.isEmpty()) {
        QCOMPARE(outcome.errorCode(), error);
    }
    QVERIFY(!outcome.err.trimmed().isEmpty());
    if (arguments.contains("--json")) {
        QVERIFY(outcome.json["error"].toObject()["message"].toString().size() > 10);
    }
    const Outcome left = run({"lifecycle", path("empty.perennial"), "--json"});
    QCOMPARE(left.errorCode(), QString("no_events")); // as it was
}

void TestCommandLine::badInputLeavesASoundProject()
{
    QVERIFY(run({"verify", path("empty.perennial"), "--json"}).json["sound"].toBool());
}

void TestCommandLine::windowWithoutDisplaySaysSo()
{
    const Outcome outcome = run({});
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.err.contains("display"));
    QCOMPARE(outcome.err.trimmed().count('\n'), 0);
}

void TestCommandLine::aProfileThatCantBeSavedTakesNothingBack()
{
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", path("data").toUtf8());
    const auto import = [this](const QString &project, const QStringList &more) {
        return run(QStringList{"import", project, path("good.csv"), "--json"} + more);
    };
    const QString first = path("profiled.perennial"), second = path("unprofiled.perennial");
    QCOMPARE(run({"new", first}).code, 0);
    QCOMPARE(run({"new", second}).code, 0);
    const Outcome dry = import(first, {"--save-profile", "till", "--dry-run"});
    QCOMPARE(dry.code, 2); // a dry run writes nothing
    QVERIFY(!QFile::exists(path("data")));
    const Outcome saved = import(first, {"--save-profile", "till"});
    QCOMPARE(saved.code, 0);
    QCOMPARE(saved.json["saved_profile"].toString(), QStringLiteral("till"));
    QVERIFY(saved.json["profile_error"].isNull());
    QVERIFY(QFile::exists(path("data/perennial/profiles/till.json")));

    qputenv("XDG_DATA_HOME", path("good.csv").toUtf8()); // no folder
    const Outcome failed = import(second, {"--save-profile", "till"});
    QCOMPARE(failed.code, 1);
    QCOMPARE(failed.json["rows"].toObject()["stored"].toInt(), 2);
    QVERIFY(failed.json["saved_profile"].isNull());
    QVERIFY(!failed.json["profile_error"].toObject()["code"].toString().isEmpty());
    QCOMPARE(run({"verify", second, "--json"}).code, 0);
    before.isEmpty() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before);
}

// The order of the issue's "Done when": one after the other on the same project.
void TestCommandLine::mainJobInARow()
{
    const QString shop = path("shop.perennial");
    const Outcome lifecycle = run({"lifecycle", shop, "--json"});
    QCOMPARE(lifecycle.code, 0);
    int users = 0;
    for (const QJsonValue &count : lifecycle.json["stages"].toObject()) {
        users += count.toInt();
    }
    QCOMPARE(users, 400);
    QVERIFY(!lifecycle.json["flows"].toArray().isEmpty());
    QCOMPARE(run({"survival", shop, "--by", "channel", "--cox", "channel", "--json"}).code, 0);

    const Outcome fit = run({"fit", shop, "--model", "bg-nbd", "--json"});
    QCOMPARE(fit.code, 0);
    QVERIFY(fit.json["log_likelihood"].toDouble() < 0);
    const Outcome bounded =
        run({"fit", shop, "--model", "bg-nbd", "--intervals", "bootstrap:19", "--json"});
    QCOMPARE(bounded.code, 0);
    QCOMPARE(bounded.json["intervals"].toObject()["parameters"].toObject().size(),
             bounded.json["parameters"].toObject().size());
    const Outcome byChannel = run({"fit", shop, "--model", "nbd", "--by", "channel", "--json"});
    QCOMPARE(byChannel.code, 0);
    QVERIFY(byChannel.json["groups"].toArray().size() > 1);
    const Outcome moved = run({"fit", shop, "--model", "nbd", "--covariates", "channel", "--json"});
    QCOMPARE(moved.code, 0);
    QVERIFY(!moved.json["terms"].toArray().isEmpty());
    const Outcome judged = run({"backtest", shop, "--models", "bg-nbd,nbd", "--horizon", "60d",
                                "--bootstrap", "20", "--use", "winner", "--json"});
    QCOMPARE(judged.code, 0);
    QCOMPARE(judged.json["models"].toArray().size(), 5); // three naive rules always
    QCOMPARE(judged.json["value_model"], judged.json["winner"]);

    const Outcome train = run({"train", shop, "--epochs", "1", "--seed", "1", "--json"});
    QCOMPARE(train.code, 0);
    QCOMPARE(train.json["epochs"].toInt(), 1);
    QVERIFY(!train.json["device"].toString().isEmpty());
    const QString trained = QString::number(train.json["run"].toInt());
    const Outcome again = run({"train", shop, "--resume", trained, "--json"});
    QCOMPARE(again.code, 1);
    QCOMPARE(again.json["error"].toObject()["code"].toString(), QStringLiteral("not_resumable"));

    QVERIFY(train.json["quality"].toObject()["heads"].toArray().size() >= 3);
    const Outcome byStage = run({"judge", shop, trained, "--by", "stage", "--json"});
    QCOMPARE(byStage.code, 0);
    QCOMPARE(byStage.json["run"].toInt(), trained.toInt());
    QCOMPARE(byStage.json["heads"], train.json["quality"].toObject()["heads"]);
    QVERIFY(byStage.json["groups"].toArray().size() > 1);
    QCOMPARE(run({"judge", shop, "--by", "shoe_size", "--json"}).code, 2);
    const Outcome itself = run({"compare", shop, trained, trained, "--json"});
    QCOMPARE(itself.code, 0);
    QVERIFY(itself.json["settings"].toArray().isEmpty());
    QCOMPARE(itself.json["heads"].toArray().size(), byStage.json["heads"].toArray().size());
    const Outcome earlier =
        run({"train", shop, "--epochs", "1", "--until", "2026-03-01", "--horizon", "60d", "--json"});
    QCOMPARE(earlier.code, 0);
    const QString then = QString::number(earlier.json["run"].toInt());
    const Outcome apart = run({"compare", shop, trained, then, "--json"});
    QCOMPARE(apart.code, 2); // judged on different windows
    QVERIFY(apart.json["error"].toObject()["message"].toString().contains("windows"));
    const Outcome beside =
        run({"evaluate", shop, "--run", then, "--models", "popular", "--min-buyers", "2", "--bootstrap",
             "20", "--json"});
    QCOMPARE(beside.code, 0);
    QCOMPARE(beside.json["cut"].toString(), QStringLiteral("2026-03-01"));
    QCOMPARE(beside.json["models"].toArray().last().toObject()["model"].toString(), "run " + then);
    const Outcome seen = run({"evaluate", shop, "--run", then, "--until", "2026-02-01", "--json"});
    QCOMPARE(seen.code, 2);
    const Outcome leftOut = run({"evaluate", shop, "--protocol", "leave-one-out", "--models",
                                 "popular", "--bootstrap", "0", "--json"});
    QCOMPARE(leftOut.code, 0);
    QCOMPARE(leftOut.json["warning"].toString(), QStringLiteral("future_leaks_across_users"));
    const Outcome folds = run({"train", shop, "--folds", "users:2", "--epochs", "1", "--json"});
    QCOMPARE(folds.code, 0);
    QCOMPARE(folds.json["rows"].toArray().size(), 2);

    const Outcome score = run({"score", shop, "--horizon", "180d", "--out", path("u.csv"),
                               "--json"});
    QCOMPARE(score.code, 0);
    QCOMPARE(score.json["resumed_users"].toInt(-1), 0);
    QFile csv(path("u.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), 401);

    QFile users_csv(path("u.csv"));
    QVERIFY(users_csv.open(QIODevice::ReadOnly));
    users_csv.readLine();
    const QString user = QString::fromUtf8(users_csv.readLine()).section(',', 0, 0);
    const Outcome recommend = run({"recommend", shop, "--user", user, "--top", "10", "--json"});
    QCOMPARE(recommend.code, 0);
    const QJsonObject first = recommend.json["users"].toArray().first().toObject();
    QCOMPARE(first["user"].toString(), user);
    QCOMPARE(first["items"].toArray().size(), 10);
    QCOMPARE(first["source"].toString(), QStringLiteral("blend"));
    const QJsonObject item = first["items"].toArray().first().toObject();
    QVERIFY(item["probability"].toDouble() > 0 && item["value"].isDouble());
    QVERIFY(!item["members"].toObject().isEmpty());
    QCOMPARE(recommend.json["horizon_days"].toInt(), 180);
    QVERIFY(!recommend.json["blend"]["members"].toArray().isEmpty());
    const Outcome ease = run({"recommend", shop, "--user", user, "--method", "ease", "--order",
                              "value", "--horizon", "30d", "--json"});
    QCOMPARE(ease.code, 0);
    QCOMPARE(ease.json["horizon_days"].toInt(), 30);
    QCOMPARE(ease.json["users"].toArray().first().toObject()["method"].toString(),
             QStringLiteral("ease"));

    const Outcome report = run({"report", shop, "--out", path("r.pdf"), "--json"});
    QCOMPARE(report.code, 0);
    QFile pdf(path("r.pdf"));
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.read(5) == "%PDF-");

    const Outcome exported = run({"export", shop, "users", "--out", path("e.csv"), "--json"});
    QCOMPARE(exported.code, 0);
    QVERIFY(run({"verify", shop, "--json"}).json["sound"].toBool());
}

void TestCommandLine::cleaningIsUndone()
{
    const QString project = path("clean.perennial");
    write("dirty.csv", "user,at,kind,item,amount\na,2024-01-01T10:00:00Z,purchase,x,5\n"
                       "a,2024-01-01T10:00:00Z,purchase,x,5\nqa_1,2024-01-02,purchase,y,7\n"
                       "b,2024-01-03,purchase,y,9\n");
    QCOMPARE(run({"new", project}).code, 0);
    const Outcome imported = run({"import", project, path("dirty.csv"), "--as", "events", "--json"});
    QCOMPARE(imported.code, 0);
    QCOMPARE(imported.json["project"].toObject()["rows"].toObject()["kept"].toInt(), 4);
    const Outcome proposed = run({"clean", project, "--propose", "--json"});
    QCOMPARE(proposed.json["proposals"].toArray().size(), 2);
    QVERIFY(proposed.json["rules"].toArray().isEmpty());
    const Outcome dry = run({"clean", project, "--on", "test_users", "--dry-run", "--json"});
    const QJsonObject preview = dry.json["previews"].toArray().first().toObject();
    QCOMPARE(preview["rows"].toInt(), 1);
    QCOMPARE(preview["change"].toDouble(), -7.0);
    QCOMPARE(preview["sample"].toArray().first().toObject()["user"].toString(), QString("qa_1"));
    const Outcome on = run({"clean", project, "--on", "test_users:prefixes=qa_|test", "--on",
                            "duplicate_user_time_item:same=row", "--reason", "not ours", "--json"});
    QCOMPARE(on.code, 0);
    QCOMPARE(on.json["switched"].toArray().size(), 2);
    const QJsonObject totals = on.json["totals"].toObject();
    QCOMPARE(totals["rows"].toObject()["set_aside"].toInt(), 2);
    QCOMPARE(totals["amount"].toObject()["kept"].toDouble(), 14.0);
    QVERIFY(totals["balanced"].toBool());
    const Outcome quality = run({"quality", project, "--json"});
    QCOMPARE(quality.code, 0);
    QCOMPARE(quality.json["events"].toInt(), 2);
    QCOMPARE(quality.json["rules"].toArray().first().toObject()["reason"].toString(),
             QString("not ours"));
    const Outcome back =
        run({"clean", project, "--off", "1", "--remove", "2", "--dry-run", "--json"});
    const QJsonArray previews = back.json["previews"].toArray();
    QCOMPARE(previews.size(), 2);
    QCOMPARE(previews[0].toObject()["rows_back"].toInt(), 1);
    QCOMPARE(previews[0].toObject()["amount_back"].toDouble(), 7.0);
    QCOMPARE(previews[1].toObject()["rows_back"].toInt(), 1);
    QCOMPARE(previews[1].toObject()["amount_back"].toDouble(), 5.0);
    for (const QString &option : {QString("--off"), QString("--remove")}) {
        for (const char *more : {"--dry-run", ""}) {
            QStringList arguments{"clean", project, option, "9", "--json"};
            arguments << QString(more).split(" ", Qt::SkipEmptyParts);
            const Outcome none = run(arguments);
            QCOMPARE(none.code, 2);
            QCOMPARE(none.json["error"].toObject()["where"].toString(), option);
        }
    }
    QCOMPARE(run({"clean", project, "--off", "1", "--remove", "2", "--json"})
                 .json["totals"].toObject()["rows"].toObject()["kept"].toInt(), 4);
    QVERIFY(run({"verify", project, "--json"}).json["sound"].toBool());
}

void TestCommandLine::sameSeedSameShop()
{
    const auto events = [this](const QString &name, const QString &seed) {
        const QString project = path(name + ".perennial");
        if (run({"new", project, "--sample", "shop", "--users", "50", "--seed", seed}).code != 0 ||
            run({"export", project, "events", "--out", path(name + ".csv")}).code != 0) {
            return QByteArray();
        }
        QFile file(path(name + ".csv"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray first = events("s1", "7");
    QVERIFY(first.size() > 1000);
    QVERIFY(events("s2", "7") == first);
    QVERIFY(events("s3", "8") != first);
}

void TestCommandLine::everyVerbDocumentsItsJson()
{
    const QStringList verbs = verbsIn(run({"--help"}).out);
    QVERIFY(verbs.size() > 15);
    QStringList untold;
    for (const QString &verb : verbs) {
        const Outcome help = run({verb, "--help"});
        QCOMPARE(help.code, 0);
        const QByteArray heading = "\nJSON:\n";
        const qsizetype json = help.out.indexOf(heading);
        const QString told = QString::fromUtf8(help.out.mid(json + heading.size())).trimmed();
        QVERIFY2(json >= 0 && !told.isEmpty(), qPrintable(verb));
        for (const QString &key : m_told[verb]) {
            const QRegularExpression word(QStringLiteral("\\b%1\\b").arg(key));
            if (!told.contains(word)) {
                untold << verb + QLatin1Char(' ') + key;
            }
        }
    }
    QCOMPARE(untold.join(QStringLiteral(", ")), QString());
    for (const char *verb :
         {"new", "import", "fit", "train", "score", "lifecycle", "survival", "recommend", "export",
          "verify", "backtest", "evaluate", "judge", "compare"}) {
        QVERIFY2(!m_told[QLatin1String(verb)].isEmpty(), verb); // something to check
    }
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
