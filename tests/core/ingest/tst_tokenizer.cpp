#include "core/base/rng.h"
#include "core/ingest/tokenizer.h"

#include <QTest>

#include <string>
#include <vector>

using namespace perennial;

namespace {

struct Row {
    std::vector<std::string> fields;
    std::string raw;
    RowReason defect = RowReason::None;
    std::int64_t line = 0;
    bool operator==(const Row &) const = default;
};

using Rows = std::vector<Row>;

/// Feeds the text `step` bytes at a time.
Rows rowsOf(const std::string &text, Dialect dialect, std::size_t step)
{
    Tokenizer tokenizer(dialect);
    Arena arena;
    Rows rows;
    std::string rest;
    for (std::size_t at = 0;; at += step) {
        rest += text.substr(std::min(at, text.size()), step);
        const bool last = at + step >= text.size();
        tokenizer.feed(rest, last, arena);
        while (const auto record = tokenizer.next()) {
            rows.push_back({{record->fields.begin(), record->fields.end()},
                            std::string(record->raw),
                            record->defect,
                            record->line});
        }
        rest.erase(0, tokenizer.consumed());
        if (last) {
            return rows;
        }
    }
}

Rows rowsOf(const std::string &text, Dialect dialect = {})
{
    return rowsOf(text, dialect, text.size() + 1);
}

using Fields = std::vector<std::string>;

} // namespace

class TestTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splitsFields_data();
    void splitsFields();
    void blankLinesAreNoRows();
    void runsOfBlanksAreOneDelimiter();
    void lineEnds();
    void wrongQuotesCostOneRow();
    void unclosedQuoteIsBounded();
    void longLineIsSkipped();
    void manyOpenQuotesTakeNoLongerThanTheText_data();
    void manyOpenQuotesTakeNoLongerThanTheText();
    void whatFollowsARefusedRowIsReadAsByItself();
    void piecesDoNotMatter();
    void randomBytesNeverBreakIt();
};

void TestTokenizer::splitsFields_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("plain") << "a,b,c" << QStringList{"a", "b", "c"};
    QTest::newRow("empty fields") << ",,\n" << QStringList{"", "", ""};
    QTest::newRow("quoted") << "\"a,b\",c\n" << QStringList{"a,b", "c"};
    QTest::newRow("doubled") << "\"say \"\"hi\"\"\",x" << QStringList{"say \"hi\"", "x"};
    QTest::newRow("only quotes") << "\"\"\"\"" << QStringList{"\""};
    QTest::newRow("empty quoted") << "\"\",\"\"" << QStringList{"", ""};
    QTest::newRow("line end inside") << "\"a\r\nb\",c\r\n" << QStringList{"a\r\nb", "c"};
    QTest::newRow("quote in plain field") << "5\" nail,b" << QStringList{"5\" nail", "b"};
    QTest::newRow("blank before quote") << "a, \"b\"" << QStringList{"a", " \"b\""};
    QTest::newRow("quoted at the end") << "a,\"b\"\r\n" << QStringList{"a", "b"};
    QTest::newRow("mark") << "\xEF\xBB\xBFuser,at" << QStringList{"user", "at"};
    QTest::newRow("mark and quote") << "\xEF\xBB\xBF\"user\",at" << QStringList{"user", "at"};
}

void TestTokenizer::splitsFields()
{
    QFETCH(QString, text);
    QFETCH(QStringList, fields);
    const Rows rows =
        rowsOf(text.startsWith(QChar(0xEF)) ? text.toLatin1().toStdString() : text.toStdString());
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].defect, RowReason::None);
    QCOMPARE(rows[0].fields.size(), static_cast<std::size_t>(fields.size()));
    for (int k = 0; k < fields.size(); ++k) {
        QCOMPARE(QString::fromStdString(rows[0].fields[static_cast<std::size_t>(k)]), fields[k]);
    }
}

void TestTokenizer::blankLinesAreNoRows()
{
    const Rows rows = rowsOf("\n\na,b\n   \n\r\n\"\"\nc,d\n\n");
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0].line, 3);
    QCOMPARE(rows[1].line, 6); // a quoted empty field is one
    QCOMPARE(rows[2].line, 7);
    QCOMPARE(rowsOf("\t\t\n", {Delimiter::Tab, '\n'}).size(), std::size_t{1});
    QVERIFY(rowsOf("").empty());
    QVERIFY(rowsOf("\n").empty());
}

void TestTokenizer::runsOfBlanksAreOneDelimiter()
{
    const Rows rows =
        rowsOf(" 00001 19970101  1   11.77\r\n\"a b\" \t c \r\n x", {Delimiter::Blanks, '\n'});
    QCOMPARE(rows.size(), std::size_t{3});
    QVERIFY((rows[0].fields == Fields{"00001", "19970101", "1", "11.77"}));
    QVERIFY((rows[1].fields == Fields{"a b", "c"}));
    QVERIFY((rows[2].fields == Fields{"x"}));
}

void TestTokenizer::lineEnds()
{
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const Dialect dialect{Delimiter::Comma, end == "\r" ? '\r' : '\n'};
        const Rows rows = rowsOf("a,b" + end + "\"c" + end + "d\",e" + end + "f,g", dialect);
        QCOMPARE(rows.size(), std::size_t{3});
        QVERIFY((rows[1].fields == Fields{"c" + end + "d", "e"}));
        QVERIFY((rows[2].fields == Fields{"f", "g"}));
        QCOMPARE(rows[2].line, 4);
    }
    // A return inside a line of a file with line feeds is text.
    QVERIFY((rowsOf("a\rb,c\n")[0].fields == Fields{"a\rb", "c"}));
}

void TestTokenizer::wrongQuotesCostOneRow()
{
    const Rows rows = rowsOf("1,\"a\"b,2\n3,c,4\n5,\"open,6\n7,d,8\n");
    QCOMPARE(rows.size(), std::size_t{4});
    QCOMPARE(rows[0].defect, RowReason::BadQuote);
    QCOMPARE(rows[0].raw, std::string("1,\"a\"b,2"));
    QCOMPARE(rows[1].defect, RowReason::None);
    QCOMPARE(rows[2].defect, RowReason::UnclosedQuote);
    QCOMPARE(rows[2].line, 3);
    QVERIFY((rows[3].fields == Fields{"7", "d", "8"}));
}

void TestTokenizer::unclosedQuoteIsBounded()
{
    std::string text = "1,\"open\n";
    const std::size_t lines = kMaxRecordBytes / 4 + 10;
    for (std::size_t k = 0; k < lines; ++k) {
        text += "a,b\n";
    }
    const Rows rows = rowsOf(text, {}, 1 << 16);
    QCOMPARE(rows.size(), lines + 1);
    QCOMPARE(rows[0].defect, RowReason::RowTooLong);
    QCOMPARE(rows[0].raw, std::string("1,\"open"));
    QCOMPARE(rows.back().line, static_cast<std::int64_t>(lines) + 1);
}

void TestTokenizer::longLineIsSkipped()
{
    const std::string text = "a,b\n" + std::string(3 * kMaxRecordBytes, 'x') + "\nc,d\n";
    const Rows rows = rowsOf(text, {}, 1 << 18);
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[1].defect, RowReason::RowTooLong);
    QVERIFY((rows[2].fields == Fields{"c", "d"}));
    QCOMPARE(rows[2].line, 3);
}

void TestTokenizer::manyOpenQuotesTakeNoLongerThanTheText_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("end");
    QTest::newRow("open to the end") << "a\",\"b\n"
                                     << "";
    QTest::newRow("a wrong quote at the end") << "a\",\"b\n"
                                              << "a\"b\n";
    QTest::newRow("escaped line ends") << "a\\\n"
                                       << "";
    QTest::newRow("both by turns") << "a\\\nb\",\"c\n"
                                   << "";
}

// Each of these lines opens a record that runs to the end of what a record may have. Read one by
// one that would be 2 * 10^12 characters, hours; the test's own limit of time fails it then.
void TestTokenizer::manyOpenQuotesTakeNoLongerThanTheText()
{
    QFETCH(QString, line);
    QFETCH(QString, end);
    std::string text;
    while (text.size() < 8 * kMaxRecordBytes) {
        text += line.toStdString();
    }
    text += end.toStdString();
    Dialect dialect;
    dialect.escape = '\\';
    const Rows rows = rowsOf(text, dialect, 1 << 19);
    QCOMPARE(rows.front().line, 1);
    QVERIFY(rows.front().defect != RowReason::None);
    std::string raw = line.toStdString();
    raw.resize(raw.find('\n'));
    QCOMPARE(rows.front().raw, raw);
    QVERIFY(std::ranges::count(rows, RowReason::RowTooLong, &Row::defect) > 100'000);
}

// What the tokenizer remembers of open quotes changes nothing.
void TestTokenizer::whatFollowsARefusedRowIsReadAsByItself()
{
    Rng rng(11);
    const std::string alphabet = "a,\"\"\"\n\n\r\\ ";
    int refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint32_t size = rng.below(80); size > 0; --size) {
            text += alphabet[rng.below(static_cast<std::uint32_t>(alphabet.size()))];
        }
        Dialect dialect;
        dialect.escape = round % 2 == 0 ? '\\' : char{0};
        dialect.blanksBeforeQuote = round % 3 == 0;
        dialect.delimiter = round % 5 == 0 ? Delimiter::Blanks : Delimiter::Comma;
        const Rows rows = rowsOf(text, dialect);
        for (std::size_t k = 0; k < rows.size(); ++k) {
            if (rows[k].defect == RowReason::None) {
                continue;
            }
            ++refused;
            dialect.skippedLines = rows[k].line;
            const Rows rest(rows.begin() + static_cast<std::ptrdiff_t>(k) + 1, rows.end());
            QVERIFY2(rowsOf(text, dialect) == rest,
                     QByteArray::fromStdString(text).toHex().constData());
        }
    }
    QVERIFY(refused > 1000);
}

void TestTokenizer::piecesDoNotMatter()
{
    const std::string text =
        "\xEF\xBB\xBFuser,at,note\r\n1,\"a \"\"b\"\"\r\nc\",x\r\n\r\n2,\"bad\"x,y"
        "\r\n   \r\n3,\"\",\"\"\r\n4,5\" x,\"z\"\r\n5,\"open,e\r\n6,f,g";
    for (const Delimiter delimiter : {Delimiter::Comma, Delimiter::Blanks, Delimiter::Tab}) {
        const Dialect dialect{delimiter, '\n'};
        const Rows whole = rowsOf(text, dialect);
        QVERIFY(whole.size() > 5);
        for (std::size_t step = 1; step <= 64; ++step) {
            QVERIFY2(rowsOf(text, dialect, step) == whole, std::to_string(step).c_str());
        }
    }
}

void TestTokenizer::randomBytesNeverBreakIt()
{
    Rng rng(7);
    const std::string alphabet = "ab,\"\"\n\r\t ;|\xFF\xC3\xA9";
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::uint32_t size = rng.below(60); size > 0; --size) {
            text += round % 2 == 0
                        ? alphabet[rng.below(static_cast<std::uint32_t>(alphabet.size()))]
                        : static_cast<char>(rng.below(256));
        }
        const Dialect dialect{rng.below(2) == 0 ? Delimiter::Comma : Delimiter::Blanks,
                              rng.below(4) == 0 ? '\r' : '\n'};
        const Rows whole = rowsOf(text, dialect);
        for (const std::size_t step : {1, 2, 3, 7}) {
            QVERIFY2(rowsOf(text, dialect, step) == whole,
                     QByteArray::fromStdString(text).toHex().constData());
        }
        std::int64_t line = 0;
        for (const Row &row : whole) {
            QVERIFY(row.line > line); // each begins on a line of its own
            line = row.line;
        }
    }
}

QTEST_GUILESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
