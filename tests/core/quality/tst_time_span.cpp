#include "core/quality/quality.h"
#include "core/quality/time_span.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr Day kStart = 14'977;  // 2011-01-03
constexpr Day kFarOff = 83'641; // 2199-01-01

using Days = std::vector<std::pair<Day, std::int64_t>>;

/// Ten days with ten events each.
Days shortHistory()
{
    Days days;
    for (Day day = 0; day < 10; ++day) {
        days.emplace_back(kStart + day, 10);
    }
    return days;
}

/// A shop that is enough for models of value.
std::vector<PlainEvent> shop()
{
    std::vector<PlainEvent> events;
    for (int user = 0; user < 600; ++user) {
        for (int order = 0; order < 3; ++order) {
            const Day day = kStart + order * 95 + user % 30;
            events.push_back({"u" + std::to_string(user), "i" + std::to_string((user + order) % 60),
                              EventKind::Purchase, startOf(day) + 3600, 5.0 + user % 9, "o"});
        }
    }
    return events;
}

std::shared_ptr<const QualityReport> assess(ProjectFixture &fixture)
{
    const auto report = assessQuality(fixture.project(), Task());
    return report ? *report : nullptr;
}

const ReadyCheck &checkOf(const QualityReport &report, ReadyModel model, ReadyFigure figure)
{
    return *std::ranges::find_if(report.readiness, [&](const ReadyCheck &check) {
        return check.model == model && check.figure == figure;
    });
}

} // namespace

class TestTimeSpan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noTailIsTheWholeOfIt();
    void straysAreOutsideOnBothSides();
    void aTailThatIsTooLargeOrTooNearStays();
    void fewEventsHaveNoStrays();
    void oneStrayDateChangesNoChart();
    void oneStrayDateMakesNoHistory();
};

void TestTimeSpan::noTailIsTheWholeOfIt()
{
    QVERIFY(!mainTimeSpan({}));
    const auto one = mainTimeSpan({{5, 1}});
    QVERIFY(one && one->first == 5 && one->last == 5 && one->before + one->after == 0);
    const auto span = mainTimeSpan(shortHistory());
    QVERIFY(span->first == kStart && span->last == kStart + 9);
    QVERIFY(span->before == 0 && span->after == 0);
}

void TestTimeSpan::straysAreOutsideOnBothSides()
{
    Days days = shortHistory();
    for (auto &[day, events] : days) {
        events = 100; // five of a thousand may be strays
    }
    days.insert(days.begin(), {{0, 1}, {kStart - 500, 2}});
    days.insert(days.end(), {{kStart + 400, 1}, {kFarOff, 1}, {kFarOff + 1, 1}});
    const auto span = mainTimeSpan(days);
    QVERIFY(span->first == kStart && span->last == kStart + 9);
    QCOMPARE(span->before, 3);
    QCOMPARE(span->after, 3);
}

void TestTimeSpan::aTailThatIsTooLargeOrTooNearStays()
{
    Days large = shortHistory(), near = shortHistory(), far = shortHistory();
    large.emplace_back(kFarOff, 2); // of 102 events one may be a stray
    QCOMPARE(mainTimeSpan(large)->last, kFarOff);
    near.emplace_back(kStart + 9 + 180, 1);
    QCOMPARE(mainTimeSpan(near)->last, kStart + 9 + 180);
    far.emplace_back(kStart + 9 + 181, 1);
    QCOMPARE(mainTimeSpan(far)->last, kStart + 9);
}

void TestTimeSpan::fewEventsHaveNoStrays()
{
    QCOMPARE(mainTimeSpan({{0, 18}, {1000, 1}})->last, 1000);
    QCOMPARE(mainTimeSpan({{0, 19}, {1000, 1}})->last, 0);
}

void TestTimeSpan::oneStrayDateChangesNoChart()
{
    auto events = shop();
    ProjectFixture plain, strayed;
    plain.add(events);
    events.push_back({"u1", "i1", EventKind::Purchase, startOf(kFarOff), 7, "o"});
    events.push_back({"u2", "i1", EventKind::Purchase, startOf(0), 7, "o"});
    strayed.add(events);
    const auto before = assess(plain), after = assess(strayed);
    QVERIFY(before && after);
    QCOMPARE(after->profile.events, before->profile.events + 2);
    QCOMPARE(after->profile.lastEvent, kFarOff);
    QCOMPARE(after->profile.firstEvent, 0);
    QCOMPARE(after->profile.span.before, 1);
    QCOMPARE(after->profile.span.after, 1);
    QCOMPARE(after->profile.days.size(), before->profile.days.size());
    QCOMPARE(after->profile.months.size(), before->profile.months.size());
    for (std::size_t k = 0; k < before->profile.months.size(); ++k) {
        QCOMPARE(after->profile.months[k].start, before->profile.months[k].start);
        QCOMPARE(after->profile.months[k].events, before->profile.months[k].events);
    }
    for (const ReadyModel model : kReadyModels) {
        QVERIFY(levelOf(after->readiness, model) == levelOf(before->readiness, model));
    }
    QCOMPARE(checkOf(*after, ReadyModel::Frequency, ReadyFigure::RecentOrders).value,
             checkOf(*before, ReadyModel::Frequency, ReadyFigure::RecentOrders).value);
    // It is a finding, with exactly these rows.
    for (const char *code : {"future_time.day", "before_time"}) {
        const auto found = std::ranges::find(after->findings, code, &QualityFinding::code);
        QVERIFY2(found != after->findings.end() && found->count == 1, code);
    }
}

// Ten days of data and a typing error are no 200 years of it.
void TestTimeSpan::oneStrayDateMakesNoHistory()
{
    std::vector<PlainEvent> events;
    for (int user = 0; user < 600; ++user) {
        events.push_back({"u" + std::to_string(user), "i1", EventKind::Purchase,
                          startOf(kStart + user % 10), 5, "o" + std::to_string(user)});
    }
    events.push_back({"u1", "i1", EventKind::Purchase, startOf(kFarOff), 7, "o"});
    ProjectFixture fixture;
    fixture.add(events);
    const auto report = assess(fixture);
    const ReadyCheck &history = checkOf(*report, ReadyModel::Frequency, ReadyFigure::HistoryDays);
    QCOMPARE(history.value, 10.0);
    QVERIFY(history.level == ReadyLevel::Fail);
}

QTEST_APPLESS_MAIN(TestTimeSpan)
#include "tst_time_span.moc"
