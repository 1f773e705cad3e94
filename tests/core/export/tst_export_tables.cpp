#include "core/export/tables.h"
#include "core/project/event_store.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/user_state_store.h"
#include "core/sample/sample_shop.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <limits>
#include <stop_token>

using namespace perennial;

namespace {

std::int64_t beginNamed(Project &project, const char *name)
{
    SourceRecord record;
    record.name = name;
    const auto source = beginSource(project, record);
    return source ? *source : 0;
}

} // namespace

class TestExportTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyTableOfAShop();
    void eventsAddUp();
    void users();
    void hostileText();
    void scenarios();
    void refusals();
    void cancel();

private:
    std::string pathOf(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    /// Writes a table and reads it back: lines without their ends, the header first.
    QList<QByteArray> linesOf(const Project &project, const ExportRequest &request) const
    {
        const auto report = exportTable(project, request, {});
        if (!report) {
            return {};
        }
        QFile file(QString::fromStdString(request.out.string()));
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        const QByteArray text = file.readAll();
        return text.size() == report->bytes && text.endsWith("\r\n")
                   ? text.chopped(2).replace("\r\n", "\x1E").split('\x1E')
                   : QList<QByteArray>();
    }

    QTemporaryDir m_folder;
    std::optional<Project> m_shop;
};

void TestExportTables::initTestCase()
{
    QVERIFY(createSampleShop(pathOf("shop"), {.users = 200, .items = 40}, {}).ok());
    auto project = Project::open(pathOf("shop"), Project::Access::ReadWrite);
    QVERIFY(project.ok());
    m_shop.emplace(std::move(*project));
}

void TestExportTables::everyTableOfAShop()
{
    const auto counts = readCounts(*m_shop);
    for (const ExportTable &table : exportTables()) {
        if (table.name == "users") {
            continue; // not scored: see refusals
        }
        const QList<QByteArray> lines =
            linesOf(*m_shop, {.table = std::string(table.name), .out = pathOf("table.csv")});
        QVERIFY2(!lines.isEmpty(), table.name.data());
        QCOMPARE(lines.front().split(',').size(), std::ssize(table.columns));
        if (table.name == "events") {
            QCOMPARE(lines.size() - 1, counts->events);
        } else if (table.name == "items") {
            QCOMPARE(lines.size() - 1, 40);
        } else if (table.name == "stages") {
            QCOMPARE(lines.size() - 1, kStageCount);
        } else if (table.name == "sources") {
            QCOMPARE(lines.size() - 1, 1);
        } else if (table.name == "flows") {
            QVERIFY(lines.size() > 70);
        } else if (table.name == "recommendations") {
            // no run is needed: a blend of simple recommenders lists ten items for each of 200 users
            QCOMPARE(lines.size() - 1, 2000);
            const QByteArray source = lines[1].split(',')[8];
            QVERIFY2(source == "blend", source.constData());
        } else {
            QCOMPARE(lines.size(), 1); // no rejected rows, runs or scenarios yet
        }
    }
}

void TestExportTables::eventsAddUp()
{
    const QList<QByteArray> lines = linesOf(*m_shop, {.table = "events", .out = pathOf("e.csv")});
    double net = 0;
    int purchases = 0;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QList<QByteArray> cells = lines[i].split(',');
        QCOMPARE(cells.size(), 11);
        net += cells[6].toDouble();
        purchases += cells[2] == "purchase";
        QVERIFY(cells[1].endsWith('Z') && cells[0].startsWith("U-"));
    }
    const auto counts = readCounts(*m_shop);
    QVERIFY(std::abs(net - toUnits(counts->gross + counts->refunded)) < 1e-6);
    QCOMPARE(purchases, counts->purchases);
}

void TestExportTables::users()
{
    auto project = Project::create(pathOf("few"));
    const std::int64_t source = beginNamed(*project, "rows");
    {
        auto writer = EventWriter::open(*project, source);
        QVERIFY(writer->begin().ok());
        for (const char *key : {"=cmd|' /C calc'!A0", "b,\"c\"", "a"}) {
            QVERIFY(writer->code(Dictionary::User, key).ok());
        }
        QVERIFY(writer->commit().ok());
    }
    UserStateLabel label;
    label.detail = "{}";
    label.margin = 0.5;
    UserState rich;
    rich.user = 1;
    rich.stage = Stage::Loyal;
    rich.orders = 3;
    rich.lastDay = 14790;
    rich.realised = 100.5;
    rich.pAlive = .75;
    rich.predictedValue = 20.25;
    rich.predictedLower = 18.5;
    rich.predictedUpper = 30;
    UserState poor;
    poor.user = 3;
    poor.stage = Stage::Churned;
    poor.churnRisk = std::numeric_limits<double>::quiet_NaN();
    UserState odd;
    odd.user = 2;
    odd.stage = Stage::Loyal;
    QVERIFY(writeUserStates(*project, label, {rich, odd, poor}).ok());
    const QList<QByteArray> lines = linesOf(*project, {.table = "users", .out = pathOf("u.csv")});
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[1], QByteArray("'=cmd|' /C calc'!A0,loyal,3,,2010-06-30,,100.5,0.75,,,20.25,"
                                  "70.5,,18.5,30"));
    QCOMPARE(lines[2], QByteArray("a,churned,0,,,,0,,,,,0,,,"));
    QCOMPARE(lines[3], QByteArray("\"b,\"\"c\"\"\",loyal,0,,,,0,,,,,0,,,"));
    // As shown: filtered and sorted.
    ExportRequest shown{.table = "users", .out = pathOf("u.csv")};
    shown.users = {.search = "", .sort = UserColumn::Realised};
    shown.segment = stageSegment(Stage::Loyal);
    const QList<QByteArray> loyal = linesOf(*project, shown);
    QCOMPARE(loyal.size(), 3);
    QVERIFY(loyal[1].startsWith("'=cmd"));
}

void TestExportTables::hostileText()
{
    auto project = Project::create(pathOf("hostile"));
    const std::int64_t source = beginNamed(*project, "=evil.csv");
    {
        auto writer = EventWriter::open(*project, source);
        QVERIFY(writer->begin().ok());
        ImportChunk chunk;
        chunk.rejected.push_back({7, "bad_date", "at", "+1,\"x\"\r\n@y"});
        QVERIFY(logChunk(*project, source, chunk).ok());
        QVERIFY(writer->commit().ok());
    }
    QVERIFY(exportTable(*project, {.table = "rejected", .out = pathOf("r.csv")}, {}).ok());
    QFile file(QString::fromStdString(pathOf("r.csv")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("source,file,line,reason,column,raw\r\n"
                                        "1,'=evil.csv,7,bad_date,at,\"'+1,\"\"x\"\"\r\n@y\"\r\n"));
}

void TestExportTables::scenarios()
{
    ScenarioRecord fresh, run;
    fresh.name = "new";
    fresh.definition = R"({"name":"new","levers":[]})";
    run.name = "run";
    run.definition = "{}";
    run.outcome = R"({"horizon_days":180,"scenario":{"delta":{"ltv":5.5,"revenue":"?"},
        "interval_90":{"ltv":[1,9]},"cost":2,"roi":null}})";
    auto project = Project::create(pathOf("scenarios"));
    QVERIFY(saveScenario(*project, fresh).ok());
    QVERIFY(saveScenario(*project, run).ok());
    const QList<QByteArray> lines =
        linesOf(*project, {.table = "scenarios", .out = pathOf("s.csv")});
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[1].contains(",,,,,,,,,,\"{\"\"name\"\":\"\"new\"\""));
    QVERIFY(lines[2].endsWith(",180,5.5,1,9,,,,2,,,{}"));
}

void TestExportTables::refusals()
{
    const auto errorOf = [&](const char *table, const std::string &out,
                             Overwrite overwrite = Overwrite::Replace) {
        return exportTable(*m_shop, {.table = table, .out = out, .overwrite = overwrite}, {})
            .error();
    };
    const auto unknown = errorOf("secrets", pathOf("x.csv"));
    QCOMPARE(unknown.code, ErrorCode::UnknownTable);
    QCOMPARE(unknown.detail, std::string("secrets"));
    QCOMPARE(errorOf("users", pathOf("x.csv")).code, ErrorCode::NotScored);
    QCOMPARE(errorOf("items", m_folder.path().toStdString()).code, ErrorCode::IsDirectory);
    QCOMPARE(errorOf("items", pathOf("no/x.csv")).code, ErrorCode::NotWritable);
    QCOMPARE(errorOf("events", "/dev/full").code, ErrorCode::DiskFull);
    QVERIFY(exportTable(*m_shop, {.table = "items", .out = pathOf("kept.csv")}, {}).ok());
    QCOMPARE(errorOf("events", pathOf("kept.csv"), Overwrite::Refuse).code,
             ErrorCode::AlreadyExists);
    const auto empty = Project::create(pathOf("empty"));
    for (const char *table : {"stages", "flows"}) {
        QCOMPARE(exportTable(*empty, {.table = table, .out = pathOf("x.csv")}, {}).error().code,
                 ErrorCode::NoEvents);
    }
    QVERIFY(!QFile::exists(QString::fromStdString(pathOf("x.csv"))));
    QVERIFY(QDir(m_folder.path()).entryList({"*.part"}, QDir::Files | QDir::Hidden).isEmpty());
}

void TestExportTables::cancel()
{
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = exportTable(*m_shop, {.table = "events", .out = pathOf("c.csv")},
                                       Task(stop.get_token(), {}));
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(QString::fromStdString(pathOf("c.csv"))));
}

QTEST_APPLESS_MAIN(TestExportTables)
#include "tst_export_tables.moc"
