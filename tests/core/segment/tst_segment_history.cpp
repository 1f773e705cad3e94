#include "core/base/rng.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/entity_writer.h"
#include "core/project/settings.h"
#include "core/segment/segment_history.h"
#include "core/segment/segment_users.h"
#include "tests/support/checked.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <map>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kChurned = 60;
const Day kEnd = dayFromCivil({2024, 6, 12});

/// Eighty users over ten months, and the campaigns that addressed some of them.
class Months {
public:
    Months()
    {
        Rng rng(11);
        std::vector<PlainEvent> events;
        for (int user = 0; user < 80; ++user) {
            const Day first = kEnd - static_cast<Day>(rng.below(300));
            for (std::uint32_t k = 0; k < 1 + rng.below(14); ++k) {
                const Day day = first + static_cast<Day>(rng.below(200));
                if (day > kEnd + 5) { // some lie after the snapshot
                    continue;
                }
                const int kind = static_cast<int>(rng.below(4));
                PlainEvent event{"u" + std::to_string(user),
                                 kind == 0 ? "mug" : "tea",
                                 kind < 2    ? EventKind::Purchase
                                 : kind == 2 ? EventKind::Refund
                                             : EventKind::View,
                                 startOf(day) + 3600,
                                 0,
                                 ""};
                event.amount = kind < 2    ? 10.0 + static_cast<double>(rng.below(40))
                               : kind == 2 ? -3.0
                                           : 0;
                events.push_back(event);
            }
        }
        m_fixture.add(events);
        address();
        ProjectSettings settings = checked(readSettings(project()));
        settings.stages.churnedAfterDays = kChurned;
        checked(writeSettings(project(), settings));
        scoreAt(kEnd);
    }

    Project &project() { return m_fixture.project(); }

    /// As scoring writes it: the ladder and the money up to a day, no model.
    void scoreAt(Day day)
    {
        LifecycleOptions options;
        options.at = day;
        options.thresholds.churnedAfterDays = kChurned;
        const auto ladder = checked(computeLifecycle(project(), options, {}));
        std::map<std::int64_t, double> realised;
        for (const UserPurchases &one : checked(readUserPurchases(project(), day))) {
            realised[one.user] = toUnits(one.gross + one.refunds);
        }
        std::vector<UserState> states;
        for (const LifecycleUser &user : ladder->users) {
            UserState state;
            state.user = user.user;
            state.stage = user.stage;
            state.orders = user.orders;
            state.firstDay = user.firstDay;
            state.lastDay = user.lastDay;
            state.lastOrderDay = user.lastOrderDay;
            state.realised = realised.contains(user.user) ? realised[user.user] : 0;
            state.churnRisk = 0.5;
            states.push_back(state);
        }
        UserStateLabel label;
        label.snapshot = day;
        label.horizonDays = 180;
        label.churnedAfterDays = kChurned;
        checked(writeUserStates(project(), label, states));
    }
    std::int64_t count(const SegmentRule &rule)
    {
        return std::ssize(*checked(usersOfSegment(project(), rule, {})).users);
    }

private:
    void address()
    {
        SourceRecord source;
        source.name = source.hash = "shown";
        source.contents = Contents::Exposures;
        auto shown = checked(EntityWriter::open(project(), source));
        const auto dated = checked(shown.code(Entity::Campaign, "dated"));
        const auto undated = checked(shown.code(Entity::Campaign, "undated"));
        for (int k = 0; k < 20; ++k) {
            const auto user = checked(shown.code(Entity::User, "u" + std::to_string(k)));
            checked(shown.addExposure(dated, user, startOf(kEnd - 10 * k)));
            checked(shown.addExposure(undated, user, 0));
        }
        checked(shown.commit());
    }

    ProjectFixture m_fixture;
};

SegmentRule figure(SegmentFigure of, NumberRange range)
{
    return ruleOf(FigureCondition{of, range, false});
}

} // namespace

class TestSegmentHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // As many as there would have been, had the users been scored on that day.
    void eachMonthIsWhatScoringThenWouldHaveFound_data()
    {
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char *name, const SegmentRule &rule) {
            QTest::newRow(name) << QByteArray::fromStdString(segmentJson(rule));
        };
        const SegmentRule dormant = ruleOf(StageCondition{{Stage::Dormant, Stage::Churned}});
        row("everybody", allOf({}));
        row("stage", dormant);
        row("not a stage", negation(dormant));
        row("orders", figure(SegmentFigure::Orders, {2, {}}));
        row("days since the order", figure(SegmentFigure::DaysSinceOrder, {{}, 45}));
        row("days since anything", figure(SegmentFigure::DaysSinceActivity, {20, 90}));
        row("realised", figure(SegmentFigure::Realised, {25, {}}));
        row("refunded", figure(SegmentFigure::Realised, {{}, 0})); // nobody: none without an order
        row("top by realised", ruleOf(PercentileCondition{SegmentFigure::Realised, 70, 100}));
        row("viewed lately", ruleOf(BehaviorCondition{EventKind::View, 40, {}, 1, {}}));
        row("bought twice", ruleOf(BehaviorCondition{EventKind::Purchase, {}, {}, 2, 4}));
        row("cohort",
            ruleOf(CohortCondition{CohortCondition::Anchor::FirstEvent, kEnd - 200, kEnd - 60}));
        row("first order",
            ruleOf(CohortCondition{CohortCondition::Anchor::FirstOrder, kEnd - 200, kEnd - 60}));
        row("chosen", ruleOf(UsersCondition{{"u1", "u2", "u3", "u40"}}));
        row("any", anyOf({dormant, negation(figure(SegmentFigure::Orders, {1, {}}))}));
    }
    void eachMonthIsWhatScoringThenWouldHaveFound()
    {
        QFETCH(QByteArray, json);
        Months months;
        const SegmentRule rule = checked(segmentFromJson(json.toStdString()));
        const std::int64_t today = months.count(rule);
        const SegmentHistory history = checked(segmentHistory(months.project(), rule, 24, {}));
        QVERIFY(history.kind == SegmentHistory::Kind::Meeting);
        QVERIFY(history.ends.size() > 8);
        QCOMPARE(history.ends.back(), kEnd);
        QCOMPARE(history.users.size(), history.ends.size());
        QCOMPARE(history.users.back(), today);
        for (std::size_t k = 0; k < history.ends.size(); ++k) {
            const CivilDate next = civilFromDay(history.ends[k] + 1);
            QVERIFY(next.day == 1 || history.ends[k] == kEnd);
            months.scoreAt(history.ends[k]);
            QCOMPARE(history.users[k], months.count(rule));
            QCOMPARE(history.of[k], months.count(allOf({})));
        }
    }

    void campaignsCountFromTheDayTheyAddressed()
    {
        Months months;
        const SegmentHistory history =
            checked(segmentHistory(months.project(), ruleOf(CampaignCondition{"dated"}), 24, {}));
        QVERIFY(history.kind == SegmentHistory::Kind::Meeting);
        QVERIFY(history.users.front() < history.users.back());
        QCOMPARE(history.users.back(), months.count(ruleOf(CampaignCondition{"dated"})));
        for (std::size_t k = 0; k < history.ends.size(); ++k) {
            UsersCondition byThen; // user n was addressed 10 n days before the end
            for (int n = 0; n < 20; ++n) {
                if (kEnd - 10 * n <= history.ends[k]) {
                    byThen.keys.push_back("u" + std::to_string(n));
                }
            }
            months.scoreAt(history.ends[k]);
            QCOMPARE(history.users[k], months.count(ruleOf(byThen)));
        }
    }

    void whatNoEarlierDayTellsIsSaidSo()
    {
        Months months;
        const SegmentRule risky = allOf({figure(SegmentFigure::ChurnRisk, {0.5, {}}),
                                         ruleOf(CampaignCondition{"undated"}),
                                         figure(SegmentFigure::ChurnRisk, {{}, 1})});
        const UntoldParts untold = checked(untoldParts(months.project(), risky));
        QCOMPARE(untold.figures, (std::vector<SegmentFigure>{SegmentFigure::ChurnRisk}));
        QCOMPARE(untold.campaigns, (std::vector<std::string>{"undated"}));
        const SegmentHistory history = checked(segmentHistory(months.project(), risky, 24, {}));
        QVERIFY(history.kind == SegmentHistory::Kind::Active);
        QCOMPARE(history.untold, untold);
        const SegmentUsers today = checked(usersOfSegment(months.project(), risky, {}));
        const std::int64_t members = std::ssize(*today.users);
        QVERIFY(members > 0);
        for (std::size_t k = 0; k < history.ends.size(); ++k) {
            QCOMPARE(history.of[k], members);
            // members with a day of activity in that month, found one by one
            const Day from = periodStart(history.ends[k], Period::Month);
            std::set<std::int64_t> active;
            for (const ActiveDay &day : checked(readActiveDays(months.project(), kEnd))) {
                if (day.day >= from && day.day <= history.ends[k]) {
                    active.insert(day.user);
                }
            }
            std::int64_t both = 0;
            for (const std::int64_t user : *today.users) {
                both += active.contains(user) ? 1 : 0;
            }
            QCOMPARE(history.users[k], both);
        }
    }

    void fewMonthsAndNone()
    {
        Months months;
        const SegmentHistory one = checked(segmentHistory(months.project(), allOf({}), 1, {}));
        QCOMPARE(one.ends, (std::vector<Day>{kEnd}));
        QCOMPARE(one.users.size(), std::size_t{1});
        const SegmentHistory newest = checked(
            segmentHistory(months.project(),
                           ruleOf(FigureCondition{SegmentFigure::PAlive, {0, {}}, true}), 3, {}));
        QCOMPARE(newest.users.size(), std::size_t{3});
        QCOMPARE(segmentHistory(months.project(), ruleOf(CampaignCondition{"none"}), 3, {})
                     .error()
                     .detail,
                 std::string("none"));
        ProjectFixture empty;
        QCOMPARE(segmentHistory(empty.project(), allOf({}), 3, {}).error().code,
                 ErrorCode::NotScored);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(segmentHistory(months.project(), allOf({ruleOf(UsersCondition{})}), 9,
                                Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSegmentHistory)
#include "tst_segment_history.moc"
