#include "core/base/rng.h"
#include "core/survival/ipcw_brier.h"
#include "tests/core/survival/close_to.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

using Times = std::vector<double>;
using Flags = std::vector<std::int8_t>;

double score(const Times &t, const Flags &e, const std::vector<double> &s, double at)
{
    return *ipcwBrier(t, e, s, at, *censoringWeights(t, e));
}

} // namespace

class IpcwBrierTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        // One of the three left at 2 is censored: G = 2/3 from there on.
        const Times t{1, 2, 3, 4};
        const Flags e{1, 0, 1, 1};
        const std::vector<double> s{0.2, 0.9, 0.6, 0.8};
        closeTo(score(t, e, s, 0.5), (0.64 + 0.01 + 0.16 + 0.04) / 4, 1e-15);
        closeTo(score(t, e, s, 2.5), (0.04 + 0.16 * 1.5 + 0.04 * 1.5) / 4, 1e-15);
        closeTo(score(t, e, s, 3), (0.04 + 0.36 * 1.5 + 0.04 * 1.5) / 4, 1e-15);
        closeTo(score(t, e, s, 9), (0.04 + 0.36 * 1.5 + 0.64 * 1.5) / 4, 1e-15);
    }

    void anEventComesBeforeACensoring()
    {
        const Times t{2, 2, 3};
        const Flags e{1, 0, 1};
        // At 2 one of two left is censored, and the event there was not exposed to it.
        closeTo(score(t, e, {0.3, 0.9, 0.6}, 2), (0.09 + 0.16 * 2) / 3, 1e-15);
        const CensoringWeights weights = *censoringWeights(t, e);
        QCOMPARE(weights.atOwnEnd, (std::vector{1.0, 1.0, 2.0}));
        QCOMPARE(weights.at(1.9), 1.0);
        QCOMPARE(weights.at(2.0), 2.0);
    }

    void withoutCensoringItIsTheMeanSquare()
    {
        Rng rng(2);
        Times t;
        std::vector<double> s;
        double squares = 0;
        for (int i = 0; i < 200; ++i) {
            t.push_back(rng.exponential());
            s.push_back(rng.uniform());
            const double truth = t.back() > 0.7 ? 1.0 : 0.0;
            squares += (truth - s.back()) * (truth - s.back()) / 200;
        }
        closeTo(score(t, Flags(200, 1), s, 0.7), squares, 1e-12);
    }

    void censoringDoesNotMoveItsMean()
    {
        // Half of 100 000 are censored on the way: the score is that of the times behind.
        Rng rng(5);
        Times whole, seen;
        Flags e;
        std::vector<double> s;
        for (int i = 0; i < 100000; ++i) {
            const double rate = rng.uniform() < 0.5 ? 0.5 : 2.0;
            const double end = 1.5 * rng.exponential();
            whole.push_back(rng.exponential() / rate);
            seen.push_back(std::min(whole.back(), end));
            e.push_back(whole.back() <= end ? 1 : 0);
            s.push_back(std::exp(-rate * 0.8));
        }
        closeTo(score(seen, e, s, 0.8), score(whole, Flags(e.size(), 1), s, 0.8), 3e-3);
        // Knowing the rates is better than knowing the mean of the curves.
        const std::vector<double> mean(e.size(), (std::exp(-0.4) + std::exp(-1.6)) / 2);
        QVERIFY(score(seen, e, s, 0.8) + 0.02 < score(seen, e, mean, 0.8));
    }

    void overTime()
    {
        const Times times{0, 1, 3};
        closeTo(*integratedBrier(times, std::vector{0.0, 0.2, 0.1}), (0.1 + 0.3) / 3, 1e-15);
        QCOMPARE(integratedBrier(std::vector{2.0}, std::vector{0.2}), std::optional(0.2));
        QVERIFY(!integratedBrier({}, {}));
        QVERIFY(!integratedBrier(times, std::vector{0.1}));
    }

    void extremes()
    {
        // Everybody censored at once: nobody's end is known before, everybody lasts up to it.
        const Times same(3, 2.0);
        const Flags none(3, 0);
        closeTo(score(same, none, {1, 1, 1}, 1), 0.0, 0.0);
        closeTo(score(same, none, {0, 0, 0}, 2), 0.0, 0.0);
        closeTo(score(Times{3}, Flags{1}, {0.25}, 3), 0.0625, 1e-15);
        const auto weights = *censoringWeights(same, none);
        const auto where = [&](const std::vector<double> &s, double at) {
            return ipcwBrier(same, none, s, at, weights).error().where;
        };
        QCOMPARE(where({0.5}, 1), std::string("lengths"));
        QCOMPARE(where({0.5, 0.5, 1.1}, 1), std::string("survival"));
        QCOMPARE(where({0.5, 0.5, std::nan("")}, 1), std::string("survival"));
        QCOMPARE(where({0.5, 0.5, 0.5}, std::nan("")), std::string("time"));
        QCOMPARE(ipcwBrier({}, {}, {}, 1, *censoringWeights({}, {})).error().code,
                 ErrorCode::TooLittleData);
        QVERIFY(!censoringWeights(Times{-1}, Flags{1}));
    }
};

QTEST_APPLESS_MAIN(IpcwBrierTest)
#include "tst_ipcw_brier.moc"
