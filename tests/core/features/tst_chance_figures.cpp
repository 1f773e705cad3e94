#include "core/base/rng.h"
#include "core/features/calibration.h"
#include "core/features/chance_figures.h"
#include "core/features/metrics.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace perennial;

namespace {

bool close(std::optional<double> value, double wanted)
{
    return value && std::abs(*value - wanted) < 1e-12;
}

} // namespace

class TestChanceFigures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The example of scikit-learn's documentation: average precision 0.83, AUC 0.75.
    void publishedExample()
    {
        const std::vector<double> chances{0.1, 0.35, 0.4, 0.8}, happened{0, 1, 0, 1};
        const ChanceFigures f = chanceFigures(chances, happened, {}, 10);
        QVERIFY(close(f.averagePrecision, 5.0 / 6));
        QVERIFY(close(f.auc, 0.75));
        QVERIFY(close(f.brier, (0.01 + 0.65 * 0.65 + 0.16 + 0.04) / 4));
        QVERIFY(close(f.bias, 1.65 / 2 - 1));
        QCOMPARE(f.mass, 4.0);
        QCOMPARE(f.happened, 2.0);
    }

    /// Equal chances are one step of the precision-recall curve: the order of rows says nothing.
    void allChancesEqual()
    {
        const std::vector<double> chances(5, 0.4);
        for (const std::vector<double> &happened :
             {std::vector<double>{1, 1, 0, 0, 0}, std::vector<double>{0, 0, 0, 1, 1}}) {
            const ChanceFigures f = chanceFigures(chances, happened, {}, 10);
            QVERIFY(close(f.auc, 0.5));
            QVERIFY(close(f.averagePrecision, 0.4));
            QVERIFY(close(f.ece, 0));
            QVERIFY(close(f.bias, 0));
        }
    }

    void agreesWithTheSingleFigures()
    {
        Rng rng(4, 1);
        std::vector<double> chances;
        for (int i = 0; i < 500; ++i) {
            chances.push_back(static_cast<double>(rng.below(40)) / 40);
        }
        std::ranges::sort(chances);
        std::vector<double> happened;
        std::vector<bool> flags;
        for (const double p : chances) {
            flags.push_back(rng.uniform() < p);
            happened.push_back(flags.back() ? 1 : 0);
        }
        const ChanceFigures f = chanceFigures(chances, happened, {}, 10);
        QVERIFY(close(f.auc, *areaUnderCurve(chances, flags)));
        QVERIFY(close(f.logLoss, *logLoss(chances, flags)));
        QVERIFY(close(f.ece, *calibrationError(chances, flags)));
    }

    void weightIsRepetition()
    {
        const std::vector<double> p{0.1, 0.3, 0.5, 0.5, 0.7}, came{1, 0, 0, 1, 1},
            weight{2, 0, 3, 1, 2};
        std::vector<double> chances, happened;
        for (std::size_t k = 0; k < p.size(); ++k) {
            chances.insert(chances.end(), static_cast<std::size_t>(weight[k]), p[k]);
            happened.insert(happened.end(), static_cast<std::size_t>(weight[k]), came[k]);
        }
        const ChanceFigures a = chanceFigures(p, came, weight, 3);
        const ChanceFigures b = chanceFigures(chances, happened, {}, 3);
        QVERIFY(close(a.auc, *b.auc) && close(a.averagePrecision, *b.averagePrecision));
        QVERIFY(close(a.logLoss, *b.logLoss) && close(a.brier, *b.brier));
        QVERIFY(close(a.ece, *b.ece) && close(a.bias, *b.bias));
    }

    void whatTheRowsDoNotTell()
    {
        const ChanceFigures none = chanceFigures({}, {}, {}, 10);
        QVERIFY(!none.auc && !none.averagePrecision && !none.logLoss && !none.brier && !none.ece);
        const std::vector<double> chances{0.2, 1.0};
        const ChanceFigures never = chanceFigures(chances, {{0.0, 0.0}}, {}, 10);
        QVERIFY(!never.auc && !never.averagePrecision && !never.bias && never.logLoss);
        const ChanceFigures always = chanceFigures(chances, {{1.0, 1.0}}, {}, 10);
        QVERIFY(!always.auc && close(always.averagePrecision, 1));
        QVERIFY(std::isfinite(*always.logLoss));
        const ChanceFigures weightless = chanceFigures(chances, {{0.0, 1.0}}, {{0.0, 0.0}}, 10);
        QVERIFY(!weightless.auc && !weightless.brier);
        const std::vector<double> unknown{0.1, std::nan("")};
        QVERIFY(std::isnan(*chanceFigures(unknown, {{0.0, 1.0}}, {}, 10).brier)); // and it ends
    }
};

QTEST_APPLESS_MAIN(TestChanceFigures)
#include "tst_chance_figures.moc"
