#include "core/base/rng.h"
#include "core/survival/targeting.h"
#include "tests/core/survival/close_to.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

using Scores = std::vector<double>;
using Flags = std::vector<std::int8_t>;

} // namespace

class TargetingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedAveragePrecision()
    {
        // The example in scikit-learn's average_precision_score: 0.83…
        const auto curve = *precisionRecall(Scores{0.1, 0.4, 0.35, 0.8}, Flags{0, 0, 1, 1});
        closeTo(curve.averagePrecision, 5.0 / 6.0, 1e-15);
        const std::array<std::array<double, 3>, 4> points{
            {{0.8, 1.0, 0.5}, {0.4, 0.5, 0.5}, {0.35, 2.0 / 3.0, 1.0}, {0.1, 0.5, 1.0}}};
        QCOMPARE(curve.points.size(), std::size_t{4});
        for (std::size_t k = 0; k < 4; ++k) {
            closeTo(curve.points[k].score, points[k][0], 0);
            closeTo(curve.points[k].precision, points[k][1], 1e-15);
            closeTo(curve.points[k].recall, points[k][2], 1e-15);
        }
    }

    void equalScoresAreOnePoint()
    {
        const auto curve = *precisionRecall(Scores{0.5, 0.5, 0.5, 0.2}, Flags{1, 0, 1, 0});
        QCOMPARE(curve.points.size(), std::size_t{2});
        QCOMPARE(curve.points[0].targeted, std::int64_t{3});
        QCOMPARE(curve.points[0].hit, std::int64_t{2});
        // A score that knows nothing has the share as its precision.
        const auto constant = *precisionRecall(Scores(8, 0.3), Flags{1, 0, 0, 0, 1, 0, 0, 0});
        QCOMPARE(constant.points.size(), std::size_t{1});
        closeTo(constant.averagePrecision, 0.25, 1e-15);
        closeTo(precisionRecall(Scores{3, 2, 1}, Flags{1, 1, 0})->averagePrecision, 1.0, 1e-15);
    }

    void gainsByTenths()
    {
        Scores scores;
        Flags happened;
        std::vector<double> value;
        for (int i = 0; i < 20; ++i) { // the best five of twenty, and one further down
            scores.push_back(20 - i);
            happened.push_back(i < 5 || i == 10 ? 1 : 0);
            value.push_back(i == 10 ? 50 : 10);
        }
        const auto rows = *gainTable(scores, happened, value, 10);
        QCOMPARE(rows.size(), std::size_t{10});
        closeTo(rows[0].gain, 2.0 / 6.0, 1e-15);
        closeTo(rows[0].lift, 20.0 / 6.0, 1e-14);
        closeTo(*rows[1].value, 40, 1e-12);
        closeTo(*rows[1].valueShare, 0.4, 1e-15);
        QCOMPARE(rows[4].hit, std::int64_t{5});
        QCOMPARE(rows[5].hit, std::int64_t{6});
        closeTo(rows[9].gain, 1.0, 0);
        closeTo(rows[9].lift, 1.0, 0);
        closeTo(rows[9].share, 1.0, 0);
        closeTo(*rows[9].valueShare, 1.0, 1e-15);
        QVERIFY(!gainTable(scores, happened, {}, 10)->front().value);
        QCOMPARE(gainTable(scores, happened, {}, 1)->size(), std::size_t{1});
        QCOMPARE(gainTable(scores, happened, {}, 1000)->size(), std::size_t{20});
    }

    void equalScoresAreNeverParted()
    {
        const Scores scores{9, 5, 5, 5, 5, 5, 5, 1, 1, 0};
        const Flags happened{1, 1, 0, 0, 0, 0, 1, 0, 0, 1};
        const auto rows = *gainTable(scores, happened, {}, 5);
        const std::array<std::int64_t, 3> targeted{7, 9, 10};
        QCOMPARE(rows.size(), targeted.size());
        for (std::size_t k = 0; k < rows.size(); ++k) {
            QCOMPARE(rows[k].targeted, targeted[k]);
        }
        QCOMPARE(gainTable(Scores(10, 2.0), happened, {}, 10)->size(), std::size_t{1});
    }

    void theOrderOfTheRowsDoesNotMatter()
    {
        Rng rng(9);
        Scores scores;
        Flags happened;
        for (int i = 0; i < 500; ++i) {
            scores.push_back(rng.below(20));
            happened.push_back(rng.uniform() < scores.back() / 25 ? 1 : 0);
        }
        const auto one = *precisionRecall(scores, happened);
        std::ranges::reverse(scores);
        std::ranges::reverse(happened);
        QCOMPARE(precisionRecall(scores, happened)->averagePrecision, one.averagePrecision);
        QVERIFY(one.averagePrecision > static_cast<double>(one.happened) / 500);
    }

    void refusesWhatHasNoAnswer()
    {
        const auto code = [](const auto &result) { return result.error().code; };
        QCOMPARE(code(precisionRecall({}, {})), ErrorCode::TooLittleData);
        QCOMPARE(code(precisionRecall(Scores{1, 2}, Flags{0, 0})), ErrorCode::TooLittleData);
        QCOMPARE(precisionRecall(Scores{1}, Flags{0, 1}).error().where, std::string("lengths"));
        QCOMPARE(precisionRecall(Scores{std::nan("")}, Flags{1}).error().where,
                 std::string("scores"));
        QCOMPARE(gainTable(Scores{1}, Flags{1}, std::vector{1.0, 2.0}, 3).error().where,
                 std::string("value"));
        for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
            QCOMPARE(gainTable(Scores{1}, Flags{1}, std::vector{bad}, 3).error().where,
                     std::string("value"));
        }
        QCOMPARE(gainTable(Scores{1}, Flags{1}, {}, 0).error().where, std::string("parts"));
        const auto one = *gainTable(Scores{1}, Flags{1}, std::vector{0.0}, 3);
        QCOMPARE(one.size(), std::size_t{1});
        QVERIFY(one[0].value && !one[0].valueShare);
    }
};

QTEST_APPLESS_MAIN(TargetingTest)
#include "tst_targeting.moc"
