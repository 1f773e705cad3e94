#include "core/ingest/preview.h"
#include "core/project/attribute_store.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "tests/core/ingest/import_fixture.h"

#include <algorithm>
#include <stop_token>

using namespace perennial;
using test::ImportFixture;

namespace {

ImportOptions as(Contents contents, std::map<Role, std::string> columns = {})
{
    ImportOptions options;
    options.recipe.contents = contents;
    options.recipe.columns = std::move(columns);
    return options;
}

std::string described(ImportFixture &fixture, Entity entity, std::int64_t id)
{
    std::string text;
    for (const NamedValue &value : *readAttributesOf(fixture.project(), entity, id)) {
        text += (text.empty() ? "" : "; ") + value.name + "=" + attributeText(value.value);
    }
    return text;
}

std::string typesOf(const ImportReport &report)
{
    std::string text;
    for (const ImportedAttribute &attribute : report.attributes) {
        text += (text.empty() ? "" : " ") + attribute.name + ":" +
                std::string(attributeTypeName(attribute.type));
    }
    return text;
}

std::int64_t count(ImportFixture &fixture, const std::string &table)
{
    return fixture.project().database().integer("SELECT count(*) FROM " + table);
}

} // namespace

class TestTableImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usersWithAttributes();
    void typesAreNeverGuessedAgainstTheFile();
    void typesAskedFor();
    void bandsInPlaceOfValues();
    void bandsLeaveNoValueBehind();
    void bandsAreOfNumbersAndDates();
    void bandsInThePreview();
    void itemsKeepWhatTheFileSays();
    void theNewestFileSpeaksAndARemovedOneIsForgotten();
    void sourcesThatDisagreeOnAType();
    void manyValuesThatBecomeText();
    void damageAmongRejectedRowsNamesItsChunk();
    void chunksReachTheLastRow_data();
    void chunksReachTheLastRow();
    void campaignsExposuresCouponsRedemptions();
    void exposuresByTheClocksOfAPlace();
    void daysOfCampaigns();
    void columnsOfRolesDroppedOrPersonal();
    void whatIsRejected();
    void dryRunSaysTheSame();
    void cancelAndFailureLeaveNothing();
    void theSameFileTwice();
    void rolesOfOtherContentsAreRefused();
    void completeJourney();
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

void TestTableImport::bandsInPlaceOfValues()
{
    ImportFixture fixture;
    ImportOptions options = as(Contents::Users);
    options.recipe.attributes["age"] = {std::nullopt, true, false, bandingFromText("10").value()};
    options.recipe.attributes["born"] = {std::nullopt, true, false,
                                         bandingFromText("quarter").value()};
    options.recipe.attributes["points"] = {std::nullopt, false, false, Banding()};
    options.recipe.missing = {"NA"};
    const std::string file = "user,age,born,points\n"
                             "a,34,1987-08-31,39.99\n"
                             "b,40,1990-01-01,-1\n"
                             "c,NA,,-10.5\n"
                             "d,30.0,1999-12-31,0\n"
                             "d,30.0,1999-12-31,0\n";
    ImportOptions dry = options;
    dry.dryRun = true;
    const auto told = fixture.import(file, dry);
    VERIFY_OK(told);
    const auto report = fixture.import(file, options);
    VERIFY_OK(report);
    QVERIFY(told->totals == report->totals);
    QCOMPARE(report->totals.stored.rows, 4);
    QCOMPARE(report->totals.duplicate.rows, 1);
    QCOMPARE(typesOf(*report), std::string("age:text born:text points:text"));
    QVERIFY(report->attributes[0].personal);
    QCOMPARE(report->attributes[0].values, 3);
    QCOMPARE(described(fixture, Entity::User, 1),
             std::string("age=30-39; born=1987-Q3; points=30-39"));
    QCOMPARE(described(fixture, Entity::User, 2),
             std::string("age=40-49; born=1990-Q1; points=-10..-1"));
    QCOMPARE(described(fixture, Entity::User, 3), std::string("points=-20..-11"));
    QCOMPARE(described(fixture, Entity::User, 4),
             std::string("age=30-39; born=1999-Q4; points=0-9"));
    COMPARE_ERROR(fixture.import(file, options), ErrorCode::AlreadyImported); // taken once
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

// Not even where a row stays out, which else is kept with its text.
void TestTableImport::bandsLeaveNoValueBehind()
{
    const std::string file = "user,salary,secret\n"
                             "a,73511,s-4711\n"
                             ",73512,s-4712\n"
                             "b,unknown-73513,s-4713\n"
                             "c,73514\n"
                             "a,73515,s-4715\n";
    ImportFixture fixture;
    ImportOptions options = as(Contents::Users);
    options.recipe.attributes["salary"] = {std::nullopt, true, false,
                                           bandingFromText("10000").value()};
    options.recipe.attributes["secret"] = {std::nullopt, true, true, {}};
    const auto report = fixture.import(file, options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 1);
    QVERIFY(report->totals.balanced());
    const std::map<std::string, std::int64_t> reasons{{"bad_attribute", 1},
                                                      {"missing_user", 1},
                                                      {"repeated_key", 1},
                                                      {"wrong_column_count", 1}};
    QVERIFY(report->reasons == reasons);
    for (const RejectedRow &row : report->firstRejected) {
        QCOMPARE(row.raw, std::string());
    }
    QCOMPARE(described(fixture, Entity::User, 1), std::string("salary=70000-79999"));
    const auto path = fixture.project().path();
    fixture.close();
    for (const char *suffix : {"", "-wal"}) {
        std::ifstream stored(path.string() + suffix, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stored), {}};
        for (const char *value : {"73511", "73512", "73513", "73514", "73515", "s-471"}) {
            QVERIFY2(bytes.find(value) == std::string::npos, value);
        }
    }
}

void TestTableImport::bandsAreOfNumbersAndDates()
{
    const std::string file = "user,region,age\na,north,34\n";
    const auto refused = [&](const char *column, std::optional<AttributeType> type,
                             const Banding &band) {
        ImportFixture fixture;
        ImportOptions options = as(Contents::Users);
        options.recipe.attributes[column] = {type, false, false, band};
        const auto report = fixture.import(file, options);
        return !report && report.error().code == ErrorCode::BadMapping;
    };
    QVERIFY(refused("age", AttributeType::Text, Banding()));
    QVERIFY(refused("age", AttributeType::Date, *bandingFromText("10")));
    QVERIFY(refused("age", AttributeType::Number, *bandingFromText("month")));
    QVERIFY(refused("region", std::nullopt, Banding())); // a role's column is read as it is
    QVERIFY(!refused("age", AttributeType::Number, Banding()));
}

void TestTableImport::bandsInThePreview()
{
    ImportFixture fixture;
    ImportOptions options = as(Contents::Users);
    options.recipe.attributes["age"].band = Banding();
    options.recipe.attributes["odd"].band = Banding();
    options.recipe.missing = {"NA"};
    options.path = fixture.write("u.csv", "user,age,odd,city\na,,x,NA\nb,34,5,Oslo\n");
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    QVERIFY(!preview->problem);
    QCOMPARE(*preview->columns[1].value, std::string("30-39"));
    QCOMPARE(*preview->columns[2].value, std::string()); // a row that would be rejected
    QCOMPARE(preview->rows[0].reason, std::string("bad_attribute"));
    QCOMPARE(preview->rows[0].column, 2);
    QCOMPARE(preview->rows[1].column, -1);
    QCOMPARE(*preview->columns[3].value, std::string("Oslo"));
    QVERIFY(preview->columns[1].found == AttributeType::Number);
    QVERIFY(preview->columns[2].found == AttributeType::Text);
    QVERIFY(preview->columns[1].attribute == AttributeType::Text);
    QVERIFY(preview->recipe.attributes.at("age").band == Banding());
    const auto report = fixture.import("user,age,odd,city\na,,x,NA\n,34,5,Oslo\nc,7,8,Bonn\n", options);
    VERIFY_OK(report);
    QVERIFY(report->outByColumn == (std::map<int, std::int64_t>{{0, 1}, {2, 1}}));
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

void TestTableImport::campaignsExposuresCouponsRedemptions()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("campaign,campaign_type,start,end\n7,Type A,2020-01-01,2020-02-01\n",
                             as(Contents::Campaigns)));
    VERIFY_OK(fixture.import("campaign,user\n7,ann\n7,bob\n8,ann\n", as(Contents::Exposures)));
    VERIFY_OK(
        fixture.import("coupon,campaign,item\nc1,7,x\nc1,7,y\nc2,8,\n", as(Contents::Coupons)));
    VERIFY_OK(fixture.import("user,at,kind,campaign,coupon\nann,2020-01-15,coupon,7,c1\n"
                             "bob,2020-01-16,purchase,,\n"));
    const auto campaigns = *readCampaigns(fixture.project());
    QCOMPARE(campaigns.size(), std::size_t{2});
    QCOMPARE(campaigns[0].type, std::string("Type A"));
    QCOMPARE(formatDate(*campaigns[0].lastDay), std::string("2020-02-01"));
    QCOMPARE(campaigns[0].users, 2);
    QCOMPARE(campaigns[0].coupons, 1);
    QCOMPARE(campaigns[0].redemptions, 1);
    QCOMPARE(campaigns[1].redemptions, 0);
    QVERIFY(!campaigns[1].firstDay);
    QCOMPARE(count(fixture, "event_offer"), 1); // ordinary events take no room there
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    for (const SourceRecord &source : *readSources(fixture.project())) {
        VERIFY_OK(removeSource(fixture.project(), source.id));
    }
    for (const char *table : {"campaign", "coupon", "exposure", "coupon_item", "event_offer",
                              "user", "item", "event", "description"}) {
        QVERIFY2(count(fixture, table) == 0, table);
    }
}

void TestTableImport::exposuresByTheClocksOfAPlace()
{
    const std::string file = "campaign,user,at\n"
                             "7,ann,2023-03-12 02:30:00\n" // skipped when clocks are set forward
                             "7,bob,2023-11-05 01:30:00\n" // shown twice: the first is taken
                             "7,cyd,2023-07-01 12:00:00\n"
                             "7,dan,2023-07-01 12:00:00Z\n"
                             "7,eve,2023-07-01\n" // a date alone stays the day it is
                             "7,fay,\n"
                             "7,gus,soon\n"
                             "7,bob,2023-11-05 01:30:00\n";
    ImportOptions options = as(Contents::Exposures);
    options.recipe.timeZone = "America/New_York";
    for (const bool dryRun : {true, false}) {
        ImportFixture fixture;
        options.dryRun = dryRun;
        const auto report = fixture.import(file, options);
        VERIFY_OK(report);
        QCOMPARE(report->totals.stored.rows, 5);
        QCOMPARE(report->totals.duplicate.rows, 1);
        QVERIFY(report->totals.balanced());
        QCOMPARE(report->ambiguousTimes, 1);
        const std::map<std::string, std::int64_t> reasons{{"bad_date", 1}, {"no_such_time", 1}};
        QVERIFY(report->reasons == reasons);
        QCOMPARE(report->firstRejected[0].line, 2);
        QCOMPARE(report->firstRejected[0].column, std::string("at"));
        if (dryRun) {
            continue;
        }
        std::string stored;
        Statement rows(fixture.project().database(), "SELECT u.key, e.at FROM exposure e JOIN "
                                                     "user u ON u.id = e.user_id ORDER BY u.key");
        while (rows.step()) {
            const std::int64_t at = rows.integer(1);
            stored += rows.text(0) + " " + (at == 0 ? "never" : formatTimestamp(at)) + "\n";
        }
        QCOMPARE(stored, std::string("bob 2023-11-05T05:30:00Z\ncyd 2023-07-01T16:00:00Z\n"
                                     "dan 2023-07-01T12:00:00Z\neve 2023-07-01T00:00:00Z\n"
                                     "fay never\n"));
        QVERIFY(verifyProject(fixture.project(), Task())->sound());
    }
}

// A campaign begins and ends on a day of its place: no zone turns it into another.
void TestTableImport::daysOfCampaigns()
{
    for (const char *zone : {"UTC", "Asia/Tokyo", "America/Los_Angeles"}) {
        ImportFixture fixture;
        ImportOptions options = as(Contents::Campaigns);
        options.recipe.timeZone = zone;
        const auto report = fixture.import("campaign,start,end\n"
                                           "1,2023-03-12,2023-11-05\n"
                                           "2,2023-03-12 02:30:00,2023-11-05 23:59:59\n"
                                           "3,,2024-02-29\n"
                                           "4,2023-02-29,2023-03-01\n"
                                           "5,2023-01-01,later\n"
                                           "1,2023-03-13,2023-11-05\n",
                                           options);
        VERIFY_OK(report);
        QCOMPARE(report->totals.stored.rows, 3);
        const std::map<std::string, std::int64_t> reasons{{"bad_date", 2}, {"repeated_key", 1}};
        QVERIFY(report->reasons == reasons);
        QCOMPARE(report->firstRejected[0].column, std::string("start"));
        QCOMPARE(report->firstRejected[1].column, std::string("end"));
        const auto campaigns = *readCampaigns(fixture.project());
        QCOMPARE(campaigns.size(), std::size_t{3});
        for (const std::size_t k : {0, 1}) {
            QCOMPARE(formatDate(*campaigns[k].firstDay), std::string("2023-03-12"));
            QCOMPARE(formatDate(*campaigns[k].lastDay), std::string("2023-11-05"));
        }
        QVERIFY(!campaigns[2].firstDay);
        QCOMPARE(formatDate(*campaigns[2].lastDay), std::string("2024-02-29"));
    }
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

// The whole of the Complete Journey sample in one project, each file by its shipped profile.
void TestTableImport::completeJourney()
{
    const std::filesystem::path folder =
        std::filesystem::path(PERENNIAL_SHARED_DIR) / "data" / "complete_journey";
    if (!std::filesystem::exists(folder)) {
        QSKIP("no shared data here");
    }
    ImportFixture fixture;
    const struct {
        const char *file, *profile;
        std::int64_t rows;
    } files[] = {
        {"products.csv.gz", "complete-journey-products", 92331},
        {"transactions_sample.csv.gz", "complete-journey", 75000},
        {"demographics.csv.gz", "complete-journey-demographics", 801},
        {"campaign_descriptions.csv.gz", "complete-journey-campaign-descriptions", 27},
        {"campaigns.csv.gz", "complete-journey-campaigns", 6589},
        {"coupons.csv.gz", "complete-journey-coupons", 116204},
        {"coupon_redemptions.csv.gz", "complete-journey-redemptions", 2102},
    };
    for (const auto &[file, profile, rows] : files) {
        ImportOptions options;
        options.path = folder / file;
        QCOMPARE(previewImport(options)->suggestedProfile, std::string(profile));
        options.profile = profile;
        const auto report = importFile(fixture.project(), options, Task());
        VERIFY_OK(report);
        QCOMPARE(report->totals.read.rows, rows);
        QVERIFY(report->totals.balanced());
        QCOMPARE(report->totals.rejected.rows, 0);
    }
    const ProjectCounts counts = *readCounts(fixture.project());
    QCOMPARE(counts.purchases, 75000);
    QCOMPARE(counts.events, 77102);
    QCOMPARE(readCampaigns(fixture.project())->size(), std::size_t{27});
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

QTEST_APPLESS_MAIN(TestTableImport)
#include "tst_table_import.moc"
