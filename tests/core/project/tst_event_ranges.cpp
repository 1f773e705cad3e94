#include "core/base/rng.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "core/project/score_stage.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kUsers = 50;

/// Not in time order; user 7 has very many, users 21 to 40 none.
std::vector<PlainEvent> shuffledEvents()
{
    Rng rng(9);
    std::vector<PlainEvent> events;
    for (int user = 1; user <= kUsers; ++user) { // gives the ids
        events.push_back({"u" + std::to_string(user), "i1", EventKind::View, 0, 0, {}});
    }
    for (int k = 0; k < 900; ++k) {
        const int user = rng.below(2) == 0 ? 7 : 1 + static_cast<int>(rng.below(20));
        events.push_back({"u" + std::to_string(user), "i" + std::to_string(1 + rng.below(5)),
                          rng.below(3) == 0 ? EventKind::Purchase : EventKind::View,
                          static_cast<UtcSecond>(86400 * (1 + rng.below(30))),
                          static_cast<double>(rng.below(9)), {}});
    }
    return events;
}

std::span<const std::byte> bytes(const char *text)
{
    return std::as_bytes(std::span(text, std::strlen(text)));
}

} // namespace

class TestEventRanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture.emplace();
        m_fixture->add(shuffledEvents());
    }

    void rangesHoldEverybody()
    {
        for (const std::int64_t step : {1, 3, 10, 1000}) {
            for (const std::int64_t events : {1, 50, 400, 5000}) {
                const auto ranges = rangesOfUsers(project(), {}, step, events, {});
                QVERIFY(ranges.ok());
                std::int64_t next = 1;
                for (const UserRange &range : *ranges) {
                    QCOMPARE(range.first, next);
                    QCOMPARE((range.first - 1) % step, 0);
                    next = range.last + 1;
                    const auto held = readEventsOfUsers(project(), range, {}, {});
                    QVERIFY(held.ok());
                    const bool oneStep = range.last - range.first < step;
                    QVERIFY(oneStep || static_cast<std::int64_t>(held->size()) <= events);
                }
                QCOMPARE(next, kUsers + 1);
            }
        }
        ProjectFixture empty;
        QVERIFY(rangesOfUsers(empty.project(), {}, 10, 10, {})->empty());
        QCOMPARE(rangesOfUsers(project(), -1, 10, 10, {})->size(), std::size_t{1}); // no event yet
    }

    void partsAreTheWhole()
    {
        for (const std::optional<Day> until : {std::optional<Day>(), std::optional<Day>(12)}) {
            const auto whole = readEvents(project(), until, {});
            std::size_t row = 0;
            for (const UserRange &range : *rangesOfUsers(project(), until, 5, 100, {})) {
                const auto part = readEventsOfUsers(project(), range, until, {});
                QCOMPARE(part->maxUser(), range.last);
                for (std::int64_t user = 1; user <= range.last; ++user) {
                    const auto u = static_cast<std::size_t>(user);
                    const bool inside = user >= range.first;
                    QCOMPARE(part->offsets[u + 1] - part->offsets[u],
                             inside ? whole->offsets[u + 1] - whole->offsets[u] : 0);
                }
                for (std::size_t k = 0; k < part->size(); ++k, ++row) {
                    QCOMPARE(part->user[k], whole->user[row]);
                    QCOMPARE(part->item[k], whole->item[row]);
                    QCOMPARE(part->at[k], whole->at[row]);
                    QCOMPARE(part->amount[k], whole->amount[row]);
                    QVERIFY(part->kind[k] == whole->kind[row]);
                }
            }
            QCOMPARE(row, whole->size());
        }
        QCOMPARE(readUsers(project(), {3, 5})->size(), std::size_t{3});
        QCOMPARE(readUsers(project(), {3, 5})->front().key, std::string("u3"));
    }

    void refusals()
    {
        for (const UserRange &range : {UserRange{0, 5}, UserRange{5, 4}, UserRange{5, kUsers + 1}}) {
            QCOMPARE(readEventsOfUsers(project(), range, {}, {}).error().code,
                     ErrorCode::UnknownUser);
        }
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(readEventsOfUsers(project(), {1, kUsers}, {}, Task(stop.get_token(), {}))
                     .error().code,
                 ErrorCode::Cancelled);
        project().database().execute("UPDATE event SET user_id = 99 WHERE id = 60");
        QCOMPARE(rangesOfUsers(project(), {}, 10, 10, {}).error().code, ErrorCode::Damaged);
    }

    void pricesOfUnits()
    {
        ProjectFixture fixture;
        fixture.add({{"a", "x", EventKind::Purchase, 0, 3, {}},
                     {"b", "x", EventKind::Purchase, 86400, 5, {}},
                     {"b", "y", EventKind::View, 86400, 0, {}},
                     {"b", "z", EventKind::Purchase, 5 * 86400, 8, {}}});
        const auto prices = readUnitPrices(fixture.project(), 2, {});
        QVERIFY(prices.ok());
        QCOMPARE(prices->size(), std::size_t{4});
        QCOMPARE((*prices)[1], 4.0);
        QVERIFY(std::isnan((*prices)[2]));
        QVERIFY(std::isnan((*prices)[3])); // bought later
        fixture.project().database().execute("UPDATE event SET quantity = 2 WHERE item_id = 3");
        QCOMPARE((*readUnitPrices(fixture.project(), {}, {}))[3], 4.0);
    }

    void stagedBlocksAreAChain()
    {
        QCOMPARE(stagedScores(project(), "k")->last, 0);
        QVERIFY(stageScores(project(), "k", 0, {1, 10}, bytes("one")).ok());
        QVERIFY(stageScores(project(), "k", 10, {11, 20}, bytes("two")).ok());
        QVERIFY(stageScores(project(), "k", 20, {31, 40}, bytes("")).ok()); // nobody in between
        // what is not behind the last block belongs to other data
        QCOMPARE(stageScores(project(), "k", 20, {41, 50}, bytes("x")).error().code,
                 ErrorCode::Cancelled);
        const auto staged = stagedScores(project(), "k");
        QCOMPARE(staged->last, 40);
        QCOMPARE(staged->blocks, 3);
        QCOMPARE(read("k"), std::string("one|two||"));
        QCOMPARE(stagedScores(project(), "other")->blocks, 0);
        QCOMPARE(read("other"), std::string());
        QVERIFY(*stageHolds(project()));
        QVERIFY(verifyProject(project(), {})->sound());
        // The same users again: what came after them goes, and so does another key.
        QVERIFY(stageScores(project(), "k", 10, {11, 20}, bytes("new")).ok());
        QCOMPARE(read("k"), std::string("one|new|"));
        QVERIFY(stageScores(project(), "other", 0, {1, 10}, bytes("own")).ok());
        QCOMPARE(read("k"), std::string());
        QCOMPARE(read("other"), std::string("own|"));
    }

    void aBlockThatWasChangedOrLostShows_data()
    {
        QTest::addColumn<QString>("harm");
        QTest::newRow("data") << QStringLiteral("UPDATE score_block SET data = x'00' WHERE first_user = 11");
        QTest::newRow("range") << QStringLiteral("UPDATE score_block SET last_user = 19 WHERE first_user = 11");
        QTest::newRow("key") << QStringLiteral("UPDATE score_block SET key = 'j' WHERE first_user = 11");
        QTest::newRow("lost") << QStringLiteral("DELETE FROM score_block WHERE first_user = 11");
        QTest::newRow("hash") << QStringLiteral("UPDATE score_block SET hash = '' WHERE first_user = 11");
    }
    void aBlockThatWasChangedOrLostShows()
    {
        QFETCH(QString, harm);
        for (std::int64_t first = 1; first < 40; first += 10) {
            QVERIFY(stageScores(project(), "k", first - 1, {first, first + 9}, bytes("some")).ok());
        }
        project().database().execute(harm.toStdString());
        QVERIFY(!*stageHolds(project()));
        const auto verified = verifyProject(project(), {});
        const auto names = [](const VerifyFinding &finding) {
            return finding.level == VerifyFinding::Level::Damage && finding.detail == "score_block";
        };
        QCOMPARE(std::ranges::count_if(verified->findings, names), 1); // whoever notices
        const auto each = [](std::span<const std::byte>) -> Status { return Done{}; };
        QCOMPARE(eachStagedBlock(project(), "k", each).error().code, ErrorCode::Damaged);
        QCOMPARE(stagedScores(project(), "k")->last, 10); // as far as it holds, and no more of it
        QVERIFY(*stageHolds(project()));
        QCOMPARE(project().database().integer("SELECT count(*) FROM score_block"), 1);
    }

private:
    Project &project() { return m_fixture->project(); }
    std::string read(const std::string &key)
    {
        std::string text;
        const auto each = [&](std::span<const std::byte> data) -> Status {
            text += std::string(reinterpret_cast<const char *>(data.data()), data.size()) + "|";
            return Done{};
        };
        return eachStagedBlock(project(), key, each) ? text : std::string("error");
    }

    std::optional<ProjectFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestEventRanges)
#include "tst_event_ranges.moc"
