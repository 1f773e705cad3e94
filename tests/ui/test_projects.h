#pragma once

#include "core/project/event_store.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/project/user_state_store.h"

#include <QString>

#include <cmath>
#include <limits>

namespace perennial::test {

enum class Scores { None, Full, Missing, NotFinite };

inline Status addEvents(Project &project, int users)
{
    SourceRecord source;
    source.name = "test.csv";
    source.hash = "test";
    auto id = beginSource(project, source);
    if (!id) {
        return id.error();
    }
    auto writer = EventWriter::open(project, *id);
    if (!writer) {
        return writer.error();
    }
    if (auto begun = writer->begin(); !begun) {
        return begun;
    }
    for (int u = 0; u < users; ++u) {
        auto user = writer->code(Dictionary::User, "user-" + std::to_string(u));
        if (!user) {
            return user.error();
        }
        EventRow event;
        event.user = *user;
        event.at = startOf(20000 + u % 300);
        event.amount = moneyFromUnits(10.0 + u % 90);
        if (auto added = writer->add(event); !added) {
            return added;
        }
    }
    if (auto committed = writer->commit(); !committed) {
        return committed;
    }
    if (auto built = buildEventIndexes(project); !built) {
        return built;
    }
    return finishSource(project, *id);
}

inline Status addScores(Project &project, int users, Scores scores)
{
    UserStateLabel label;
    label.snapshot = 20300;
    label.horizonDays = 180;
    label.currency = "USD";
    label.churnSource = "bg-nbd";
    if (auto hash = dataHash(project)) {
        label.dataHash = *hash;
    }
    std::vector<UserState> states;
    for (int u = 0; u < users; ++u) {
        UserState s;
        s.user = u + 1;
        s.stage = kStages[static_cast<std::size_t>(u % kStageCount)];
        s.orders = 1 + u % 5;
        s.firstDay = 20000 + u % 300;
        s.lastDay = s.lastOrderDay = 20000 + u % 300;
        s.realised = 10.0 + u % 90;
        if (scores == Scores::Full) {
            s.pAlive = (u % 100) / 100.0;
            s.churnRisk = 1.0 - *s.pAlive;
            s.expectedOrders = *s.pAlive * 3;
            s.predictedValue = *s.expectedOrders * s.realised;
        } else if (scores == Scores::NotFinite) {
            const double nan = std::numeric_limits<double>::quiet_NaN();
            s.realised = 0;
            s.pAlive = s.churnRisk = s.expectedOrders = s.predictedValue = nan;
        }
        states.push_back(s);
    }
    return writeUserStates(project, label, states);
}

/// A project with a purchase per user and, where asked, a row of scores per user.
inline Status makeProject(const QString &path, int users, Scores scores)
{
    auto project = Project::create(path.toStdString());
    if (!project) {
        return project.error();
    }
    if (users > 0) {
        if (auto added = addEvents(*project, users); !added) {
            return added;
        }
    }
    return scores == Scores::None ? Status(Done{}) : addScores(*project, users, scores);
}

} // namespace perennial::test
