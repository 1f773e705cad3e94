#include "core/base/rng.h"
#include "core/base/text.h"
#include "core/ingest/batch_pipe.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

namespace {

ImportOptions purchases(std::map<Role, std::string> columns)
{
    ImportOptions options;
    options.recipe.columns = std::move(columns);
    options.recipe.constants[Role::Kind] = "purchase";
    return options;
}

std::string reasonsText(const ImportReport &report)
{
    std::string text;
    for (const auto &[reason, rows] : report.reasons) {
        text += (text.empty() ? "" : ", ") + reason + " " + std::to_string(rows);
    }
    return text;
}

} // namespace

class TestImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void genericLog();
    void columnsByNumberAndConstants();
    void moneyOfARow();
    void refunds();
    void kindsWithoutMoney();
    void reasonsAndKeptRows();
    void dedupeExact();
    void dedupeByEventId();
    void roundedAmountsAreCounted();
    void notationIsExplicit();
    void dryRunWritesNothing();
    void sameContentTwice();
    void aNameInAnyBytes();
    void chunksAndBlocksDoNotMatter();
    void randomFilesBalance();
    void hugeAmountsDoNotOverflow();
    void laterImportFillsGapsOnly();
};

void TestImport::genericLog()
{
    ImportFixture fixture;
    const auto report = fixture.import(
        "user,at,kind,item,item_name,category,quantity,price,amount,order,device,place,channel\n"
        "u1,2020-01-02T03:04:05+01:00,Purchase,i1,Lamp,Home,2,4.5,9,o1,phone,Oslo,mail\n"
        " u1 ,2020-01-03,page view,i1,,,,,,,,,\n"
        "u2,20200104,add-to-cart,,,,,,,,,,\n");
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 3);
    QCOMPARE(report->users, 2);
    QCOMPARE(report->items, 1);
    QCOMPARE(report->orders, 1);
    const auto events = readUserEvents(fixture.project(), 1, 10);
    QCOMPARE(events->size(), std::size_t{2});
    const UserEvent &bought = events->back();
    QCOMPARE(formatTimestamp(bought.at), std::string("2020-01-02T02:04:05Z"));
    QVERIFY(bought.kind == EventKind::Purchase);
    QCOMPARE(bought.amount, 9 * kMoneyUnit);
    QCOMPARE(bought.quantity, 2.0);
    QCOMPARE(bought.order, std::string("o1"));
    QCOMPARE(bought.device + bought.place + bought.channel, std::string("phoneOslomail"));
    QVERIFY(events->front().kind == EventKind::View);
    const ItemRecord item = readItems(fixture.project())->front();
    QCOMPARE(item.name, std::string("Lamp"));
    QCOMPARE(item.category, std::string("Home"));
    QCOMPARE(*item.price, 45000);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestImport::columnsByNumberAndConstants()
{
    ImportFixture fixture;
    ImportOptions options = purchases({{Role::User, "2"}, {Role::At, "1"}, {Role::Amount, "3"}});
    options.recipe.constants[Role::Place] = "Web";
    options.recipe.headerRows = 0;
    const auto report = fixture.import("2020-01-01;ann;3.5\n2020-01-02;bob;4\n", options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 2);
    QCOMPARE(report->totals.stored.amount, 75000);
    QVERIFY(*report->recipe.delimiter == Delimiter::Semicolon);
    QCOMPARE(readUserEvents(fixture.project(), 2, 1)->front().place, std::string("Web"));
    // Whose a rejected row is, is told by the column.
    const std::string mapping = readSources(fixture.project())->front().mapping;
    QVERIFY2(mapping.find("\"user_column\":2") != std::string::npos, mapping.c_str());
}

void TestImport::moneyOfARow()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind,quantity,price,amount\n"
                                       "u,2020-01-01,purchase,3,0.335,\n"  // computed: 1.005
                                       "u,2020-01-01,purchase,3,0.335,7\n" // the amount wins
                                       "u,2020-01-01,purchase,,2,\n"       // a quantity is needed
                                       "u,2020-01-01,purchase,2,,\n"   // nothing to compute from
                                       "u,2020-01-01,purchase,x,2,1\n" // broken beside an amount
                                       "u,2020-01-01,purchase,0,5,\n");
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 3);
    QCOMPARE(formatMoney(report->totals.stored.amount), std::string("8.005"));
    QCOMPARE(reasonsText(*report), std::string("bad_quantity 2, missing_amount 1"));
    QCOMPARE(formatMoney(report->totals.rejected.amount), std::string("1"));
}

void TestImport::refunds()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind,amount\n"
                                       "u,2020-01-01,purchase,10\n"
                                       "u,2020-01-02,refund,4\n"
                                       "u,2020-01-03,refund,-3\n"
                                       "u,2020-01-04,purchase,-2\n");
    VERIFY_OK(report);
    QCOMPARE(report->purchases, 1);
    QCOMPARE(report->refunds, 3);
    QCOMPARE(formatMoney(report->gross), std::string("10"));
    QCOMPARE(formatMoney(report->refunded), std::string("-9"));
    QCOMPARE(formatMoney(report->totals.read.amount), std::string("1"));
    QVERIFY(report->totals.balanced());
}

void TestImport::kindsWithoutMoney()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind,quantity,price\n"
                                       "u,2020-01-01,view,,9.99\n"
                                       "u,2020-01-01,rating,4,9.99\n"
                                       "u,2020-01-01,purchase,1,9.99\n");
    VERIFY_OK(report);
    QCOMPARE(formatMoney(report->totals.stored.amount), std::string("9.99"));
    QCOMPARE(report->totals.stored.rows, 3);
}

void TestImport::reasonsAndKeptRows()
{
    using namespace std::string_literals;
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind,amount\n"s
                                       ",2020-01-01,view,1\n" // line 2
                                       "u,,view,1\n"
                                       "u,01/02/2020,view,1\n"
                                       "u,2020-01-01,,1\n"
                                       "u,2020-01-01,dance,1\n"
                                       "u,2020-01-01,view,1e\n"
                                       "u,2020-01-01,view\n"
                                       "u,2020-01-01,view,1,2\n"
                                       "caf\xE9,2020-01-01,view,1\n" // line 10
                                       "u\0,2020-01-01,view,1\n"
                                       "\"u\"x,2020-01-01,view,1\n" +
                                       std::string(600, 'k') +
                                       ",2020-01-01,view,1\n"
                                       "u,2020-01-01,view,1\n"s);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 1);
    QCOMPARE(report->totals.rejected.rows, 12);
    const std::vector<std::string> expected{
        "missing_user", "missing_time", "bad_date",           "missing_kind",
        "bad_kind",     "bad_amount",   "wrong_column_count", "wrong_column_count",
        "bad_encoding", "nul_byte",     "bad_quote",          "key_too_long"};
    const auto kept = readRejected(fixture.project(), report->source, 0, 100);
    QCOMPARE(kept->size(), expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k) {
        const RejectedRow &row = (*kept)[k];
        QCOMPARE(row.reason, expected[k]);
        QCOMPARE(row.line, static_cast<std::int64_t>(k) + 2);
        QVERIFY(isValidUtf8(row.raw));
        QCOMPARE(report->firstRejected[k].reason, expected[k]);
    }
    QCOMPARE((*kept)[0].column, std::string("user"));
    QCOMPARE((*kept)[2].raw, std::string("u,01/02/2020,view,1"));
    QCOMPARE((*kept)[5].column, std::string("amount"));
    QCOMPARE((*kept)[8].raw, std::string("caf\xEF\xBF\xBD,2020-01-01,view,1"));
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestImport::dedupeExact()
{
    ImportFixture fixture;
    ImportOptions options;
    options.recipe.dedupe = Dedupe::Exact;
    const auto report = fixture.import("user,at,kind,amount\n"
                                       "u,2020-01-01,purchase,1\n"
                                       "\"u\",2020-01-01,purchase,1\r\n" // the same text, quoted
                                       "u,2020-01-01,purchase,1.0\n"     // another text
                                       ",2020-01-01,purchase,5\n"
                                       ",2020-01-01,purchase,5\n" // also of rows that are rejected
                                       "u,2020-01-01\n"
                                       "u,2020-01-01\n", // what is no row has no duplicates
                                       options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 2);
    QCOMPARE(report->totals.duplicate.rows, 2);
    QCOMPARE(formatMoney(report->totals.duplicate.amount), std::string("6"));
    QCOMPARE(report->totals.rejected.rows, 3);
    QVERIFY(report->totals.balanced());
}

void TestImport::dedupeByEventId()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind,event_id\n"
                                       "u,someday,view,e1\n" // rejected: does not use the id up
                                       "u,2020-01-01,view,e1\n"
                                       "u,2020-01-02,view,e1\n"
                                       "u,2020-01-02,view,\n"
                                       "u,2020-01-02,view,\n"
                                       "u,2020-01-02,view,e2\n");
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 4);
    QCOMPARE(report->totals.duplicate.rows, 1);
    QCOMPARE(report->totals.rejected.rows, 1);
}

void TestImport::roundedAmountsAreCounted()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,at,kind,amount\n"
                                       "u,2020-01-01,purchase,1.23456\n"
                                       "u,2020-01-01,purchase,1.2345\n"
                                       "u,2020-01-01,purchase,2.99995\n");
    VERIFY_OK(report);
    QCOMPARE(report->roundedAmounts, 2);
    QCOMPARE(formatMoney(report->totals.stored.amount), std::string("5.4691"));
}

void TestImport::notationIsExplicit()
{
    ImportFixture fixture;
    ImportOptions options =
        purchases({{Role::User, "Kunde"}, {Role::At, "Datum"}, {Role::Amount, "Betrag"}});
    options.recipe.decimalMark = ',';
    options.recipe.thousandsMark = ".";
    options.recipe.dateFormat = "dd.mm.yyyy";
    const auto report = fixture.import("Kunde;Datum;Betrag\na;3.4.2020;1.234,50\n"
                                       "b;05.04.2020;7,25\nc;06.04.2020;7.25\n",
                                       options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 2);
    QCOMPARE(formatMoney(report->totals.stored.amount), std::string("1241.75"));
    QCOMPARE(reasonsText(*report), std::string("bad_amount 1"));
    QCOMPARE(formatTimestamp(readUserEvents(fixture.project(), 1, 1)->front().at),
             std::string("2020-04-03T00:00:00Z"));
    // Without the format both readings of the dates are possible, and neither is taken.
    options.recipe.dateFormat.reset();
    options.again = true;
    const auto refused = fixture.import("Kunde;Datum;Betrag\na;3.4.2020;1\n", options);
    COMPARE_ERROR(refused, ErrorCode::AmbiguousDates);
    QCOMPARE(refused.error().detail, std::string("dd.mm.yyyy, mm.dd.yyyy"));
}

void TestImport::dryRunWritesNothing()
{
    ImportFixture fixture;
    const auto before = dataHash(fixture.project());
    ImportOptions options;
    options.dryRun = true;
    const std::string log = "user,at,kind,item,amount\nu,2020-01-01,purchase,i,1\n,,,,\n"
                            "v,2020-01-01,purchase,i,2\n";
    const auto dry = fixture.import(log, options);
    VERIFY_OK(dry);
    QCOMPARE(fixture.sourceCount(), std::size_t{0});
    QCOMPARE(*dataHash(fixture.project()), *before);
    const auto real = fixture.import(log);
    VERIFY_OK(real);
    QVERIFY(dry->totals == real->totals);
    QCOMPARE(dry->users, real->users);
    QCOMPARE(dry->items, real->items);
    QCOMPARE(dry->source, 0);
}

void TestImport::sameContentTwice()
{
    ImportFixture fixture;
    const std::string log = "user,at,kind\nu,2020-01-01,view\n";
    VERIFY_OK(fixture.import(log));
    const auto second = fixture.import(log);
    COMPARE_ERROR(second, ErrorCode::AlreadyImported);
    QCOMPARE(second.error().detail, std::string("events.csv"));
    ImportOptions options;
    options.again = true;
    VERIFY_OK(fixture.import(log, options));
    QCOMPARE(readCounts(fixture.project())->events, 2);
}

// A file's name need not be UTF-8; it is written into the project and its log all the same.
void TestImport::aNameInAnyBytes()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("caf\xE9.csv", "user,at,kind\na,2020-01-01,view\n");
    VERIFY_OK(importFile(fixture.project(), options, Task()));
    const auto log = readAudit(fixture.project(), 1);
    VERIFY_OK(log);
    QVERIFY(log->front().detail.find("caf\xEF\xBF\xBD.csv") != std::string::npos);
}

void TestImport::chunksAndBlocksDoNotMatter()
{
    ImportFixture fixture;
    std::string log = "\xEF\xBB\xBFuser,at,kind,item_name\r\n";
    for (int k = 0; k < 60; ++k) {
        log += "u" + std::to_string(k % 7) + ",2020-01-0" + std::to_string(1 + k % 9) +
               ",view,\"a \"\"b\"\"\r\n" + std::to_string(k) + "\"\r\n" +
               (k % 11 == 0 ? "\r\n" : "") + (k % 13 == 0 ? "\"x\"y,z\r\n" : "");
    }
    ImportOptions options;
    options.path = fixture.write("log.csv", log);
    const auto requested = requestedRecipe(options);
    auto file = TextSource::open(options.path, {});
    const auto sample = sampleCsv(*file, {});
    const auto plan = makePlan(*requested, *sample, "log.csv");
    VERIFY_OK(plan);
    std::string expected;
    for (std::size_t block = 1; block <= 64; ++block) {
        QVERIFY(file->rewind().ok());
        BatchPipe pipe(BatchReader(*file, *plan, {3 + static_cast<int>(block), {}, block}));
        std::string seen;
        std::int64_t end = 0;
        for (bool last = false; !last;) {
            auto batch = pipe.take();
            VERIFY_OK(batch);
            for (const ParsedRow &row : (*batch)->rows) {
                seen += std::to_string(row.line) + ":" + std::string(row.user) + ":" +
                        std::to_string(row.at) + ":" + std::string(row.itemName) + ":" +
                        std::string(reasonCode(row.reason)) + "\n";
            }
            last = (*batch)->last;
            end = (*batch)->endByte;
            pipe.giveBack(std::move(*batch));
        }
        QCOMPARE(end, static_cast<std::int64_t>(log.size()));
        expected = block == 1 ? seen : expected;
        QCOMPARE(seen, expected);
    }
    QVERIFY(expected.find("bad_quote") != std::string::npos);
    std::optional<ImportTotals> totals;
    for (const int rows : {1, 7, 64, 100'000}) {
        ImportFixture other;
        options.chunkRows = rows;
        const auto report = importFile(other.project(), options, Task());
        VERIFY_OK(report);
        QVERIFY(!totals || *totals == report->totals);
        totals = report->totals;
        QCOMPARE(report->totals.read.rows, 65);
        QVERIFY(verifyProject(other.project(), Task())->sound());
    }
}

void TestImport::randomFilesBalance()
{
    Rng rng(11);
    const std::vector<std::string> pieces{"u1",
                                          "u2",
                                          "",
                                          "2020-01-01",
                                          "view",
                                          "purchase",
                                          "12.5",
                                          "-3",
                                          "\"",
                                          ",",
                                          ",",
                                          "\n",
                                          "\r\n",
                                          "\xFF",
                                          "x",
                                          ",",
                                          "2020-01-02 10:00",
                                          "refund",
                                          "9e9",
                                          ";"};
    for (int round = 0; round < 20; ++round) {
        ImportFixture fixture;
        std::string log = "user,at,kind,amount\nu,2020-01-01,view,\n";
        for (std::uint32_t size = rng.below(400); size > 0; --size) {
            log += rng.below(3) == 0 ? "u,2020-01-03,purchase,4\n"
                                     : pieces[rng.below(static_cast<std::uint32_t>(pieces.size()))];
        }
        ImportOptions options;
        options.recipe.dedupe = round % 2 == 0 ? Dedupe::Exact : Dedupe::None;
        options.recipe.encoding = "UTF-8"; // or else a lone \xFF has it asked for
        options.chunkRows = 16;
        const auto report = fixture.import(log, options);
        VERIFY_OK(report);
        QVERIFY(report->totals.balanced());
        std::int64_t kept = 0;
        for (const auto &[reason, rows] : report->reasons) {
            kept += rows;
        }
        QCOMPARE(kept, report->totals.rejected.rows);
        QVERIFY(verifyProject(fixture.project(), Task())->sound());
    }
}

void TestImport::hugeAmountsDoNotOverflow()
{
    ImportFixture fixture;
    std::string log = "user,at,kind,amount\n";
    for (int k = 0; k < 1000; ++k) {
        log += "u,2020-01-01,purchase,999999999999\n";
    }
    COMPARE_ERROR(fixture.import(log), ErrorCode::BadData);
    QCOMPARE(fixture.sourceCount(), std::size_t{0});
}

void TestImport::laterImportFillsGapsOnly()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("user,at,kind,item,item_name\nu,2020-01-01,view,i1,First\n"
                             "u,2020-01-01,view,i2,\n"));
    VERIFY_OK(fixture.import("user,at,kind,item,item_name\nu,2020-01-02,view,i1,Other\n"
                             "u,2020-01-02,view,i2,Second\nu,2020-01-02,view,i3,Third\n"));
    const auto items = readItems(fixture.project());
    QCOMPARE((*items)[0].name, std::string("First"));
    QCOMPARE((*items)[1].name, std::string("Second"));
    QCOMPARE((*items)[2].name, std::string("Third"));
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
