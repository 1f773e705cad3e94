#include "core/behavior/judge.h"
#include "core/behavior/model.h"
#include "core/features/splits.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig smallConfig(UserEncoder encoder = UserEncoder::Attention)
{
    BehaviorConfig config;
    config.device = "cpu";
    config.encoder = encoder;
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 2;
    config.refitEpochs = 0;
    return config;
}

void same(const std::optional<double> &a, const std::optional<double> &b)
{
    QCOMPARE(a.has_value(), b.has_value());
    if (a) {
        QCOMPARE(*a, *b);
    }
}

} // namespace

class TestExplain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void explainsWhatItAnswers_data()
    {
        QTest::addColumn<int>("encoder");
        QTest::newRow("attention") << static_cast<int>(UserEncoder::Attention);
        QTest::newRow("gru") << static_cast<int>(UserEncoder::Gru);
    }
    void explainsWhatItAnswers()
    {
        QFETCH(int, encoder);
        ProjectFixture fixture;
        fixture.add(customerEvents(200, 200, true));
        const auto kind = static_cast<UserEncoder>(encoder);
        const auto trained = trainBehaviorModel(fixture.project(), smallConfig(kind), {}, {});
        QVERIFY(trained.ok());
        const Day at = trained->split.until;
        const auto model = BehaviorModel::load(fixture.project(), trained->run, at, {});
        QVERIFY(model.ok());
        const auto scores = model->scores({1, model->events().maxUser()}, {});
        QVERIFY(scores.ok());
        for (const std::size_t k : {std::size_t{0}, scores->size() / 2, scores->size() - 1}) {
            const auto told = model->explain((*scores)[k].user);
            QVERIFY(told.ok());
            QVERIFY(std::abs(*told->pChurn - *(*scores)[k].pChurn) < 1e-6);
            QVERIFY(!told->events.empty() && told->events.size() <= 12);
            double attention = 0;
            for (const auto &part : told->events) {
                QVERIFY(std::isfinite(*part.pChurn) && std::isfinite(*part.expectedValue));
                QVERIFY(std::abs(*part.pChurn) <= 1);
                QCOMPARE(part.attention.has_value(), kind == UserEncoder::Attention);
                attention += part.attention.value_or(0);
            }
            QVERIFY(attention < 1 + 1e-6); // the rest is "now" itself
            QCOMPARE(told->features.size(), kSummarySize);
            // alone or among all, the same user: nothing of the others shows
            const auto alone =
                BehaviorModel::loadFor(fixture.project(), trained->run, at, (*scores)[k].user);
            QVERIFY(alone.ok());
            QVERIFY(std::abs(*alone->explain((*scores)[k].user)->pChurn - *told->pChurn) < 1e-6);
        }
    }

    void aUserWithoutEventsHasNoReasons()
    {
        ProjectFixture fixture;
        std::vector<PlainEvent> events = customerEvents(100, 120, true);
        events.push_back({"late", "i1", EventKind::View, 125 * UtcSecond{86400}, 0, {}});
        fixture.add(events);
        BehaviorConfig config = smallConfig();
        config.until = 119;
        const auto trained = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(trained.ok());
        const auto late = findUser(fixture.project(), "late");
        QVERIFY(late.ok());
        const auto model = BehaviorModel::loadFor(fixture.project(), trained->run, 119, late->id);
        QVERIFY(model.ok());
        const auto told = model->explain(late->id);
        QVERIFY(told.ok());
        QVERIFY(told->events.empty());
        for (const auto &feature : told->features) {
            QVERIFY(std::isfinite(*feature.pChurn));
        }
    }

    // A run whose weights are those of its best epoch, asked on its own window, says what it said.
    void judgedOnItsOwnWindowARunIsItself()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(300, 200, true));
        const auto trained = trainBehaviorModel(fixture.project(), smallConfig(), {}, {});
        QVERIFY(trained.ok());
        const auto judged = judgeRun(fixture.project(), trained->run, trained->split, {});
        QVERIFY2(judged.ok(), judged ? "" : judged.error().detail.c_str());
        QCOMPARE(judged->daysSeen, 0);
        const BehaviorMetrics &a = judged->metrics, &b = trained->metrics;
        QCOMPARE(a.rankedUsers, b.rankedUsers);
        QCOMPARE(a.valueUsers, b.valueUsers);
        same(a.hr10, b.hr10);
        same(a.ndcg10New, b.ndcg10New);
        same(a.churnAuc, b.churnAuc);
        same(a.churnLogLoss, b.churnLogLoss);
        same(a.valueMae, b.valueMae);
        same(a.valueBias, b.valueBias);
    }

    // Returns are measured on the window that is judged, not on the one that was learned.
    void judgedOnAnotherWindow()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(300, 300, true));
        BehaviorConfig config = smallConfig();
        config.until = 180;
        const auto trained = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(trained.ok());
        QVERIFY(!trained->metrics.returnEce90);
        const auto judgedOn = [&](int days) {
            TrainSplit split = trained->split;
            split.labelDays = days;
            split.until = split.cut + days;
            return judgeRun(fixture.project(), trained->run, split, {})->metrics;
        };
        const BehaviorMetrics longer = judgedOn(90), shorter = judgedOn(20);
        QVERIFY(longer.returnEce90 && longer.returnConcordance);
        QVERIFY(shorter.returnEce7 && !shorter.returnEce30);
    }

    void strangersAreNotExplained()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(100, 120, true));
        const auto trained = trainBehaviorModel(fixture.project(), smallConfig(), {}, {});
        QVERIFY(trained.ok());
        const auto model =
            BehaviorModel::load(fixture.project(), trained->run, trained->split.until, {});
        QVERIFY(model.ok());
        for (const std::int64_t user : {std::int64_t{0}, model->events().maxUser() + 1}) {
            QCOMPARE(model->explain(user).error().code, ErrorCode::UnknownUser);
            QCOMPARE(model->leaveOneOut(user, {}).error().code, ErrorCode::UnknownUser);
        }
    }

    void whatARunHasSeenOfTheWindowIsCounted()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(200, 200, true));
        BehaviorConfig config = smallConfig();
        config.refitEpochs = 1;
        const auto trained = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(trained.ok());
        TrainSplit split = trained->split;
        QCOMPARE(judgeRun(fixture.project(), trained->run, split, {})->daysSeen,
                 split.until - split.cut);
        QCOMPARE(judgeRun(fixture.project(), 99, split, {}).error().code, ErrorCode::NotTrained);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(judgeRun(fixture.project(), trained->run, split, Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
