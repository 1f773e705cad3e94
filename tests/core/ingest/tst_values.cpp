#include "core/ingest/clean_text.h"
#include "core/ingest/decimal.h"
#include "core/ingest/kind_names.h"
#include "core/ingest/number_evidence.h"
#include "core/ingest/timestamp.h"

#include "core/base/text.h"

#include <QTest>

#include <algorithm>

using namespace perennial;

namespace {

std::string money(const char *text, const NumberFormat &format = {})
{
    const auto value = parseDecimal(text, format);
    const auto amount = value ? moneyFromDecimal(*value) : std::nullopt;
    return amount ? formatMoney(amount->amount) + (amount->rounded ? " rounded" : "") : "refused";
}

std::string product(const char *quantity, const char *price)
{
    const auto amount = moneyFromProduct(*parseDecimal(quantity, {}), *parseDecimal(price, {}));
    return amount ? formatMoney(amount->amount) : "refused";
}

std::string readTime(const char *text, const char *pattern = "")
{
    const auto at = DateFormat::compile(pattern)->parse(text);
    return at ? formatTimestamp(*at) : "refused";
}

} // namespace

class TestValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void amounts_data();
    void amounts();
    void marks();
    void marksByMostTexts_data();
    void marksByMostTexts();
    void numbersOfTwoReadings();
    void products();
    void dates_data();
    void dates();
    void patternsThatAreNone();
    void patternsThatFit();
    void kinds();
    void cleanedText();
};

void TestValues::amounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("amount");
    const auto row = [](const char *text, const char *amount) {
        QTest::newRow(text) << text << amount;
    };
    row("0", "0");
    row("12.5", "12.5");
    row(" -12.50 ", "-12.5");
    row("+3", "3");
    row(".5", "0.5");
    row("5.", "5");
    row("0000000000000000000001.10", "1.1");
    row("0.1", "0.1");
    row("1.00005", "1.0001 rounded");
    row("1.00004999999999999999999", "1 rounded");
    row("-1.00005", "-1.0001 rounded");
    row("2.50000000000000000000000000", "2.5");
    row("12.340000000000000142", "12.34 rounded");
    row("1e3", "1000");
    row("-1.5E-1", "-0.15");
    row("2e+2", "200");
    row("1e-30", "0 rounded");
    row("0e99", "0");
    row("5-", "-5");
    row("(5)", "-5");
    row("( 12.50 )", "-12.5");
    row("\u22127.5", "-7.5");
    row("1000000000000", "1000000000000");
    row("1000000000000.0001", "refused");
    row("99999999999999999999", "refused");
    for (const char *text :
         {"",     " ",    "-",   ".",     "+-1",   "1e", "e3", "nan", "NaN", "inf",
          "-inf", "0x10", "1,5", "1 000", "1.2.3", "$5", "-5-", "(-5)", "()", "(5", "5%", "١",
          "1e+", "1e1e1", "1e999", "1e1.5", "--5", "\u2212-5", "1e17e", "12e17"}) {
        QTest::newRow(QByteArray("bad ") + text) << text << "refused";
    }
}

void TestValues::amounts()
{
    QFETCH(QString, text);
    QFETCH(QString, amount);
    QCOMPARE(QString::fromStdString(money(text.toUtf8().constData())), amount);
}

void TestValues::marks()
{
    const NumberFormat german{',', "."};
    QCOMPARE(money("1.234,56", german), std::string("1234.56"));
    QCOMPARE(money("1234,56", german), std::string("1234.56"));
    QCOMPARE(money("1.234.567", german), std::string("1234567"));
    for (const char *text :
         {"1.23,4", "1.2345", "12345.678", ".123", "1..234", "1.234.", "1,234,5"}) {
        QCOMPARE(money(text, german), std::string("refused"));
    }
    QCOMPARE(money("-1\u202F234.5", {'.', "\u202F"}), std::string("-1234.5"));
    QCOMPARE(money("1,234.50", {'.', ","}), std::string("1234.5"));
    QCOMPARE(money("1.5", {',', ""}), std::string("refused"));
}

void TestValues::products()
{
    QCOMPARE(product("3", "2.95"), std::string("8.85"));
    QCOMPARE(product("-12", "0.001"), std::string("-0.012"));
    QCOMPARE(product("0.333", "0.333"), std::string("0.1109"));
    QCOMPARE(product("0.5", "0.0001"), std::string("0.0001")); // half away from zero
    QCOMPARE(product("999999999999999999", "999999999999999999"), std::string("refused"));
    QCOMPARE(product("999999999999999999", "0.000001"), std::string("1000000000000"));
}

void TestValues::dates_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *pattern, const char *text, const char *at) {
        QTest::addRow("%s|%s", pattern, text) << pattern << text << at;
    };
    row("", "2010-06-30", "2010-06-30T00:00:00Z");
    row("", "20100630", "2010-06-30T00:00:00Z");
    row("", "2010-06-30 12:05", "2010-06-30T12:05:00Z");
    row("", " 2010-06-30T12:05:09.987 ", "2010-06-30T12:05:09Z");
    row("", "2010-06-30T12:05:09Z", "2010-06-30T12:05:09Z");
    row("", "2010-06-30 12:05:09+02:00", "2010-06-30T10:05:09Z");
    row("", "2010-06-30T23:05:09-0330", "2010-07-01T02:35:09Z");
    row("", "2010-06-30 12:05:09 UTC", "2010-06-30T12:05:09Z");
    row("", "20100630T120509Z", "2010-06-30T12:05:09Z");
    row("", "1969-12-31 23:59:59", "1969-12-31T23:59:59Z");
    row("", "2000-02-29", "2000-02-29T00:00:00Z");
    row("yyyymmdd", "19970101", "1997-01-01T00:00:00Z");
    row("yyyy-mm-dd HH:MM:SS", "2009-12-01 07:45:00", "2009-12-01T07:45:00Z");
    row("yyyy-MM-dd HH:mm:ss", "2009-12-01 07:45:00", "2009-12-01T07:45:00Z");
    row("dd/mm/yyyy", "03/04/2010", "2010-04-03T00:00:00Z");
    row("mm/dd/yyyy", "03/04/2010", "2010-03-04T00:00:00Z");
    row("dd/mm/yyyy HH:MM", "3/4/2010 8:26", "2010-04-03T08:26:00Z");
    row("mm/dd/yyyy HH:MM a", "12/1/2010 12:26 AM", "2010-12-01T00:26:00Z");
    row("mm/dd/yyyy HH:MM a", "12/1/2010 8:26 pm", "2010-12-01T20:26:00Z");
    row("dd-mmm-yyyy", "7-June-2011", "2011-06-07T00:00:00Z");
    row("dd-mmm-yyyy", "7-SEPT-2011", "2011-09-07T00:00:00Z");
    row("dd-mmm-yyyy", "7-Septembers-2011", "refused");
    row("dd-mmm-yyyy", "7-Marble-2011", "refused");
    row("yyyy-mm-ddTHH:MM:SS.fz", "2010-06-30T12:05:09.1234+01:00", "2010-06-30T11:05:09Z");
    row("unix", "1277899509", "2010-06-30T12:05:09Z");
    row("unix", "-1", "1969-12-31T23:59:59Z");
    row("unix_ms", "1277899509999", "2010-06-30T12:05:09Z");
    for (const char *text : {"",
                             "2010-02-30",
                             "2010-13-01",
                             "2010-6-30",
                             "03/04/2010",
                             "1277899509",
                             "1899-12-31",
                             "2201-01-01",
                             "2010-06-30T",
                             "2010-06-30 24:00",
                             "2010-06-30 12:60",
                             "2010-06-30 1:05",
                             "2010-06-30 12:05:60",
                             "2010-06-30 12:05:09+16:00",
                             "2010-06-30x",
                             "2010-0630",
                             "201006301",
                             "today",
                             "0000-00-00",
                             "2010-06-30 12:05:",
                             "2010-06-30T12:05:09."}) {
        row("", text, "refused");
    }
    row("dd/mm/yyyy", "31/04/2010", "refused");
    row("dd/mm/yyyy", "03/04/10", "refused");
    row("dd/mm/yyyy", "03/04/2010 10:00", "refused");
    row("mm/dd/yyyy HH:MM a", "12/1/2010 13:26 PM", "refused");
    row("unix", "1e9", "refused");
    row("unix", "99999999999", "refused");
    row("unix_ms", "99999999999999999999", "refused");
}

void TestValues::dates()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(QString, time);
    QCOMPARE(
        QString::fromStdString(readTime(text.toUtf8().constData(), pattern.toUtf8().constData())),
        time);
}

void TestValues::patternsThatAreNone()
{
    for (const char *pattern : {"yy-mm-dd", "yyyy", "dd/mm", "yyyy-mm-dd-dd", "yyyy-mm-dd q",
                                "%Y-%m-%d", "yyyy-mmmm-dd", "2010-mm-dd", "yyyy-mm-mmm-dd"}) {
        const auto format = DateFormat::compile(pattern);
        QVERIFY2(!format.ok(), pattern);
        QVERIFY(format.error().code == ErrorCode::BadMapping);
        QCOMPARE(format.error().detail, std::string("date_format: ") + pattern);
    }
}

void TestValues::patternsThatFit()
{
    using Patterns = std::vector<std::string>;
    QVERIFY(
        (fittingDateFormats({"03/04/2010", "05/06/2010"}) == Patterns{"dd/mm/yyyy", "mm/dd/yyyy"}));
    QVERIFY(
        (fittingDateFormats({"03/04/2010", "25/06/2010", "n/a", ""}) == Patterns{"dd/mm/yyyy"}));
    QVERIFY((fittingDateFormats({"2010-06-30", "20100701"}) == Patterns{""}));
    QVERIFY((fittingDateFormats({"1277899509"}) == Patterns{"unix"}));
    QVERIFY((fittingDateFormats({"1277899509000"}) == Patterns{"unix_ms"}));
    QVERIFY(fittingDateFormats({"x", "12", ""}).empty());
    // One odd row does not decide on the others …
    QVERIFY((fittingDateFormats({"25/06/2010", "26/06/2010", "2010-06-30"}) ==
             Patterns{"dd/mm/yyyy"}));
    QVERIFY((fittingDateFormats({"25/06/2010", "2010-06-30", "2010-07-01"}) == Patterns{""}));
    // … but where days and months change places from row to row, somebody has to say.
    QVERIFY((fittingDateFormats({"25/06/2010", "03/04/2010", "26/06/2010", "06/25/2010"}) ==
             Patterns{"dd/mm/yyyy", "mm/dd/yyyy"}));
}

void TestValues::marksByMostTexts_data()
{
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("format"); ///< decimal and thousands mark
    QTest::addColumn<bool>("settled");
    QTest::addColumn<QString>("ambiguous");
    const auto row = [](const char *name, const QStringList &texts, const char *format, bool settled,
                        const char *ambiguous = "") {
        QTest::newRow(name) << texts << QString(format) << settled << QString(ambiguous);
    };
    row("none", {"x", ""}, ".", false);
    row("whole", {"1", "20"}, ".", false);
    row("point", {"1.5", "1.234"}, ".", true);
    row("comma", {"0,435", "3"}, ",", true);
    row("comma, points between thousands", {"1.000,92", "2.500"}, ",.", true);
    row("point, commas between thousands", {"1,000.92", "2,500"}, ".,", true);
    row("which?", {"1.234"}, ".", false, "1.234");
    row("words do not count", {"n/a", "1,5", "NaN"}, ",", true);
    row("one of blanks among points between thousands",
        {"0,435", "1.000,92", "1 234,5", "(12,50)", "1e3"}, ",.", true);
    row("a point among commas: what reads twice stays open", {"1,5", "2,5", "3,25", "1.5"}, ",",
        false);
    row("a comma among points", {"1.5", "2.5", "3,25"}, ".", false);
    row("as many of each", {"1.5", "2,5"}, ".", false, "1.5");
}

void TestValues::marksByMostTexts()
{
    QFETCH(const QStringList, texts);
    QFETCH(const QString, format);
    QFETCH(const bool, settled);
    QFETCH(const QString, ambiguous);
    std::vector<std::string> numbers;
    for (const QString &text : texts) {
        numbers.push_back(text.toStdString());
    }
    for (int turn = 0; turn < 2; ++turn) {
        const NumberEvidence evidence = numberEvidence(numbers);
        QCOMPARE(QString(QChar::fromLatin1(evidence.format.decimalMark)) +
                     QString::fromStdString(evidence.format.thousandsMark),
                 format);
        QCOMPARE(evidence.settled, settled);
        QCOMPARE(evidence.ambiguous.empty(), ambiguous.isEmpty());
        if (turn == 0) {
            QCOMPARE(QString::fromStdString(evidence.ambiguous), ambiguous);
        }
        std::ranges::reverse(numbers); // their order says nothing
    }
}

void TestValues::numbersOfTwoReadings()
{
    QVERIFY(isAmbiguousNumber("1.234", {}));
    QVERIFY(isAmbiguousNumber("1,234", {',', ""}));
    QVERIFY(isAmbiguousNumber("1.234", {',', "."}));
    for (const char *text : {"1234", "1.5", "0.435", "x", "1,234.5", ""}) {
        QVERIFY2(!isAmbiguousNumber(text, {}), text);
    }
    QVERIFY(!isAmbiguousNumber("0,435", {',', ""}));
}

void TestValues::kinds()
{
    const KindNames names({{"T", EventKind::Purchase}, {"view", EventKind::Click}});
    QVERIFY(names.find(" Add to Cart ") == EventKind::Cart);
    QVERIFY(names.find("PURCHASE") == EventKind::Purchase);
    QVERIFY(names.find("t") == EventKind::Purchase);
    QVERIFY(names.find("view") == EventKind::Click); // a recipe's own word wins
    QVERIFY(!names.find("").has_value());
    QVERIFY(!names.find("teleport").has_value());
}

void TestValues::cleanedText()
{
    using namespace std::string_literals;
    QCOMPARE(cleanText("caf\xC3\xA9", 100), "caf\xC3\xA9"s);
    QCOMPARE(cleanText("a\xFF\xFE"s, 100), "a\xEF\xBF\xBD\xEF\xBF\xBD"s);
    QCOMPARE(cleanText("a\0b"s, 100), "a\xEF\xBF\xBD"s + "b");
    QCOMPARE(cleanText("caf\xC3\xA9", 4), "caf"s); // no half character
    QVERIFY(isValidUtf8(cleanText(std::string(5000, '\x80'), 2000)));
    QVERIFY(cleanText(std::string(5000, '\x80'), 2000).size() <= 2000);
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
