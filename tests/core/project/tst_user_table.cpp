#include "core/project/user_table.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <set>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

class TestUserTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void notScoredIsSaid();
    void pagesCoverEveryUserOnce();
    void sortsWithMissingLast();
    void filtersAndTotalsAgree();
    void searchIsPlainText();

private:
    static constexpr int kUsers = 250;
    std::unique_ptr<ProjectFixture> m_fixture;
};

void TestUserTable::initTestCase()
{
    m_fixture = std::make_unique<ProjectFixture>();
    std::vector<PlainEvent> events;
    for (int k = 0; k < kUsers; ++k) {
        events.push_back({"User" + std::to_string(k), "x", EventKind::Purchase, 86400, 1, ""});
    }
    events.push_back({"100%'_odd", "x", EventKind::Purchase, 86400, 1, ""});
    m_fixture->add(events);
}

void TestUserTable::notScoredIsSaid()
{
    QCOMPARE(UserTable::open(m_fixture->project(), {}).error().code, ErrorCode::NotScored);
    QCOMPARE(readUserStates(m_fixture->project(), std::nullopt).error().code,
             ErrorCode::NotScored);
    std::vector<UserState> states;
    for (int k = 0; k <= kUsers; ++k) {
        UserState state;
        state.user = k + 1;
        state.stage = k % 3 == 0 ? Stage::Loyal : Stage::Dormant;
        state.orders = k;
        state.realised = k * 1.5;
        if (k % 10 != 0) {
            state.predictedValue = (k * 7919) % 1000;
        }
        states.push_back(state);
    }
    UserStateLabel label;
    label.snapshot = 20;
    label.horizonDays = 180;
    label.margin = 0.4;
    label.currency = "EUR";
    label.detail = "{}";
    QVERIFY(writeUserStates(m_fixture->project(), label, states).ok());
    QCOMPARE(readUserStateLabel(m_fixture->project())->currency, std::string("EUR"));
    QCOMPARE(readUserState(m_fixture->project(), 12)->orders, 11);
}

void TestUserTable::pagesCoverEveryUserOnce()
{
    auto table = UserTable::open(m_fixture->project(), {});
    QVERIFY(table.ok());
    QCOMPARE(table->totals().users, kUsers + 1);
    std::set<std::int64_t> seen;
    for (std::int64_t offset = 0; offset < table->totals().users; offset += 100) {
        const auto page = table->rows(offset, 100);
        for (const UserTableRow &row : *page) {
            QVERIFY(seen.insert(row.state.user).second);
        }
    }
    QCOMPARE(seen.size(), std::size_t{kUsers + 1});
    QVERIFY(table->rows(kUsers + 1, 100)->empty());
}

void TestUserTable::sortsWithMissingLast()
{
    for (const bool descending : {false, true}) {
        auto table = UserTable::open(m_fixture->project(),
                                     {"", std::nullopt, UserColumn::PredictedValue, descending});
        const auto rows = table->rows(0, kUsers + 1);
        bool missing = false;
        for (std::size_t k = 1; k < rows->size(); ++k) {
            const auto a = rows->at(k - 1).state.predictedValue;
            const auto b = rows->at(k).state.predictedValue;
            missing = missing || !a;
            QVERIFY(!missing || !b);
            QVERIFY(!a || !b || (descending ? *a >= *b : *a <= *b));
        }
    }
}

void TestUserTable::filtersAndTotalsAgree()
{
    UserTableQuery query;
    query.stage = Stage::Loyal;
    auto table = UserTable::open(m_fixture->project(), query);
    const auto rows = table->rows(0, 1000);
    QCOMPARE(static_cast<std::int64_t>(rows->size()), table->totals().users);
    QCOMPARE(rows->size(), readUserStates(m_fixture->project(), Stage::Loyal)->size());
    double realised = 0;
    for (const UserTableRow &row : *rows) {
        QCOMPARE(row.state.stage, Stage::Loyal);
        QCOMPARE(row.ltv, 0.4 * row.state.realised + row.state.predictedValue.value_or(0.0));
        realised += row.state.realised;
    }
    QCOMPARE(realised, table->totals().realised);
}

void TestUserTable::searchIsPlainText()
{
    const auto found = [&](const std::string &text) {
        UserTableQuery query;
        query.search = text;
        return UserTable::open(m_fixture->project(), query)->totals().users;
    };
    QCOMPARE(found("user24"), 11); // 24, 240…249
    QCOMPARE(found("%"), 1);       // not a wildcard
    QCOMPARE(found("'_"), 1);
    QCOMPARE(found("' OR 1=1 --"), 0);
}

QTEST_APPLESS_MAIN(TestUserTable)
#include "tst_user_table.moc"
