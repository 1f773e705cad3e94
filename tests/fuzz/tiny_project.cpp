#include "tests/fuzz/tiny_project.h"

#include "tests/fuzz/fuzz_support.h"

#include "core/ingest/import.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/score_stage.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/project/user_state_store.h"

#include <vector>

namespace perennial::fuzz {

namespace {

constexpr const char *kEvents =
    "user,at,kind,item,item_name,category,quantity,price,amount,order,device,place,channel\n"
    "u1,2023-01-01,purchase,i1,Cup,Kitchen,1,2.50,2.50,o1,phone,Oslo,search\n"
    "u1,2023-01-09,purchase,i2,Plate,Kitchen,2,4.00,8.00,o2,phone,Oslo,mail\n"
    "u2,2023-01-02,view,i1,,,,,,,laptop,Bergen,search\n"
    "u2,2023-01-03,purchase,i3,Lamp,Light,1,30.00,30.00,o3,laptop,Bergen,search\n"
    "u2,2023-01-20,refund,i3,,,1,,30.00,o3,laptop,Bergen,search\n"
    "u3,2023-02-01,rating,i2,,,4,,,,phone,Oslo,mail\n"
    "u3,no date,purchase,i2,,,1,4.00,4.00,o4,phone,Oslo,mail\n"
    "u4,2023-02-03,purchase,i1,,,1,2.50,2.50,o5,phone,Oslo,mail\n";

void addEvents(Project &project)
{
    const Folder folder;
    ImportOptions options;
    options.path = folder.write("events.csv", kEvents);
    require(importFile(project, options, Task()).ok(), "events come in");
}

void addRun(Project &project)
{
    RunRecord run;
    run.model = "behavior";
    run.device = "cpu";
    run.until = 19400;
    run.config = R"({"width": 4})";
    run.id = beginRun(project, run).value();
    run.state = RunState::Done;
    run.metrics = R"({"hr10": 0.5})";
    require(addEpoch(project, run.id, {{1, "train_loss", 0.7}, {2, "train_loss", 0.5}}).ok(),
            "epochs");
    const WeightBlob weight{"w", "float32", {2, 3}, std::vector<std::byte>(24, std::byte{1})};
    require(finishRun(project, run, {weight}).ok(), "a run");
}

void addStates(Project &project)
{
    UserStateLabel label;
    label.snapshot = 19400;
    label.horizonDays = 180;
    label.currency = "USD";
    label.dataHash = dataHash(project).value();
    label.detail = "{}";
    std::vector<UserState> states;
    for (const UserRecord &user : readUsers(project).value()) {
        UserState state;
        state.user = user.id;
        state.stage = Stage::Converted;
        state.realised = 10.0;
        state.firstDay = state.lastDay = state.lastOrderDay = 19390;
        state.pAlive = 0.5;
        state.predictedValue = 3.0;
        states.push_back(state);
    }
    require(writeUserStates(project, label, states).ok(), "states");
    require(stageScores(project, "key", 0, {1, 1}, {}).ok(), "a stage");
}

void addTheRest(Project &project)
{
    ProjectSettings settings;
    settings.snapshot = 19400;
    require(writeSettings(project, settings).ok(), "settings");
    require(saveScenario(project, {0, "keep", R"({"name": "keep"})", "", 0}).ok(), "a scenario");
    TruthUser truth;
    truth.user = 1;
    require(writeTruth(project, {truth}, {{1, 1, 1, 0.5}}).ok(), "a truth");
    project.database().execute(
        "INSERT INTO attribute(entity, name, type) VALUES (1, 'age', 1);"
        "INSERT INTO user_attribute VALUES (1, 1, 1, 33);"
        "INSERT INTO item_attribute VALUES (1, 1, 1, 'red');"
        "INSERT INTO campaign(key) VALUES ('spring'); INSERT INTO coupon(key) VALUES ('ten');"
        "INSERT INTO exposure VALUES (1, 1, 0, 1); INSERT INTO coupon_item VALUES (1, 1, 1, 1);"
        "INSERT INTO event_offer VALUES (1, 1, 1);"
        "INSERT INTO cleaning_rule(id, kind, definition, active, saved_at) "
        "VALUES (1, 'test', '{}', 1, 0);"
        "INSERT INTO set_aside_event SELECT id + 100, user_id, at, kind, item_id, quantity, "
        "amount, "
        "order_id, device_id, place_id, channel_id, 0, 2 FROM event WHERE id = 1;"
        "INSERT INTO ignored_finding VALUES ('code', 'why', 0);"
        "INSERT INTO segment(name, definition, saved_at) VALUES ('s', '{}', 0);"
        "INSERT INTO report_definition(name, definition, saved_at) VALUES ('r', '{}', 0)");
}

std::vector<std::string> texts(Database &database, const std::string &sql)
{
    Statement query(database, sql);
    std::vector<std::string> out;
    while (query.step()) {
        out.push_back(query.text(0));
    }
    return out;
}

/// A table with the names and keys of another, and no types or rules.
void createLax(Database &from, Database &to, const std::string &table)
{
    const std::string info = "pragma_table_info('" + table + "')";
    const std::int64_t keys = from.integer("SELECT count(*) FROM " + info + " WHERE pk > 0");
    const auto columns =
        texts(from, "SELECT name || iif(pk = 1 AND type = 'INTEGER' AND " + std::to_string(keys) +
                        " = 1, ' INTEGER PRIMARY KEY', '') FROM " + info);
    std::string list;
    for (const std::string &column : columns) {
        list += (list.empty() ? "" : ", ") + column;
    }
    to.execute("CREATE TABLE " + table + "(" + list + ")");
    to.execute("INSERT INTO main." + table + " SELECT * FROM strict." + table);
    for (const std::string &index :
         texts(from, "SELECT name FROM pragma_index_list('" + table + "') WHERE \"unique\"")) {
        to.execute("CREATE UNIQUE INDEX lax_" + index + " ON " + table + "(" +
                   texts(from, "SELECT group_concat(name) FROM pragma_index_info('" + index + "')")
                       .front() +
                   ")");
    }
}

} // namespace

void makeTinyProject(const std::filesystem::path &path)
{
    auto project = Project::create(path);
    require(project.ok(), "a project");
    addEvents(*project);
    addRun(*project);
    addStates(*project);
    addTheRest(*project);
}

std::string tinyProjectBytes()
{
    const Folder folder;
    const auto path = folder.file("tiny.perennial");
    makeTinyProject(path);
    {
        Database database(path, Database::Mode::ReadWrite);
        database.execute("PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM;");
    }
    return readFile(path);
}

std::string laxProjectBytes()
{
    const Folder folder;
    const auto strict = folder.file("tiny.perennial");
    const auto lax = folder.file("lax.perennial");
    makeTinyProject(strict);
    Database from(strict, Database::Mode::ReadOnly);
    {
        Database to(lax, Database::Mode::ReadWriteCreate);
        Statement attach(to, "ATTACH ? AS strict");
        attach.bindAll(strict.string());
        attach.run();
        for (const std::string &table :
             texts(from, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
            createLax(from, to, table);
        }
        for (const std::string &index : texts(
                 from, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")) {
            to.execute(index);
        }
        for (const char *number : {"application_id", "user_version"}) {
            to.execute(std::string("PRAGMA ") + number + " = " +
                       std::to_string(from.integer(std::string("PRAGMA ") + number)));
        }
    }
    return readFile(lax);
}

} // namespace perennial::fuzz
