#include "cdnow.h"
#include "core/value/bg_cnbd_k.h"
#include "core/value/bg_nbd.h"
#include "core/value/mbg_nbd.h"
#include "core/value/nbd.h"
#include "core/value/saved_fit.h"
#include "simulate.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

const std::vector<RepeatHistory> kHistories{{0, 0.0, 0.0},   {0, 0.0, 20.0},   {1, 3.0, 20.0},
                                            {4, 19.5, 20.0}, {12, 17.0, 26.0}, {60, 50.0, 52.0}};

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2 ± %3")
                            .arg(actual, 0, 'g', 12)
                            .arg(expected, 0, 'g', 12)
                            .arg(tolerance)));
}

RepeatTable oneCustomer(const RepeatHistory &h, double logGaps)
{
    return {{h.x}, {h.tx}, {h.T}, {1.0}, 1.0, logGaps};
}

const FrequencyModel &modelOf(bool leavesAtOnce)
{
    return leavesAtOnce ? mbgCnbdKModel() : bgCnbdKModel();
}

std::vector<double> parametersOf(const FlipTruth &truth)
{
    return {static_cast<double>(truth.k), truth.r, truth.alpha, truth.a, truth.b};
}

/// Likelihood of a history by the definition, integrated over λ and p with midpoints: that he is still
/// active at T, and that he left with his last purchase.
struct BothWays {
    double active = 0.0, left = 0.0;
};

BothWays integrateLikelihood(const FlipTruth &truth, const RepeatHistory &h, double logGaps)
{
    constexpr int kCells = 1500;
    const double logPrior = truth.r * std::log(truth.alpha) - std::lgamma(truth.r) -
                            std::lgamma(truth.a) - std::lgamma(truth.b) +
                            std::lgamma(truth.a + truth.b);
    const double gaps = (truth.k - 1) * logGaps - h.x * std::lgamma(truth.k);
    const int chances = h.x + (truth.leavesAtOnce ? 1 : 0);
    double silent = 0.0; // over λ
    double gone = 0.0;
    for (int i = 0; i < kCells; ++i) { // over log λ in (-30, 6)
        constexpr double kStep = 36.0 / kCells;
        const double logRate = -30.0 + (i + 0.5) * kStep;
        const double rate = std::exp(logRate);
        const double density = (truth.r + truth.k * h.x) * logRate - truth.alpha * rate;
        const double silence = rate * (h.T - h.tx);
        double term = 1.0;
        double fewer = 0.0; // than k events
        for (int j = 0; j < truth.k; ++j) {
            fewer += term;
            term *= silence / (j + 1);
        }
        silent += kStep * std::exp(density - rate * h.T) * fewer;
        gone += kStep * std::exp(density - rate * h.tx);
    }
    double stayed = 0.0; // over p
    double leaves = 0.0;
    for (int i = 0; i < kCells; ++i) { // over logit p in (-40, 40)
        constexpr double kStep = 80.0 / kCells;
        const double theta = -40.0 + (i + 0.5) * kStep;
        const double logP = -std::log1p(std::exp(-theta));
        const double logQ = -std::log1p(std::exp(theta));
        stayed += kStep * std::exp(truth.a * logP + (truth.b + chances) * logQ);
        leaves += kStep * std::exp((truth.a + 1) * logP + (truth.b + chances - 1) * logQ);
    }
    const double scale = std::exp(logPrior + gaps);
    return {scale * silent * stayed, chances > 0 ? scale * gone * leaves : 0.0};
}

CustomerSummary regularCustomers(int customers, std::int32_t x, double tx, double T)
{
    CustomerSummary summary;
    for (int i = 0; i < customers; ++i) {
        summary.user.push_back(i + 1);
        summary.x.push_back(x);
        summary.tx.push_back(tx);
        summary.T.push_back(T);
        summary.spendDays.push_back(0);
        summary.meanSpend.push_back(0.0);
        summary.realised.push_back(0.0);
        summary.logGaps.push_back(x > 0 ? x * std::log(tx / x) : 0.0);
    }
    return summary;
}

void everythingIsFinite(const ModelFit &fit, const CustomerSummary &customers)
{
    QVERIFY(std::isfinite(fit.logLikelihood));
    for (const double v : fit.parameters) {
        QVERIFY(std::isfinite(v) && v > 0.0);
    }
    for (const double t : {1e-3, 26.0, 1e4}) {
        const auto p = *predictFrequency(fit, customers, t, Task());
        for (std::size_t i = 0; i < customers.size(); ++i) {
            QVERIFY(std::isfinite(p.expectedOrders[i]) && p.expectedOrders[i] >= 0.0);
            QVERIFY(p.pAlive[i] >= 0.0 && p.pAlive[i] <= 1.0);
            QVERIFY(p.churnRisk[i] >= 0.0 && p.churnRisk[i] <= 1.0);
        }
    }
}

} // namespace

class BgCnbdKTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withKOneItIsTheBgNbd()
    {
        const RepeatTable table = mergeEqualCustomers(simulateBgNbd({}, 400, 84, 280, 11));
        const std::array p{1.0, 0.4, 5.0, 0.7, 2.0};
        const auto plain = std::span(p).subspan(1);
        const std::array pairs{std::pair{&bgCnbdKModel(), &bgNbdModel()},
                               std::pair{&mbgCnbdKModel(), &mbgNbdModel()}};
        for (const auto &[regular, model] : pairs) {
            QCOMPARE(regular->logLikelihood(p, table).value,
                     model->logLikelihood(plain, table).value);
            for (const RepeatHistory &h : kHistories) {
                QCOMPARE(regular->pAlive(p, h), model->pAlive(plain, h));
                for (const double t : {0.5, 20.0, 3000.0}) {
                    QCOMPARE(regular->expectedWhileAlive(p, h, t),
                             model->expectedWhileAlive(plain, h, t));
                    QCOMPARE(regular->stayingWhileAlive(p, h, t),
                             model->stayingWhileAlive(plain, h, t));
                    closeTo(regular->noneWhileAlive(p, h, t), model->noneWhileAlive(plain, h, t),
                            1e-15);
                    QCOMPARE(regular->countsWhileAlive(p, h, 9, t),
                             model->countsWhileAlive(plain, h, 9, t));
                }
            }
        }
        // Without dropout, the NBD.
        closeTo(cnbdKModel().logLikelihood(std::array{1.0, 0.4, 5.0}, table).value,
                nbdModel().logLikelihood(std::array{0.4, 5.0}, table).value, 1e-9);
        closeTo(cnbdKModel().expectedWhileAlive(std::array{1.0, 0.4, 5.0}, {3, 9.0, 20.0}, 30.0),
                3.4 * 30.0 / 25.0, 1e-12);
    }

    void likelihoodAndPAliveAreTheDefinitions_data() { kinds(); }
    void likelihoodAndPAliveAreTheDefinitions()
    {
        QFETCH(int, k);
        QFETCH(bool, leavesAtOnce);
        const FlipTruth truth{0.8, 3.0, 0.9, 1.7, k, leavesAtOnce};
        const FrequencyModel &model = modelOf(leavesAtOnce);
        const std::vector<double> p = parametersOf(truth);
        for (const RepeatHistory &h : kHistories) {
            const double logGaps = h.x > 0 ? h.x * (std::log(h.tx / h.x) - 0.1) : 0.0;
            const BothWays direct = integrateLikelihood(truth, h, logGaps);
            closeTo(model.logLikelihood(p, oneCustomer(h, logGaps)).value,
                    std::log(direct.active + direct.left), 1e-6);
            closeTo(model.pAlive(p, h), direct.active / (direct.active + direct.left), 1e-6);
        }
    }

    void gradientIsTheDerivative_data() { kinds(); }
    void gradientIsTheDerivative()
    {
        QFETCH(int, k);
        QFETCH(bool, leavesAtOnce);
        const FrequencyModel &model = modelOf(leavesAtOnce);
        const RepeatTable table = mergeEqualCustomers(simulateBgNbd({}, 400, 84, 280, 11));
        Rng rng(5);
        for (int trial = 0; trial < 10; ++trial) {
            std::array<double, 5> at{static_cast<double>(k)};
            for (std::size_t i = 1; i < 5; ++i) {
                at[i] = std::exp(1.5 * rng.normal());
            }
            const LogLikelihood here = model.logLikelihood(at, table);
            QCOMPARE(here.logGradient.size(), std::size_t{4});
            for (std::size_t i = 1; i < 5; ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (model.logLikelihood(up, table).value -
                                      model.logLikelihood(down, table).value) /
                                     (2.0 * h);
                closeTo(here.logGradient[i - 1], slope, 1e-6 * (1.0 + std::abs(here.value)));
            }
        }
    }

    void outlookIsThatOfASimulation_data() { kinds(); }
    void outlookIsThatOfASimulation()
    {
        QFETCH(int, k);
        QFETCH(bool, leavesAtOnce);
        const FlipTruth truth{1.4, 3.0, 0.9, 1.7, k, leavesAtOnce};
        const FrequencyModel &model = modelOf(leavesAtOnce);
        const std::vector<double> p = parametersOf(truth);
        // Those who by T = 8 made one repeat, between 2 and 4, and are active: about one history.
        constexpr double kT = 8.0;
        constexpr double kAhead = 15.0;
        double n = 0.0, orders = 0.0, square = 0.0, none = 0.0, staying = 0.0;
        double expected = 0.0, expectedNone = 0.0, expectedStaying = 0.0;
        for (int i = 0; i < 400'000; ++i) {
            Rng rng(77, static_cast<std::uint64_t>(i));
            const double rate = rng.gamma(truth.r) / truth.alpha;
            const double dropout = rng.beta(truth.a, truth.b);
            const FlipHistory all = simulateFlips(truth, rate, dropout, kT + kAhead, rng);
            const auto &at = all.purchases;
            const auto before = std::count_if(at.begin(), at.end(), [](double v) { return v <= kT; });
            // Of those who made no later purchase it is not known here who was active at T: left out
            // below by what the model says of all of them.
            if (before != 1 || at[0] < 2.0 || at[0] > 4.0) {
                continue;
            }
            const RepeatHistory h{1, at[0], kT};
            const double alive = model.pAlive(p, h);
            const auto later = static_cast<double>(at.size()) - 1.0;
            n += 1.0;
            orders += later;
            square += later * later;
            none += later == 0.0 ? 1.0 : 0.0;
            staying += all.active ? 1.0 : 0.0;
            expected += alive * model.expectedWhileAlive(p, h, kAhead);
            expectedNone += 1.0 - alive * (1.0 - model.noneWhileAlive(p, h, kAhead));
            expectedStaying += alive * model.stayingWhileAlive(p, h, kAhead);
        }
        QVERIFY(n > 1000.0);
        closeTo(orders / n, expected / n, 4.0 * std::sqrt((square / n - orders * orders / n / n) / n));
        closeTo(none / n, expectedNone / n, 4.0 * std::sqrt(0.25 / n));
        closeTo(staying / n, expectedStaying / n, 4.0 * std::sqrt(0.25 / n));
    }

    void newCustomersAreThoseOfASimulation_data() { kinds(); }
    void newCustomersAreThoseOfASimulation()
    {
        QFETCH(int, k);
        QFETCH(bool, leavesAtOnce);
        const FlipTruth truth{0.9, 1.5, 0.9, 1.7, k, leavesAtOnce};
        const FrequencyModel &model = modelOf(leavesAtOnce);
        constexpr int kCustomers = 100'000;
        constexpr double kUntil = 20.0;
        std::array<double, 4> counts{};
        double sum = 0.0;
        double square = 0.0;
        for (int i = 0; i < kCustomers; ++i) {
            Rng rng(78, static_cast<std::uint64_t>(i));
            const double rate = rng.gamma(truth.r) / truth.alpha;
            const double dropout = rng.beta(truth.a, truth.b);
            const std::size_t n = simulateFlips(truth, rate, dropout, kUntil, rng).purchases.size();
            sum += static_cast<double>(n) / kCustomers;
            square += static_cast<double>(n * n) / kCustomers;
            if (n < counts.size()) {
                counts[n] += 1.0 / kCustomers;
            }
        }
        const std::vector<double> p = parametersOf(truth);
        closeTo(model.expectedOfNew(p, kUntil), sum,
                4.0 * std::sqrt((square - sum * sum) / kCustomers));
        const auto expected = model.countProbabilities(p, 3, kUntil);
        for (std::size_t n = 0; n < counts.size(); ++n) {
            closeTo(expected[n], counts[n], 4.0 * std::sqrt(0.25 / kCustomers));
        }
    }

    void recoversWhatWasSimulated_data() { kinds(); }
    void recoversWhatWasSimulated()
    {
        QFETCH(int, k);
        QFETCH(bool, leavesAtOnce);
        const FlipTruth truth{0.8, 2.5, 0.9, 2.0, k, leavesAtOnce};
        const CustomerSummary customers = simulateExactly(truth, 6000, 12, 78, 21);
        const std::string name(modelOf(leavesAtOnce).name());
        const ModelFit fit = *fitFrequencyModel(name, customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        QCOMPARE(fit.names[0], std::string("k"));
        QCOMPARE(fit.parameters[0], static_cast<double>(k));
        const std::vector<double> expected = parametersOf(truth);
        QVERIFY(!fit.hasErrorOf(0));
        for (std::size_t i = 1; i < 5; ++i) {
            closeTo(fit.parameters[i], expected[i], 3.5 * fit.standardErrors[i]);
        }
        if (k > 1) {
            // Taking the regular for random costs much.
            const std::string plain = leavesAtOnce ? "mbg-nbd" : "bg-nbd";
            QVERIFY(fit.logLikelihood >
                    fitFrequencyModel(plain, customers, {}, Task())->logLikelihood + 50.0);
        }
    }

    void drawsAndSavesKUnchanged()
    {
        const CustomerSummary customers =
            simulateExactly({0.8, 2.5, 0.9, 2.0, 3, false}, 2000, 12, 78, 5);
        const ModelFit fit = *fitFrequencyModel("bg-cnbd-k", customers, {}, Task());
        QVERIFY(fit.hasCovariance());
        const auto draws = drawParameters(fit, 50, 9);
        double spread = 0.0;
        for (const auto &draw : draws) {
            QCOMPARE(draw[0], 3.0);
            spread += std::abs(std::log(draw[1] / fit.parameters[1]));
        }
        QVERIFY(spread / 50.0 > 0.3 * fit.logStandardErrors[1]);
        const Result<ModelFit> saved = fitFromJson(fitToJson(fit));
        QVERIFY(saved.ok());
        QCOMPARE(saved->parameters, fit.parameters);
        QCOMPARE(saved->standardErrors, fit.standardErrors);
        QCOMPARE(saved->logCovariance, fit.logCovariance);
        QCOMPARE(drawParameters(*saved, 3, 1), drawParameters(fit, 3, 1));
        QVERIFY(fitToJson(fit).find(R"("standard_errors":{"k":null)") != std::string::npos);
    }

    void findsKOnCdnow()
    {
        const Cdnow data = readCdnow();
        if (data.rows == 0) {
            QSKIP("no shared data");
        }
        CustomerSummary customers = cdnowCalibration(data);
        std::size_t row = 0;
        for (const auto &[customer, days] : data.spentByCustomer) {
            double logGaps = 0.0;
            Day before = days.begin()->first;
            for (const auto &[day, spent] : days) {
                logGaps += day > before && day <= kCalibrationEnd ? std::log((day - before) / 7.0) : 0.0;
                before = day;
            }
            if (row < customers.size() && customers.user[row] == customer) {
                customers.logGaps.push_back(logGaps);
                ++row;
            }
        }
        QCOMPARE(customers.logGaps.size(), customers.size());
        // The buyers of CDs are not regular: the fit is the plain model's.
        for (const auto &[regular, plain] : {std::pair{"bg-cnbd-k", "bg-nbd"},
                                             std::pair{"mbg-cnbd-k", "mbg-nbd"}}) {
            const ModelFit fit = *fitFrequencyModel(regular, customers, {}, Task());
            const ModelFit same = *fitFrequencyModel(plain, customers, {}, Task());
            QCOMPARE(fit.parameters[0], 1.0);
            QCOMPARE(fit.status, FitStatus::Converged);
            closeTo(fit.logLikelihood, same.logLikelihood, 1e-9);
            QCOMPARE(std::vector(fit.parameters.begin() + 1, fit.parameters.end()), same.parameters);
        }
    }

    void regularCustomersWhoStayAreTheCnbd()
    {
        const FlipTruth truth{2.0, 1.0, 0.0, 1.0, 4, false};
        const CustomerSummary customers = simulateExactly(truth, 1500, 5, 40, 4);
        const ModelFit stayers = *fitFrequencyModel("cnbd-k", customers, {}, Task());
        QCOMPARE(stayers.parameters[0], 4.0);
        closeTo(stayers.parameters[1], 2.0, 3.5 * stayers.standardErrors[1]);
        closeTo(stayers.parameters[2], 1.0, 3.5 * stayers.standardErrors[2]);
        for (const char *name : {"bg-cnbd-k", "mbg-cnbd-k"}) {
            const ModelFit fit = *fitFrequencyModel(name, customers, {}, Task());
            QCOMPARE(fit.parameters[0], 4.0);
            if (fit.status == FitStatus::Converged) {
                QVERIFY(fit.logLikelihood > stayers.logLikelihood); // a little, by chance
                continue;
            }
            QCOMPARE(fit.reason, std::string("no_churn"));
            QCOMPARE(fit.reportedModel, std::string("cnbd-k"));
            QCOMPARE(fit.parameters, stayers.parameters);
            QCOMPARE((*predictFrequency(fit, customers, 5.0, Task())).pAlive[0], 1.0);
        }
    }

    void clumpyCustomersAreTakenForRandom()
    {
        // Pairs of orders on days in a row, then a month of nothing: more clumpy than a Poisson process.
        CustomerSummary customers = regularCustomers(400, 5, 9.0, 12.0);
        for (std::size_t i = 0; i < customers.size(); ++i) {
            customers.x[i] = 3 + 2 * static_cast<std::int32_t>(i % 3);
            customers.tx[i] = 8.0 + 0.01 * static_cast<double>(i % 50);
            customers.logGaps[i] = (customers.x[i] + 1) / 2 * std::log(1.0 / 7.0) +
                                   (customers.x[i] - 1) / 2 * std::log(4.0);
        }
        const ModelFit fit = *fitFrequencyModel("mbg-cnbd-k", customers, {}, Task());
        const bool isPlain = fit.reportedModel == "nbd" || fit.parameters[0] == 1.0;
        QVERIFY2(isPlain, fit.reportedModel.c_str());
        everythingIsFinite(fit, customers);
    }

    void clockworkIsSaid()
    {
        CustomerSummary customers = regularCustomers(400, 10, 20.0, 21.0);
        for (std::size_t i = 0; i < customers.size(); ++i) {
            customers.x[i] = 4 + static_cast<std::int32_t>(i % 12);
            customers.logGaps[i] = customers.x[i] * std::log(20.0 / customers.x[i]);
        }
        const ModelFit fit = *fitFrequencyModel("bg-cnbd-k", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.parameters[0], 12.0);
        everythingIsFinite(fit, customers);
    }

    void manyAlikeAndVeryBusy()
    {
        for (const char *name : {"bg-cnbd-k", "mbg-cnbd-k", "cnbd-k"}) {
            for (const CustomerSummary &customers :
                 {regularCustomers(10'000, 2, 8.0, 12.0), regularCustomers(1, 5000, 519.0, 520.0)}) {
                const Result<ModelFit> fit = fitFrequencyModel(name, customers, {}, Task());
                QVERIFY(fit.ok());
                QVERIFY(fit->status != FitStatus::Converged || fit->hasCovariance());
                if (fit->usable()) {
                    everythingIsFinite(*fit, customers);
                }
            }
        }
    }

    void saysWhatItNeeds()
    {
        CustomerSummary customers = simulateBgNbd({}, 300, 84, 280, 2);
        customers.logGaps.clear();
        const auto fit = fitFrequencyModel("bg-cnbd-k", customers, {}, Task());
        QVERIFY(!fit.ok());
        QCOMPARE(fit.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fit.error().where, std::string("gaps"));
        customers.logGaps.assign(customers.size(), std::nan(""));
        QVERIFY(!fitFrequencyModel("bg-cnbd-k", customers, {}, Task()).ok());
        const CustomerSummary none = regularCustomers(30, 0, 0.0, 10.0);
        QCOMPARE(fitFrequencyModel("bg-cnbd-k", none, {}, Task()).error().code,
                 ErrorCode::NoRepeatBuyers);
        QVERIFY(frequencyModelReadsGaps("mbg-cnbd-k"));
        QVERIFY(!frequencyModelReadsGaps("mbg-nbd"));
    }

    void cancels()
    {
        const CustomerSummary customers = simulateBgNbd({}, 2000, 84, 280, 2);
        std::stop_source stop;
        const Task stopsLater(stop.get_token(), [&](double fraction, std::string_view) {
            if (fraction > 0.1) {
                stop.request_stop();
            }
        });
        const auto fit = fitFrequencyModel("mbg-cnbd-k", customers, {}, stopsLater);
        QCOMPARE(fit.ok() ? ErrorCode::Internal : fit.error().code, ErrorCode::Cancelled);
    }

private:
    static void kinds()
    {
        QTest::addColumn<int>("k");
        QTest::addColumn<bool>("leavesAtOnce");
        for (const int k : {1, 2, 3, 5}) {
            QTest::addRow("BG/CNBD-%d", k) << k << false;
            QTest::addRow("MBG/CNBD-%d", k) << k << true;
        }
    }
};

QTEST_APPLESS_MAIN(BgCnbdKTest)
#include "tst_bg_cnbd_k.moc"
