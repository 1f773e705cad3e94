#pragma once

#include "core/project/attribute_store.h"
#include "core/project/audit.h"
#include "core/project/cleaning_store.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"
#include "core/project/import_store.h"
#include "core/project/purchase_store.h"
#include "core/project/quality_store.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "core/project/scenario_store.h"
#include "core/project/score_stage.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/project/user_data_store.h"
#include "core/project/user_state_store.h"

#include <string>
#include <vector>

namespace perennial::test {

/// What of a project can't be read, or is not sound, one word each: empty for a whole one.
class ProjectReading {
public:
    explicit ProjectReading(const Project &project) : m_project(project)
    {
        note("events", readEvents(project, {}, Task()));
        note("event page", readEventPage(project, 0, 1'000'000));
        note("purchases", readUserPurchases(project, {}));
        note("days", readActiveDays(project, {}));
        note("counts", readCounts(project));
        note("settings", readSettings(project));
        note("audit", readAudit(project, 1'000'000));
        note("scenarios", readScenarios(project));
        note("suspects", countSuspects(project, Task()));
        note("scan", scanEvents(
                         project, [](const ScannedEvent &) {}, Task()));
        note("findings", readIgnoredFindings(project));
        note("hash", dataHash(project));
        readPeople();
        readSourcesAndRules();
        readModels();
        checkSound();
    }

    const std::string &failures() const { return m_failures; }

private:
    template <class T>
    void note(const std::string &what, const Result<T> &result)
    {
        if (!result) {
            m_failures += what + " (" + result.error().detail + ") ";
        }
    }

    void readPeople()
    {
        const auto users = readUsers(m_project);
        note("users", users);
        for (const UserRecord &user : users ? *users : std::vector<UserRecord>()) {
            if (user.id > 100) {
                break; // one look at each takes its time
            }
            note("attributes", readAttributesOf(m_project, Entity::User, user.id));
            note("stored user", findStoredUser(m_project, user.key));
        }
        const auto items = readItems(m_project);
        note("items", items);
        for (const ItemRecord &item : items ? *items : std::vector<ItemRecord>()) {
            note("item attributes", readAttributesOf(m_project, Entity::Item, item.id));
        }
        for (const Entity entity : {Entity::User, Entity::Item}) {
            const auto attributes = readAttributes(m_project, entity);
            note("attribute list", attributes);
            for (const Attribute &a : attributes ? *attributes : std::vector<Attribute>()) {
                note("column", readAttributeColumn(m_project, a));
            }
        }
        note("campaigns", readCampaigns(m_project));
        note("truth", readTruth(m_project));
    }

    void readSourcesAndRules()
    {
        const auto sources = readSources(m_project);
        note("sources", sources);
        for (const SourceRecord &source : sources ? *sources : std::vector<SourceRecord>()) {
            note("chunks", readChunks(m_project, source.id));
            note("rejected", readRejected(m_project, source.id, 0, 1'000'000));
        }
        note("rules", readCleaningRules(m_project));
        const auto totals = readCleaningTotals(m_project);
        note("totals", totals);
        const auto counts = readCounts(m_project);
        if (totals && counts && (!totals->balanced() || totals->kept.rows != counts->events)) {
            m_failures += "unbalanced ";
        }
    }

    void readModels()
    {
        const auto runs = readRuns(m_project);
        note("runs", runs);
        for (const RunRecord &run : runs ? *runs : std::vector<RunRecord>()) {
            note("weights", readWeights(m_project, run.id));
            note("answers", readRunAnswers(m_project, run.id));
            note("epochs", readEpochs(m_project, run.id));
        }
        note("stage", stageHolds(m_project));
        const auto label = readUserStateLabel(m_project);
        if (label) {
            note("states", readUserStates(m_project));
        } else if (label.error().code != ErrorCode::NotScored) {
            note("label", label);
        }
    }

    void checkSound()
    {
        const auto verified = verifyProject(m_project, Task());
        note("verify", verified);
        for (const auto &finding : verified ? verified->findings : std::vector<VerifyFinding>()) {
            if (finding.level == VerifyFinding::Level::Damage) {
                m_failures += finding.code + " " + finding.detail + " ";
            }
        }
    }

    const Project &m_project;
    std::string m_failures;
};

} // namespace perennial::test
