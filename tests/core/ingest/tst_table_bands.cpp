#include "tests/core/ingest/table_fixture.h"

#include "core/ingest/preview.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"

#include <algorithm>

using namespace perennial;
using namespace perennial::test;

class TestTableBands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bandsInPlaceOfValues();
    void bandsLeaveNoValueBehind();
    void bandsAreOfNumbersAndDates();
    void bandsInThePreview();
};

void TestTableBands::bandsInPlaceOfValues()
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
void TestTableBands::bandsLeaveNoValueBehind()
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

void TestTableBands::bandsAreOfNumbersAndDates()
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

void TestTableBands::bandsInThePreview()
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

QTEST_APPLESS_MAIN(TestTableBands)
#include "tst_table_bands.moc"
