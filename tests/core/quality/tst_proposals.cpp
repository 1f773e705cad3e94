#include "core/project/database.h"
#include "core/quality/cleaning_proposals.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr UtcSecond kStart = 1'300'000'000;

std::vector<PlainEvent> soundEvents()
{
    std::vector<PlainEvent> events;
    for (int k = 0; k < 400; ++k) {
        events.push_back({"u" + std::to_string(k % 50), "i" + std::to_string(k % 20),
                          EventKind::Purchase, kStart + k * 7'919, 10.0 + k % 7,
                          "o" + std::to_string(k)});
    }
    return events;
}

std::vector<CleaningProposal> proposals(ProjectFixture &fixture)
{
    const auto found = proposeCleaningRules(fixture.project(), Task());
    return found ? *found : std::vector<CleaningProposal>{{CleaningRule(), false, {}, -1}};
}

const CleaningProposal *ofKind(const std::vector<CleaningProposal> &all, CleaningKind kind)
{
    const auto found = std::ranges::find_if(
        all, [kind](const CleaningProposal &proposal) { return kindOf(proposal.rule) == kind; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

class TestProposals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsProposedForSoundData();
    void nothingForAnEmptyProject();
    void everyTroubleIsProposedAndNothingIsSwitched();
    void aColumnThatNoFileHasIsNoTrouble();
    void wholeDaysMakeNoDuplicates();
    void tailsFarAway();
    void anActiveRuleIsNamed();
};

void TestProposals::nothingIsProposedForSoundData()
{
    ProjectFixture fixture;
    fixture.add(soundEvents());
    QVERIFY(proposals(fixture).empty());
}

void TestProposals::nothingForAnEmptyProject()
{
    ProjectFixture fixture;
    QVERIFY(proposals(fixture).empty());
}

void TestProposals::everyTroubleIsProposedAndNothingIsSwitched()
{
    ProjectFixture fixture;
    auto events = soundEvents();
    events.push_back(events.front()); // an exact copy
    events.push_back(events[1]);
    events.back().amount = 12.5; // the same but for the amount
    events.push_back({"u1", "", EventKind::Purchase, kStart + 11, 10, "o"});
    events.push_back({"u1", "i1", EventKind::Purchase, kStart + 12, 10, ""});
    events.push_back({"u1", "i1", EventKind::Purchase, kStart + 13, 99'999, "o"});
    events.push_back({"u1", "i1", EventKind::Purchase, kStart + 14, -5, "o"});
    events.push_back({"u1", "i1", EventKind::Purchase, kStart + 15, 0, "o"});
    events.push_back({"u1", "POST", EventKind::Purchase, kStart + 16, 10, "o"});
    events.push_back({"qa_1", "i1", EventKind::Purchase, kStart + 17, 10, "o"});
    events.push_back({"u1", "i1", EventKind::Purchase, kStart + 900 * 86'400, 10, "o"});
    for (int k = 0; k < 1001; ++k) {
        events.push_back({"robot", "i1", EventKind::View, kStart + 18 + k, 0, ""});
    }
    fixture.add(events);
    fixture.project().database().execute("UPDATE source SET started_at = 1370000000");
    const auto found = proposals(fixture);
    const auto expect = [&](CleaningKind kind, std::int64_t rows, bool certain) {
        const CleaningProposal *proposal = ofKind(found, kind);
        return proposal && proposal->effect.found.rows == rows && proposal->certain == certain &&
               proposal->activeRule == 0 && !proposal->effect.sample.empty();
    };
    QVERIFY(expect(CleaningKind::Duplicate, 1, false));
    QVERIFY(expect(CleaningKind::MissingItem, 1, false));
    QVERIFY(expect(CleaningKind::MissingOrder, 1, false));
    QVERIFY(expect(CleaningKind::AmountOutlier, 1, false));
    QVERIFY(expect(CleaningKind::FutureTime, 1, true));
    QVERIFY(expect(CleaningKind::NegativePrice, 1, true));
    QVERIFY(expect(CleaningKind::ZeroPrice, 1, false));
    QVERIFY(expect(CleaningKind::ItemCodes, 1, false));
    QVERIFY(expect(CleaningKind::TestUsers, 1, false));
    QVERIFY(expect(CleaningKind::FrequentUsers, 1001, false));
    QVERIFY(!ofKind(found, CleaningKind::AmountQuantile)); // always finds something: no evidence
    // The looser duplicates find one more.
    QCOMPARE(std::ranges::count_if(found,
                                   [](const CleaningProposal &proposal) {
                                       return kindOf(proposal.rule) == CleaningKind::Duplicate;
                                   }),
             2);
    QVERIFY(readCleaningRules(fixture.project())->empty());
    QCOMPARE(readCleaningTotals(fixture.project())->setAside.rows, 0);
}

void TestProposals::aColumnThatNoFileHasIsNoTrouble()
{
    ProjectFixture fixture;
    auto events = soundEvents();
    for (PlainEvent &event : events) {
        event.item.clear();
        event.order.clear();
        event.amount = 0;
    }
    fixture.add(events);
    QVERIFY(proposals(fixture).empty());
}

void TestProposals::wholeDaysMakeNoDuplicates()
{
    ProjectFixture fixture;
    std::vector<PlainEvent> events;
    for (int k = 0; k < 60; ++k) {
        events.push_back(
            {"u", "i", EventKind::Purchase, (15'000 + k / 2) * 86'400, 5.0 + k % 2, ""});
    }
    fixture.add(events);
    QVERIFY(proposals(fixture).empty());
}

void TestProposals::tailsFarAway()
{
    ProjectFixture fixture;
    auto events = soundEvents();
    events.push_back({"u1", "i1", EventKind::Purchase, 5, 10, "o"});
    events.push_back({"u1", "i1", EventKind::Purchase, kStart + 4'000LL * 86'400, 10, "o"});
    fixture.add(events);
    const auto found = proposals(fixture);
    const auto *early = ofKind(found, CleaningKind::BeforeTime);
    const auto *late = ofKind(found, CleaningKind::FutureTime);
    QVERIFY(early && early->effect.found.rows == 1 && *early->effect.last == 5);
    QVERIFY(late && late->effect.found.rows == 1 && !late->certain);
    QCOMPARE(std::get<BeforeTimeRule>(early->rule).before, startOf(dayOf(kStart)));
}

void TestProposals::anActiveRuleIsNamed()
{
    ProjectFixture fixture;
    auto events = soundEvents();
    events.push_back({"qa_1", "i1", EventKind::Purchase, kStart + 17, 10, "o"});
    fixture.add(events);
    const auto first = proposals(fixture);
    QCOMPARE(first.size(), std::size_t{1});
    const auto id = addCleaningRule(fixture.project(), first.front().rule, "tests", Task());
    QVERIFY(id.ok());
    const auto again = proposals(fixture);
    QCOMPARE(again.size(), std::size_t{1});
    QCOMPARE(again.front().activeRule, *id);
    QCOMPARE(again.front().effect.found.rows, 1);
    QCOMPARE(again.front().effect.alreadyOut, 1);
}

QTEST_APPLESS_MAIN(TestProposals)
#include "tst_proposals.moc"
