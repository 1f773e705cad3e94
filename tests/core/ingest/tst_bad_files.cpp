#include "core/project/event_store.h"
#include "tests/core/ingest/import_fixture.h"

#include <zlib.h>

#include <unistd.h>

using namespace perennial;
using test::ImportFixture;

namespace {

std::string gzipped(const std::string &text)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string manyRows(int rows)
{
    std::string text = "user,at,kind\n";
    for (int k = 0; k < rows; ++k) {
        text += "u" + std::to_string(k * 7919 % 1000) + ",2020-01-01,view\n";
    }
    return text;
}

} // namespace

/// Each is refused by name, and the project is as it was.
class TestBadFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refused_data();
    void refused();
    void unreadableFiles();
    void gzipOfSeveralMembers();
    void damagedGzip_data();
    void damagedGzip();
    void readOnlyProject();
    void fileWithoutLastLineEnd();
};

void TestBadFiles::refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QByteArray &content, ErrorCode code,
                        const char *detail) {
        QTest::newRow(name) << content << static_cast<int>(code) << QString(detail);
    };
    row("no bytes", "", ErrorCode::EmptyFile, "");
    row("only a header", "user,at,kind\n", ErrorCode::EmptyFile, "");
    row("only blank lines", "\n\r\n  \n", ErrorCode::EmptyFile, "");
    row("only a mark", "\xEF\xBB\xBF", ErrorCode::EmptyFile, "");
    row("empty gzip", QByteArray::fromStdString(gzipped("")), ErrorCode::EmptyFile, "");
    row("one column", "user\na\nb\n", ErrorCode::TooFewColumns, "1/3");
    row("no time", "user,kind,x\na,view,1\n", ErrorCode::MissingRole, "at");
    row("no kind", "user,at,x\na,2020-01-01,1\n", ErrorCode::MissingRole, "kind");
    row("column twice", "user,user,at,kind\na,b,2020-01-01,view\n", ErrorCode::BadMapping,
        "column twice: user");
    row("nothing parses", "user,at,kind\na,x,view\nb,y,view\n,z,view\n", ErrorCode::NothingUsable,
        "bad_date (line 2: a,x,view)");
    row("ambiguous dates", "user,at,kind\na,01/02/2020,view\n", ErrorCode::AmbiguousDates,
        "dd/mm/yyyy, mm/dd/yyyy");
    row("ambiguous numbers", "user,at,kind,amount\na,2020-01-02,view,1.234\n",
        ErrorCode::AmbiguousNumbers, "1.234");
    row("ambiguous letters", "user,at,kind\n\xE4\xF6\xFC,2020-01-02,view\n",
        ErrorCode::AmbiguousEncoding,
        "windows-1252, windows-1250, windows-1251, windows-1253, windows-1254, windows-1257, "
        "KOI8-R, windows-1256");
    row("spreadsheet", QByteArray("PK\x03\x04") + QByteArray(100, 'x'), ErrorCode::BadData, "zip");
    row("zeros", QByteArray(5000, '\0'), ErrorCode::BadData, "binary");
}

void TestBadFiles::refused()
{
    QFETCH(QByteArray, content);
    QFETCH(int, code);
    QFETCH(QString, detail);
    ImportFixture fixture;
    const auto report = fixture.import(content.toStdString());
    COMPARE_ERROR(report, static_cast<ErrorCode>(code));
    QCOMPARE(QString::fromStdString(report.error().detail), detail);
    QVERIFY(report.error().where.find("events.csv") != std::string::npos);
    QCOMPARE(fixture.sourceCount(), std::size_t{0});
    QCOMPARE(readCounts(fixture.project())->users, 0);
}

void TestBadFiles::unreadableFiles()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.folder() / "none.csv";
    COMPARE_ERROR(importFile(fixture.project(), options, Task()), ErrorCode::FileMissing);
    options.path = fixture.folder();
    COMPARE_ERROR(importFile(fixture.project(), options, Task()), ErrorCode::IsDirectory);
    options.path = "/dev/zero";
    COMPARE_ERROR(importFile(fixture.project(), options, Task()), ErrorCode::NotReadable);
    options.path = fixture.write("closed.csv", "user,at,kind\na,2020-01-01,view\n");
    std::filesystem::permissions(options.path, std::filesystem::perms::none);
    if (access(options.path.c_str(), R_OK) == 0) {
        return; // root may read everything
    }
    COMPARE_ERROR(importFile(fixture.project(), options, Task()), ErrorCode::NotReadable);
}

void TestBadFiles::gzipOfSeveralMembers()
{
    ImportFixture fixture;
    const std::string text = manyRows(5000);
    const std::string packed = gzipped(text.substr(0, 40'000)) + gzipped(text.substr(40'000)) +
                               std::string(512, '\0'); // padding, as tapes have it
    const auto report = fixture.import(packed);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 5000);
    QCOMPARE(readSources(fixture.project())->front().committedBytes,
             static_cast<std::int64_t>(text.size()));
}

void TestBadFiles::damagedGzip_data()
{
    QTest::addColumn<QByteArray>("content");
    const std::string whole = gzipped(manyRows(200'000));
    QTest::newRow("truncated") << QByteArray::fromStdString(whole.substr(0, whole.size() * 3 / 4));
    QTest::newRow("only its header") << QByteArray::fromStdString(whole.substr(0, 10));
    QTest::newRow("without checksum")
        << QByteArray::fromStdString(whole.substr(0, whole.size() - 8));
    std::string damaged = whole;
    damaged[damaged.size() / 2] = static_cast<char>(~damaged[damaged.size() / 2]);
    damaged[damaged.size() / 2 + 1] = static_cast<char>(~damaged[damaged.size() / 2 + 1]);
    QTest::newRow("flipped bits") << QByteArray::fromStdString(damaged);
    QTest::newRow("followed by junk") << QByteArray::fromStdString(whole + "junk");
}

void TestBadFiles::damagedGzip()
{
    QFETCH(QByteArray, content);
    ImportFixture fixture;
    ImportOptions options;
    options.chunkRows = 10'000;
    const auto report = fixture.import(content.toStdString(), options);
    COMPARE_ERROR(report, ErrorCode::BadData);
    QVERIFY(report.error().detail.starts_with("gzip: "));
    QCOMPARE(fixture.sourceCount(), std::size_t{0});
    QCOMPARE(readCounts(fixture.project())->events, 0);
    QCOMPARE(readCounts(fixture.project())->users, 0);
}

void TestBadFiles::readOnlyProject()
{
    ImportFixture fixture;
    const auto path = fixture.project().path();
    ImportOptions options;
    options.path = fixture.write("log.csv", manyRows(10));
    auto reader = Project::open(path, Project::Access::ReadOnly);
    COMPARE_ERROR(importFile(*reader, options, Task()), ErrorCode::ReadOnly);
    options.dryRun = true;
    VERIFY_OK(importFile(*reader, options, Task()));
}

void TestBadFiles::fileWithoutLastLineEnd()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind\na,2020-01-01,view\nb,2020-01-01,\"view\"");
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 2);
}

QTEST_GUILESS_MAIN(TestBadFiles)
#include "tst_bad_files.moc"
