#include "core/lifecycle/driver_rows.h"
#include "core/lifecycle/user_labels.h"
#include "core/project/entity_writer.h"
#include "tests/support/checked.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kAt = 20000;

/// Users a … d, ids 1 … 4, of whom d has not bought; what files say of them.
void fill(ProjectFixture &fixture)
{
    fixture.add({{"a", "tea", EventKind::View, startOf(kAt - 9), 0, ""},
                 {"a", "tea", EventKind::Purchase, startOf(kAt - 8), 1, "x"},
                 {"b", "mug", EventKind::Purchase, startOf(kAt - 2), 1, "y"},
                 {"c", "mug", EventKind::View, startOf(kAt - 5), 0, ""},
                 {"c", "mug", EventKind::Purchase, startOf(kAt - 1), 1, "z"},
                 {"d", "mug", EventKind::View, startOf(kAt - 5), 0, ""}});
    SourceRecord source;
    source.name = "users.csv";
    source.hash = "users";
    source.contents = Contents::Users;
    auto writer = checked(EntityWriter::open(fixture.project(), source));
    const auto user = [&](const char *key) { return checked(writer.code(Entity::User, key)); };
    const auto attribute = [&](const char *name, AttributeType type, bool personal) {
        return checked(writer.attribute(Entity::User, name, type, personal));
    };
    const auto channel = attribute(attribute_name::kChannel, AttributeType::Text, false);
    const auto age = attribute("age", AttributeType::Number, false);
    const auto mail = attribute("mail", AttributeType::Text, true);
    checked(writer.set(Entity::User, user("a"), channel, std::string("ads")));
    checked(writer.set(Entity::User, user("c"), channel, std::string("shop")));
    checked(writer.set(Entity::User, user("b"), age, 40.5));
    checked(writer.set(Entity::User, user("c"), age, 20.0));
    checked(writer.set(Entity::User, user("d"), age, 18.0));
    checked(writer.set(Entity::User, user("a"), mail, std::string("a@example.com")));
    const auto item = checked(writer.code(Entity::Item, "tea"));
    const auto category =
        checked(writer.attribute(Entity::Item, attribute_name::kCategory, AttributeType::Text,
                                 false));
    checked(writer.set(Entity::Item, item, category, std::string("drinks")));
    checked(writer.commit());

    source.name = "shown.csv";
    source.hash = "shown";
    source.contents = Contents::Exposures;
    auto shown = checked(EntityWriter::open(fixture.project(), source));
    const auto campaign = [&](const char *key) {
        return checked(shown.code(Entity::Campaign, key));
    };
    const auto addressed = [&](const char *key, const char *who, UtcSecond at) {
        checked(shown.addExposure(campaign(key), checked(shown.code(Entity::User, who)), at));
    };
    checked(shown.setCampaign(campaign("late"), "", kAt - 1, std::nullopt));
    checked(shown.setCampaign(campaign("early"), "", kAt - 30, std::nullopt));
    addressed("undated", "a", 0);
    addressed("late", "a", 0);
    addressed("early", "a", startOf(kAt)); // told in time, after the other's first day
    addressed("late", "b", 0);
    addressed("early", "b", 0);
    addressed("undated", "d", 0);
    checked(shown.commit());
}

} // namespace

class UserLabelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatUsersCanBeGroupedBy()
    {
        ProjectFixture fixture;
        fill(fixture);
        QCOMPARE(checked(userLabelNames(fixture.project(), std::nullopt)),
                 (std::vector<std::string>{"channel", "first_category", "first_campaign", "age"}));
        // Before anyone has bought nothing is known of a first purchase.
        const auto early = checked(userLabelNames(fixture.project(), kAt - 9));
        QVERIFY(std::ranges::find(early, "first_category") == early.end());
    }

    void theWords()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto words = [&](const char *name) {
            return labelsOf(checked(readUserLabels(fixture.project(), name, kAt)), {1, 2, 3, 4});
        };
        QCOMPARE(words("channel"), (std::vector<std::string>{"ads", "", "shop", ""}));
        QCOMPARE(words("age"), (std::vector<std::string>{"", "40.5", "20", "18"}));
        QCOMPARE(words("first_category"), (std::vector<std::string>{"drinks", "", "", ""}));
        QCOMPARE(words("first_campaign"),
                 (std::vector<std::string>{"late", "early", "", "undated"}));
    }

    void personalOnesAreRefused()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto mail = readUserLabels(fixture.project(), "mail", kAt);
        QCOMPARE(mail.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(mail.error().detail, std::string("personal: mail"));
    }

    void numbersStayNumbersAmongTheDrivers()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto rows = checked(readLifecycleRows(fixture.project(), kAt, Task()));
        const auto history =
            checked(stageHistory(rows.days, rows.users, {kAt - 5, kAt}, {}, 90, Task()));
        const auto activity =
            checked(readActivity(fixture.project(), kAt, ActivityClock::Calendar, Task()));
        // c and d are acquired, then c buys.
        DriverQuestion question{0, 1, Stage::Acquired, {}, {}};
        question.outcome.set(static_cast<std::size_t>(Stage::Converted));
        question.compared = ~question.outcome;
        const auto list =
            checked(findDrivers(fixture.project(), history, activity, question, {}, Task()));
        QCOMPARE(list->users, 2);
        QCOMPARE(list->happened, 1);
        QCOMPARE(list->drivers.size(), std::size_t{1}); // all else is the same for both
        QCOMPARE(list->drivers[0].feature, std::string("age"));
        QCOMPARE(*list->drivers[0].above, 18.0);
        QCOMPARE(list->drivers[0].withHappened, 1);
        for (const char *name : {"orders", "spend", "channel", "mean_order"}) {
            QVERIFY(std::ranges::find(list->leftOut, name) != list->leftOut.end());
        }
    }
};

QTEST_GUILESS_MAIN(UserLabelsTest)
#include "tst_user_labels.moc"
