#include "core/privacy/forget.h"
#include "core/project/cleaning_store.h"
#include "core/project/counts.h"
#include "core/project/database.h"
#include "core/project/quality_store.h"
#include "core/project/recovery.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <stop_token>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr UtcSecond kNow = 1'300'000'000;

PlainEvent bought(const std::string &user, double amount, UtcSecond at)
{
    return {user, "i", EventKind::Purchase, at, amount, "o-" + user};
}

TestUsersRule users(std::vector<std::string> keys, std::vector<std::string> prefixes = {},
                    std::vector<std::string> patterns = {})
{
    return {{std::move(keys), std::move(prefixes), std::move(patterns), true}};
}

KeyList savedList(const Project &project)
{
    const auto rules = readCleaningRules(project);
    return rules && !rules->empty() ? std::get<TestUsersRule>(rules->front().rule).list : KeyList();
}

} // namespace

class TestForgetRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKeyThatIsAWordOfTheRuleLeavesARule();
    void hisEntriesGoAndOthersStay();
    void aRuleOfHimAloneFindsNobody();
    void aPatternNeverBecomesOneOfEverybody();
    void reasonsAndIgnoredFindings();
    void capsAreOfWhoIsLeft();
    void outliersAreOfWhoIsLeft();
    void aDamagedRuleKeepsNobody();
    void cancelTakesTheCleaningBack();
};

// "test" is a word of the kind "test_users" and of the usual list.
void TestForgetRules::aKeyThatIsAWordOfTheRuleLeavesARule()
{
    for (const std::string key : {"test", "keys", "kind", "users"}) {
        ProjectFixture fixture;
        Project &project = fixture.project();
        fixture.add(
            {bought(key, 1, kNow), bought("test_2", 2, kNow + 1), bought("plain", 3, kNow + 2)});
        const CleaningRule usual = TestUsersRule{usualTestUsers()};
        QVERIFY(addCleaningRule(project, usual, "ours", Task()).ok());
        QVERIFY(forgetUser(project, key, Task()).ok());
        const auto rules = readCleaningRules(project);
        QVERIFY2(rules.ok(), key.c_str());
        QVERIFY(rules->front().active);
        QVERIFY(rules->front().rule == usual);
        QCOMPARE(rules->front().found.rows, 1); // test_2 is still out
        QCOMPARE(readCounts(project)->events, 1);
        QVERIFY(readCleaningTotals(project)->balanced());
        QVERIFY(verifyProject(project, Task())->sound());
    }
}

void TestForgetRules::hisEntriesGoAndOthersStay()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("Anna-77", 1, kNow), bought("bert-12", 2, kNow + 1),
                 bought("carl-34", 3, kNow + 2), bought("dora-56", 4, kNow + 3)});
    // In any case of letters, as the rule compares them.
    QVERIFY(addCleaningRule(
                project, users({"ANNA-77", "bert-12"}, {"anna-77", "carl-"}, {"Anna-77*", "d?ra*"}),
                {}, Task())
                .ok());
    QCOMPARE(readCounts(project)->events, 0);
    const auto report = forgetUser(project, "Anna-77", Task());
    QVERIFY(report.ok());
    QCOMPARE(report->erased.definitions, 1);
    const KeyList list = savedList(project);
    QCOMPARE(list.keys, std::vector<std::string>{"bert-12"});
    QCOMPARE(list.prefixes, std::vector<std::string>{"carl-"});
    QCOMPARE(list.patterns, std::vector<std::string>{"d?ra*"});
    QCOMPARE(readCounts(project)->events, 0);
    QVERIFY(verifyProject(project, Task())->sound());
}

void TestForgetRules::aRuleOfHimAloneFindsNobody()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("anna-77", 1, kNow), bought("test_2", 2, kNow + 1)});
    QVERIFY(addCleaningRule(project, users({"anna-77"}), {}, Task()).ok());
    QVERIFY(forgetUser(project, "anna-77", Task()).ok());
    const auto rules = readCleaningRules(project);
    QVERIFY(rules.ok() && rules->front().active);
    QCOMPARE(rules->front().found.rows, 0);
    QCOMPARE(readCounts(project)->events, 1);
    QVERIFY(switchCleaningRule(project, 1, false, Task()).ok());
    QVERIFY(switchCleaningRule(project, 1, true, Task()).ok());
    QCOMPARE(readCounts(project)->events, 1);
}

void TestForgetRules::aPatternNeverBecomesOneOfEverybody()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("anna-77", 1, kNow), bought("bert-12", 2, kNow + 1)});
    QVERIFY(addCleaningRule(project, users({}, {}, {"anna-77", "zz*"}), {}, Task()).ok());
    QVERIFY(forgetUser(project, "anna-77", Task()).ok());
    QCOMPARE(savedList(project).patterns, std::vector<std::string>{"zz*"});
    QVERIFY(applyActiveRules(project, Task()).ok());
    QCOMPARE(readCounts(project)->events, 1);
}

void TestForgetRules::reasonsAndIgnoredFindings()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("anna-77", 0, kNow), bought("bert-12", 2, kNow + 1)});
    QVERIFY(addCleaningRule(project, ZeroPriceRule{}, "asked by anna-77", Task()).ok());
    QVERIFY(ignoreFinding(project, "gap", "anna-77 was ill").ok());
    QVERIFY(ignoreFinding(project, "cold_items", "few").ok());
    QCOMPARE(forgetUser(project, "anna-77", Task())->erased.definitions, 2);
    QCOMPARE(readCleaningRules(project)->front().reason, std::string("asked by ***"));
    const auto ignored = readIgnoredFindings(project);
    QCOMPARE(ignored->size(), std::size_t{1});
    QCOMPARE(ignored->front().code, std::string("cold_items"));
}

// A quantile of all amounts moves when the largest ones go.
void TestForgetRules::capsAreOfWhoIsLeft()
{
    ProjectFixture fixture, without;
    std::vector<PlainEvent> all, left;
    for (int k = 1; k <= 40; ++k) {
        left.push_back(bought("bert-12", k, kNow + k));
        all.push_back(left.back());
        all.push_back(bought("anna-77", 1000 + k, kNow + 100 + k));
    }
    fixture.add(all);
    without.add(left);
    AmountQuantileRule rule;
    rule.upper = 0.9;
    for (ProjectFixture *each : {&fixture, &without}) {
        QVERIFY(addCleaningRule(each->project(), rule, {}, Task()).ok());
    }
    QVERIFY(forgetUser(fixture.project(), "anna-77", Task()).ok());
    const auto rules = readCleaningRules(fixture.project());
    const auto expected = readCleaningRules(without.project());
    QVERIFY(rules->front().bounds == expected->front().bounds);
    QVERIFY(rules->front().found == expected->front().found);
    QVERIFY(rules->front().found.rows > 0);
    QCOMPARE(readCounts(fixture.project())->gross, readCounts(without.project())->gross);
    QVERIFY(readCleaningTotals(fixture.project())->balanced());
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

// His rows may be why others were set aside: here a threshold of outliers.
void TestForgetRules::outliersAreOfWhoIsLeft()
{
    ProjectFixture fixture;
    std::vector<PlainEvent> events;
    for (int k = 0; k < 60; ++k) {
        events.push_back(bought("anna-77", 10 + k % 3, kNow + k));
    }
    for (int k = 0; k < 30; ++k) {
        events.push_back(bought("bert-12", 5000 + 10 * k, kNow + 100 + k));
    }
    fixture.add(events);
    Project &project = fixture.project();
    QVERIFY(addCleaningRule(project, AmountOutlierRule{}, {}, Task()).ok());
    QCOMPARE(readCounts(project)->events, 60);
    QVERIFY(forgetUser(project, "anna-77", Task()).ok());
    QCOMPARE(readCounts(project)->events, 30); // among themselves they are no outliers
    QVERIFY(verifyProject(project, Task())->sound());
}

// As an older version left it.
void TestForgetRules::aDamagedRuleKeepsNobody()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("anna-77", 1, kNow), bought("bert-12", 2, kNow + 1)});
    QVERIFY(addCleaningRule(project, users({"x"}), {}, Task()).ok());
    Statement damage(project.database(), "UPDATE cleaning_rule SET definition = ?");
    damage.bindAll(R"({"kind":"***_users","keys":["anna-77"]})");
    damage.run();
    QVERIFY(!readCleaningRules(project).ok());
    QVERIFY(forgetUser(project, "anna-77", Task()).ok());
    QCOMPARE(project.database().integer("SELECT count(*) FROM cleaning_rule WHERE definition LIKE "
                                        "'%anna%'"),
             0);
    QCOMPARE(readCounts(project)->events, 1);
}

void TestForgetRules::cancelTakesTheCleaningBack()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("anna-77", 1, kNow), bought("test_2", 2, kNow + 1)});
    QVERIFY(addCleaningRule(project, users({"anna-77", "test_2"}), {}, Task()).ok());
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!forgetUser(project, "anna-77", Task(stop.get_token(), {})).ok());
    QCOMPARE(savedList(project).keys.size(), std::size_t{2});
    QVERIFY(verifyProject(project, Task())->sound());
    QVERIFY(forgetUser(project, "anna-77", Task()).ok());
}

QTEST_APPLESS_MAIN(TestForgetRules)
#include "tst_forget_rules.moc"
