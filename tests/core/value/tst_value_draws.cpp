#include "core/base/rng.h"
#include "core/value/value_draws.h"
#include "tests/core/value/simulate.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

ValueOptions options()
{
    ValueOptions o;
    o.horizonDays = 180;
    o.firstPurchaseInSpend = true;
    return o;
}

/// Customers of a BG/NBD shop whose order days cost what a Gamma-Gamma says.
CustomerSummary someCustomers(int customers, std::uint64_t seed)
{
    CustomerSummary s = simulateBgNbd({0.6, 5.0, 0.8, 2.5}, customers, 84, 273, seed);
    s.firstPurchaseInSpend = true;
    for (std::size_t i = 0; i < s.size(); ++i) {
        Rng rng(seed + 1000, i);
        const double rate = rng.gamma(4.0) / 30.0;
        s.spendDays[i] = s.x[i] + 1;
        s.meanSpend[i] = rng.gamma(3.0 * s.spendDays[i]) / rate / s.spendDays[i];
        s.realised[i] = s.meanSpend[i] * s.spendDays[i];
    }
    s.gross = std::accumulate(s.realised.begin(), s.realised.end(), 0.0);
    return s;
}

} // namespace

class ValueDrawsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_customers = someCustomers(3000, 1);
        m_value = *fitValueModel(m_customers, options(), Task());
        QVERIFY(m_value->frequency.status == FitStatus::Converged);
        QVERIFY(m_value->spend.status == FitStatus::Converged);
    }

    void theMeanOfDrawsIsThePrediction()
    {
        for (const double discount : {0.0, 0.3}) {
            ValueOptions o = options();
            o.margin = 0.4;
            o.discountPerYear = discount;
            const ValuePredictions expected = *predictValue(
                m_customers, "bg-nbd", m_value->frequency.parameters, "gamma-gamma",
                m_value->spend.parameters, o, Task());
            ModelFit frequency = m_value->frequency;
            ModelFit spend = m_value->spend;
            frequency.logCovariance.clear(); // the estimate in every draw
            spend.logCovariance.clear();
            std::vector<double> mean(m_customers.size(), 0.0);
            std::vector<double> square(m_customers.size(), 0.0);
            QVERIFY(eachCustomersDraws(m_customers, frequency, spend, o, {.draws = 400},
                                       [&](std::size_t row, std::span<const float> values) {
                                           for (const float v : values) {
                                               mean[row] += v / 400.0;
                                               square[row] += double(v) * v / 400.0;
                                           }
                                       },
                                       Task()));
            double sum = 0.0;
            double variance = 0.0;
            double wanted = 0.0;
            for (std::size_t i = 0; i < mean.size(); ++i) {
                sum += mean[i];
                wanted += expected.predictedValue[i];
                variance += (square[i] - mean[i] * mean[i]) / 400.0;
            }
            QVERIFY2(std::abs(sum - wanted) < 4.0 * std::sqrt(variance),
                     qPrintable(QString("%1 %2 %3").arg(sum).arg(wanted).arg(std::sqrt(variance))));
        }
    }

    void intervalsHoldTheTrueFuture()
    {
        // Futures of the same parameters by the same draws, from another seed, stand for what comes.
        const DrawOptions draws{.draws = 200, .parameterDraws = 20, .seed = 1};
        const ValueIntervals in = *drawValueIntervals(m_customers, m_value->frequency,
                                                      m_value->spend, options(), draws, 0.9, Task());
        double inside = 0.0;
        double total = 0.0;
        QVERIFY(eachCustomersDraws(m_customers, m_value->frequency, m_value->spend, options(),
                                   {.draws = 2, .parameterDraws = 1, .seed = 77},
                                   [&](std::size_t row, std::span<const float> values) {
                                       inside += values[0] >= in.lower[row] &&
                                                 values[0] <= in.upper[row];
                                       total += values[0];
                                   },
                                   Task()));
        inside /= static_cast<double>(m_customers.size());
        QVERIFY2(inside > 0.88, qPrintable(QString::number(inside)));
        QVERIFY(in.totalLower < in.totalUpper);
        QVERIFY(total > 0.8 * in.totalLower && total < 1.2 * in.totalUpper);
        QVERIFY(std::abs(m_value->predictedTotal / (0.5 * (in.totalLower + in.totalUpper)) - 1.0) <
                0.05);
        for (std::size_t i = 0; i < m_customers.size(); ++i) {
            QVERIFY(in.lower[i] >= 0.0F && in.lower[i] <= in.upper[i] && std::isfinite(in.upper[i]));
        }
    }

    void parameterUncertaintyWidensTheTotal()
    {
        const auto width = [&](const ModelFit &frequency, const ModelFit &spend) {
            const ValueIntervals in =
                *drawValueIntervals(m_customers, frequency, spend, options(),
                                    {.draws = 200, .parameterDraws = 200, .seed = 3}, 0.9, Task());
            return in.totalUpper - in.totalLower;
        };
        ModelFit frequency = m_value->frequency;
        ModelFit spend = m_value->spend;
        const double with = width(frequency, spend);
        frequency.logCovariance.clear();
        spend.logCovariance.clear();
        QVERIFY(with > 1.2 * width(frequency, spend));
    }

    void aCustomersDrawsAreHisOwn()
    {
        // The same user in other company and another order has the same futures.
        const auto draw = [&](const CustomerSummary &customers) {
            std::map<std::int64_t, std::vector<float>> all;
            const Status drawn = eachCustomersDraws(
                customers, m_value->frequency, m_value->spend, options(), {.draws = 20},
                [&](std::size_t row, std::span<const float> values) {
                    all[customers.user[row]] = {values.begin(), values.end()};
                },
                Task());
            return drawn ? all : decltype(all)();
        };
        CustomerSummary some;
        some.period = m_customers.period;
        some.gross = m_customers.gross;
        some.firstPurchaseInSpend = true;
        for (const std::size_t i : {std::size_t{700}, std::size_t{5}}) {
            some.user.push_back(m_customers.user[i]);
            some.x.push_back(m_customers.x[i]);
            some.tx.push_back(m_customers.tx[i]);
            some.T.push_back(m_customers.T[i]);
            some.spendDays.push_back(m_customers.spendDays[i]);
            some.meanSpend.push_back(m_customers.meanSpend[i]);
            some.realised.push_back(m_customers.realised[i]);
        }
        const auto all = draw(m_customers);
        for (const auto &[user, values] : draw(some)) {
            QCOMPARE(values, all.at(user));
        }
    }

    void oddCustomers()
    {
        CustomerSummary odd = simulateBgNbd({0.6, 5.0, 0.8, 2.5}, 3, 10, 20, 1);
        odd.x = {0, 5000, 1};
        odd.tx = {0.0, 300.0, 1e-3};
        odd.T = {0.0, 300.1, 5000.0};
        odd.spendDays = {0, 5001, 2};
        odd.meanSpend = {0.0, 1e7, -4.0};
        const ValueIntervals in =
            *drawValueIntervals(odd, m_value->frequency, m_value->spend, options(), {}, 0.9, Task());
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(std::isfinite(in.lower[i]) && std::isfinite(in.upper[i]));
        }
        QVERIFY(in.lower[1] > 1e8F);
        // Without a spend model everybody has the observed mean.
        QVERIFY(drawValueIntervals(odd, m_value->frequency, ModelFit(), options(), {}, 0.9, Task()));
        QCOMPARE(drawValueIntervals(CustomerSummary(), m_value->frequency, ModelFit(), options(), {},
                                    0.9, Task())
                     ->totalUpper,
                 0.0);
    }

    void refusals()
    {
        const auto code = [&](const ModelFit &frequency, DrawOptions draws, double level) {
            return drawValueIntervals(m_customers, frequency, m_value->spend, options(), draws,
                                      level, Task())
                .error()
                .code;
        };
        QCOMPARE(code(ModelFit(), {}, 0.9), ErrorCode::NotTrained);
        QCOMPARE(code(m_value->frequency, {.draws = 1}, 0.9), ErrorCode::InvalidArgument);
        QCOMPARE(code(m_value->frequency, {.parameterDraws = 0}, 0.9), ErrorCode::InvalidArgument);
        QCOMPARE(code(m_value->frequency, {}, 1.0), ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(drawValueIntervals(m_customers, m_value->frequency, m_value->spend, options(), {},
                                    0.9, Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }

private:
    CustomerSummary m_customers;
    std::shared_ptr<const ValueResult> m_value;
};

QTEST_GUILESS_MAIN(ValueDrawsTest)
#include "tst_value_draws.moc"
