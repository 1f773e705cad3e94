#pragma once

#include "core/project/entity_writer.h"
#include "core/project/event_store.h"
#include "core/project/user_state_store.h"
#include "core/segment/segment_users.h"
#include "tests/support/checked.h"
#include "tests/support/project_fixture.h"

#include <limits>

namespace perennial::test {

inline constexpr Day kSnapshot = 20000;

/// Six users, a … f, with ids 1 … 6.
class SegmentShop {
public:
    SegmentShop()
    {
        const auto at = [](int before) { return startOf(kSnapshot - before) + 3600; };
        m_fixture.add({{"a", "tea", EventKind::Purchase, at(100), 10, "o1"},
                       {"a", "tea", EventKind::Purchase, at(0), 20, "o2"},
                       {"b", "mug", EventKind::Purchase, at(30), 30, "o3"},
                       {"b", "mug", EventKind::View, at(31), 0, ""},
                       {"c", "tea", EventKind::View, at(10), 0, ""},
                       {"d", "tea", EventKind::View, at(29), 0, ""},
                       {"e", "tea", EventKind::Purchase, at(29), 5, "o4"},
                       {"e", "tea", EventKind::Purchase, at(-1), 5, "o5"}, // after the snapshot
                       {"f", "mug", EventKind::Click, at(400), 0, ""}});
        describe();
        score();
    }

    ProjectFixture &fixture() { return m_fixture; }
    Project &project() { return m_fixture.project(); }

    /// Keys of those who belong, one after the other.
    std::string of(const SegmentRule &rule)
    {
        const SegmentUsers found = checked(usersOfSegment(project(), rule, {}));
        std::string keys;
        for (const std::int64_t user : *found.users) {
            keys += checked(findUserById(project(), user)).key;
        }
        return keys;
    }
    std::string of(SegmentRule::Condition condition) { return of(ruleOf(std::move(condition))); }

private:
    void describe()
    {
        SourceRecord source;
        source.name = "users.csv";
        source.hash = "users";
        source.contents = Contents::Users;
        auto writer = checked(EntityWriter::open(project(), source));
        const auto channel = checked(
            writer.attribute(Entity::User, attribute_name::kChannel, AttributeType::Text, false));
        const auto age =
            checked(writer.attribute(Entity::User, "age", AttributeType::Number, false));
        const auto tier =
            checked(writer.attribute(Entity::User, "tier", AttributeType::Text, false));
        const auto user = [&](const char *key) { return checked(writer.code(Entity::User, key)); };
        const auto set = [&](const char *key, std::int64_t attribute, const AttributeValue &value) {
            checked(writer.set(Entity::User, user(key), attribute, value));
        };
        set("a", channel, std::string("ads"));
        set("b", channel, std::string("search"));
        set("c", channel, std::string("ads"));
        set("a", age, 30.0);
        set("b", age, 40.5);
        set("d", age, 18.0);
        set("a", tier, std::string("gold"));
        set("f", tier, std::string("ads"));
        set("a", checked(writer.attribute(Entity::User, "mail", AttributeType::Text, true)),
            std::string("a@shop"));
        checked(writer.commit());
        source.name = "shown.csv";
        source.hash = "shown";
        source.contents = Contents::Exposures;
        auto shown = checked(EntityWriter::open(project(), source));
        const auto campaign = checked(shown.code(Entity::Campaign, "spring"));
        for (const char *key : {"b", "d"}) {
            checked(shown.addExposure(campaign, checked(shown.code(Entity::User, key)), 0));
        }
        checked(shown.commit());
    }

    void score()
    {
        UserStateLabel label;
        label.snapshot = kSnapshot;
        label.horizonDays = 180;
        label.margin = 0.5;
        const auto state = [](std::int64_t user, Stage stage, int orders, std::optional<Day> last) {
            UserState s;
            s.user = user;
            s.stage = stage;
            s.orders = orders;
            s.lastOrderDay = last;
            return s;
        };
        std::vector<UserState> states{state(1, Stage::Loyal, 2, kSnapshot),
                                      state(2, Stage::Converted, 1, kSnapshot - 30),
                                      state(3, Stage::Active, 0, {}),
                                      state(4, Stage::Retained, 0, {}),
                                      state(5, Stage::Converted, 1, kSnapshot - 29),
                                      state(6, Stage::Churned, 0, {})};
        const double risks[]{0.1, 0.5, 0.5, 0.9, std::numeric_limits<double>::infinity(), 0.5};
        for (std::size_t k = 0; k < states.size(); ++k) {
            states[k].churnRisk = risks[k];
            states[k].firstDay = kSnapshot - 100 + static_cast<Day>(k) * 10;
            states[k].lastDay = kSnapshot - static_cast<Day>(k);
            states[k].realised = 10.0 * static_cast<double>(states[k].orders);
        }
        states[0].predictedValue = 7;
        states[1].predictedValue = 0;
        states[3].predictedValue = 3;
        checked(writeUserStates(project(), label, states));
    }

    ProjectFixture m_fixture;
};

} // namespace perennial::test
