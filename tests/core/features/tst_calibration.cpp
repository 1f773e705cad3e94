#include "core/base/rng.h"
#include "core/features/calibration.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <vector>

using namespace perennial;

class TestCalibration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void binsByHand()
    {
        const std::vector<double> p{0.1, 0.1, 0.2, 0.4, 0.8}, came{0, 1, 0, 1, 1};
        const auto bins = calibrationBins(p, came, {}, 2);
        QCOMPARE(bins.size(), std::size_t{2}); // the middle of .2 lies at .5: the upper half
        QCOMPARE(bins[0].cases, 2);
        QVERIFY(std::abs(bins[0].predicted - 0.2) < 1e-12 && bins[0].happened == 1);
        QVERIFY(std::abs(bins[1].predicted - 1.4) < 1e-12 && bins[1].happened == 2);
        QVERIFY(std::abs(calibrationError(bins) - (0.8 + 0.6) / 5) < 1e-12);
        QVERIFY(calibrationBins({}, {}, {}, 10).empty());
        QCOMPARE(calibrationError(std::vector<CalibrationBin>()), 0.0);
        const std::vector<double> unknown{0.1, std::nan("")};
        QVERIFY(std::isnan(calibrationError(calibrationBins(unknown, {{0.0, 1.0}}, {}, 2))));
    }

    void weightIsRepetition()
    {
        const std::vector<double> p{0.1, 0.3, 0.5, 0.7}, came{1, 0, 0, 1}, weight{2, 0, 3, 1};
        std::vector<double> repeated, outcome;
        for (std::size_t k = 0; k < p.size(); ++k) {
            repeated.insert(repeated.end(), static_cast<std::size_t>(weight[k]), p[k]);
            outcome.insert(outcome.end(), static_cast<std::size_t>(weight[k]), came[k]);
        }
        for (const int bins : {1, 2, 3, 10}) {
            const auto a = calibrationBins(p, came, weight, bins);
            const auto b = calibrationBins(repeated, outcome, {}, bins);
            QCOMPARE(a.size(), b.size());
            QVERIFY(std::abs(calibrationError(a) - calibrationError(b)) < 1e-12);
        }
    }

    void calibrationByHand()
    {
        // ten bins of one each
        std::vector<double> p;
        std::vector<bool> happened;
        double error = 0;
        for (int k = 0; k < 10; ++k) {
            p.push_back(0.05 + 0.1 * k);
            happened.push_back(k % 2 == 1);
            error += std::abs(p.back() - (k % 2)) / 10;
        }
        QVERIFY(std::abs(*calibrationError(p, happened) - error) < 1e-12);
        // equal ones are one bin, whatever their order
        const std::vector<double> same(20, 0.25);
        std::vector<bool> some(20, false);
        some[3] = some[4] = some[11] = some[19] = true;
        QVERIFY(std::abs(*calibrationError(same, some) - 0.05) < 1e-12);
        QVERIFY(!calibrationError({}, {}));
    }

    void truthIsCalibrated()
    {
        Rng rng(9);
        std::vector<double> p;
        std::vector<bool> happened;
        for (int k = 0; k < 20000; ++k) {
            p.push_back(rng.uniform());
            happened.push_back(rng.uniform() < p.back());
        }
        QVERIFY(*calibrationError(p, happened) < 0.02); // a bin's deviation is 0.009 on average
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
