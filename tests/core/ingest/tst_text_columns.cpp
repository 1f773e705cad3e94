#include "core/ingest/text_columns.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

namespace {

Result<TextColumns> read(const std::filesystem::path &path, std::vector<std::string> columns)
{
    return readTextColumns({path, std::move(columns), {}, {}}, Task());
}

} // namespace

class TestTextColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHeaderOrNumber()
    {
        ImportFixture fixture;
        const auto path = fixture.write("t.csv", "name;days;\"left; then\"\n"
                                                 "a; 3,5 ;yes\n\n\"b;\n c\";4,25;no\n");
        const auto columns = read(path, {"Days", "3", "name", "left; then"});
        VERIFY_OK(columns);
        QCOMPARE(columns->names,
                 (std::vector<std::string>{"days", "left; then", "name", "left; then"}));
        QCOMPARE(columns->values[0], (std::vector<std::string>{"3,5", "4,25"}));
        QCOMPARE(columns->values[1], (std::vector<std::string>{"yes", "no"}));
        QCOMPARE(columns->values[2], (std::vector<std::string>{"a", "b;\n c"}));
        QCOMPARE(columns->lines, (std::vector<std::int64_t>{2, 4}));
        QCOMPARE(columns->numbers[0].format.decimalMark, ',');
    }

    void linesThatAreNoRowsAreNamed()
    {
        ImportFixture fixture;
        const auto path = fixture.write("t.csv", "a,b\n1,2\n1,2,3\n4,5\n6\n\"7\"x,8\n9,10\n");
        const auto columns = read(path, {"a"});
        VERIFY_OK(columns);
        QCOMPARE(columns->values[0], (std::vector<std::string>{"1", "4", "9"}));
        QCOMPARE(columns->badLines.size(), std::size_t{3});
        QCOMPARE(columns->badLines[0].line, 3);
        QVERIFY(columns->badLines[0].reason == RowReason::WrongColumnCount);
        QCOMPARE(columns->badLines[2].line, 6);
        QVERIFY(columns->badLines[2].reason == RowReason::BadQuote);
    }

    void withoutAHeader()
    {
        ImportFixture fixture;
        const auto path = fixture.write("t.csv", "1,0,x\n2,1,y\n");
        const auto columns = read(path, {"1", "3"});
        VERIFY_OK(columns);
        QCOMPARE(columns->values[1], (std::vector<std::string>{"x", "y"}));
        QVERIFY(read(path, {"x"}).error().code == ErrorCode::UnknownColumn);
    }

    void whatCannotBeRead()
    {
        ImportFixture fixture;
        const auto path = fixture.write("t.csv", "a,a,b\n1,2,3\n");
        const auto code = [&](std::vector<std::string> columns) {
            return read(path, std::move(columns)).error().code;
        };
        QVERIFY(code({"c"}) == ErrorCode::UnknownColumn);
        QVERIFY(code({"4"}) == ErrorCode::UnknownColumn);
        QVERIFY(code({"0"}) == ErrorCode::UnknownColumn);
        QVERIFY(code({""}) == ErrorCode::UnknownColumn);
        QVERIFY(code({"a"}) == ErrorCode::BadMapping);
        QVERIFY(read(path, {"2"}).ok());
        QVERIFY(read(fixture.write("e.csv", ""), {"1"}).error().code == ErrorCode::EmptyFile);
        QVERIFY(read(fixture.write("h.csv", "a,b\n"), {"a"}).error().code == ErrorCode::EmptyFile);
        QVERIFY(read("/nowhere.csv", {"a"}).error().code == ErrorCode::FileMissing);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(readTextColumns({path, {"b"}, {}, {}}, Task(stop.get_token(), {})).error().code ==
                ErrorCode::Cancelled);
    }

    void numbersThatReadInTwoWays()
    {
        ImportFixture fixture;
        const auto path = fixture.write("t.csv", "d;e\n1.234;a\n5.678;b\n");
        QVERIFY(!read(path, {"d"})->numbers[0].ambiguous.empty());
        const auto told = readTextColumns({path, {"d"}, {}, '.'}, Task());
        QVERIFY(told->numbers[0].ambiguous.empty());
        QCOMPARE(told->numbers[0].format.decimalMark, '.');
    }

    void hostileText()
    {
        ImportFixture fixture;
        const std::string longField(10000, 'x');
        const auto path = fixture.write(
            "t.csv", std::string("a,b\n1,\0\n2,", 10) + longField + "\n3,ok\n");
        const auto columns = read(path, {"a", "b"});
        if (columns.ok()) { // or else it is refused as binary, which is as good
            QVERIFY(columns->values[1].front().size() <= 4096);
        } else {
            QVERIFY(columns.error().code == ErrorCode::BadData);
        }
    }

    void missingTexts()
    {
        for (const char *text : {"", "NA", "n/a", "NaN", "null", "  "}) {
            QVERIFY(isMissingText(text));
        }
        for (const char *text : {"0", "no", "none", "nano", "-"}) {
            QVERIFY(!isMissingText(text));
        }
    }
};

QTEST_GUILESS_MAIN(TestTextColumns)
#include "tst_text_columns.moc"
