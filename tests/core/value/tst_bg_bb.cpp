#include "core/base/rng.h"
#include "core/value/bg_bb.h"
#include "core/value/discounting.h"
#include "core/value/periodic_dropout.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(QString("%1 is not %2 ± %3")
                                                                      .arg(actual, 0, 'g', 12)
                                                                      .arg(expected, 0, 'g', 12)
                                                                      .arg(tolerance)));
}

/// Donors of 1995, their years with a gift from 1996 to 2001: x, tx, donors.
/// Source: Fader, Hardie & Shang (2010), table 1.
constexpr std::array<std::array<int, 3>, 22> kDonors{
    {{0, 0, 3464}, {1, 1, 1091}, {1, 2, 277}, {1, 3, 129}, {1, 4, 78},  {1, 5, 119},
     {1, 6, 129},  {2, 2, 613},  {2, 3, 255}, {2, 4, 155}, {2, 5, 173}, {2, 6, 234},
     {3, 3, 322},  {3, 4, 181},  {3, 5, 225}, {3, 6, 357}, {4, 4, 240}, {4, 5, 284},
     {4, 6, 512},  {5, 5, 335},  {5, 6, 728}, {6, 6, 1203}}};
/// Where R's BTYD stops, from its documentation.
constexpr std::array kPublished{1.2035, 0.7497, 0.6567, 2.7834};

void add(CustomerSummary &customers, std::int32_t x, double tx, double T)
{
    customers.user.push_back(static_cast<std::int64_t>(customers.user.size()) + 1);
    customers.x.push_back(x);
    customers.tx.push_back(tx);
    customers.T.push_back(T);
    customers.spendDays.push_back(x);
    customers.meanSpend.push_back(10.0);
    customers.realised.push_back(10.0);
}

CustomerSummary donors()
{
    CustomerSummary customers;
    customers.period = Period::Month;
    customers.clock = OrderClock::WholePeriods;
    for (const auto &[x, tx, count] : kDonors) {
        for (int i = 0; i < count; ++i) {
            add(customers, x, tx, 6.0);
        }
    }
    return customers;
}

/// @param dropout whether anybody leaves.
CustomerSummary simulated(const std::array<double, 4> &p, int n, std::uint64_t seed,
                          bool dropout = true)
{
    CustomerSummary customers;
    for (int i = 0; i < n; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        const double orders = rng.beta(p[0], p[1]);
        const double leaves = dropout ? rng.beta(p[2], p[3]) : 0.0;
        const int T = 6 + static_cast<int>(rng.below(15));
        std::int32_t x = 0;
        int tx = 0;
        for (int k = 1; k <= T && rng.uniform() >= leaves; ++k) {
            if (rng.uniform() < orders) {
                ++x;
                tx = k;
            }
        }
        add(customers, x, tx, T);
    }
    return customers;
}

double beta(double a, double b)
{
    return std::exp(std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b));
}

/// Fader, Hardie & Shang (2010), eq. 6, as it stands.
double textbookLikelihood(const std::array<double, 4> &p, int x, int tx, int n)
{
    const auto [a, b, c, d] = p;
    double sum = beta(a + x, b + n - x) * beta(c, d + n);
    for (int i = 0; i < n - tx; ++i) {
        sum += beta(a + x, b + tx - x + i) * beta(c + 1, d + tx + i);
    }
    return sum / (beta(a, b) * beta(c, d));
}

} // namespace

class BgBbTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsTheDonorsAsPublished()
    {
        const CustomerSummary customers = donors();
        QCOMPARE(customers.size(), std::size_t{11104});
        const ModelFit fit = *fitFrequencyModel("bg-bb", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        const std::array paper{1.204, 0.750, 0.657, 2.783};
        for (std::size_t i = 0; i < 4; ++i) {
            closeTo(fit.parameters[i], paper[i], 6e-4);
            closeTo(fit.parameters[i], kPublished[i], 2e-4);
        }
        closeTo(fit.logLikelihood, -33225.58, 0.006);
        const double there =
            bgBbModel().logLikelihood(kPublished, mergeEqualCustomers(customers)).value;
        QVERIFY(fit.logLikelihood >= there);
        QVERIFY(fit.hasCovariance());
    }

    void predictsDonorsAsPublished()
    {
        // R's BTYD: 10 years on, a donor who never came back and one of 4 gifts, the last in 2000.
        const FrequencyModel &model = bgBbModel();
        const ModelFit fit = *fitFrequencyModel("bg-bb", donors(), {}, Task());
        const RepeatHistory never{0, 0.0, 6.0};
        const RepeatHistory often{4, 5.0, 6.0};
        const auto expected = [&](const RepeatHistory &h) {
            return model.pAlive(fit.parameters, h) *
                   model.expectedWhileAlive(fit.parameters, h, 10.0);
        };
        closeTo(expected(never), 0.1302169, 2e-5);
        closeTo(expected(often), 3.627858, 2e-4);
    }

    void likelihoodIsTheTextbooks()
    {
        const FrequencyModel &model = bgBbModel();
        for (const std::array<double, 4> &p :
             {std::array{1.2, 0.75, 0.66, 2.78}, {0.1, 3.0, 5.0, 0.2}, {8.0, 2.0, 1.0, 30.0}}) {
            for (const auto &[x, tx, n] : {std::array{0, 0, 0},
                                           {0, 0, 6},
                                           {1, 1, 6},
                                           {4, 5, 9},
                                           {12, 12, 12},
                                           {3, 20, 40}}) {
                const double expected = textbookLikelihood(p, x, tx, n);
                const RepeatTable one{{x}, {double(tx)}, {double(n)}, {1.0}, 1.0, {}};
                closeTo(model.logLikelihood(p, one).value, std::log(expected), 1e-10);
                const double stays = beta(p[0] + x, p[1] + n - x) * beta(p[2], p[3] + n) /
                                     (beta(p[0], p[1]) * beta(p[2], p[3]));
                closeTo(model.pAlive(p, {x, double(tx), double(n)}), stays / expected, 1e-10);
            }
        }
    }

    void allHistoriesAddUpToOne()
    {
        // Over all x and tx in 8 periods: C(tx-1, x-1) of them each.
        const std::array p{0.8, 1.3, 0.5, 2.0};
        double sum =
            std::exp(bgBbModel().logLikelihood(p, {{0}, {0.0}, {8.0}, {1.0}, 1.0, {}}).value);
        for (int tx = 1; tx <= 8; ++tx) {
            double ways = 1.0;
            for (int x = 1; x <= tx; ++x) {
                const RepeatTable one{{x}, {double(tx)}, {8.0}, {1.0}, 1.0, {}};
                sum += ways * std::exp(bgBbModel().logLikelihood(p, one).value);
                ways *= double(tx - x) / x;
            }
        }
        closeTo(sum, 1.0, 1e-12);
    }

    void gradientIsTheDerivative()
    {
        const RepeatTable table = mergeEqualCustomers(simulated({1.2, 0.75, 0.66, 2.78}, 400, 9));
        Rng rng(5);
        for (int trial = 0; trial < 20; ++trial) {
            std::array<double, 4> at{};
            for (double &p : at) {
                p = std::exp(2.0 * rng.normal());
            }
            const LogLikelihood here = bgBbModel().logLikelihood(at, table);
            for (std::size_t i = 0; i < 4; ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (bgBbModel().logLikelihood(up, table).value -
                                      bgBbModel().logLikelihood(down, table).value) /
                                     (2.0 * h);
                closeTo(here.logGradient[i], slope, 1e-7 * (1.0 + std::abs(here.value)));
            }
        }
    }

    void activePeriodsAddUp()
    {
        for (const double c : {0.2, 1.0 - 1e-9, 1.0, 1.0 + 1e-13, 1.5, 40.0, 1e7}) {
            for (const double d : {0.05, 3.0, 1e6}) {
                double sum = 0.0;
                double active = 1.0;
                double k = 0.0;
                for (const double m : {0.0, 1.0, 150.0, 201.0, 5000.0, 200000.0}) {
                    for (; k < m; k += 1.0) {
                        active *= (d + k) / (c + d + k);
                        sum += active;
                    }
                    closeTo(activePeriods(c, d, m), sum, 1e-10 * sum);
                    closeTo(stayingForPeriods(c, d, m), active, 1e-10 * active + 1e-300);
                }
                QVERIFY(std::isfinite(activePeriods(c, d, 1e15)));
            }
        }
    }

    void longLifetimesAreBlockedHarmlessly()
    {
        // The mean of what is counted is what is expected, also far past the exact periods.
        const auto counts = countsInPeriods(2.0, 60.0, 0.7, 900.0, 20000, 20000.0);
        double mean = 0.0;
        for (std::size_t n = 0; n < counts.size(); ++n) {
            mean += double(n) * counts[n];
        }
        closeTo(std::accumulate(counts.begin(), counts.end(), 0.0), 1.0, 1e-9);
        const double expected = 2.0 / 62.0 * activePeriods(0.7, 900.0, 20000.0);
        closeTo(mean, expected, 1e-3 * expected);
    }

    void betweenPeriodsItIsBothWeighted()
    {
        const FrequencyModel &model = bgBbModel();
        const RepeatHistory h{2, 4.0, 6.0};
        const double two = model.expectedWhileAlive(kPublished, h, 2.0);
        const double three = model.expectedWhileAlive(kPublished, h, 3.0);
        closeTo(model.expectedWhileAlive(kPublished, h, 2.25), two + 0.25 * (three - two), 1e-12);
        // A day's clock is taken down to whole periods.
        QCOMPARE(model.pAlive(kPublished, {2, 3.4, 6.9}), model.pAlive(kPublished, h));
        QCOMPARE(model.pAlive(kPublished, {9, 5.8, 6.3}), model.pAlive(kPublished, {6, 6.0, 6.0}));
    }

    void residualTransactionsAreAddedUp()
    {
        const double force = 0.1;
        const RepeatHistory h{4, 5.0, 6.0};
        double sum = 0.0;
        double before = 0.0;
        for (int k = 1; k < 2000; ++k) {
            const double now = bgBbModel().expectedWhileAlive(kPublished, h, k);
            // Within a period orders come evenly.
            sum += (now - before) * std::exp(-force * (k - 1)) * -std::expm1(-force) / force;
            before = now;
        }
        const double dert = discountedResidualOrders(bgBbModel(), kPublished, h, force);
        closeTo(dert, bgBbModel().pAlive(kPublished, h) * sum, 1e-3 * dert);
    }

    void recoversWhatWasSimulated()
    {
        const std::array truth{1.2, 0.75, 0.66, 2.78};
        const CustomerSummary customers = simulated(truth, 20000, 4);
        const ModelFit fit = *fitFrequencyModel("bg-bb", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        for (std::size_t i = 0; i < 4; ++i) {
            closeTo(fit.parameters[i], truth[i], 3.5 * fit.standardErrors[i]);
        }
    }

    void withoutDropoutItSaysSo()
    {
        const CustomerSummary customers = simulated({1.2, 2.0, 1.0, 1.0}, 3000, 7, false);
        const ModelFit fit = *fitFrequencyModel("bg-bb", customers, {}, Task());
        if (fit.status == FitStatus::Converged) { // a little dropout by chance
            QVERIFY(fit.parameters[2] / fit.parameters[3] < 0.01);
            return;
        }
        QCOMPARE(fit.reason, std::string("no_dropout"));
        QCOMPARE(fit.reportedModel, std::string("bg-bb"));
        closeTo(fit.parameters[0], 1.2, 0.2);
        closeTo(fit.parameters[1], 2.0, 0.3);
        const auto p = *predictFrequency(fit, customers, 10.0, Task());
        for (std::size_t i = 0; i < customers.size(); ++i) {
            closeTo(p.pAlive[i], 1.0, 1e-9);
            closeTo(p.expectedOrders[i],
                    10.0 * (fit.parameters[0] + customers.x[i]) /
                        (fit.parameters[0] + fit.parameters[1] + customers.T[i]),
                    1e-9);
        }
    }

    void allAlikeIsNamed()
    {
        CustomerSummary customers;
        for (int i = 0; i < 2000; ++i) {
            Rng rng(8, static_cast<std::uint64_t>(i));
            std::int32_t x = 0;
            int tx = 0;
            for (int k = 1; k <= 12 && rng.uniform() > 0.1; ++k) {
                if (rng.uniform() < 0.4) {
                    ++x;
                    tx = k;
                }
            }
            add(customers, x, tx, 12.0);
        }
        const ModelFit fit = *fitFrequencyModel("bg-bb", customers, {}, Task());
        QVERIFY(fit.usable());
        QVERIFY(fit.status == FitStatus::Converged ||
                QString::fromStdString(fit.reason).startsWith("homogeneous"));
        closeTo(fit.parameters[0] / (fit.parameters[0] + fit.parameters[1]), 0.4, 0.03);
        closeTo(fit.parameters[2] / (fit.parameters[2] + fit.parameters[3]), 0.1, 0.02);
    }

    void sameDataSameFit()
    {
        const CustomerSummary customers = simulated({1.2, 0.75, 0.66, 2.78}, 2000, 3);
        const ModelFit one = *fitFrequencyModel("bg-bb", customers, {}, Task());
        const ModelFit two = *fitFrequencyModel("bg-bb", customers, {}, Task());
        QCOMPARE(one.parameters, two.parameters);
        QCOMPARE(one.logLikelihood, two.logLikelihood);
    }

    void cancels()
    {
        const CustomerSummary customers = simulated({1.2, 0.75, 0.66, 2.78}, 2000, 3);
        for (const double after : {0.0, 0.25}) {
            std::stop_source stop;
            const Task stopsLater(stop.get_token(), [&](double fraction, std::string_view) {
                if (fraction > after) {
                    stop.request_stop();
                }
            });
            const auto fit = fitFrequencyModel("bg-bb", customers, {}, stopsLater);
            QVERIFY(!fit.ok());
            QCOMPARE(fit.error().code, ErrorCode::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(BgBbTest)
#include "tst_bg_bb.moc"
