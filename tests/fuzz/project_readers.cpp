#include "tests/fuzz/project_readers.h"

#include "tests/fuzz/fuzz_support.h"

#include "core/ingest/import.h"
#include "core/project/audit.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/project/user_table.h"

#include <algorithm>

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
        static_cast<void>(readChampion(project, run.model));
    }
}

void readStates(const Project &project)
{
    if (const auto label = readUserStateLabel(project)) {
        formatDate(label->snapshot);
    }
    static_cast<void>(readUserStates(project, {}));
    static_cast<void>(readUserStates(project, Stage::Converted));
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

} // namespace

// What else reads a damaged file (salvage) gets a line here.
void readEverything(const Project &project)
{
    static_cast<void>(verifyProject(project, Task()));
    readSourcesAndRows(project);
    readEventTables(project);
    readPeopleAndItems(project);
    readRunsAndWeights(project);
    readStates(project);
    readSettingsAndLog(project);
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
