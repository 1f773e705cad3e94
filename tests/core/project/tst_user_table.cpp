#include "core/project/user_table.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>
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
    void theFirstPagesAreThoseOfTheWholeOrder();
    void sortsWithMissingLast();
    void filtersAndTotalsAgree();
    void searchIsPlainText();
    void rangesAreHalfOpen_data();
    void rangesAreHalfOpen();
    void chosenUsersOnly();

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
    QCOMPARE(readUserStates(m_fixture->project()).error().code,
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

/// They are asked for one by one until somebody looks further down.
void TestUserTable::theFirstPagesAreThoseOfTheWholeOrder()
{
    const auto ids = [](const Result<std::vector<UserTableRow>> &rows) {
        std::vector<std::int64_t> users;
        for (const UserTableRow &row : *rows) {
            users.push_back(row.state.user);
        }
        return users;
    };
    std::vector<std::int64_t> some;
    for (std::int64_t user = 3; user <= kUsers; user += 2) {
        some.push_back(user);
    }
    for (const UserColumn sort : {UserColumn::Key, UserColumn::Stage, UserColumn::PredictedValue,
                                  UserColumn::Ltv, UserColumn::BehaviorValue}) {
        for (const bool descending : {true, false}) {
            UserTableQuery query{"", sort, descending};
            query.ranges = {{UserColumn::Orders, 2.0, 220.0}};
            query.within = std::make_shared<const std::vector<std::int64_t>>(some);
            query.search = descending ? "user" : "";
            auto table = UserTable::open(m_fixture->project(), query);
            const auto first = ids(table->rows(0, 40)), second = ids(table->rows(40, 40));
            QCOMPARE(first.size(), std::size_t{40});
            const auto all = ids(table->rows(0, 1'000'000)); // writes the order
            QCOMPARE(std::ssize(all), table->totals().users);
            QVERIFY(std::ranges::equal(first, std::span(all).subspan(0, 40)));
            QVERIFY(std::ranges::equal(second, std::span(all).subspan(40, 40)));
            QCOMPARE(ids(table->rows(0, 40)), first);
        }
    }
}

void TestUserTable::sortsWithMissingLast()
{
    for (const bool descending : {false, true}) {
        auto table = UserTable::open(m_fixture->project(),
                                     {"", UserColumn::PredictedValue, descending});
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
    std::vector<std::int64_t> loyal;
    for (const UserState &state : *readUserStates(m_fixture->project())) {
        if (state.stage == Stage::Loyal) {
            loyal.push_back(state.user);
        }
    }
    UserTableQuery query;
    query.within = std::make_shared<const std::vector<std::int64_t>>(loyal);
    auto table = UserTable::open(m_fixture->project(), query);
    const auto rows = table->rows(0, 1000);
    QCOMPARE(static_cast<std::int64_t>(rows->size()), table->totals().users);
    QCOMPARE(rows->size(), loyal.size());
    QCOMPARE(readUserStates(m_fixture->project(), query.within)->size(), loyal.size());
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

void TestUserTable::rangesAreHalfOpen_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<bool>("orMissing");
    const double open = std::nan("");
    QTest::newRow("between") << 100.0 << 500.0 << false;
    QTest::newRow("between or missing") << 100.0 << 500.0 << true;
    QTest::newRow("from") << 400.0 << open << false;
    QTest::newRow("below or missing") << open << 0.005 << true;
    QTest::newRow("anything") << open << open << false;
    QTest::newRow("nobody") << 5000.0 << 100.0 << false;
}

void TestUserTable::rangesAreHalfOpen()
{
    QFETCH(double, from);
    QFETCH(double, to);
    QFETCH(bool, orMissing);
    UserTableQuery query;
    ColumnRange range{UserColumn::PredictedValue, {}, {}, orMissing};
    range.from = std::isnan(from) ? std::nullopt : std::optional(from);
    range.to = std::isnan(to) ? std::nullopt : std::optional(to);
    query.ranges = {range, {UserColumn::Orders, 10.0, {}, false}};
    query.search = "user";
    const auto holds = [&](const UserState &s) {
        const bool inside = s.predictedValue ? (!range.from || *s.predictedValue >= from) &&
                                                   (!range.to || *s.predictedValue < to)
                                             : orMissing;
        return inside && s.orders >= 10 && s.user <= kUsers; // the last key is not a "user"
    };
    const auto states = readUserStates(m_fixture->project());
    const auto expected = std::ranges::count_if(*states, holds);
    auto table = UserTable::open(m_fixture->project(), query);
    QVERIFY(table.ok());
    QCOMPARE(table->totals().users, expected);
    const auto rows = table->rows(0, 1000);
    QCOMPARE(static_cast<std::int64_t>(rows->size()), expected);
    for (const UserTableRow &row : *rows) {
        QVERIFY(holds(row.state));
    }
}

void TestUserTable::chosenUsersOnly()
{
    UserTableQuery query;
    query.only = std::make_shared<const std::vector<std::int64_t>>(
        std::vector<std::int64_t>{40, 7, 7, 9'999, 12});
    auto table = UserTable::open(m_fixture->project(), query);
    QCOMPARE(table->totals().users, 3);
    query.ranges = {{UserColumn::Ltv, 0.4 * 11 * 1.5 + 0.001, {}, false}};
    std::int64_t above = 0;
    for (const std::int64_t user : {7, 12, 40}) {
        const auto state = readUserState(m_fixture->project(), user);
        above += 0.4 * state->realised + state->predictedValue.value_or(0) >= *query.ranges[0].from;
    }
    QCOMPARE(UserTable::open(m_fixture->project(), query)->totals().users, above);
    query.only = std::make_shared<const std::vector<std::int64_t>>();
    QCOMPARE(UserTable::open(m_fixture->project(), query)->totals().users, 0);
}

QTEST_APPLESS_MAIN(TestUserTable)
#include "tst_user_table.moc"
