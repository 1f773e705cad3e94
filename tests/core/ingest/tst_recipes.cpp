#include "core/ingest/import_plan.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

namespace {

Result<ImportPlan> planFor(ImportFixture &fixture, const std::string &content,
                           const ImportOptions &options)
{
    auto file = TextSource::open(fixture.write("f.csv", content), {});
    const auto requested = requestedRecipe(options);
    if (!requested) {
        return requested.error();
    }
    const auto sample = sampleCsv(*file, requested->recipe);
    return makePlan(*requested, *sample, "f.csv");
}

ImportOptions mapped(std::map<Role, std::string> columns)
{
    ImportOptions options;
    options.recipe.columns = std::move(columns);
    options.recipe.constants[Role::Kind] = "purchase";
    return options;
}

} // namespace

class TestRecipes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonRoundTrip();
    void brokenJson_data();
    void brokenJson();
    void profileFile();
    void mergeReplacesTheWayARoleIsMapped();
    void delimiters_data();
    void delimiters();
    void headers();
    void wrongMappings();
    void aHeaderInBrokenBytesIsNamedByItsNumber();
    void headersSuggestRoles();
};

void TestRecipes::jsonRoundTrip()
{
    for (const ImportProfile &profile : builtInProfiles()) {
        const auto back = recipeFromJson(recipeToJson(profile.recipe), "x");
        VERIFY_OK(back);
        QVERIFY2(*back == profile.recipe, profile.name.c_str());
    }
    ImportRecipe recipe;
    recipe.delimiter = Delimiter::Blanks;
    recipe.decimalMark = ',';
    recipe.thousandsMark = "\u202F";
    recipe.dateFormat = "dd/mm/yyyy";
    recipe.kinds["Verkauf"] = EventKind::Purchase;
    recipe.dedupe = Dedupe::EventId;
    recipe.attributes["age"] = {std::nullopt, true, false, Banding{5, std::nullopt}};
    recipe.attributes["born"] = {AttributeType::Date, false, false,
                                 Banding{std::nullopt, DateBand::Quarter}};
    recipe.attributes["any"] = {std::nullopt, false, false, Banding()};
    recipe.attributes["zip"] = {std::nullopt, true, true, std::nullopt};
    QVERIFY(*recipeFromJson(recipeToJson(recipe), "x") == recipe);
    recipe.rules = CleaningRules{}; // "none of the profile's" is something else than "not said"
    QVERIFY(*recipeFromJson(recipeToJson(recipe), "x") == recipe);
    QVERIFY(*recipeFromJson(storedRecipe(recipe, 3), "x") == recipe);
}

void TestRecipes::brokenJson_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("detail");
    QTest::newRow("no json") << "{"
                             << "json";
    QTest::newRow("no object") << "[1]"
                               << "json";
    QTest::newRow("unknown key") << R"({"maps": {}})"
                                 << "maps";
    QTest::newRow("unknown role") << R"({"map": {"who": "1"}})"
                                  << "map.who";
    QTest::newRow("wrong type") << R"({"header": "yes"})"
                                << "header";
    QTest::newRow("unknown kind") << R"({"kinds": {"x": "dance"}})"
                                  << "kinds.x";
    QTest::newRow("column and constant") << R"({"map": {"place": "3"}, "set": {"place": "Oslo"}})"
                                         << "set.place";
    QTest::newRow("unknown delimiter") << R"({"delimiter": "dot"})"
                                       << "delimiter";
    QTest::newRow("unknown rule") << R"({"rules": {"x": true}})"
                                  << "rules.x";
    for (const char *band : {"0", "\"weekly\"", "\"\"", "[5]", "2.5", "null"}) {
        QTest::addRow("band %s", band)
            << QStringLiteral("{\"attributes\": {\"age\": {\"band\": %1}}}").arg(band)
            << "attributes.age.band";
    }
    QTest::newRow("rule of the wrong type") << R"({"rules": {"excluded_items": [1]}})"
                                            << "rules.excluded_items";
}

void TestRecipes::brokenJson()
{
    QFETCH(QString, json);
    QFETCH(QString, detail);
    const auto recipe = recipeFromJson(json.toStdString(), "p.json");
    COMPARE_ERROR(recipe, ErrorCode::BadConfiguration);
    QCOMPARE(QString::fromStdString(recipe.error().detail), detail);
    QCOMPARE(recipe.error().where, std::string("p.json"));
}

void TestRecipes::profileFile()
{
    ImportFixture fixture;
    ImportOptions options;
    options.profile = fixture
                          .write("shop.json", R"({"delimiter": "semicolon", "header": true,
        "map": {"user": "Kunde", "at": 2, "kind": "Art"}, "date_format": "dd.mm.yyyy",
        "kinds": {"Kauf": "purchase"}, "rules": {"excluded_items": ["PFAND"]}})")
                          .string();
    const auto report = fixture.import("Kunde;Datum;Art\na;1.2.2020;Kauf\n", options);
    VERIFY_OK(report);
    QCOMPARE(report->purchases, 1);
    options.profile = "no-such-profile";
    COMPARE_ERROR(fixture.import("x", options), ErrorCode::UnknownProfile);
}

void TestRecipes::mergeReplacesTheWayARoleIsMapped()
{
    ImportRecipe base, over;
    base.columns[Role::Kind] = "kind";
    base.constants[Role::Place] = "Oslo";
    over.constants[Role::Kind] = "purchase";
    over.columns[Role::Place] = "city";
    const ImportRecipe merged = mergeRecipes(base, over);
    QVERIFY(!merged.columns.contains(Role::Kind) && merged.constants.at(Role::Kind) == "purchase");
    QVERIFY(!merged.constants.contains(Role::Place) && merged.columns.at(Role::Place) == "city");
}

void TestRecipes::delimiters_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("name");
    QTest::newRow("comma") << "a,b,c\n1,2,3\n"
                           << "comma";
    QTest::newRow("semicolon") << "a;b;c\n1,5;2,5;3\n"
                               << "semicolon";
    QTest::newRow("tab") << "a\tb c\n1\t2 3\n"
                         << "tab";
    QTest::newRow("bar") << "a|b\n1|2\n"
                         << "bar";
    QTest::newRow("blanks") << " a  b\n 1   2\n"
                            << "blanks";
    QTest::newRow("commas in quotes") << "a;b\n\"1,2,3\";x\n\"4,5,6\";y\n"
                                      << "semicolon";
    QTest::newRow("blanks in fields") << "a b,c d\n1 2,3 4\n"
                                      << "comma";
    QTest::newRow("one column") << "a\n1\n"
                                << "comma";
}

void TestRecipes::delimiters()
{
    QFETCH(QString, content);
    QFETCH(QString, name);
    ImportFixture fixture;
    auto file = TextSource::open(fixture.write("f.csv", content.toStdString()), {});
    const auto sample = sampleCsv(*file, {});
    QCOMPARE(QString::fromStdString(std::string(delimiterName(sample->dialect.delimiter))), name);
}

void TestRecipes::headers()
{
    ImportFixture fixture;
    const auto guessed = [&](const std::string &content) {
        auto file = TextSource::open(fixture.write("f.csv", content), {});
        return sampleCsv(*file, {})->headerRows == 1;
    };
    QVERIFY(guessed("user,at\n1,2020-01-01\n"));
    QVERIFY(!guessed("1,2020-01-01\n2,2020-01-02\n"));
    QVERIFY(!guessed("ann,01/02/2020\nbob,02/02/2020\n"));
    QVERIFY(!guessed("ann,\"1,5\"\nbob,2\n"));
    // A column named by a word is a header's, whatever the row looks like.
    const auto plan =
        planFor(fixture, "user,at,2020\na,2020-01-01,3\n",
                mapped({{Role::User, "user"}, {Role::At, "AT"}, {Role::Amount, "2020"}}));
    VERIFY_OK(plan);
    QCOMPARE(plan->dialect.headerRows, 1);
    QCOMPARE(plan->role(Role::Amount).column, 2);
}

void TestRecipes::wrongMappings()
{
    ImportFixture fixture;
    const std::string content = "user,at,amount\na,2020-01-01,3\n";
    auto options = mapped({{Role::User, "who"}, {Role::At, "at"}});
    auto plan = planFor(fixture, content, options);
    COMPARE_ERROR(plan, ErrorCode::UnknownColumn);
    QCOMPARE(plan.error().detail, std::string("who"));
    QCOMPARE(plan.error().where, std::string("f.csv"));
    COMPARE_ERROR(planFor(fixture, content, mapped({{Role::User, "4"}, {Role::At, "2"}})),
                  ErrorCode::UnknownColumn);
    COMPARE_ERROR(planFor(fixture, content, mapped({{Role::User, "0"}, {Role::At, "2"}})),
                  ErrorCode::UnknownColumn);
    COMPARE_ERROR(planFor(fixture, content, mapped({{Role::User, "user"}})),
                  ErrorCode::MissingRole);
    COMPARE_ERROR(planFor(fixture, "a\nb\n", mapped({{Role::User, "1"}, {Role::At, "2"}})),
                  ErrorCode::TooFewColumns);
    options = mapped({{Role::User, "user"}, {Role::At, "at"}});
    options.recipe.constants[Role::Kind] = "dance";
    COMPARE_ERROR(planFor(fixture, content, options), ErrorCode::BadMapping);
    options.recipe.constants[Role::Kind] = "view";
    options.recipe.decimalMark = ',';
    options.recipe.thousandsMark = ",";
    COMPARE_ERROR(planFor(fixture, content, options), ErrorCode::BadMapping);
    options.recipe.thousandsMark = ".";
    options.recipe.dedupe = Dedupe::EventId;
    COMPARE_ERROR(planFor(fixture, content, options), ErrorCode::MissingRole);
    ImportOptions profiled;
    profiled.profile = "online-retail-ii";
    COMPARE_ERROR(planFor(fixture, "a,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8\n", profiled),
                  ErrorCode::UnknownColumn);
    COMPARE_ERROR(planFor(fixture, content, profiled), ErrorCode::TooFewColumns);
}

// What is stored with the source imports the file again.
void TestRecipes::aHeaderInBrokenBytesIsNamedByItsNumber()
{
    ImportFixture fixture;
    const std::string content = "user\xFF,at\nZo\u00EB,2020-01-01\n\u00C9t\u00E9,2020-01-02\n";
    const auto plan =
        planFor(fixture, content, mapped({{Role::User, "user\xFF"}, {Role::At, "at"}}));
    VERIFY_OK(plan);
    QCOMPARE(plan->recipe.columns.at(Role::User), std::string("1"));
    ImportOptions options;
    options.recipe = *recipeFromJson(recipeToJson(plan->recipe), "stored");
    const auto again = planFor(fixture, content, options);
    VERIFY_OK(again);
    QCOMPARE(again->role(Role::User).column, 0);
}

void TestRecipes::headersSuggestRoles()
{
    QVERIFY(roleFromHeader("Customer ID") == Role::User);
    QVERIFY(roleFromHeader("InvoiceDate") == Role::At);
    QVERIFY(roleFromHeader("unit_price") == Role::Price);
    QVERIFY(roleFromHeader("StockCode") == Role::Item);
    QVERIFY(!roleFromHeader("").has_value());
    QVERIFY(!roleFromHeader("shoe size").has_value());
    for (const Role role : allRoles()) {
        QVERIFY(roleFromName(roleName(role)) == role);
    }
    for (int contents = 1; contents <= kContentsCount; ++contents) {
        for (const Role role : rolesOf(static_cast<Contents>(contents))) {
            QVERIFY(roleFromHeader(roleName(role), static_cast<Contents>(contents)) == role);
        }
    }
}

QTEST_GUILESS_MAIN(TestRecipes)
#include "tst_recipes.moc"
