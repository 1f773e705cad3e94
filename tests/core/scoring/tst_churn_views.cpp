#include "core/base/rng.h"
#include "core/scoring/churn_views.h"
#include "core/scoring/user_figures.h"

#include <QTest>

#include <limits>

using namespace perennial;

namespace {

UserState person(std::int64_t id, Stage stage, std::optional<double> risk,
                 std::optional<double> alive)
{
    UserState state;
    state.user = id;
    state.stage = stage;
    state.churnRisk = risk;
    state.pAlive = alive;
    return state;
}

const ChurnViewFigures &of(const ChurnViews &views, ChurnView view)
{
    return views.views[static_cast<std::size_t>(view)];
}

} // namespace

class TestChurnViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTableByHand()
    {
        const std::vector<UserState> states{
            person(1, Stage::Loyal, 0.1, 0.9), person(2, Stage::Churned, 0.9, 0.2),
            person(3, Stage::Active, 0.5, 0.5), person(4, Stage::Churned, {}, {}),
            person(5, Stage::Retained, {}, std::numeric_limits<double>::quiet_NaN())};
        const ChurnViews views = churnViews(states);
        QCOMPARE(of(views, ChurnView::FixedWindow).users, 3);
        QCOMPARE(of(views, ChurnView::FixedWindow).likely, 2);
        QCOMPARE(of(views, ChurnView::FixedWindow).expected, 1.5);
        QCOMPARE(*of(views, ChurnView::FixedWindow).mean, 0.5);
        QCOMPARE(of(views, ChurnView::CensoredGap).users, 5);
        QCOMPARE(of(views, ChurnView::CensoredGap).expected, 2.0);
        QCOMPARE(of(views, ChurnView::Latent).users, 3);
        QCOMPARE(of(views, ChurnView::Latent).likely, 2);
        QCOMPARE(usersOfChurnViews(states, 0), (std::vector<std::int64_t>{1, 5}));
        QCOMPARE(usersOfChurnViews(states, 7), (std::vector<std::int64_t>{2}));
        QCOMPARE(usersOfChurnViews(states, 5), (std::vector<std::int64_t>{3}));
        QCOMPARE(usersOfChurnViews(states, 2), (std::vector<std::int64_t>{4}));
        QCOMPARE(usersOfChurnView(states, ChurnView::FixedWindow),
                 (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(usersOfChurnView(states, ChurnView::CensoredGap),
                 (std::vector<std::int64_t>{2, 4}));
        QCOMPARE(usersOfChurnView(states, ChurnView::Latent), (std::vector<std::int64_t>{2, 3}));
    }

    void riskByStage()
    {
        std::vector<UserState> states{
            person(1, Stage::Loyal, 0.1, {}), person(2, Stage::Churned, 0.9, {}),
            person(3, Stage::Loyal, 0.4, {}), person(4, Stage::Churned, {}, {}),
            person(5, Stage::Loyal, std::numeric_limits<double>::quiet_NaN(), {})};
        states[0].predictedValue = 100;
        states[1].predictedValue = 10;
        const auto stages = stageRisks(states);
        const StageRisk &loyal = stages[static_cast<std::size_t>(Stage::Loyal)];
        QCOMPARE(loyal.users, 2);
        QCOMPARE(*loyal.mean, 0.25);
        QCOMPARE(loyal.atStake, 10.0); // the other has no value predicted
        QCOMPARE(stages[static_cast<std::size_t>(Stage::Churned)].users, 1);
        QCOMPARE(stages[static_cast<std::size_t>(Stage::Churned)].atStake, 9.0);
        QVERIFY(!stages[static_cast<std::size_t>(Stage::Active)].mean);
        QCOMPARE(usersWithRisk(states, Stage::Loyal), (std::vector<std::int64_t>{1, 3}));
        QCOMPARE(usersWithRisk(states, Stage::Churned), (std::vector<std::int64_t>{2}));
    }

    void setsAreExclusiveAndExhaustive()
    {
        Rng rng(3);
        std::vector<UserState> states;
        for (int id = 1; id <= 2000; ++id) {
            states.push_back(person(id, kStages[rng.below(kStageCount)],
                                    rng.below(4) > 0 ? std::optional(rng.uniform()) : std::nullopt,
                                    rng.below(3) > 0 ? std::optional(rng.uniform())
                                                     : std::nullopt));
        }
        const ChurnViews views = churnViews(states);
        std::int64_t all = 0;
        std::array<std::int64_t, kChurnViews> likely{};
        for (unsigned set = 0; set < views.together.size(); ++set) {
            const auto users = usersOfChurnViews(states, set);
            QCOMPARE(static_cast<std::int64_t>(users.size()), views.together[set]);
            all += views.together[set];
            for (std::size_t k = 0; k < kChurnViews; ++k) {
                likely[k] += (set >> k & 1U) != 0 ? views.together[set] : 0;
            }
        }
        QCOMPARE(all, 2000);
        for (std::size_t k = 0; k < kChurnViews; ++k) {
            QCOMPARE(likely[k], views.views[k].likely);
        }
    }

    void ofNobodyNothing()
    {
        const ChurnViews views = churnViews({});
        for (const ChurnViewFigures &view : views.views) {
            QCOMPARE(view.users, 0);
            QVERIFY(!view.mean);
        }
    }
};

QTEST_MAIN(TestChurnViews)
#include "tst_churn_views.moc"
