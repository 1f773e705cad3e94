#include "core/export/csv_writer.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace perennial;

namespace {

std::filesystem::path in(const QTemporaryDir &folder, const char *name)
{
    return folder.filePath(QString::fromLatin1(name)).toStdString();
}

QByteArray contentsOf(const std::filesystem::path &path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
}

bool isEmptyFolder(const QTemporaryDir &folder)
{
    return QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

class TestCsvWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cells_data();
    void cells();
    void typedCells();
    void everythingInOneFile();
    void nothingWithoutFinish();
    void overwriting();
    void unwritable();
    void fullDisk();
    void tables();
};

void TestCsvWriter::cells_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << QByteArray("plain") << QByteArray("plain");
    QTest::newRow("comma") << QByteArray("a,b") << QByteArray("\"a,b\"");
    QTest::newRow("quote") << QByteArray("a\"b") << QByteArray("\"a\"\"b\"");
    QTest::newRow("LF") << QByteArray("a\nb") << QByteArray("\"a\nb\"");
    QTest::newRow("CR") << QByteArray("a\rb") << QByteArray("\"a\rb\"");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("=") << QByteArray("=1+1") << QByteArray("'=1+1");
    QTest::newRow("+") << QByteArray("+49") << QByteArray("'+49");
    QTest::newRow("-") << QByteArray("-x") << QByteArray("'-x");
    QTest::newRow("@") << QByteArray("@SUM(A1)") << QByteArray("'@SUM(A1)");
    QTest::newRow("tab") << QByteArray("\t=1") << QByteArray("'\t=1");
    QTest::newRow("leading CR") << QByteArray("\r=1") << QByteArray("\"'\r=1\"");
    QTest::newRow("leading LF") << QByteArray("\n=1") << QByteArray("\"'\n=1\"");
    QTest::newRow("formula with quote") << QByteArray("=HYPERLINK(\"x\",\"y\")")
                                        << QByteArray("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    QTest::newRow("= inside") << QByteArray("a=1") << QByteArray("a=1");
    QTest::newRow("umlaut") << QByteArray("Gr\xC3\xB6\xC3\x9F" "e") << QByteArray("Gr\xC3\xB6\xC3\x9F" "e");
    QTest::newRow("latin 1") << QByteArray("Gr\xF6\xDF" "e")
                             << QByteArray("Gr\xEF\xBF\xBD\xEF\xBF\xBD" "e");
    QTest::newRow("cut off") << QByteArray("a\xE2\x82") << QByteArray("a\xEF\xBF\xBD\xEF\xBF\xBD");
}

void TestCsvWriter::cells()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, cell);
    QTemporaryDir folder;
    auto writer = CsvWriter::create(in(folder, "a.csv"));
    QVERIFY(writer.ok());
    writer->text("x");
    writer->text(text.toStdString());
    writer->endRow();
    QVERIFY(writer->finish().ok());
    QCOMPARE(contentsOf(in(folder, "a.csv")), "x," + cell + "\r\n");
    const CsvTable table{{"x"}, {{text.toStdString()}}};
    QCOMPARE(QByteArray::fromStdString(csvText(table)),
             "x\r\n" + (cell.isEmpty() ? "\"\"" : cell) + "\r\n");
}

void TestCsvWriter::typedCells()
{
    QTemporaryDir folder;
    auto writer = CsvWriter::create(in(folder, "a.csv"));
    QVERIFY(writer.ok());
    writer->integer(-3);
    writer->number(-.1);
    writer->number(1e300);
    writer->number(std::nan(""));
    writer->number(-std::numeric_limits<double>::infinity());
    writer->money(-125000);
    writer->day(14790);
    writer->timestamp(0);
    writer->empty();
    writer->optionalNumber(std::optional<double>(.5));
    writer->optionalDay(std::nullopt);
    writer->endRow();
    QCOMPARE(writer->rows(), 1);
    QVERIFY(writer->finish().ok());
    QCOMPARE(contentsOf(in(folder, "a.csv")),
             QByteArray("-3,-0.1,1e+300,,,-12.5,2010-06-30,1970-01-01T00:00:00Z,,0.5,\r\n"));
}

void TestCsvWriter::everythingInOneFile()
{
    // More than a buffer; numbers read back to the same double.
    QTemporaryDir folder;
    const auto path = in(folder, "big.csv");
    auto writer = CsvWriter::create(path);
    QVERIFY(writer.ok());
    const std::array<std::string_view, 2> names{"i", "third"};
    writer->header(names);
    for (int i = 0; i < 50'000; ++i) {
        writer->integer(i);
        writer->number(i / 3.0);
        writer->endRow();
    }
    QCOMPARE(writer->rows(), 50'000);
    const auto bytes = writer->bytes();
    QVERIFY(writer->finish().ok());
    const QList<QByteArray> lines = contentsOf(path).split('\n');
    QCOMPARE(lines.size(), 50'002);
    QCOMPARE(contentsOf(path).size(), bytes);
    QCOMPARE(lines[1001].split(',')[1].trimmed().toDouble(), 1000 / 3.0);
}

void TestCsvWriter::nothingWithoutFinish()
{
    QTemporaryDir folder;
    {
        auto writer = CsvWriter::create(in(folder, "a.csv"));
        writer->text("half");
        writer->endRow();
    }
    QVERIFY(isEmptyFolder(folder));
}

void TestCsvWriter::overwriting()
{
    QTemporaryDir folder;
    const auto path = in(folder, "a.csv");
    const CsvTable first{{"a"}, {{std::int64_t{1}}}};
    const CsvTable second{{"b"}, {{2.5}, {std::monostate()}}};
    QVERIFY(writeCsv(path, first, Overwrite::Refuse).ok());
    chmod(path.c_str(), 0640);
    QCOMPARE(writeCsv(path, second, Overwrite::Refuse).error().code, ErrorCode::AlreadyExists);
    QCOMPARE(contentsOf(path), QByteArray("a\r\n1\r\n"));
    QVERIFY(writeCsv(path, second).ok());
    QCOMPARE(contentsOf(path), QByteArray("b\r\n2.5\r\n\"\"\r\n"));
    struct stat status {};
    QCOMPARE(stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0640U);
    // Through a symbolic link the file behind it is replaced, not the link.
    const auto linked = in(folder, "link.csv");
    std::filesystem::create_symlink(path, linked);
    QVERIFY(writeCsv(linked, first).ok());
    QVERIFY(std::filesystem::is_symlink(linked));
    QCOMPARE(contentsOf(path), QByteArray("a\r\n1\r\n"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                 .size(),
             2);
}

void TestCsvWriter::unwritable()
{
    QTemporaryDir folder;
    QCOMPARE(CsvWriter::create(folder.path().toStdString()).error().code, ErrorCode::IsDirectory);
    QCOMPARE(CsvWriter::create(in(folder, "no/such.csv")).error().code, ErrorCode::NotWritable);
    QCOMPARE(CsvWriter::create({}).ok(), false);
    if (geteuid() == 0) {
        QSKIP("root may write everywhere");
    }
    chmod(folder.path().toUtf8().constData(), 0500);
    const auto refused = CsvWriter::create(in(folder, "a.csv"));
    chmod(folder.path().toUtf8().constData(), 0700);
    QCOMPARE(refused.error().code, ErrorCode::NotWritable);
}

void TestCsvWriter::fullDisk()
{
    QCOMPARE(access("/dev/full", W_OK), 0);
    auto writer = CsvWriter::create("/dev/full");
    QVERIFY(writer.ok());
    writer->text("no room");
    writer->endRow();
    const auto status = writer->finish();
    QCOMPARE(status.error().code, ErrorCode::DiskFull);
    QCOMPARE(status.error().where, std::string("/dev/full"));
    QVERIFY(writeCsv("/dev/null", {{"a"}, {}}).ok());
    QVERIFY(QFile::exists("/dev/null"));
}

void TestCsvWriter::tables()
{
    const CsvTable none{{"a", "b"}, {}};
    QCOMPARE(csvText(none), std::string("a,b\r\n"));
    const CsvTable one{{"a", "b"}, {{std::string("=x"), std::nan("")}}};
    QCOMPARE(csvText(one), std::string("a,b\r\n'=x,\r\n"));
}

QTEST_APPLESS_MAIN(TestCsvWriter)
#include "tst_csv_writer.moc"
