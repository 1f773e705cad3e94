#include "churn_shop.h"
#include "core/churn/churn_shelf.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kHorizon = 60;
const Day kAt = kChurnStart + 350;

/// The shop as events of a project, whose ids are in another order than its keys.
void addShop(ProjectFixture &fixture)
{
    std::vector<PlainEvent> events;
    for (const MoneyDay &row : churnDays(500, 400, 1)) {
        events.push_back({"u" + std::to_string(row.user), "i", EventKind::Purchase,
                          startOf(row.day) + 3600, toUnits(row.gross), {}});
    }
    fixture.add(events);
}

TrialOptions quick(UserIds within = nullptr)
{
    TrialOptions options;
    options.replicates = 0;
    options.within = std::move(within);
    return options;
}

double figureOf(const RiskTrial &trial, std::string_view method, std::string_view figure)
{
    const auto row = std::ranges::find(trial.methods, method, &TrialMethod::name);
    return *row->figure(figure)->figure.value;
}

} // namespace

class TestChurnShelf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatTheRoomGives()
    {
        ProjectFixture fixture;
        addShop(fixture);
        const OrderHistory history = *readOrderHistory(fixture.project(), kAt, Task());
        ValueOptions options = valueOptionsFrom(*readSettings(fixture.project()));
        options.until = kAt;
        options.horizonDays = kHorizon;
        ChurnShelf shelf(kAt, kHorizon);
        const UserIds some = std::make_shared<const std::vector<std::int64_t>>(
            history.user.begin(), history.user.begin() + 200);
        for (const UserIds &within : {UserIds(), some, UserIds()}) {
            const auto mine = *shelf.trial(fixture.project(), quick(within), Task());
            const auto its = *riskTrial(history, kAt, options, quick(within), Task());
            QCOMPARE(mine->cut, its->cut);
            QCOMPARE(mine->users, its->users);
            QCOMPARE(mine->churned, its->churned);
            for (const TrialMethod &method : its->methods) {
                QCOMPARE(figureOf(*mine, method.name, "auc"), figureOf(*its, method.name, "auc"));
            }
        }
        const auto kept = *shelf.valuesIfKept(fixture.project(), Task());
        const auto value = *fitValueModel(fixture.project(), options, Task());
        QCOMPARE(kept->user, value->customers.user);
        QCOMPARE(kept->value, valueIfKept(*value));
        const auto reasons =
            *TreeReasons::of(*treeRisk(history, kAt, treeOptionsFrom(options), Task()));
        const std::int64_t user = kept->user[7];
        QCOMPARE((*shelf.reasons(fixture.project(), Task()))->reasons(user)->risk,
                 reasons.reasons(user)->risk);
    }

    void otherSettingsAreSeen()
    {
        ProjectFixture fixture;
        addShop(fixture);
        ChurnShelf shelf(kAt, kHorizon);
        const auto first = *shelf.valuesIfKept(fixture.project(), Task());
        const auto trees = *shelf.reasons(fixture.project(), Task());
        ProjectSettings settings = *readSettings(fixture.project());
        settings.stages.dormantAfterDays = 31; // no matter of a value model's
        QVERIFY(writeSettings(fixture.project(), settings).ok());
        QCOMPARE(*shelf.valuesIfKept(fixture.project(), Task()), first);
        QCOMPARE(*shelf.reasons(fixture.project(), Task()), trees);
        settings.margin = 0.5;
        QVERIFY(writeSettings(fixture.project(), settings).ok());
        const auto half = *shelf.valuesIfKept(fixture.project(), Task());
        for (std::size_t k = 0; k < half->value.size(); ++k) {
            QVERIFY(std::abs(half->value[k] - first->value[k] / 2) <= 1e-9 * first->value[k]);
        }
    }

    void anotherSeedIsAnotherTrial()
    {
        ProjectFixture fixture;
        addShop(fixture);
        ChurnShelf shelf(kAt, kHorizon);
        TrialOptions other = quick();
        other.seed = 2;
        const auto auc = [&](const TrialOptions &options) {
            return figureOf(**shelf.trial(fixture.project(), options, Task()), kTreeMethod, "auc");
        };
        const double first = auc(quick());
        QVERIFY(auc(other) != first);
        QCOMPARE(auc(quick()), first);
    }

    void whatIsLackingIsNamed()
    {
        ProjectFixture fixture;
        ChurnShelf empty(kAt, kHorizon);
        QCOMPARE(empty.trial(fixture.project(), quick(), Task()).error().code,
                 ErrorCode::NoPurchases);
        QCOMPARE(empty.valuesIfKept(fixture.project(), Task()).error().code,
                 ErrorCode::NoPurchases);
        QCOMPARE(empty.reasons(fixture.project(), Task()).error().code, ErrorCode::NoPurchases);
        addShop(fixture);
        std::stop_source stop;
        stop.request_stop();
        const Task cancelled(stop.get_token(), {});
        ChurnShelf shelf(kAt, kHorizon);
        QCOMPARE(shelf.trial(fixture.project(), quick(), cancelled).error().code,
                 ErrorCode::Cancelled);
        const UserIds nobody = std::make_shared<const std::vector<std::int64_t>>();
        QCOMPARE(shelf.trial(fixture.project(), quick(nobody), Task()).error().where,
                 std::string("segment"));
        QVERIFY(shelf.trial(fixture.project(), quick(), Task()).ok());
    }
};

QTEST_APPLESS_MAIN(TestChurnShelf)
#include "tst_churn_shelf.moc"
