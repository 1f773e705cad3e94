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

/// Of a file of users.
ImportOptions ruled(std::map<std::string, AttributeRule> rules)
{
    ImportOptions options;
    options.recipe.contents = Contents::Users;
    options.recipe.attributes = std::move(rules);
    return options;
}

constexpr AttributeRule kDrop{std::nullopt, false, true, std::nullopt};
constexpr AttributeRule kPersonal{std::nullopt, true, false, std::nullopt};
constexpr AttributeRule kSecret{std::nullopt, true, true, std::nullopt};
constexpr AttributeRule kNumber{AttributeType::Number, false, false, std::nullopt};
constexpr AttributeRule kBand{std::nullopt, false, false, Banding()};

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
    void rulesForColumnsWithARole();
    void rulesThatAreNone_data();
    void rulesThatAreNone();
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

void TestRecipes::rulesForColumnsWithARole()
{
    ImportFixture fixture;
    const std::string content = "user,region,channel,age\nann,north,web,34\n";
    const auto names = [](const ImportPlan &plan) {
        std::string all;
        for (const AttributeSource &attribute : plan.attributes) {
            all += attribute.name + (attribute.personal ? "! " : " ");
        }
        return all;
    };
    // Dropped, it is no role's any more and becomes no attribute instead.
    auto plan = planFor(fixture, content, ruled({{"region", kDrop}}));
    VERIFY_OK(plan);
    QVERIFY(!plan->role(Role::Region).mapped() && plan->role(Role::Channel).mapped());
    QVERIFY(!plan->recipe.columns.contains(Role::Region));
    QCOMPARE(names(*plan), std::string("age "));
    QVERIFY(!plan->hidesText);
    // By number as by name.
    plan = planFor(fixture, content,
                   ruled({{"2", kPersonal}, {"CHANNEL", kPersonal}, {"4", kPersonal}}));
    VERIFY_OK(plan);
    QVERIFY(plan->role(Role::Region).personal && plan->role(Role::Channel).personal);
    QVERIFY(!plan->role(Role::User).personal);
    QCOMPARE(plan->role(Role::Region).column, 1);
    QCOMPARE(names(*plan), std::string("age! "));
    QVERIFY(planFor(fixture, content, ruled({{"3", kSecret}}))->hidesText);
    // What is stored with the source says the same.
    ImportOptions again;
    again.recipe = *recipeFromJson(recipeToJson(plan->recipe), "stored");
    const auto stored = planFor(fixture, content, again);
    VERIFY_OK(stored);
    QVERIFY(stored->role(Role::Region).personal && stored->role(Role::Channel).personal);
    QCOMPARE(names(*stored), std::string("age! "));
    // A column with two roles is dropped, and marked, for both.
    ImportOptions shared = ruled({{"region", kSecret}});
    shared.recipe.columns = {{Role::User, "user"}, {Role::Region, "region"}, {Role::Channel, "2"}};
    plan = planFor(fixture, content, shared);
    VERIFY_OK(plan);
    QVERIFY(!plan->role(Role::Region).mapped() && !plan->role(Role::Channel).mapped());
    QCOMPARE(names(*plan), std::string("channel age "));
}

void TestRecipes::rulesThatAreNone_data()
{
    QTest::addColumn<QList<QString>>("columns");
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("detail");
    QTest::newRow("who has to be named") << QList<QString>{"user"} << 0 << "user: user";
    QTest::newRow("by number too") << QList<QString>{"1"} << 0 << "1: user";
    QTest::newRow("a role's type") << QList<QString>{"region"} << 1 << "region: region";
    QTest::newRow("a role's band") << QList<QString>{"region"} << 2 << "region: region";
    QTest::newRow("name and number") << QList<QString>{"4", "age"} << 1 << "column twice: age";
    QTest::newRow("name and name") << QList<QString>{"AGE", "age"} << 0 << "column twice: age";
    QTest::newRow("a role's twice") << QList<QString>{"2", "region"} << 0 << "column twice: region";
    QTest::newRow("a name of two") << QList<QString>{"twin"} << 0 << "twin";
}

void TestRecipes::rulesThatAreNone()
{
    QFETCH(QList<QString>, columns);
    QFETCH(int, rule);
    QFETCH(QString, detail);
    ImportFixture fixture;
    std::map<std::string, AttributeRule> rules;
    for (const QString &column : columns) {
        rules[column.toStdString()] =
            std::array{kDrop, kNumber, kBand}[static_cast<std::size_t>(rule)];
    }
    const auto plan =
        planFor(fixture, "user,region,twin,age,twin\nann,north,a,34,b\n", ruled(rules));
    COMPARE_ERROR(plan, ErrorCode::BadMapping);
    QCOMPARE(QString::fromStdString(plan.error().detail), detail);
    QCOMPARE(plan.error().where, std::string("f.csv"));
    COMPARE_ERROR(planFor(fixture, "user,age\nann,34\n", ruled({{"zip", kDrop}})),
                  ErrorCode::UnknownColumn);
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
