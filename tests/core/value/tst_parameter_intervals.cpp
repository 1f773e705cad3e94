#include "cdnow.h"
#include "core/value/frequency_model.h"
#include "core/value/parameter_intervals.h"
#include "core/value/spend_model.h"
#include "simulate.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr double kZ90 = 1.6448536269514722;

ParameterIntervalOptions by(IntervalMethod method, int resamples = 60)
{
    ParameterIntervalOptions options;
    options.method = method;
    options.resamples = resamples;
    return options;
}

/// A shop that every model can be fitted to, with spends.
CustomerSummary shop(int customers, std::uint64_t seed)
{
    CustomerSummary summary = simulateBgNbd({0.6, 4.0, 0.8, 2.5}, customers, 150, 400, seed);
    for (std::size_t i = 0; i < summary.size(); ++i) {
        Rng rng(seed + 1, i);
        const double rate = rng.gamma(4.0) / 15.0;
        summary.spendDays[i] = summary.x[i];
        summary.meanSpend[i] =
            summary.x[i] > 0 ? rng.gamma(6.0 * summary.x[i]) / rate / summary.x[i] : 0.0;
    }
    return summary;
}

Result<ModelFit> fitOf(std::string_view model, const CustomerSummary &customers)
{
    return model == "gamma-gamma" ? fitSpendModel(model, customers, {}, Task())
                                  : fitFrequencyModel(model, customers, {}, Task());
}

bool isSound(const ParameterIntervals &intervals)
{
    return std::ranges::all_of(intervals.parameters, [](const ParameterInterval &p) {
        const bool lower = !p.lower || (std::isfinite(*p.lower) && *p.lower > 0.0 &&
                                        *p.lower <= p.estimate * (1.0 + 1e-9));
        const bool upper = !p.upper || (std::isfinite(*p.upper) &&
                                        *p.upper >= p.estimate * (1.0 - 1e-9));
        return lower && upper;
    });
}

CustomerSummary customersOf(const std::vector<RepeatHistory> &histories)
{
    CustomerSummary customers;
    for (const RepeatHistory &h : histories) {
        customers.user.push_back(static_cast<std::int64_t>(customers.user.size()) + 1);
        customers.x.push_back(h.x);
        customers.tx.push_back(h.tx);
        customers.T.push_back(h.T);
        customers.spendDays.push_back(h.x);
        customers.meanSpend.push_back(h.x > 0 ? 10.0 : 0.0);
        customers.realised.push_back(10.0);
        customers.logGaps.push_back(h.x > 0 ? h.x * std::log(h.tx / h.x / 1.5) : 0.0);
    }
    return customers;
}

} // namespace

class ParameterIntervalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithWaldForManyCustomers_data()
    {
        addModels();
    }

    void agreesWithWaldForManyCustomers()
    {
        QFETCH(QString, model);
        const CustomerSummary customers = shop(6000, 3);
        const auto fit = fitOf(model.toStdString(), customers);
        QVERIFY(fit && fit->usable());
        const auto wald = *parameterIntervals(*fit, customers, by(IntervalMethod::Wald), Task());
        const auto profile =
            *parameterIntervals(*fit, customers, by(IntervalMethod::Profile), Task());
        QVERIFY(isSound(wald) && isSound(profile));
        for (std::size_t i = 0; i < fit->parameters.size(); ++i) {
            if (!fit->hasErrorOf(i) || fit->logStandardErrors[i] > 0.3) {
                continue;
            }
            const ParameterInterval &w = wald.parameters[i];
            const ParameterInterval &p = profile.parameters[i];
            QVERIFY(w.lower && w.upper && p.lower && p.upper);
            const double error = fit->logStandardErrors[i];
            QVERIFY(std::abs(std::log(*w.upper / w.estimate) - kZ90 * error) < 1e-9);
            // The likelihood's skewness moves both ends by an order of the square of the error.
            const double tolerance = 0.02 * error + 4.0 * error * error;
            QVERIFY(std::abs(std::log(*p.lower / *w.lower)) < tolerance);
            QVERIFY(std::abs(std::log(*p.upper / *w.upper)) < tolerance);
        }
    }

    void boundsTheLikelihoodRatio()
    {
        // At an end, the best of the other parameters lies z²/2 below the maximum.
        const CustomerSummary customers = shop(400, 5);
        const auto fit = *fitOf("nbd", customers);
        const auto found =
            *parameterIntervals(fit, customers, by(IntervalMethod::Profile), Task());
        const FrequencyModel &nbd = **findFrequencyModel("nbd");
        const RepeatTable table = mergeEqualCustomers(customers);
        for (const double r : {*found.parameters[0].lower, *found.parameters[0].upper}) {
            double best = -std::numeric_limits<double>::infinity();
            for (int i = -20000; i <= 20000; ++i) {
                const std::array at{r, fit.parameters[1] * std::exp(i * 1e-4)};
                best = std::max(best, nbd.logLikelihood(at, table).value);
            }
            QVERIFY(std::abs(2.0 * (fit.logLikelihood - best) - kZ90 * kZ90) < 1e-3);
        }
    }

    void coversTheTruth_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<int>("shops");
        QTest::newRow("wald") << int(IntervalMethod::Wald) << 300;
        QTest::newRow("profile") << int(IntervalMethod::Profile) << 300;
        QTest::newRow("bootstrap") << int(IntervalMethod::Bootstrap) << 150;
    }

    void coversTheTruth()
    {
        QFETCH(int, method);
        QFETCH(int, shops);
        const FlipTruth truth{0.8, 6.0, 0.0, 1.0};
        int covered = 0;
        for (int i = 0; i < shops; ++i) {
            const CustomerSummary customers =
                simulateExactly(truth, 200, 20.0, 52.0, 100 + static_cast<std::uint64_t>(i));
            const auto fit = fitOf("nbd", customers);
            QVERIFY(fit && fit->usable());
            const auto found =
                *parameterIntervals(*fit, customers, by(IntervalMethod(method), 99), Task());
            for (const auto &[p, true_] : {std::pair(found.parameters[0], truth.r),
                                           std::pair(found.parameters[1], truth.alpha)}) {
                covered += p.lower.value_or(0.0) <= true_ && true_ <= p.upper.value_or(1e300);
            }
        }
        const double share = covered / (2.0 * shops);
        QVERIFY2(share > 0.855 && share < 0.945, qPrintable(QString::number(share)));
    }

    void ofCdnowAreSkewed()
    {
        const Cdnow data = readCdnow();
        if (data.rows == 0) {
            QSKIP("no shared data");
        }
        const CustomerSummary customers = cdnowCalibration(data);
        const auto fit = *fitOf("pareto-nbd", customers);
        const auto found =
            *parameterIntervals(fit, customers, by(IntervalMethod::Profile), Task());
        QVERIFY(isSound(found));
        for (const ParameterInterval &p : found.parameters) {
            QVERIFY(p.lower && p.upper);
        }
        // β is hardly known: the normal approximation is symmetric, the likelihood is not.
        const ParameterInterval &beta = found.parameters[3];
        QVERIFY(std::log(*beta.upper / beta.estimate) > 1.05 * std::log(beta.estimate / *beta.lower));
    }

    void leavesOpenWhatABoundaryDoesNotBound()
    {
        // All buy at one rate: r has no upper end.
        CustomerSummary customers;
        std::vector<RepeatHistory> histories;
        for (int i = 0; i < 300; ++i) {
            const int x = 4 + i % 3;
            histories.push_back({x, 20.0, 24.0});
        }
        customers = customersOf(histories);
        const auto fit = *fitOf("nbd", customers);
        QCOMPARE(fit.status, FitStatus::Boundary);
        for (const IntervalMethod method : {IntervalMethod::Profile, IntervalMethod::Bootstrap}) {
            const auto found = *parameterIntervals(fit, customers, by(method), Task());
            QVERIFY(!found.parameters[0].upper);
            QVERIFY(!found.parameters[1].upper);
            QVERIFY(isSound(found));
        }
        const auto found =
            *parameterIntervals(fit, customers, by(IntervalMethod::Profile), Task());
        QVERIFY(found.parameters[0].lower.value_or(0.0) > 5.0);
    }

    void ofANoChurnFitAreTheNbds()
    {
        const CustomerSummary customers =
            simulateExactly({0.8, 6.0, 0.0, 1.0}, 400, 20.0, 52.0, 100);
        const auto fit = *fitOf("bg-nbd", customers);
        QCOMPARE(fit.reason, std::string("no_churn"));
        const auto nbd = *fitOf("nbd", customers);
        const auto found = *parameterIntervals(fit, customers, by(IntervalMethod::Profile), Task());
        const auto same = *parameterIntervals(nbd, customers, by(IntervalMethod::Profile), Task());
        QCOMPARE(found.model, std::string("nbd"));
        QCOMPARE(found.parameters[0].lower, same.parameters[0].lower);
    }

    void ofAWholeNumberAreWholeNumbers()
    {
        const CustomerSummary customers =
            simulateExactly({2.0, 8.0, 0.5, 3.0, 3, false}, 600, 20.0, 52.0, 8);
        const auto fit = *fitOf("bg-cnbd-k", customers);
        QCOMPARE(fit.parameters[0], 3.0);
        const auto wald = *parameterIntervals(fit, customers, by(IntervalMethod::Wald), Task());
        QVERIFY(!wald.parameters[0].lower && !wald.parameters[0].upper);
        for (const IntervalMethod method : {IntervalMethod::Profile, IntervalMethod::Bootstrap}) {
            const auto found = *parameterIntervals(fit, customers, by(method), Task());
            const ParameterInterval &k = found.parameters[0];
            QVERIFY(k.lower && k.upper);
            QVERIFY(std::abs(*k.lower - std::round(*k.lower)) < 1e-9 && *k.lower <= 3.0 + 1e-9);
            QVERIFY(std::abs(*k.upper - std::round(*k.upper)) < 1e-9 && *k.upper < 6.0);
        }
    }

    void drawsTheSameWithASeed()
    {
        const CustomerSummary customers = shop(300, 9);
        const auto fit = *fitOf("bg-nbd", customers);
        ParameterIntervalOptions options = by(IntervalMethod::Bootstrap, 19);
        const auto once = *parameterIntervals(fit, customers, options, Task());
        const auto twice = *parameterIntervals(fit, customers, options, Task());
        options.seed = 2;
        const auto other = *parameterIntervals(fit, customers, options, Task());
        QCOMPARE(once.parameters[0].lower, twice.parameters[0].lower);
        QVERIFY(once.parameters[0].lower != other.parameters[0].lower);
        QCOMPARE(once.resamples, 19);
    }

    void cancelsMidway_data()
    {
        QTest::addColumn<int>("method");
        QTest::newRow("profile") << int(IntervalMethod::Profile);
        QTest::newRow("bootstrap") << int(IntervalMethod::Bootstrap);
    }

    void cancelsMidway()
    {
        QFETCH(int, method);
        const CustomerSummary customers = shop(300, 9);
        const auto fit = *fitOf("pareto-nbd", customers);
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double fraction, std::string_view) {
            ++reports;
            if (fraction > 0.3) {
                stop.request_stop();
            }
        });
        const auto found = parameterIntervals(fit, customers, by(IntervalMethod(method)), task);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
        QVERIFY(reports > 1);
    }

    void refusesWhatItCannotAnswer()
    {
        const CustomerSummary customers = shop(300, 9);
        const auto fit = *fitOf("bg-nbd", customers);
        const auto code = [&](const ModelFit &of, const CustomerSummary &on,
                              const ParameterIntervalOptions &options) {
            const auto found = parameterIntervals(of, on, options, Task());
            return found ? std::string("none") : found.error().where;
        };
        const ParameterIntervalOptions profile = by(IntervalMethod::Profile);
        QCOMPARE(code(fit, shop(300, 10), profile), std::string("customers"));
        QCOMPARE(code(fit, CustomerSummary(), profile), std::string("customers"));
        CustomerSummary torn = customers;
        torn.T[0] = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(code(fit, torn, profile), std::string("customers"));
        ParameterIntervalOptions wrong;
        wrong.level = 1.0;
        QCOMPARE(code(fit, customers, wrong), std::string("level"));
        wrong.level = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(code(fit, customers, wrong), std::string("level"));
        QCOMPARE(code(fit, customers, by(IntervalMethod::Bootstrap, 18)), std::string("resamples"));
        QCOMPARE(code(fit, customers, by(IntervalMethod::Bootstrap, -1)), std::string("resamples"));
        ModelFit failed = fit;
        failed.status = FitStatus::Failed;
        QCOMPARE(code(failed, customers, profile), std::string("bg-nbd"));
    }

    void staysFiniteOnHostileInput_data()
    {
        addModels();
    }

    void staysFiniteOnHostileInput()
    {
        QFETCH(QString, model);
        std::vector<std::vector<RepeatHistory>> kinds{
            {{3, 5.0, 9.0}},                                          // one customer
            {{1, 2.0, 12.0}, {0, 0.0, 12.0}},                         // two
            std::vector<RepeatHistory>(1000, RepeatHistory{3, 18.0, 20.0}), // all alike
        };
        kinds.push_back(std::vector<RepeatHistory>(200, {0, 0.0, 12.0})); // one came back
        kinds.back().push_back({1, 2.0, 12.0});
        kinds.push_back(std::vector<RepeatHistory>(50, {1, 6.0, 12.0})); // and one very often
        kinds.back().push_back({5000, 11.0, 12.0});
        for (const auto &histories : kinds) {
            const CustomerSummary customers = customersOf(histories);
            const auto fit = fitOf(model.toStdString(), customers);
            if (!fit || !fit->usable()) {
                continue;
            }
            for (const IntervalMethod method :
                 {IntervalMethod::Wald, IntervalMethod::Profile, IntervalMethod::Bootstrap}) {
                const auto found =
                    parameterIntervals(*fit, customers, by(method, 19), Task());
                QVERIFY(found.ok());
                QVERIFY(isSound(*found) || method == IntervalMethod::Bootstrap);
                for (const ParameterInterval &p : found->parameters) {
                    QVERIFY(!p.lower || (std::isfinite(*p.lower) && *p.lower > 0.0));
                    QVERIFY(!p.upper || (std::isfinite(*p.upper) && *p.upper > 0.0));
                }
                const bool drawn = method == IntervalMethod::Bootstrap && histories.size() == 1;
                QVERIFY(!drawn || !found->parameters[0].lower);
            }
        }
    }

    void withoutRepeatsSaysOpen()
    {
        // No fit is made of such customers, but one may be brought along.
        const CustomerSummary customers = customersOf(std::vector<RepeatHistory>(50, {0, 0, 12.0}));
        const RepeatTable table = mergeEqualCustomers(customers);
        const FrequencyModel &nbd = **findFrequencyModel("nbd");
        ModelFit fit;
        fit.model = fit.reportedModel = "nbd";
        fit.status = FitStatus::Boundary;
        fit.names = {"r", "alpha"};
        fit.parameters = {1e-6, 10.0};
        fit.customers = 50;
        fit.logLikelihood = nbd.logLikelihood(fit.parameters, table).value;
        const auto found = parameterIntervals(fit, customers, by(IntervalMethod::Profile), Task());
        QVERIFY(found.ok());
        QVERIFY(isSound(*found));
        QVERIFY(!found->parameters[0].lower);
    }

private:
    static void addModels()
    {
        QTest::addColumn<QString>("model");
        for (const auto &names : {frequencyModelNames(), spendModelNames()}) {
            for (const std::string_view name : names) {
                QTest::newRow(std::string(name).c_str())
                    << QString::fromStdString(std::string(name));
            }
        }
    }
};

QTEST_GUILESS_MAIN(ParameterIntervalsTest)
#include "tst_parameter_intervals.moc"
