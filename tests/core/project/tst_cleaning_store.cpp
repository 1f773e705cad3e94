#include "tests/core/project/cleaning_fixture.h"

#include "core/project/event_store.h"
#include "core/project/stored.h"

#include <QTest>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr UtcSecond kNow = 1'300'000'000;

PlainEvent bought(const char *user, const char *item, double amount, UtcSecond at = kNow)
{
    return {user, item, EventKind::Purchase, at, amount, "o"};
}

std::int64_t switchOn(Project &project, const CleaningRule &rule, const std::string &reason = {})
{
    const auto id = addCleaningRule(project, rule, reason, Task());
    return id ? *id : -1;
}

/// Rows and the sum of amounts in the figures.
ImportTotals::Line inFigures(const Project &project)
{
    const auto totals = readCleaningTotals(project);
    return totals ? totals->kept : ImportTotals::Line{-1, 0};
}

template <class T>
ErrorCode codeOf(const Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

class TestCleaningStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReasonIsKeptUntilThereIsAnother();
    void whatComesBackIsWhatSwitchingOffBrings();
    void aCapTakesNothingOutAndBringsAmountsBack();
    void unknownRulesComeBackAsErrors();
    void effectsTogetherAreThoseOneByOne();
    void aRuleThatIsNoBitIsDamage();
    void sumsPastMoneyAreDamage();
};

void TestCleaningStore::aReasonIsKeptUntilThereIsAnother()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("test_a", "x", 1)});
    const CleaningRule rule = TestUsersRule{usualTestUsers()};
    const auto id = switchOn(project, rule, "our own");
    QVERIFY(switchCleaningRule(project, id, false, Task()).ok());
    QCOMPARE(switchOn(project, rule), id);
    QCOMPARE(readCleaningRules(project)->front().reason, std::string("our own"));
    QCOMPARE(switchOn(project, rule, "staff"), id);
    QCOMPARE(readCleaningRules(project)->front().reason, std::string("staff"));
}

// Against the switches themselves, whatever else is on.
void TestCleaningStore::whatComesBackIsWhatSwitchingOffBrings()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add(test::troubledEvents(5, 300));
    std::vector<std::int64_t> ids;
    for (const CleaningRule &rule : test::someRules()) {
        ids.push_back(switchOn(project, rule));
    }
    Rng rng(5);
    std::int64_t back = 0;
    while (!ids.empty()) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(
                                             rng.below(static_cast<std::uint32_t>(ids.size())));
        std::iter_swap(first, ids.begin());
        const auto count = std::min<std::ptrdiff_t>(1 + rng.below(3), std::ssize(ids));
        const std::vector<std::int64_t> off(ids.begin(), ids.begin() + count);
        ids.erase(ids.begin(), ids.begin() + count);
        const auto preview = previewSwitchOff(project, off);
        QVERIFY(preview.ok());
        const ImportTotals::Line before = inFigures(project);
        for (const std::int64_t id : off) {
            QVERIFY(switchCleaningRule(project, id, false, Task()).ok());
        }
        const ImportTotals::Line after = inFigures(project);
        QCOMPARE(preview->rows, after.rows - before.rows);
        QCOMPARE(preview->amount, after.amount - before.amount);
        back += preview->rows;
    }
    QVERIFY(back > 100);
}

void TestCleaningStore::aCapTakesNothingOutAndBringsAmountsBack()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    std::vector<PlainEvent> events;
    for (int k = 1; k <= 11; ++k) {
        events.push_back(bought("a", "x", k, kNow + k));
    }
    fixture.add(events);
    AmountQuantileRule rule;
    rule.upper = 0.9; // caps 11 at 10
    const auto cap = switchOn(project, rule);
    const auto late = switchOn(project, FutureTimeRule{kNow + 10}); // takes 11 out
    QVERIFY((*previewSwitchOff(project, {cap}) == ImportTotals::Line{0, 0}));
    QVERIFY((*previewSwitchOff(project, {late}) == ImportTotals::Line{1, 10 * kMoneyUnit}));
    QVERIFY(
        (*previewSwitchOff(project, {late, cap, late}) == ImportTotals::Line{1, 11 * kMoneyUnit}));
    QVERIFY(switchCleaningRule(project, late, false, Task()).ok());
    QVERIFY((*previewSwitchOff(project, {cap}) == ImportTotals::Line{0, kMoneyUnit}));
    QVERIFY((*previewSwitchOff(project, {late}) == ImportTotals::Line{0, 0})); // it is off
}

void TestCleaningStore::unknownRulesComeBackAsErrors()
{
    ProjectFixture fixture;
    fixture.add({bought("a", "x", 1)});
    QCOMPARE(codeOf(previewSwitchOff(fixture.project(), {3})), ErrorCode::InvalidArgument);
    QVERIFY(findRule({}, 3) == nullptr);
}

// What may be equal is looked for once for all duplicate rules, in any order of them.
void TestCleaningStore::effectsTogetherAreThoseOneByOne()
{
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add(test::troubledEvents(8, 250));
    std::vector<CleaningRule> rules = test::someRules();
    rules.push_back(DuplicateRule{DuplicateRule::Same::Amount});
    for (int turn = 0; turn < 2; ++turn) {
        const auto together = previewCleaningRules(project, rules, Task());
        QVERIFY(together.ok());
        QCOMPARE(together->size(), rules.size());
        for (std::size_t k = 0; k < rules.size(); ++k) {
            const auto alone = previewCleaningRule(project, rules[k], Task());
            QVERIFY(alone->found == (*together)[k].found);
            QVERIFY(alone->bounds == (*together)[k].bounds);
            QCOMPARE(alone->users, (*together)[k].users);
        }
        QVERIFY(together->front().found.rows > 0);
        std::ranges::reverse(rules);
    }
    AmountOutlierRule wrong;
    wrong.cutoff = -1;
    rules.push_back(wrong);
    QCOMPARE(codeOf(previewCleaningRules(project, rules, Task())), ErrorCode::InvalidArgument);
}

void TestCleaningStore::aRuleThatIsNoBitIsDamage()
{
    for (const char *id : {"0", "-1", "63", "64", "100000"}) {
        ProjectFixture fixture;
        Project &project = fixture.project();
        fixture.add({bought("test_a", "x", 1)});
        QVERIFY(switchOn(project, TestUsersRule{usualTestUsers()}) == 1);
        project.database().execute(std::string("PRAGMA ignore_check_constraints = ON;"
                                               "UPDATE cleaning_rule SET id = ") +
                                   id);
        QCOMPARE(codeOf(readCleaningRules(project)), ErrorCode::Damaged);
        QCOMPARE(codeOf(readCleaningTotals(project)), ErrorCode::Damaged);
        QCOMPARE(codeOf(previewSwitchOff(project, {1})), ErrorCode::Damaged);
    }
}

void TestCleaningStore::sumsPastMoneyAreDamage()
{
    QVERIFY_THROWS_EXCEPTION(SqlFailure, differenceOf(0, INT64_MIN));
    QCOMPARE(differenceOf(-1, INT64_MAX), INT64_MIN);
    ProjectFixture fixture;
    Project &project = fixture.project();
    fixture.add({bought("test_a", "POST", 1), bought("test_b", "x", 1), bought("c", "x", 1)});
    QVERIFY(switchOn(project, TestUsersRule{usualTestUsers()}) > 0);
    QVERIFY(switchOn(project, ItemCodesRule{usualItemCodes()}) > 0);
    // Two groups of set-aside events, each at the end of Money.
    project.database().execute("UPDATE set_aside_event SET amount = 9223372036854775807");
    QCOMPARE(codeOf(readCleaningRules(project)), ErrorCode::Damaged);
    QCOMPARE(codeOf(readCleaningTotals(project)), ErrorCode::Damaged);
}

QTEST_APPLESS_MAIN(TestCleaningStore)
#include "tst_cleaning_store.moc"
