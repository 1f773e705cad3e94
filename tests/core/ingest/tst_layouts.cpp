#include "core/ingest/csv_sample.h"
#include "core/ingest/import_plan.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/forget_store.h"
#include "core/project/recovery.h"
#include "core/project/user_data_store.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

namespace {

/// How files are laid out in the wild, after Pollock (Vitagliano et al. 2023, PVLDB 16): each a
/// small log of four events of ann, bob, cid and dan, worth 1.5, 2, 3 and 4, unless something is
/// broken.
struct Layout {
    const char *name;
    std::string content;
    const char *users = "ann bob cid dan"; ///< in order of their ids
    int stored = 4;
    const char *reasons = ""; ///< of what is rejected
    ImportOptions options = {};
};

std::string table(const std::string &delimiter, const std::string &lineEnd = "\n",
                  const std::string &quote = "")
{
    std::string text;
    const std::vector<std::vector<std::string>> rows{
        {"user", "at", "kind", "amount"},
        {"ann", "2020-01-01 10:00", "purchase", "1.5"},
        {"bob", "2020-01-02 11:00", "purchase", "2"},
        {"cid", "2020-01-03 12:00", "purchase", "3"},
        {"dan", "2020-01-04 13:00", "purchase", "4"},
    };
    for (const auto &row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            text += (c == 0 ? "" : delimiter) + quote + row[c] + quote;
        }
        text += lineEnd;
    }
    return text;
}

ImportOptions numbered()
{
    ImportOptions options;
    options.recipe.columns = {
        {Role::User, "1"}, {Role::At, "2"}, {Role::Kind, "3"}, {Role::Amount, "4"}};
    return options;
}

ImportOptions headerRows(int rows)
{
    ImportOptions options = numbered();
    options.recipe.headerRows = rows;
    return options;
}

std::string inserted(std::string text, const std::string &before, const std::string &what)
{
    return text.insert(text.find(before), what);
}

std::string replaced(std::string text, const std::string &what, const std::string &by)
{
    return text.replace(text.find(what), what.size(), by);
}

std::vector<Layout> layouts()
{
    const std::string plain = table(",");
    const std::string noHeader = plain.substr(plain.find('\n') + 1);
    return {
        {"plain", plain},
        {"no last line end", plain.substr(0, plain.size() - 1)},
        {"two last line ends", plain + "\n"},
        {"many last line ends", plain + "\n\n \n\r\n"},
        {"blank lines between", inserted(plain, "cid", "\n\n")},
        {"crlf", table(",", "\r\n")},
        {"cr", table(",", "\r")},
        {"mixed line ends", replaced(replaced(plain, "1.5\n", "1.5\r\n"), "3\n", "3\r\n")},
        {"byte order mark", "\xEF\xBB\xBF" + plain},
        {"no header", noHeader, "ann bob cid dan", 4, "", numbered()},
        {"semicolon", table(";")},
        {"tab", table("\t")},
        {"bar", table("|")},
        {"caret", table("^")},
        {"comma and blank", table(", ")},
        {"comma and blank, quoted", table(", ", "\n", "\"")},
        {"semicolon and blank", table("; ")},
        {"everything quoted", table(",", "\n", "\"")},
        {"single quotes", table(",", "\n", "'")},
        {"blanks", "user at kind amount\nann 2020-01-01 purchase 1.5\nbob 2020-01-02 purchase 2\n"
                   "cid  2020-01-03   purchase 3\n dan\t2020-01-04 purchase 4 \n"},
        {"doubled quotes", replaced(plain, "ann", "\"a\"\"nn\""), "a\"nn bob cid dan"},
        {"escaped quotes", replaced(table(",", "\n", "\""), "ann", "a\\\"n,n"),
         "a\"n,n bob cid dan"},
        {"backslashes are text", replaced(plain, "ann", "C:\\ann\\"), "C:\\ann\\ bob cid dan"},
        {"a line end in quotes", replaced(plain, "bob", "\"b\nob\""), "ann b\nob cid dan"},
        {"a delimiter in quotes", replaced(plain, "bob", "\"b,ob\""), "ann b,ob cid dan"},
        {"stray quotes", replaced(plain, "bob", "b\"ob"), "ann b\"ob cid dan"},
        {"text behind a quote", replaced(plain, "bob", "\"b\"ob"), "ann cid dan", 3, "bad_quote 1"},
        {"unclosed quote", replaced(plain, "bob", "\"bob"), "ann cid dan", 3, "unclosed_quote 1"},
        {"a row too short", replaced(plain, "bob,", ""), "ann cid dan", 3, "wrong_column_count 1"},
        {"a row too long", replaced(plain, ",2\n", ",2,9\n"), "ann cid dan", 3,
         "wrong_column_count 1"},
        {"an empty row of delimiters", inserted(plain, "cid", ",,,\n"), "ann bob cid dan", 4,
         "missing_user 1"},
        {"delimiter at every end", replaced(table(",", ",\n"), "amount,\n", "amount\n")},
        {"delimiter at every end and the header's", table(",", ",\n")},
        {"preamble", "Sales of our shop\nmade on 2020-02-01\n\n" + plain},
        {"preamble with delimiters", "Report,7\n" + plain},
        {"two header rows", inserted(plain, "ann", "id,UTC,,EUR\n"), "ann bob cid dan", 4, "",
         headerRows(2)},
        {"three header rows", "a,b,c,d\n" + inserted(plain, "ann", "id,UTC,,EUR\n"),
         "ann bob cid dan", 4, "", headerRows(3)},
        {"a second table", plain + "\nstore,city\n1,Oslo\n2,Rome\n", "ann bob cid dan", 4,
         "wrong_column_count 3"},
        {"a second table of the same width", plain + "shop,since,type,area\nx,y,z,1\n",
         "ann bob cid dan", 4, "bad_date 2"},
        {"a foot", plain + "4 rows\n", "ann bob cid dan", 4, "wrong_column_count 1"},
        {"nul bytes", replaced(plain, "bob", std::string("b\0b", 3)), "ann cid dan", 3,
         "nul_byte 1"},
        {"a last character cut short", plain + "eve,2020-01-01,purchase,\xE6\x97",
         "ann bob cid dan", 4, "bad_encoding 1"},
        {"nameless first column",
         replaced(replaced(replaced(replaced(replaced(plain, "dan", "3,dan"), "cid", "2,cid"),
                                    "bob", "1,bob"),
                           "ann", "0,ann"),
                  "user", ",user")},
    };
}

/// 3 000 columns, some named alike.
std::string wideTable()
{
    std::string header = "user,at,kind,amount", row = ",2020-01-01,purchase,1";
    for (int k = 0; k < 3000; ++k) {
        header += ",c" + std::to_string(k / 2);
        row += "," + std::to_string(k);
    }
    return header + "\nann" + row + "\nbob" + row + "\n";
}

std::string allUsers(ImportFixture &fixture)
{
    Statement query(fixture.project().database(), "SELECT key FROM user ORDER BY id");
    std::string users;
    while (query.step()) {
        users += (users.empty() ? "" : " ") + query.text(0);
    }
    return users;
}

std::string reasonsOf(const ImportReport &report)
{
    std::string text;
    for (const auto &[reason, rows] : report.reasons) {
        text += (text.empty() ? "" : ", ") + reason + " " + std::to_string(rows);
    }
    return text;
}

} // namespace

class TestLayouts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void corpus_data();
    void corpus();
    void fieldsOf100Megabytes();
    void wideAndDuplicateHeaders();
    void numbers_data();
    void numbers();
    void laterRowsThatReadInTwoWays();
    void theOnlyDateFormatThatFits();
    void theSameRecipeAgain();
    void likelyMoreHeaderRowsAreSaid();
    void moreLinesAboveATableThanARecipeHasAreNone();
    void rejectedRowsAreReadByTheirLayout();
};

void TestLayouts::corpus_data()
{
    QTest::addColumn<int>("number");
    int number = 0;
    for (const Layout &layout : layouts()) {
        QTest::newRow(layout.name) << number++;
    }
}

void TestLayouts::corpus()
{
    QFETCH(int, number);
    const Layout layout = layouts()[static_cast<std::size_t>(number)];
    ImportFixture fixture;
    const auto report = fixture.import(layout.content, layout.options);
    VERIFY_OK(report);
    QCOMPARE(allUsers(fixture), std::string(layout.users));
    QCOMPARE(reasonsOf(*report), std::string(layout.reasons));
    const ImportTotals &totals = report->totals;
    QVERIFY(totals.balanced());
    QCOMPARE(totals.stored.rows, layout.stored);
    QCOMPARE(formatMoney(totals.stored.amount), std::string(layout.stored == 4 ? "10.5" : "8.5"));
    QCOMPARE(readRejected(fixture.project(), report->source, 0, 100)->size(),
             static_cast<std::size_t>(totals.rejected.rows));
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestLayouts::fieldsOf100Megabytes()
{
    const std::string big(100 << 20, 'x');
    for (const std::string &field : {big, "\"" + big + "\"", "\"" + big}) {
        ImportFixture fixture;
        const auto report = fixture.import(replaced(table(","), "bob", field));
        VERIFY_OK(report);
        QCOMPARE(allUsers(fixture), std::string("ann cid dan"));
        QCOMPARE(reasonsOf(*report), std::string("row_too_long 1"));
    }
}

void TestLayouts::wideAndDuplicateHeaders()
{
    ImportFixture fixture;
    const auto report = fixture.import(wideTable());
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 2);
    ImportOptions options;
    options.again = true;
    options.profile = "generic";
    options.recipe.columns[Role::Item] = "c7"; // there are two
    COMPARE_ERROR(fixture.import(wideTable(), options), ErrorCode::BadMapping);
    options.recipe.columns[Role::Item] = "5"; // its number tells
    VERIFY_OK(fixture.import(wideTable(), options));
}

void TestLayouts::numbers_data()
{
    QTest::addColumn<QString>("amounts"); // one per row, by |
    QTest::addColumn<QString>("read");    // or the error
    const auto row = [](const char *name, const char *amounts, const char *read) {
        QTest::newRow(name) << amounts << read;
    };
    row("points", "0.435|12.50|3", "0.435 12.5 3");
    row("commas", "0,435|12,50|3", "0.435 12.5 3");
    row("a comma before three digits", "0,435", "0.435");
    row("points between thousands", "1.000,92|3", "1000.92 3");
    row("commas between thousands", "1,000.92|3", "1000.92 3");
    row("blanks between thousands", "1 234,5|7", "1234.5 7");
    row("narrow blanks", "1\u202F234,5|1\u00A0000", "1234.5 1000");
    row("apostrophes", "1'234.50|1\u2019000.25", "1234.5 1000.25");
    row("two groups", "1.234.567|5", "1234567 5");
    row("accountants' negatives", "(12.50)|12.50-|\u221212.50|-12.50", "-12.5 -12.5 -12.5 -12.5");
    row("exponents", "1e3|1.5E-1|2E+2", "1000 0.15 200");
    row("one text settles the others", "1.234|0.5", "1.234 0.5");
    row("and the other way", "1.234|0,5", "1234 0.5");
    row("in two ways", "1.234|2", "ask 1.234");
    row("in two ways, comma", "1,234|2", "ask 1,234");
    row("in two ways, both", "1,234|1.234", "ask 1,234");
    row("whole numbers", "1234|5", "1234 5");
}

void TestLayouts::numbers()
{
    QFETCH(QString, amounts);
    QFETCH(QString, read);
    ImportFixture fixture;
    std::string log = "user;at;kind;amount\n";
    for (const QString &amount : amounts.split(QLatin1Char('|'))) {
        log += "u;2020-01-01;purchase;" + amount.toStdString() + "\n";
    }
    const auto report = fixture.import(log);
    if (read.startsWith(QLatin1String("ask "))) {
        COMPARE_ERROR(report, ErrorCode::AmbiguousNumbers);
        QCOMPARE(QString::fromStdString(report.error().detail), read.mid(4));
        return;
    }
    VERIFY_OK(report);
    Statement query(fixture.project().database(), "SELECT amount FROM event ORDER BY id");
    QStringList found;
    while (query.step()) {
        found << QString::fromStdString(formatMoney(query.integer(0)));
    }
    QCOMPARE(found.join(QLatin1Char(' ')), read);
}

// What the first rows leave open, no later row decides by itself.
void TestLayouts::laterRowsThatReadInTwoWays()
{
    std::string log = "user,at,kind,amount\n";
    for (int k = 0; k < 20'000; ++k) {
        log += "u,2020-01-01,purchase,7\n";
    }
    log += "u,2020-01-01,purchase,1.234\nu,2020-01-01,purchase,0.435\nu,2020-01-01,purchase,1.5\n";
    ImportFixture fixture;
    const auto report = fixture.import(log);
    VERIFY_OK(report);
    QCOMPARE(reasonsOf(*report), std::string("ambiguous_number 1"));
    QCOMPARE(formatMoney(report->totals.stored.amount), std::string("140001.935"));
    ImportOptions options;
    options.again = true;
    options.recipe.decimalMark = '.';
    const auto told = fixture.import(log, options);
    VERIFY_OK(told);
    QCOMPARE(formatMoney(told->totals.stored.amount), std::string("140003.169"));
}

void TestLayouts::theOnlyDateFormatThatFits()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind\na,01/02/2020,view\nb,31/01/2020,view\n");
    VERIFY_OK(report);
    QCOMPARE(*report->recipe.dateFormat, std::string("dd/mm/yyyy"));
    QCOMPARE(formatTimestamp(readUserEvents(fixture.project(), 1, 1)->front().at),
             std::string("2020-02-01T00:00:00Z"));
}

// The recipe that a report gives, laid on nothing, reads the file in the same way.
void TestLayouts::theSameRecipeAgain()
{
    for (const Layout &layout : layouts()) {
        ImportFixture fixture;
        const auto first = fixture.import(layout.content, layout.options);
        VERIFY_OK(first);
        ImportOptions options;
        options.again = true;
        options.recipe = *recipeFromJson(recipeToJson(first->recipe), "x");
        const auto second = fixture.import(layout.content, options);
        VERIFY_OK(second);
        QVERIFY2(second->totals == first->totals, layout.name);
        QVERIFY2(second->recipe == first->recipe, layout.name);
    }
}

void TestLayouts::likelyMoreHeaderRowsAreSaid()
{
    ImportFixture fixture;
    auto file = TextSource::open(
        fixture.write("two.csv", inserted(table(","), "ann", "id,UTC,,EUR\n")), {});
    QCOMPARE(sampleCsv(*file, {})->likelyMoreHeaderRows, 1);
    file = TextSource::open(fixture.write("one.csv", table(",")), {});
    QCOMPARE(sampleCsv(*file, {})->likelyMoreHeaderRows, 0);
}

// What is found can be written down.
void TestLayouts::moreLinesAboveATableThanARecipeHasAreNone()
{
    ImportFixture fixture;
    const std::string blank(static_cast<std::size_t>(kMaxSkippedLines), '\n');
    for (const auto &[above, skipped] : {std::pair{"x\n\n\n" + std::string("y\n"), std::int64_t{4}},
                                         std::pair{"x\n" + blank, std::int64_t{0}}}) {
        auto file = TextSource::open(
            fixture.write("f.csv", above + "user,at\na,2020-01-01\nb,2020-01-02\nc,2020-01-03\n"),
            {});
        VERIFY_OK(file);
        const auto sample = sampleCsv(*file, {});
        VERIFY_OK(sample);
        QCOMPARE(sample->dialect.skippedLines, skipped);
        ImportRecipe recipe;
        settleLayout(recipe, *sample);
        const auto read = recipeFromJson(recipeToJson(recipe), "x");
        VERIFY_OK(read);
        QVERIFY(*read == recipe);
    }
}

// A key is handed out with and erased from rejected rows as the file has written it.
void TestLayouts::rejectedRowsAreReadByTheirLayout()
{
    const std::string key = "o'neil;x\\y";
    const struct {
        const char *escape, *written, *another;
    } files[] = {{"none", "'o''neil;x\\y'", "'say o''neil;x\\y'"},
                 {"\\", "'o\\'neil\\;x\\\\y'", "'say o\\'neil\\;x\\\\y'"}};
    for (const auto &[escape, written, another] : files) {
        ImportFixture fixture;
        ImportOptions options;
        options.recipe.columns = {{Role::User, "user"}, {Role::At, "at"}, {Role::Kind, "kind"}};
        options.recipe.delimiter = Delimiter::Semicolon;
        options.recipe.quote = '\'';
        options.recipe.escape = escapeFromName(escape);
        const std::string row = std::string(written) + ";someday;view";
        VERIFY_OK(fixture.import("user;at;kind\n" + std::string(written) + ";2020-01-01;view\n" +
                                     row + "\nbob;2020-01-01;" + another + "\nbob;never;view\n",
                                 options));
        const auto handedOut = readRejectedNaming(fixture.project(), key);
        VERIFY_OK(handedOut);
        QCOMPARE(handedOut->size(), std::size_t{1});
        QCOMPARE(handedOut->front().row.raw, row);
        const auto erased = eraseUser(fixture.project(), key, Task());
        VERIFY_OK(erased);
        QCOMPARE(erased->rejectedRows, 2); // in doubt
        for (const RejectedRow &left : *readRejected(fixture.project(), 1, 0, 10)) {
            QVERIFY2(left.raw.empty() || left.raw == "bob;never;view", left.raw.c_str());
        }
        QVERIFY(verifyProject(fixture.project(), Task())->sound());
    }
}

QTEST_APPLESS_MAIN(TestLayouts)
#include "tst_layouts.moc"
