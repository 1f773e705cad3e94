#include "core/project/key_match.h"

#include <QTest>

using namespace perennial;

namespace {

// Long and odd, as a key of a file is.
const std::string kAnna = "anna-7f3a9c@example.test";
const std::string kBert = "bert-1d2e8b@example.test";
const std::string kAnnasOrder = "ORDER-ANNA-55c1";

} // namespace

class TestKeyMatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesThatNameHim_data();
    void linesThatNameHim();
    void linesOfOtherFiles_data();
    void linesOfOtherFiles();
    void fieldsOfARow_data();
    void fieldsOfARow();
    void marksOfARecipe();
    void textsThatNameHim();
};

void TestKeyMatch::linesThatNameHim_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("named");
    const auto row = [](const char *name, const char *key, const QByteArray &line, bool named) {
        QTest::newRow(name) << QByteArray(key) << line << named;
    };
    row("first field", "U1", "U1,2024-01-01,x", true);
    row("last field", "U1", "x;y;U1", true);
    row("quoted", "U1", "a,\"U1\",b", true);
    row("blanks around", "U1", "a, U1 ,b", true);
    row("tabs", "U1", "a\tU1\tb", true);
    row("alone", "U1", "U1", true);
    row("other case", "U1", "a,u1,b", true);
    row("with decimals", "17850", "536365,17850.0,UK", true);
    row("part of a longer one", "U1", "a,U12,b", false);
    row("end of a longer one", "U1", "a,XU1,b", false);
    row("second try is right", "U1", "U12,U1", true);
    row("not there", "U1", "a,b,c", false);
    row("empty line", "U1", "", false);
    row("quote within", "o\"neil", "a,\"o\"\"neil\",b", true);
    row("comma within", "x,y", "1,\"x,y\",2", true);
    row("not ASCII", "m\xc3\xbcller", "1;m\xc3\xbcller;2", true);
    row("after a letter past ASCII", "ller", "1;m\xc3\xbcller;2", true); // in doubt
    row("cut off", "anna@example", QByteArray(1990, 'x') + ",anna@exa", true);
    row("cut off after one", "anna@example", QByteArray(1997, 'x') + ",a", true);
    row("a short line is not cut off", "anna@example", "x,anna@exa", false);
    row("cut off elsewhere", "anna@example", QByteArray(1990, 'x') + ",bert@exam", false);
    row("an order of his", "U1", "x,\"ORDER-1\",y", true);
    row("within another field", "U1", "x,ORDER-12,y", false);
    row("too short an order", "U1", "x,7,y", false);
}

void TestKeyMatch::linesThatNameHim()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, line);
    QFETCH(bool, named);
    QCOMPARE(KeyMatch(key.toStdString(), {"ORDER-1", "7"}).inLine(line.toStdString()), named);
}

// Keys with the marks of their file in them.
void TestKeyMatch::linesOfOtherFiles_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("marks"); // delimiter, quote, escape
    QTest::addColumn<bool>("named");       // to be erased
    QTest::addColumn<bool>("field");       // to be handed out
    const auto row = [](const char *name, const char *key, const QByteArray &line,
                        const char *marks, bool named, bool field) {
        QTest::newRow(name) << QByteArray(key) << line << QByteArray(marks, 3) << named << field;
    };
    const char *const usual = ",\"\0", *const single = ",'\0", *const escaped = ",\"\\",
                     *const singleEscaped = ";'\\", *const unquoted = ",\0\\",
                     *const blanks = " \"\0";
    row("plain", "U1", "a,U1,b", usual, true, true);
    row("in double quotes", "o\"neil", "a,\"o\"\"neil\",b", usual, true, true);
    row("in single quotes", "o'neil", "a,'o''neil',b", single, true, true);
    row("first in single quotes", "o'neil", "'o''neil',b", single, true, true);
    row("double quotes are text there", "a\"\"b", "1,a\"\"b,2", single, true, true);
    row("escaped quote", "o\"neil", "a,\"o\\\"neil\",b", escaped, true, true);
    row("escaped single quote", "o'neil", "a;'o\\'neil';b", singleEscaped, true, true);
    row("escaped escape", "dom\\anna", "x,dom\\\\anna,y", escaped, true, true);
    row("escaped delimiter", "x,y", "1,x\\,y,2", unquoted, true, true);
    row("delimiter within quotes", "x;y", "1;'x;y';2", singleEscaped, true, true);
    row("quote at its end", "5\"", "\"5\"\"\",x", usual, true, true);
    row("blanks", "U1", "a   U1\tb", blanks, true, true);
    row("a word of another's field", "anna", "\"Smith, anna\",bert", usual, true, false);
    row("a word of another's address", "anna", "bert,anna street 5", usual, true, false);
    row("in other case", "anna", "x,ANNA", usual, true, false);
    row("with decimals", "17850", "536365,17850.0,UK", usual, true, false);
    row("behind a wrong quote", "anna", "x,\"b\"ob,anna", usual, true, false);
    row("before a wrong quote", "anna", "anna,\"b\"ob", usual, true, true);
    row("in a quote never closed", "anna", "x,\"bob,anna", usual, true, false);
    row("longer", "anna", "annas,'hanna'", single, false, false);
    row("cut off in single quotes", "o'neil@example", QByteArray(1985, 'x') + ",'o''neil@ex",
        single, true, false);
    row("cut off between two quotes", "o'neil", QByteArray(1996, 'x') + ",'o'", single, true,
        false);
}

void TestKeyMatch::linesOfOtherFiles()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, marks);
    QFETCH(bool, named);
    QFETCH(bool, field);
    const KeyMatch match(key.toStdString(), {});
    const RowMarks row{marks[0], marks[1], marks[2]};
    QCOMPARE(match.inLine(line.toStdString(), row), named);
    QCOMPARE(match.isField(line.toStdString(), row), field);
}

void TestKeyMatch::fieldsOfARow_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("marks");
    QTest::addColumn<QByteArray>("fields"); // with a bar between
    const auto row = [](const QByteArray &text, const char *marks, const char *fields) {
        QTest::addRow("%s", text.constData()) << text << QByteArray(marks, 3)
                                              << QByteArray(fields);
    };
    row("", ",\"\0", "");
    row("a,b,c", ",\"\0", "a|b|c");
    row("a,,", ",\"\0", "a||");
    row(" a , \"b \" ,c\r", ",\"\0", "a|b|c");
    row("a;b,c", ";\"\0", "a|b,c");
    row("a,b;c", "\0\"\0", "a|b|c"); // how it is written is not known
    row("'a,''b'' d',c", ",'\0", "a,'b' d|c");
    row("a\\,b,c\\", ",\"\\", "a,b|c\\");
    row("a,\"b\"c,d", ",\"\0", "a");
    row("a,\"b", ",\"\0", "a");
    row("a\"b,c", ",\"\0", "a\"b|c");
    row("a,\"b\nc\",d", ",\"\0", "a|b\nc|d");
}

void TestKeyMatch::fieldsOfARow()
{
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, marks);
    QFETCH(QByteArray, fields);
    QByteArrayList found;
    for (const std::string &field :
         fieldsOf(row.toStdString(), {marks[0], marks[1], marks[2]})) {
        found << QByteArray::fromStdString(field);
    }
    QCOMPARE(found.join('|'), fields);
}

void TestKeyMatch::marksOfARecipe()
{
    const std::string none(1, '\0');
    const std::map<std::string, std::string> marks{
        {"{}", none + '"' + none},
        {"nonsense", none + '"' + none},
        {"{\"delimiter\":5,\"quote\":[\"x\"],\"escape\":\"none\"}", none + '"' + none},
        {"{\"delimiter\":\"tab\",\"quote\":\"'\",\"escape\":\"\\\\\"}", "\t'\\"},
        {"{\"delimiter\":\"^\",\"quote\":\"none\"}", "^" + none + none},
        {"{\"delimiter\":\"blanks\"}", " \"" + none},
    };
    for (const auto &[recipe, expected] : marks) {
        const RowMarks found = rowMarks(recipe);
        const std::string text{found.delimiter, found.quote, found.escape};
        QVERIFY2(text == expected, recipe.c_str());
    }
}

void TestKeyMatch::textsThatNameHim()
{
    const KeyMatch anna(kAnna, {}), ten("10", {});
    QVERIFY(anna.inText("orders of " + kAnna + ", 2024"));
    QVERIFY(!anna.inText("orders of " + kAnna + "s"));
    QVERIFY(ten.inText("10"));
    QVERIFY(!ten.inText("10 per cent")); // a likeness
    QCOMPARE(anna.without("of " + kAnna + " and " + kAnna + "!"), "of *** and ***!");
    QVERIFY(ten.inJson(R"({"user": "10"})"));
    QVERIFY(!ten.inJson(R"({"effect": 10, "list": [10]})"));
    QVERIFY(anna.inJson(R"({"a": [{")" + kAnna + R"(": 1}]})"));
    QCOMPARE(anna.withoutInJson(R"({"users":[")" + kAnna + R"(","x"],"n":1.5})"),
             R"({"n":1.5,"users":["***","x"]})");
    QVERIFY(anna.inJson("no JSON, but " + kAnna));
    QVERIFY(!anna.inJson(std::string(100'000, '['))); // a hostile one ends nothing
}

QTEST_APPLESS_MAIN(TestKeyMatch)
#include "tst_key_match.moc"
