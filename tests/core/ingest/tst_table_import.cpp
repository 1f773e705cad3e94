#include "tests/core/ingest/table_fixture.h"

#include "core/ingest/preview.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"

#include <algorithm>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

class TestTableImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usersWithAttributes();
    void typesAreNeverGuessedAgainstTheFile();
    void typesAskedFor();
    void itemsKeepWhatTheFileSays();
    void theNewestFileSpeaksAndARemovedOneIsForgotten();
    void sourcesThatDisagreeOnAType();
    void manyValuesThatBecomeText();
    void damageAmongRejectedRowsNamesItsChunk();
    void chunksReachTheLastRow_data();
    void chunksReachTheLastRow();
    void columnsOfRolesDroppedOrPersonal();
    void whatIsRejected();
    void dryRunSaysTheSame();
    void cancelAndFailureLeaveNothing();
    void theSameFileTwice();
    void rolesOfOtherContentsAreRefused();
};

void TestTableImport::usersWithAttributes()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("user,at,kind\nann,2020-03-01,view\n"));
    const auto report = fixture.import("user,signup,region,age,plan\n"
                                       "ann,2020-01-05,north,34,gold\n"
                                       "bob,2020-02-06T10:00:00Z,,,basic\n",
                                       as(Contents::Users));
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 2);
    QCOMPARE(report->users, 2);
    QCOMPARE(typesOf(*report), std::string("signup:date region:text age:number plan:text"));
    const UserRecord ann = *findUser(fixture.project(), "ann");
    QCOMPARE(ann.id, 1); // the one that events brought
    QCOMPARE(formatDate(*ann.signup), std::string("2020-01-05"));
    QCOMPARE(ann.region, std::string("north"));
    QCOMPARE(described(fixture, Entity::User, 1),
             std::string("signup=2020-01-05; region=north; age=34; plan=gold"));
    QCOMPARE(described(fixture, Entity::User, 2), std::string("signup=2020-02-06; plan=basic"));
    QCOMPARE(readCounts(fixture.project())->users, 2);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestTableImport::typesAreNeverGuessedAgainstTheFile()
{
    ImportFixture fixture;
    const auto report = fixture.import(
        "user,zip,code,num,mixed,day,moment,compact,long,open\n"
        "a,01234,7,1.5,1,2020-01-01,2020-01-01 10:00,20200101,1234567890123456,1.234\n"
        "b,98765,007,-2,x,2020-01-02,2020-01-02 11:00,20200102,1234567890123457,5\n",
        as(Contents::Users));
    VERIFY_OK(report);
    QCOMPARE(typesOf(*report),
             std::string("zip:text code:text num:number mixed:text day:date moment:text "
                         "compact:number long:text open:text"));
    QCOMPARE(described(fixture, Entity::User, 2),
             std::string("zip=98765; code=007; num=-2; mixed=x; day=2020-01-02; "
                         "moment=2020-01-02 11:00; compact=20200102; long=1234567890123457; "
                         "open=5"));
}

void TestTableImport::typesAskedFor()
{
    ImportFixture fixture;
    ImportOptions options = as(Contents::Users, {{Role::User, "id"}});
    options.recipe.attributes["age"] = {AttributeType::Number, false, false, {}};
    options.recipe.attributes["zip"] = {AttributeType::Text, true, false, {}};
    options.recipe.attributes["note"] = {std::nullopt, false, true, {}};
    options.recipe.missing = {"NA"};
    const auto report =
        fixture.import("id,age,zip,note\n1,30,12,x\n2,old,13,y\n3,NA,14,z\n", options);
    VERIFY_OK(report);
    QCOMPARE(typesOf(*report), std::string("age:number zip:text"));
    QCOMPARE(report->reasons.at("bad_attribute"), 1);
    QCOMPARE(report->firstRejected.front().column, std::string("age"));
    QVERIFY(report->attributes[1].personal);
    QCOMPARE(report->attributes[0].values, 1);
    QCOMPARE(described(fixture, Entity::User, 2), std::string("zip=14"));
}

void TestTableImport::itemsKeepWhatTheFileSays()
{
    ImportFixture fixture;
    const auto report = fixture.import("sku;name;price;category;brand\nx1;Lamp;12,50;Home;Acme\n"
                                       "x2;Cup;3;;\n",
                                       as(Contents::Items, {{Role::Item, "sku"},
                                                            {Role::ItemName, "name"},
                                                            {Role::Price, "price"},
                                                            {Role::Category, "category"}}));
    VERIFY_OK(report);
    const auto items = *readItems(fixture.project());
    QCOMPARE(items.size(), std::size_t{2});
    QCOMPARE(items[0].name + "/" + items[0].category, std::string("Lamp/Home"));
    QCOMPARE(*items[0].price, Money{125000});
    QCOMPARE(described(fixture, Entity::Item, 1),
             std::string("name=Lamp; category=Home; price=12.5; brand=Acme"));
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestTableImport::theNewestFileSpeaksAndARemovedOneIsForgotten()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("user,at,kind,item,item_name\nann,2020-03-01,view,x,Old name\n"));
    const auto first = fixture.import("user,region,age\nann,north,30\n", as(Contents::Users));
    const auto second =
        fixture.import("user,region,age\nann,south,31\nbob,east,40\n", as(Contents::Users));
    const auto items = fixture.import("item,item_name\nx,New name\ny,Other\n", as(Contents::Items));
    VERIFY_OK(items);
    QCOMPARE(findUser(fixture.project(), "ann")->region, std::string("south"));
    QCOMPARE(described(fixture, Entity::User, 1), std::string("region=south; age=31"));
    QCOMPARE(readItems(fixture.project())->front().name, std::string("New name"));
    VERIFY_OK(removeSource(fixture.project(), second->source));
    VERIFY_OK(removeSource(fixture.project(), items->source));
    QCOMPARE(findUser(fixture.project(), "ann")->region, std::string("north"));
    QCOMPARE(described(fixture, Entity::User, 1), std::string("region=north; age=30"));
    COMPARE_ERROR(findUser(fixture.project(), "bob"), ErrorCode::UnknownUser);
    QCOMPARE(readItems(fixture.project())->front().name, std::string("Old name"));
    QCOMPARE(readItems(fixture.project())->size(), std::size_t{1});
    VERIFY_OK(removeSource(fixture.project(), first->source));
    QCOMPARE(findUser(fixture.project(), "ann")->region, std::string());
    QCOMPARE(count(fixture, "user_attribute"), 0);
    QCOMPARE(count(fixture, "attribute WHERE entity = 1"), 0);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestTableImport::sourcesThatDisagreeOnAType()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("user,size\na,1.50\nb,20\n", as(Contents::Users)));
    VERIFY_OK(fixture.import("user,size\nc,large\n", as(Contents::Users)));
    const auto attributes = *readAttributes(fixture.project(), Entity::User);
    QCOMPARE(attributes.size(), std::size_t{1});
    QVERIFY(attributes[0].type == AttributeType::Text);
    QCOMPARE(attributes[0].described, 3);
    const AttributeColumn column = *readAttributeColumn(fixture.project(), attributes[0]);
    QCOMPARE(attributeText(column.values[0]) + " " + attributeText(column.values[2]),
             std::string("1.5 large"));
}

// Every value has a text of its own; a walk for each would take minutes.
void TestTableImport::manyValuesThatBecomeText()
{
    constexpr int kUsers = 60'000;
    ImportFixture fixture;
    std::string numbers = "user,size,since\n";
    for (int k = 0; k < kUsers; ++k) {
        numbers += "u" + std::to_string(k) + "," + std::to_string(k) + ".25," +
                   formatDate(10'000 + k % 9'000) + "\n";
    }
    VERIFY_OK(fixture.import(numbers, as(Contents::Users)));
    VERIFY_OK(fixture.import("user,size,since\nx,large,often\n", as(Contents::Users)));
    const auto attributes = *readAttributes(fixture.project(), Entity::User);
    QCOMPARE(attributes.size(), std::size_t{2});
    for (const auto &[place, last] : {std::pair(0, std::string("59999.25")),
                                      std::pair(1, formatDate(10'000 + 59'999 % 9'000))}) {
        QVERIFY(attributes[place].type == AttributeType::Text);
        const AttributeColumn column = *readAttributeColumn(fixture.project(), attributes[place]);
        QCOMPARE(column.values.size(), std::size_t{kUsers + 1});
        QCOMPARE(attributeText(column.values[kUsers - 1]), last);
        QVERIFY(std::holds_alternative<std::string>(column.values.front()));
    }
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestTableImport::damageAmongRejectedRowsNamesItsChunk()
{
    ImportFixture fixture;
    std::string rows = "user,signup\nann,2020-01-01\n";
    for (int k = 0; k < 25'000; ++k) {
        rows += ",2020-01-01\n"; // no user: rejected; they are written 10 000 at a time
    }
    VERIFY_OK(fixture.import(rows, as(Contents::Users)));
    const std::int64_t source = readSources(fixture.project())->front().id;
    const auto chunks = *readChunks(fixture.project(), source);
    QCOMPARE(chunks.size(), std::size_t{3});
    Database &database = fixture.project().database();
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    for (const auto &[row, chunk] :
         {std::pair(1, 1), std::pair(10'000, 1), std::pair(10'001, 2), std::pair(25'000, 3)}) {
        const std::string of = " WHERE number = " + std::to_string(row);
        database.execute("UPDATE rejected_row SET raw = 'x' || raw" + of);
        const auto report = verifyProject(fixture.project(), Task());
        std::vector<ChunkDamage> damage;
        for (const VerifyFinding &finding : report->findings) {
            if (finding.chunk) {
                damage.push_back(*finding.chunk);
            }
        }
        QCOMPARE(damage.size(), std::size_t{1});
        QCOMPARE(damage[0].part, std::string("rejected"));
        QCOMPARE(damage[0].number, chunk);
        const std::int64_t line = row + 2; // behind the header and ann
        QVERIFY(damage[0].firstLine <= line && line <= damage[0].lastLine);
        database.execute("UPDATE rejected_row SET raw = substr(raw, 2)" + of);
    }
}

void TestTableImport::chunksReachTheLastRow_data()
{
    QTest::addColumn<int>("rejected");
    QTest::addColumn<int>("chunks");
    QTest::addColumn<QByteArray>("behind");
    QTest::newRow("none") << 0 << 1 << QByteArray();
    QTest::newRow("some") << 5 << 1 << QByteArray("bob,2020-01-02\n");
    QTest::newRow("as many as are written at once") << 10'000 << 2 << QByteArray("bob,\n");
    QTest::newRow("none behind those") << 10'000 << 2 << QByteArray();
    QTest::newRow("more") << 25'001 << 3 << QByteArray("bob,\n\"eve\nline\",\nmax,2020-01-02");
}

// What a chunk's log says of the file, which verify and salvage go by: rows lie between the end of
// the chunk before and its own, and the last row is within the last.
void TestTableImport::chunksReachTheLastRow()
{
    QFETCH(int, rejected);
    QFETCH(int, chunks);
    QFETCH(QByteArray, behind);
    std::string text = "\xEF\xBB\xBFuser,signup\r\nZo\xC3\xAB,2020-01-01\r\n";
    for (int k = 0; k < rejected; ++k) {
        text += ",2020-01-01\r\n";
    }
    text += behind.toStdString();
    ImportFixture fixture;
    VERIFY_OK(fixture.import(text, as(Contents::Users)));
    const std::int64_t source = readSources(fixture.project())->front().id;
    const auto log = *readChunks(fixture.project(), source);
    QCOMPARE(log.size(), static_cast<std::size_t>(chunks));
    const auto rows = *readRejected(fixture.project(), source, 0, 100'000);
    QCOMPARE(rows.size(), static_cast<std::size_t>(rejected));
    std::int64_t line = 0, byte = 0;
    for (std::size_t k = 0; k < log.size(); ++k) {
        for (std::size_t row = k * 10'000; row < std::min((k + 1) * 10'000, rows.size()); ++row) {
            QVERIFY(line < rows[row].line && rows[row].line <= log[k].committedLines);
        }
        QVERIFY(byte <= log[k].committedBytes && line <= log[k].committedLines);
        const auto upTo = text.begin() + log[k].committedBytes;
        QVERIFY(upTo == text.end() || *(upTo - 1) == '\n');
        line = std::count(text.begin(), upTo, '\n') + (*(upTo - 1) == '\n' ? 0 : 1);
        QCOMPARE(log[k].committedLines, line);
        byte = log[k].committedBytes;
    }
    QCOMPARE(byte, std::ssize(text));
    QCOMPARE(log.back().rowsRead, 1 + rejected +
                                      (behind.isEmpty()    ? 0
                                       : rejected > 10'000 ? 3
                                                           : 1));
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    // Taken once, and rejected rows can be read again after a second look at the file.
    COMPARE_ERROR(fixture.import(text, as(Contents::Users)), ErrorCode::AlreadyImported);
    VERIFY_OK(removeSource(fixture.project(), source));
    VERIFY_OK(fixture.import(text, as(Contents::Users)));
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestTableImport::columnsOfRolesDroppedOrPersonal()
{
    ImportFixture fixture;
    ImportOptions options = as(Contents::Users);
    options.recipe.attributes["region"] = {std::nullopt, true, true, {}};
    options.recipe.attributes["3"] = {std::nullopt, true, false, {}};
    const auto report = fixture.import("user,region,channel,age\nann,secret-1,web,34\n"
                                       ",secret-2,web,35\n",
                                       options);
    VERIFY_OK(report);
    QCOMPARE(typesOf(*report), std::string("channel:text age:number"));
    QVERIFY(report->attributes[0].personal && !report->attributes[1].personal);
    QCOMPARE(report->firstRejected.front().raw, std::string());
    QCOMPARE(findUser(fixture.project(), "ann")->region, std::string());
    QCOMPARE(described(fixture, Entity::User, 1), std::string("channel=web; age=34"));
    const auto stored = *readAttributes(fixture.project(), Entity::User);
    QCOMPARE(stored.size(), std::size_t{2});
    QVERIFY(stored[0].personal && !stored[1].personal);
    options.recipe.attributes = {{"user", {std::nullopt, false, true, {}}}};
    COMPARE_ERROR(fixture.import("user,age\nbob,1\n", options), ErrorCode::BadMapping);
    QCOMPARE(fixture.sourceCount(), std::size_t{1});
}

void TestTableImport::whatIsRejected()
{
    ImportFixture fixture;
    const auto report = fixture.import("user,signup,age\n"
                                       "ann,2020-01-01,3\n"
                                       "ann,2020-01-01,3\n"     // the same row
                                       "ann,2020-01-02,3\n"     // says otherwise
                                       ",2020-01-01,4\n"        // nobody
                                       "bob,nonsense,4\n"       // no date
                                       "bob,2020-01-01\n"       // too short
                                       "caf\xE9,2020-01-01,4\n" // not UTF-8
                                           + std::string(600, 'k') +
                                           ",2020-01-01,4\n"
                                           "\"b\"ob,2020-01-01,4\n"
                                           "Zo\xC3\xAB \xC3\xA9t\xC3\xA9,2020-01-01,4\n",
                                       as(Contents::Users));
    VERIFY_OK(report);
    const ImportTotals &totals = report->totals;
    QCOMPARE(totals.read.rows, 10);
    QCOMPARE(totals.stored.rows, 2);
    QCOMPARE(totals.duplicate.rows, 1);
    QVERIFY(totals.balanced());
    const std::map<std::string, std::int64_t> reasons{
        {"bad_date", 1},     {"bad_encoding", 1}, {"bad_quote", 1},         {"key_too_long", 1},
        {"missing_user", 1}, {"repeated_key", 1}, {"wrong_column_count", 1}};
    QVERIFY(report->reasons == reasons);
    QCOMPARE(readRejected(fixture.project(), report->source, 0, 100)->size(), std::size_t{7});
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestTableImport::dryRunSaysTheSame()
{
    const std::vector<std::pair<Contents, std::string>> files{
        {Contents::Users, "user,age\na,1\na,1\na,2\n,3\n"},
        {Contents::Items, "item,price\na,1\nb,x\n"},
        {Contents::Exposures, "campaign,user\n1,a\n1,a\n2,a\n"},
        {Contents::Coupons, "coupon,campaign,item\n1,2,3\n1,2,3\n1,2,4\n"}};
    for (const auto &[contents, text] : files) {
        ImportFixture fixture;
        ImportOptions options = as(contents);
        options.dryRun = true;
        const auto dry = fixture.import(text, options);
        VERIFY_OK(dry);
        QCOMPARE(fixture.sourceCount(), std::size_t{0});
        const auto real = fixture.import(text, as(contents));
        VERIFY_OK(real);
        QVERIFY(dry->totals == real->totals);
        QVERIFY(dry->reasons == real->reasons);
    }
}

void TestTableImport::cancelAndFailureLeaveNothing()
{
    ImportFixture fixture;
    std::string text = "user,age\n";
    for (int k = 0; k < 5000; ++k) {
        text += "u" + std::to_string(k) + "," + std::to_string(k % 90) + "\n";
    }
    ImportOptions options = as(Contents::Users);
    options.path = fixture.write("users.csv", text);
    std::stop_source stop;
    const Task task(stop.get_token(), [&stop](double fraction, std::string_view) {
        if (fraction > 0.5) {
            stop.request_stop();
        }
    });
    COMPARE_ERROR(importFile(fixture.project(), options, task), ErrorCode::Cancelled);
    COMPARE_ERROR(fixture.import("user,age\n,1\n,2\n", as(Contents::Users)),
                  ErrorCode::NothingUsable);
    for (const char *table : {"source", "user", "user_attribute", "attribute", "rejected_row"}) {
        QVERIFY2(count(fixture, table) == 0, table);
    }
    VERIFY_OK(importFile(fixture.project(), options, Task()));
    QCOMPARE(count(fixture, "user_attribute"), 5000);
}

void TestTableImport::theSameFileTwice()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("user,age\na,1\n", as(Contents::Users)));
    COMPARE_ERROR(fixture.import("user,age\na,1\n", as(Contents::Users)),
                  ErrorCode::AlreadyImported);
    ImportOptions again = as(Contents::Users);
    again.again = true;
    VERIFY_OK(fixture.import("user,age\na,1\n", again));
}

void TestTableImport::rolesOfOtherContentsAreRefused()
{
    ImportFixture fixture;
    const auto refused = fixture.import(
        "user,age\na,1\n", as(Contents::Users, {{Role::User, "user"}, {Role::Amount, "age"}}));
    COMPARE_ERROR(refused, ErrorCode::BadMapping);
    QCOMPARE(refused.error().detail, std::string("amount: users"));
    COMPARE_ERROR(fixture.import("campaign,x\n1,2\n", as(Contents::Exposures)),
                  ErrorCode::MissingRole);
}

QTEST_APPLESS_MAIN(TestTableImport)
#include "tst_table_import.moc"
