#include "tests/fuzz/project_readers.h"

#include "tests/fuzz/fuzz_support.h"

#include "tests/support/whole_project.h"

#include "core/ingest/import.h"
#include "core/project/attribute_store.h"
#include "core/project/audit.h"
#include "core/project/cleaning_store.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"
#include "core/project/quality_store.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "core/project/salvage.h"
#include "core/project/scenario_store.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/project/user_data_store.h"
#include "core/project/user_table.h"

#include <algorithm>
#include <iostream>

namespace perennial::fuzz {

namespace {

bool isKind(EventKind kind)
{
    return std::ranges::find(kEventKinds, kind) != kEventKinds.end();
}

void readSourcesAndRows(const Project &project)
{
    const auto sources = readSources(project);
    for (const SourceRecord &source : sources ? *sources : std::vector<SourceRecord>()) {
        static_cast<void>(source.totals.balanced());
        formatTimestamp(source.startedAt);
        formatTimestamp(source.finishedAt);
        static_cast<void>(readChunks(project, source.id));
        static_cast<void>(readRejected(project, source.id, 0, 100));
    }
    static_cast<void>(dataHash(project));
}

void checkTable(const EventTable &table)
{
    require(table.offsets.back() == std::ssize(table.user) && std::ranges::is_sorted(table.offsets),
            "a user's rows are a range");
    for (std::size_t row = 0; row < table.size(); ++row) {
        require(isKind(table.kind[row]), "a kind is one");
        formatTimestamp(table.at[row]);
    }
}

void readEventTables(const Project &project)
{
    for (const std::optional<Day> until : {std::optional<Day>(), std::optional<Day>(19390)}) {
        if (const auto table = readEvents(project, until, Task())) {
            checkTable(*table);
        }
        static_cast<void>(readUserPurchases(project, until));
        static_cast<void>(readActiveDays(project, until));
    }
    static_cast<void>(readUserPurchasesBetween(project, 19300, 19390));
    if (const auto page = readEventPage(project, 0, 100)) {
        for (const NamedEvent &event : *page) {
            require(isKind(event.kind), "a named event's kind is one");
            formatTimestamp(event.at);
        }
    }
}

void readPeopleAndItems(const Project &project)
{
    static_cast<void>(readItems(project));
    const auto users = readUsers(project);
    for (const UserRecord &user : users ? *users : std::vector<UserRecord>()) {
        if (user.signup) {
            formatDate(*user.signup);
        }
        static_cast<void>(findUser(project, user.key));
        static_cast<void>(findUserById(project, user.id));
        static_cast<void>(readTruthItems(project, user.id));
        static_cast<void>(readUserState(project, user.id));
        if (user.id < 1'000'000) { // the offsets up to a user are part of the answer
            static_cast<void>(readEventsOfUser(project, user.id, {}));
        }
        if (const auto events = readUserEvents(project, user.id, 100)) {
            require(std::ranges::all_of(*events, [](const auto &e) { return isKind(e.kind); }),
                    "a user's events have kinds");
        }
    }
    static_cast<void>(readTruth(project));
}

void readRunsAndWeights(const Project &project)
{
    const auto runs = readRuns(project);
    for (const RunRecord &run : runs ? *runs : std::vector<RunRecord>()) {
        require(run.state >= RunState::Running && run.state <= RunState::Cancelled,
                "a run's state is one");
        if (run.until) {
            formatDate(*run.until);
        }
        static_cast<void>(readRun(project, run.id));
        static_cast<void>(readEpochs(project, run.id));
        static_cast<void>(readWeights(project, run.id));
        static_cast<void>(readRunAnswers(project, run.id));
        static_cast<void>(readChampion(project, run.model));
    }
}

void readStates(const Project &project)
{
    if (const auto label = readUserStateLabel(project)) {
        formatDate(label->snapshot);
    }
    static_cast<void>(readUserStates(project));
    for (const UserColumn column : {UserColumn::Key, UserColumn::Ltv, UserColumn::PAlive}) {
        UserTableQuery query;
        query.sort = column;
        if (auto table = UserTable::open(project, query)) {
            static_cast<void>(table->rows(0, 100));
        }
    }
}

void readSettingsAndLog(const Project &project)
{
    const auto settings = readSettings(project);
    if (settings) {
        require(checkSettings(*settings).ok(), "settings that are read are allowed");
        if (const auto day = snapshotDay(project, *settings)) {
            formatDate(*day);
        }
    }
    if (const auto counts = readCounts(project)) {
        formatDate(counts->firstDay.value_or(0));
        formatDate(counts->lastDay.value_or(0));
    }
    static_cast<void>(readAudit(project, 100));
    static_cast<void>(readScenarios(project));
}

void checkValues(const std::vector<NamedValue> &values)
{
    for (const NamedValue &value : values) {
        attributeText(value.value); // of a day, of the calendar
    }
}

void readDescriptions(const Project &project)
{
    for (const Entity entity : {Entity::User, Entity::Item}) {
        const auto attributes = readAttributes(project, entity);
        for (const Attribute &attribute : attributes ? *attributes : std::vector<Attribute>()) {
            attributeTypeName(attribute.type);
            static_cast<void>(readAttributeColumn(project, attribute));
        }
        for (std::int64_t id = 1; id < 6; ++id) {
            if (const auto values = readAttributesOf(project, entity, id)) {
                checkValues(*values);
            }
        }
    }
    const auto campaigns = readCampaigns(project);
    for (const auto &campaign : campaigns ? *campaigns : std::vector<CampaignRecord>()) {
        formatDate(campaign.firstDay.value_or(0));
        formatDate(campaign.lastDay.value_or(0));
    }
}

void readRulesAndQuality(const Project &project)
{
    static_cast<void>(readCleaningRules(project));
    if (const auto totals = readCleaningTotals(project)) {
        static_cast<void>(totals->balanced());
    }
    static_cast<void>(previewCleaningRule(project, DuplicateRule{}, Task()));
    static_cast<void>(previewCleaningRule(project, AmountOutlierRule{}, Task()));
    static_cast<void>(scanEvents(
        project,
        [](const ScannedEvent &event) { require(isKind(event.kind), "a scanned kind is one"); },
        Task()));
    static_cast<void>(countSuspects(project, Task()));
    static_cast<void>(readIgnoredFindings(project));
}

void readDataOfOneUser(const Project &project)
{
    const auto user = findStoredUser(project, "u1");
    const std::int64_t id = user ? user->id : 1;
    static_cast<void>(readStoredAttributes(project, id));
    static_cast<void>(readStoredExposures(project, id));
    for (const EventShelf shelf : {EventShelf::InUse, EventShelf::SetAside}) {
        static_cast<void>(readStoredEvents(project, id, shelf, 0, 100));
    }
    static_cast<void>(readRejectedNaming(project, "u3"));
}

} // namespace

void readEverything(const Project &project)
{
    static_cast<void>(verifyProject(project, Task()));
    readSourcesAndRows(project);
    readEventTables(project);
    readPeopleAndItems(project);
    readRunsAndWeights(project);
    readStates(project);
    readSettingsAndLog(project);
    readDescriptions(project);
    readRulesAndQuality(project);
    readDataOfOneUser(project);
}

void salvageWhatIsThere(const std::filesystem::path &damaged)
{
    static const Folder folder;
    folder.clear();
    const auto out = folder.file("salvaged.perennial");
    const auto report = salvageProject(damaged, out, Task());
    if (!report) {
        require(report.error().code == ErrorCode::NotAProject ||
                    report.error().code == ErrorCode::NewerVersion ||
                    report.error().code == ErrorCode::EmptyFile,
                "a file that can't be salvaged is none of the program's");
        return;
    }
    const auto project = Project::open(out, Project::Access::ReadOnly);
    require(project.ok(), "a salvaged project opens");
    const std::string failures = test::ProjectReading(*project).failures();
    if (!failures.empty()) {
        std::cerr << failures << '\n';
    }
    require(failures.empty(), "a salvaged project can be read");
    require(report->sound, "a salvaged project is sound");
}

void changeThings(Project &project)
{
    static const Folder folder;
    static const auto events = folder.write("more.csv", "user,at,kind,item,item_name,price,amount\n"
                                                        "u1,2023-03-01,purchase,i1,Mug,3,3\n"
                                                        "u9,2023-03-01,purchase,i9,Jug,9,9\n");
    ImportOptions options;
    options.path = events;
    static_cast<void>(importFile(project, options, Task()));
    static_cast<void>(writeSettings(project, ProjectSettings{}));
    static_cast<void>(setChampion(project, 1));
    static_cast<void>(removeSource(project, 1));
    static_cast<void>(readCounts(project));
    static_cast<void>(verifyProject(project, Task()));
}

} // namespace perennial::fuzz
