#include "core/base/rng.h"
#include "core/project/database.h"
#include "core/quality/quality.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr Day kMonday = 14'977; // 2011-01-03

UtcSecond at(Day day, int hour = 12)
{
    return startOf(day) + hour * 3600;
}

/// `perDay` purchases on every day of [from, to), of users and items that take turns.
std::vector<PlainEvent> steady(Day from, Day to, int perDay)
{
    std::vector<PlainEvent> events;
    for (Day day = from; day < to; ++day) {
        for (int k = 0; k < perDay; ++k) {
            const auto n = static_cast<int>(events.size());
            events.push_back({"u" + std::to_string(n % 37), "i" + std::to_string(n % 11),
                              EventKind::Purchase, at(day) + k, 5.0 + n % 3,
                              "o" + std::to_string(n)});
        }
    }
    return events;
}

std::shared_ptr<const QualityReport> assess(ProjectFixture &fixture)
{
    const auto report = assessQuality(fixture.project(), Task());
    return report ? *report : nullptr;
}

const QualityFinding *find(const QualityReport &report, const std::string &code)
{
    const auto found = std::ranges::find(report.findings, code, &QualityFinding::code);
    return found == report.findings.end() ? nullptr : &*found;
}

bool sameFindings(const QualityReport &a, const QualityReport &b)
{
    const auto same = [](const QualityFinding &x, const QualityFinding &y) {
        return x.code == y.code && x.count == y.count && x.ignoredBecause == y.ignoredBecause;
    };
    return std::ranges::equal(a.findings, b.findings, same);
}

ReadyLevel levelIn(const QualityReport &report, ReadyModel model, ReadyFigure figure)
{
    for (const ReadyCheck &check : report.readiness) {
        if (check.model == model && check.figure == figure) {
            return check.level;
        }
    }
    return ReadyLevel::Fail;
}

} // namespace

class TestQuality : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyProjectIsNotReady();
    void theProfileAgainstAPlainCount();
    void readinessFollowsItsThresholds();
    void gapsThatChanceDoesNotExplain();
    void closedSundaysAndGrowthAreNoGaps();
    void aLevelChange();
    void mixedUnits();
    void adviceOnSparsity();
    void everyFindingHasAsManyRowsAsItSays();
    void setAsideEventsLeaveTheProfile();
    void findingsAreIgnoredWithAReason();
    void nonsenseInTheFileIsDamage();
};

void TestQuality::anEmptyProjectIsNotReady()
{
    ProjectFixture fixture;
    const auto report = assess(fixture);
    QVERIFY(report != nullptr);
    QVERIFY(report->findings.empty());
    QVERIFY(report->profile.days.empty() && report->profile.months.empty());
    for (const ReadyModel model : kReadyModels) {
        QVERIFY(levelOf(report->readiness, model) == ReadyLevel::Fail);
    }
    QVERIFY(report->advice == SparsityAdvice::None);
}

void TestQuality::theProfileAgainstAPlainCount()
{
    Rng rng(11);
    std::vector<PlainEvent> events;
    std::map<std::pair<std::string, std::string>, int> pairs;
    std::map<std::string, std::set<std::string>> buyers;
    std::map<std::string, int> ofUser, onItem;
    std::map<std::string, double> moneyOf;
    std::set<std::pair<std::string, int>> userMonths;
    int missingItems = 0, purchasesWithout = 0, mondayNine = 0;
    for (int k = 0; k < 700; ++k) {
        PlainEvent event;
        event.user = "u" + std::to_string(rng.below(rng.below(2) == 0 ? 10 : 300));
        event.item = rng.below(8) == 0 ? "" : "i" + std::to_string(rng.below(120));
        constexpr std::array kinds{EventKind::View, EventKind::Purchase, EventKind::Refund};
        event.kind = kinds[rng.below(3)];
        event.at =
            at(kMonday - 40 + static_cast<Day>(rng.below(90)), static_cast<int>(rng.below(24)));
        event.amount = event.kind == EventKind::View ? 0 : event.kind == EventKind::Refund ? -1 : 2;
        event.order = rng.below(5) == 0 ? "" : "o";
        events.push_back(event);
        ++ofUser[event.user];
        const CivilDate date = civilFromDay(dayOf(event.at));
        userMonths.insert({event.user, date.year * 12 + date.month});
        missingItems += event.item.empty() && event.kind == EventKind::View ? 1 : 0;
        purchasesWithout += event.order.empty() && event.kind == EventKind::Purchase ? 1 : 0;
        mondayNine += (dayOf(event.at) - kMonday) % 7 == 0 && event.at % 86'400 == 9 * 3600 ? 1 : 0;
        if (event.item.empty()) {
            continue;
        }
        ++onItem[event.item];
        if (event.kind != EventKind::Refund) {
            ++pairs[{event.user, event.item}];
        }
        if (event.kind == EventKind::Purchase) {
            buyers[event.item].insert(event.user);
            moneyOf[event.item] += 2;
        }
    }
    ProjectFixture fixture;
    fixture.add(events);
    const auto report = assess(fixture);
    QVERIFY(report != nullptr);
    const DataProfile &profile = report->profile;
    QCOMPARE(profile.events, 700);
    QCOMPARE(profile.users, static_cast<std::int64_t>(ofUser.size()));
    QCOMPARE(profile.sparsity.pairs, static_cast<std::int64_t>(pairs.size()));
    std::int64_t active = 0, monthEvents = 0;
    for (const MonthProfile &month : profile.months) {
        active += month.activeUsers;
        monthEvents += month.events;
    }
    QCOMPARE(active, static_cast<std::int64_t>(userMonths.size()));
    QCOMPARE(monthEvents, 700);
    std::int64_t cold = 0, coldEvents = 0;
    double coldMoney = 0;
    for (const auto &[item, count] : onItem) {
        if (buyers[item].size() < 5) {
            ++cold;
            coldEvents += count;
            coldMoney += moneyOf[item];
        }
    }
    QVERIFY(cold > 0 && cold < static_cast<std::int64_t>(onItem.size()));
    QCOMPARE(profile.cold.items, cold);
    QCOMPARE(profile.cold.events, coldEvents);
    QCOMPARE(toUnits(profile.cold.money), coldMoney);
    QCOMPARE(profile.cold.usersWithOneEvent,
             std::ranges::count_if(ofUser, [](const auto &entry) { return entry.second == 1; }));
    const auto &views = profile.missingByKind.at(EventKind::View);
    QCOMPARE(views[static_cast<std::size_t>(EventField::Item)].missing, missingItems);
    QCOMPARE(views[static_cast<std::size_t>(EventField::Order)].events, 0);
    QCOMPARE(profile.missingByKind.at(EventKind::Purchase)[1].missing, purchasesWithout);
    QCOMPARE(profile.weekHours[0][9], mondayNine);
    std::set<std::string> users, items;
    for (const auto &[pair, count] : pairs) {
        users.insert(pair.first);
        items.insert(pair.second);
    }
    QCOMPARE(profile.sparsity.density,
             static_cast<double>(pairs.size()) / static_cast<double>(users.size() * items.size()));
}

void TestQuality::readinessFollowsItsThresholds()
{
    ProjectFixture few, many;
    std::vector<PlainEvent> events;
    for (int user = 0; user < 600; ++user) {
        for (int order = 0; order < 3; ++order) {
            events.push_back({"u" + std::to_string(user), "i" + std::to_string((user + order) % 60),
                              EventKind::Purchase, at(kMonday + order * 95 + user % 30),
                              5.0 + user % 9, "o"});
        }
    }
    many.add(events);
    events.resize(60);
    few.add(events);
    const auto rich = assess(many), poor = assess(few);
    QVERIFY(levelOf(rich->readiness, ReadyModel::Frequency) == ReadyLevel::Pass);
    QVERIFY(levelOf(rich->readiness, ReadyModel::Spend) == ReadyLevel::Pass);
    QVERIFY(levelIn(*rich, ReadyModel::Churn, ReadyFigure::HistoryDays) == ReadyLevel::Warn);
    QVERIFY(levelIn(*poor, ReadyModel::Frequency, ReadyFigure::Customers) == ReadyLevel::Fail);
    QVERIFY(levelIn(*poor, ReadyModel::Frequency, ReadyFigure::RepeatCustomers) ==
            ReadyLevel::Warn);
    QVERIFY(levelOf(poor->readiness, ReadyModel::Behavior) == ReadyLevel::Fail);
    for (const ReadyCheck &check : rich->readiness) {
        QVERIFY(check.passFrom >= check.failBelow);
    }
}

void TestQuality::gapsThatChanceDoesNotExplain()
{
    auto events = steady(kMonday, kMonday + 140, 12);
    std::erase_if(events, [](const PlainEvent &event) {
        const Day day = dayOf(event.at) - kMonday;
        return day == 60 || (day >= 100 && day < 110);
    });
    ProjectFixture fixture;
    fixture.add(events);
    const auto report = assess(fixture);
    QCOMPARE(report->breaks.gaps.size(), std::size_t{2});
    QCOMPARE(report->breaks.gaps[0].first, kMonday + 60);
    QCOMPARE(report->breaks.gaps[0].last, kMonday + 60);
    QCOMPARE(report->breaks.gaps[1].first, kMonday + 100);
    QCOMPARE(report->breaks.gaps[1].last, kMonday + 109);
    const QualityFinding *gap = find(*report, "gap");
    QVERIFY(gap != nullptr);
    QCOMPARE(gap->count, 4 * 12);
}

void TestQuality::closedSundaysAndGrowthAreNoGaps()
{
    // Sundays closed, and a slow start where many days are empty by chance.
    Rng rng(3);
    std::vector<PlainEvent> events;
    for (Day day = kMonday; day < kMonday + 210; ++day) {
        const double rate = (day - kMonday) % 7 == 6 ? 0 : 0.3 * (1 + (day - kMonday) / 7);
        const auto count = rate > 0 ? rng.poisson(rate) : 0;
        for (std::int64_t k = 0; k < count; ++k) {
            events.push_back({"u" + std::to_string(rng.below(50)), "i", EventKind::Purchase,
                              at(day) + k, 5, "o"});
        }
    }
    ProjectFixture fixture;
    fixture.add(events);
    QCOMPARE(assess(fixture)->breaks.gaps.size(), std::size_t{0});
}

void TestQuality::aLevelChange()
{
    auto events = steady(kMonday, kMonday + 84, 3);
    const auto more = steady(kMonday + 84, kMonday + 168, 15);
    events.insert(events.end(), more.begin(), more.end());
    ProjectFixture fixture, even;
    fixture.add(events);
    even.add(steady(kMonday, kMonday + 168, 6));
    const auto report = assess(fixture);
    QCOMPARE(report->breaks.changes.size(), std::size_t{1});
    QCOMPARE(report->breaks.changes[0].from, kMonday + 84);
    QVERIFY(std::abs(report->breaks.changes[0].factor - 5.0) < 0.1);
    QVERIFY(assess(even)->breaks.changes.empty());
}

void TestQuality::mixedUnits()
{
    auto events = steady(kMonday, kMonday + 60, 6);
    ProjectFixture alike;
    alike.add(events);
    QVERIFY(assess(alike)->profile.otherUnits.empty());
    for (std::size_t k = 200; k < 230; ++k) {
        events[k].amount *= 100;
    }
    events[300].amount *= 12; // dear, but in the same unit
    ProjectFixture mixed;
    mixed.add(events);
    const auto report = assess(mixed);
    QCOMPARE(report->profile.otherUnits.size(), std::size_t{30});
    QCOMPARE(report->profile.otherUnits.front(), 201);
}

void TestQuality::adviceOnSparsity()
{
    Sparsity s;
    QVERIFY(adviceFor(s) == SparsityAdvice::None);
    s.users = 100;
    s.items = 100;
    s.pairs = 500;
    s.density = 0.05;
    QVERIFY(adviceFor(s) == SparsityAdvice::Dense);
    s.density = 0.005;
    s.itemsBelow5 = 0.1;
    QVERIFY(adviceFor(s) == SparsityAdvice::ReduceDimensions);
    s.itemsBelow5 = 0.6;
    QVERIFY(adviceFor(s) == SparsityAdvice::ContentFeatures);
}

void TestQuality::everyFindingHasAsManyRowsAsItSays()
{
    auto events = steady(kMonday, kMonday + 120, 12);
    std::erase_if(events, [](const PlainEvent &event) {
        const Day day = dayOf(event.at) - kMonday;
        return day == 60 || day == 62;
    });
    const auto more = steady(kMonday + 120, kMonday + 180, 60);
    events.insert(events.end(), more.begin(), more.end());
    events.push_back(events.front());
    events.push_back({"once", "rare", EventKind::View, at(kMonday + 3), 0, ""});
    events.push_back({"qa_2", "rare", EventKind::Purchase, at(kMonday + 4), 0, "o"});
    for (std::size_t k = 200; k < 210; ++k) {
        events[k].amount *= 100;
    }
    ProjectFixture fixture;
    fixture.add(events);
    QVERIFY(addCleaningRule(fixture.project(), ZeroPriceRule{}, {}, Task()).ok());
    const auto report = assess(fixture);
    for (const char *code :
         {"gap", "level_change", "cold_items", "single_event_users", "mixed_units",
          "duplicate_user_time_item.row", "test_users", "zero_price"}) {
        QVERIFY2(find(*report, code), code);
    }
    for (const QualityFinding &finding : report->findings) {
        auto selection = EventSelection::open(fixture.project(), finding.rows, Task());
        QVERIFY2(selection.ok(), finding.code.c_str());
        QCOMPARE(selection->count(), finding.count);
        std::set<std::int64_t> ids;
        for (std::int64_t offset = 0; offset < finding.count; offset += 100) {
            const auto page = selection->rows(offset, 100);
            QVERIFY(page.ok());
            for (const SelectedEvent &row : *page) {
                ids.insert(row.event.id);
                QVERIFY(!row.event.user.empty());
            }
        }
        QCOMPARE(static_cast<std::int64_t>(ids.size()), finding.count);
    }
    const QualityFinding *zero = find(*report, "zero_price");
    QCOMPARE(zero->activeRule, 1);
    QVERIFY(zero->severity == QualityFinding::Severity::Info);
    auto selection = EventSelection::open(fixture.project(), zero->rows, Task());
    const auto rows = selection->rows(0, 10);
    QCOMPARE(rows->front().event.user, std::string("qa_2"));
    QVERIFY(!rows->front().kept);
}

void TestQuality::setAsideEventsLeaveTheProfile()
{
    auto events = steady(kMonday, kMonday + 30, 4);
    events.push_back({"qa_2", "rare", EventKind::Purchase, at(kMonday + 4), 1, "o"});
    ProjectFixture fixture;
    fixture.add(events);
    QCOMPARE(assess(fixture)->profile.events, 121);
    QVERIFY(addCleaningRule(fixture.project(), TestUsersRule{usualTestUsers()}, {}, Task()).ok());
    const auto report = assess(fixture);
    QCOMPARE(report->profile.events, 120);
    QVERIFY(!find(*report, "cold_items"));
    QVERIFY(report->totals.balanced());
    QCOMPARE(report->totals.setAside.rows, 1);
}

void TestQuality::findingsAreIgnoredWithAReason()
{
    auto events = steady(kMonday, kMonday + 30, 4);
    events.push_back({"qa_2", "rare", EventKind::Purchase, at(kMonday + 4), 1, "o"});
    ProjectFixture fixture;
    fixture.add(events);
    const auto plain = assess(fixture);
    QCOMPARE(ignoreFinding(fixture.project(), "test_users", "  ").error().code,
             ErrorCode::InvalidArgument);
    QVERIFY(ignoreFinding(fixture.project(), "test_users", " a real customer ").ok());
    const auto ignored = assess(fixture);
    QCOMPARE(find(*ignored, "test_users")->ignoredBecause, std::string("a real customer"));
    QCOMPARE(ignored->findings.back().code, std::string("test_users"));
    // Marked anew it is what an assessment from the beginning gives, in the same order.
    const auto marked = withIgnored(*plain, *readIgnoredFindings(fixture.project()));
    QVERIFY(sameFindings(*marked, *ignored));
    QVERIFY(sameFindings(*withIgnored(*marked, {}), *plain));
    QVERIFY(heedFinding(fixture.project(), "test_users").ok());
    QVERIFY(find(*assess(fixture), "test_users")->ignoredBecause.empty());
    QCOMPARE(readAudit(fixture.project(), 1)->front().action, std::string("quality"));
}

void TestQuality::nonsenseInTheFileIsDamage()
{
    for (const char *change :
         {"user_id = 1 << 40", "user_id = 200000000", "user_id = 0", "item_id = -5",
          "order_id = -1", "device_id = 1 << 40", "place_id = -1", "channel_id = 1 << 40",
          "kind = 77", "at = 1 << 60", "amount = 1 << 62", "amount = -(1 << 62)"}) {
        ProjectFixture fixture;
        fixture.add(steady(kMonday, kMonday + 3, 2));
        fixture.project().database().execute(std::string("UPDATE event SET ") + change +
                                             " WHERE id = 2");
        const auto report = assessQuality(fixture.project(), Task());
        QVERIFY2(!report.ok() && report.error().code == ErrorCode::Damaged, change);
    }
}

QTEST_APPLESS_MAIN(TestQuality)
#include "tst_quality.moc"
