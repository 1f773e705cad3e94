#include "core/ingest/preview.h"

#include "core/base/text.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

class TestPreview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatAnImportWouldRead();
    void wrongMappingIsAProblemNotAnError();
    void suggestions();
    void meaningsShowWhileSomeAreMissing();
    void shippedProfileIsRecognised();
    void wordsOfKinds();
    void withoutAHeader();
    void hostileText();
    void badFilesAreErrors();
};

void TestPreview::showsWhatAnImportWouldRead()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("f.csv", "user,at,kind,quantity,price,amount\n"
                                          "a,2020-01-01,Purchase,2,4.5,\nb,tomorrow,view,,,\n");
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    QVERIFY(!preview->problem);
    QCOMPARE(preview->columns.size(), std::size_t{6});
    QCOMPARE(preview->columns[0].name, std::string("user"));
    QVERIFY(preview->columns[0].role == Role::User);
    QCOMPARE(preview->rows.size(), std::size_t{2});
    const PreviewRow &row = preview->rows[0];
    QCOMPARE(row.line, 2);
    QVERIFY(row.reason.empty());
    QCOMPARE(row.values.size(), std::size_t{6});
    QCOMPARE(row.values[1].parsed, std::string("2020-01-01T00:00:00Z"));
    QCOMPARE(row.values[2].parsed, std::string("purchase"));
    QVERIFY(row.values[5].role == Role::Amount);
    QCOMPARE(row.values[5].parsed, std::string("9")); // price × quantity
    QCOMPARE(preview->rows[1].reason, std::string("bad_date"));
    QVERIFY(preview->rows[1].values[1].parsed.empty());
    QVERIFY((preview->dateFormats == std::vector<std::string>{""}));
    QCOMPARE(previewImport(options, 1)->rows.size(), std::size_t{1});
}

void TestPreview::wrongMappingIsAProblemNotAnError()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("f.csv", "who,when\na,2020-01-01\n");
    options.recipe.columns[Role::User] = "nobody";
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    QVERIFY(preview->problem && preview->problem->code == ErrorCode::UnknownColumn);
    QCOMPARE(preview->rows.size(), std::size_t{1});
    QCOMPARE(preview->rows[0].fields[1], std::string("2020-01-01"));
    QVERIFY(preview->rows[0].values.empty());
    options.profile = "nope";
    QVERIFY(previewImport(options)->problem->code == ErrorCode::UnknownProfile);
}

void TestPreview::suggestions()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("f.csv", "Customer ID;Date;Total;Shoe\na;25.03.2020;1,50;x\n");
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    const ImportRecipe &suggested = preview->suggested;
    QCOMPARE(suggested.columns.at(Role::User), std::string("Customer ID"));
    QCOMPARE(suggested.columns.at(Role::Amount), std::string("Total"));
    QCOMPARE(suggested.constants.at(Role::Kind), std::string("purchase"));
    QVERIFY(preview->columns[0].suggested == Role::User);
    QVERIFY(!preview->columns[3].suggested);
    options.recipe = suggested;
    const auto settled = previewImport(options);
    QVERIFY(!settled->problem);
    QVERIFY(settled->recipe.dateFormat == "dd.mm.yyyy");
    QVERIFY(settled->recipe.decimalMark == ',');
    VERIFY_OK(importFile(fixture.project(), options, Task()));
    // Where both readings of the dates are possible, none is taken.
    options = {};
    options.path = fixture.write("g.csv", "customer;date\na;03/04/2020\n");
    options.recipe = previewImport(options)->suggested;
    const auto ambiguous = previewImport(options);
    QVERIFY(ambiguous->problem->code == ErrorCode::AmbiguousDates);
    QVERIFY(!ambiguous->recipe.dateFormat);
}

void TestPreview::shippedProfileIsRecognised()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write(
        "f.csv", "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
                 "C489449,22087x,PAPER,-12,2009-12-01 10:33:00,2.95,16321,Australia\n"
                 "489450,post,POSTAGE,1,2009-12-01 10:33:00,18,16321,Australia\n");
    QCOMPARE(previewImport(options)->suggestedProfile, std::string("online-retail-ii"));
    options.profile = "online-retail-ii";
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    QVERIFY(!preview->problem);
    const auto value = [&](std::size_t row, Role role) {
        for (const PreviewValue &v : preview->rows[row].values) {
            if (v.role == role) {
                return v.parsed;
            }
        }
        return std::string("none");
    };
    QCOMPARE(value(0, Role::Kind), std::string("refund"));
    QCOMPARE(value(0, Role::Item), std::string("22087X"));
    QCOMPARE(value(0, Role::Quantity), std::string("-12"));
    QCOMPARE(preview->rows[1].reason, std::string("excluded_item"));
}

void TestPreview::wordsOfKinds()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("kinds.csv", "user,at,kind\na,2020-01-01,Kauf\nb,2020-01-01,view\n"
                                              "c,2020-01-01,Kauf\nd,2020-01-01,NA\n"
                                              "e,2020-01-01, Kauf \nf,2020-01-01,R\xFC""ckgabe\n");
    options.recipe.encoding = "UTF-8";
    options.recipe.missing = {"NA"};
    options.recipe.kinds = {{"kauf", EventKind::Purchase}};
    const auto words = previewImport(options)->kindWords;
    QCOMPARE(words.size(), std::size_t{4});
    QCOMPARE(words[0].word, std::string("Kauf"));
    QCOMPARE(words[0].rows, 3);
    QVERIFY(words[0].kind == EventKind::Purchase);
    for (const KindWord &word : words) {
        QVERIFY(isValidUtf8(word.word));
        QCOMPARE(word.kind.has_value(), word.word == "Kauf" || word.word == "view");
    }
    // Every row is of one kind: there are no words.
    options.recipe.constants = {{Role::Kind, "view"}};
    QVERIFY(previewImport(options)->kindWords.empty());
}

void TestPreview::withoutAHeader()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("plain.csv", "17,20240102,12.50\n18,20240103,7.00\n");
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    QVERIFY(preview->problem && preview->problem->code == ErrorCode::MissingRole);
    QVERIFY(preview->recipe.headerRows == 0);
    QVERIFY(preview->recipe.columns.empty()); // not those of the generic log
    QCOMPARE(preview->rows.size(), std::size_t{2});
    // What has been said so far is shown, whole or not.
    options.recipe = preview->recipe;
    options.recipe.columns[Role::User] = "1";
    const auto begun = previewImport(options);
    VERIFY_OK(begun);
    QVERIFY(begun->problem && begun->columns[0].role == Role::User);
    options.recipe.columns[Role::At] = "2";
    options.recipe.constants[Role::Kind] = "purchase";
    options.recipe.columns[Role::Amount] = "3";
    QVERIFY(!previewImport(options)->problem);
}

// What somebody has said so far shows, and what a profile only allows for is no part of it.
void TestPreview::meaningsShowWhileSomeAreMissing()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("f.csv", "who,when,user\na,2020-01-01,b\n");
    auto preview = previewImport(options);
    QVERIFY(preview->problem && preview->problem->code == ErrorCode::MissingRole);
    QCOMPARE(preview->recipe.columns.size(), std::size_t{1}); // of those that are named as roles
    QVERIFY(preview->columns[2].role == Role::User && !preview->columns[0].role);
    options.recipe = preview->recipe;
    options.recipe.columns = {{Role::User, "who"}, {Role::Item, "3"}};
    preview = previewImport(options);
    QVERIFY(preview->problem && preview->problem->code == ErrorCode::MissingRole);
    QVERIFY(preview->columns[0].role == Role::User && preview->columns[2].role == Role::Item);
    QVERIFY(!preview->columns[1].role);
    options.recipe.columns[Role::At] = "no such";
    preview = previewImport(options);
    QVERIFY(preview->problem && preview->problem->code == ErrorCode::UnknownColumn);
    QVERIFY(preview->columns[0].role == Role::User && !preview->columns[1].role);
}

void TestPreview::hostileText()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.write("f.csv", "us\xFF\xFE,at,kind\n" + std::string(5000, '\xC3') +
                                              ",2020-01-01,view\n\"a\"b,c\n");
    options.recipe.encoding = "UTF-8";
    const auto preview = previewImport(options);
    VERIFY_OK(preview);
    QCOMPARE(preview->rows.size(), std::size_t{2});
    QVERIFY(preview->rows[0].fields[0].size() <= 200);
    QCOMPARE(preview->rows[1].reason, std::string("bad_quote"));
    QCOMPARE(preview->columns[0].name, std::string("us\xEF\xBF\xBD\xEF\xBF\xBD"));
}

void TestPreview::badFilesAreErrors()
{
    ImportFixture fixture;
    ImportOptions options;
    options.path = fixture.folder() / "none.csv";
    COMPARE_ERROR(previewImport(options), ErrorCode::FileMissing);
    options.path = fixture.folder();
    COMPARE_ERROR(previewImport(options), ErrorCode::IsDirectory);
    options.path = fixture.write("empty.csv", "");
    COMPARE_ERROR(previewImport(options), ErrorCode::EmptyFile);
}

QTEST_GUILESS_MAIN(TestPreview)
#include "tst_preview.moc"
