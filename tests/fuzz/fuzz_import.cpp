// A whole import: what it counts, whatever the file, and that it leaves a sound project.

#include "tests/fuzz/fuzz_support.h"

#include "core/base/text.h"
#include "core/ingest/preview.h"
#include "core/ingest/profiles.h"
#include "core/project/attribute_store.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"

#include <algorithm>

using namespace perennial;
using fuzz::require;

namespace {

const std::string &emptyProject()
{
    static const std::string bytes = [] {
        const fuzz::Folder folder;
        require(Project::create(folder.file("empty.perennial")).ok(), "an empty project");
        return fuzz::readFile(folder.file("empty.perennial"));
    }();
    return bytes;
}

/// A file's name as anybody may have given it.
std::string fileName(std::string text)
{
    std::erase_if(text, [](char c) { return c == '/' || c == '\0'; });
    return text.empty() || text == "." || text == ".." ? "events.csv" : text.substr(0, 100);
}

/// Some columns for a file whose headers say nothing.
ImportRecipe blindRecipe(ImportRecipe recipe)
{
    if (recipe.contents) {
        for (const Role role : requiredRoles(*recipe.contents)) {
            recipe.columns[role] = std::to_string(recipe.columns.size() + 1);
        }
        return recipe;
    }
    recipe.columns = {{Role::User, "1"}, {Role::At, "2"}, {Role::Amount, "3"}};
    recipe.constants[Role::Kind] = "purchase";
    return recipe;
}

/// The roles that the headers' names suggest, and whatever has to be asked for.
ImportRecipe chosenRecipe(ImportOptions options, std::uint8_t bits)
{
    const auto preview = previewImport(options, 5);
    ImportRecipe recipe = options.recipe;
    if (preview && !preview->suggested.columns.empty()) {
        recipe = mergeRecipes(recipe, preview->suggested);
    } else {
        recipe = blindRecipe(recipe);
    }
    if (preview && preview->encodings.size() > 1) {
        recipe.encoding = preview->encodings.front();
    }
    if (bits & 1) {
        recipe.decimalMark = bits & 2 ? ',' : '.';
    }
    if (bits & 4 && !recipe.contents) {
        recipe.dedupe = bits & 8 ? Dedupe::Exact : Dedupe::None;
    }
    if (bits & 16) {
        recipe.dateFormat = "dd/mm/yyyy";
    }
    if (bits & 32) {
        recipe.timeZone = "Europe/Berlin";
    }
    if (bits & 64 && !recipe.contents) {
        recipe.rules = CleaningRules{true, {"POST"}, {"GIFT"}, "C"};
    }
    return recipe;
}

void checkBooks(const ImportReport &report)
{
    const ImportTotals &t = report.totals;
    require(t.balanced(), "what is read is stored, duplicate, rejected or excluded");
    require(t.stored.rows > 0, "an import stores something");
    std::int64_t named = 0;
    for (const auto &[reason, rows] : report.reasons) {
        named += rows;
    }
    require(named == t.rejected.rows + t.excluded.rows, "every row that is left out has a reason");
    require(report.purchases + report.refunds < t.stored.rows ||
                report.gross + report.refunded == t.stored.amount,
            "money of purchases and refunds is bought or returned");
    require(report.gross >= 0 && report.refunded <= 0, "returns are negative");
    require(report.users <= t.stored.rows && report.orders <= report.purchases,
            "nothing is counted more often than it is there");
    for (const RejectedRow &row : report.firstRejected) {
        require(isValidUtf8(row.raw) && isValidUtf8(row.column) && row.line > 0,
                "a row that is left out can be shown");
    }
}

bool sameOutcome(const ImportReport &a, const ImportReport &b)
{
    return a.totals == b.totals && a.users == b.users && a.items == b.items &&
           a.purchases == b.purchases && a.refunds == b.refunds && a.orders == b.orders &&
           a.gross == b.gross && a.refunded == b.refunded && a.reasons == b.reasons &&
           a.roundedAmounts == b.roundedAmounts && a.ambiguousTimes == b.ambiguousTimes &&
           recipeToJson(a.recipe) == recipeToJson(b.recipe);
}

/// The same file again: in other chunks, and by the recipe that the first import wrote down.
void checkAgain(Project &project, ImportOptions options, const ImportReport &first)
{
    options.chunkRows = 1;
    const auto chunked = importFile(project, options, Task());
    require(chunked && sameOutcome(*chunked, first), "chunks do not matter");
    const auto written = recipeFromJson(recipeToJson(first.recipe), "written");
    require(written.ok(), "the recipe used can be read");
    options.profile.clear();
    options.recipe = *written;
    const auto again = importFile(project, options, Task());
    require(again && sameOutcome(*again, first), "the recipe used imports the same");
}

/// Rows that only descriptions and dictionaries have.
std::int64_t describedRows(const Project &project)
{
    Database &database = project.database();
    std::int64_t rows = 0;
    for (const char *table : {"description", "user_attribute", "item_attribute", "attribute",
                              "campaign", "coupon", "exposure", "coupon_item", "user", "item"}) {
        rows += database.integer(std::string("SELECT count(*) FROM ") + table);
    }
    return rows;
}

/// Users, items, campaigns, exposures or coupons into the project, and out of it again.
void checkTable(Project &project, ImportOptions options, const ImportReport &dry)
{
    options.dryRun = false;
    const auto report = importFile(project, options, Task());
    require(report && sameOutcome(*report, dry), "a dry run tells what an import brings");
    const auto verified = verifyProject(project, Task());
    require(verified && verified->sound(), "an import leaves a sound project");
    const auto counts = readCounts(project);
    require(counts && counts->events == 0, "a table has no events");
    for (const Entity entity : {Entity::User, Entity::Item}) {
        const auto attributes = readAttributes(project, entity);
        require(attributes.ok(), "attributes can be read");
        for (const Attribute &attribute : *attributes) {
            const auto column = readAttributeColumn(project, attribute);
            require(column && std::ssize(column->ids) == attribute.described,
                    "an attribute has the values that it counts");
        }
    }
    require(readCampaigns(project).ok(), "campaigns can be read");
    require(importFile(project, options, Task()).error().code == ErrorCode::AlreadyImported,
            "a file comes in once");
    options.again = true;
    const auto twice = importFile(project, options, Task());
    require(twice && sameOutcome(*twice, dry), "asked for, a file comes in twice");
    for (const SourceRecord &source : *readSources(project)) {
        require(removeSource(project, source.id).ok(), "an import can be taken out");
    }
    require(describedRows(project) == 0, "nothing stays of an import that is taken out");
}

/// Into the project: sound, and with the figures that the report gives.
void checkStored(Project &project, ImportOptions options, const ImportReport &dry)
{
    options.dryRun = false;
    options.chunkRows = 3;
    const auto report = importFile(project, options, Task());
    require(report && sameOutcome(*report, dry), "a dry run tells what an import brings");
    const auto verified = verifyProject(project, Task());
    require(verified && verified->sound(), "an import leaves a sound project");
    const auto counts = readCounts(project);
    require(counts && counts->events == dry.totals.stored.rows && counts->users == dry.users &&
                counts->items == dry.items && counts->purchases == dry.purchases &&
                counts->refunds == dry.refunds && counts->orders == dry.orders &&
                counts->gross == dry.gross && counts->refunded == dry.refunded,
            "the project has what the report says");
    require(importFile(project, options, Task()).error().code == ErrorCode::AlreadyImported,
            "a file comes in once");
    require(removeSource(project, report->source).ok(), "an import can be taken out");
    const auto left = readCounts(project);
    require(left && left->events == 0 && left->users == 0 && left->items == 0,
            "nothing stays of an import that is taken out");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const fuzz::Folder folder;
    fuzz::Input input(data, size);
    const std::uint8_t bits = input.byte();
    const std::uint8_t kind = input.byte();
    const std::string name = fileName(input.line());
    folder.clear();
    ImportOptions options;
    options.path = folder.write(name, input.rest());
    if (kind % 4 == 1) {
        options.profile = builtInProfiles()[kind / 4 % builtInProfiles().size()].name;
    } else {
        if (kind % 4 == 3) { // anything but events
            options.recipe.contents = static_cast<Contents>(2 + kind / 4 % (kContentsCount - 1));
        }
        options.recipe = chosenRecipe(options, bits);
    }
    options.dryRun = true;
    auto project =
        Project::open(folder.write("fuzz.perennial", emptyProject()), Project::Access::ReadWrite);
    require(project.ok(), "an empty project opens");
    const auto report = importFile(*project, options, Task());
    if (!report) {
        return 0;
    }
    checkBooks(*report);
    checkAgain(*project, options, *report);
    if (kind % 4 == 3) {
        checkTable(*project, options, *report);
    } else if (kind % 2 == 0) {
        checkStored(*project, options, *report);
    }
    return 0;
}
