#include "tests/core/project/cleaning_fixture.h"

#include "core/project/event_store.h"

#include <QTest>

using namespace perennial;
using test::idsOf;
using test::PlainEvent;
using test::ProjectFixture;
using test::tableRows;

namespace {

constexpr UtcSecond kNow = 1'300'000'000;

PlainEvent bought(const char *user, const char *item, double amount, UtcSecond at = kNow)
{
    return {user, item, EventKind::Purchase, at, amount, "o"};
}

std::set<std::int64_t> setAside(Project &project)
{
    return idsOf(project, "SELECT id FROM set_aside_event WHERE (rules & 1) = 0");
}

std::int64_t switchOn(Project &project, const CleaningRule &rule)
{
    const auto id = addCleaningRule(project, rule, {}, Task());
    return id ? *id : -1;
}

} // namespace

class TestCleaning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOrderGivesTheSameAndUndoesItself();
    void duplicatesKeepTheFirst();
    void missingFieldsOfTheirKinds();
    void outliersAgainstAPlainComputation();
    void degenerateAmountsHaveNoOutliers();
    void quantilesAreCappedAndComeBack();
    void timesAndPrices();
    void keysAreTextNotStatements();
    void frequentUsersLoseEverything();
    void aPreviewTellsTheEffect();
    void stepsOfTheTotalsAddUp();
    void usersWithoutEventsAreHidden();
    void newImportsAreCleanedToo();
    void aRemovedSourceChangesWhatRulesFind();
    void idsOfSetAsideEventsStayTheirs();
    void theDataHashFollowsTheRules();
    void aCancelledSwitchChangesNothing();
    void wrongCallsAreRefused();
    void definitionsSurviveJson();
    void hostileDefinitions_data();
    void hostileDefinitions();
    void verifySeesATamperedTable();
};

// The state depends on the imported events and the set of active rules alone.
void TestCleaning::everyOrderGivesTheSameAndUndoesItself()
{
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const auto events = test::troubledEvents(seed, 300);
        ProjectFixture walked, fresh;
        walked.add(events);
        fresh.add(events);
        const auto before = tableRows(walked.project(), "event");
        const auto rules = test::someRules();
        Rng rng(seed, 7);
        std::set<std::size_t> on;
        std::vector<std::int64_t> ids(rules.size(), 0);
        for (int step = 0; step < 40; ++step) {
            const auto k =
                static_cast<std::size_t>(rng.below(static_cast<std::uint32_t>(rules.size())));
            if (on.contains(k)) {
                QVERIFY(switchCleaningRule(walked.project(), ids[k], false, Task()).ok());
                on.erase(k);
            } else {
                ids[k] = switchOn(walked.project(), rules[k]);
                QVERIFY(ids[k] > 0);
                on.insert(k);
            }
            const auto totals = readCleaningTotals(walked.project());
            QVERIFY(totals.ok() && totals->balanced());
        }
        for (const std::size_t k : on) {
            QVERIFY(switchOn(fresh.project(), rules[k]) > 0);
        }
        QVERIFY(tableRows(walked.project(), "event") == tableRows(fresh.project(), "event"));
        QVERIFY(tableRows(walked.project(), "set_aside_event") ==
                tableRows(fresh.project(), "set_aside_event"));
        QVERIFY(verifyProject(walked.project(), Task())->sound());
        const auto walkedRows = tableRows(walked.project(), "event");
        QVERIFY(applyActiveRules(walked.project(), Task()).ok());
        QVERIFY(tableRows(walked.project(), "event") == walkedRows);
        QVERIFY(!on.empty() && walkedRows != before);
        for (const std::size_t k : on) {
            QVERIFY(removeCleaningRule(walked.project(), ids[k], Task()).ok());
        }
        QVERIFY(tableRows(walked.project(), "event") == before);
        QVERIFY(tableRows(walked.project(), "set_aside_event").empty());
    }
}

void TestCleaning::duplicatesKeepTheFirst()
{
    ProjectFixture fixture;
    fixture.add({bought("a", "x", 1),
                 bought("a", "x", 2),
                 bought("a", "x", 1),
                 bought("b", "x", 1),
                 bought("a", "y", 1),
                 bought("a", "x", 1, kNow + 1),
                 {"a", "x", EventKind::View, kNow, 0, "o"},
                 {"a", "x", EventKind::Purchase, kNow, 1, "other"},
                 bought("a", "", 5),
                 bought("a", "", 5)});
    using Same = DuplicateRule::Same;
    const auto found = [&](Same same) {
        const auto id = switchOn(fixture.project(), DuplicateRule{same});
        const auto ids = setAside(fixture.project());
        return switchCleaningRule(fixture.project(), id, false, Task()).ok()
                   ? ids
                   : std::set<std::int64_t>();
    };
    QVERIFY((found(Same::UserTimeItem) == std::set<std::int64_t>{2, 3, 8}));
    QVERIFY((found(Same::Amount) == std::set<std::int64_t>{3, 8}));
    QVERIFY((found(Same::Row) == std::set<std::int64_t>{3, 10}));
}

void TestCleaning::missingFieldsOfTheirKinds()
{
    ProjectFixture fixture;
    fixture.add({{"a", "", EventKind::Purchase, kNow, 1, "o"},
                 {"a", "", EventKind::View, kNow, 0, ""},
                 {"a", "x", EventKind::Purchase, kNow, 1, ""},
                 {"a", "", EventKind::Refund, kNow, -1, ""}});
    const auto item = switchOn(fixture.project(), MissingItemRule{});
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{1, 4}));
    QVERIFY(switchCleaningRule(fixture.project(), item, false, Task()).ok());
    QVERIFY(switchOn(fixture.project(), MissingOrderRule{}) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{3}));
    MissingItemRule views;
    views.kinds = {EventKind::View};
    QVERIFY(switchOn(fixture.project(), views) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{2, 3}));
}

void TestCleaning::outliersAgainstAPlainComputation()
{
    ProjectFixture fixture;
    std::vector<PlainEvent> events;
    std::vector<double> logs;
    Rng rng(5);
    for (int k = 0; k < 501; ++k) {
        const double amount = k % 50 == 0 ? 5000.0 + k : std::exp(rng.normal());
        events.push_back(bought("u", "x", amount, kNow + k));
        logs.push_back(std::log(static_cast<double>(moneyFromUnits(amount))));
    }
    fixture.add(events);
    // 501 values: the middle one is number 250 of the sorted.
    std::vector<double> sorted = logs;
    std::ranges::sort(sorted);
    const double median = sorted[250];
    std::vector<double> deviations;
    for (const double x : logs) {
        deviations.push_back(std::abs(x - median));
    }
    std::ranges::sort(deviations);
    std::set<std::int64_t> expected;
    for (std::size_t k = 0; k < logs.size(); ++k) {
        if (0.6745 * (logs[k] - median) / deviations[250] > 3.5) {
            expected.insert(static_cast<std::int64_t>(k) + 1);
        }
    }
    QVERIFY(expected.size() >= 11);
    const auto id = switchOn(fixture.project(), AmountOutlierRule{});
    QVERIFY(setAside(fixture.project()) == expected);
    const auto records = readCleaningRules(fixture.project());
    QCOMPARE(records->front().id, id);
    QCOMPARE(records->front().found.rows, static_cast<std::int64_t>(expected.size()));
    QVERIFY(records->front().bounds.high.has_value() && !records->front().bounds.low.has_value());
}

void TestCleaning::degenerateAmountsHaveNoOutliers()
{
    AmountQuantileRule quantile;
    for (const std::vector<double> &amounts :
         {std::vector<double>{}, {3.0}, {3.0, 3.0, 3.0}, {0.0, 0.0}}) {
        ProjectFixture fixture;
        std::vector<PlainEvent> events{{"a", "x", EventKind::View, kNow, 0, ""}};
        for (const double amount : amounts) {
            events.push_back(bought("a", "x", amount));
        }
        fixture.add(events);
        for (const CleaningRule &rule :
             {CleaningRule(AmountOutlierRule{}), CleaningRule(quantile)}) {
            const auto effect = previewCleaningRule(fixture.project(), rule, Task());
            QVERIFY(effect.ok());
            QCOMPARE(effect->found.rows, 0);
            QCOMPARE(effect->change, 0);
        }
    }
    // More than half equal (MAD = 0): the wild one still stands out.
    ProjectFixture fixture;
    std::vector<PlainEvent> events;
    for (int k = 0; k < 40; ++k) {
        events.push_back(bought("a", "x", 10, kNow + k));
    }
    events.push_back(bought("a", "x", 100'000, kNow + 99));
    fixture.add(events);
    QVERIFY(switchOn(fixture.project(), AmountOutlierRule{}) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{41}));
}

void TestCleaning::quantilesAreCappedAndComeBack()
{
    ProjectFixture fixture;
    std::vector<PlainEvent> events;
    for (int k = 1; k <= 101; ++k) {
        events.push_back(bought("a", "x", k, kNow + k));
    }
    fixture.add(events);
    const auto before = tableRows(fixture.project(), "event");
    AmountQuantileRule rule;
    rule.lower = 0.05;
    rule.upper = 0.95;
    const auto first = switchOn(fixture.project(), rule); // 6 … 96
    QCOMPARE(idsOf(fixture.project(), "SELECT id FROM set_aside_event WHERE rules & 1").size(),
             std::size_t{10});
    Database &database = fixture.project().database();
    QCOMPARE(database.integer("SELECT max(amount) FROM event"), 96 * kMoneyUnit);
    QCOMPARE(database.integer("SELECT min(amount) FROM event"), 6 * kMoneyUnit);
    QCOMPARE(database.integer("SELECT count(*) FROM event"), 101);
    rule.lower = 0;
    rule.upper = 0.9;
    const auto second = switchOn(fixture.project(), rule); // … 91
    QCOMPARE(database.integer("SELECT max(amount) FROM event"), 91 * kMoneyUnit);
    const auto third = switchOn(fixture.project(), FutureTimeRule{kNow + 100});
    QCOMPARE(database.integer("SELECT count(*) FROM event"), 100);
    const auto totals = readCleaningTotals(fixture.project());
    QVERIFY(totals->balanced());
    QCOMPARE(totals->capped, 14);
    QCOMPARE(totals->setAside.rows, 1);
    QVERIFY(switchCleaningRule(fixture.project(), first, false, Task()).ok());
    QCOMPARE(database.integer("SELECT min(amount) FROM event"), kMoneyUnit);
    QVERIFY(switchCleaningRule(fixture.project(), third, false, Task()).ok());
    QCOMPARE(database.integer("SELECT count(*) FROM event WHERE amount = 910000"), 11);
    QVERIFY(switchCleaningRule(fixture.project(), second, false, Task()).ok());
    QVERIFY(tableRows(fixture.project(), "event") == before);
}

void TestCleaning::timesAndPrices()
{
    ProjectFixture fixture;
    fixture.add({bought("a", "x", 1, kNow - 1),
                 bought("a", "x", 0, kNow),
                 bought("a", "x", -2, kNow + 1),
                 {"a", "x", EventKind::Refund, kNow, -3, ""},
                 {"a", "x", EventKind::View, kNow, 0, ""}});
    const auto found = [&](const CleaningRule &rule) {
        const auto id = switchOn(fixture.project(), rule);
        const auto ids = setAside(fixture.project());
        return switchCleaningRule(fixture.project(), id, false, Task()).ok()
                   ? ids
                   : std::set<std::int64_t>{-1};
    };
    QVERIFY((found(FutureTimeRule{kNow}) == std::set<std::int64_t>{3}));
    QVERIFY((found(BeforeTimeRule{kNow}) == std::set<std::int64_t>{1}));
    QVERIFY((found(ZeroPriceRule{}) == std::set<std::int64_t>{2}));
    QVERIFY((found(NegativePriceRule{}) == std::set<std::int64_t>{3}));
    QVERIFY(found(FutureTimeRule{}).empty());
    fixture.project().database().execute("UPDATE source SET started_at = 1300000000");
    QVERIFY((found(FutureTimeRule{}) == std::set<std::int64_t>{3}));
}

void TestCleaning::keysAreTextNotStatements()
{
    ProjectFixture fixture;
    fixture.add({bought("Test_1", "post", 1), bought("a'; DROP TABLE event; --", "POSTER", 1),
                 bought("bob@example.com", "GIFT_50", 1), bought("b%", "z", 1)});
    ItemCodesRule codes{usualItemCodes()};
    QVERIFY(switchOn(fixture.project(), codes) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{1, 3}));
    codes.list.ignoreCase = false;
    QVERIFY(removeCleaningRule(fixture.project(), 1, Task()).ok());
    QVERIFY(switchOn(fixture.project(), codes) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{3}));
    QVERIFY(removeCleaningRule(fixture.project(), 1, Task()).ok());
    QVERIFY(switchOn(fixture.project(), TestUsersRule{usualTestUsers()}) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{1, 3}));
    KeyList hostile;
    hostile.keys = {"a'; DROP TABLE event; --"};
    hostile.patterns = {"b%"};
    QVERIFY(switchOn(fixture.project(), TestUsersRule{hostile}) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{1, 2, 3, 4}));
}

void TestCleaning::frequentUsersLoseEverything()
{
    ProjectFixture fixture;
    std::vector<PlainEvent> events;
    for (int k = 0; k < 6; ++k) {
        events.push_back(bought("machine", "x", 1, 86'400 * 100 + k));
        events.push_back(bought("steady", "x", 1, 86'400 * (100 + k)));
    }
    events.push_back(bought("machine", "x", 1, 86'400 * 300));
    fixture.add(events);
    QVERIFY(switchOn(fixture.project(), FrequentUsersRule{6}) > 0);
    QVERIFY(setAside(fixture.project()).empty());
    QVERIFY(switchOn(fixture.project(), FrequentUsersRule{5}) > 0);
    QCOMPARE(setAside(fixture.project()).size(), std::size_t{7});
    QVERIFY(findUser(fixture.project(), "steady").ok());
    QVERIFY(!findUser(fixture.project(), "machine").ok());
}

void TestCleaning::aPreviewTellsTheEffect()
{
    ProjectFixture fixture;
    fixture.add({bought("a", "POST", 5),
                 bought("a", "x", 7),
                 bought("b", "POST", 2, kNow + 9),
                 {"b", "POST", EventKind::Refund, kNow + 20, -1, ""}});
    const CleaningRule rule = ItemCodesRule{usualItemCodes()};
    const auto before = tableRows(fixture.project(), "event");
    const auto effect = previewCleaningRule(fixture.project(), rule, Task());
    QVERIFY(effect.ok());
    QVERIFY((effect->found == ImportTotals::Line{3, 6 * kMoneyUnit}));
    QCOMPARE(effect->change, -6 * kMoneyUnit);
    QCOMPARE(effect->users, 2);
    QCOMPARE(effect->usersLost, 1);
    QCOMPARE(effect->items, 1);
    QCOMPARE(effect->alreadyOut, 0);
    QVERIFY((effect->byKind[4] == ImportTotals::Line{2, 7 * kMoneyUnit}));
    QVERIFY((effect->byKind[5] == ImportTotals::Line{1, -kMoneyUnit}));
    QCOMPARE(*effect->first, kNow);
    QCOMPARE(*effect->last, kNow + 20);
    QVERIFY(tableRows(fixture.project(), "event") == before);
    QVERIFY(switchOn(fixture.project(), FutureTimeRule{kNow + 10}) > 0);
    const auto again = previewCleaningRule(fixture.project(), rule, Task());
    QCOMPARE(again->found.rows, 3);
    QCOMPARE(again->alreadyOut, 1);
}

void TestCleaning::stepsOfTheTotalsAddUp()
{
    ProjectFixture fixture;
    fixture.add({bought("test_a", "POST", 5), bought("a", "POST", 7), bought("test_b", "x", 11),
                 bought("c", "x", 13)});
    const auto users = switchOn(fixture.project(), TestUsersRule{usualTestUsers()});
    const auto codes = switchOn(fixture.project(), ItemCodesRule{usualItemCodes()});
    const auto totals = readCleaningTotals(fixture.project());
    QVERIFY(totals.ok());
    QVERIFY(totals->balanced());
    QVERIFY((totals->imported.stored == ImportTotals::Line{4, 36 * kMoneyUnit}));
    QCOMPARE(totals->steps.size(), std::size_t{2});
    QCOMPARE(totals->steps[0].rule, users);
    QVERIFY((totals->steps[0].setAside == ImportTotals::Line{2, 16 * kMoneyUnit}));
    QVERIFY((totals->steps[0].after == ImportTotals::Line{2, 20 * kMoneyUnit}));
    QVERIFY((totals->steps[1].setAside == ImportTotals::Line{1, 7 * kMoneyUnit}));
    QVERIFY((totals->steps[1].after == ImportTotals::Line{1, 13 * kMoneyUnit}));
    QVERIFY(totals->kept == totals->steps[1].after);
    QCOMPARE(totals->overlap, 1);
    const auto records = readCleaningRules(fixture.project());
    QCOMPARE(records->at(1).id, codes);
    QVERIFY((records->at(1).found == ImportTotals::Line{2, 12 * kMoneyUnit}));
    QVERIFY((records->at(1).foundAlone == ImportTotals::Line{1, 7 * kMoneyUnit}));
    QCOMPARE(readCounts(fixture.project())->events, 1);
    QCOMPARE(readCounts(fixture.project())->gross, 13 * kMoneyUnit);
}

void TestCleaning::usersWithoutEventsAreHidden()
{
    ProjectFixture fixture;
    fixture.add({bought("test_a", "only", 5), bought("a", "x", 7)});
    const auto id = switchOn(fixture.project(), TestUsersRule{usualTestUsers()});
    QCOMPARE(readUsers(fixture.project())->size(), std::size_t{1});
    QCOMPARE(readItems(fixture.project())->size(), std::size_t{1});
    QCOMPARE(readCounts(fixture.project())->users, 1);
    QCOMPARE(readEvents(fixture.project(), std::nullopt, Task())->size(), std::size_t{1});
    QVERIFY(switchCleaningRule(fixture.project(), id, false, Task()).ok());
    QCOMPARE(readUsers(fixture.project())->size(), std::size_t{2});
}

void TestCleaning::newImportsAreCleanedToo()
{
    ProjectFixture fixture, whole;
    const auto first = test::troubledEvents(3, 150), second = test::troubledEvents(4, 150);
    fixture.add(first);
    for (const CleaningRule &rule : test::someRules()) {
        QVERIFY(switchOn(fixture.project(), rule) > 0);
    }
    fixture.add(second);
    whole.add(first);
    whole.add(second);
    for (const CleaningRule &rule : test::someRules()) {
        QVERIFY(switchOn(whole.project(), rule) > 0);
    }
    QVERIFY(tableRows(fixture.project(), "event") == tableRows(whole.project(), "event"));
    QVERIFY(tableRows(fixture.project(), "set_aside_event") ==
            tableRows(whole.project(), "set_aside_event"));
    QVERIFY(readCleaningTotals(fixture.project())->balanced());
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestCleaning::aRemovedSourceChangesWhatRulesFind()
{
    ProjectFixture fixture;
    const auto first = fixture.add({bought("a", "x", 1), bought("b", "y", 1)});
    fixture.add({bought("a", "x", 1), bought("c", "z", 1)});
    QVERIFY(switchOn(fixture.project(), DuplicateRule{}) > 0);
    QVERIFY((setAside(fixture.project()) == std::set<std::int64_t>{3}));
    QVERIFY(removeSource(fixture.project(), first).ok());
    QVERIFY(setAside(fixture.project()).empty());
    QCOMPARE(readCounts(fixture.project())->events, 2);
    QVERIFY(findUser(fixture.project(), "a").ok());
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    QVERIFY(readCleaningTotals(fixture.project())->balanced());
}

void TestCleaning::idsOfSetAsideEventsStayTheirs()
{
    ProjectFixture fixture;
    fixture.add({bought("a", "x", 1), bought("test_z", "x", 2)});
    const auto id = switchOn(fixture.project(), TestUsersRule{usualTestUsers()});
    fixture.add({bought("b", "x", 3), bought("c", "x", 4)});
    QVERIFY((idsOf(fixture.project(), "SELECT id FROM event") == std::set<std::int64_t>{1, 3, 4}));
    QVERIFY(switchCleaningRule(fixture.project(), id, false, Task()).ok());
    QCOMPARE(readCounts(fixture.project())->events, 4);
}

void TestCleaning::theDataHashFollowsTheRules()
{
    ProjectFixture one, other;
    const auto events = test::troubledEvents(9, 60);
    one.add(events);
    other.add(events);
    const std::string before = *dataHash(one.project());
    const auto a = switchOn(one.project(), ZeroPriceRule{});
    const std::string cleaned = *dataHash(one.project());
    QVERIFY(cleaned != before);
    const auto b = switchOn(one.project(), MissingItemRule{});
    switchOn(other.project(), MissingItemRule{});
    switchOn(other.project(), ZeroPriceRule{});
    QCOMPARE(*dataHash(one.project()), *dataHash(other.project()));
    QVERIFY(switchCleaningRule(one.project(), b, false, Task()).ok());
    QCOMPARE(*dataHash(one.project()), cleaned);
    QVERIFY(switchCleaningRule(one.project(), a, false, Task()).ok());
    QCOMPARE(*dataHash(one.project()), before);
}

void TestCleaning::aCancelledSwitchChangesNothing()
{
    ProjectFixture fixture;
    fixture.add(test::troubledEvents(2, 200));
    const auto events = tableRows(fixture.project(), "event");
    std::stop_source stop;
    stop.request_stop();
    const Task cancelled(stop.get_token(), {});
    // Stopped when it first tells how far it is: in the middle of its transaction.
    std::stop_source later;
    const Task midway(later.get_token(), [&](double, std::string_view) { later.request_stop(); });
    for (const CleaningRule &rule : test::someRules()) {
        QCOMPARE(addCleaningRule(fixture.project(), rule, {}, midway).error().code,
                 ErrorCode::Cancelled);
        QCOMPARE(addCleaningRule(fixture.project(), rule, {}, cancelled).error().code,
                 ErrorCode::Cancelled);
    }
    QVERIFY(tableRows(fixture.project(), "event") == events);
    QVERIFY(readCleaningRules(fixture.project())->empty());
    const auto id = switchOn(fixture.project(), MissingItemRule{});
    const auto cleaned = tableRows(fixture.project(), "event");
    QCOMPARE(switchCleaningRule(fixture.project(), id, false, cancelled).error().code,
             ErrorCode::Cancelled);
    QVERIFY(tableRows(fixture.project(), "event") == cleaned);
    QVERIFY(switchCleaningRule(fixture.project(), id, false, Task()).ok());
    QVERIFY(tableRows(fixture.project(), "event") == events);
}

void TestCleaning::wrongCallsAreRefused()
{
    ProjectFixture fixture;
    fixture.add({bought("a", "x", 1)});
    QCOMPARE(switchCleaningRule(fixture.project(), 3, true, Task()).error().code,
             ErrorCode::InvalidArgument);
    AmountOutlierRule rule;
    rule.cutoff = std::nan("");
    QCOMPARE(addCleaningRule(fixture.project(), rule, {}, Task()).error().code,
             ErrorCode::InvalidArgument);
    for (int k = 1; k <= 62; ++k) {
        QVERIFY(switchOn(fixture.project(), FrequentUsersRule{100 + k}) == k);
    }
    QCOMPARE(addCleaningRule(fixture.project(), ZeroPriceRule{}, {}, Task()).error().code,
             ErrorCode::InvalidArgument);
    QCOMPARE(switchOn(fixture.project(), FrequentUsersRule{101}), 1); // an equal one is there
    QVERIFY(removeCleaningRule(fixture.project(), 5, Task()).ok());
    QCOMPARE(switchOn(fixture.project(), ZeroPriceRule{}), 5);
    QCOMPARE(setAside(fixture.project()).size(), std::size_t{0});
    auto reader = Project::open(fixture.project().path(), Project::Access::ReadOnly);
    QCOMPARE(switchCleaningRule(*reader, 1, false, Task()).error().code, ErrorCode::ReadOnly);
    QVERIFY(previewCleaningRule(*reader, DuplicateRule{}, Task()).ok());
    QCOMPARE(readCleaningRules(*reader)->size(), std::size_t{62});
}

void TestCleaning::definitionsSurviveJson()
{
    for (const CleaningRule &rule : test::someRules()) {
        const auto back = cleaningRuleFromJson(cleaningRuleToJson(rule));
        QVERIFY2(back.ok(), cleaningRuleToJson(rule).c_str());
        QVERIFY(*back == rule);
    }
    const auto day = cleaningRuleFromJson(R"({"kind":"future_time","after":"2011-12-09"})");
    QVERIFY((*day == CleaningRule(FutureTimeRule{1323475199})));
    const auto before = cleaningRuleFromJson(R"({"kind":"before_time","before":"2011-12-09"})");
    QVERIFY((*before == CleaningRule(BeforeTimeRule{1323388800})));
    const auto usual = cleaningRuleFromJson(R"({"kind":"item_codes"})");
    QVERIFY((*usual == CleaningRule(ItemCodesRule{usualItemCodes()})));
}

void TestCleaning::hostileDefinitions_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *text : {"",
                             "[]",
                             "{}",
                             R"({"kind":1})",
                             R"({"kind":"nothing"})",
                             R"({"kind":"zero_price","x":1})",
                             R"({"kind":"amount_outlier","cutoff":"3"})",
                             R"({"kind":"amount_outlier","cutoff":0})",
                             R"({"kind":"amount_outlier","cutoff":1e9})",
                             R"({"kind":"amount_outlier","of":"view"})",
                             R"({"kind":"amount_outlier","scale":"ln"})",
                             R"({"kind":"amount_quantile","lower":0.9,"upper":0.5})",
                             R"({"kind":"amount_quantile","lower":0,"upper":1})",
                             R"({"kind":"before_time"})",
                             R"({"kind":"before_time","before":"2011-13-01"})",
                             R"({"kind":"future_time","after":"2011-12-09T25:00:00Z"})",
                             R"({"kind":"future_time","after":"2011-12-09T1:00:00ZZZ"})",
                             R"({"kind":"missing_item","kinds":[]})",
                             R"({"kind":"missing_item","kinds":["buy"]})",
                             R"({"kind":"item_codes","keys":[]})",
                             R"({"kind":"item_codes","keys":[""]})",
                             R"({"kind":"item_codes","keys":[3]})",
                             R"({"kind":"frequent_users","per_day":0})",
                             R"({"kind":"frequent_users","per_day":1.5})"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestCleaning::hostileDefinitions()
{
    QFETCH(QByteArray, json);
    QVERIFY(!cleaningRuleFromJson(json.toStdString()).ok());
}

void TestCleaning::verifySeesATamperedTable()
{
    ProjectFixture fixture;
    fixture.add({bought("test_a", "x", 5), bought("a", "x", 7), bought("a", "x", 700)});
    QVERIFY(switchOn(fixture.project(), TestUsersRule{usualTestUsers()}) > 0);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    Database &database = fixture.project().database();
    database.execute("UPDATE set_aside_event SET rules = 4");
    QVERIFY(!verifyProject(fixture.project(), Task())->sound());
    database.execute("UPDATE set_aside_event SET rules = 3");
    QVERIFY(!verifyProject(fixture.project(), Task())->sound());
    database.execute("UPDATE set_aside_event SET rules = 2, amount = 1");
    QVERIFY(!verifyProject(fixture.project(), Task())->sound());
}

QTEST_APPLESS_MAIN(TestCleaning)
#include "tst_cleaning.moc"
