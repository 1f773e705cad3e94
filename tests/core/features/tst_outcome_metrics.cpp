#include "core/base/rng.h"
#include "core/features/outcome_metrics.h"

#include <QTest>

#include <cmath>

using namespace perennial;

class TestOutcomeMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void concordanceByHand()
    {
        // days 1, 2, 2, 5+: pairs (1,2a) (1,2b) (1,5) (2a,5) (2b,5); the expected order errs in
        // the first and ties in the second
        const std::vector<double> expected{3, 2, 3, 9};
        const std::vector<double> days{1, 2, 2, 5};
        const std::vector<bool> came{true, true, true, false};
        QCOMPARE(*concordance(expected, days, came), 3.5 / 5);
    }

    void concordanceIsThatOfAllPairs()
    {
        Rng rng(4);
        std::vector<double> expected, days;
        std::vector<bool> came;
        for (int i = 0; i < 300; ++i) {
            days.push_back(1 + rng.below(20));
            expected.push_back(std::floor(days.back() / 4) + rng.below(6));
            came.push_back(rng.uniform() < 0.7);
        }
        double pairs = 0, right = 0;
        for (std::size_t i = 0; i < days.size(); ++i) {
            for (std::size_t j = 0; j < days.size(); ++j) {
                if (came[i] && (days[i] < days[j] || (days[i] == days[j] && !came[j]))) {
                    pairs += 1;
                    right += expected[i] < expected[j] ? 1 : expected[i] == expected[j] ? 0.5 : 0;
                }
            }
        }
        QVERIFY(std::abs(*concordance(expected, days, came) - right / pairs) < 1e-12);
    }

    void concordanceOfNothing()
    {
        QVERIFY(!concordance({}, {}, {}));
        QVERIFY(!concordance(std::vector<double>{1, 2}, std::vector<double>{3, 3}, {false, false}));
        QVERIFY(!concordance(std::vector<double>{1, 2}, std::vector<double>{3, 3}, {true, true}));
        QCOMPARE(*concordance(std::vector<double>{1, 2}, std::vector<double>{3, 3}, {true, false}),
                 1.0);
    }
};

QTEST_GUILESS_MAIN(TestOutcomeMetrics)
#include "tst_outcome_metrics.moc"
